"""Properties of every answer, and agreement with a solver written differently."""

import msgspec
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks.ownership import made_up_question
from benchmarks.ownership_peer import statuses
from graph.law.ownership import Question, decide
from graph.law.ownership.question import Control, Listed, Stake
from graph.law.ownership.rules import Regime
from tests.graph.law.made import LISTS

NAMES = st.sampled_from("abcdefgh")
FIGURES = st.sampled_from(
    [
        "0",
        "5",
        "10",
        "12.5",
        "20",
        "24.99",
        "25",
        "25.01",
        "30",
        "49.99",
        "50",
        "50.00",
        "50.01",
        "51",
    ]
)
REGIMES: st.SearchStrategy[Regime] = st.sampled_from(["US-OFAC", "EU", "UK", "CH"])


@st.composite
def questions(draw: st.DrawFn, unknown: bool = True) -> Question:
    """Small graphs with circles, parcels, control and a few unknown stakes."""
    regime = draw(REGIMES)
    figure = FIGURES if not unknown else st.one_of(FIGURES, FIGURES, FIGURES, st.none())
    stake = st.builds(lambda o, t, p: Stake(owner=o, owned=t, pct=p), NAMES, NAMES, figure)
    fact = st.builds(lambda o, t: Control(controller=o, controlled=t), NAMES, NAMES)
    edges = draw(st.lists(stake, max_size=12))
    blank = [edge for edge in edges if edge.pct is None][:5]
    listed = draw(st.sets(NAMES, max_size=3))
    return Question(
        id="test",
        regime=regime,
        as_of="2026-06-01",
        listed=tuple(Listed(id=name, lists=(LISTS[regime],)) for name in sorted(listed)),
        edges=(*(edge for edge in edges if edge.pct is not None), *blank),
        control=tuple(draw(st.lists(fact, max_size=2))),
    )


def replaced(question: Question, **changes: object) -> Question:
    return msgspec.structs.replace(question, **changes)


@settings(max_examples=400, deadline=None)
@given(questions())
def test_agrees_with_brute_force_over_all_worlds(question: Question) -> None:
    assert decide(question).status == statuses(question)


def test_agrees_with_brute_force_on_larger_graphs() -> None:
    for seed in range(4):
        for regime in ("US-OFAC", "UK"):
            question = made_up_question(400, seed, regime, chain=40)
            assert decide(question).status == statuses(question)


@settings(max_examples=150, deadline=None)
@given(questions(), st.randoms(use_true_random=False))
def test_order_of_facts_changes_nothing(question: Question, random: object) -> None:
    parts = {name: list(getattr(question, name)) for name in ("listed", "edges", "control")}
    for part in parts.values():
        random.shuffle(part)  # type: ignore[attr-defined]
    other = replaced(question, **{name: tuple(part) for name, part in parts.items()})
    assert decide(other) == decide(question)


@settings(max_examples=150, deadline=None)
@given(questions(), NAMES)
def test_one_more_listed_owner_never_removes_a_restriction(question: Question, name: str) -> None:
    more = Listed(id=name, lists=(LISTS[question.regime],))
    before = decide(question).status
    after = decide(replaced(question, listed=(*question.listed, more))).status
    rank = {"not_restricted": 0, "unknown": 1, "restricted": 2}
    assert all(rank[after[entity]] >= rank[before[entity]] for entity in after)


@settings(max_examples=150, deadline=None)
@given(questions(), NAMES, NAMES, FIGURES)
def test_one_more_stake_of_a_listed_person_never_removes_a_restriction(
    question: Question, owner: str, owned: str, pct: str
) -> None:
    before = decide(question).status
    stake = Stake(owner=owner, owned=owned, pct=pct)
    after = decide(replaced(question, edges=(*question.edges, stake))).status
    assert all(after[e] == "restricted" for e, s in before.items() if s == "restricted")


@settings(max_examples=150, deadline=None)
@given(questions())
def test_scaling_a_stake_in_writing_changes_nothing(question: Question) -> None:
    """Trailing zeros, and a stake split into parcels that add up to it, are the same stake."""
    zeros = tuple(
        msgspec.structs.replace(e, pct=f"{e.pct}{'' if '.' in e.pct else '.'}000")
        if e.pct is not None
        else e
        for e in question.edges
    )
    assert decide(replaced(question, edges=zeros)).status == decide(question).status
    parcels = []
    for edge in question.edges:
        if edge.pct is None or float(edge.pct) < 5:
            parcels.append(edge)
        else:
            whole, _, rest = edge.pct.partition(".")
            for part in ("4.5", f"{int(whole) - 5}.5{'0' * len(rest)}", f"0.{rest or '0'}"):
                parcels.append(msgspec.structs.replace(edge, pct=part))
    assert decide(replaced(question, edges=tuple(parcels))).status == decide(question).status


@settings(max_examples=150, deadline=None)
@given(questions(), st.integers(2, 5))
def test_names_do_not_matter(question: Question, times: int) -> None:
    """The same graph several times over, under other names, has the same statuses each time."""

    def renamed(record: msgspec.Struct, n: int) -> msgspec.Struct:
        keys = ("id", "owner", "owned", "controller", "controlled")
        found = {k: f"{getattr(record, k)}{n}" for k in keys if hasattr(record, k)}
        return msgspec.structs.replace(record, **found)

    parts = {
        name: tuple(renamed(r, n) for n in range(times) for r in getattr(question, name))
        for name in ("listed", "edges", "control")
    }
    once = decide(question).status
    assert decide(replaced(question, **parts)).status == {
        f"{entity}{n}": status for entity, status in once.items() for n in range(times)
    }


@settings(max_examples=150, deadline=None)
@given(questions())
def test_intervals_are_half_open(question: Question) -> None:
    """Facts dated around the day are those of the same question without dates, or gone."""

    def dated(start: str, end: str) -> Question:
        edges = (msgspec.structs.replace(e, start=start, end=end) for e in question.edges)
        return replaced(question, edges=tuple(edges), control=())

    plain = decide(replaced(question, control=())).status
    assert decide(dated("2026-06-01", "2026-06-02")).status == plain
    for start, end in (("2026-06-02", ""), ("", "2026-06-01")):
        assert set(decide(dated(start, end)).status.values()) <= {"not_restricted"}


@settings(max_examples=150, deadline=None)
@given(questions())
def test_a_figure_for_an_unknown_stake_never_contradicts_the_answer(question: Question) -> None:
    before = decide(question).status
    known: dict[str, float] = {}
    for edge in question.edges:
        known[edge.owned] = known.get(edge.owned, 0) + float(edge.pct or 0)
    blank = next((e for e in question.edges if e.pct is None), None)
    if blank is None:
        return
    for pct in ("0", str(max(0.0, 100 - known[blank.owned]))):
        edges = tuple(
            msgspec.structs.replace(e, pct=pct) if e is blank else e for e in question.edges
        )
        after = decide(replaced(question, edges=edges)).status
        assert all(after[e] == s for e, s in before.items() if s != "unknown")


@settings(max_examples=150, deadline=None)
@given(questions(unknown=False))
def test_proof_alone_restricts_the_same_entities(question: Question) -> None:
    answer = decide(question)
    assert "unknown" not in answer.status.values()
    kept = {(s.owner, s.owned, s.kind) for s in answer.proof}
    edges = tuple(e for e in question.edges if (e.owner, e.owned, "shares") in kept)
    control = tuple(c for c in question.control if (c.controller, c.controlled, "control") in kept)
    again = decide(replaced(question, edges=edges, control=control)).status
    restricted = {e for e, s in answer.status.items() if s == "restricted"}
    assert {e for e, s in again.items() if s == "restricted"} == restricted
