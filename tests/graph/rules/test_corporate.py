"""Corporate: companies tied by owner, control, director, address or affiliation."""

import pytest

from graph.rules import PossibleHop
from graph.rules.corporate import corporate
from tests.graphs import edge, entity, facts

PARTIES = [
    entity("test-one", "Company"),
    entity("test-two", "MRO"),
    entity("test-owner", "Person"),
    entity("test-state", "PublicBody"),
    entity("test-air", "Airline", "RU"),
    entity("B737NG", "AircraftFamily"),
]


def hops(*edges: object, as_of: str = "2025-06-15") -> list[PossibleHop]:
    return list(corporate(facts(PARTIES, edges, as_of)))  # type: ignore[arg-type]


def ends(found: list[PossibleHop]) -> set[tuple[str, str]]:
    return {(hop.source, hop.target) for hop in found}


@pytest.mark.parametrize(
    ("kind", "strength"),
    [
        ("owns", "strong"),
        ("controls", "strong"),
        ("common_owner", "strong"),
        ("related_person", "strong"),
        ("affiliated_with", "plain"),
        ("shares_address", "plain"),
    ],
)
def test_tie_goes_both_ways(kind: str, strength: str) -> None:
    found = hops(edge(kind, "test-one", "test-two"))
    assert ends(found) == {("test-one", "test-two"), ("test-two", "test-one")}
    assert {hop.strength for hop in found} == {strength}
    assert {hop.family for hop in found} == {""}


@pytest.mark.parametrize("owner", ["test-owner", "test-state"])
@pytest.mark.parametrize("kind", ["owns", "controls", "directs"])
def test_common_owner_ties_companies_and_is_no_end_itself(owner: str, kind: str) -> None:
    found = hops(edge(kind, owner, "test-one"), edge(kind, owner, "test-two"))
    assert ends(found) == {("test-one", "test-two"), ("test-two", "test-one")}


def test_person_tied_to_one_company_makes_no_hop() -> None:
    assert hops(edge("shares_address", "test-owner", "test-one")) == []
    assert hops(edge("controls", "test-owner", "test-one")) == []


def test_airline_takes_what_fits_its_fleet() -> None:
    tie = edge("owns", "test-one", "test-air")
    fleet = edge("operates_family", "test-air", "B737NG", "2024", in_service="yes")
    found = [hop for hop in hops(tie, fleet) if hop.target == "test-air"]
    assert [hop.family for hop in found] == ["B737NG"]


def test_airline_with_an_unknown_fleet_takes_nothing() -> None:
    assert ends(hops(edge("owns", "test-one", "test-air"))) == {("test-air", "test-one")}


def test_tie_holds_in_its_interval() -> None:
    tie = edge("owns", "test-one", "test-two", "2020-01-01..2022-10-01")
    assert hops(tie, as_of="2019-12-31") == []
    assert hops(tie, as_of="2020-01-01")
    assert hops(tie, as_of="2022-10-01") == []
