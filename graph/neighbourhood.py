"""Views to answer questions from: of a whole store, or only of what surrounds a question.

A store that is too large to be read as a whole (`Reader.near`) gives the hand-overs of some parties at
a time. From the origins they are walked forward and from the destinations backward, round by round,
together with the possible hops, which are inferred in memory as ever.

Of a question with at most H hops, the first ceil(H / 2) rounds are walked forward and the last
floor(H / 2) backward, and nothing else is needed. Hop i of a route of h <= H hops leaves a party that
is i - 1 hops from an origin and leads to one that is h - i hops from a destination. For i <= ceil(H / 2)
that party is reached before round i of the forward walk, which reads all its hops. For a greater i,
h - i < floor(H / 2), and the backward walk reads all hops to the party that it leads to. Walks stop
where no route goes on: at parties to avoid, forward at a destination, backward at an origin; what is
left out of them is what the question leaves out of every route.

With parties to pass, these are walked from backward too: what is said beside the routes, of what
could arrive, is about walks from an origin to them. One round back is walked then whatever H is, for
what is said of hand-overs from them to a destination.
"""

from collections import defaultdict
from collections.abc import Collection, Container, Iterable, Iterator, Mapping
from functools import cached_property
from typing import NamedTuple, Protocol

from graph.arcs import Arc, documented_arc, inferred_arc, possible_arc
from graph.cost import Costs, default_costs
from graph.kinds import ROUTED
from graph.known import Entities
from graph.listed import restrictions
from graph.model import DENIAL, Claim, Edge, Entity
from graph.names import caption
from graph.routes.question import Question
from graph.rules import Facts, PossibleHop, possible_hops
from graph.settings import most_hand_overs
from graph.store.base import End, Near, Reader
from graph.view import Items, Part, View, assemble, build_view
from graph.view.build import sets_of
from graph.view.traits import Raw, raw, traits_of

_OTHER: dict[End, End] = {"source": "target", "target": "source"}
_NAMED = 3
"""So many of the parties that were left shut are named."""


class Directory(NamedTuple):
    """What the words of a question can name: sets with their members, and entities."""

    sets: Mapping[str, tuple[str, ...]]
    number: Container[str]


class Surroundings(Protocol):
    """Gives the view that a question is answered from."""

    @property
    def directory(self) -> Directory:
        """What a question can name."""

    def of(self, question: Question, named: Collection[str] = ()) -> Part:
        """The view for a question; the entities `named` are in it too, where the store has them."""


def surroundings(
    reader: Reader, as_of: int, known_at: int | None = None, contested: bool = False
) -> Surroundings:
    """Where questions about a day are answered from: the arguments are those of `build_view`."""
    if reader.near is None:
        return Whole(build_view(reader, as_of, known_at, contested))
    return Parts(reader, reader.near, as_of, known_at, contested)


class Whole:
    """Every question is answered from one view of the whole store."""

    def __init__(self, view: View) -> None:
        self._view = view

    @property
    def directory(self) -> Directory:
        """What a question can name."""
        return Directory(self._view.sets, self._view.number)

    def of(self, question: Question, named: Collection[str] = ()) -> Part:
        """The whole view."""
        return Part(self._view)


class Parts:
    """Every question is answered from a view of what surrounds it.

    Args:
        reader: the store.
        near: the way to its hand-overs.
        as_of, known_at, contested: as for `build_view`.
        most: the most hand-overs to read in a round.
        costs: the cost table.
    """

    def __init__(
        self,
        reader: Reader,
        near: Near,
        as_of: int,
        known_at: int | None = None,
        contested: bool = False,
        *,
        most: int | None = None,
        costs: Costs | None = None,
    ) -> None:
        self.reader = reader
        self.near = near
        self.most = most_hand_overs() if most is None else most
        self.costs = costs or default_costs()
        self.facts = Facts(reader, as_of, known_at, contested)

    @cached_property
    def directory(self) -> Directory:
        """What a question can name."""
        return Directory(self.sets, Entities(self.reader))

    @cached_property
    def sets(self) -> dict[str, tuple[str, ...]]:
        """The named sets and their members."""
        return sets_of(self.reader)

    @cached_property
    def restricted(self) -> dict[str, tuple[str, ...]]:
        """What restricts parties on the day: read once, not party by party."""
        known, measures = self.facts.known, self.reader.measures()
        some = (m for m in measures if known.known_at is None or known.knows(m.claims))
        return restrictions(some, self.facts.as_of)

    @cached_property
    def hops(self) -> tuple[PossibleHop, ...]:
        """What the rules infer from the facts of the whole store, which are few beside hand-overs."""
        return tuple(possible_hops(self.facts))

    @cached_property
    def hops_at(self) -> dict[End, dict[str, list[int]]]:
        """By end and party: the numbers of the possible hops there."""
        found: dict[End, dict[str, list[int]]] = {end: defaultdict(list) for end in _OTHER}
        for number, hop in enumerate(self.hops):
            found["source"][hop.source].append(number)
            found["target"][hop.target].append(number)
        return found

    def of(self, question: Question, named: Collection[str] = ()) -> Part:
        """The view of what surrounds a question.

        Raises:
            BadInput: when the hops are for more families than can be told apart.
            StoreError: when the store does not answer.
        """
        walk = _Walk(self, question)
        origins, destinations = set(question.origins), set(question.destinations)
        groups, avoid = set(sum(question.via, ())), set(question.avoid)
        walk.go(origins, "source", -(-question.max_hops // 2), destinations | avoid)
        back = max(question.max_hops // 2, bool(groups))
        walk.go(destinations | groups, "target", back, origins | avoid)
        walk.fetch((*question.named, *named))
        return Part(self._view(walk), walk.cut())

    def _view(self, walk: "_Walk") -> View:
        facts = self.facts
        unknown = facts.fleet_unknown()
        return assemble(
            walk.stated.values(),
            walk.entities,
            inferred=walk.inferred(),
            families=facts.families,
            as_of=facts.as_of,
            known_at=facts.known.known_at,
            contested=facts.contested,
            costs=self.costs,
            revision=self.reader.revision,
            sources=facts.known.sources,
            sets=self.sets,
            fleet_unknown=unknown,
            fleets={
                a.id: tuple(facts.fleet(a.id)) for a in facts.airlines() if a.id not in unknown
            },
            restricted=self.restricted,
        )


class _Taken(dict[Raw, bool]):
    """Whether a question lets a route use hops of a trait."""

    def __init__(self, question: Question) -> None:
        self._question = question

    def __missing__(self, trait: Raw) -> bool:
        self[trait] = bool(self._question.takes(traits_of(Items(()), [trait]))[0])
        return self[trait]


class _Walk:
    """What is found around a question.

    Attributes:
        stated: documented hops by id.
        entities: their ends, and those of the possible hops passed.
    """

    def __init__(self, parts: Parts, question: Question) -> None:
        self.stated: dict[str, Arc] = {}
        self.entities: dict[str, Entity] = {}
        self._parts = parts
        self._known = parts.facts.known
        self._taken = _Taken(question)
        # Whether hand-overs from a party to pass are on record is said whatever the question takes.
        self._told = {(v, d) for v in sum(question.via, ()) for d in question.destinations}
        self._kinds = (not question.via and question.kinds) or sorted(ROUTED)
        self._passed: set[int] = set()
        self._shut: dict[str, int] = {}

    def go(self, starts: set[str], end: End, rounds: int, stop: set[str]) -> None:
        """Walk so many rounds over the hops that have their `end` at the parties reached.

        Args:
            starts: where to begin.
            end: source to walk forward, target to walk backward.
            rounds: how many hops to go.
            stop: parties from which no route goes on.
        """
        seen = frontier = starts
        for _ in range(rounds):
            ends = (getattr(arc, _OTHER[end]) for arc in self._at(frontier, end))
            frontier = {*ends} - seen - stop
            seen = seen | frontier

    def fetch(self, ids: Iterable[str]) -> None:
        """Read those of some entities that were not read yet."""
        if missing := {*ids} - self.entities.keys():
            self.entities.update((e.id, e) for e in self._parts.reader.entities(ids=missing))

    def inferred(self) -> list[Arc]:
        """The possible hops passed."""
        hops = [self._parts.hops[number] for number in sorted(self._passed)]
        self.fetch(end for hop in hops for end in (hop.source, hop.target))
        day = self._parts.facts.as_of
        return [possible_arc(self, self._parts.costs, hop, day) for hop in hops]

    def entity(self, entity_id: str) -> Entity:
        """An end of a hop; see `graph.arcs.Parties`."""
        return self.entities[entity_id]

    def said_by(self, entity_id: str) -> tuple[Claim, ...]:
        """The party's own account, as far as it was known."""
        claims = self.entities[entity_id].claims
        return tuple(c for c in claims if c.kind == DENIAL and self._known.is_known(c))

    def cut(self) -> str:
        """What must be said of parties that were left shut; empty when there were none."""
        if not self._shut:
            return ""
        most = sorted(self._shut, key=lambda party: (-self._shut[party], party))
        self.fetch(most[:_NAMED])
        names = [self.entities[p].name if p in self.entities else p for p in most[:_NAMED]]
        said = ", ".join(
            f"{caption(name)} ({self._shut[party]:,})"
            for name, party in zip(names, most, strict=False)
        )
        others = f" and {len(most) - _NAMED} more" if len(most) > _NAMED else ""
        return (
            "The answer is from a part of the store: more than "
            f"{self._parts.most:,} hand-overs lay within one hop of what was reached, and those of "
            f"{said}{others} were not read. Routes through them may be missing."
        )

    def _at(self, parties: set[str], end: End) -> Iterator[Arc]:
        """The hops that count and have their `end` at some parties."""
        yield from self._documented(self._opened(parties, end), end)
        day, costs = self._parts.facts.as_of, self._parts.costs
        for party in parties:
            for number in self._parts.hops_at[end].get(party, ()):
                arc = inferred_arc(costs, self._parts.hops[number], day)
                if self._taken[raw(arc)]:
                    self._passed.add(number)
                    yield arc

    def _documented(self, parties: Collection[str], end: End) -> Iterator[Arc]:
        found = self._parts.near.at(parties, end, self._kinds, self._parts.facts.as_of)
        edges: list[Edge] = [e for e in map(self._known.as_known, found) if e is not None]
        self.fetch(end for edge in edges for end in (edge.source, edge.target))
        for edge in edges:
            arc = documented_arc(self, self._parts.costs, edge)
            if self._taken[raw(arc)]:
                self.stated[arc.id] = arc
                yield arc
            elif (arc.source, arc.target) in self._told:
                self.stated[arc.id] = arc

    def _opened(self, parties: set[str], end: End) -> list[str]:
        """The parties whose hand-overs are read: all, or the smaller ones, as far as the bound goes."""
        if not parties:
            return []
        degrees = self._parts.near.degrees(parties, end)
        opened, total = [], 0
        for party in sorted(degrees, key=lambda party: (degrees[party], party)):
            total += degrees[party]
            if total <= self._parts.most:
                opened.append(party)
            else:
                self._shut[party] = max(degrees[party], self._shut.get(party, 0))
        return opened
