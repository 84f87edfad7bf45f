"""Maintenance: the holder of a certificate of the airline's state, to an airline of that state."""

from graph.rules import PossibleHop
from graph.rules.maintenance import maintenance
from tests.graphs import edge, entity, facts

PARTIES = [
    entity("test-maintainer", "Airline", "BY"),
    entity("test-shop", "MRO", "AE"),
    entity("test-authority", "PublicBody", "RU"),
    entity("test-other-authority", "PublicBody", "TR"),
    entity("test-air", "Airline", "RU"),
    entity("B737NG", "AircraftFamily"),
    entity("A320", "AircraftFamily"),
]
CERTIFICATE = edge("holds_certificate_from", "test-maintainer", "test-authority", "2023-04-14")
OWN = edge("operates_family", "test-maintainer", "B737NG", "2023", in_service="yes")
FLIES = edge("operates_family", "test-air", "B737NG", "2024-01", in_service="yes")


def hops(*edges: object, as_of: str = "2025-06-15") -> list[PossibleHop]:
    return list(maintenance(facts(PARTIES, edges, as_of)))  # type: ignore[arg-type]


def test_certificate_and_a_family_both_fly() -> None:
    (hop,) = hops(CERTIFICATE, OWN, FLIES)
    assert (hop.source, hop.target, hop.family) == ("test-maintainer", "test-air", "B737NG")
    assert hop.strength == "plain"
    assert len(hop.claims) == 3


def test_certified_family_is_enough_for_a_shop_without_aircraft() -> None:
    certificate = edge(
        "holds_certificate_from", "test-shop", "test-authority", families=("B737NG",)
    )
    (hop,) = hops(certificate, FLIES)
    assert hop.source == "test-shop"


def test_reported_work_makes_it_strong() -> None:
    work = edge(
        "maintains", "test-maintainer", "test-air", "2023-03..2023-04", goods="a test check"
    )
    assert hops(CERTIFICATE, OWN, FLIES, work)[0].strength == "strong"


def test_customer_list_makes_it_strong() -> None:
    listed = edge("lists_as_customer", "test-maintainer", "test-air")
    assert hops(CERTIFICATE, OWN, FLIES, listed)[0].strength == "strong"


def test_without_certificate_even_reported_work_is_not_enough() -> None:
    work = edge("maintains", "test-maintainer", "test-air", "2023-03..2023-04")
    assert hops(OWN, FLIES, work) == []


def test_maintaining_a_family_is_no_certificate() -> None:
    assert hops(edge("maintains_family", "test-shop", "B737NG"), FLIES) == []


def test_certificate_of_another_state_is_not_enough() -> None:
    foreign = edge("holds_certificate_from", "test-maintainer", "test-other-authority")
    assert hops(foreign, OWN, FLIES) == []


def test_unlike_fleet_is_no_taker() -> None:
    assert hops(CERTIFICATE, OWN, edge("operates_family", "test-air", "A320", "2024-01")) == []


def test_certificate_holds_from_its_day() -> None:
    assert hops(CERTIFICATE, OWN, FLIES, as_of="2023-04-13") == []
    fleet = edge("operates_family", "test-air", "B737NG", "2022", in_service="yes")
    own = edge("operates_family", "test-maintainer", "B737NG", "2022", in_service="yes")
    assert hops(CERTIFICATE, own, fleet, as_of="2023-04-14")
