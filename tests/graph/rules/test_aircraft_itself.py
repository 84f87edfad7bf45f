"""Aircraft itself: one serial number, two operators in sequence, no transfer reported."""

from graph.dates import Holds
from graph.rules import PossibleHop
from graph.rules.aircraft_itself import aircraft_itself
from tests.graphs import edge, entity, facts

PARTIES = [
    entity("test-first", "Airline", "GM"),
    entity("test-next", "Airline", "BY"),
    entity("test-old-mark", "Aircraft", "GM", msn="491", family="A330"),
    entity("test-new-mark", "Aircraft", "BY", msn="491", family="A330"),
    entity("test-same-mark", "Aircraft", "GM", msn="491", family="A330"),
    entity("test-other", "Aircraft", "BY", msn="509", family="A330"),
    entity("A330", "AircraftFamily"),
]
BEFORE = edge("operates", "test-first", "test-old-mark", "2020..2024-08-19")
AFTER = edge("operates", "test-next", "test-new-mark", "2024-08-20")


def hops(*edges: object, as_of: str = "2025-06-15") -> list[PossibleHop]:
    return list(aircraft_itself(facts(PARTIES, edges, as_of)))  # type: ignore[arg-type]


def test_one_serial_number_two_operators_in_sequence() -> None:
    (hop,) = hops(BEFORE, AFTER)
    assert (hop.source, hop.target, hop.family) == ("test-first", "test-next", "A330")
    assert hop.whole_aircraft
    assert hop.strength == "strong"


def test_same_country_of_the_mark_is_weaker() -> None:
    same = edge("operates", "test-next", "test-same-mark", "2024-08-20")
    assert hops(BEFORE, same)[0].strength == "plain"


def test_other_serial_number_is_another_aircraft() -> None:
    assert hops(BEFORE, edge("operates", "test-next", "test-other", "2024-08-20")) == []


def test_reported_transfer_leaves_nothing_to_infer() -> None:
    told = edge("transfers_aircraft", "test-first", "test-next", "2024-08")
    assert hops(BEFORE, AFTER, told) == []


def test_operators_at_the_same_time_are_no_sequence() -> None:
    assert hops(edge("operates", "test-first", "test-old-mark", "2020"), AFTER) == []
    overlapping = edge("operates", "test-first", "test-old-mark", "2020..2024-09-30")
    assert hops(overlapping, AFTER) == []


def test_undated_operators_are_no_sequence() -> None:
    assert hops(BEFORE, edge("operates", "test-next", "test-new-mark")) == []


def test_next_operator_must_have_begun() -> None:
    assert hops(BEFORE, AFTER, as_of="2024-08-19") == []
    assert hops(BEFORE, AFTER, as_of="2024-08-20")


def test_family_outside_the_list_or_unknown_fits_nothing() -> None:
    for family in ("OTHER", ""):
        marks = [
            entity("test-old-il", "Aircraft", "GM", msn="77", family=family),
            entity("test-new-il", "Aircraft", "BY", msn="77", family=family),
        ]
        operated = [
            edge("operates", "test-first", "test-old-il", "2020..2024-08-19"),
            edge("operates", "test-next", "test-new-il", "2024-08-20"),
        ]
        assert list(aircraft_itself(facts([*PARTIES, *marks], operated))) == []


def test_hand_over_known_to_the_month_is_uncertain_inside_it() -> None:
    before = edge("operates", "test-first", "test-old-mark", "2020..2024-08")
    after = edge("operates", "test-next", "test-new-mark", "2024-08")

    def sure(as_of: str) -> list[Holds]:
        (hop,) = hops(before, after, as_of=as_of)
        return [held.holds for held in hop.leans_on]

    assert sure("2024-08-10") == [Holds.UNCERTAIN, Holds.UNCERTAIN]
    assert sure("2024-09-01") == [Holds.YES, Holds.YES]
    assert hops(before, after, as_of="2024-07-31") == []


def test_operator_that_goes_on_has_handed_nothing_over() -> None:
    before = edge("operates", "test-first", "test-old-mark", "2020..2024-08-20")
    after = edge("operates", "test-next", "test-new-mark", "2024-08")
    assert hops(before, after, as_of="2024-08-10") == []
    assert hops(before, after, as_of="2024-08-20")
