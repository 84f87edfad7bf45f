"""Routes between sets of parties: the search, the question it answers and how answers read."""

from graph.routes.question import Question, parse_set
from graph.routes.search import Limits, Route, RouteSearch, find_routes

__all__ = ["Limits", "Question", "Route", "RouteSearch", "find_routes", "parse_set"]
