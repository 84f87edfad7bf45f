"""The relief diff: which routes of a question some measures opened, and where these turn unlawful.

The routes are found once, on the day of the second state of the law, and their hops are judged in
both: nothing but the law differs. See `graph.law.relief` for what gained, lost, changed and loophole
mean; a documented hop is judged on its own days in both states.
"""

from collections.abc import Iterable, Iterator, Sequence

import msgspec

from graph.cited import CAUTION
from graph.dates import iso
from graph.law.citing import records
from graph.law.hops import HopJudge
from graph.law.parties import Parties
from graph.law.relief import Move, State, Switch, move, overall
from graph.model import digest
from graph.routes.answer import answer
from graph.routes.question import Question
from graph.routes.records import Answer, Counts, Party, RouteRecord
from graph.routes.search import USUAL_LIMITS, Limits
from graph.verdicts import BARRED, LAWFUL, NOT_ADVICE, OPENED, Cited, LayerVerdict
from graph.view import View

DEFAULT_FROM, DEFAULT_TO, DEFAULT_VIA = "western-suppliers", "russian-carriers", "belavia"
"""What is asked of a measure when nothing else is."""
_Layers = tuple[tuple[LayerVerdict, ...], ...]


class Side(msgspec.Struct, frozen=True, kw_only=True):
    """One state of the law, and how many of the routes are lawful in it.

    Attributes:
        off: measures taken not to exist.
        lawful: routes of which every hop is lawful.
        lawful_first: routes of which at least the first hop is.
    """

    as_of: str
    off: tuple[str, ...]
    routes: int
    lawful: int
    lawful_first: int


class Change(msgspec.Struct, frozen=True, kw_only=True):
    """A route whose lawful prefix has another length; `before` and `after` are verdicts by hop."""

    route: RouteRecord
    lawful_before: int
    lawful_after: int
    before: tuple[str, ...]
    after: tuple[str, ...]


class Loophole(Change, frozen=True, kw_only=True):
    """A route with a prefix that became lawful; hop `unlawful_hop`, from 1, is barred by `under`."""

    unlawful_hop: int
    under: tuple[str, ...]


class Opened(msgspec.Struct, frozen=True, kw_only=True):
    """A prefix that became lawful, once, with the number of loopholes that begin with it."""

    id: str
    entities: tuple[str, ...]
    routes: int


class Relief(msgspec.Struct, frozen=True, kw_only=True):
    """The whole answer. Routes come in the order of their costs, as in any answer about routes.

    Attributes:
        measure: ids of the measures, joined with commas.
        more: whether `k` cut the list of routes; `truncated`, whether the search was stopped.
        opened: the lawful prefixes of the loopholes.
        assumed: what was taken for granted where a hop of these is lawful.
        cited: the measures asked about and those in `under`.
    """

    measure: str
    question: dict[str, object]
    store: dict[str, object]
    before: Side
    after: Side
    more: bool
    truncated: bool
    gained: tuple[RouteRecord, ...]
    lost: tuple[RouteRecord, ...]
    changed: tuple[Change, ...]
    loopholes: tuple[Loophole, ...]
    opened: tuple[Opened, ...]
    assumed: tuple[str, ...]
    cited: tuple[Cited, ...]
    parties: tuple[Party, ...]
    statements: tuple[str, ...]
    note: str = f"{CAUTION} {NOT_ADVICE}"


def relief(
    view: View,
    question: Question,
    switch: Switch,
    parties: Parties,
    *,
    k: int,
    version: str,
    limits: Limits = USUAL_LIMITS,
) -> Relief:
    """Ask a question in two states of the law.

    Args:
        view: the store on the day of the second state.
        question: what is asked.
        switch: the two states.
        parties: who the parties are.
        k: the most routes to look at.
        version: of this program, for the record.
        limits: when the search gives up.

    Raises:
        BadInput, NotFound: see `Question.check`.
    """
    judge = _judge(switch.after, view, question, parties)
    found = answer(view, question, k, folded=False, version=version, limits=limits, judge=judge)
    judge_before = _judge(switch.before, view, question, parties)
    pairs = dict.fromkeys((hop.origin, hop.target) for r in found.routes for hop in r.hops)
    arcs = {arc.id: arc for pair in pairs for arc in view.joining(*pair)}
    before = judge_before([[arcs[hop.edge] for hop in route.hops] for route in found.routes])
    changes = [_change(*pair) for pair in zip(found.routes, before, strict=True)]
    holes = tuple(_loophole(change, moved) for moved, change in changes if moved.is_loophole)
    under = records((name for hole in holes for name in hole.under), switch.after.law, parties)
    return Relief(
        measure=",".join(measure.id for measure in switch.measures),
        question=found.question,
        store=found.store,
        before=_side(switch.before, [(moved.before, moved.hops) for moved, _ in changes]),
        after=_side(switch.after, [(moved.after, moved.hops) for moved, _ in changes]),
        more=found.more,
        truncated=found.truncated,
        gained=tuple(change.route for moved, change in changes if moved.kind == "gained"),
        lost=tuple(change.route for moved, change in changes if moved.kind == "lost"),
        changed=tuple(change for moved, change in changes if moved.kind == "changed"),
        loopholes=holes,
        opened=tuple(_opened(holes)),
        assumed=tuple(dict.fromkeys(text for hole in holes for text in _assumed(hole))),
        cited=tuple({record.id: record for record in (*switch.measures, *under)}.values()),
        parties=found.parties,
        statements=(*switch.statements, *found.statements),
    )


def marks(hole: Loophole) -> tuple[str, ...]:
    """What a picture tells of each hop: what became lawful in the prefix, what is prohibited after it."""

    def mark(place: int, before: str, after: str) -> str:
        if place < hole.lawful_after:
            return "" if before in LAWFUL else OPENED
        return BARRED if after == "prohibited" else ""

    return tuple(map(mark, range(len(hole.after)), hole.before, hole.after))


def as_answer(found: Relief, most: int) -> Answer:
    """The first `most` loopholes as an answer about routes, for what lists and draws routes."""
    routes = tuple(hole.route for hole in found.loopholes[:most])
    documented = sum(hole.route.basis == "documented" for hole in found.loopholes)
    holes = len(found.loopholes)
    return Answer(
        question=found.question,
        store=found.store,
        truncated=found.truncated,
        explored_to_cost=None,
        counts=Counts(holes, documented, holes - documented),
        more=found.more or holes > most,
        routes=routes,
        parties=found.parties,
        why_none=(),
        statements=found.statements,
        no_takers=(),
        fleet_unknown=(),
        note=found.note,
    )


def _judge(state: State, view: View, question: Question, parties: Parties) -> HopJudge:
    return HopJudge(state.law, parties, state.day, view.known_at, goods=question.goods)


def _change(route: RouteRecord, before: _Layers) -> tuple[Move, Change]:
    after = [hop.verdicts for hop in route.hops]
    moved = move(before, after)
    return moved, Change(
        route=route,
        lawful_before=moved.before,
        lawful_after=moved.after,
        before=tuple(map(overall, before)),
        after=tuple(map(overall, after)),
    )


def _loophole(change: Change, moved: Move) -> Loophole:
    known = {name: getattr(change, name) for name in change.__struct_fields__}
    return Loophole(**known, unlawful_hop=moved.barred, under=moved.under)


def _assumed(hole: Loophole) -> Iterator[str]:
    for hop in hole.route.hops[: hole.lawful_after]:
        for layer in hop.verdicts:
            yield from layer.assumed


def _side(state: State, prefixes: Sequence[tuple[int, int]]) -> Side:
    return Side(
        as_of=iso(state.day),
        off=tuple(sorted(state.law.off)),
        routes=len(prefixes),
        lawful=sum(prefix == hops for prefix, hops in prefixes),
        lawful_first=sum(prefix > 0 for prefix, _ in prefixes),
    )


def _opened(holes: Iterable[Loophole]) -> Iterator[Opened]:
    counted: dict[tuple[str, ...], int] = {}
    for hole in holes:
        prefix = hole.route.entities[: hole.lawful_after + 1]
        counted[prefix] = counted.get(prefix, 0) + 1
    for prefix, routes in counted.items():
        yield Opened(id=digest(prefix), entities=prefix, routes=routes)
