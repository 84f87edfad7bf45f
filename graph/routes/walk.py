"""All routes of a field up to a cost, many at a time: partial routes are rows of arrays.

Each round makes every row of a bunch one hop longer, along all arcs at once, and drops those that
repeat a party, break an order or a limit, or cannot be completed at the cost. Bunches are taken from
a stack, the longest first, so that memory stays bounded whatever the number of routes.
"""

from collections.abc import Callable
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from graph.dates import NO_END
from graph.network import Mask, Numbers, spans
from graph.routes.bunch import Bunch, mixed, undominated
from graph.routes.field import UNREACHABLE, Field
from graph.routes.rows import firsts
from graph.routes.tight import Tight

BUNCH = 16_384
"""The most rows that are made longer at once."""


class Rules(NamedTuple):
    """What a route must keep to, besides its arcs and ends.

    Attributes:
        timed: whether days must not decrease along the route.
        dwell: the most days between two hops, or None.
        unproven: added to the cost of a hop whose order after the one before is not proven.
        need: bit mask of the via groups to meet.
        most_possible: the most possible hops, or None.
    """

    timed: bool
    dwell: int | None
    unproven: int
    need: int
    most_possible: int | None


class Found(NamedTuple):
    """Routes in order of cost, number of hops and parties; one for each sequence of parties.

    `parties` (routes, hops + 1) and `arcs` (routes, hops) are numbers of the view, -1 after the end.
    """

    cost: Numbers
    parties: NDArray[np.int64]
    arcs: NDArray[np.int64]

    def up_to(self, cost: int) -> "Found":
        """Those that cost at most so much."""
        end = int(np.searchsorted(self.cost, cost, side="right"))
        return Found(self.cost[:end], self.parties[:end], self.arcs[:end])


class Walk:
    """The routes of a field that cost at most `limit`.

    Attributes:
        steps: rows made so far.
        arrived: how many of them are finished.

    Args:
        field: where to walk.
        rules: what to keep to.
        limit: the most that a route may cost.
        tight: a sharper bound, where there is one.
    """

    def __init__(self, field: Field, rules: Rules, limit: int, tight: Tight | None) -> None:
        self.field = field
        self.rules = rules
        self.limit = limit
        self.tight = tight
        self.steps = 0
        self.arrived = 0
        self._rejected: list[Numbers] = []
        self._arrived: list[Bunch] = []
        self._open: list[Bunch] = [self._start()]

    @property
    def done(self) -> bool:
        """Whether no partial route is left."""
        return not self._open

    def least_open(self) -> int:
        """No route that is still to be found costs less than this."""
        return min(int(self._total(bunch).min()) for bunch in self._open)

    def advance(self, enough: "Callable[[Walk], bool]") -> None:
        """Make routes longer until all are found, or until `enough` says so."""
        while self._open and not enough(self):
            bunch = self._open.pop()
            longer = self._longer(bunch)
            self.steps += len(longer.cost)
            arrived = self.field.goal[longer.parties[-1]]
            if arrived.any():
                self._arrived.append(longer.take(arrived))
                self.arrived += int(arrived.sum())
            on = longer.take(~arrived)
            for start in range(0, len(on.cost), BUNCH):
                self._open.append(on.take(slice(start, start + BUNCH)))

    def _start(self) -> Bunch:
        origins = self.field.origins
        none = np.zeros(len(origins), np.int64)
        need = self.rules.need & ~self.field.groups[origins]
        return Bunch(
            cost=none,
            earliest=none,
            latest=none + NO_END,
            last=none,
            goods=none - 1,
            need=need,
            possible=none,
            trail=mixed(none, origins),
            parties=(origins,),
            arcs=(),
        )

    def _longer(self, bunch: Bunch) -> Bunch:
        """All rows of a bunch, one hop longer, that can still be completed within the limit."""
        field = self.field
        end = bunch.parties[-1]
        arc, row = spans(field.first[end], field.first[end + 1])
        hops = field.hops - len(bunch.arcs) - 1
        head = field.arcs.head[arc]
        total = bunch.cost[row] + field.arcs.cost[arc] + field.bound(bunch.need[row], hops, head)
        kept = self._affordable(total)
        arc, row, head = arc[kept], row[kept], head[kept]
        fresh = np.ones(len(arc), bool)
        for before in bunch.parties:
            fresh &= before[row] != head
        longer = self._along(bunch, row[fresh], arc[fresh])
        longer = longer.take(self._lawful(longer, hops))
        kept = self._affordable(self._total(longer, hops))
        longer = longer.take(kept)
        return undominated(longer, self.rules.dwell is not None) if field.doubled else longer

    def _along(self, bunch: Bunch, row: Numbers, arc: Numbers) -> Bunch:
        """Rows of a bunch along an arc each, whatever comes of it."""
        arcs, before = self.field.arcs, bunch.take(row)
        head = arcs.head[arc]
        longer = before._replace(
            cost=before.cost + arcs.cost[arc],
            goods=before.goods & self.field.goods[arc],
            need=before.need & ~self.field.groups[head],
            possible=before.possible + self.field.possible[arc],
            trail=mixed(before.trail, head),
            parties=(*before.parties, head),
            arcs=(*before.arcs, arc),
        )
        return self._dated(longer, arcs.first[arc], arcs.last[arc]) if self.rules.timed else longer

    def _dated(self, bunch: Bunch, first: Numbers, last: Numbers) -> Bunch:
        """The rows with the days of their newest hop, which spans `first` to `last`."""
        rules, follows = self.rules, len(bunch.arcs) > 1
        latest = last
        if rules.dwell is not None and follows:
            latest = np.minimum(last, bunch.latest + rules.dwell)
        unproven = (bunch.last > first) & follows
        return bunch._replace(
            cost=bunch.cost + rules.unproven * unproven,
            earliest=np.maximum(first, bunch.earliest),
            latest=latest,
            last=last,
        )

    def _lawful(self, bunch: Bunch, hops: int) -> Mask:
        """Which rows keep to the rules, as far as they go."""
        kept: Mask = bunch.goods != 0
        if self.rules.timed:
            kept &= bunch.earliest <= bunch.latest
        if self.rules.most_possible is not None:
            to_go = self.field.possible_to_go(hops)[bunch.parties[-1]]
            kept &= bunch.possible + to_go <= self.rules.most_possible
        return kept

    def _total(self, bunch: Bunch, hops: int | None = None) -> Numbers:
        """What rows cost with the least that can still come; shape (rows,)."""
        left = self.field.hops - len(bunch.arcs) if hops is None else hops
        end = bunch.parties[-1]
        to_go = self.field.bound(bunch.need, left, end)
        if self.tight is not None:
            to_go = np.maximum(to_go, self.tight.bound(left, end, bunch.goods, bunch.earliest))
        return bunch.cost + to_go

    def _affordable(self, total: Numbers) -> Mask:
        """Which rows stay within the limit; the totals of others that could go on are noted."""
        kept: Mask = total <= self.limit
        self._rejected.append(total[~kept & (total < UNREACHABLE)])
        return kept

    def next_limit(self, more: int) -> int:
        """A limit below which about so many more routes lie; too high when there are fewer."""
        over = np.concatenate(self._rejected)
        return int(np.partition(over, more)[more]) if len(over) > more else int(UNREACHABLE)

    def routes(self) -> Found:
        """The routes that have arrived so far."""
        width = self.field.hops + 1
        cost = np.concatenate([np.zeros(0, np.int64), *(b.cost for b in self._arrived)])
        parties = np.concatenate(
            [np.zeros((0, width), np.int64), *(_padded(b.parties, width) for b in self._arrived)]
        )
        arcs = np.concatenate(
            [np.zeros((0, width), np.int64), *(_padded(b.arcs, width) for b in self._arrived)]
        )
        order = np.lexsort([*arcs.T[::-1], cost, *parties.T[::-1]])
        order = order[firsts([column[order] for column in parties.T])]
        hops = (parties[order] >= 0).sum(axis=1)
        order = order[np.lexsort([*parties[order].T[::-1], hops, cost[order]])]
        in_view = np.append(self.field.parties, -1), np.append(self.field.arcs.arc, -1)
        return Found(cost[order], in_view[0][parties[order]], in_view[1][arcs[order, :-1]])


def _padded(columns: tuple[Numbers, ...], width: int) -> NDArray[np.int64]:
    found = np.full((len(columns[0]), width), -1)
    found[:, : len(columns)] = np.stack(columns, axis=1)
    return found
