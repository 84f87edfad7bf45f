"""What each rule of a search means, one small graph at a time; and graphs that are hard to search."""

import itertools

import numpy as np
import pytest

from graph.exc import BadInput
from graph.routes import Limits, Question, RouteSearch, find_routes
from graph.view import View
from tests.graph.routes.oracle import PARTIES, UNPROVEN, Routes, expected, named
from tests.graphs import arc, view


def found_in(v: View, q: Question) -> Routes:
    return named(v, RouteSearch(v, q))


CHAIN = [arc("a", "b", 5), arc("b", "c", 5), arc("a", "c", 20)]
A_TO_C = Question(origins=("a",), destinations=("c",))


def test_k_cuts_and_more_says_so() -> None:
    routes, more, _ = find_routes(view(CHAIN), A_TO_C, k=1)
    assert (len(routes), more) == (1, True)
    routes, more, _ = find_routes(view(CHAIN), A_TO_C, k=2)
    assert (len(routes), more) == (2, False)


def test_backward_dates_are_no_route() -> None:
    hops = [arc("a", "b", 1, "2024-05..2024-06"), arc("b", "c", 1, "2023-01..2023-12")]
    assert found_in(view(hops), A_TO_C) == []
    loose = Question(origins=("a",), destinations=("c",), order="any")
    assert len(found_in(view(hops), loose)) == 1


def test_dearer_parallel_hop_is_taken_when_the_cheap_one_breaks_the_order() -> None:
    hops = [
        arc("a", "b", 1, "2024-05..2024-06"),
        arc("b", "c", 1, "2023-01..2023-12"),
        arc("b", "c", 9, "2024-07..2024-07"),
    ]
    assert found_in(view(hops), A_TO_C) == [(10, ("a", "b", "c"))]


def test_family_runs_through_and_aircraft_do_not_join_parts() -> None:
    unlike = [arc("a", "b", 1, families=("B737NG",)), arc("b", "c", 1, families=("A320",))]
    assert found_in(view(unlike), A_TO_C) == []
    mixed = [arc("a", "b", 1, whole=True), arc("b", "c", 1)]
    assert found_in(view(mixed), A_TO_C) == []


def test_sets_are_touched_at_their_own_end_only() -> None:
    hops = [arc("a", "b"), arc("b", "c"), arc("c", "d"), arc("b", "d")]
    q = Question(origins=("a", "b"), destinations=("c", "d"))
    assert [chain for _, chain in found_in(view(hops), q)] == [("b", "c"), ("b", "d")]


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
        found_in(view([*CHAIN, arc("c", "a")]), q)


def test_arc_from_a_party_to_itself_is_dropped() -> None:
    assert len(view([arc("a", "a"), *CHAIN]).arcs) == 3


def test_public_body_ends_a_route_and_person_never_stands_on_one() -> None:
    hops = [arc("a", "b"), arc("b", "c")]
    for kind in ("PublicBody", "Person"):
        v = view(hops, kinds={"b": kind})
        assert found_in(v, A_TO_C) == []
    v = view(hops, kinds={"c": "PublicBody"})
    assert len(found_in(v, A_TO_C)) == 1


@pytest.mark.parametrize("cap", [1, 3, 10, 30])
def test_truncated_search_missed_nothing_cheaper_than_it_says(cap: int) -> None:
    made = [
        arc(a, b, (ord(a) * 7 + ord(b) * 3) % 19 + 1) for a, b in itertools.permutations(PARTIES, 2)
    ]
    v = view(made)
    q = Question(origins=("a",), destinations=("g",), max_hops=5)
    everything = expected(v, q)
    search = RouteSearch(v, q, Limits(steps=cap))
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
    assert found_in(view(made), q) == found_in(view(made[::-1]), q)


# --- graphs that are hard to search -------------------------------------------------------------


def complete(cost: int, dates: str = "") -> View:
    """Every party hands over to every other."""
    return view([arc(a, b, cost, dates) for a, b in itertools.permutations(PARTIES, 2)])


A_TO_G = Question(origins=("a",), destinations=("g",))


@pytest.mark.parametrize("cost", [0, 10])
def test_equal_and_zero_costs_come_by_hops_and_then_by_ids(cost: int) -> None:
    v = complete(cost)
    assert found_in(v, A_TO_G) == expected(v, A_TO_G)
    routes, more, _ = find_routes(v, A_TO_G, k=7)
    assert more
    chains = [tuple(v.ids[n] for n in route.parties) for route in routes]
    assert chains[:2] == [("a", "g"), ("a", "b", "g")]


def test_backward_dated_cliques_are_left_behind_quickly() -> None:
    """Ten parties hand over to each other in years that only fall; one late chain leads through."""
    clique = [f"k{n}" for n in range(10)]
    hops = [
        arc(x, y, 1, f"{2024 - i}-01..{2024 - i}-01")
        for i, x in enumerate(clique)
        for j, y in enumerate(clique)
        if i < j
    ]
    hops += [arc("a", x, 1, "2024-06..2024-06") for x in clique]
    hops += [arc(x, "g", 1, "2014-01..2014-01") for x in clique]
    hops += [arc("a", "late", 400, "2024-07..2024-07"), arc("late", "g", 400, "2024-08..2024-08")]
    v = view(hops)
    search = RouteSearch(v, A_TO_G)
    assert named(v, search) == [(800, ("a", "late", "g"))]
    assert search.steps < 10_000


def test_hub_of_a_hundred_thousand_is_read_no_further_than_needed() -> None:
    sellers = [arc(f"seller-{n:06}", "hub", 1000) for n in range(50_000)]
    buyers = [arc("hub", f"buyer-{n:06}", 1000) for n in range(50_000)]
    ends = [arc("a", "hub", 1), arc("hub", "g", 1), arc("hub", "b", 2), arc("b", "g", 2)]
    v = view([*sellers, *buyers, *ends])
    search = RouteSearch(v, Question(origins=("a",), destinations=("g",), order="any"), wanted=1)
    first = next(iter(search))
    assert [v.ids[n] for n in first.parties] == ["a", "hub", "g"]
    assert search.steps < 20
    assert search.read < 1000


def test_ends_that_nothing_joins_have_no_route_and_that_is_certain() -> None:
    v = view([arc("a", "b"), arc("c", "g"), arc("d", "c")])
    search = RouteSearch(v, A_TO_G)
    assert (list(search), search.truncated) == ([], False)


def test_end_without_any_arc_has_no_route() -> None:
    v = view([arc("b", "c")], also=["a", "g"])
    assert found_in(v, A_TO_G) == []


def test_poor_origin_before_a_dear_hop_is_left_at_its_price() -> None:
    hops = [arc("a", "b", 5000), arc("b", "g", 1), arc("b", "c", 1), arc("c", "g", 1)]
    v = view(hops)
    assert found_in(v, A_TO_G) == expected(v, A_TO_G)


def test_parallel_hops_without_number_are_one_route() -> None:
    hops = [arc(x, y, c, name=f"{x}{y}{c}") for x, y in ("ab", "bc", "cg") for c in range(40)]
    v = view(hops)
    search = RouteSearch(v, Question(origins=("a",), destinations=("g",), order="any"))
    assert named(v, search) == [(0, ("a", "b", "c", "g"))]
    assert search.steps < 1000


def test_hop_of_a_day_to_come_is_no_hop() -> None:
    v = view([arc("a", "g", 1, "2025-06-16..2025-06-16"), arc("a", "b"), arc("b", "g", 1)])
    assert [chain for _, chain in found_in(v, A_TO_G)] == [("a", "b", "g")]


# --- being broken off ---------------------------------------------------------------------------


def test_search_out_of_time_says_so() -> None:
    v = complete(10)
    search = RouteSearch(v, A_TO_G, Limits(seconds=0.0))
    assert list(search) == []
    assert (search.truncated, search.explored_to_cost) == (True, 0)


def test_search_that_is_told_to_stop_says_so() -> None:
    v = complete(10)
    answers = iter([False, False, True])
    search = RouteSearch(v, A_TO_G, Limits(stop=lambda: next(answers, True)))
    list(search)
    assert search.truncated


def test_routes_already_given_are_not_given_again_by_a_longer_search() -> None:
    v = complete(10)
    search = RouteSearch(v, A_TO_G, wanted=2)
    chains = [route.parties for route in search]
    assert len(chains) == len(set(chains)) == len(expected(v, A_TO_G))


def test_mask_of_another_length_is_refused() -> None:
    v = view(CHAIN)
    with pytest.raises(BadInput, match="a mask of 5 arcs for a view of 3"):
        RouteSearch(v, A_TO_C, usable=np.ones(5, bool))


def test_masked_search_is_no_start_for_one_without_the_mask() -> None:
    v = view(CHAIN)
    masked = RouteSearch(v, A_TO_C, usable=np.array([True, False, False]))
    assert list(masked) == []
    assert named(v, RouteSearch(v, A_TO_C, looser=masked)) == expected(v, A_TO_C)


def test_distinct_routes_each_have_other_intermediaries() -> None:
    hops = [arc("a", "x"), arc("b", "x"), arc("x", "c"), arc("x", "d"), arc("a", "y", 9)]
    v = view([*hops, arc("y", "c", 9)])
    q = Question(origins=("a", "b"), destinations=("c", "d"), distinct=True)
    assert [chain for _, chain in found_in(v, q)] == [("a", "x", "c"), ("a", "y", "c")]
