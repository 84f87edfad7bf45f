"""Answers as text for a terminal, and as CSV for a spreadsheet."""

from ui.terminal.entity import csv_entity, entity
from ui.terminal.law import csv_verdicts, verdicts
from ui.terminal.routes import beside_routes, csv_routes, routes
from ui.terminal.store import (
    csv_files,
    csv_hits,
    csv_loads,
    csv_sources,
    csv_written,
    files,
    hits,
    loads,
    sources,
    written,
)

__all__ = [
    "beside_routes",
    "csv_entity",
    "csv_files",
    "csv_hits",
    "csv_loads",
    "csv_routes",
    "csv_sources",
    "csv_verdicts",
    "csv_written",
    "entity",
    "files",
    "hits",
    "loads",
    "routes",
    "sources",
    "verdicts",
    "written",
]
