"""What restricts a party on a day: orders with their renewals, sightings, and what ended them."""

import msgspec
import pytest

from graph.dates import day_of
from graph.listed import in_force, joined, restrictions, standing
from graph.model import Measure
from graph.store import Reader

FIRST = Measure(
    id="first",
    entity="test-air",
    regime="US",
    layer="EAR",
    kind="party-order",
    programme="TDO",
    action="imposed",
    start="2023-06-07",
    end="2023-12",
)


def order(name: str, start: str, end: str = "", action: str = "renewed", **more: object) -> Measure:
    """Another text of the same order, unless `more` says otherwise."""
    return msgspec.structs.replace(FIRST, id=name, start=start, end=end, action=action, **more)


def test_renewal_without_a_gap_is_one_interval_with_what_it_renews() -> None:
    again = order("again", "2023-12", "2024-12")
    whole = joined([again, FIRST])
    assert {(m.start, m.end) for m in whole.values()} == {("2023-06-07", "2024-12")}
    day = day_of("2023-12-15")
    assert (in_force(FIRST, day), in_force(again, day)) == (None, None)
    assert standing([again, FIRST], day) == {"first": True, "again": True}
    assert restrictions([again, FIRST], day) == {"test-air": ("US · EAR",)}


def test_text_that_was_replaced_is_in_force_no_more() -> None:
    again = order("again", "2023-12", "2024-12")
    assert standing([FIRST, again], day_of("2024-03-01")) == {"first": False, "again": True}
    assert standing([FIRST, again], day_of("2024-12-15")) == {"first": False, "again": None}


@pytest.mark.parametrize(
    "other",
    [
        order("other", "2024-01"),
        order("other", "2023-12", action="imposed"),
        order("other", "2023-12", programme="SDN"),
        order("other", "2023-12", layer="OFAC"),
        order("other", "2023-12", entity="test-other"),
        order("other", "2023-12", action="lapsed"),
    ],
)
def test_another_order_or_one_after_a_gap_joins_nothing(other: Measure) -> None:
    assert joined([FIRST, other])["first"] == FIRST
    assert standing([FIRST, other], day_of("2023-12-15"))["first"] is None


def test_order_without_an_end_reaches_every_renewal() -> None:
    opened = order("opened", "2022", "", "imposed")
    assert joined([opened, order("again", "2023-09", "2024-09")])["again"].end == ""


@pytest.mark.parametrize("action", ["lifted", "lapsed", "appeal dismissed"])
def test_what_ends_a_listing_restricts_nobody(action: str) -> None:
    ending = order("ending", "2023-12-01", action=action)
    assert in_force(ending, day_of("2024-06-01")) is False
    assert restrictions([ending], day_of("2024-06-01")) == {}


def measure(
    start: str = "",
    end: str = "",
    observed_from: str = "",
    kind: str = "listing",
    action: str = "imposed",
) -> Measure:
    return Measure(
        id="m",
        entity="a",
        regime="EU",
        layer="asset freeze",
        kind=kind,
        action=action,
        start=start,
        end=end,
        observed_from=observed_from,
    )


@pytest.mark.parametrize(
    ("fields", "day", "answer"),
    [
        ({"start": "2022-01-01"}, "2021-12-31", False),
        ({"start": "2022-01-01"}, "2022-01-01", True),
        ({"start": "2022-01-01", "end": "2023-01-01"}, "2022-12-31", True),
        ({"start": "2022-01-01", "end": "2023-01-01"}, "2023-01-01", False),
        ({"start": "2022-01"}, "2022-01-15", None),
        ({"observed_from": "2022-06-01"}, "2022-05-31", None),
        ({"observed_from": "2022-06-01"}, "2022-06-01", True),
        ({}, "2022-06-01", None),
        ({"start": "2022-01-01", "action": "lifted"}, "2023-01-01", False),
        ({"start": "2022-01-01", "action": "lapsed"}, "2023-01-01", False),
    ],
)
def test_measure_is_in_force(fields: dict[str, str], day: str, answer: bool | None) -> None:
    assert in_force(measure(**fields), day_of(day)) is answer


def test_only_listings_and_orders_restrict() -> None:
    day = day_of("2022-06-01")
    assert restrictions([measure(start="2022-01-01")], day) == {"a": ("EU · asset freeze",)}
    assert restrictions([measure(start="2022-01-01", kind="authorisation")], day) == {}
    assert restrictions([measure(start="2023-01-01")], day) == {}


@pytest.mark.parametrize(
    ("day", "ofac"),
    [("2023-08-08", False), ("2023-08-09", True), ("2025-11-03", True), ("2025-11-04", False)],
)
def test_belavia_on_the_american_list(case: Reader, day: str, ofac: bool) -> None:
    found = restrictions(case.measures_upon("belavia"), day_of(day))
    assert ("US · OFAC" in found["belavia"]) is ofac
    assert "EU · asset freeze" in found["belavia"]
