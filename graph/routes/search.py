"""The k cheapest routes between two sets of parties, exact under every constraint of a question.

Best-first enumeration of simple paths with the bound of `graph.routes.bound`, in the manner of A*
(Hart, Nilsson, Raphael 1968) over paths rather than parties; where several arcs join a pair, a path
carries the Pareto-best choices of arcs (cost, days, goods), so that every sequence of parties comes
once, at its least cost. Time order is feasibility of one non-decreasing choice of days, tracked as
the interval of days on which the last hop can have happened.

Worst case exponential in the number of hops, as the problem is; `step_cap` bounds the work and
`truncated` tells when it ended the search.
"""

import heapq
from collections.abc import Iterator
from itertools import count

import msgspec
import numpy as np

from graph.dates import NO_END
from graph.routes.bound import UNREACHABLE, Bound, PairGraph
from graph.routes.question import Question
from graph.view import View

STEP_CAP = 400_000


class Route(msgspec.Struct, frozen=True):
    """A simple path: its cost, its parties and the arcs of the view it takes, by number."""

    cost: int
    parties: tuple[int, ...]
    arcs: tuple[int, ...]


class Label(msgspec.Struct, frozen=True, gc=False):
    """One choice of arcs along a path.

    `earliest` and `latest` bound the day of the last hop; `items` is what can still be carried;
    `last` is the last possible day of the last hop by itself.
    """

    cost: int
    arcs: tuple[int, ...]
    earliest: int
    latest: int
    items: int
    last: int

    def no_worse(self, other: "Label") -> bool:
        """True when whatever `other` can be continued to, this can, and not at a higher cost."""
        return (
            self.cost <= other.cost
            and self.earliest <= other.earliest
            and self.latest >= other.latest
            and self.last <= other.last
            and self.items & other.items == other.items
        )


class _Path(msgspec.Struct, frozen=True, gc=False):
    parties: tuple[int, ...]
    labels: tuple[Label, ...]
    need: int
    hops_left: int

    @property
    def cost(self) -> int:
        return self.labels[0].cost


class RouteSearch:
    """Routes by increasing cost, then number of hops, then ids of the parties.

    Attributes:
        truncated: True when the step cap ended the search.
        explored_to_cost: after a truncated search, no route cheaper than this was missed.
        steps: how many paths were taken up.
    """

    def __init__(self, view: View, question: Question, step_cap: int = STEP_CAP) -> None:
        question.check(view)
        self.view = view
        self.question = question
        self.step_cap = step_cap
        self.allowed = question.allows(view)
        self.truncated = False
        self.explored_to_cost: int | None = None
        self.steps = 0
        self._graph = self._pair_graph()
        self._bound = Bound(self._graph, question.max_hops)

    def __iter__(self) -> Iterator[Route]:
        """All routes, lazily. Routes of equal cost are held back until they can be ordered."""
        waiting: list[Route] = []
        for cost, route in self._by_cost():
            if waiting and cost > waiting[0].cost:
                yield from sorted(waiting, key=_rank)
                waiting = []
            if route is not None:
                waiting.append(route)
        yield from sorted(waiting, key=_rank)

    def _by_cost(self) -> Iterator[tuple[int, Route | None]]:
        """Each step's cost, which never decreases, and the route it completed, if any."""
        serial = count()
        heap: list[tuple[int, int, _Path, int]] = []

        def push(path: _Path, way: int) -> None:
            through = self._bound.ways_on(path.parties[-1], path.need, path.hops_left)[1]
            if way < len(through):
                heapq.heappush(heap, (path.cost + int(through[way]), next(serial), path, way))

        for path in self._starts():
            push(path, 0)
        done: list[tuple[int, int, _Path]] = []
        while heap or done:
            if done and (not heap or done[0][0] <= heap[0][0]):
                cost, _, path = heapq.heappop(done)
                yield cost, Route(cost, path.parties, path.labels[0].arcs)
                continue
            if self.steps >= self.step_cap:
                self.truncated, self.explored_to_cost = True, heap[0][0]
                yield heap[0][0], None
                return
            self.steps += 1
            cost, _, path, way = heapq.heappop(heap)
            yield cost, None
            push(path, way + 1)
            longer = self._step(path, way)
            if longer is None:
                continue
            if self._graph.goal[longer.parties[-1]]:
                heapq.heappush(done, (longer.cost, next(serial), longer))
            else:
                push(longer, 0)

    def _starts(self) -> Iterator[_Path]:
        question, view = self.question, self.view
        full = (1 << self._graph.group_count) - 1
        start = Label(0, (), 0, NO_END, -1, 0)
        for entity_id in sorted(set(question.origins) - set(question.destinations)):
            party = view.number[entity_id]
            if entity_id not in question.avoid:
                need = full & ~int(self._graph.groups[party])
                yield _Path((party,), (start,), need, question.max_hops)

    def _step(self, path: _Path, way: int) -> _Path | None:
        """The path extended along one pair, or None when it would close a loop or break a rule."""
        pair = int(self._bound.ways_on(path.parties[-1], path.need, path.hops_left)[0][way])
        party = int(self._graph.head[pair])
        if party in path.parties:
            return None
        labels = self._extend(path.labels, pair)
        if not labels:
            return None
        need = path.need & ~int(self._graph.groups[party])
        return _Path((*path.parties, party), labels, need, path.hops_left - 1)

    def _extend(self, labels: tuple[Label, ...], pair: int) -> tuple[Label, ...]:
        view = self.view
        arcs = range(int(view.first_arc[pair]), int(view.first_arc[pair + 1]))
        found = [
            longer
            for arc in arcs
            if self.allowed[arc]
            for label in labels
            if (longer := self._along(label, arc)) is not None
        ]
        return _pareto(found)

    def _along(self, label: Label, arc: int) -> Label | None:
        view, question = self.view, self.question
        items = label.items & int(view.item[arc])
        if not items:
            return None
        cost = label.cost + int(view.cost[arc])
        if question.order == "any":
            return Label(cost, (*label.arcs, arc), 0, NO_END, items, 0)
        first, last = int(view.first[arc]), int(view.last[arc])
        earliest, latest = max(first, label.earliest), last
        if question.dwell is not None and label.arcs:
            latest = min(last, label.latest + question.dwell)
        if earliest > latest:
            return None
        if label.arcs and label.last > first:
            cost += view.costs.unproven
        kept = latest if question.dwell is not None else NO_END
        return Label(cost, (*label.arcs, arc), earliest, kept, items, last)

    def _pair_graph(self) -> PairGraph:
        view, question = self.view, self.question
        cheapest = np.full(len(view.head), UNREACHABLE)
        if len(view.arcs):
            allowed = np.where(self.allowed, view.cost, UNREACHABLE)
            cheapest = np.minimum.reduceat(allowed, view.first_arc[:-1])
        origin = self._marked(question.origins)
        goal = self._marked(question.destinations) & ~origin
        avoided = self._marked(question.avoid) | view.never
        groups = np.zeros(len(view.ids), np.int64)
        for bit, members in enumerate(question.via):
            groups[[view.number[m] for m in members]] |= 1 << bit
        either = origin | self._marked(question.destinations)
        return PairGraph(
            first_pair=view.first_pair,
            head=view.head,
            cost=cheapest,
            passable=~(either | avoided | view.ends_only),
            goal=goal & ~avoided,
            groups=groups,
            group_count=len(question.via),
        )

    def _marked(self, ids: tuple[str, ...]) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
        marks = np.zeros(len(self.view.ids), bool)
        marks[[self.view.number[entity_id] for entity_id in ids]] = True
        return marks


def find_routes(
    view: View, question: Question, k: int = 20, step_cap: int = STEP_CAP
) -> tuple[list[Route], bool, RouteSearch]:
    """The k cheapest routes, whether there are more, and the search that found them.

    Raises:
        BadInput, NotFound: see `Question.check`.
    """
    search = RouteSearch(view, question, step_cap)
    routes: list[Route] = []
    for route in search:
        if len(routes) == k:
            return routes, True, search
        routes.append(route)
    return routes, search.truncated, search


def _pareto(labels: list[Label]) -> tuple[Label, ...]:
    """Labels that no other is at least as good as in every respect, the cheapest first."""
    labels.sort(key=lambda label: (label.cost, label.arcs))
    kept: list[Label] = []
    for label in labels:
        if not any(better.no_worse(label) for better in kept):
            kept.append(label)
    return tuple(kept)


def _rank(route: Route) -> tuple[int, int, tuple[int, ...]]:
    return route.cost, len(route.arcs), route.parties
