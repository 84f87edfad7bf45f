"""Asking, timing and printing, for all benchmarks of the route search."""

import itertools
import statistics
import time
from collections.abc import Callable, Sequence
from typing import TypeVar

from graph.routes import Question, RouteSearch
from graph.routes.search import Route
from graph.view import View

T = TypeVar("T")
HOPS, K = 6, 100


def timed(work: Callable[[], T]) -> tuple[float, T]:
    """CPU milliseconds of this process, and what the work gave."""
    start = time.process_time()
    value = work()
    return (time.process_time() - start) * 1000, value


def search(
    view: View, question: Question, looser: RouteSearch | None = None
) -> tuple[list[Route], RouteSearch]:
    """The first K routes, and the search that found them."""
    one = RouteSearch(view, question, wanted=K, looser=looser)
    return list(itertools.islice(one, K)), one


def free(origins: tuple[str, ...], targets: tuple[str, ...]) -> Question:
    """The question without any constraint but the number of hops."""
    return Question(origins=origins, destinations=targets, max_hops=HOPS, order="any")


def spread(values: Sequence[float], digits: int = 0) -> str:
    """Median, least and most."""
    middle = statistics.median(values)
    return f"{middle:,.{digits}f} ({min(values):,.{digits}f} to {max(values):,.{digits}f})"
