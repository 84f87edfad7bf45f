"""Which measures restrict a party on a day: listings and party orders in force, by regime and layer.

Not a verdict: whether a hop was lawful also depends on goods, licences and who is bound.
"""

from collections.abc import Iterable, Sequence

import msgspec

from graph.dates import Holds, holds, parse
from graph.model import Measure

RESTRICTING = ("listing", "party-order")
ENDINGS = ("lifted", "lapsed", "appeal dismissed")
"""What a text does that ends a measure; the row of such a text is in force on no day."""
_RENEWED = "renewed"


def in_force(measure: Measure, day: int) -> bool | None:
    """Whether a measure was in force on a day; None where its dates do not settle it.

    A sighting on a list holds from the first one on; before that day nothing is known.
    """
    if measure.action in ENDINGS:
        return False
    if not measure.start and not measure.observed_from:
        return None
    if not measure.start and day < parse(measure.observed_from).first:
        return None
    answer = holds(measure.start, measure.end, day)
    return None if answer is Holds.UNCERTAIN else answer is Holds.YES


def joined(measures: Iterable[Measure]) -> dict[str, Measure]:
    """Each measure by id, with the whole interval of the order that it begins or renews.

    A renewal that starts no later than the order can have ended leaves no gap: where both days are
    known to the month only, which text was in force inside that month is open, the order was.
    """
    orders: dict[tuple[str, ...], list[list[Measure]]] = {}
    for measure in sorted(measures, key=_first_day):
        if not measure.start or measure.action in ENDINGS:
            continue
        chains = orders.setdefault(_order_of(measure), [])
        if measure.action == _RENEWED and chains and _reaches(chains[-1], measure.start):
            chains[-1].append(measure)
        else:
            chains.append([measure])
    return {
        measure.id: msgspec.structs.replace(measure, start=chain[0].start, end=_end(chain))
        for chains in orders.values()
        for chain in chains
        for measure in chain
    }


def standing(measures: Iterable[Measure], day: int) -> dict[str, bool | None]:
    """For each measure by id, whether it was in force on a day; renewals of one order count as one."""
    given = tuple(measures)
    orders = joined(given)
    found: dict[str, bool | None] = {}
    for measure in given:
        answer = in_force(measure, day)
        whole = in_force(orders[measure.id], day) if measure.id in orders else None
        found[measure.id] = True if answer is None and whole else answer
    return found


def restrictions(measures: Iterable[Measure], day: int) -> dict[str, tuple[str, ...]]:
    """For each restricted entity, the `regime · layer` pairs in force on the day, sorted."""
    given = tuple(measures)
    stands = standing(given, day)
    found: dict[str, set[str]] = {}
    for measure in given:
        if measure.kind in RESTRICTING and stands[measure.id]:
            found.setdefault(measure.entity, set()).add(f"{measure.regime} · {measure.layer}")
    return {entity: tuple(sorted(pairs)) for entity, pairs in found.items()}


def _order_of(measure: Measure) -> tuple[str, ...]:
    return measure.entity, measure.regime, measure.layer, measure.kind, measure.programme


def _first_day(measure: Measure) -> tuple[int, str]:
    return parse(measure.start).first if measure.start else 0, measure.id


def _end(chain: Sequence[Measure]) -> str:
    """The end of the latest text; empty while one of them is open."""
    ends = [measure.end for measure in chain]
    return max(ends, key=lambda end: parse(end).last) if all(ends) else ""


def _reaches(chain: Sequence[Measure], start: str) -> bool:
    end = _end(chain)
    return not end or parse(start).first <= parse(end).last
