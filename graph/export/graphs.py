"""The routes of an answer, or a whole store, as a networkx graph with flat text attributes."""

from collections.abc import Iterable
from typing import Any, TypeVar

import msgspec
import networkx as nx

from graph.arcs import Arc
from graph.cited import CAUTION
from graph.dates import iso
from graph.dates import known as known_by
from graph.export.base import asked_lines
from graph.kinds import ROUTED
from graph.model import DENIAL, SUPPORT, Claim, Edge, Entity, Source
from graph.routes.records import Answer, Hop, Party
from graph.store.base import Reader
from graph.view import View

R = TypeVar("R", Edge, Entity)

ENTITY_COLUMNS = ("id", "name", "kind", "country", "role", "person_basis", "denials")
EDGE_COLUMNS = (
    "id",
    "from",
    "to",
    "kind",
    "basis",
    "rule",
    "start",
    "end",
    "goods",
    "hs",
    "families",
    "cost",
    "certainty",
    "contested",
    "marks",
    "outcome",
    "shipment",
    "order",
    "reason",
    "sources",
    "denials",
)


def route_graph(answer: Answer) -> "nx.MultiDiGraph[str]":
    """The parties and hops of the routes listed; an edge that several routes take stands once."""
    graph = _empty(" | ".join(asked_lines(answer.question, answer.store)))
    for party in answer.parties:
        graph.add_node(party.id, **_party(party))
    for route in answer.routes:
        for hop in route.hops:
            graph.add_edge(hop.origin, hop.target, key=hop.edge, **_hop(hop))
            for party_id in (hop.origin, hop.target):
                _note_denials(graph, party_id, hop)
    return graph


def store_graph(reader: Reader, view: View) -> "nx.MultiDiGraph[str]":
    """All entities, all documented edges, and the possible hops of the view's date.

    With a known-at date only what some claim said by then: other claims, and edges and entities left
    without one, are not there.
    """
    as_known = "" if view.known_at is None else f" as known by {iso(view.known_at)}"
    graph = _empty(
        f"{CAUTION} | The whole graph as of {iso(view.as_of)}{as_known} | "
        f"Store revision {view.revision}"
    )
    edges = [known for edge in reader.edges() if (known := _known(view, edge)) is not None]
    ends = {end for edge in edges for end in (edge.source, edge.target)}
    for entity in reader.entities():
        if (told := _known(view, entity)) is not None:
            graph.add_node(entity.id, **_entity(told))
        elif entity.id in ends:
            graph.add_node(entity.id, **_entity(msgspec.structs.replace(entity, claims=())))
    for edge in edges:
        arc = view.arcs.named(edge.id) if edge.kind in ROUTED else None
        row = _edge(edge, arc if arc and arc.span.first <= view.as_of else None, view.sources)
        graph.add_edge(edge.source, edge.target, key=edge.id, **row)
    for arc in view.arcs.inferred():
        graph.add_edge(arc.source, arc.target, key=arc.id, **_arc(arc, view.sources))
    return graph


def _known(view: View, record: R) -> R | None:
    """An edge or entity with the claims that were known on the view's date; None without one."""
    if view.known_at is None:
        return record
    unknown = Source(id="")
    claims = tuple(
        claim
        for claim in record.claims
        if known_by(view.sources.get(claim.source, unknown).published, view.known_at)
    )
    supported = any(claim.kind == SUPPORT for claim in claims)
    return msgspec.structs.replace(record, claims=claims) if supported else None


def entity_rows(graph: "nx.MultiDiGraph[str]") -> list[dict[str, Any]]:
    """One row an entity, by id."""
    return [dict(graph.nodes[node]) for node in sorted(graph)]


def edge_rows(graph: "nx.MultiDiGraph[str]") -> list[dict[str, Any]]:
    """One row an edge, by ends and id."""
    return [
        {"from": source, "to": target, **attributes}
        for source, target, _, attributes in sorted(
            graph.edges(keys=True, data=True), key=lambda edge: edge[:3]
        )
    ]


def _empty(about: str) -> "nx.MultiDiGraph[str]":
    return nx.MultiDiGraph(about=about, caution=CAUTION)


def _party(party: Party) -> dict[str, str]:
    return {
        "id": party.id,
        "name": party.name,
        "kind": party.kind,
        "country": party.country,
        "role": party.role,
        "person_basis": party.person_basis,
        "denials": "",
    }


def _entity(entity: Entity) -> dict[str, str]:
    return {
        "id": entity.id,
        "name": entity.name,
        "kind": entity.kind,
        "country": entity.country,
        "role": entity.role,
        "person_basis": entity.person_basis,
        "denials": _denials(entity.claims),
    }


def _hop(hop: Hop) -> dict[str, Any]:
    return {
        "id": hop.edge,
        "kind": hop.kind,
        "basis": hop.basis,
        "rule": hop.rule or "",
        "start": hop.start,
        "end": hop.end,
        "goods": hop.goods,
        "hs": hop.hs or "",
        "families": " ".join(hop.families),
        "cost": hop.cost,
        "certainty": hop.certainty,
        "contested": hop.contested,
        "marks": "; ".join(hop.marks),
        "outcome": hop.outcome or "",
        "shipment": hop.shipment or "",
        "order": hop.order,
        "reason": hop.reason,
        "sources": " ".join(dict.fromkeys(c.url for c in hop.claims if c.url)),
        "denials": " | ".join(f"{d.party} {d.kind}: {d.statement}" for d in hop.denials),
    }


def _edge(edge: Edge, arc: Arc | None, sources: dict[str, Source]) -> dict[str, Any]:
    if arc is not None:
        return _arc(arc, sources) | {"basis": edge.basis or "documented"}
    support = next((c for c in edge.claims if c.kind != DENIAL), None)
    return {
        "id": edge.id,
        "kind": edge.kind,
        "basis": edge.basis or "documented",
        "rule": "",
        "start": edge.start,
        "end": edge.end,
        "goods": edge.goods,
        "hs": edge.hs,
        "families": " ".join(edge.families),
        "cost": "",
        "certainty": support.certainty if support else "",
        "contested": edge.contested,
        "marks": "stated in part" if edge.basis == "stated-in-part" else "",
        "outcome": edge.outcome,
        "shipment": edge.shipment,
        "order": "",
        "reason": support.note if support else "",
        "sources": _urls(edge.claims, sources),
        "denials": _denials(edge.claims),
    }


def _arc(arc: Arc, sources: dict[str, Source]) -> dict[str, Any]:
    return {
        "id": arc.id,
        "kind": arc.kind,
        "basis": arc.basis,
        "rule": arc.rule,
        "start": arc.start,
        "end": arc.end,
        "goods": arc.goods,
        "hs": ", ".join(arc.hs),
        "families": " ".join(arc.families),
        "cost": arc.cost,
        "certainty": arc.certainty,
        "contested": arc.contested,
        "marks": "; ".join(arc.marks),
        "outcome": arc.outcome,
        "shipment": arc.shipment,
        "order": "",
        "reason": arc.reason,
        "sources": _urls(arc.claims, sources),
        "denials": _denials(arc.denials),
    }


def _urls(claims: Iterable[Claim], sources: dict[str, Source]) -> str:
    urls = (sources[c.source].url for c in claims if c.kind != DENIAL and c.source in sources)
    return " ".join(dict.fromkeys(filter(None, urls)))


def _denials(claims: Iterable[Claim]) -> str:
    return " | ".join(f"{c.party} {c.stance}: {c.note}" for c in claims if c.kind == DENIAL)


def _note_denials(graph: "nx.MultiDiGraph[str]", party_id: str, hop: Hop) -> None:
    said = [f"{d.kind}: {d.statement}" for d in hop.denials if d.party == party_id]
    known = [part for part in graph.nodes[party_id]["denials"].split(" | ") if part]
    graph.nodes[party_id]["denials"] = " | ".join(dict.fromkeys([*known, *said]))
