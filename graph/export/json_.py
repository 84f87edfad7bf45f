"""JSON: the answer as documented in docs/cli.md, or the whole graph."""

from pathlib import Path

import msgspec
import networkx as nx

from graph.export.base import Written, write_file
from graph.export.graphs import edge_rows, entity_rows
from graph.routes.records import Answer


def encode(value: object) -> bytes:
    """Readable JSON with a stable order of fields."""
    return msgspec.json.format(msgspec.json.encode(value), indent=2) + b"\n"


def write_routes(answer: Answer, out: Path) -> list[Written]:
    """The answer with its question."""
    return [write_file(out, encode(answer))]


def write_graph(graph: "nx.MultiDiGraph[str]", out: Path) -> list[Written]:
    """Entities and edges with the caution and the date."""
    content = {**graph.graph, "entities": entity_rows(graph), "edges": edge_rows(graph)}
    return [write_file(out, encode(content))]
