"""The days on which something changes for some parties, and what just misses."""

import msgspec
import pytest

from graph.changes import Change, changes
from graph.dates import day_of, iso
from graph.exc import NotFound
from graph.model import Edge, Entity, Measure
from graph.store import Reader
from tests.graphs import MemoryReader, edge, entity

CLASS = entity("all-test-carriers", "Group", "BY", member_kinds="Airline; MRO")
TAILS = entity("all-test-tails", "Group", "BY", member_kinds="aircraft")
PARTIES = [
    entity("test-air", "Airline", "BY"),
    entity("test-shop", "Company", "BY"),
    entity("test-far", "Airline", "TR"),
    entity("test-maker", "Manufacturer", "US"),
    entity("test-port", "Airport", "RU"),
    entity("test-tail", "Aircraft", "BY"),
    CLASS,
    TAILS,
]


def measure(upon: str, start: str = "", end: str = "", **fields: str) -> Measure:
    row = {"programme": "TDO", "action": "imposed", "regime": "US", "layer": "EAR"} | fields
    dates = {"start": start, "end": end}
    return msgspec.convert(
        {"id": f"{upon}:{dates}:{row}", "entity": upon, "kind": "listing", **dates, **row}, Measure
    )


def found(
    *given: Edge | Measure, parties: tuple[str, ...] = ("test-air",), also: tuple[Entity, ...] = ()
) -> list[tuple[str, str, str]]:
    """Day, kind and whom it is about; a day that is not exact has a mark."""
    reader = MemoryReader(
        [*PARTIES, *also],
        [g for g in given if isinstance(g, Edge)],
        measures=[g for g in given if isinstance(g, Measure)],
    )
    return [
        (iso(c.day) + ("" if c.exact else " or later"), c.kind, c.entity)
        for c in changes(reader, parties)
    ]


def test_measure_changes_on_its_first_day_and_on_the_first_day_it_no_longer_holds() -> None:
    assert found(measure("test-air", "2025-03-01", "2025-06-01")) == [
        ("2025-03-01", "law", "test-air"),
        ("2025-06-01", "law", "test-air"),
    ]


def test_partial_date_counts_on_its_first_day_and_is_not_exact() -> None:
    assert found(measure("test-air", "2025", "2026-02")) == [
        ("2025-01-01 or later", "law", "test-air"),
        ("2026-02-01 or later", "law", "test-air"),
    ]


def test_measure_upon_another_party_and_undated_one_change_nothing() -> None:
    assert found(measure("test-far", "2025-03-01"), measure("test-air")) == []


def test_sighting_counts_unless_a_dated_row_tells_when_it_began() -> None:
    seen = measure("test-air", action="in force", observed_from="2025-08-01")
    assert found(seen) == [("2025-08-01 or later", "law", "test-air")]
    assert found(seen, measure("test-air", "2025-01-01")) == [("2025-01-01", "law", "test-air")]
    other_list = measure("test-air", "2025-01-01", programme="SDN")
    assert len(found(seen, other_list)) == 2


def test_renewal_without_a_gap_ends_nothing_and_a_lifting_is_one_change() -> None:
    first = measure("test-air", "2025-01-01", "2025-06-01")
    renewed = measure("test-air", "2025-06-01", "2025-12-01", action="renewed")
    lifted = measure("test-air", "2025-12-01", action="lifted")
    days = [day for day, _, _ in found(first, renewed, lifted)]
    assert days == ["2025-01-01", "2025-06-01", "2025-12-01"]
    late = measure("test-air", "2025-06-02", action="renewed")
    assert len(found(first, late)) == 3


def test_class_counts_for_its_kind_and_country_only() -> None:
    law = measure("all-test-carriers", "2025-03-01")
    assert found(law) == [("2025-03-01", "law", "all-test-carriers")]
    assert found(law, parties=("test-far",)) == []
    assert found(law, parties=("test-shop",)) == []
    assert len(found(law, parties=("test-air", "test-far"))) == 1


def test_class_of_aircraft_counts_for_who_operates_one() -> None:
    law = measure("all-test-tails", "2025-03-01")
    assert found(law) == []
    assert found(law, edge("operates", "test-air", "test-tail")) == [
        ("2025-03-01", "law", "all-test-tails")
    ]
    assert found(law, edge("operates", "test-far", "test-tail")) == []


def test_class_without_kinds_or_country_holds_nobody() -> None:
    loose = entity("test-loose", "Group", "BY")
    stateless = entity("test-stateless", "Group", "", member_kinds="Airline")
    laws = measure("test-loose", "2025-03-01"), measure("test-stateless", "2025-03-01")
    assert found(*laws, also=(loose, stateless)) == []


def test_hand_over_counts_once_on_the_first_day_it_can_have_happened() -> None:
    assert found(edge("supplies", "test-maker", "test-air", "2024-05..2024-09")) == [
        ("2024-05-01 or later", "hand-over", "test-maker")
    ]
    both = ("test-maker", "test-air")
    assert len(found(edge("supplies", *both, "2024-05..2024-09"), parties=both)) == 1


@pytest.mark.parametrize(
    "missing",
    [
        edge("supplies", "test-maker", "test-air"),
        edge("supplies", "test-maker", "test-air", "..2024"),
        edge("supplies", "test-maker", "test-far", "2024"),
        edge("offers_to", "test-maker", "test-air", "2024"),
        edge("flies_to", "test-air", "test-port"),
    ],
    ids=["undated", "without a start", "between others", "no hand-over", "undated state"],
)
def test_edges_that_change_nothing(missing: Edge) -> None:
    assert found(missing) == []


def test_state_that_rules_lean_on_starts_and_ends() -> None:
    assert found(edge("flies_to", "test-air", "test-port", "2025-09..2025-11-01")) == [
        ("2025-09-01 or later", "state", "test-air"),
        ("2025-11-01", "state", "test-air"),
    ]


def test_attempt_dispute_and_denial_stand_in_the_sentence() -> None:
    contested = edge("supplies", "test-maker", "test-air", "2024", certainty="contested")
    reader = MemoryReader(PARTIES, [contested])
    (change,) = changes(reader, ["test-air"])
    assert change.what.endswith("could first have happened (contested)")


def test_unknown_party_is_refused() -> None:
    with pytest.raises(NotFound):
        found(parties=("test-nobody",))


@pytest.fixture(scope="module")
def belavia(case: Reader) -> tuple[Change, ...]:
    return changes(case, ["belavia"])


@pytest.mark.parametrize(
    ("day", "words"),
    [
        ("2025-09-11", "Belarus General License 11"),
        ("2025-09-12", "BIS authorisation (letter to Belavia, ECCN"),
        ("2025-09-12", "BIS GP10 list (letter) is lifted"),
        ("2025-11-04", "OFAC SDN (recent action of 4 Nov 2025) is lifted"),
        ("2021-06-05", "Belarusian air carriers"),
        ("2022-03-02", "15 CFR 746.8; 87 FR 13048"),
    ],
)
def test_days_of_the_belavia_case(belavia: tuple[Change, ...], day: str, words: str) -> None:
    (change,) = (c for c in belavia if c.day == day_of(day) and words in c.what)
    assert (change.kind, change.exact) == ("law", True)


def test_belavia_changes_are_in_order_and_each_is_told_once(belavia: tuple[Change, ...]) -> None:
    assert list(belavia) == sorted(belavia, key=lambda c: (c.day, c.kind, c.entity, c.what))
    assert len({(c.day, c.what) for c in belavia}) == len(belavia)
    (delisted,) = (c for c in belavia if iso(c.day) == "2025-11-04" and c.kind == "law")
    assert "lifted" in delisted.what


def test_changes_of_many_parties_do_not_depend_on_their_order(case: Reader) -> None:
    carriers = [member.entity for member in case.set_members("russian-carriers")]
    assert changes(case, carriers) == changes(case, reversed([*carriers, carriers[0]]))
