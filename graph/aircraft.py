"""The aircraft of an airline, its fleet by family on a day, and the operators of an aircraft."""

from collections.abc import Iterable, Iterator

import msgspec

from graph.cited import ClaimRecord
from graph.kinds import EntityKind
from graph.model import Entity
from graph.rules.facts import Facts
from graph.show import Shown, ShownEdge, show
from graph.store.base import Reader

APART = frozenset(("operates", "operates_family"))
"""The kinds of edges that are told here."""


class Operated(msgspec.Struct, frozen=True, kw_only=True):
    """One operator of one aircraft: who, which, when, and by which claims."""

    aircraft: str
    tail: str
    family: str
    model: str
    serial: str
    built: str
    operator: str
    called: str
    start: str
    end: str
    holds: str
    contested: bool
    claims: tuple[ClaimRecord, ...]


class FleetRow(msgspec.Struct, frozen=True, kw_only=True):
    """The newest picture of a family in a fleet; `years` is its age, None where it has no date."""

    family: str
    says: str
    years: int | None
    uncertain: bool


def aircraft_of(reader: Reader, shown: Shown) -> tuple[Operated, ...]:
    """The aircraft that an entity operates or operated, by tail."""
    rows = (
        _operated(reader, edge) for edge in shown.edges if _operates(edge, source=shown.entity.id)
    )
    return tuple(sorted(rows, key=lambda row: (row.tail, row.start, row.aircraft)))


def operators_of(reader: Reader, shown: Shown, as_of: int) -> tuple[Operated, ...]:
    """Who has operated an aircraft, in sequence, under all marks of its serial number."""
    rows = (
        _operated(reader, edge)
        for tail in _same_aircraft(reader, shown)
        for edge in (shown if tail == shown.entity.id else show(reader, tail, as_of)).edges
        if _operates(edge, target=tail)
    )
    return tuple(sorted(rows, key=lambda row: (row.start or "9999", row.end or "9999", row.tail)))


def fleet(facts: Facts, airline: str) -> tuple[FleetRow, ...]:
    """The families an airline flies on the day of the facts, as the rules take it, by family."""
    return tuple(
        FleetRow(
            family=family,
            says=picture.says,
            years=picture.years,
            uncertain=picture.held.holds.value == "uncertain",
        )
        for family, picture in sorted(facts.fleet(airline).items())
    )


def pictures(shown: Shown) -> tuple[ShownEdge, ...]:
    """Every picture of the fleet of an entity that a source gives, newest first."""
    found: Iterable[ShownEdge] = (
        edge
        for edge in shown.edges
        if edge.kind == "operates_family" and edge.origin == shown.entity.id
    )
    return tuple(sorted(found, key=lambda edge: (edge.start, edge.target), reverse=True))


def _operates(edge: ShownEdge, source: str = "", target: str = "") -> bool:
    ends = source in ("", edge.origin) and target in ("", edge.target)
    return edge.kind == "operates" and ends


def _same_aircraft(reader: Reader, shown: Shown) -> Iterator[str]:
    """The entity itself, and others with its family and serial number: marks change."""
    yield shown.entity.id
    mine = _serial(shown.entity.properties)
    for entity in reader.entities((EntityKind.AIRCRAFT,)) if mine[1] else ():
        if entity.id != shown.entity.id and _serial(entity.properties) == mine:
            yield entity.id


def _serial(properties: dict[str, str]) -> tuple[str, str]:
    return properties.get("family", ""), properties.get("msn", "")


def _operated(reader: Reader, edge: ShownEdge) -> Operated:
    operator: Entity = reader.entity(edge.origin)
    aircraft = reader.entity(edge.target)
    about = aircraft.properties
    return Operated(
        aircraft=aircraft.id,
        tail=aircraft.name,
        family=about.get("family", ""),
        model=about.get("model", "") or about.get("type_icao", ""),
        serial=about.get("msn", ""),
        built=about.get("year_built", ""),
        operator=operator.id,
        called=operator.name,
        start=edge.start,
        end=edge.end,
        holds=edge.holds,
        contested=edge.contested,
        claims=edge.claims,
    )
