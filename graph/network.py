"""Arcs as arrays: what a route search reads, in memory or mapped from files.

Parties and arcs are numbers. A layer holds its arcs twice, by the party they leave and by the party
they lead to, the cheapest first in both, so that a search which has only so much cost to spend reads
the start of a row and never a hub as a whole. A network is one layer or several over the same
parties: what a store states does not change with the date asked about, what rules infer does.

Arrays of a layer over n parties and a arcs:

    first_out  int64 (n + 1)   arcs that leave party u: first_out[u] .. first_out[u + 1]
    tail, head int32 (a)       the parties an arc joins
    cost       int32 (a)       integer cost, before anything its neighbours on a route add
    first, last int32 (a)      the days it can have happened on (ordinals, both included)
    trait      int32 (a)       which of the network's traits it has
    first_in   int64 (n + 1)   arcs that lead to party u: rows first_in[u] .. first_in[u + 1] of
    in_arc, in_tail, in_cost   int32 (a)   their numbers, where they come from and what they cost

`dearest` is the most that one of its arcs costs.
"""

from typing import NamedTuple

import msgspec
import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.int64]
Mask = NDArray[np.bool_]

_FEW = 8
"""Rows up to this long are read whole: cheaper than finding where to stop."""


class Trait(msgspec.Struct, frozen=True, kw_only=True):
    """What arcs have in common that a question can choose by; dates and parties aside.

    Attributes:
        basis: documented or possible.
        kind: of the edge, or the rule of a possible hop.
        goods: bit mask of what can travel, see `graph.view.Items`.
    """

    basis: str
    kind: str
    certainty: str
    contested: bool
    hs: tuple[str, ...]
    goods: int


class Layer(msgspec.Struct, frozen=True, kw_only=True, eq=False):
    """Some arcs, in both orders; see the module for the arrays."""

    first_out: Numbers
    tail: NDArray[np.int32]
    head: NDArray[np.int32]
    cost: NDArray[np.int32]
    first: NDArray[np.int32]
    last: NDArray[np.int32]
    trait: NDArray[np.int32]
    first_in: Numbers
    in_arc: NDArray[np.int32]
    in_tail: NDArray[np.int32]
    in_cost: NDArray[np.int32]
    dearest: int


class Columns(NamedTuple):
    """Some arcs, a column each."""

    arc: Numbers
    tail: Numbers
    head: Numbers
    cost: Numbers
    first: Numbers
    last: Numbers
    trait: Numbers


class Steps(NamedTuple):
    """Arcs read from the rows of some parties: of which row, which arc, to where, at what cost."""

    row: Numbers
    arc: Numbers
    end: NDArray[np.int32]
    cost: NDArray[np.int32]


class Network(msgspec.Struct, frozen=True, kw_only=True, eq=False):
    """Arcs between `parties` parties. Those of the second layer are numbered after the first's."""

    parties: int
    layers: tuple[Layer, ...]
    traits: tuple[Trait, ...]

    @property
    def arcs(self) -> int:
        """How many arcs there are."""
        return sum(len(layer.cost) for layer in self.layers)

    @property
    def dearest(self) -> int:
        """No arc costs more than this."""
        return max((layer.dearest for layer in self.layers), default=0)

    def leaving(self, parties: Numbers, most: Numbers) -> Steps:
        """The arcs that leave each of some parties and cost at most so much, by party."""
        return self._read("first_out", "cost", parties, most)

    def entering(self, parties: Numbers, most: Numbers) -> Steps:
        """The arcs that lead to each of some parties and cost at most so much, by party."""
        return self._read("first_in", "in_cost", parties, most)

    def columns(self, arcs: Numbers) -> Columns:
        """What is to be known of some arcs, given by increasing number."""
        found, start = [], 0
        for layer in self.layers:
            end = start + len(layer.cost)
            here = arcs[slice(*np.searchsorted(arcs, (start, end)))]
            at = here - start
            names = ("tail", "head", "cost", "first", "last", "trait")
            values = (getattr(layer, name)[at].astype(np.int64) for name in names)
            found.append(Columns(here, *values))
            start = end
        return Columns(*map(np.concatenate, zip(*found, strict=True)))

    def trait(self, arc: int) -> int:
        """Which trait an arc has."""
        for layer in self.layers:
            if arc < len(layer.trait):
                return int(layer.trait[arc])
            arc -= len(layer.trait)
        raise IndexError(arc)

    def parallel(self, arc: int) -> list[int]:
        """The arcs that join the same two parties as one does, itself included, the cheapest first."""
        place = self.columns(np.array([arc]))
        tail, head = int(place.tail[0]), int(place.head[0])
        found, start = [], 0
        for layer in self.layers:
            low, high = int(layer.first_out[tail]), int(layer.first_out[tail + 1])
            found += (start + low + np.flatnonzero(layer.head[low:high] == head)).tolist()
            start += len(layer.cost)
        return found

    def _read(self, rows: str, costs: str, parties: Numbers, most: Numbers) -> Steps:
        found, start = [], 0
        for layer in self.layers:
            first, cost = getattr(layer, rows), getattr(layer, costs)
            low = first[parties]
            at, row = spans(low, up_to(cost, low, first[parties + 1], most))
            outward = rows == "first_out"
            arc = start + at if outward else start + layer.in_arc[at].astype(np.int64)
            end = layer.head[at] if outward else layer.in_tail[at]
            found.append(Steps(row, arc, end, cost[at]))
            start += len(layer.cost)
        return (
            found[0] if len(found) == 1 else Steps(*map(np.concatenate, zip(*found, strict=True)))
        )


def layer_of(
    parties: int,
    tail: NDArray[np.int32],
    head: NDArray[np.int32],
    cost: NDArray[np.int32],
    first: NDArray[np.int32],
    last: NDArray[np.int32],
    trait: NDArray[np.int32],
) -> Layer:
    """A layer over arcs that are already in order of tail, cost, head and whatever settles ties."""
    numbers = np.arange(parties + 1)
    by_head = np.lexsort((cost, head)).astype(np.int32)
    return Layer(
        first_out=np.searchsorted(tail, numbers),
        tail=tail,
        head=head,
        cost=cost,
        first=first,
        last=last,
        trait=trait,
        first_in=np.searchsorted(head[by_head], numbers),
        in_arc=by_head,
        in_tail=tail[by_head],
        in_cost=cost[by_head],
        dearest=int(cost.max(initial=0)),
    )


def spans(low: Numbers, high: Numbers) -> tuple[Numbers, Numbers]:
    """All positions low[i] .. high[i], and the i of each."""
    lengths = high - low
    row = np.repeat(np.arange(len(low)), lengths)
    return np.arange(len(row)) + (low - np.cumsum(lengths) + lengths)[row], row


def up_to(values: NDArray[np.int32], low: Numbers, high: Numbers, most: Numbers) -> Numbers:
    """For rows of increasing values: where to stop reading, by binary search in all long rows at once.

    Rows of up to `_FEW` values end where they end, so that the reader must still compare.
    """
    high = high.copy()
    long = np.flatnonzero(high - low > _FEW)
    if len(long):
        start, end, limit = low[long], high[long], most[long]
        for _ in range(int((end - start).max()).bit_length()):
            middle = (start + end) // 2
            more = (values[np.minimum(middle, len(values) - 1)] <= limit) & (start < end)
            start = np.where(more, middle + 1, start)
            end = np.where(more, end, middle)
        high[long] = start
    return high
