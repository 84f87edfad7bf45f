"""A list of near-copies is no answer: routes that differ only at one end share a line."""

from collections import defaultdict
from collections.abc import Callable, Hashable, Sequence

import msgspec

from graph.routes.search import Route
from graph.view import View


class Fold(msgspec.Struct, frozen=True):
    """A route that leads a line, and the parties that could stand at its first or last place."""

    route: Route
    also_from: tuple[int, ...] = ()
    also_to: tuple[int, ...] = ()


def fold(view: View, routes: Sequence[Route]) -> list[Fold]:
    """Fold routes, cheapest first, into lines.

    Routes that differ only in their first party share a line; of those left alone, routes that
    differ only in their last party do. Documented and possible hops must stand in the same places,
    so that no line joins the two.
    """

    def shape(route: Route) -> str:
        return "".join(view.basis(number)[0] for number in route.arcs)

    by_tail = _grouped(routes, lambda route: (route.parties[1:], shape(route)))
    lines = [
        Fold(group[0], also_from=tuple(r.parties[0] for r in group[1:]))
        for group in by_tail
        if len(group) > 1
    ]
    alone = [group[0] for group in by_tail if len(group) == 1]
    for group in _grouped(alone, lambda route: (route.parties[:-1], shape(route))):
        lines.append(Fold(group[0], also_to=tuple(r.parties[-1] for r in group[1:])))
    return sorted(
        lines, key=lambda line: (line.route.cost, len(line.route.arcs), line.route.parties)
    )


def _grouped(routes: Sequence[Route], key: Callable[[Route], Hashable]) -> list[list[Route]]:
    groups: dict[Hashable, list[Route]] = defaultdict(list)
    for route in routes:
        groups[key(route)].append(route)
    return list(groups.values())
