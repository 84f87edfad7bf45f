"""Files that cannot be answered, and rules that cannot be read: file, place, reason and remedy."""

import json
from pathlib import Path
from typing import Any

import pytest
import yaml

from graph.dates import day_of
from graph.exc import BadInput
from graph.law.ownership import decide, load_rules, read_questions
from graph.settings import data_root
from tests.graph.law.made import question

RULES = data_root() / "regimes" / "ownership.yml"
PLAIN: dict[str, Any] = {
    "id": "q",
    "regime": "US-OFAC",
    "as_of": "2026-06-01",
    "listed": [{"id": "X", "lists": ["US-SDN"]}],
    "edges": [{"owner": "X", "owned": "A", "pct": "50"}],
}


def written(folder: Path, content: Any) -> Path:
    path = folder / "question.json"
    text = content if isinstance(content, str) else json.dumps(content)
    path.write_text(text, encoding="utf-8")
    return path


@pytest.mark.parametrize(
    "content",
    [PLAIN, [PLAIN], {"vectors": [PLAIN]}, {"questions": [PLAIN]}, {"meta": 1, "vectors": [PLAIN]}],
)
def test_one_question_or_many(tmp_path: Path, content: Any) -> None:
    (asked,) = read_questions(written(tmp_path, content))
    assert decide(asked).status == {"A": "restricted"}


def test_null_in_a_fact_says_nothing(tmp_path: Path) -> None:
    blank = {"from": None, "to": None, "pct_min": None, "right": None}
    edges = [{"owner": "X", "owned": "A", "pct": "50"} | blank]
    listed = [{"id": "X", "lists": ["US-SDN"], "program": None, "to": None}]
    (asked,) = read_questions(written(tmp_path, PLAIN | {"edges": edges, "listed": listed}))
    assert decide(asked).status == {"A": "restricted"}


def test_no_questions_no_answers(tmp_path: Path) -> None:
    assert read_questions(written(tmp_path, [])) == ()


def with_edge(**fields: Any) -> dict[str, Any]:
    return PLAIN | {"edges": [{"owner": "X", "owned": "A"} | fields]}


BAD = {
    "not JSON": ("{", "is no JSON"),
    "NaN": ('{"id": NaN}', "is no JSON"),
    "bytes": ('{"id": "\\ud800"}', "is no JSON"),
    "deep": ("[" * 100_000, "is no JSON"),
    "a number": (3, "must be a question"),
    "vectors no list": ({"vectors": 3}, "vectors: must be a list"),
    "a field beside vectors": ({"vectors": [], "extra": 1}, "'extra' is unknown"),
    "no object": ([3], "[0]"),
    "nothing": ({}, "missing required field 'id'"),
    "no regime": ({k: v for k, v in PLAIN.items() if k != "regime"}, "'regime'"),
    "unknown regime": (PLAIN | {"regime": "XX"}, "the regimes are US-OFAC"),
    "unknown field": (PLAIN | {"edgez": []}, "'edgez'"),
    "unknown field of an edge": (
        with_edge(percent="50"),
        ".edges[0]: Object contains unknown field",
    ),
    "unknown list": (
        PLAIN | {"listed": [{"id": "X", "lists": ["US SDN"]}]},
        "listed[0].lists: 'US SDN'",
    ),
    "lists as text": (PLAIN | {"listed": [{"id": "X", "lists": "EU"}]}, "listed[0].lists"),
    "bad day": (PLAIN | {"as_of": "2026-02-30"}, "as_of: '2026-02-30' is no date"),
    "no day": (PLAIN | {"as_of": ""}, "as_of: '' is no date"),
    "bad edge day": (with_edge(pct="50", **{"from": "soon"}), "edges[0].from: 'soon' is no date"),
    "backwards": (with_edge(**{"from": "2025", "to": "2024"}), "edges[0].to: 2024 is before"),
    "number": (with_edge(pct=50.5), 'write a percentage as text, such as "33.33"'),
    "huge number": (PLAIN | {"as_of": 10**400}, "as_of"),
    "huge": (with_edge(pct="1e400"), "edges[0].pct: '1e400' is no percentage"),
    "not a number": (with_edge(pct="NaN"), "edges[0].pct: 'NaN' is no percentage"),
    "infinite": (with_edge(pct="Infinity"), "no percentage"),
    "negative": (with_edge(pct="-5"), "edges[0].pct: '-5' is no percentage"),
    "with a comma": (with_edge(pct="33,3"), "no percentage"),
    "with a sign": (with_edge(pct="50%"), "no percentage"),
    "other digits": (with_edge(pct="٥٠"), "no percentage"),
    "empty": (with_edge(pct=""), "no percentage"),
    "endless": (with_edge(pct="5" * 10**6), "no percentage"),
    "endless name": (with_edge(owner="x" * 10**6), "edges[0].owner is longer than 1000"),
    "no name": (with_edge(owner=""), "edges[0].owner is empty"),
    "turned band": (with_edge(pct_min="60", pct_max="40"), "contradict"),
    "outside its band": (with_edge(pct="50", pct_max="40"), "contradict"),
    "unknown right": (with_edge(right="options"), ".edges[0].right"),
    "twice": ([PLAIN, PLAIN], "the id 'q' stands twice"),
    "null": (PLAIN | {"edges": None}, ".edges"),
}


@pytest.mark.parametrize("name", BAD)
def test_bad_questions_are_one_plain_sentence(tmp_path: Path, name: str) -> None:
    content, expected = BAD[name]
    path = written(tmp_path, content)
    with pytest.raises(BadInput) as caught:
        read_questions(path)
    message = str(caught.value)
    assert message.startswith(str(path))
    assert expected in message
    assert "\n" not in message
    assert len(message) < len(str(path)) + 400


def test_missing_file_and_folder(tmp_path: Path) -> None:
    for path in (tmp_path / "none.json", tmp_path):
        with pytest.raises(BadInput, match="cannot be read"):
            read_questions(path)


# --- rules ----------------------------------------------------------------------------------------


def edited(folder: Path, **changes: Any) -> Path:
    """The rules of the project, with some keys of OWN-US-1 changed; None takes a key away."""
    content = yaml.load(RULES.read_text(encoding="utf-8"), Loader=yaml.BaseLoader)
    rule = next(r for r in content["rules"] if r["id"] == "OWN-US-1")
    for key, value in changes.items():
        rule.pop(key, None)
        if value is not None:
            rule[key] = value
    path = folder / "ownership.yml"
    path.write_text(yaml.safe_dump(content), encoding="utf-8")
    return path


def test_every_row_of_the_research_is_a_rule_with_its_source() -> None:
    book = load_rules()
    assert len(book.rules) == 15
    assert all(r.url.startswith("https://") and r.published and r.last_reviewed for r in book.rules)


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"threshold": "fifty"}, "OWN-US-1: threshold: 'fifty' is no percentage"),
        ({"threshold": "5e1"}, "OWN-US-1: threshold"),
        ({"threshold": "0"}, "OWN-US-1: threshold: 0 must be above 0"),
        ({"threshold": "101"}, "OWN-US-1: threshold: 101 must be above 0 and at most 100"),
        ({"threshold": None}, "OWN-US-1: Object missing required field `threshold`"),
        ({"comparison": "=>"}, "OWN-US-1: comparison: Invalid enum value '=>'"),
        ({"comparison": ""}, "OWN-US-1: comparison: must be given"),
        ({"aggregate": "yes"}, "OWN-US-1: aggregate: Invalid enum value"),
        ({"cascade": "maybe"}, "OWN-US-1: cascade"),
        ({"control": None}, "OWN-US-1: Object missing required field `control`"),
        ({"status": "alive"}, "OWN-US-1: status"),
        ({"regime": "US"}, "OWN-US-1: regime"),
        ({"role": "rule"}, "OWN-US-1: role: Invalid value 'rule'"),
        ({"extra": "1"}, "OWN-US-1: Object contains unknown field `extra`"),
        ({"valid_from": "2014"}, "OWN-US-1: valid_from: '2014' must be a day"),
        ({"valid_from": "2014-02-30"}, "OWN-US-1: valid_from"),
        ({"valid_to": "2014-01-01"}, "OWN-US-1: valid_to: 2014-01-01 is not after"),
        ({"valid_from": "2014-08-12"}, "OWN-US-1: valid_from: 2014-08-12 overlaps OWN-US-0"),
        ({"last_reviewed": ""}, "OWN-US-1: last_reviewed"),
        ({"url": "ftp://x"}, "OWN-US-1: url"),
        ({"lists": ["US-XXX"]}, "OWN-US-1: lists: 'US-XXX' is none of"),
        ({"lists": "US-SDN"}, "OWN-US-1: lists"),
        ({"id": "OWN-US-0"}, "OWN-US-0: id: must be given, and once only"),
    ],
)
def test_malformed_rule_is_refused(tmp_path: Path, changes: dict[str, Any], reason: str) -> None:
    path = edited(tmp_path, **changes)
    with pytest.raises(BadInput) as caught:
        load_rules(path)
    assert str(caught.value).startswith(f"{path}: {reason}")


@pytest.mark.parametrize(
    "text",
    [
        "",
        "- a\n- b",
        "rules: []",
        "a: [",
        "settings: {}\nlists: {}\nrules: 3",
        "a: 1\na: 2",
        "\x00",
    ],
)
def test_files_that_are_no_rules(tmp_path: Path, text: str) -> None:
    path = tmp_path / "ownership.yml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(BadInput, match=r"ownership\.yml"):
        load_rules(path)


def test_changing_one_value_changes_the_answer(tmp_path: Path) -> None:
    asked = question("X 30 A, A 60 B, Y 10 A", listed="X Y")
    assert decide(asked).status == {"A": "not_restricted", "B": "not_restricted"}
    lower = decide(asked, load_rules(edited(tmp_path, threshold="40")))
    assert lower.status == {"A": "restricted", "B": "restricted"}
    more = decide(asked, load_rules(edited(tmp_path, threshold="40", comparison=">")))
    assert more.status == {"A": "not_restricted", "B": "not_restricted"}
    single = decide(asked, load_rules(edited(tmp_path, threshold="40", aggregate="single")))
    assert single.status == {"A": "not_restricted", "B": "not_restricted"}
    open_ = decide(asked, load_rules(edited(tmp_path, threshold="40", aggregate="debatable")))
    assert open_.status == {"A": "unknown", "B": "unknown"}
    flat = decide(asked, load_rules(edited(tmp_path, threshold="40", cascade="false")))
    assert flat.status == {"A": "restricted", "B": "not_restricted"}
    off = decide(asked, load_rules(edited(tmp_path, threshold="40", status="suspended")))
    assert off.status == {"A": "not_restricted", "B": "not_restricted"}
    ended = decide(asked, load_rules(edited(tmp_path, threshold="40", valid_to="2026-06-01")))
    assert ended.status == {"A": "unknown", "B": "unknown"}


def test_no_two_threshold_rules_of_a_regime_hold_on_one_day() -> None:
    book = load_rules()
    for day in range(day_of("2000-01-01"), day_of("2028-01-01"), 7):
        for regime in ("US-OFAC", "EU", "UK", "CH", "CA", "BIS-AFF"):
            mains = [r for r in book.on(regime, day) if hasattr(r, "aggregate")]
            assert len(mains) <= 1
