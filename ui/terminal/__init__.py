"""Answers as text for a terminal, and as CSV for a spreadsheet."""

from ui.terminal.entity import csv_entity, entity
from ui.terminal.routes import csv_routes, routes
from ui.terminal.store import (
    csv_hits,
    csv_loads,
    csv_sources,
    files,
    hits,
    loads,
    sources,
    written,
)

__all__ = [
    "csv_entity",
    "csv_hits",
    "csv_loads",
    "csv_routes",
    "csv_sources",
    "entity",
    "files",
    "hits",
    "loads",
    "routes",
    "sources",
    "written",
]
