"""The address of a question restores it, and survives what people do to addresses."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.rules import RULES
from ui.links import FIRST, FIRST_DAY, LAST_DAY, Choices, read, write

NAMES = ["western-suppliers", "russian-carriers", "belavia", "boeing", "aeroflot", "S044:importer"]
KNOWN = set(NAMES).__contains__
some = st.lists(st.sampled_from(NAMES), max_size=3, unique=True).map(tuple)


@given(
    st.builds(
        Choices,
        origins=some,
        destinations=some,
        via=some,
        avoid=some,
        as_of=st.dates(min_value=FIRST_DAY, max_value=LAST_DAY),
        known_at=st.none() | st.dates(min_value=FIRST_DAY, max_value=LAST_DAY),
        contested=st.booleans(),
        rules=st.lists(st.sampled_from(list(RULES)), unique=True).map(
            lambda chosen: tuple(rule for rule in RULES if rule in chosen)
        ),
        max_hops=st.integers(1, 8),
        max_possible=st.integers(0, 8),
        distinct=st.booleans(),
        goods=st.sampled_from(["", "8807", "8807.30"]),
        certainty=st.sampled_from(["", "high", "medium", "low"]),
        any_order=st.booleans(),
        lawful_until_last=st.booleans(),
        route=st.sampled_from(["", "9e0d66e42051"]),
    )
)
def test_link_restores_every_question(choices: Choices) -> None:
    assert read(write(choices), KNOWN) == (choices, [])


def test_first_question_has_the_bare_address() -> None:
    assert write(FIRST) == {}
    assert read({}, KNOWN) == (FIRST, [])


def test_link_that_names_an_end_means_no_others() -> None:
    choices, _ = read({"from": ["boeing"], "to": ["aeroflot"]}, KNOWN)
    assert (choices.origins, choices.destinations, choices.via) == (("boeing",), ("aeroflot",), ())


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("from", "nobody"),
        ("via", "<img src=x>"),
        ("as_of", "yesterday"),
        ("rules", "luck"),
        ("max_hops", "many"),
        ("contested", "perhaps"),
        ("certainty", "gut feeling"),
        ("colour", "red"),
    ],
)
def test_what_cannot_be_used_is_told_and_left_out(name: str, value: str) -> None:
    choices, faults = read({name: [value], "goods": ["8807"]}, KNOWN)
    assert len(faults) == 1
    assert name in faults[0]
    assert choices.goods == "8807"


def test_numbers_and_dates_out_of_range_are_brought_back() -> None:
    choices, faults = read({"max_hops": ["99"], "as_of": ["1066-10-14"]}, KNOWN)
    assert (choices.max_hops, choices.as_of, faults) == (8, FIRST_DAY, [])


@given(
    st.dictionaries(st.text(max_size=10), st.lists(st.text(max_size=30), min_size=1, max_size=3))
)
def test_any_address_is_read(parameters: dict[str, list[str]]) -> None:
    choices, faults = read(parameters, KNOWN)
    assert isinstance(choices, Choices)
    assert all(isinstance(fault, str) for fault in faults)
