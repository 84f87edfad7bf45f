"""A tighter bound for questions with dates and goods: what is left to pay from a day on, for one good.

Where dates or goods rule out most walks, the plain bound leads a search into dead ends without number.
Here the least cost to go is kept for each party, each sort of goods and each of a few spans of days: a
date-bucketed bound, as for earliest-arrival paths in temporal graphs (Wu et al., VLDB 2014), which
stays a lower bound because the day is rounded down.
"""

import numpy as np

from graph.dates import NO_START
from graph.network import Mask, Numbers
from graph.routes.field import UNREACHABLE, Field
from graph.routes.rows import row_minima

SPANS = 4
"""Spans of days that are told apart."""
MOST_CELLS = 4_000_000
"""Where arcs, sorts of goods and spans come to more than this, fewer are told apart."""


class Tight:
    """Least cost to go by goods and day.

    Args:
        field: the arcs.
        timed: whether the order of days counts.
    """

    def __init__(self, field: Field, timed: bool) -> None:
        self.field = field
        room = max(1, MOST_CELLS // max(1, len(field.arcs.arc)))
        self._bits = _distinct_bits(field.goods, room)
        spans = min(SPANS, room // max(1, len(self._bits))) if timed else 1
        self._starts = _starts(field.arcs.first, spans)
        self._weight = self._weights()
        self._arrival = np.stack(
            [self._span(np.maximum(field.arcs.first, start)) for start in self._starts], axis=1
        )
        self._tables = [np.full((len(field.parties), *self._weight.shape[1:]), UNREACHABLE)]
        self._tables[0][field.goal] = 0

    def bound(self, hops: int, parties: Numbers, goods: Numbers, day: Numbers) -> Numbers:
        """The least cost to go from each of some parties, with goods of a mask, from a day on."""
        by_good = self._table(hops)[parties, self._span(day)]
        least: Numbers = np.where(self._sorts(goods), by_good, UNREACHABLE).min(axis=1)
        return least

    def _table(self, hops: int) -> Numbers:
        """Shape (parties, spans, sorts of goods)."""
        field = self.field
        while len(self._tables) <= hops:
            onward = self._tables[-1][field.arcs.head[:, None], self._arrival]
            through = np.minimum(onward + self._weight, UNREACHABLE)
            table = row_minima(through, field.first, UNREACHABLE)
            table[field.goal] = 0
            self._tables.append(table)
        return self._tables[hops]

    def _weights(self) -> Numbers:
        """Cost of each arc for a span and a sort of goods, unreachable where it cannot be.

        Shape (arcs, spans, sorts).
        """
        arcs, goods = self.field.arcs, self.field.goods
        late = arcs.last[:, None] < self._starts
        barred = late[:, :, None] | ~self._sorts(goods)[:, None, :]
        return np.where(barred, UNREACHABLE, arcs.cost[:, None, None])

    def _sorts(self, goods: Numbers) -> Mask:
        """Which sorts of goods are in each mask; shape (len(goods), sorts)."""
        if not len(self._bits):
            return np.ones((len(goods), 1), bool)
        found: Mask = (goods[:, None] >> self._bits) & 1 == 1
        return found

    def _span(self, day: Numbers) -> Numbers:
        return np.searchsorted(self._starts, day, side="right") - 1


def _distinct_bits(goods: Numbers, most: int) -> Numbers:
    """One bit for each sort of goods that some arc tells from the others; none when there are too many.

    Bits that are set on the same arcs stay together on every walk.
    """
    used = int(np.bitwise_or.reduce(goods)) if len(goods) else 0
    bits = np.array([bit for bit in range(63) if used >> bit & 1], np.int64)
    columns = np.packbits((goods[:, None] >> bits) & 1 == 1, axis=0)
    chosen = np.unique(columns, axis=1, return_index=True)[1]
    return np.sort(bits[chosen]) if len(chosen) <= most else bits[:0]


def _starts(first: Numbers, spans: int) -> Numbers:
    """First days of spans that divide the dated arcs evenly; the first span is open."""
    dated = np.sort(first[first > NO_START])
    cuts = dated[len(dated) * np.arange(1, spans) // spans] if len(dated) else dated
    return np.unique(np.concatenate([[0], cuts]))
