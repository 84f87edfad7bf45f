"""The search against exhaustive enumeration, written without it, and against networkx."""

import itertools
from collections.abc import Iterator

import networkx as nx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph.arcs import Arc
from graph.dates import Span, event_span
from graph.exc import BadInput
from graph.routes import Question, RouteSearch, find_routes
from graph.view import View
from tests import graphs
from tests.graphs import arc, view

PARTIES = "abcdefg"
UNPROVEN = graphs.view([arc("a", "b")]).costs.unproven


# --- the oracle ---------------------------------------------------------------------------------


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
        [a for a in v.arcs if (a.source, a.target) == pair] for pair in itertools.pairwise(chain)
    ]
    costs = [cost_of(v, q, chosen) for chosen in itertools.product(*choices)]
    return min((cost for cost in costs if cost is not None), default=None)


def cost_of(v: View, q: Question, chosen: tuple[Arc, ...]) -> int | None:
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


def expected(v: View, q: Question) -> list[tuple[int, tuple[str, ...]]]:
    priced = ((cheapest(v, q, chain), chain) for chain in every_chain(v, q))
    found = [(cost, chain) for cost, chain in priced if cost is not None]
    return sorted(found, key=lambda item: (item[0], len(item[1]), item[1]))


def searched(v: View, q: Question) -> list[tuple[int, tuple[str, ...]]]:
    return [(r.cost, tuple(v.ids[n] for n in r.parties)) for r in RouteSearch(v, q)]


# --- random multigraphs -------------------------------------------------------------------------

days = st.integers(min_value=739_000, max_value=739_012)
spans = st.one_of(
    st.just(event_span("", "")), st.tuples(days, days).map(lambda d: Span(min(d), max(d)))
)
families = st.sampled_from([(), (), ("B737NG",), ("A320",), ("B737NG", "A320")])


@st.composite
def arcs(draw: st.DrawFn) -> Arc:
    source, target = draw(st.permutations(PARTIES[:6]))[:2]
    cost = draw(st.integers(min_value=0, max_value=4)) * 10
    made = arc(source, target, cost, families=draw(families), whole=draw(st.integers(0, 9)) == 0)
    number = draw(st.integers(0, 10**9))
    return Arc(
        **{
            **{f: getattr(made, f) for f in made.__struct_fields__},
            "id": f"{source}{target}{number}",
            "span": draw(spans),
        }
    )


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
).filter(lambda q: set(q.origins) - set(q.destinations) and set(q.destinations) - set(q.origins))


@settings(max_examples=400, deadline=None)
@given(st.lists(arcs(), max_size=14, unique_by=lambda a: a.id), questions)
def test_search_finds_what_exhaustive_enumeration_finds(made: list[Arc], q: Question) -> None:
    v = view(made, also=PARTIES[:6])
    assert searched(v, q) == expected(v, q)


@settings(max_examples=150, deadline=None)
@given(
    st.dictionaries(
        st.tuples(st.sampled_from(PARTIES), st.sampled_from(PARTIES)).filter(
            lambda p: p[0] != p[1]
        ),
        st.integers(1, 50),
        max_size=20,
    )
)
def test_search_agrees_with_networkx_where_that_can_answer(
    weights: dict[tuple[str, str], int],
) -> None:
    v = view([arc(a, b, w) for (a, b), w in weights.items()], also=PARTIES)
    q = Question(origins=("a",), destinations=("b",), max_hops=5, order="any")
    graph: nx.DiGraph[str] = nx.DiGraph()
    graph.add_nodes_from(PARTIES)
    graph.add_weighted_edges_from((a, b, w) for (a, b), w in weights.items())
    theirs = []
    if nx.has_path(graph, "a", "b"):
        for path in nx.shortest_simple_paths(graph, "a", "b", weight="weight"):
            if len(path) <= 6:
                theirs.append((nx.path_weight(graph, path, "weight"), tuple(path)))
    assert searched(v, q) == sorted(theirs, key=lambda item: (item[0], len(item[1]), item[1]))


# --- what each rule means -----------------------------------------------------------------------

CHAIN = [arc("a", "b", 5), arc("b", "c", 5), arc("a", "c", 20)]
A_TO_C = Question(origins=("a",), destinations=("c",))


def test_k_cuts_and_more_says_so() -> None:
    routes, more, _ = find_routes(view(CHAIN), A_TO_C, k=1)
    assert (len(routes), more) == (1, True)
    routes, more, _ = find_routes(view(CHAIN), A_TO_C, k=2)
    assert (len(routes), more) == (2, False)


def test_backward_dates_are_no_route() -> None:
    hops = [arc("a", "b", 1, "2024-05..2024-06"), arc("b", "c", 1, "2023-01..2023-12")]
    assert searched(view(hops), A_TO_C) == []
    loose = Question(origins=("a",), destinations=("c",), order="any")
    assert len(searched(view(hops), loose)) == 1


def test_dearer_parallel_hop_is_taken_when_the_cheap_one_breaks_the_order() -> None:
    hops = [
        arc("a", "b", 1, "2024-05..2024-06"),
        arc("b", "c", 1, "2023-01..2023-12"),
        arc("b", "c", 9, "2024-07..2024-07"),
    ]
    assert searched(view(hops), A_TO_C) == [(10, ("a", "b", "c"))]


def test_family_runs_through_and_aircraft_do_not_join_parts() -> None:
    unlike = [arc("a", "b", 1, families=("B737NG",)), arc("b", "c", 1, families=("A320",))]
    assert searched(view(unlike), A_TO_C) == []
    mixed = [arc("a", "b", 1, whole=True), arc("b", "c", 1)]
    assert searched(view(mixed), A_TO_C) == []


def test_sets_are_touched_at_their_own_end_only() -> None:
    hops = [arc("a", "b"), arc("b", "c"), arc("c", "d"), arc("b", "d")]
    q = Question(origins=("a", "b"), destinations=("c", "d"))
    assert [chain for _, chain in searched(view(hops), q)] == [("b", "c"), ("b", "d")]


@pytest.mark.parametrize(
    ("origins", "destinations", "says"),
    [
        ("a", "a", "--from and --to are the same"),
        ("ab", "ba", "--from and --to are the same"),
        ("ab", "b", "every party of --to is in --from too"),
        ("b", "ab", "every party of --from is in --to too"),
    ],
)
def test_sets_of_which_one_holds_the_other_are_told(
    origins: str, destinations: str, says: str
) -> None:
    q = Question(origins=tuple(origins), destinations=tuple(destinations))
    with pytest.raises(BadInput, match=says):
        searched(view([*CHAIN, arc("c", "a")]), q)


def test_arc_from_a_party_to_itself_is_dropped() -> None:
    assert len(view([arc("a", "a"), *CHAIN]).arcs) == 3


def test_public_body_ends_a_route_and_person_never_stands_on_one() -> None:
    hops = [arc("a", "b"), arc("b", "c")]
    for kind in ("PublicBody", "Person"):
        v = view(hops, kinds={"b": kind})
        assert searched(v, A_TO_C) == []
    v = view(hops, kinds={"c": "PublicBody"})
    assert len(searched(v, A_TO_C)) == 1


@pytest.mark.parametrize("cap", [1, 3, 10, 30])
def test_truncated_search_missed_nothing_cheaper_than_it_says(cap: int) -> None:
    made = [
        arc(a, b, (ord(a) * 7 + ord(b) * 3) % 19 + 1) for a, b in itertools.permutations(PARTIES, 2)
    ]
    v = view(made)
    q = Question(origins=("a",), destinations=("g",), max_hops=5)
    everything = expected(v, q)
    search = RouteSearch(v, q, step_cap=cap)
    found = [(r.cost, tuple(v.ids[n] for n in r.parties)) for r in search]
    assert search.truncated
    assert search.explored_to_cost is not None
    cheaper = [item for item in everything if item[0] < search.explored_to_cost]
    assert found[: len(cheaper)] == cheaper


def test_hub_is_scanned_not_pushed_whole() -> None:
    hub = [arc("hub", f"leaf-{n:05}", 5) for n in range(20_000)]
    v = view([arc("a", "hub", 1), *hub, arc("leaf-00777", "c", 1)])
    search = RouteSearch(v, Question(origins=("a",), destinations=("c",)))
    assert [r.cost for r in search] == [7 + UNPROVEN * 2]
    assert search.steps < 20


def test_same_question_gives_the_same_routes_whatever_the_order_of_the_arcs() -> None:
    made = [arc(a, b, 10) for a, b in itertools.permutations(PARTIES, 2)]
    q = Question(origins=("a",), destinations=("g",), max_hops=4)
    assert searched(view(made), q) == searched(view(made[::-1]), q)
