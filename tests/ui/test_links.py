"""The address of a question restores it, and survives what people do to addresses."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.rules import RULES
from ui.links import FIRST, FIRST_DAY, LAST_DAY, RELIEF, ROUTES, Choices, Switched

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
    assert ROUTES.read(ROUTES.write(choices), KNOWN, RULES) == (choices, [])


def test_first_question_has_the_bare_address() -> None:
    assert ROUTES.write(FIRST) == {}
    assert ROUTES.read({}, KNOWN, RULES) == (FIRST, [])


def test_link_that_names_an_end_means_no_others() -> None:
    choices, _ = ROUTES.read({"from": ["boeing"], "to": ["aeroflot"]}, KNOWN, RULES)
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
    choices, faults = ROUTES.read({name: [value], "goods": ["8807"]}, KNOWN, RULES)
    assert len(faults) == 1
    assert name in faults[0]
    assert choices.goods == "8807"


def test_numbers_and_dates_out_of_range_are_brought_back() -> None:
    choices, faults = ROUTES.read({"max_hops": ["99"], "as_of": ["1066-10-14"]}, KNOWN, RULES)
    assert (choices.max_hops, choices.as_of, faults) == (8, FIRST_DAY, [])


@given(
    st.dictionaries(st.text(max_size=10), st.lists(st.text(max_size=30), min_size=1, max_size=3))
)
def test_any_address_is_read(parameters: dict[str, list[str]]) -> None:
    choices, faults = ROUTES.read(parameters, KNOWN, RULES)
    assert isinstance(choices, Choices)
    assert all(isinstance(fault, str) for fault in faults)


MEASURES = ("us-bis-letter", "us-ofac-gl11", "us-ofac-gl9")


@given(
    st.builds(
        Switched,
        origins=some,
        destinations=some,
        via=some,
        avoid=some,
        measures=st.lists(st.sampled_from(MEASURES), unique=True).map(tuple),
        as_of=st.none() | st.dates(min_value=FIRST_DAY, max_value=LAST_DAY),
        day_before=st.booleans(),
        route=st.sampled_from(["", "9e0d66e42051"]),
    )
)
def test_link_restores_what_was_asked_of_measures(choices: Switched) -> None:
    assert RELIEF.read(RELIEF.write(choices), KNOWN, MEASURES) == (choices, [])


def test_what_is_known_of_a_list_is_kept_and_the_rest_is_told() -> None:
    link = {"measures": ["us-ofac-gl9", "us-luck"], "from": ["nobody", "boeing"]}
    choices, faults = RELIEF.read(link, KNOWN, MEASURES)
    assert (choices.measures, choices.origins) == (("us-ofac-gl9",), ("boeing",))
    assert [("us-luck" in fault, "nobody" in fault) for fault in faults] == [
        (True, False),
        (False, True),
    ]


def test_measure_that_is_not_known_is_never_answered_by_another() -> None:
    choices, _ = RELIEF.read({"measures": ["us-luck"]}, KNOWN, MEASURES)
    assert choices.measures == ()


def test_pages_do_not_take_each_others_parameters() -> None:
    assert RELIEF.read({"max_hops": ["3"]}, KNOWN, MEASURES)[1]
    assert ROUTES.read({"day_before": ["yes"]}, KNOWN, RULES)[1]


@given(
    st.dictionaries(
        st.sampled_from(["measures", "as_of", "day_before", "from", "to", "route", "x"]),
        st.lists(st.text(max_size=30), min_size=1, max_size=3),
    )
)
def test_any_address_asks_something_of_measures(parameters: dict[str, list[str]]) -> None:
    choices, faults = RELIEF.read(parameters, KNOWN, MEASURES)
    assert set(choices.measures) <= set(MEASURES)
    assert all(isinstance(fault, str) for fault in faults)
