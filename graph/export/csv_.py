"""CSV: tables of edges, entities and routes. Every row says what it is part of."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import networkx as nx

from graph.cited import CAUTION
from graph.export.base import Written, table, write_file
from graph.export.graphs import EDGE_COLUMNS, ENTITY_COLUMNS, edge_rows, entity_rows, route_graph
from graph.routes.records import Answer
from graph.verdicts import LayerVerdict

_ABOUT = ("caution", "about")
ROUTE_COLUMNS = (
    "rank",
    "route",
    "route_basis",
    "chain",
    "family",
    "route_cost",
    "also_from",
    "also_to",
    "hop",
    "from_name",
    "from_status",
    "to_name",
    "to_status",
    *EDGE_COLUMNS[1:],
    "claims",
    "verdicts",
)


def write_routes(answer: Answer, out: Path) -> list[Written]:
    """The routes, a row a hop, at `out`; their edges and entities in files beside it."""
    graph = route_graph(answer)
    written = write_file(out, route_table(answer))
    return [written, *_write_graph(graph, out.with_suffix(".edges.csv"), out)]


def route_table(answer: Answer) -> bytes:
    """The routes, a row a hop."""
    about = _about(route_graph(answer))
    rows = (row | about for row in _route_rows(answer))
    return table((*ROUTE_COLUMNS, *_ABOUT), rows)


def write_graph(graph: "nx.MultiDiGraph[str]", out: Path) -> list[Written]:
    """The edges at `out`, the entities in a file beside it."""
    return _write_graph(graph, out, out)


def _write_graph(graph: "nx.MultiDiGraph[str]", edges: Path, out: Path) -> list[Written]:
    about = _about(graph)
    return [
        write_file(path, table((*columns, *_ABOUT), (row | about for row in rows)))
        for path, columns, rows in (
            (edges, EDGE_COLUMNS, edge_rows(graph)),
            (out.with_suffix(".entities.csv"), ENTITY_COLUMNS, entity_rows(graph)),
        )
    ]


def _about(graph: "nx.MultiDiGraph[str]") -> dict[str, str]:
    about = str(graph.graph["about"]).removeprefix(CAUTION).removeprefix(" | ")
    return {"caution": CAUTION, "about": about}


def _route_rows(answer: Answer) -> Iterator[dict[str, Any]]:
    parties = {party.id: party for party in answer.parties}
    edges = {row["id"]: row for row in edge_rows(route_graph(answer))}
    for route in answer.routes:
        for place, hop in enumerate(route.hops, 1):
            yield edges[hop.edge] | {
                "order": hop.order,
                "cost": hop.cost,
                "rank": route.rank,
                "route": route.id,
                "route_basis": route.basis,
                "chain": route.chain,
                "family": route.family,
                "route_cost": route.cost,
                "also_from": " ".join(route.also_from),
                "also_to": " ".join(route.also_to),
                "hop": place,
                "from_name": parties[hop.origin].name,
                "from_status": parties[hop.origin].person_basis,
                "to_name": parties[hop.target].name,
                "to_status": parties[hop.target].person_basis,
                "claims": " | ".join(
                    f"{c.publisher}, {c.published or 'undated'}: {c.title} "
                    f"({c.status}, {c.certainty}) {c.url}"
                    for c in hop.claims
                ),
                "verdicts": " | ".join(_verdict(v) for v in hop.verdicts),
            }


def _verdict(verdict: LayerVerdict) -> str:
    """One layer in words: whose, the verdict, the measures used and what is missing."""
    used = f" ({', '.join(verdict.measures)})" if verdict.measures else ""
    missing = f"; missing: {', '.join(verdict.missing)}" if verdict.missing else ""
    return f"{verdict.regime} {verdict.layer} {verdict.verdict}{used}{missing}".strip()
