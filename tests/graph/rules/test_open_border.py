"""Open border: two airlines of different countries in one customs territory, with a common family."""

from graph.rules import PossibleHop
from graph.rules.open_border import open_border
from tests.graphs import edge, entity, facts

PARTIES = [
    entity("test-air-by", "Airline", "BY"),
    entity("test-air-by-2", "Airline", "BY"),
    entity("test-air-ru", "Airline", "RU"),
    entity("test-air-tr", "Airline", "TR"),
    entity("country:BY", "Country", "BY"),
    entity("country:RU", "Country", "RU"),
    entity("country:TR", "Country", "TR"),
    entity("test-union", "Territory"),
    entity("B737NG", "AircraftFamily"),
    entity("A320", "AircraftFamily"),
]
UNION = (
    edge("member_of", "country:BY", "test-union", "2015-01-01"),
    edge("member_of", "country:RU", "test-union", "2015-01-01"),
)


def fleet(airline: str, family: str = "B737NG") -> object:
    return edge("operates_family", airline, family, "2014", in_service="yes")


def hops(*edges: object, as_of: str = "2025-06-15") -> list[PossibleHop]:
    return list(open_border(facts(PARTIES, edges, as_of)))  # type: ignore[arg-type]


def test_goes_both_ways_inside_the_territory() -> None:
    found = hops(*UNION, fleet("test-air-by"), fleet("test-air-ru"))
    ends = {(hop.source, hop.target) for hop in found}
    assert ends == {("test-air-by", "test-air-ru"), ("test-air-ru", "test-air-by")}
    assert {hop.strength for hop in found} == {"plain"}


def test_several_common_families_make_it_strong() -> None:
    fleets = [fleet(a, f) for a in ("test-air-by", "test-air-ru") for f in ("B737NG", "A320")]
    found = hops(*UNION, *fleets)
    assert {hop.strength for hop in found} == {"strong"}
    assert {hop.family for hop in found} == {"B737NG", "A320"}


def test_airlines_of_one_country_are_no_open_border() -> None:
    assert hops(*UNION, fleet("test-air-by"), fleet("test-air-by-2")) == []


def test_country_outside_the_territory_is_not_reached() -> None:
    assert hops(*UNION, fleet("test-air-by"), fleet("test-air-tr")) == []


def test_unlike_fleets_do_not_meet() -> None:
    assert hops(*UNION, fleet("test-air-by"), fleet("test-air-ru", "A320")) == []


def test_territory_begins_on_its_day() -> None:
    fleets = fleet("test-air-by"), fleet("test-air-ru")
    assert hops(*UNION, *fleets, as_of="2014-12-31") == []
    assert len(hops(*UNION, *fleets, as_of="2015-01-01")) == 2
