"""The k cheapest routes between two sets of parties, exact under every constraint of a question.

A limit on cost is raised until enough routes lie below it. For each limit the search takes three
steps, each on less than the one before: the corridor of arcs that can be on a route within it, grown
from both ends at once (`graph.routes.corridor`); a small graph of its own with exact bounds on what
is left to pay (`graph.routes.field`); all routes on it up to the limit (`graph.routes.walk`). What is
found below a limit is complete, so routes are given in order, lazily, and nothing is ever guessed.

Where several arcs join a pair, a path carries the Pareto-best choices of arcs (cost, days, goods), so
that every sequence of parties comes once, at its least cost. Time order is feasibility of one
non-decreasing choice of days, tracked as the interval of days on which the last hop can have happened.

Iterative deepening on cost with an admissible bound is IDA* (Korf, 1985); the reach from both ends
follows Pohl's bidirectional search (1971). Worst case exponential in the number of hops, as the
problem is; `Limits` bound the work and `truncated` tells when they ended the search.
"""

import itertools
import math
import time
from collections.abc import Callable, Iterator
from functools import partial
from typing import NamedTuple

import msgspec
import numpy as np

from graph.network import Mask
from graph.routes.choice import GOAL, NOWHERE, ORIGIN, Choice, numbers, roles
from graph.routes.corridor import Corridor, cheapest
from graph.routes.field import UNREACHABLE, Field, field_of
from graph.routes.limits import Round, next_limit
from graph.routes.question import Question
from graph.routes.tight import Tight
from graph.routes.walk import Found, Rules, Walk
from graph.view import View

STEP_CAP = 1_000_000
"""The most partial routes that are looked at."""
_EASY = 500
"""Partial routes before dead ends count, and the sharper bound may be worth its making."""
_DEAD_ENDS = 10
"""So many partial routes for each that arrives are too many."""
_SMALL = 2_000
"""So many arcs are read at one go."""
_PLENTY = 8
"""So many times as many routes as are wanted are not to be found at one go."""


class Limits(NamedTuple):
    """When to give a search up: partial routes looked at, seconds taken or None, or when `stop` says."""

    steps: int = STEP_CAP
    seconds: float | None = None
    stop: Callable[[], bool] = lambda: False


USUAL_LIMITS = Limits()


class Route(msgspec.Struct, frozen=True):
    """A simple path: its cost, its parties and the arcs of the view it takes, by number."""

    cost: int
    parties: tuple[int, ...]
    arcs: tuple[int, ...]


class _Stage(NamedTuple):
    """A limit on cost, the field in which all routes below it run, and the arcs read to find it."""

    cost: int
    field: Field
    work: int


class RouteSearch:
    """Routes by increasing cost, then number of hops, then ids of the parties.

    Iterating gives them lazily and may be stopped at any time. With `question.distinct`, a route is left
    out when one given before it has the same set of intermediaries, whatever its ends and their order.

    Attributes:
        truncated: True when a limit ended the search.
        explored_to_cost: after a truncated search, no route cheaper than this was missed; of those
            that cost as much, some may be, and none that costs more was given.
        steps: how many partial routes were looked at.
        read: how many arcs of the network were read.

    Args:
        view: the store on a date.
        question: what is asked.
        limits: when to give up.
        wanted: how many routes are likely to be asked for: fewer or more only costs time.
        usable: a mask of arcs that may be taken, over all arcs of the view, or None; see `Choice`.
        looser: a search of the same view, all of whose constraints this question keeps: what it read
            is used again where it is enough. See `Question.narrows`.

    Raises:
        BadInput, NotFound: see `Question.check` and `Choice`.
    """

    def __init__(
        self,
        view: View,
        question: Question,
        limits: Limits = USUAL_LIMITS,
        *,
        wanted: int = 100,
        usable: Mask | None = None,
        looser: "RouteSearch | None" = None,
    ) -> None:
        question.check(view)
        self.view = view
        self.question = question
        self.limits = limits
        self.wanted = wanted
        self.truncated = False
        self.explored_to_cost: int | None = None
        self.steps = 0
        self.read = 0
        seconds = math.inf if limits.seconds is None else limits.seconds
        self._deadline = time.monotonic() + seconds
        self._choice = Choice(view, question, usable)
        self._roles = roles(view, question)
        self._groups = [numbers(view, group) for group in question.via]
        self._rules = Rules(
            timed=question.order == "time",
            dwell=question.dwell,
            unproven=view.costs.unproven if question.order == "time" else 0,
            need=(1 << len(question.via)) - 1,
            most_possible=question.max_possible,
        )
        self._share = 0.5
        self._mark = np.zeros(view.network.parties, np.int32)
        self._stage = None if looser is None else self._within(looser)

    def __iter__(self) -> Iterator[Route]:
        """All routes, lazily."""
        given: set[tuple[int, ...]] = set()
        between: set[frozenset[int]] = set()
        for found in self._by_limit():
            for route in _routes(found):
                if route.parties in given:
                    continue
                given.add(route.parties)
                self.wanted = max(self.wanted, 2 * len(given))
                inner = frozenset(route.parties[1:-1])
                if not self.question.distinct or inner not in between:
                    yield route
                between.add(inner)

    def _by_limit(self) -> Iterator[Found]:
        """All routes below a limit, for ever higher limits; after a cap the last may be incomplete."""
        if not (self._roles == ORIGIN).any() or not (self._roles == GOAL).any():
            return
        rounds: list[Round] = []
        for stage in self._stages(rounds):
            count = 0
            for found in self._below(stage):
                count = len(found.cost)
                yield found
            if self.truncated:
                return
            rounds.append(Round(stage.cost, stage.work, count))

    def _stages(self, rounds: list[Round]) -> Iterator[_Stage]:
        """Ever wider fields, to the one that holds everything; `rounds` tells how the last ones went."""
        most = self.question.max_hops * (self.view.network.dearest + self._rules.unproven) + 1
        if self._stage is not None:
            yield self._stage
        while not rounds or rounds[-1].cost < most:
            if self._given_up():
                self._truncate(rounds[-1].cost + 1 if rounds else 0)
                return
            limit = next_limit(rounds, self.wanted, most) if rounds else self._first_limit(most)
            self._stage = self._widened(limit)
            yield self._stage

    def _first_limit(self, most: int) -> int:
        """About what a route of three cheap hops costs; all there is, in a small network."""
        if self.view.network.arcs <= _SMALL:
            return most
        starts, goals = (np.flatnonzero(self._roles == role) for role in (ORIGIN, GOAL))
        first = cheapest(self.view.network, starts, entering=False)
        last = cheapest(self.view.network, goals, entering=True)
        if not len(first) or not len(last):
            return most
        between = min(np.median(first), np.median(last))
        return min(most, int(first.min()) + int(last.min()) + int(between) + 1)

    def _widened(self, cost: int) -> _Stage:
        network, hops = self.view.network, self.question.max_hops
        corridor = Corridor(network, self._choice, self._roles, cost, hops, self._share, self._mark)
        out, into = corridor.work
        self.read += out + into
        uneven = (into > 2 * out) - (out > 2 * into)
        self._share = min(0.7, max(0.3, self._share + 0.1 * uneven))
        field = field_of(network, corridor.arcs, self._roles, self._groups, hops, cost)
        return _Stage(cost, field, out + into)

    def _within(self, looser: "RouteSearch") -> _Stage | None:
        """The field of a looser search, less what this question rules out."""
        masked = (
            looser._choice.usable is not None and looser._choice.usable is not self._choice.usable
        )
        if masked or looser.view is not self.view or not self.question.narrows(looser.question):
            return None
        if looser._stage is None:
            return None
        cost, field, work = looser._stage
        arcs = field.arcs.arc[self._choice.of(field.arcs.arc)]
        columns = self.view.network.columns(np.sort(arcs))
        stands = (self._roles[columns.tail] != NOWHERE) & (self._roles[columns.head] != NOWHERE)
        hops = self.question.max_hops
        kept = columns.arc[stands]
        return _Stage(
            cost, field_of(self.view.network, kept, self._roles, self._groups, hops, cost), work
        )

    def _below(self, stage: _Stage) -> Iterator[Found]:
        """All routes in a field up to its limit; in steps, where that is many more than are wanted."""
        if not len(stage.field.origins):
            return
        tight: Tight | None = None
        limit, most = stage.cost, _PLENTY * self.wanted
        while True:
            walk = Walk(stage.field, self._rules, limit, tight)
            walk.advance(partial(self._pause, tight=tight, most=most))
            self.steps += walk.steps
            if not walk.done and self._given_up():
                self._truncate(walk.least_open())
                yield walk.routes().up_to(walk.least_open())
                return
            if not walk.done and walk.arrived > most:
                limit, most = min(limit, walk.least_open()), UNREACHABLE
            elif not walk.done:
                tight = Tight(stage.field, self._rules.timed)
            else:
                found = walk.routes()
                yield found
                if limit >= stage.cost:
                    return
                more = max(self.wanted - len(found.cost), len(found.cost) // 2, 16)
                limit = min(stage.cost, walk.next_limit(more))

    def _pause(self, walk: Walk, tight: Tight | None, most: int) -> bool:
        """Whether to break a walk off: too many routes, too many dead ends, or a cap."""
        hard = tight is None and walk.steps > max(_EASY, _DEAD_ENDS * walk.arrived)
        return hard or walk.arrived > most or self._given_up(walk)

    def _given_up(self, walk: Walk | None = None) -> bool:
        steps = self.steps + (walk.steps if walk else 0)
        late = time.monotonic() > self._deadline
        return late or steps >= self.limits.steps or self.limits.stop()

    def _truncate(self, cost: int) -> None:
        self.truncated, self.explored_to_cost = True, cost


def find_routes(
    view: View,
    question: Question,
    k: int = 20,
    limits: Limits = USUAL_LIMITS,
    looser: RouteSearch | None = None,
) -> tuple[list[Route], bool, RouteSearch]:
    """The k cheapest routes, whether there are more, and the search that found them.

    Raises:
        BadInput, NotFound: see `Question.check`.
    """
    search = RouteSearch(view, question, limits, wanted=k + 1, looser=looser)
    routes = list(itertools.islice(search, k + 1))
    return routes[:k], len(routes) > k or search.truncated, search


def _routes(found: Found) -> Iterator[Route]:
    rows = zip(found.cost.tolist(), found.parties.tolist(), found.arcs.tolist(), strict=True)
    for cost, parties, arcs in rows:
        hops = len(arcs) - arcs.count(-1)
        yield Route(cost, tuple(parties[: hops + 1]), tuple(arcs[:hops]))
