"""How far to raise the limit on cost from round to round of a search."""

import math
from typing import NamedTuple

_CHEAP = 2_000
"""Arcs read in a round that costs next to nothing: the limit may then double."""
_STEPS = 1.3, 2.0
"""The most by which the limit grows after a round that was dear, and after a cheap one."""
_LEAP = 4.0
_USUAL_POWER = 4.0


class Round(NamedTuple):
    """A limit on cost, how many arcs were read for it, and how many routes lie below it."""

    cost: int
    work: int
    routes: int


def next_limit(rounds: list[Round], wanted: int, most: int) -> int:
    """Where about so many routes are to be expected, by how their number grew; never far beyond.

    A limit that is too high costs more than one more round.
    """
    last = rounds[-1]
    before = rounds[-2] if len(rounds) > 1 else None
    least, growth = _STEPS
    if _is_flat(rounds[-3:]):
        growth = _LEAP
    elif last.work > _CHEAP:
        growth = max(least, growth * (_CHEAP / last.work) ** (1 / _USUAL_POWER))
    if last.routes:
        missing = 1.2 * max(wanted / last.routes, 1.2)
        growth = min(growth, max(1.05, missing ** (1 / _power(before, last))))
    return min(most, int(last.cost * growth) + 1)


def _is_flat(rounds: list[Round]) -> bool:
    """Whether a good deal more was allowed twice, with hardly anything more read and no route found.

    There is then little left to find, and the end of it is to be reached in few rounds.
    """
    work = [one.work for one in rounds]
    return (
        len(rounds) == 3
        and min(work) > _CHEAP
        and max(work) <= 1.05 * min(work)
        and rounds[0].routes == rounds[2].routes
    )


def _power(before: Round | None, last: Round) -> float:
    """The power of the limit with which the number of routes grows."""
    if before is None or not 0 < before.routes < last.routes:
        return _USUAL_POWER
    grown = math.log(last.routes / before.routes) / math.log(last.cost / before.cost)
    return max(2.0, grown)
