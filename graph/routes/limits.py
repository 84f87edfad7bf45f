"""How far to raise the limit on cost from round to round of a search."""

import math
from typing import NamedTuple

_CHEAP = 2_000
"""Arcs read in a round that costs next to nothing: the limit may then double."""
_STEP = 1.3
"""The most by which the limit grows otherwise: work grows with a high power of it."""


class Round(NamedTuple):
    """A limit on cost, how many arcs were read for it, and how many routes lie below it."""

    cost: int
    work: int
    routes: int


def next_limit(rounds: list[Round], wanted: int, most: int) -> int:
    """Where about so many routes are to be expected, by how their number grew; never far beyond.

    A limit that is too high costs more than one more round. Where a higher limit led to nothing more
    being read, all there is has been read: the next limit is the last.
    """
    last = rounds[-1]
    before = rounds[-2] if len(rounds) > 1 else None
    if before and last.work > _CHEAP and last.work <= 1.1 * before.work:
        return most
    growth = 2.0 if last.work < _CHEAP else _STEP
    if before and before.routes and last.routes > before.routes:
        power = math.log(last.routes / before.routes) / math.log(last.cost / before.cost)
        missing = 1.2 * max(wanted / last.routes, 1.2)
        growth = min(growth, max(1.05, missing ** (1 / max(power, 2.0))))
    return min(most, int(last.cost * growth) + 1)
