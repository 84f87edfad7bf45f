"""The hops behind the arcs of a network, each made when it is asked for."""

from abc import abstractmethod
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from operator import index
from typing import SupportsIndex, overload

from graph.arcs import POSSIBLE, Arc, documented_arc, possible_arc
from graph.cost import Costs
from graph.kinds import ROUTED
from graph.view.documented import Documented
from graph.view.inferred import Inferred

FEW = 2000
"""So many documented hops are read in one go when the first is asked for."""
_AT_ONCE = 500
_MOST = 20_000


class Arcs(Sequence[Arc]):
    """Hops by their number in the network."""

    @overload
    def __getitem__(self, number: SupportsIndex) -> Arc: ...
    @overload
    def __getitem__(self, number: slice) -> tuple[Arc, ...]: ...
    def __getitem__(self, number: SupportsIndex | slice) -> Arc | tuple[Arc, ...]:
        if isinstance(number, slice):
            return tuple(self.one(i) for i in range(*number.indices(len(self))))
        place = index(number)
        if not -len(self) <= place < len(self):
            raise IndexError(place)
        return self.one(place % len(self))

    @abstractmethod
    def one(self, number: int) -> Arc:
        """The hop of a number that there is."""

    @abstractmethod
    def named(self, edge_id: str) -> Arc | None:
        """The documented hop of an edge; None when the edge is none or has no place on a route."""

    @abstractmethod
    def inferred(self) -> Iterator[Arc]:
        """The possible hops, by number."""


class MadeArcs(Arcs):
    """Hops in memory."""

    def __init__(self, arcs: Iterable[Arc]) -> None:
        self._arcs = tuple(arcs)
        self._named = {arc.id: arc for arc in self._arcs}

    def __len__(self) -> int:
        return len(self._arcs)

    def __iter__(self) -> Iterator[Arc]:
        return iter(self._arcs)

    def one(self, number: int) -> Arc:
        """The hop of a number that there is."""
        return self._arcs[number]

    def named(self, edge_id: str) -> Arc | None:
        """The hop of an edge."""
        return self._named.get(edge_id)

    def inferred(self) -> Iterator[Arc]:
        """The possible hops, by number."""
        return (arc for arc in self._arcs if arc.basis == POSSIBLE)


class StoredArcs(Arcs):
    """Documented hops over the edges of a store, then possible ones over what rules inferred."""

    def __init__(self, costs: Costs, documented: Documented, hops: Inferred) -> None:
        self._known = hops.facts.known
        self._costs = costs
        self._documented = documented
        self._hops = hops
        self._first = len(documented.edge)
        self._by_edge: dict[str, Arc] = {}
        self._inferred: dict[int, Arc] = {}

    def __len__(self) -> int:
        return self._first + len(self._hops)

    def __iter__(self) -> Iterator[Arc]:
        numbers = iter(range(self._first))
        while some := [self._edge_of(number) for number in islice(numbers, _AT_ONCE)]:
            found = {edge.id: edge for edge in self._known.edges(ids=some)}
            for edge_id in some:
                yield documented_arc(self._known, self._costs, found[edge_id])
        yield from self.inferred()

    def one(self, number: int) -> Arc:
        """The hop of a number that there is."""
        if number < self._first:
            return self._read(self._edge_of(number))
        if number not in self._inferred:
            if len(self._inferred) > _MOST:
                self._inferred.clear()
            self._inferred[number] = self._infer(number - self._first)
        return self._inferred[number]

    def named(self, edge_id: str) -> Arc | None:
        """The documented hop of an edge."""
        found = self._documented.edges.find(edge_id)
        return None if found is None else self._read(edge_id)

    def inferred(self) -> Iterator[Arc]:
        """The possible hops, by number."""
        return map(self._infer, range(len(self._hops)))

    def _edge_of(self, number: int) -> str:
        return self._documented.edges[int(self._documented.edge[number])]

    def _infer(self, number: int) -> Arc:
        return possible_arc(self._known, self._costs, self._hops[number], self._hops.facts.as_of)

    def _read(self, edge_id: str) -> Arc:
        if edge_id not in self._by_edge:
            if len(self._by_edge) > _MOST:
                self._by_edge.clear()
            few = self._first <= FEW
            edges = self._known.edges(sorted(ROUTED)) if few else self._known.edges(ids=(edge_id,))
            for edge in edges:
                self._by_edge[edge.id] = documented_arc(self._known, self._costs, edge)
        return self._by_edge[edge_id]
