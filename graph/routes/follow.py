"""Searches kept for the next question: most questions of one who explores narrow the last one."""

from collections import deque

from graph.routes.question import Question
from graph.routes.search import Limits, Route, RouteSearch, find_routes
from graph.view import View

_KEPT = 4


class FollowUps:
    """Finds routes in one view, and lets what was read for a question serve those that narrow it."""

    def __init__(self) -> None:
        self._searches: deque[RouteSearch] = deque(maxlen=_KEPT)

    def __call__(
        self, view: View, question: Question, k: int, limits: Limits
    ) -> tuple[list[Route], bool, RouteSearch]:
        """As `find_routes`, with the newest search of the view that the question narrows."""
        looser = next(
            (s for s in self._searches if s.view is view and question.narrows(s.question)), None
        )
        found = find_routes(view, question, k, limits, looser)
        self._searches.appendleft(found[2])
        return found
