"""Flight: to an airport where another airline, with a like fleet, has a base or hub."""

import pytest

from graph.dates import Holds
from graph.rules import PossibleHop
from graph.rules.flight import flight
from tests.graphs import edge, entity, facts

PARTIES = [
    entity("test-flier", "Airline", "BY"),
    entity("test-based", "Airline", "RU"),
    entity("test-airport", "Airport", "RU"),
    entity("test-airfield", "Airport", "RU"),
    entity("test-city", "Place", "RU"),
    entity("B737NG", "AircraftFamily"),
    entity("A320", "AircraftFamily"),
]
FLIES = edge("flies_to", "test-flier", "test-airport", "2025-09..2025-11")
BASE = edge("based_at", "test-based", "test-airport", role="base")
FLEETS = (
    edge("operates_family", "test-flier", "B737NG", "2024", in_service="yes"),
    edge("operates_family", "test-based", "B737NG", "2024", in_service="yes"),
)


def hops(*edges: object, as_of: str = "2025-10-15") -> list[PossibleHop]:
    return list(flight(facts(PARTIES, edges, as_of)))  # type: ignore[arg-type]


def test_dated_flights_to_a_base_of_an_airline_with_a_like_fleet() -> None:
    (hop,) = hops(FLIES, BASE, *FLEETS)
    assert (hop.source, hop.target, hop.family) == ("test-flier", "test-based", "B737NG")
    assert hop.strength == "strong"
    assert "documented 2025-09 to 2025-11" in hop.reason


def test_undated_timetable_is_weak() -> None:
    (hop,) = hops(edge("flies_to", "test-flier", "test-airport"), BASE, *FLEETS)
    assert hop.strength == "weak"


def test_dated_flights_are_preferred_to_a_timetable() -> None:
    (hop,) = hops(edge("flies_to", "test-flier", "test-airport"), FLIES, BASE, *FLEETS)
    assert hop.strength == "strong"


@pytest.mark.parametrize(
    ("role", "count"), [("hub", 1), ("maintenance base", 1), ("headquarters", 0)]
)
def test_headquarters_alone_are_no_base(role: str, count: int) -> None:
    base = edge("based_at", "test-based", "test-airport", role=role)
    assert len(hops(FLIES, base, *FLEETS)) == count


def test_city_holds_its_airports() -> None:
    to_city = edge("flies_to", "test-flier", "test-city", "2025-09..2025-11")
    inside = edge("located_in", "test-airport", "test-city")
    assert hops(to_city, BASE, *FLEETS) == []
    assert len(hops(to_city, inside, BASE, *FLEETS)) == 1


def test_flights_to_another_airport_do_not_meet() -> None:
    assert (
        hops(edge("flies_to", "test-flier", "test-airfield", "2025-09..2025-11"), BASE, *FLEETS)
        == []
    )


def test_airlines_without_a_common_family_do_not_meet() -> None:
    unlike = edge("operates_family", "test-based", "A320", "2024", in_service="yes")
    assert hops(FLIES, BASE, FLEETS[0], unlike) == []


def test_flights_hold_in_their_months_and_not_after() -> None:
    assert hops(FLIES, BASE, *FLEETS, as_of="2025-08-31") == []
    assert hops(FLIES, BASE, *FLEETS, as_of="2025-12-01") == []


@pytest.mark.parametrize("as_of", ["2025-09-15", "2025-11-15"])
def test_first_and_last_month_are_uncertain(as_of: str) -> None:
    (hop,) = hops(FLIES, BASE, *FLEETS, as_of=as_of)
    assert Holds.UNCERTAIN in {held.holds for held in hop.states}


def test_base_that_was_given_up_does_not_count() -> None:
    gone = edge("based_at", "test-based", "test-airport", "2021..2022-04-08", role="base")
    assert hops(FLIES, gone, *FLEETS) == []
