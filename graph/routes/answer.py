"""The answer to a question about routes: search, then say everything about what was found."""

from collections import Counter
from collections.abc import Callable, Sequence
from itertools import count

import numpy as np

from graph.arcs import DOCUMENTED, POSSIBLE, Arc
from graph.cited import claims, denials
from graph.dates import iso
from graph.model import digest
from graph.routes.choice import Choice
from graph.routes.fold import Fold, fold
from graph.routes.question import Question
from graph.routes.records import Answer, Counts, Hop, Party, RouteRecord, named, party_of
from graph.routes.search import USUAL_LIMITS, Limits, Route, RouteSearch, find_routes
from graph.routes.statements import name_of_set, no_takers, undocumented
from graph.routes.why_none import why_none
from graph.verdicts import LayerVerdict
from graph.view import Part, View

Judge = Callable[[Sequence[Sequence[Arc]]], Sequence[Sequence[tuple[LayerVerdict, ...]]]]
"""Says for each hop of each of some routes what the law says of it; routes themselves know no law."""
Finder = Callable[[View, Question, int, Limits], tuple[list[Route], bool, RouteSearch]]
FOLD_READS = 2000
"""Routes read before they are folded into lines, so that a line names all it stands for."""


def answer(
    view: View,
    question: Question,
    k: int,
    *,
    folded: bool,
    version: str,
    limits: Limits = USUAL_LIMITS,
    find: Finder = find_routes,
    known_now: Callable[[], Part] | None = None,
    wider: Callable[[Question], Part] | None = None,
    cut: str = "",
    judge: Judge | None = None,
) -> Answer:
    """Search, and say everything about what was found.

    Args:
        view: the store on a date.
        question: what is asked.
        k: the most routes to list; lines when folded.
        folded: whether routes that differ only in the first or only in the last party share a line.
        version: of this program, for the record.
        limits: when the search gives up.
        find: what searches; see `graph.routes.follow` for one that keeps what it read.
        known_now: for `why_none`, the same view without its known-at date.
        wider: for `why_none`, the view for another question, where this one is of this one's
            surroundings alone.
        cut: what must be said when the view lacks some of these. Nothing is said then of what is not
            there.
        judge: gives the hops of each route listed their verdicts; none are given without one.

    Raises:
        BadInput, NotFound: see `Question.check`.
    """
    routes, more, search = find(view, question, FOLD_READS if folded else k, limits)
    lines = fold(view, routes) if folded else [Fold(route) for route in routes]
    shown = lines[:k]
    hops = [[view.arcs[number] for number in line.route.arcs] for line in shown]
    judged = judge(hops) if judge else [[()] * len(arcs) for arcs in hops]
    describe = _Describer(view, question)
    records = tuple(map(describe.route, count(1), shown, judged))
    certain = not routes and not search.truncated
    bases = Counter(_basis(view, route) for route in routes)
    return Answer(
        question=asked(view, question, k),
        store={"revision": view.revision, "loophole": version},
        truncated=search.truncated or bool(cut),
        explored_to_cost=None if cut else search.explored_to_cost,
        cut=cut or None,
        counts=Counts(len(routes), bases[DOCUMENTED], bases[POSSIBLE]),
        more=more or len(lines) > k,
        routes=records,
        parties=tuple(party(view, entity_id) for entity_id in named(records)),
        why_none=why_none(view, question, known_now, wider) if certain else (),
        statements=() if cut else tuple(undocumented(view, question)),
        no_takers=() if cut else tuple(no_takers(view, question)),
        fleet_unknown=view.fleet_unknown,
    )


def asked(view: View, question: Question, k: int) -> dict[str, object]:
    """The question as it stands in every answer and export."""
    return {
        "from": list(question.origins),
        "to": list(question.destinations),
        "via": [list(group) for group in question.via],
        "avoid": list(question.avoid),
        "as_of": iso(view.as_of),
        "known_at": None if view.known_at is None else iso(view.known_at),
        "max_hops": question.max_hops,
        "k": k,
        "kinds": list(question.kinds),
        "rules": list(question.rules),
        "goods": question.goods or None,
        "min_certainty": question.min_certainty or None,
        "include_contested": question.contested,
        "dwell": question.dwell,
        "order": question.order,
        "max_possible": question.max_possible,
        "distinct": question.distinct,
        "sets": {
            end: name
            for end, ids in (("from", question.origins), ("to", question.destinations))
            if (name := name_of_set(view, ids))
        },
    }


def party(view: View, entity_id: str) -> Party:
    """A party of a view as it must be shown."""
    return party_of(view.entities[entity_id], view.restricted.get(entity_id, ()))


def broken_off(found: Answer) -> str:
    """What must be said of an answer whose search was given up, or that lacks some of the store."""
    if found.cut:
        return found.cut
    return (
        "The search was broken off before it had seen every route: none that costs less than "
        f"{found.explored_to_cost} is missing; dearer ones may be."
    )


class _Describer:
    """Turns routes into records."""

    def __init__(self, view: View, question: Question) -> None:
        self.view = view
        self.question = question
        self.choice = Choice(view, question)

    def route(
        self, rank: int, line: Fold, judged: Sequence[tuple[LayerVerdict, ...]]
    ) -> RouteRecord:
        view = self.view
        arcs = [view.arcs[number] for number in line.route.arcs]
        hops = tuple(self._hop(line.route, place, of_hop) for place, of_hop in enumerate(judged))
        terms: Counter[str] = Counter()
        for hop in hops:
            terms.update(hop.terms)
        entities = tuple(view.ids[number] for number in line.route.parties)
        families = self._families(line.route)
        return RouteRecord(
            rank=rank,
            id=digest(entities),
            basis=_basis(view, line.route),
            chain="one-source" if _one_source(arcs) else "assembled",
            family=next(iter(self._carried(line.route.arcs)), None),
            families=families,
            whole_aircraft=any(arc.whole_aircraft for arc in arcs),
            cost=line.route.cost,
            terms=dict(terms),
            entities=entities,
            hops=hops,
            also_from=tuple(view.ids[n] for n in line.also_from),
            also_to=tuple(view.ids[n] for n in line.also_to),
        )

    def _hop(self, route: Route, place: int, verdicts: tuple[LayerVerdict, ...]) -> Hop:
        arc = self.view.arcs[route.arcs[place]]
        before = self.view.arcs[route.arcs[place - 1]] if place else None
        order = in_order(before, arc)
        terms = dict(arc.terms)
        if order == "unproven" and self.question.order == "time":
            terms["unproven"] = self.view.costs.unproven
        return Hop(
            origin=arc.source,
            target=arc.target,
            kind=arc.kind,
            edge=arc.id,
            basis=arc.basis,
            rule=arc.rule or None,
            reason=arc.reason,
            start=arc.start,
            end=arc.end,
            goods=arc.goods or _inferred_goods(arc),
            hs=", ".join(arc.hs) or None,
            families=arc.families,
            certainty=arc.certainty,
            contested=arc.contested,
            cost=sum(terms.values()),
            terms=terms,
            order=order,
            marks=(*arc.marks, *self._goods_mark(arc)),
            also=self._also(route, place),
            claims=claims(arc.claims, self.view.sources),
            denials=denials(arc.denials, self.view.sources),
            shipment=arc.shipment or None,
            outcome=arc.outcome or None,
            verdicts=verdicts,
        )

    def _goods_mark(self, arc: Arc) -> tuple[str, ...]:
        """What must be said when goods were asked for and the hop's code is unknown."""
        return ("goods code unknown",) if self.question.goods and not arc.hs else ()

    def _also(self, route: Route, place: int) -> tuple[str, ...]:
        """Other edges between the same two parties that would fit in the same place."""
        return tuple(
            self.view.arcs[other].id
            for other in self._parallel(route.arcs[place])
            if other != route.arcs[place]
            and self._fits((*route.arcs[:place], other, *route.arcs[place + 1 :]))
        )

    def _parallel(self, arc: int) -> list[int]:
        """The arcs that join the same two parties and that the question lets a route take."""
        found = np.array(self.view.network.parallel(arc))
        counting: list[int] = found[self.choice.of(found)].tolist()
        return counting

    def _fits(self, arcs: tuple[int, ...]) -> bool:
        view, items, earliest, latest = self.view, -1, 0, None
        for number in arcs:
            items &= view.goods(number)
            span = view.arcs[number].span
            earliest = max(earliest, span.first)
            limit = span.last
            if self.question.dwell is not None and latest is not None:
                limit = min(limit, latest + self.question.dwell)
            if self.question.order == "time" and earliest > limit:
                return False
            latest = limit
        return items != 0

    def _carried(self, arcs: tuple[int, ...]) -> tuple[str, ...]:
        items = -1
        for number in arcs:
            items &= self.view.goods(number)
        return self.view.items.names(items)

    def _families(self, route: Route) -> tuple[str, ...]:
        """All families that could run through the same parties, whichever arcs they take."""
        items = -1
        for number in route.arcs:
            of_pair = 0
            for other in self._parallel(number):
                of_pair |= self.view.goods(other)
            items &= of_pair
        return self.view.items.names(items)


def in_order(before: Arc | None, arc: Arc) -> str:
    """Whether a hop comes after the one before it: proven, unproven or backwards.

    Proven when every choice of days is in order; unproven when only some choice is.
    """
    if before is None or before.span.last <= arc.span.first:
        return "proven"
    return "unproven" if before.span.first <= arc.span.last else "backwards"


def _inferred_goods(arc: Arc) -> str:
    if arc.basis == DOCUMENTED:
        return ""
    what = "aircraft" if arc.whole_aircraft else "part"
    return f"{', '.join(arc.families)} {what}".strip()


def _basis(view: View, route: Route) -> str:
    documented = all(view.basis(number) == DOCUMENTED for number in route.arcs)
    return DOCUMENTED if documented else POSSIBLE


def _one_source(arcs: list[Arc]) -> bool:
    """True when one shipment states all the hops, or one documented hop is the whole route."""
    if any(arc.basis != DOCUMENTED for arc in arcs):
        return False
    return len(arcs) == 1 or (bool(arcs[0].shipment) and len({arc.shipment for arc in arcs}) == 1)
