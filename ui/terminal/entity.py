"""One entity as text."""

from collections.abc import Iterator
from typing import Any

from graph.show import Shown, ShownEdge, ShownMeasure, ShownParty
from ui.terminal.text import columns, csv
from ui.text import bare

_STATES = {True: "in force", False: "not in force", None: "unknown"}
_EDGE_COLUMNS = (
    *("edge", "kind", "from", "from_status", "to", "to_status", "basis", "start", "end", "goods"),
    *("hs", "families", "share", "certainty", "contested", "cost", "marks", "outcome", "shipment"),
    *("holds", "reason", "sources", "denials"),
)


def entity(value: Shown) -> str:
    """One entity with its measures, its edges and who stands at their other ends."""
    text = "".join(f"{line}\n" for line in _head(value))
    if value.measures:
        text += f"\nMeasures ({len(value.measures)})\n"
        text += columns([_measure_row(m) for m in value.measures], (15, 10, 22, 12, 12, 80))
    if value.edges:
        text += f"\nEdges ({len(value.edges)})\n{_edges(value)}"
    if value.parties:
        text += f"\nAt their other ends ({len(value.parties)})\n"
        text += columns([_party_row(party) for party in value.parties], (30, 50, 14, 7, 1000))
    return text


def _head(value: Shown) -> Iterator[str]:
    shown = value.entity
    yield f"{bare(shown.name)} ({bare(shown.id)})"
    yield f"{shown.kind} {shown.country} {bare(shown.role)}"
    if shown.person_basis:
        yield f"Why this person is here: {bare(shown.person_basis)}"
    if shown.aliases:
        yield f"Also: {bare('; '.join(shown.aliases))}"
    if shown.identifiers:
        codes = "; ".join(f"{i.scheme} {i.value}" for i in shown.identifiers)
        yield f"Identifiers: {bare(codes)}"
    for denial in shown.denials:
        yield f"{bare(denial.kind).capitalize()}: {bare(denial.statement)} {bare(denial.url)}"


def _measure_row(measure: ShownMeasure) -> tuple[str, ...]:
    return (
        measure.start or f"seen {measure.observed_from}",
        measure.end,
        measure.programme,
        measure.action,
        _STATES[measure.in_force],
        measure.scope,
    )


def _edges(value: Shown) -> str:
    """A line an edge, and under it what must be said of it and what the other party says."""
    lines = columns([_edge_row(e) for e in value.edges], (24, 22, 24, 21, 60, 10)).splitlines()
    text = ""
    for line, edge in zip(lines, value.edges, strict=True):
        said = [f"outcome {edge.outcome}"] if edge.outcome else []
        said += [mark for mark in edge.marks if mark != "undated"]  # the dates say so already
        text += f"{line}  [{bare('; '.join(said))}]\n" if said else f"{line}\n"
        for denial in edge.denials:
            if denial not in value.entity.denials:
                text += f"    ! {bare(denial.party)} {denial.kind}: {bare(denial.statement)}\n"
    return text


def _edge_row(edge: ShownEdge) -> tuple[str, ...]:
    when = f"{edge.start} – {edge.end}".strip(" –") or "undated"
    return edge.origin, edge.kind, edge.target, when, edge.goods, edge.certainty


def _party_row(party: ShownParty) -> tuple[str, ...]:
    return party.id, party.name, party.kind, party.country, party.person_basis


def csv_entity(value: Shown) -> str:
    """The edges of an entity, a row each."""
    status = {party.id: party.person_basis for party in value.parties}
    status[value.entity.id] = value.entity.person_basis
    return csv(_EDGE_COLUMNS, (_csv_row(edge, status) for edge in value.edges))


def _csv_row(edge: ShownEdge, status: dict[str, str]) -> dict[str, Any]:
    row = {name: getattr(edge, name) for name in _EDGE_COLUMNS if hasattr(edge, name)}
    return row | {
        "from": edge.origin,
        "from_status": status[edge.origin],
        "to": edge.target,
        "to_status": status[edge.target],
        "families": " ".join(edge.families),
        "marks": "; ".join(edge.marks),
        "sources": " ".join(dict.fromkeys(c.url for c in edge.claims if c.url)),
        "denials": " | ".join(f"{d.party} {d.kind}: {d.statement}" for d in edge.denials),
    }
