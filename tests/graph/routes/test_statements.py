"""What is said in words: an airline with an unlike fleet is a “no taker”, and said to be one."""

import pytest

from graph.arcs import Arc
from graph.routes import Question
from graph.routes.statements import no_takers
from tests.graphs import arc, view

NG = arc("maker", "mid", basis="possible", kind="supply", families=("B737NG",))
ON = arc("mid", "taker", basis="possible", kind="flight", families=("B737NG",))
FLEETS = {"taker": ("B737NG",), "other": ("A320",), "odd": ()}


def said(made: list[Arc], to: str = "taker other odd unknown", **more: object) -> tuple[str, ...]:
    seen = view(made, also=("maker", "taker", "other", "odd", "unknown"), fleets=FLEETS)
    question = Question(origins=("maker",), destinations=tuple(to.split()), **more)  # type: ignore[arg-type]
    return tuple(no_takers(seen, question))


def test_each_destination_with_an_unlike_fleet_is_named_with_what_it_flies() -> None:
    assert said([NG, ON]) == (
        "Test odd is no taker: it flies only types outside the list of families, and the parts "
        "that could arrive are for B737NG.",
        "Test other is no taker: it flies A320, and the parts that could arrive are for B737NG.",
    )
    assert said([NG, ON], "taker unknown") == ()


def test_parts_that_cannot_pass_the_party_to_pass_do_not_arrive() -> None:
    a320 = arc("maker", "aside", basis="possible", kind="supply", families=("A320",))
    assert len(said([NG, ON, a320], "other")) == 0
    assert len(said([NG, ON, a320], "other", via=(("mid",),))) == 1


@pytest.mark.parametrize(
    "unknown",
    [[], [NG, arc("maker", "mid", families=())]],
    ids=["nothing leaves", "goods of an unknown family"],
)
def test_nobody_is_no_taker_of_what_is_unknown(unknown: list[Arc]) -> None:
    assert said(unknown) == ()


def test_whole_aircraft_are_no_parts() -> None:
    whole = arc("maker", "mid", families=("A320",), whole=True)
    assert len(said([NG, ON, whole], "other")) == 1


def test_rules_switched_off_bring_nothing() -> None:
    assert said([NG, ON], rules=()) == ()
