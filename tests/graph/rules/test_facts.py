"""What holds on a date: fleets, known-at, contested claims."""

from graph.dates import Holds
from graph.model import Source
from tests.graphs import edge, entity, facts

PARTIES = [
    entity("test-air", "Airline", "BY"),
    entity("test-tail", "Aircraft", "BY", family="B737NG", msn="1"),
    entity("test-blank", "Airline", "TR"),
    entity("B737NG", "AircraftFamily"),
    entity("A320", "AircraftFamily"),
    entity("OTHER", "AircraftFamily"),
]


def picture(when: str, in_service: str = "yes", **more: object) -> object:
    return edge("operates_family", "test-air", "B737NG", when, in_service=in_service, **more)  # type: ignore[arg-type]


def fleet(*edges: object, as_of: str = "2025-06-15", **options: object) -> dict[str, object]:
    return dict(facts(PARTIES, edges, as_of, **options).fleet("test-air"))  # type: ignore[arg-type]


def test_newest_picture_on_or_before_the_date_counts() -> None:
    old, new, later = (
        picture("2021-02", count="9"),
        picture("2024-03", count="4"),
        picture("2026", count="1"),
    )
    found = facts(PARTIES, [old, new, later]).fleet("test-air")["B737NG"]  # type: ignore[list-item]
    assert found.says == "4 B737NG as of 2024-03"
    assert found.years == 1


def test_stored_fleet_does_not_count_and_newer_report_wins() -> None:
    assert fleet(picture("2021", count="1"), picture("2022", "no", count="3")) == {}
    assert fleet(picture("2021", "no", count="3"), picture("2022", count="1"))


def test_type_only_said_to_have_been_operated_is_uncertain() -> None:
    found = facts(PARTIES, [picture("2024", "unknown")]).fleet("test-air")["B737NG"]  # type: ignore[list-item]
    assert found.held.holds is Holds.UNCERTAIN


def test_picture_of_the_year_asked_about_is_uncertain() -> None:
    found = facts(PARTIES, [picture("2025")]).fleet("test-air")["B737NG"]  # type: ignore[list-item]
    assert found.held.holds is Holds.UNCERTAIN


def test_surely_earlier_picture_is_preferred_to_one_that_may_be_later() -> None:
    found = facts(PARTIES, [picture("2025", count="7"), picture("2025-03", count="5")])  # type: ignore[list-item]
    assert found.fleet("test-air")["B737NG"].says.startswith("5 ")


def test_dated_picture_is_preferred_to_a_register_entry() -> None:
    on_register = edge("operates", "test-air", "test-tail")
    assert facts(PARTIES, [on_register]).fleet("test-air")["B737NG"].years is None
    assert fleet(on_register, picture("2024", "no")) == {}


def test_only_a_row_of_a_register_is_said_to_be_on_one() -> None:
    listed = entity(
        "test-listed", "Aircraft", "RU", family="A320", status_of_aircraft="Russian register"
    )
    operated = [edge("operates", "test-air", name) for name in ("test-tail", "test-listed")]
    found = facts([*PARTIES, listed], operated).fleet("test-air")
    assert found["B737NG"].says == "Test test-tail named in a report"
    assert found["A320"].says == "Test test-listed on a register"


def test_register_entry_does_not_hold_before_the_aircraft_was_built() -> None:
    built = [entity("test-new", "Aircraft", "BY", family="B737NG", year_built="2011"), *PARTIES]
    on_register = [edge("operates", "test-air", "test-new")]
    assert facts(built, on_register, "2010-12-31").fleet("test-air") == {}
    assert facts(built, on_register, "2011-01-01").fleet("test-air")


def test_aircraft_given_up_is_no_fleet() -> None:
    given_up = edge("operates", "test-air", "test-tail", "..2021-06")
    assert fleet(given_up) == {}


def test_contested_picture_counts_only_when_asked_for() -> None:
    doubtful = picture("2024", certainty="contested")
    assert fleet(doubtful) == {}
    assert fleet(doubtful, contested=True)


def test_fleet_that_no_source_gives_is_unknown() -> None:
    assert facts(PARTIES, [picture("2024")]).fleet_unknown() == ("test-blank",)  # type: ignore[list-item]


def test_types_outside_the_list_are_known_but_match_nothing() -> None:
    other = edge("operates_family", "test-air", "OTHER", "2024", in_service="yes")
    found = facts(PARTIES, [other])
    assert found.fleet("test-air") == {}
    assert "test-air" not in found.fleet_unknown()


def test_claim_not_yet_published_is_not_known() -> None:
    source = Source(id="test-report", published="2024-05")
    told = picture("2024-01", source_id="test-report")
    assert not fleet(told, known_at="2024-05-15", sources=[source])
    assert fleet(told, known_at="2024-05-31", sources=[source])


def test_undated_claim_is_not_known_once_a_date_is_asked_for() -> None:
    source = Source(id="test-report")
    told = picture("2024-01", source_id="test-report")
    assert fleet(told, sources=[source])
    assert not fleet(told, known_at="2030-01-01", sources=[source])
