"""Exports: what leaves the program as files, each with its question, date, revision and caution."""

from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from graph.exc import BadInput
from graph.export import csv_, cypher, html, json_, neo4j_admin, tables, xml_
from graph.export.base import Written, check_place, write_file
from graph.export.graphs import route_graph, store_graph
from graph.layout import layout
from graph.routes.records import Answer
from graph.store.base import Reader
from graph.view import View

F = TypeVar("F")

__all__ = ["FORMATS", "UNDATED", "Written", "export_graph", "export_routes", "export_store"]

_ROUTES: dict[str, Callable[[Answer, Path], list[Written]]] = {
    "csv": csv_.write_routes,
    "json": json_.write_routes,
    "graphml": lambda answer, out: xml_.write_graphml(route_graph(answer), out),
    "gexf": lambda answer, out: xml_.write_gexf(route_graph(answer), out),
    "html": lambda answer, out: [write_file(out, html.html(answer, layout(answer)))],
}
_GRAPH: dict[str, Callable[[Reader, View, Path], list[Written]]] = {
    "csv": lambda reader, view, out: csv_.write_graph(store_graph(reader, view), out),
    "json": lambda reader, view, out: json_.write_graph(store_graph(reader, view), out),
    "graphml": lambda reader, view, out: xml_.write_graphml(store_graph(reader, view), out),
    "gexf": lambda reader, view, out: xml_.write_gexf(store_graph(reader, view), out),
}
_STORE: dict[str, Callable[[Reader, Path], list[Written]]] = {
    "tables": tables.write_tables,
    "cypher": cypher.write_script,
    "neo4j-admin": neo4j_admin.write_folder,
}
FORMATS = {"routes": tuple(_ROUTES), "graph": (*_GRAPH, *_STORE)}
"""Which formats each export can take."""
UNDATED = tuple(_STORE)
"""Formats of the graph that hold the whole store, whatever the date."""


def export_routes(answer: Answer, to_format: str, out: Path) -> list[Written]:
    """Write the routes of an answer.

    Raises:
        BadInput: for a format routes cannot take, or a place that cannot be written.
    """
    write = _chosen(_ROUTES, "routes", to_format)
    check_place(out)
    return write(answer, out)


def export_graph(reader: Reader, view: View, to_format: str, out: Path) -> list[Written]:
    """Write the whole graph as it stands in a view.

    Raises:
        BadInput: for a format a view cannot take, or a place that cannot be written.
    """
    write = _chosen(_GRAPH, "graph", to_format)
    check_place(out)
    return write(reader, view, out)


def export_store(reader: Reader, to_format: str, out: Path) -> list[Written]:
    """Write everything a store holds, in one of the `UNDATED` formats.

    Raises:
        BadInput: for another format, or a place that cannot be written.
    """
    return _chosen(_STORE, "graph", to_format)(reader, out)


def _chosen(known: dict[str, F], what: str, to_format: str) -> F:
    if to_format not in known:
        choice = ", ".join(FORMATS[what])
        raise BadInput(f"{what} cannot be written as {to_format}: choose from {choice}")
    return known[to_format]
