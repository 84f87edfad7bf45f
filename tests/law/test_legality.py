"""Order of force inside a layer, the two clocks, ties, coverage, ownership."""

from collections.abc import Iterator

import msgspec
import pytest

from graph.dates import day_of, parse
from graph.law.parties import Parties
from graph.law.question import Asked, Asker
from graph.law.regimes import Law
from graph.law.schema import Authorisation, Prohibition
from graph.law.transaction import Party, Transaction
from graph.law.within import assess_within
from graph.model import Claim, Measure, Source
from graph.store import Reader
from graph.verdicts import WORST_FIRST, LayerVerdict, Verdict
from tests.graphs import MemoryReader, edge, entity
from tests.law.conftest import Judge, layers, part
from tests.law.test_golden import CASES, GOLDEN

DATES = (
    *("2022-02-20", "2022-03-02", "2022-07-01", "2023-08-20", "2023-09-08", "2024-12"),
    *("2025-01-15", "2025-09-11", "2025-09-12", "2025-11-05", "2026-06-01"),
)


@pytest.fixture(scope="module")
def grid(asker: Asker) -> list[Asked]:
    """Every question of the tables, and a part and a flight on many dates."""
    rows = [{"question": row["question"]} for row in (*CASES, *GOLDEN)]
    rows += [{"question": part(date)} for date in DATES]
    rows += [{"question": part(date, regime=None, end_use="")} for date in DATES]
    return list(asker.file(rows))


def worse_or_equal(after: Verdict, before: Verdict) -> bool:
    old, new = layers(before), layers(after)
    return all(WORST_FIRST.index(new[name]) <= WORST_FIRST.index(old[name]) for name in old)


def authorisations(law: Law) -> Iterator[str]:
    return (rule.id for _, rule in law.rules() if isinstance(rule, Authorisation))


def test_taking_an_authorisation_away_makes_no_layer_better(
    ask: Judge, law: Law, grid: list[Asked]
) -> None:
    before = [ask(question) for question in grid]
    for name in authorisations(law):
        fewer = law.without(name)
        for question, old in zip(grid, before, strict=True):
            assert worse_or_equal(ask(question, fewer), old), (name, question)


def test_one_prohibition_more_makes_no_layer_better(
    ask: Judge, law: Law, grid: list[Asked]
) -> None:
    before = [ask(question) for question in grid]
    for regime, file in law.regimes.items():
        for layer in file.layers:
            more = law.with_rule(regime, prohibition(layer))
            for question, old in zip(grid, before, strict=True):
                assert worse_or_equal(ask(question, more), old), (layer, question)


def prohibition(layer: str) -> Prohibition:
    return Prohibition(
        id="test-everything",
        layer=layer,
        title="test rule",
        text="test",
        url="https://example.org",
        status="in_force",
        confidence="high",
        last_reviewed="2026-11-22",
        start="2022-01-01",
    )


def test_taking_a_carve_out_away_and_putting_it_back_is_the_identity(ask: Judge, law: Law) -> None:
    onward = part("2025-10-15", destination="RU")
    assert layers(ask(onward))["EAR"] == "prohibited"
    lifted = ask(onward, law.without("us-bis-letter-excluded"))
    assert layers(lifted)["EAR"] == "unknown"  # lifted, but Russia is not covered
    assert ask(onward, law.without()) == ask(onward)


def test_a_listing_can_be_taken_away_by_its_id(ask: Judge, law: Law) -> None:
    assert layers(ask(part("2025-01-15")))["OFAC"] == "prohibited"
    unlisted = law.without("belavia-ofac-sdn-imposed-2023-08-09")
    assert layers(ask(part("2025-01-15"), unlisted))["OFAC"] == "permitted"


def test_nothing_is_lawful_outside_coverage(ask: Judge, law: Law, grid: list[Asked]) -> None:
    bare = msgspec.structs.replace(law, coverage=())
    for question in grid:
        assert not {"permitted", "licensed"} & set(layers(ask(question, bare)).values())


def test_silence_is_unknown_where_coverage_ends(ask: Judge) -> None:
    assert layers(ask(part("2026-03-31")))["OFAC"] == "permitted"
    late = ask(part("2026-04-01"))
    assert layers(late)["OFAC"] == "unknown"
    assert any("not looked for" in text for layer in late.layers for text in layer.missing)


def test_knowledge_of_the_law_has_its_own_clock(ask: Judge) -> None:
    """The letter took effect on the 12th and was reported on the 17th."""
    day = part("2025-09-12")
    assert layers(ask(day | {"known_at": "2025-09-16"}))["EAR"] == "prohibited"
    assert layers(ask(day | {"known_at": "2025-09-17"}))["EAR"] == "licensed"


def test_an_end_that_came_later_was_not_known(ask: Judge) -> None:
    delisted = part("2025-11-05")
    assert layers(ask(delisted))["OFAC"] == "permitted"
    assert layers(ask(delisted | {"known_at": "2025-10-31"}))["OFAC"] == "licensed"


def test_a_month_is_unknown_unless_its_days_agree(ask: Judge) -> None:
    september = ask(part("2025-09"))
    (ear,) = (layer for layer in september.layers if layer.layer == "EAR")
    assert ear.verdict == "unknown"
    assert ear.missing[0].startswith("the day of the hand-over: prohibited, then")
    assert layers(ask(part("2025-10")))["EAR"] == "licensed"


def test_last_day_of_a_licence_that_was_not_checked_is_unknown(ask: Judge) -> None:
    for date, expected in (
        ("2023-09-07", "licensed"),
        ("2023-09-08", "unknown"),
        ("2023-09-09", "prohibited"),
    ):
        assert layers(ask(part(date, end_use="flight safety")))["OFAC"] == expected


def test_an_order_is_unknown_once_its_term_has_run_without_a_known_renewal(ask: Judge) -> None:
    """Smartavia: 180 days from May 2023; Aeroflot: renewed again and again up to 2026."""
    goods = {"hs6": "401213", "eccn": "EAR99", "subject_to_ear": True}
    for buyer, date, expected in (
        ("Smartavia", "2023-08-01", "prohibited"),
        ("Smartavia", "2023-12-10", "unknown"),
        ("Aeroflot", "2024-05-01", "prohibited"),
    ):
        asked = part(date, buyer=buyer, destination="RU", goods=goods)
        assert layers(ask(asked))["EAR"] == expected, (buyer, date)


def test_party_first_seen_on_a_list_is_unknown_before(ask: Judge) -> None:
    asked = part("2025-01-15", buyer="cargoline", destination="KG")
    assert layers(ask(asked))["OFAC"] == "unknown"
    assert layers(ask(asked | {"date": "2025-07-01"}))["OFAC"] == "prohibited"


def test_regime_without_a_tie_is_not_asked_and_the_tie_is_named(ask: Judge) -> None:
    verdict = ask(part("2025-01-15", regime=None))
    assert {layer.regime for layer in verdict.layers} == {"US"}
    assert verdict.nexus == (
        "US: goods subject to the EAR",
        "US: the seller is established in or a national of United States",
    )
    goods = {"hs6": "880730", "eccn": None, "subject_to_ear": False}
    none = ask(part("2025-01-15", regime=None, seller="Turkish trader", goods=goods))
    assert (none.layers, none.verdict) == ((), "unknown")


def test_measure_upon_a_class_reaches_its_members_and_nobody_else(ask: Judge) -> None:
    """The EU closed its airspace to all Belarusian carriers; Rada is named in no such measure."""
    goods = {"hs6": "880240", "eccn": "9A991.b", "subject_to_ear": True}
    for carrier, expected in (("rada-airlines", "prohibited"), ("turkish-technic", "unknown")):
        flight = part(
            "2025-05-01",
            regime="EU",
            activity="flight",
            seller=carrier,
            buyer=carrier,
            destination="DE",
            goods=goods,
        )
        verdict = ask(flight)
        assert layers(verdict)["airspace"] == expected
        assert verdict.nexus == ("EU: it goes to Germany",)


@pytest.mark.parametrize(
    ("aircraft", "measures", "missing"),
    [
        ("ew-001pa", {"us-ofac-gl12"}, "whether EW-001PA was on a list"),
        ("ew-465tq", set(), "whether EW-465TQ was on a list"),
    ],
)
def test_licence_for_named_aircraft_is_for_them_only(
    law: Law, case: Reader, aircraft: str, measures: set[str], missing: str
) -> None:
    """GL 12 lifts the blocking of EW-001PA; beyond that, lists were not looked through for it."""
    asked = Transaction(
        seller=Party(country="US"),
        buyer=Party(id="belavia", country="BY"),
        activity="finance",
        goods=None,
        aircraft=aircraft,
    )
    verdict = assess_within(asked, "US", parse("2025-12-01"), law=law, parties=Parties(case))
    (ofac,) = (layer for layer in verdict.layers if layer.layer == "OFAC")
    assert ofac.verdict == "unknown"
    assert measures <= set(ofac.measures)
    assert ofac.missing[0].startswith(missing)
    fewer = assess_within(
        *(asked, "US", parse("2025-12-01")), law=law.without("us-ofac-gl12"), parties=Parties(case)
    )
    assert layers(fewer)["OFAC"] == ("prohibited" if measures else "unknown")


def test_unknown_us_content_of_foreign_goods_leaves_the_answer_open(ask: Judge) -> None:
    goods = {"hs6": "880730", "eccn": "9A991.d", "subject_to_ear": None}
    verdict = ask(part("2022-07-01", seller="Turkish trader", goods=goods))
    assert layers(verdict)["EAR"] == "unknown"
    assert any("subject to the EAR" in t for layer in verdict.layers for t in layer.missing)


def test_an_unplaced_party_keeps_the_whole_answer_open(ask: Judge) -> None:
    verdict = ask(part("2022-03-01", regime=None, seller="a trader"))
    assert verdict.verdict == "unknown"
    assert "where the seller is established" in verdict.missing


def made_up(share: str, on: tuple[str, str, str] = ("US", "OFAC", "OFAC SDN")) -> MemoryReader:
    """A parent on a list, and its subsidiary that is on none."""
    source = Source(id="s", published="2023-01-01")
    listing = Measure(
        id="test-listing",
        entity="parent",
        regime=on[0],
        layer=on[1],
        kind="listing",
        programme=on[2],
        text="E.O. 14038",
        action="imposed",
        start="2023-01-01",
        claims=(Claim(id="c", source="s"),),
    )
    owns = edge("owns", "parent", "child", "2020..", source_id="s")
    return MemoryReader(
        [entity("parent", country="BY"), entity("child", country="BY")],
        [msgspec.structs.replace(owns, share=share)],
        [source],
        [listing],
    )


def payment_to_child(
    law: Law, share: str, regime: str = "US", known_at: str = "", day: str = "2024-01-01"
) -> LayerVerdict:
    asked = Transaction(
        seller=Party(country="US"),
        buyer=Party(id="child", country="BY"),
        activity="finance",
        goods=None,
    )
    verdict = assess_within(
        asked,
        regime,
        parse(day),
        known_at=day_of(known_at) if known_at else None,
        law=law,
        parties=Parties(made_up(share)),
    )
    return next(layer for layer in verdict.layers if layer.layer == "OFAC")


@pytest.mark.parametrize("share", ["50", "75.5", "100"])
def test_unlisted_subsidiary_of_a_listed_parent_is_reached_by_the_rule_of_ownership(
    law: Law, share: str
) -> None:
    ofac = payment_to_child(law, share)
    assert ofac.verdict == "prohibited"
    assert ofac.measures == ("us-ofac-blocking", "OWN-US-1", "test-listing")


def test_subsidiary_below_the_threshold_is_left_to_coverage(law: Law) -> None:
    ofac = payment_to_child(law, "49.99")
    assert ofac.verdict == "unknown"
    assert "not looked for" in ofac.missing[0]


def test_subsidiary_of_an_unknown_share_is_unknown_and_says_so(law: Law) -> None:
    ofac = payment_to_child(law, "")
    assert ofac.verdict == "unknown"
    assert ofac.missing[0].startswith("what share of Test child is held by listed persons: between")


def test_owners_are_asked_about_their_own_day_knowledge_and_without_what_is_taken_away(
    law: Law,
) -> None:
    assert payment_to_child(law, "60", day="2022-12-31").verdict == "unknown"
    assert payment_to_child(law, "60", known_at="2022-12-31").verdict == "unknown"
    assert payment_to_child(law.without("test-listing"), "60").verdict == "unknown"


@pytest.mark.parametrize(
    ("known_at", "expected"),
    [("", "prohibited"), ("2026-03-11", "unknown"), ("2026-03-12", "prohibited")],
)
def test_ruling_on_exactly_half_reaches_back_once_it_is_known(
    law: Law, known_at: str, expected: str
) -> None:
    """C-84/24 of 12 March 2026: a holding of 50 per cent is presumed to be control."""
    verdict = assess_within(
        Transaction(seller=Party(country="IE"), buyer=Party(id="child", country="BY")),
        "EU",
        parse("2023-06-01"),
        known_at=day_of(known_at) if known_at else None,
        law=law,
        parties=Parties(made_up("50", ("EU", "asset freeze", "EU 765/2006"))),
    )
    assert layers(verdict)["asset_freeze"] == expected


def test_every_rule_of_the_case_is_a_measure_of_the_store(case: Reader, law: Law) -> None:
    stored = {measure.id.partition(":")[0]: measure for measure in case.measures()}
    for regime, rule in law.rules():
        for part_of in (rule, *getattr(rule, "carve_outs", ())):
            if part_of.upon:
                measure = stored[part_of.id]
                assert (measure.regime, measure.start, measure.url) == (
                    *(regime, part_of.start),
                    part_of.url,
                )
