"""How events change what is chosen, selected and opened."""

import itertools
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.routes.records import Hop, RouteRecord
from ui.workbench.state import MOST_OPENED, Bench, reduce


def route(route_id: str, *parties: str, basis: str = "possible") -> RouteRecord:
    hops = tuple(hop(a, b, basis) for a, b in itertools.pairwise(parties))
    return RouteRecord(
        rank=1, id=route_id, basis=basis, chain="assembled", family=None, families=(), cost=1,
        whole_aircraft=False, terms={}, entities=parties, hops=hops,
    )  # fmt: skip


def hop(origin: str, target: str, basis: str) -> Hop:
    return Hop(
        origin=origin, target=target, basis=basis, kind="k", edge="e", rule=None, reason="", start="",
        end="", goods="", hs=None, families=(), certainty="high", contested=False, cost=1, terms={},
        order="proven", marks=(), also=(), claims=(), denials=(), shipment=None, outcome=None,
    )  # fmt: skip


ROUTES = (route("one", "a", "b", "c"), route("two", "a", "d", "c"))


def select(*nodes: str, link: str = "", n: str = "1") -> dict[str, Any]:
    return {"type": "select", "nodes": list(nodes), "link": link, "n": n}


def test_line_chosen_clears_what_was_selected() -> None:
    before = Bench(nodes=("b",), link="a>b>possible", opened=("b",))
    after = reduce(before, {"type": "choose", "id": "two", "n": "1"}, ROUTES)
    assert (after.route, after.nodes, after.link, after.opened) == ("two", (), "", ("b",))


def test_party_of_another_line_brings_that_line_with_it() -> None:
    assert reduce(Bench(), select("d"), ROUTES).route == "two"
    assert reduce(Bench(route="two"), select("a"), ROUTES).route == "two"
    assert reduce(Bench(), select(link="d>c>possible"), ROUTES).route == "two"


def test_what_is_on_no_line_leaves_the_line() -> None:
    assert reduce(Bench(route="two"), select("aside"), ROUTES).route == "two"
    assert reduce(Bench(route="two"), select(link="a>x>relation"), ROUTES).route == "two"
    assert reduce(Bench(route="two"), select(), ROUTES).route == "two"


def test_opened_twice_is_closed() -> None:
    expand = {"type": "expand", "id": "b", "n": "1"}
    opened = reduce(Bench(), expand, ROUTES)
    assert (opened.opened, opened.nodes) == (("b",), ("b",))
    assert reduce(opened, {**expand, "n": "2"}, ROUTES).opened == ()


def test_opened_is_bounded() -> None:
    bench = Bench()
    for number in range(MOST_OPENED + 5):
        event = {"type": "expand", "id": f"p{number}", "n": str(number)}
        bench = reduce(bench, event, ROUTES)
    assert len(bench.opened) == MOST_OPENED
    assert bench.opened[-1] == f"p{MOST_OPENED + 4}"


def test_event_is_handled_once() -> None:
    event = {"type": "expand", "id": "b", "n": "7"}
    once = reduce(Bench(), event, ROUTES)
    assert reduce(once, event, ROUTES) == once


anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3)
    ),
    max_leaves=6,
)


@given(st.dictionaries(st.sampled_from(["type", "id", "n", "nodes", "link", "x"]), anything))
def test_event_that_does_not_fit_changes_nothing(event: dict[str, Any]) -> None:
    before = Bench(route="one", nodes=("a",))
    after = reduce(before, event, ROUTES)
    assert isinstance(after, Bench)
    if event.get("type") not in ("choose", "select", "expand"):
        assert after == before


@given(st.lists(st.sampled_from([select("b", n="1"), select("d", n="2"), select(n="3")])))
def test_same_events_give_the_same_state(events: list[dict[str, Any]]) -> None:
    def run() -> Bench:
        bench = Bench()
        for event in events:
            bench = reduce(bench, event, ROUTES)
        return bench

    assert run() == run()


@pytest.mark.parametrize("routes", [(), ROUTES])
def test_no_routes_no_line(routes: tuple[RouteRecord, ...]) -> None:
    assert reduce(Bench(), select("zzz"), routes).route == ""
