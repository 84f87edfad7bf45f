"""GraphML and GEXF, through networkx, for other graph programs."""

import io
import re
from pathlib import Path

import networkx as nx

from graph.export.base import Written, write_file

# What XML 1.0 cannot hold, even escaped (XML 1.0 fifth edition, production 2).
_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def write_graphml(graph: "nx.MultiDiGraph[str]", out: Path) -> list[Written]:
    """The graph as GraphML."""
    buffer = io.BytesIO()
    nx.write_graphml(_clean(graph), buffer, encoding="utf-8")
    return [write_file(out, buffer.getvalue())]


def write_gexf(graph: "nx.MultiDiGraph[str]", out: Path) -> list[Written]:
    """The graph as GEXF. There `start` and `end` mean the life of an edge: ours are renamed."""
    renamed = _clean(graph, {"start": "since", "end": "until", "id": "edge_id"})
    for node, attributes in renamed.nodes(data=True):
        attributes["label"] = attributes.get("name", node)
    renamed.graph["name"] = graph.graph["about"]
    buffer = io.BytesIO()
    nx.write_gexf(renamed, buffer, encoding="utf-8")
    text = buffer.getvalue().decode()
    described = f"<description>{_escaped(str(graph.graph['about']))}</description>"
    return [write_file(out, text.replace("</meta>", f"{described}</meta>", 1).encode())]


def _clean(
    graph: "nx.MultiDiGraph[str]", names: dict[str, str] | None = None
) -> "nx.MultiDiGraph[str]":
    clean: nx.MultiDiGraph[str] = nx.MultiDiGraph(**{k: _text(v) for k, v in graph.graph.items()})
    for node, attributes in graph.nodes(data=True):
        clean.add_node(_text(node), **{k: _text(v) for k, v in attributes.items() if k != "id"})
    for source, target, key, attributes in graph.edges(keys=True, data=True):
        flat = {(names or {}).get(k, k): _text(v) for k, v in attributes.items()}
        clean.add_edge(_text(source), _text(target), key=_text(key), **flat)
    return clean


def _text(value: object) -> str:
    return _NOT_XML.sub("", str(value))


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
