"""Routes by exhaustive enumeration, written without the search; and random graphs and questions."""

import itertools
import os
from collections.abc import Iterator

import msgspec
from hypothesis import strategies as st

from graph.arcs import POSSIBLE, Arc
from graph.dates import Span, event_span
from graph.kinds import CERTAINTIES
from graph.routes import Question, RouteSearch
from graph.view import View
from tests import graphs
from tests.graphs import AS_OF, arc

PARTIES = "abcdefg"
UNPROVEN = graphs.view([arc("a", "b")]).costs.unproven
EXAMPLES = int(os.environ.get("LOOPHOLE_EXAMPLES", "100"))
"""How many random graphs each property is tried on; `make fuzz` takes many more."""

Routes = list[tuple[int, tuple[str, ...]]]


def every_chain(v: View, q: Question) -> Iterator[tuple[str, ...]]:
    """All sequences of parties that the rules about parties allow."""
    joined = {(a.source, a.target) for a in v.arcs}
    for length in range(2, q.max_hops + 2):
        for chain in itertools.permutations(v.ids, length):
            if not all(pair in joined for pair in itertools.pairwise(chain)):
                continue
            origins, goals = set(q.origins), set(q.destinations)
            if chain[0] not in origins or chain[-1] not in goals:
                continue
            if origins & set(chain[1:]) or goals & set(chain[:-1]):
                continue
            if set(q.avoid) & set(chain):
                continue
            if all(set(group) & set(chain) for group in q.via):
                yield chain


def cheapest(v: View, q: Question, chain: tuple[str, ...]) -> int | None:
    """The least cost of any choice of hops along a chain that keeps every rule about hops."""
    choices = [
        [a for a in v.arcs if (a.source, a.target) == pair and counts(v, q, a)]
        for pair in itertools.pairwise(chain)
    ]
    costs = [cost_of(v, q, chosen) for chosen in itertools.product(*choices)]
    return min((cost for cost in costs if cost is not None), default=None)


def counts(v: View, q: Question, a: Arc) -> bool:
    """Whether a hop counts at all: by date, kind, rule and certainty; goods are left to other tests."""
    if a.span.first > v.as_of or (a.contested and not q.contested):
        return False
    if q.min_certainty and CERTAINTIES.index(a.certainty) > CERTAINTIES.index(q.min_certainty):
        return False
    if a.basis == POSSIBLE:
        return a.rule in q.rules
    return not q.kinds or a.kind in q.kinds


def cost_of(v: View, q: Question, chosen: tuple[Arc, ...]) -> int | None:
    if q.max_possible is not None and sum(a.basis == POSSIBLE for a in chosen) > q.max_possible:
        return None
    items = -1
    for a in chosen:
        items &= v.items.mask(a.families, a.whole_aircraft)
    if not items:
        return None
    cost = sum(a.cost for a in chosen)
    if q.order == "any":
        return cost
    if not some_days(chosen, q.dwell):
        return None
    return cost + sum(UNPROVEN for x, y in itertools.pairwise(chosen) if x.span.last > y.span.first)


def some_days(chosen: tuple[Arc, ...], dwell: int | None) -> bool:
    """Whether one choice of days is in order, by trying days from a small calendar."""
    ends = {d for a in chosen for d in (a.span.first, a.span.last)}
    days = sorted(ends | {d + k * dwell for d in ends for k in range(-6, 7)} if dwell else ends)
    reachable = {d for d in days if chosen[0].span.first <= d <= chosen[0].span.last}
    for a in chosen[1:]:
        reachable = {
            d
            for d in days
            if a.span.first <= d <= a.span.last
            and any(p <= d and (dwell is None or d - p <= dwell) for p in reachable)
        }
    return bool(reachable)


def expected(v: View, q: Question) -> Routes:
    priced = ((cheapest(v, q, chain), chain) for chain in every_chain(v, q))
    found = [(cost, chain) for cost, chain in priced if cost is not None]
    found.sort(key=lambda item: (item[0], len(item[1]), item[1]))
    return new_faces(found) if q.distinct else found


def new_faces(found: Routes) -> Routes:
    """The routes whose set of intermediaries no cheaper one has."""
    seen: list[set[str]] = []
    kept = []
    for cost, chain in found:
        if set(chain[1:-1]) not in seen:
            seen.append(set(chain[1:-1]))
            kept.append((cost, chain))
    return kept


def searched(v: View, q: Question) -> Routes:
    return [(r.cost, tuple(v.ids[n] for n in r.parties)) for r in RouteSearch(v, q)]


def named(v: View, search: RouteSearch) -> Routes:
    """What a search finds, in ids."""
    return [(route.cost, tuple(v.ids[n] for n in route.parties)) for route in search]


days = st.integers(min_value=AS_OF - 12, max_value=AS_OF + 1)
spans = st.one_of(
    st.just(event_span("", "")), st.tuples(days, days).map(lambda d: Span(min(d), max(d)))
)
families = st.sampled_from([(), (), ("B737NG",), ("A320",), ("B737NG", "A320")])


@st.composite
def arcs(draw: st.DrawFn) -> Arc:
    """A hop between two of six parties."""
    source, target = draw(st.permutations(PARTIES[:6]))[:2]
    possible = draw(st.integers(0, 3)) == 0
    made = arc(
        source,
        target,
        draw(st.integers(min_value=0, max_value=4)) * 10,
        basis="possible" if possible else "documented",
        kind=draw(st.sampled_from(["supply", "flight"] if possible else ["supplies", "ships_to"])),
        families=draw(families),
        whole=draw(st.integers(0, 9)) == 0,
        certainty=draw(st.sampled_from(["high", "high", "medium", "low", "contested"])),
        name=f"{source}{target}{draw(st.integers(0, 10**9))}",
    )
    return msgspec.structs.replace(made, span=draw(spans))


graphs_of_arcs = st.lists(arcs(), max_size=14, unique_by=lambda a: a.id)
some = st.lists(st.sampled_from(PARTIES[:6]), min_size=1, max_size=3, unique=True).map(tuple)
questions = st.builds(
    Question,
    origins=some,
    destinations=some,
    via=st.lists(some, max_size=2).map(tuple),
    avoid=st.lists(st.sampled_from(PARTIES[:6]), max_size=1).map(tuple),
    max_hops=st.integers(1, 6),
    order=st.sampled_from(["time", "time", "any"]),
    dwell=st.sampled_from([None, None, 0, 3]),
    kinds=st.sampled_from([(), (), ("ships_to",)]),
    rules=st.sampled_from([("supply", "flight"), ("supply",), ()]),
    min_certainty=st.sampled_from(["", "", "medium"]),
    contested=st.booleans(),
    max_possible=st.sampled_from([None, None, 0, 1, 2]),
    distinct=st.sampled_from([False, False, True]),
).filter(lambda q: set(q.origins) - set(q.destinations) and set(q.destinations) - set(q.origins))
