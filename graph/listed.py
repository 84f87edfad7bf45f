"""Which measures restrict a party on a day: listings and party orders in force, by regime and layer.

Not a verdict: whether a hop was lawful also depends on goods, licences and who is bound.
"""

from collections.abc import Iterable

from graph.dates import Holds, holds, parse
from graph.model import Measure

RESTRICTING = ("listing", "party-order")
ENDINGS = ("lifted", "lapsed", "appeal dismissed")
"""What a text does that ends a measure; the row of such a text is in force on no day."""


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


def restrictions(measures: Iterable[Measure], day: int) -> dict[str, tuple[str, ...]]:
    """For each restricted entity, the `regime · layer` pairs in force on the day, sorted."""
    found: dict[str, set[str]] = {}
    for measure in measures:
        if measure.kind in RESTRICTING and in_force(measure, day):
            found.setdefault(measure.entity, set()).add(f"{measure.regime} · {measure.layer}")
    return {entity: tuple(sorted(pairs)) for entity, pairs in found.items()}
