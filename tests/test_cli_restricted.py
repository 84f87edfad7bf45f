"""`loophole restricted`: the JSON of the machine contract, a table, a CSV, and plain sentences."""

import csv
import io
import itertools
import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

import cli
from tests.hostile import CORPUS

VECTORS = Path(__file__).parent / "graph" / "law" / "ownership_vectors.json"
BELAVIA = ("belavia", "--regime", "US-OFAC", "--as-of", "2025-06-01")


def call(*args: str) -> Result:
    return CliRunner().invoke(cli.main, ["restricted", *args])


def value(*args: str) -> Any:
    result = call(*args, "--format", "json")
    assert result.exit_code == 0, result.output
    return json.loads(result.stdout)


def refused(*args: str) -> str:
    result = call(*args)
    assert result.exit_code == 2
    assert result.stdout == ""
    assert result.stderr.startswith("loophole: ")
    assert result.stderr.count("\n") == 1
    return result.stderr


def test_one_entity_in_json(case_path: Path) -> None:
    found = value(*BELAVIA, "--store", str(case_path))
    assert {"entity", "regime", "as_of", "answer", "proof", "warnings"} <= found.keys()
    assert (found["entity"], found["regime"], found["as_of"], found["answer"]) == (
        *("belavia", "US-OFAC", "2025-06-01", "restricted"),
    )
    atran = value("atran", "--regime", "US-OFAC", "--as-of", "2022-05", "--store", str(case_path))
    assert atran["answer"] == "unknown"
    assert atran["evidence"][0]["claims"][0]["url"].startswith("https://")


def test_file_of_vectors_in_json() -> None:
    found = value("--file", str(VECTORS))
    vectors = json.loads(VECTORS.read_text(encoding="utf-8"))["vectors"]
    assert [answer["id"] for answer in found["answers"]] == [vector["id"] for vector in vectors]
    answer = found["answers"][0]
    assert answer["status"] == {"A": "restricted", "B": "restricted"}
    assert {"owner", "owned", "stake", "rule"} <= answer["proof"][0].keys()
    assert all("warnings" in answer for answer in found["answers"])


def test_same_question_same_bytes() -> None:
    once, again = (call("--file", str(VECTORS), "--format", "json").stdout_bytes for _ in range(2))
    assert once == again


def test_tables_say_why_and_what_not_restricted_means(case_path: Path) -> None:
    one = call(*BELAVIA, "--store", str(case_path)).stdout
    assert "Belavia Belarusian Airlines (belavia), US-OFAC, as of 2025-06-01: restricted" in one
    many = call("--file", str(VECTORS)).stdout
    assert "because X (listed) holds 50 of the shares of A [OWN-US-1, 2014-08-13]" in many
    assert "Debatable: " in many
    for text in (one, many):
        assert "on the facts and listings given" in text
        assert "Not legal advice" in text


def test_a_person_keeps_the_reason_for_being_here(case_path: Path) -> None:
    text = call("mic-pi", "--regime", "EU", "--as-of", "2024", "--store", str(case_path)).stdout
    assert "Why Oleg Sergeyevich Patsulya is here: " in text


def test_csv_is_a_row_an_entity(case_path: Path) -> None:
    rows = list(csv.DictReader(io.StringIO(call("--file", str(VECTORS), "--format", "csv").stdout)))
    assert {row["status"] for row in rows} == {"restricted", "not_restricted", "unknown"}
    assert sum(bool(row["debatable"]) for row in rows) == 4
    one = call(*BELAVIA, "--store", str(case_path), "--format", "csv").stdout
    assert next(csv.DictReader(io.StringIO(one)))["status"] == "restricted"


def test_law_known_at_is_the_second_clock(tmp_path: Path, case_path: Path) -> None:
    late = value(*BELAVIA, "--store", str(case_path), "--law-known-at", "2024-01-01")
    assert late["law_known_at"] == "2024-01-01"


@pytest.mark.parametrize(
    ("args", "expected"),
    [
        ((), "nothing is asked"),
        (("belavia",), "--regime is missing"),
        (("belavia", "--regime", "XX"), "--regime 'XX' is none of US-OFAC, EU"),
        (("nobody", "--regime", "EU"), "nobody"),
        (("belavia", "--regime", "EU", "--as-of", "soon"), "'soon' is no date"),
        (("belavia", "--regime", "EU", "--law-known-at", "x"), "'x' is no date"),
        (("belavia", "--file", "x.json"), "ID does not go with --file"),
        (("--regime", "EU", "--file", "x.json"), "--regime does not go with --file"),
        (("--file", "no-such-file.json"), "cannot be read"),
    ],
)
def test_mistakes_are_one_plain_sentence(
    case_path: Path, args: tuple[str, ...], expected: str
) -> None:
    assert expected in refused(*args, "--store", str(case_path))


def test_hostile_names_do_not_act(tmp_path: Path) -> None:
    names = [f"{n} {name}" for n, name in enumerate(CORPUS)]
    edges = [
        {"owner": one, "owned": other, "pct": "60"} for one, other in itertools.pairwise(names)
    ]
    path = tmp_path / "hostile.json"
    asked = {"id": names[4], "regime": "EU", "as_of": "2026", "edges": edges}
    path.write_text(json.dumps(asked | {"listed": [{"id": names[0], "lists": ["EU"]}]}), "utf-8")
    assert set(value("--file", str(path))["answers"][0]["status"].values()) == {"restricted"}
    assert "\u202e" not in call("--file", str(path)).stdout
    rows = csv.reader(io.StringIO(call("--file", str(path), "--format", "csv").stdout))
    assert not [cell for row in rows for cell in row if cell.startswith("=")]
