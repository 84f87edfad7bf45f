"""When there is no route: which constraint, taken away alone, would give one."""

from collections.abc import Callable, Iterator

import msgspec

from graph.cost import MAX_HOPS
from graph.routes.question import Question
from graph.routes.search import Limits, find_routes
from graph.rules import RULES
from graph.view import Part, View

_COUNTED = 100
_STEP_CAP = 50_000


class Relaxed(msgspec.Struct, frozen=True):
    """A constraint, and how many routes there are without it (`more`: at least so many)."""

    without: str
    routes: int
    more: bool


def why_none(
    view: View,
    question: Question,
    known_now: Callable[[], Part] | None = None,
    wider: Callable[[Question], Part] | None = None,
) -> tuple[Relaxed, ...]:
    """For each constraint of the question, the routes there would be without it alone.

    Args:
        view: the view that gave no route.
        question: the question.
        known_now: gives the same view without the date by which claims had to be published.
        wider: gives the view for another question; none is needed where a view holds the whole store.
    """
    eased = tuple(_eased(question))
    part = wider(_loosest(question)) if wider and eased else Part(view)
    found = [_count(part, name, without) for name, without in eased]
    if view.known_at is not None and known_now is not None:
        found.append(_count(known_now(), "the date by which it had to be known", question))
    return tuple(found)


def _count(part: Part, name: str, question: Question) -> Relaxed:
    routes, more, _ = find_routes(part.view, question, _COUNTED, Limits(_STEP_CAP))
    return Relaxed(name, len(routes), more or bool(part.cut))


def _loosest(question: Question) -> Question:
    """A question whose routes include those of every eased one."""
    return Question(
        origins=question.origins,
        destinations=question.destinations,
        max_hops=MAX_HOPS,
        order="any",
        contested=True,
    )


def _eased(question: Question) -> Iterator[tuple[str, Question]]:
    """Each constraint that is in force, and the question without it."""
    for name, fields in (
        ("the date order", {"order": "any", "dwell": None}),
        ("the limit between hops", {"dwell": None}),
        ("the parties to pass", {"via": ()}),
        ("the parties to avoid", {"avoid": ()}),
        ("the goods code", {"goods": ""}),
        ("the choice of documented kinds", {"kinds": ()}),
        ("the choice of rules", {"rules": tuple(RULES)}),
        ("the least certainty", {"min_certainty": ""}),
        ("leaving out contested claims", {"contested": True}),
        ("the limit on possible hops", {"max_possible": None}),
        (f"the limit of {question.max_hops} hops", {"max_hops": MAX_HOPS}),
    ):
        eased = msgspec.structs.replace(question, **fields)
        if eased != question and (name != "the limit between hops" or question.dwell is not None):
            yield name, eased
