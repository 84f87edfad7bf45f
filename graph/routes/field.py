"""A corridor as a small graph of its own, and what is left to pay from each place in it.

Its bounds are exact for walks under a hop limit, by dynamic programming over hops, and never
overestimate for routes: a best-first or threshold search with them misses nothing.
"""

import numpy as np
from numpy.typing import NDArray

from graph.arcs import POSSIBLE
from graph.network import Columns, Network, Numbers, Trait
from graph.routes.choice import GOAL, ORIGIN
from graph.routes.rows import row_minima

UNREACHABLE = 2**60


class Field:
    """Arcs between a few parties, numbered anew.

    Arrays over p parties and a arcs, arcs by the party they leave, then by number:

        parties  int64 (p)      numbers in the view, increasing
        arcs     Columns (a)    as in the view, but tail and head are places in `parties`
        first    int64 (p + 1)  arcs of party u: first[u] .. first[u + 1]
        goods    int64 (a)      bit mask of what can travel
        possible int64 (a)      1 for a possible hop
        groups   int64 (p)      bit mask of the via groups a party belongs to

    `doubled` tells whether several arcs join some pair, `grouped` whether there are groups at all.
    """

    def __init__(
        self,
        arcs: Columns,
        traits: tuple[Trait, ...],
        roles: NDArray[np.uint8],
        groups: list[Numbers],
        hops: int,
    ) -> None:
        self.hops = hops
        order = np.lexsort((arcs.arc, arcs.tail))
        self.parties = np.unique(np.concatenate([arcs.tail, arcs.head]))
        arcs = Columns(*(column[order] for column in arcs))
        self.arcs = arcs._replace(
            tail=np.searchsorted(self.parties, arcs.tail),
            head=np.searchsorted(self.parties, arcs.head),
        )
        self.first = np.searchsorted(self.arcs.tail, np.arange(len(self.parties) + 1))
        of_trait = np.array([(t.goods, t.basis == POSSIBLE) for t in traits], np.int64)
        self.goods, self.possible = of_trait.reshape(-1, 2)[arcs.trait].T
        pairs = self.arcs.tail * len(self.parties) + self.arcs.head
        self.doubled = len(np.unique(pairs)) < len(pairs)
        self.goal = roles[self.parties] == GOAL
        self.origins = np.flatnonzero(roles[self.parties] == ORIGIN)
        self.grouped = bool(groups)
        self.groups = np.zeros(len(self.parties), np.int64)
        for bit, members in enumerate(groups):
            self.groups |= np.isin(self.parties, members).astype(np.int64) << bit
        self._to_go: dict[tuple[int, int], Numbers] = {}
        self._least_possible: list[Numbers] = []

    def to_go(self, need: int, hops: int) -> Numbers:
        """The least cost from each party to a goal in at most `hops`, meeting the groups in `need`; (p,).

        `need` is what is still to be met after the party itself.
        """
        key = need, hops
        if key not in self._to_go:
            onward = np.full(len(self.parties), UNREACHABLE)
            if hops > 0:
                through = self.arcs.cost + self.entering(need, hops - 1, self.arcs.head)
                onward = np.minimum(row_minima(through, self.first, UNREACHABLE), UNREACHABLE)
            self._to_go[key] = np.where(self.goal, 0 if need == 0 else UNREACHABLE, onward)
        return self._to_go[key]

    def entering(self, need: int, hops: int, parties: Numbers) -> Numbers:
        """As `to_go`, on coming to each of some parties, which may meet some of the groups."""
        return self.bound(np.full(len(parties), need), hops, parties)

    def bound(self, need: Numbers, hops: int, parties: Numbers) -> Numbers:
        """As `entering`, for a need of its own at each of some parties; shape (len(parties),)."""
        if not self.grouped:
            return self.to_go(0, hops)[parties]
        left = need & ~self.groups[parties]
        subsets = np.unique(left)
        cost = np.full(len(parties), UNREACHABLE)
        for subset in subsets:
            here = np.flatnonzero(left == subset)
            cost[here] = self.to_go(int(subset), hops)[parties[here]]
        return cost

    def possible_to_go(self, hops: int) -> Numbers:
        """The least number of possible hops from each party to a goal in at most `hops`; (p,)."""
        if not self._least_possible:
            self._least_possible.append(np.where(self.goal, 0, UNREACHABLE))
        while len(self._least_possible) <= hops:
            through = self.possible + self._least_possible[-1][self.arcs.head]
            onward = np.minimum(row_minima(through, self.first, UNREACHABLE), UNREACHABLE)
            self._least_possible.append(np.where(self.goal, 0, onward))
        return self._least_possible[hops]

    def within(self, cost: int) -> Numbers:
        """Arcs of walks from an origin to a goal within a cost and the hops, as numbers of the view."""
        tail, head, weight = self.arcs.tail, self.arcs.head, self.arcs.cost
        travelled = np.full(len(self.parties), UNREACHABLE)
        travelled[self.origins] = 0
        useful = np.zeros(len(weight), bool)
        for hop in range(self.hops):
            through = travelled[tail] + weight
            useful |= through + self.to_go(0, self.hops - 1 - hop)[head] <= cost
            np.minimum.at(travelled, head, through)
        return self.arcs.arc[useful]


def field_of(
    network: Network,
    arcs: Numbers,
    roles: NDArray[np.uint8],
    groups: list[Numbers],
    hops: int,
    cost: int,
) -> Field:
    """The field over some arcs (increasing numbers), less those on no walk within the limits."""
    wide = Field(network.columns(arcs), network.traits, roles, groups, hops)
    kept = np.sort(wide.within(cost))
    return Field(network.columns(kept), network.traits, roles, groups, hops)
