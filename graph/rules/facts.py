"""The facts that rules reason from: what holds on one date, as far as it was known on another."""

from collections import defaultdict
from collections.abc import Iterable, Iterator

import msgspec

from graph.dates import Holds, event_span, holds, iso, known, parse
from graph.kinds import COMPANIES, EDGE_KINDS, EntityKind
from graph.model import DENIAL, SUPPORT, Claim, Edge, Entity
from graph.names import caption
from graph.rules.hop import Held, Picture
from graph.store.base import Reader

UNMATCHED = "OTHER"
"""The family that matches nothing: types outside the list of families."""
_ON_A_REGISTER = "Russian register"


class Facts:
    """A store seen on a day.

    Args:
        reader: the store.
        as_of: the day asked about.
        known_at: only claims published by then count; None for all.
        contested: whether contested claims count.
    """

    def __init__(
        self, reader: Reader, as_of: int, known_at: int | None = None, contested: bool = False
    ) -> None:
        self.as_of = as_of
        self.known_at = known_at
        self.contested = contested
        self.published = {source.id: source.published for source in reader.sources()}
        self.entities = {entity.id: entity for entity in reader.entities()}
        self.families = tuple(
            sorted(
                e.id
                for e in self.entities.values()
                if e.kind == EntityKind.AIRCRAFT_FAMILY and e.id != UNMATCHED
            )
        )
        self._by_kind: dict[str, list[Edge]] = defaultdict(list)
        for edge in reader.edges():
            if (seen := self._as_known(edge)) is not None:
                self._by_kind[edge.kind].append(seen)
        self._held: dict[str, list[Held]] = {}
        self._fleets = self._fleet_pictures()

    def entity(self, entity_id: str) -> Entity:
        """One entity of the store."""
        return self.entities[entity_id]

    def called(self, entity_id: str) -> str:
        """What to call an entity in a sentence."""
        return caption(self.entities[entity_id].name)

    def said_by(self, entity_id: str) -> tuple[Claim, ...]:
        """The party's own account, as far as it was known: what it denies, disputes or explains."""
        return tuple(
            claim
            for claim in self.entities[entity_id].claims
            if claim.kind == DENIAL and self._is_known(claim)
        )

    def knows(self, claims: Iterable[Claim]) -> bool:
        """Whether any of some claims supports its fact and had been published by then."""
        return any(claim.kind == SUPPORT and self._is_known(claim) for claim in claims)

    def is_company(self, entity_id: str) -> bool:
        """True for companies of every kind: neither persons, public bodies nor groups."""
        return self.entities[entity_id].kind in COMPANIES

    def airlines(self) -> Iterator[Entity]:
        """All airlines, by id."""
        yield from (e for e in self.entities.values() if e.kind == EntityKind.AIRLINE)

    def known_edges(self, kinds: Iterable[str]) -> Iterator[Edge]:
        """Edges of some kinds with the claims that were known, whatever their dates."""
        for kind in kinds:
            yield from self._by_kind.get(kind, ())

    def held(self, *kinds: str) -> Iterator[Held]:
        """What holds on the date: states in their interval, events that can have happened by then.

        Contested edges are left out unless they were asked for.
        """
        for kind in kinds:
            if kind not in self._held:
                self._held[kind] = [
                    Held(edge, answer)
                    for edge in self._by_kind.get(kind, ())
                    if (self.contested or not edge.contested)
                    and (answer := self.holding(edge)) is not Holds.NO
                ]
            yield from self._held[kind]

    def holding(self, edge: Edge) -> Holds:
        """Whether an edge holds on the date; see case rules for states and events in docs."""
        if EDGE_KINDS[edge.kind].event:
            span = event_span(edge.start, edge.end)
            return Holds.YES if span.first <= self.as_of else Holds.NO
        return holds(edge.start, edge.end, self.as_of)

    def fleet(self, airline: str) -> dict[str, Picture]:
        """The families an airline flies on the date, each with its newest picture."""
        return self._fleets.get(airline, {})

    def fleet_unknown(self) -> tuple[str, ...]:
        """Airlines of whose fleet no source gives a picture on the date: unknown, not none."""
        return tuple(e.id for e in self.airlines() if e.id not in self._pictured)

    def common_families(self, one: str, other: str) -> list[str]:
        """Families that two airlines both fly on the date, by name."""
        return sorted(self.fleet(one).keys() & self.fleet(other).keys())

    def _is_known(self, claim: Claim) -> bool:
        return known(self.published.get(claim.source, ""), self.known_at)

    def _as_known(self, edge: Edge) -> Edge | None:
        claims = tuple(filter(self._is_known, edge.claims))
        if self.known_at is not None and not self.knows(claims):
            return None
        return (
            edge
            if len(claims) == len(edge.claims)
            else msgspec.structs.replace(edge, claims=claims)
        )

    def _fleet_pictures(self) -> dict[str, dict[str, Picture]]:
        pictures: dict[tuple[str, str], list[tuple[tuple[int, int], Picture, str]]] = defaultdict(
            list
        )
        for edge in self._visible("operates_family"):
            if (found := self._reported(edge)) is not None:
                pictures[edge.source, edge.target].append(found)
        for held in self.held("operates"):
            aircraft = self.entities[held.edge.target]
            if aircraft.properties.get("family") and self._is_built(aircraft):
                key = held.edge.source, aircraft.properties["family"]
                registered = aircraft.properties.get("status_of_aircraft") == _ON_A_REGISTER
                where = "on a register" if registered else "named in a report"
                says = f"{aircraft.name} {where}"
                pictures[key].append(((0, 0), Picture(held, None, says), "yes"))
        self._pictured = frozenset(airline for airline, _ in pictures)
        fleets: dict[str, dict[str, Picture]] = defaultdict(dict)
        for (airline, family), seen in sorted(pictures.items()):
            _, newest, in_service = max(seen, key=lambda item: (item[0], item[1].held.edge.id))
            if family != UNMATCHED and in_service != "no":
                fleets[airline][family] = newest
        return dict(fleets)

    def _is_built(self, aircraft: Entity) -> bool:
        """An undated register entry cannot hold before the aircraft was built."""
        built = aircraft.properties.get("year_built", "")
        return not built.isdigit() or parse(built).first <= self.as_of

    def _visible(self, kind: str) -> Iterator[Edge]:
        return (e for e in self._by_kind.get(kind, ()) if self.contested or not e.contested)

    def _reported(self, edge: Edge) -> tuple[tuple[int, int], Picture, str] | None:
        """A dated report of a fleet, with a key that grows with how new and how sure it is."""
        in_service = edge.properties.get("in_service", "")
        count = edge.properties.get("count", "")
        says = f"{count} {edge.target}".strip()
        unsure = Holds.YES if in_service != "unknown" else Holds.UNCERTAIN
        if not edge.start:
            return (0, 1), Picture(Held(edge, unsure), None, f"{says}, undated"), in_service
        span = parse(edge.start)
        if span.first > self.as_of:
            return None
        surely_before = span.last <= self.as_of
        answer = unsure if surely_before else Holds.UNCERTAIN
        years = max(0, self.as_of - span.first) // 365
        picture = Picture(Held(edge, answer), years, f"{says} as of {edge.start}")
        return (2 if surely_before else 1, span.last), picture, in_service

    def __repr__(self) -> str:
        """For a test's failure message."""
        return f"Facts(as_of={iso(self.as_of)}, {len(self.entities)} entities)"
