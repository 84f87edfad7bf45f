"""Relations by family, aircraft and operators, as one entity's page shows them."""

from graph import dates
from graph.aircraft import aircraft_of, fleet, operators_of, pictures
from graph.model import Edge, Entity
from graph.portrait import FAMILIES, families
from graph.rules import Facts
from graph.show import show
from graph.store import Reader
from tests.graphs import MemoryReader, edge, entity

DAY = dates.day_of("2025-06-15")
PERSON = Entity(id="test-person", kind="Person", name="Test Person", person_basis="plea: guilty")
PARTIES = [
    entity("test-air", "Airline", "BY"),
    entity("test-next", "Airline", "RU"),
    entity("test-maker", "Manufacturer", "US"),
    entity("test-a", "Aircraft", "BY", family="B737NG", msn="100"),
    entity("test-b", "Aircraft", "RU", family="B737NG", msn="100"),
    entity("test-c", "Aircraft", "RU", family="A320", msn="100"),
    entity("B737NG", "AircraftFamily"),
    entity("country:BY", "Country", "BY"),
    PERSON,
]


def reader(*edges: Edge) -> MemoryReader:
    return MemoryReader(PARTIES, edges)


def test_relations_are_grouped_by_family_and_kind_and_seen_from_here() -> None:
    store = reader(
        edge("supplies", "test-maker", "test-air", "2024"),
        edge("supplies", "test-air", "test-next", "2023"),
        edge("directs", "test-person", "test-air"),
        edge("shares_address", "test-next", "test-air"),
        edge("supplies", "test-maker", "test-next", "2024"),
    )
    found = families(show(store, "test-air", DAY))
    assert [(f.name, f.count) for f in found] == [("goods", 2), ("control", 1), ("contact", 1)]
    ways = [(r.way, r.other.id) for f in found for k in f.kinds for r in k.relations]
    assert ways == [
        ("from", "test-maker"),
        ("to", "test-next"),
        ("from", "test-person"),
        ("with", "test-next"),
    ]
    assert found[1].kinds[0].relations[0].other.person_basis == "plea: guilty"


def test_kinds_that_are_told_apart_are_left_out() -> None:
    store = reader(edge("operates", "test-air", "test-a"), edge("owns", "test-air", "test-next"))
    found = families(show(store, "test-air", DAY), apart=("operates",))
    assert [family.name for family in found] == ["ownership"]


def test_every_family_of_edges_has_its_place() -> None:
    from graph.kinds import EDGE_KINDS

    assert {kind.family for kind in EDGE_KINDS.values()} == set(FAMILIES)


def test_operators_of_one_serial_number_stand_in_sequence_whatever_the_mark() -> None:
    store = reader(
        edge("operates", "test-next", "test-b", "2022-03.."),
        edge("operates", "test-air", "test-a", "2015..2022-02"),
        edge("operates", "test-next", "test-c", "2010.."),
    )
    rows = operators_of(store, show(store, "test-b", DAY), DAY)
    assert [(row.operator, row.tail, row.holds) for row in rows] == [
        ("test-air", "Test test-a", "no"),
        ("test-next", "Test test-b", "yes"),
    ]


def test_aircraft_of_an_airline_are_those_it_operates() -> None:
    store = reader(
        edge("operates", "test-air", "test-a", "..2021"), edge("operates", "test-next", "test-b")
    )
    (row,) = aircraft_of(store, show(store, "test-air", DAY))
    assert (row.aircraft, row.family, row.serial, row.holds) == ("test-a", "B737NG", "100", "no")


def test_fleet_is_the_newest_picture_and_all_pictures_are_kept() -> None:
    old = edge("operates_family", "test-air", "B737NG", "2021", in_service="yes", count="9")
    new = edge("operates_family", "test-air", "B737NG", "2024-03", in_service="yes", count="4")
    late = edge("operates_family", "test-air", "B737NG", "2026", in_service="yes", count="1")
    store = reader(old, new, late)
    (row,) = fleet(Facts(store, DAY), "test-air")
    assert (row.says, row.years, row.uncertain) == ("4 B737NG as of 2024-03", 1, False)
    seen = pictures(show(store, "test-air", DAY))
    assert [e.start for e in seen] == ["2026", "2024-03", "2021"]
    assert fleet(Facts(reader(), DAY), "test-air") == ()


def test_every_entity_of_the_case_can_be_shown(case: Reader) -> None:
    for one in case.entities():
        shown = show(case, one.id, DAY)
        grouped = families(shown)
        assert sum(family.count for family in grouped) == len(shown.edges)
