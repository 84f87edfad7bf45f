"""The bound of the search: least cost to go, by dynamic programming over hops.

For every set of via groups still to be met and every number of hops left, the least cost from a
party to a destination, ignoring dates, goods and repeated parties. It never overestimates, so a
best-first search with it is exact. One pass over all pairs per hop and via subset; `reduceat` takes
the minimum per party.
"""

import msgspec
import numpy as np
from numpy.typing import NDArray

UNREACHABLE = np.int64(2) ** 60


class PairGraph(msgspec.Struct, frozen=True, eq=False):
    """The cheapest allowed arc of every pair, and which parties may stand where.

    Arrays over n parties and m pairs: `first_pair` (n + 1), `head` (m), `cost` (m, `UNREACHABLE`
    where no arc is allowed), `passable` (n, may stand between the ends), `goal` (n),
    `groups` (n, bit mask of the via groups a party belongs to).
    """

    first_pair: NDArray[np.int64]
    head: NDArray[np.int64]
    cost: NDArray[np.int64]
    passable: NDArray[np.bool_]
    goal: NDArray[np.bool_]
    groups: NDArray[np.int64]
    group_count: int


class Bound:
    """Least cost to go, for every number of hops left and via groups to meet."""

    def __init__(self, graph: PairGraph, max_hops: int) -> None:
        self.graph = graph
        self.max_hops = max_hops
        self._enter: dict[tuple[int, int], NDArray[np.int64]] = {}
        self._leave: dict[tuple[int, int], NDArray[np.int64]] = {}
        self._order: dict[tuple[int, int, int], tuple[NDArray[np.int64], NDArray[np.int64]]] = {}

    def leave(self, need: int, hops: int) -> NDArray[np.int64]:
        """Cost to go from each party in at most `hops`, with the groups in `need` to be met; (n,)."""
        key = need, hops
        if key not in self._leave:
            graph = self.graph
            best = np.full(len(graph.passable), UNREACHABLE)
            if hops > 0 and len(graph.head):
                through = np.minimum(graph.cost + self._after(need, hops), UNREACHABLE)
                starts = graph.first_pair[:-1]
                some = starts < graph.first_pair[1:]
                best[some] = np.minimum.reduceat(through, starts[some])
            self._leave[key] = best
        return self._leave[key]

    def enter(self, need: int, hops: int) -> NDArray[np.int64]:
        """Cost to go on arriving at each party with `hops` left: nothing at a destination; (n,)."""
        key = need, hops
        if key not in self._enter:
            graph = self.graph
            on = np.where(graph.passable, self.leave(need, hops), UNREACHABLE)
            self._enter[key] = np.where(graph.goal, 0 if need == 0 else UNREACHABLE, on)
        return self._enter[key]

    def ways_on(
        self, party: int, need: int, hops: int
    ) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Pairs that lead on from a party and the cost to go through each, cheapest first.

        Sorted once for each party, need and hops left, and shared by all prefixes that get there.
        """
        key = party, need, hops
        if key not in self._order:
            graph = self.graph
            pairs = np.arange(graph.first_pair[party], graph.first_pair[party + 1])
            heads = graph.head[pairs]
            through = graph.cost[pairs] + self._entering(need, hops, heads)
            keep = through < UNREACHABLE
            pairs, through = pairs[keep], through[keep]
            order = np.argsort(through, kind="stable")
            self._order[key] = pairs[order], through[order]
        return self._order[key]

    def _after(self, need: int, hops: int) -> NDArray[np.int64]:
        return self._entering(need, hops, self.graph.head)

    def _entering(self, need: int, hops: int, heads: NDArray[np.int64]) -> NDArray[np.int64]:
        """Cost to go after stepping to each of `heads`, which may meet some of the groups."""
        if need == 0:
            return self.enter(0, hops - 1)[heads]
        left = need & ~self.graph.groups[heads]
        cost = np.full(len(heads), UNREACHABLE)
        for subset in np.unique(left):
            chosen = left == subset
            cost[chosen] = self.enter(int(subset), hops - 1)[heads[chosen]]
        return cost
