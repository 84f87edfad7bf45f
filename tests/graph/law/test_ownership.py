"""The rules, each by the smallest graph that shows it. X and Y are listed, P is not."""

import msgspec
import pytest

from graph.law.ownership import decide
from graph.law.ownership.question import Arrangement, Control, Listed, Stake
from tests.graph.law.made import ask, codes, question, stakes


@pytest.mark.parametrize(
    ("regime", "as_of", "edges", "expected"),
    [
        ("US-OFAC", "2014-08-12", "X 25 A, Y 25 A", "A not_restricted"),
        ("US-OFAC", "2014-08-13", "X 25 A, Y 25 A", "A restricted"),
        ("US-OFAC", "2008-02-14", "X 50 A", "A restricted"),
        ("US-OFAC", "2008-02-13", "X 50 A", "A unknown"),
        ("EU", "2024-07-02", "X 25 A, Y 25 A", "A not_restricted"),
        ("EU", "2024-07-03", "X 25 A, Y 25 A", "A restricted"),
        ("EU", "2024-07-02", "X 25 A, Y 25.01 A", "A restricted"),
        ("UK", "2026-06-01", "X 30 A, Y 30 A", "A not_restricted"),
        ("UK", "2026-06-01", "X 50.0001 A", "A restricted"),
        ("UK", "2020-12-30", "X 100 A", "A unknown"),
        ("CH", "2026-06-01", "X 25 A, Y 25 A", "A not_restricted"),
        ("CH", "2026-06-01", "X 25 A, Y 25.5 A", "A restricted"),
        ("CA", "2026-06-01", "X 50 A", "A restricted"),
        ("CA", "2026-06-01", "X 25 A, Y 25 A", "A unknown"),
        ("BIS-AFF", "2025-09-28", "X 100 A", "A not_restricted"),
        ("BIS-AFF", "2025-09-29", "X 50 A", "A restricted"),
        ("BIS-AFF", "2025-11-09", "X 50 A", "A restricted"),
        ("BIS-AFF", "2025-11-10", "X 50 A", "A not_restricted"),
        ("BIS-AFF", "2026-11-09", "X 50 A", "A not_restricted"),
        ("BIS-AFF", "2026-11-10", "X 50 A", "A unknown"),
        ("BIS-AFF", "2026-11-10", "P 50 A", "A unknown"),
    ],
)
def test_regimes_and_dates(regime: str, as_of: str, edges: str, expected: str) -> None:
    assert ask(edges, regime, as_of, listed="X Y") == expected  # type: ignore[arg-type]


def test_percentages_are_never_multiplied() -> None:
    assert ask("X 60 A, A 60 B, P 40 B, B 60 C") == "A restricted, B restricted, C restricted"
    assert ask("X 49 A, A 100 B, X 25 B") == "A not_restricted, B not_restricted"


def test_decimals_are_exact() -> None:
    third = "33.333333333333333333333333333333"
    assert ask(f"X {third} A, X 16.666666666666666666666666666667 A") == "A restricted"
    assert ask(f"X {third} A, X 16.666666666666666666666666666666 A") == "A not_restricted"
    assert ask("X 0.1 A, X 0.2 A, X 49.7 A") == "A restricted"
    assert ask("X 49.99999999999999999999999999999999999999 A") == "A not_restricted"
    answer = decide(question("X 50.000000000000000000000000000000000001 A", "UK"))
    assert answer.proof[0].stake == "50.000000000000000000000000000000000001"


def test_control_counts_where_the_rule_says_so_and_cascades() -> None:
    edges = "P 100 A, A 60 B"
    for regime in ("EU", "UK", "CH", "CA"):
        assert ask(edges, regime, control="X A") == "A restricted, B restricted"
    answer = decide(question(edges, control="X A"))
    assert answer.status == {"A": "not_restricted", "B": "not_restricted"}
    assert ("A", "controlled_by_listed") in codes(answer)


def test_an_office_is_no_control() -> None:
    office = Control(controller="X", controlled="A", office=True)
    asked = msgspec.structs.replace(question("P 100 A", "EU"), control=(office,))
    assert decide(asked).status == {"A": "not_restricted"}
    assert ("A", "directed_by_listed") in codes(decide(asked))


def test_votes_restrict_only_where_they_count() -> None:
    votes = (*stakes("P 100 A"), Stake(owner="X", owned="A", pct="60", right="votes"))
    assert ask(votes, "UK") == "A restricted"
    assert ask(votes, "US-OFAC") == "A not_restricted"
    assert ("A", "votes_not_counted") in codes(decide(question(votes)))
    mixed = (*stakes("X 30 A"), Stake(owner="X", owned="A", pct="30", right="votes"))
    assert ask(mixed, "UK") == "A not_restricted"


def test_uk_adds_holdings_of_one_person_through_several_companies() -> None:
    edges = "X 60 A, X 60 B, A 30 C, B 30 C"
    assert ask(edges, "UK") == "A restricted, B restricted, C restricted"
    answer = decide(question(edges, "UK", listed="X Y"))
    assert {step.person for step in answer.proof} == {"X"}


def test_joint_arrangement_counts_the_holding_of_a_holder_who_is_not_listed() -> None:
    joint = [Arrangement(company="A", holders=("X", "P"))]
    answer = decide(question("X 30 A, P 25 A, P 60 B", "UK", joint=joint))
    assert answer.status == {"A": "restricted", "B": "not_restricted"}
    assert [(s.owner, s.stake, s.joint, s.rule) for s in answer.proof] == [
        ("P", "25", True, "OWN-UK-2"),
        ("X", "30", True, "OWN-UK-2"),
    ]
    assert ask("P 60 A, Q 30 A", "UK", joint=[Arrangement(company="A", holders=("P", "Q"))]) == (
        "A not_restricted"
    )
    other = decide(question("X 30 A, P 25 A", "CH", joint=joint))
    assert ("A", "joint_arrangement_not_counted") in codes(other)


def test_exactly_half_before_july_2024_by_both_clocks() -> None:
    edges, as_of = "X 50 A, A 60 B", "2023-06-01"
    guidance = decide(question(edges, "EU", as_of))
    assert guidance.status == {"A": "not_restricted", "B": "not_restricted"}
    assert ("A", "presumption_not_applied") in codes(guidance)
    for after in ({"eu_case_law": True}, {"law_known_at": "2026-03-12"}):
        court = decide(question(edges, "EU", as_of, **after))
        assert court.status == {"A": "restricted", "B": "restricted"}
        assert court.rebuttable == ("A", "B")
        assert [(s.owned, s.kind, s.rule) for s in court.proof] == [
            ("A", "presumption", "OWN-EU-3"),
            ("B", "shares", "OWN-EU-1"),
        ]
    before = decide(question(edges, "EU", as_of, law_known_at="2026-03-11"))
    assert before.status == guidance.status


def test_presumption_is_about_one_holder() -> None:
    two = question("X 25 A, Y 25 A", "EU", "2023-06-01", listed="X Y", eu_case_law=True)
    assert decide(two).status == {"A": "not_restricted"}
    parcels = question("X 25 A, X 25 A", "EU", "2023-06-01", eu_case_law=True)
    assert decide(parcels).status == {"A": "restricted"}


@pytest.mark.parametrize(
    ("edges", "expected", "bounds"),
    [
        ("X ? A", "unknown", ("0", "100")),
        ("X ? A, P 50 A", "unknown", ("0", "50")),
        ("X ? A, P 50.01 A", "not_restricted", ("0", "49.99")),
        ("X ? A, Y ? A, P 60 A", "not_restricted", ("0", "40")),
        ("X ? A, Y ? A, P 40 A", "unknown", ("0", "60")),
        ("X 30 A, Y ? A, P 40 A", "unknown", ("30", "60")),
        ("X 30 A, Y ? A, P 60 A", "not_restricted", ("30", "40")),
        ("X 10-49.9 A", "not_restricted", ("10", "49.9")),
        ("X 10-50 A", "unknown", ("10", "50")),
        ("X 50-75 A", "restricted", ("50", "75")),
        ("X 20-30 A, Y 20-30 A", "unknown", ("40", "60")),
        ("X 20-30 A, Y 20-30 A, P 51 A", "not_restricted", ("40", "49")),
        ("X 50 A, P 70 A", "restricted", ("50", "50")),
        ("X 40 A, P 70 A, Y ? A", "not_restricted", ("40", "40")),
    ],
)
def test_bounds_of_unknown_stakes(edges: str, expected: str, bounds: tuple[str, str]) -> None:
    answer = decide(question(edges, listed="X Y"))
    assert answer.status["A"] == expected
    assert (answer.bounds["A"].at_least, answer.bounds["A"].at_most) == bounds


def test_unknown_flows_down_and_a_known_path_beats_it() -> None:
    assert ask("X ? A, A 80 B, B 50 C, P 50 C") == "A unknown, B unknown, C unknown"
    assert ask("X ? A, A 80 B, X 50 B") == "A unknown, B restricted"


def test_circles() -> None:
    answer = decide(question("X 10 A, B 60 A, A 60 B, P 30 A, P 40 B"))
    assert answer.status == {"A": "not_restricted", "B": "not_restricted"}
    assert {("A", "greatest_fixpoint_would_restrict"), ("B", "ownership_cycle")} <= codes(answer)
    assert ("A", "cycle_all_outside_equity_listed") not in codes(answer)
    fed = decide(question("X 50 A, B 50 A, A 100 B"))
    assert fed.status == {"A": "restricted", "B": "restricted"}
    alone = decide(question("A 100 B, B 100 A, X 10 C"))
    assert not {c for _, c in codes(alone)} & {"greatest_fixpoint_would_restrict"}


def test_listed_entities_are_not_asked_about() -> None:
    answer = decide(question("X 10 Y, Y 50 A", listed="X Y"))
    assert answer.status == {"A": "restricted"}
    assert answer.listed == ("X", "Y")


def test_a_month_of_doubt_is_a_bound() -> None:
    until = Stake(owner="X", owned="A", pct="60", end="2025-03")
    assert ask([until], as_of="2025-03-15") == "A unknown"
    assert ask([until], as_of="2025-02-28") == "A restricted"
    assert ask([until], as_of="2025-04-01") == "A not_restricted"
    after = Stake(owner="X", owned="A", pct="55", start="2025-03")
    assert ask([until, after], as_of="2025-03-15") == "A restricted"
    less = [msgspec.structs.replace(until, pct="30"), msgspec.structs.replace(after, pct="40")]
    assert ask(less, as_of="2025-03-15") == "A not_restricted"


def test_contested_stakes_only_bound() -> None:
    contested = Stake(owner="X", owned="A", pct="60", contested=True)
    answer = decide(question([contested]))
    assert answer.status == {"A": "unknown"}
    assert ("A", "stake_contested") in codes(answer)


def test_doubtful_listings_only_bound() -> None:
    perhaps = Listed(id="X", lists=("US-SDN",), perhaps=True)
    asked = msgspec.structs.replace(question("X 60 A, Y 60 X"), listed=(perhaps,))
    answer = decide(asked)
    assert answer.status == {"A": "unknown", "X": "unknown"}
    assert ("X", "listing_uncertain") in codes(answer)
    month = Listed(id="X", lists=("US-SDN",), start="2025-03")
    asked = msgspec.structs.replace(question("X 60 A", as_of="2025-03-10"), listed=(month,))
    assert decide(asked).status == {"A": "unknown"}


def test_unverified_rule_says_what_its_text_would_do() -> None:
    answer = decide(question("X 60 A, P 60 B", "BIS-AFF", "2026-12-01"))
    texts = {w.entity: w.text for w in answer.warnings if w.code == "rule_period_unverified"}
    assert texts["A"].endswith("by its text: restricted")
    assert texts["B"].endswith("by its text: not restricted")


def test_no_rule_recorded_is_unknown_and_says_so() -> None:
    answer = decide(question("X 100 A", "CA", "2023-06-21"))
    assert answer.status == {"A": "unknown"}
    assert ("", "no_rule_recorded") in codes(answer)


def test_a_long_chain_is_no_recursion() -> None:
    edges = [Stake(owner=f"c{n}", owned=f"c{n + 1}", pct="50") for n in range(5000)]
    circle = Stake(owner="c5000", owned="c1", pct="50")
    answer = decide(question([*edges, circle], listed="c0"))
    assert set(answer.status.values()) == {"restricted"}
