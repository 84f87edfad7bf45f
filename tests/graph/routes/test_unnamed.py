"""An unnamed party is passed only between hops of its own shipment."""

import pytest

from graph.routes import Question, find_routes
from tests.graphs import arc, view


@pytest.mark.parametrize(
    ("own", "first", "second", "passed"),
    [
        ("S1", "S1", "S1", True),
        ("S1", "S1", "S2", False),
        ("S1", "S2", "S1", False),
        ("S1", "S2", "S2", False),
        ("S1", "S1", "", False),
        ("", "S1", "S1", False),
        ("", "", "", False),
    ],
)
@pytest.mark.parametrize("order", ["time", "any"])
def test_unnamed_party_joins_no_two_shipments(
    own: str, first: str, second: str, passed: bool, order: str
) -> None:
    hops = [arc("a", "x", shipment=first), arc("x", "b", shipment=second)]
    seen = view(hops, kinds={"x": "Unnamed"}, shipments={"x": own} if own else {})
    question = Question(origins=("a",), destinations=("b",), order=order)
    assert bool(find_routes(seen, question)[0]) is passed


def test_named_party_joins_shipments() -> None:
    hops = [arc("a", "x", shipment="S1"), arc("x", "b", shipment="S2")]
    assert find_routes(view(hops), Question(origins=("a",), destinations=("b",)))[0]


def test_unnamed_party_of_another_shipment_may_still_end_its_own() -> None:
    hops = [arc("a", "x", shipment="S1")]
    seen = view(hops, kinds={"x": "Unnamed"}, shipments={"x": "S1"})
    assert find_routes(seen, Question(origins=("a",), destinations=("x",)))[0]
