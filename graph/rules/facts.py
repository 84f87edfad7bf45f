"""The facts that rules reason from: what holds on one date, as far as it was known on another."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import cached_property

from graph.dates import Holds, event_span, holds, iso, parse
from graph.kinds import COMPANIES, EDGE_KINDS, EntityKind
from graph.known import Known
from graph.model import Claim, Edge, Entity
from graph.names import caption
from graph.rules.hop import Held, Picture
from graph.store.base import Reader

UNMATCHED = "OTHER"
"""The family that matches nothing: types outside the list of families."""
_ON_A_REGISTER = "Russian register"
FLEETS = ("operates_family", "operates")
"""The kinds of edges that say what an airline flies."""
_SHARED = ("families", "_airlines", "_fleets")
"""What `with_only` need not find again."""


class Facts:
    """A store seen on a day. Edges are read by kind, when a rule first asks for them.

    Args:
        reader: the store.
        as_of: the day asked about.
        known_at: only claims published by then count; None for all.
        contested: whether contested claims count.
        known: the same store as known at the same date, where something was read from it before.
    """

    def __init__(
        self,
        reader: Reader,
        as_of: int,
        known_at: int | None = None,
        contested: bool = False,
        known: Known | None = None,
    ) -> None:
        self.as_of = as_of
        self.contested = contested
        self.known = known or Known(reader, known_at)
        self._reader = reader
        self._by_kind: dict[str, list[Edge]] = {}
        self._held: dict[str, list[Held]] = {}

    @cached_property
    def families(self) -> tuple[str, ...]:
        """The aircraft families of the store, by id."""
        found = self._reader.entities((EntityKind.AIRCRAFT_FAMILY,))
        return tuple(sorted(e.id for e in found if e.id != UNMATCHED))

    def with_only(self, kinds: Iterable[str], ids: Iterable[str]) -> "Facts":
        """The same facts with only some of the edges of some kinds, given by id."""
        some = Facts(self._reader, self.as_of, self.known.known_at, self.contested, self.known)
        some.__dict__.update({k: v for k, v in self.__dict__.items() if k in _SHARED})
        some._by_kind = {**self._by_kind, **{kind: [] for kind in kinds}}
        some._add(self._ends_fetched(self.known.edges(ids=ids)))
        return some

    def entity(self, entity_id: str) -> Entity:
        """One entity of the store."""
        return self.known.entity(entity_id)

    def called(self, entity_id: str) -> str:
        """What to call an entity in a sentence."""
        return caption(self.entity(entity_id).name)

    def said_by(self, entity_id: str) -> tuple[Claim, ...]:
        """The party's own account, as far as it was known: what it denies, disputes or explains."""
        return self.known.said_by(entity_id)

    def is_company(self, entity_id: str) -> bool:
        """True for companies of every kind: neither persons, public bodies nor groups."""
        return self.entity(entity_id).kind in COMPANIES

    def airlines(self) -> Iterator[Entity]:
        """All airlines, by id."""
        yield from self._airlines

    @cached_property
    def _airlines(self) -> tuple[Entity, ...]:
        return tuple(self._reader.entities((EntityKind.AIRLINE,)))

    def known_edges(self, kinds: Iterable[str]) -> Iterator[Edge]:
        """Edges of some kinds with the claims that were known, whatever their dates."""
        for kind in kinds:
            yield from self._edges(kind)

    def held(self, *kinds: str) -> Iterator[Held]:
        """What holds on the date: states in their interval, events that can have happened by then.

        Contested edges are left out unless they were asked for.
        """
        for kind in kinds:
            if kind not in self._held:
                self._held[kind] = [
                    Held(edge, answer)
                    for edge in self._edges(kind)
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
        return self._fleets[0].get(airline, {})

    def fleet_unknown(self) -> tuple[str, ...]:
        """Airlines of whose fleet no source gives a picture on the date: unknown, not none."""
        return tuple(e.id for e in self.airlines() if e.id not in self._fleets[1])

    def common_families(self, one: str, other: str) -> list[str]:
        """Families that two airlines both fly on the date, by name."""
        return sorted(self.fleet(one).keys() & self.fleet(other).keys())

    def fetch(self, kinds: Iterable[str]) -> None:
        """Read at once the edges of those of some kinds that were not read yet."""
        missing = set(kinds) - self._by_kind.keys()
        if missing:  # they count as read only when they are: a server may not answer
            found = self._ends_fetched(self.known.edges(missing))
            self._by_kind |= {kind: [] for kind in missing}
            self._add(found)

    def _edges(self, kind: str) -> list[Edge]:
        self.fetch((kind,))
        return self._by_kind[kind]

    def _ends_fetched(self, edges: Iterable[Edge]) -> list[Edge]:
        """Some edges, whose ends are read at once."""
        found = list(edges)
        self.known.entities.fetch(end for edge in found for end in (edge.source, edge.target))
        return found

    def _add(self, edges: Iterable[Edge]) -> None:
        for edge in edges:
            self._by_kind[edge.kind].append(edge)

    @cached_property
    def _fleets(self) -> tuple[dict[str, dict[str, Picture]], frozenset[str]]:
        """Fleets by airline and family, and the airlines of whose fleet there is any picture."""
        pictures: dict[tuple[str, str], list[tuple[tuple[int, int], Picture, str]]] = defaultdict(
            list
        )
        for edge in self._visible("operates_family"):
            if (found := self._reported(edge)) is not None:
                pictures[edge.source, edge.target].append(found)
        for held in self.held("operates"):
            aircraft = self.entity(held.edge.target)
            if aircraft.properties.get("family") and self._is_built(aircraft):
                key = held.edge.source, aircraft.properties["family"]
                registered = aircraft.properties.get("status_of_aircraft") == _ON_A_REGISTER
                where = "on a register" if registered else "named in a report"
                says = f"{aircraft.name} {where}"
                pictures[key].append(((0, 0), Picture(held, None, says), "yes"))
        fleets: dict[str, dict[str, Picture]] = defaultdict(dict)
        for (airline, family), seen in sorted(pictures.items()):
            _, newest, in_service = max(seen, key=lambda item: (item[0], item[1].held.edge.id))
            if family != UNMATCHED and in_service != "no":
                fleets[airline][family] = newest
        return dict(fleets), frozenset(airline for airline, _ in pictures)

    def _is_built(self, aircraft: Entity) -> bool:
        """An undated register entry cannot hold before the aircraft was built."""
        built = aircraft.properties.get("year_built", "")
        return not built.isdigit() or parse(built).first <= self.as_of

    def _visible(self, kind: str) -> Iterator[Edge]:
        return (e for e in self._edges(kind) if self.contested or not e.contested)

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
        return f"Facts(as_of={iso(self.as_of)})"
