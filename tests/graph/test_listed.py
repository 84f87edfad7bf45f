"""What restricts a party on a day."""

import pytest

from graph.dates import day_of
from graph.listed import in_force, restrictions
from graph.model import Measure
from graph.store import Reader


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
    found = restrictions(case.measures("belavia"), day_of(day))
    assert ("US · OFAC" in found["belavia"]) is ofac
    assert "EU · asset freeze" in found["belavia"]
