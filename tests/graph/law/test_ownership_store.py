"""The question that a store puts: owners up to the last, listings in force, and what is left open."""

from collections.abc import Iterable

import msgspec
import pytest

from graph.dates import day_of
from graph.exc import BadInput, NotFound
from graph.law.dossiers import Dossiers
from graph.law.ownership import Restricted, restricted
from graph.law.ownership.rules import Regime
from graph.model import Edge, Measure
from graph.store import Reader
from tests.graphs import MemoryReader, edge, entity


def owns(
    owner: str, owned: str, share: str = "", dates: str = "", certainty: str = "high", **rest: str
) -> Edge:
    found = edge("owns", owner, owned, dates, certainty=certainty, goods=share)
    return msgspec.structs.replace(found, share=share, goods="", properties=rest)


def listing(name: str, start: str = "2023-01-01", end: str = "", **rest: str) -> Measure:
    measure = Measure(
        id=f"m-{name}-{start}",
        entity=name,
        start=start,
        end=end,
        regime="US",
        layer="OFAC",
        kind="listing",
        programme="OFAC SDN",
    )
    return msgspec.structs.replace(measure, **rest)


def ask(
    edges: Iterable[Edge],
    measures: Iterable[Measure] = (),
    asked: str = "a",
    regime: Regime = "US-OFAC",
    as_of: str = "2026-06-01",
    kinds: dict[str, str] | None = None,
) -> Restricted:
    given = tuple(edges)
    ids = {asked, *(end for e in given for end in (e.source, e.target))}
    entities = [entity(i, (kinds or {}).get(i, "Company")) for i in sorted(ids)]
    reader = MemoryReader(entities, given, measures=measures)
    return restricted(Dossiers(reader), asked, regime, day_of(as_of))


def codes(found: Restricted) -> set[tuple[str, str]]:
    return {(warn.entity, warn.code) for warn in found.warnings}


def test_unlisted_subsidiary_of_a_listed_parent() -> None:
    found = ask([owns("x", "b", "60"), owns("b", "a", "100")], [listing("x")])
    assert found.answer == "restricted"
    assert [(s.owner, s.owned, s.stake, s.rule) for s in found.proof] == [
        ("x", "b", "60", "OWN-US-1"),
        ("b", "a", "100", "OWN-US-1"),
    ]
    assert {s.ref for s in found.proof} == {e.edge for e in found.evidence}
    assert {used.entity for used in found.listings} == {"x"}


def test_listing_ends_on_its_last_day() -> None:
    facts = [owns("x", "a", "100")], [listing("x", "2023-08-09", "2025-11-04")]
    assert ask(*facts, as_of="2025-11-03").answer == "restricted"
    assert ask(*facts, as_of="2025-11-04").answer == "not_restricted"
    assert ask(*facts, as_of="2023-08-08").answer == "not_restricted"


def test_listed_itself() -> None:
    found = ask([], [listing("a")])
    assert found.answer == "restricted"
    assert found.proof == ()
    assert ("a", "listed_itself") in codes(found)
    other = ask([], [listing("a", regime="EU", layer="asset freeze", programme="EU 765/2006")])
    assert other.answer == "not_restricted"
    assert ("a", "no_owner_recorded") in codes(other)
    early = ask([], [listing("a", regime="CH", layer="asset freeze", programme="CH")], regime="CH",
                as_of="2023-06-01")  # fmt: skip
    assert early.answer == "restricted"


def test_only_listings_of_the_feeding_lists_count() -> None:
    control = listing("x", regime="EU", layer="export control", programme="EU 765/2006")
    freeze = listing("x", regime="EU", layer="asset freeze", programme="EU 765/2006")
    assert ask([owns("x", "a", "60")], [control], regime="EU").answer == "not_restricted"
    assert ask([owns("x", "a", "60")], [freeze], regime="EU").answer == "restricted"


def test_empty_share_is_unknown_and_a_band_bounds() -> None:
    assert ask([owns("x", "a")], [listing("x")]).answer == "unknown"
    band = [owns("x", "a", share_min="50", share_max="75")]
    assert ask(band, [listing("x")]).answer == "restricted"
    band = [owns("x", "a", share_min="20", share_max="49")]
    assert ask(band, [listing("x")]).answer == "not_restricted"
    others = [owns("x", "a"), owns("p", "a", "60")]
    assert ask(others, [listing("x")]).answer == "not_restricted"


def test_unknown_upstream_reaches_down() -> None:
    found = ask([owns("x", "b"), owns("b", "a", "80")], [listing("x")])
    assert found.answer == "unknown"
    assert ("b", "percentage_missing") in codes(found)


def test_stakes_of_overlapping_reports_are_never_summed() -> None:
    twice = [owns("x", "a", "30", "2019.."), owns("x", "a", "30", "2021..")]
    found = ask(twice, [listing("x")])
    assert found.answer == "unknown"
    assert ("a", "parallel_stakes") in codes(found)
    assert (found.bounds.at_least, found.bounds.at_most) == ("30", "60") if found.bounds else False
    enough = [owns("x", "a", "60", "2019.."), owns("x", "a", "75", "2021..")]
    assert ask(enough, [listing("x")]).answer == "restricted"
    sold = [owns("x", "a", "60", "..2024-01-01"), owns("x", "a", "40", "2024-01-01..")]
    assert ask(sold, [listing("x")]).answer == "not_restricted"


def test_contested_edges_and_doubtful_listings_only_bound() -> None:
    contested = [owns("x", "a", "60", certainty="contested")]
    assert ask(contested, [listing("x")]).answer == "unknown"
    seen = listing("x", "", observed_from="2025-06-08")
    assert ask([owns("x", "a", "60")], [seen], as_of="2025-06-07").answer == "unknown"
    assert ask([owns("x", "a", "60")], [seen], as_of="2025-06-08").answer == "restricted"


def test_control_and_offices() -> None:
    freeze = listing("x", regime="EU", layer="asset freeze", programme="EU 269/2014")
    assert ask([edge("controls", "x", "a")], [freeze], regime="EU").answer == "restricted"
    office = ask([edge("directs", "x", "a")], [freeze], regime="EU")
    assert office.answer == "not_restricted"
    assert ("a", "directed_by_listed") in codes(office)
    ofac = ask([edge("controls", "x", "a")], [listing("x")])
    assert ofac.answer == "not_restricted"
    assert ("a", "controlled_by_listed") in codes(ofac)


def test_sdn_of_another_order_only_perhaps_feeds_the_affiliates_rule() -> None:
    facts = [owns("x", "a", "60")]
    on = "2025-10-15"
    named = listing("x", text="E.O. 14024")
    assert ask(facts, [named], regime="BIS-AFF", as_of=on).answer == "restricted"
    other = listing("x", text="IRAN")
    assert ask(facts, [other], regime="BIS-AFF", as_of=on).answer == "unknown"


def test_aircraft_are_no_owned_entities() -> None:
    found = ask([owns("x", "a", "100")], [listing("x")], kinds={"a": "Aircraft"})
    assert ("a", "not_an_owned_entity") in codes(found)


def test_circle_above_an_entity_ends() -> None:
    found = ask([owns("b", "a", "60"), owns("a", "b", "60"), owns("x", "b", "10")], [listing("x")])
    assert found.answer == "not_restricted"
    assert ("a", "ownership_cycle") in codes(found)


def test_unknown_right_names_the_edge() -> None:
    with pytest.raises(BadInput, match="neither shares nor votes"):
        ask([owns("x", "a", "60", right="golden")], [listing("x")])


def test_unknown_entity(case: Reader) -> None:
    with pytest.raises(NotFound):
        restricted(Dossiers(case), "nobody", "EU", day_of("2026-01-01"))


@pytest.mark.parametrize(
    ("name", "regime", "as_of", "expected"),
    [
        ("belavia", "US-OFAC", "2023-08-08", "not_restricted"),
        ("belavia", "US-OFAC", "2023-08-09", "restricted"),
        ("belavia", "US-OFAC", "2025-11-03", "restricted"),
        ("belavia", "US-OFAC", "2025-11-04", "not_restricted"),
        ("belavia", "EU", "2025-11-04", "restricted"),
        ("atran", "US-OFAC", "2023-06-01", "unknown"),
    ],
)
def test_curated_case(case: Reader, name: str, regime: Regime, as_of: str, expected: str) -> None:
    found = restricted(Dossiers(case), name, regime, day_of(as_of))
    assert found.answer == expected
    assert all(party.person_basis for party in found.parties if party.kind == "Person")
