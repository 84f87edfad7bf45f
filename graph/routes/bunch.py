"""Partial routes as rows of arrays, and which of them are worth keeping."""

from typing import NamedTuple

import numpy as np

from graph.network import Mask, Numbers
from graph.routes.rows import firsts

_FACTOR = 6364136223846793005
"""Mixes the parties of a row into one number; distinct numbers are distinct parties for certain."""


class Bunch(NamedTuple):
    """Partial routes of one length; a column each, and one for every party and arc along them.

    `earliest` and `latest` bound the day of the last hop, given those before; `last` is its last
    possible day by itself; `goods` is what can still be carried; `trail` mixes the parties.
    """

    cost: Numbers
    earliest: Numbers
    latest: Numbers
    last: Numbers
    goods: Numbers
    need: Numbers
    possible: Numbers
    trail: Numbers
    parties: tuple[Numbers, ...]
    arcs: tuple[Numbers, ...]

    def take(self, which: Numbers | Mask | slice) -> "Bunch":
        """Some of the rows."""
        return Bunch(
            cost=self.cost[which],
            earliest=self.earliest[which],
            latest=self.latest[which],
            last=self.last[which],
            goods=self.goods[which],
            need=self.need[which],
            possible=self.possible[which],
            trail=self.trail[which],
            parties=tuple(party[which] for party in self.parties),
            arcs=tuple(arc[which] for arc in self.arcs),
        )


def mixed(trail: Numbers, party: Numbers) -> Numbers:
    """The trail of rows that are one party longer."""
    longer: Numbers = trail * _FACTOR + party + 1
    return longer


def undominated(bunch: Bunch, dwelling: bool) -> Bunch:
    """The bunch less rows that another of the same parties is at least as good as in every respect.

    Args:
        bunch: rows of one length.
        dwelling: whether the last day of a hop bounds the next one.
    """
    _, inverse, times = np.unique(bunch.trail, return_inverse=True, return_counts=True)
    shared = np.flatnonzero(times[inverse] > 1)
    if not len(shared):
        return bunch
    keys = [*reversed(bunch.arcs), bunch.cost, *reversed(bunch.parties)]
    shared = shared[np.lexsort([key[shared] for key in keys])]
    alone = times[inverse] == 1
    kept = np.concatenate([np.flatnonzero(alone), shared[_pareto(bunch.take(shared), dwelling)]])
    return bunch.take(np.sort(kept))


def _pareto(bunch: Bunch, dwelling: bool) -> Numbers:
    """Positions of the best rows, of rows in order of parties and cost.

    In turn n the n-th row left of each sequence of parties is compared with all that follow it.
    """
    left = np.arange(len(bunch.cost))
    turn = 0
    while True:
        start = np.flatnonzero(firsts([party[left] for party in bunch.parties]))
        size = np.diff(np.append(start, len(left)))
        if turn >= size.max() - 1:
            return left
        place = np.arange(len(left)) - np.repeat(start, size)
        rival = np.repeat(start + np.minimum(turn, size - 1), size)
        beaten = (place > turn) & _no_worse(bunch.take(left[rival]), bunch.take(left), dwelling)
        left, turn = left[~beaten], turn + 1


def _no_worse(one: Bunch, other: Bunch, dwelling: bool) -> Mask:
    """Whether whatever `other` can be continued to, `one` can, if it does not cost more."""
    fits: Mask = (
        (one.earliest <= other.earliest)
        & (one.last <= other.last)
        & (one.goods & other.goods == other.goods)
        & (one.possible <= other.possible)
    )
    if dwelling:
        fits &= one.latest >= other.latest
    return fits
