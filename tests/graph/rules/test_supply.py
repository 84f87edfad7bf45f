"""Supply: maker, engine maker or distributor to an airline outside Russia that flies the family."""

import pytest

from graph.rules import PossibleHop
from graph.rules.supply import supply
from tests.graphs import edge, entity, facts

PARTIES = [
    entity("test-maker", "Manufacturer", "US"),
    entity("test-shop", "MRO", "DE"),
    entity("test-person", "Person"),
    entity("test-air", "Airline", "BY"),
    entity("test-ru-air", "Airline", "RU"),
    entity("B737NG", "AircraftFamily"),
    entity("A320", "AircraftFamily"),
    entity("OTHER", "AircraftFamily"),
]
FLIES = edge("operates_family", "test-air", "B737NG", "2024-01", in_service="yes", count="3")
MAKES = edge("makes_part_for", "test-maker", "B737NG", goods="test brakes", hs="8807")


def hops(*edges: object, as_of: str = "2025-06-15", **options: object) -> list[PossibleHop]:
    return list(supply(facts(PARTIES, edges, as_of, **options)))  # type: ignore[arg-type]


def test_maker_of_a_part_can_supply_an_airline_that_flies_the_family() -> None:
    (hop,) = hops(MAKES, FLIES)
    assert (hop.source, hop.target, hop.family) == ("test-maker", "test-air", "B737NG")
    assert hop.strength == "plain"
    assert hop.hs == ("8807",)
    assert "test brakes" in hop.reason
    assert {c.id for c in hop.claims} == {f"claim:{MAKES.id}", f"claim:{FLIES.id}"}


@pytest.mark.parametrize(
    ("kind", "strength"),
    [
        ("makes_aircraft", "strong"),
        ("makes_engine_for", "plain"),
        ("distributes_parts_for", "weak"),
        ("teardown_of", "weak"),
    ],
)
def test_strength_follows_what_the_supplier_can_do(kind: str, strength: str) -> None:
    (hop,) = hops(edge(kind, "test-maker", "B737NG"), FLIES)
    assert hop.strength == strength


@pytest.mark.parametrize("kind", ["maintains_family", "leases_family"])
def test_maintaining_or_leasing_a_family_is_no_supply(kind: str) -> None:
    assert hops(edge(kind, "test-shop", "B737NG"), FLIES) == []


def test_dated_dealing_makes_it_strong_once_it_has_begun() -> None:
    talks = edge("negotiates_with", "test-maker", "test-air", "2025-11", goods="parts")
    assert hops(MAKES, FLIES, talks, as_of="2025-10-31")[0].strength == "plain"
    later = hops(MAKES, FLIES, talks, as_of="2025-11-01")[0]
    assert later.strength == "strong"
    assert "negotiates with 2025-11" in later.reason


def test_undated_dealing_does_not_make_it_strong() -> None:
    assert (
        hops(MAKES, FLIES, edge("partners_with", "test-maker", "test-air"))[0].strength == "plain"
    )


def test_airline_in_russia_is_not_supplied() -> None:
    in_russia = edge("operates_family", "test-ru-air", "B737NG", "2024-01", in_service="yes")
    assert hops(MAKES, in_russia) == []


def test_other_family_is_not_enough() -> None:
    assert hops(MAKES, edge("operates_family", "test-air", "A320", "2024-01")) == []


def test_types_outside_the_list_match_nothing() -> None:
    other = edge("makes_part_for", "test-maker", "OTHER")
    assert hops(other, edge("operates_family", "test-air", "OTHER", "2024-01")) == []


def test_supply_that_ended_does_not_hold() -> None:
    ended = edge("makes_part_for", "test-maker", "B737NG", "2010..2025-06-15")
    assert hops(ended, FLIES, as_of="2025-06-14")
    assert hops(ended, FLIES, as_of="2025-06-15") == []


def test_family_that_was_only_inferred_is_not_enough_alone() -> None:
    inferred = edge("makes_part_for", "test-maker", "B737NG", certainty="low", goods="test pumps")
    assert hops(inferred, FLIES) == []
    assert len(hops(inferred, MAKES, FLIES)) == 1


def test_contested_capability_counts_only_when_asked_for() -> None:
    doubtful = edge("makes_part_for", "test-maker", "B737NG", certainty="contested")
    assert hops(doubtful, FLIES) == []
    assert hops(doubtful, FLIES, contested=True)
