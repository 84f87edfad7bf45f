"""Tiny graphs by hand, and a store in memory. Every name says that it is made up."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import TypeVar

from graph.arcs import Arc
from graph.dates import Span, day_of, event_span
from graph.exc import NotFound
from graph.model import (
    Claim,
    Edge,
    Entity,
    Measure,
    Reading,
    Record,
    Refusal,
    SetMember,
    Source,
    edge_id,
)
from graph.rules import Facts
from graph.store import outline
from graph.store.base import ENDS, End, Hit, Load, Outside
from graph.view import View, assemble

R = TypeVar("R", Edge, Entity)

AS_OF = day_of("2025-06-15")


def arc(
    source: str,
    target: str,
    cost: int = 1,
    dates: str = "",
    *,
    basis: str = "documented",
    families: tuple[str, ...] = (),
    whole: bool = False,
    hs: tuple[str, ...] = (),
    kind: str = "supplies",
    shipment: str = "",
    certainty: str = "high",
    name: str = "",
) -> Arc:
    """A hop; `dates` is `START..END` of partial dates, either side may be empty."""
    start, _, end = dates.partition("..")
    span = event_span(start, end)
    return Arc(
        id=name or f"{source}>{target}:{cost}:{dates}:{'+'.join(families)}",
        source=source,
        target=target,
        kind=kind,
        rule=kind if basis == "possible" else "",
        basis=basis,
        span=span,
        start=start,
        end=end,
        terms={"hop": cost},
        families=families,
        whole_aircraft=whole,
        hs=hs,
        shipment=shipment,
        certainty=certainty,
        contested=certainty == "contested",
    )


def view(
    arcs: Sequence[Arc],
    *,
    kinds: dict[str, str] | None = None,
    families: tuple[str, ...] = ("B737NG", "A320"),
    sets: dict[str, tuple[str, ...]] | None = None,
    also: Iterable[str] = (),
    fleets: dict[str, tuple[str, ...]] | None = None,
    shipments: dict[str, str] | None = None,
) -> View:
    """A view over hops; parties are companies unless `kinds` says otherwise.

    `shipments` are those of unnamed parties.
    """
    ids = {a.source for a in arcs} | {a.target for a in arcs} | set(also)
    entities = {
        i: Entity(
            id=i,
            kind=(kinds or {}).get(i, "Company"),
            name=f"Test {i}",
            shipment=(shipments or {}).get(i, ""),
        )
        for i in sorted(ids)
    }
    return assemble(arcs, entities, families=families, as_of=AS_OF, sets=sets, fleets=fleets)


def span(first: str, last: str) -> Span:
    """The days from one date to another."""
    return event_span(first, last)


class MemoryReader:
    """A store in memory, for rules: `graph.store.base.Reader` over lists."""

    revision = 1
    shelf = None
    near = None

    def __init__(
        self,
        entities: Iterable[Entity],
        edges: Iterable[Edge],
        sources: Iterable[Source] = (),
        measures: Iterable[Measure] = (),
    ) -> None:
        self._entities = {e.id: e for e in entities}
        self._edges = tuple(edges)
        self._sources = tuple(sources)
        self._measures = tuple(measures)

    def parties(self) -> Iterator[tuple[str, str, str]]:
        return outline.parties(self)

    def hand_overs(self, kinds: Iterable[str] = ()) -> Iterator[outline.HandOvers]:
        return outline.hand_overs(self, kinds)

    def entities(
        self, kinds: Iterable[str] = (), ids: Collection[str] | None = None
    ) -> Iterator[Entity]:
        return _chosen(self._entities.values(), kinds, ids)

    def entity(self, entity_id: str) -> Entity:
        if entity_id not in self._entities:
            raise NotFound(entity_id)
        return self._entities[entity_id]

    def edges(
        self, kinds: Iterable[str] = (), ids: Collection[str] | None = None
    ) -> Iterator[Edge]:
        return _chosen(self._edges, kinds, ids)

    def edges_of(
        self, *entity_ids: str, kinds: Iterable[str] = (), end: End | None = None
    ) -> tuple[Edge, ...]:
        wanted, ends = {*kinds}, (end,) if end else ENDS
        found = (e for e in self._edges if {getattr(e, at) for at in ends} & {*entity_ids})
        return tuple(e for e in found if not wanted or e.kind in wanted)

    def measures(self) -> tuple[Measure, ...]:
        return self._measures

    def measures_upon(self, *entity_ids: str) -> tuple[Measure, ...]:
        return tuple(m for m in self._measures if m.entity in entity_ids)

    def sources(self) -> tuple[Source, ...]:
        return self._sources

    def loads(self) -> tuple[Load, ...]:
        return ()

    def set_members(self, name: str = "") -> tuple[SetMember, ...]:
        return ()

    def outside(self, dataset: str) -> Outside:
        return Outside()

    def refusals(self) -> tuple[Refusal, ...]:
        return ()

    def readings(self) -> tuple[Reading, ...]:
        return ()

    def records(self, dataset: str) -> Iterator[Record]:
        yield from self._sources
        yield from self._entities.values()
        yield from self._edges
        yield from self._measures

    def counts(self) -> dict[str, dict[str, int]]:
        return {}

    def search(self, text: str, limit: int = 10, kinds: Iterable[str] = ()) -> tuple[Hit, ...]:
        return ()

    def close(self) -> None:
        """Nothing to give back."""


def _chosen(records: Iterable[R], kinds: Iterable[str], ids: Collection[str] | None) -> Iterator[R]:
    wanted = set(kinds)
    for record in records:
        if (ids is None or record.id in ids) and (not wanted or record.kind in wanted):
            yield record


def entity(entity_id: str, kind: str = "Company", country: str = "", **properties: str) -> Entity:
    """An entity whose name is its id."""
    return Entity(
        id=entity_id, kind=kind, name=f"Test {entity_id}", country=country, properties=properties
    )


def edge(
    kind: str,
    source: str,
    target: str,
    dates: str = "",
    *,
    certainty: str = "high",
    goods: str = "",
    hs: str = "",
    families: tuple[str, ...] = (),
    source_id: str = "",
    **properties: str,
) -> Edge:
    """An edge with one claim; `dates` is `START..END`."""
    start, _, end = dates.partition("..")
    mark = goods or "|".join(f"{k}={v}" for k, v in sorted(properties.items()))
    found = edge_id(kind, source, target, start, mark)
    claim = Claim(
        id=f"claim:{found}", source=source_id, status="press-reported", certainty=certainty
    )
    return Edge(
        id=found,
        kind=kind,
        source=source,
        target=target,
        start=start,
        end=end,
        goods=goods,
        hs=hs,
        families=families,
        properties=properties,
        claims=(claim,),
    )


def facts(
    entities: Iterable[Entity],
    edges: Iterable[Edge],
    as_of: str = "2025-06-15",
    *,
    known_at: str = "",
    contested: bool = False,
    sources: Iterable[Source] = (),
) -> Facts:
    """What rules reason from."""
    reader = MemoryReader(entities, edges, sources)
    return Facts(reader, day_of(as_of), day_of(known_at) if known_at else None, contested)
