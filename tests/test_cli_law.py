"""The terminal: `assess` and `relief`."""

import csv
import io
import json
from pathlib import Path

import pytest

from tests.test_cli import call, value


def test_assess_prints_verdict_nexus_and_layers(case_path: Path) -> None:
    asked = ("--goods", "8807.30", "--from", "boeing", "--to", "belavia", "--on", "2025-01-15")
    found = value(case_path, "assess", *asked)
    assert found["verdict"] == "prohibited"
    assert found["nexus"] == [
        "US: goods subject to the EAR",
        "US: the seller is established in or a national of United States",
    ]
    ear, ofac = found["layers"]
    assert (ear["regime"], ear["layer"], ofac["layer"]) == ("US", "EAR", "OFAC")
    assert {"us-ear-744-8", "us-ear-by-2022-03-02"} <= set(ear["measures"])
    assert {"regime", "layer", "verdict", "measures", "missing", "readings"} <= ear.keys()
    assert {cited["id"] for cited in found["cited"]} == {*ear["measures"], *ofac["measures"]}
    assert all(cited["url"].startswith("http") for cited in found["cited"])
    assert found["note"] == "Not legal advice."


def test_assess_answers_a_file_of_questions(case_path: Path) -> None:
    cases = Path(__file__).parent / "law" / "legal_cases.json"
    found = value(case_path, "assess", "--file", str(cases))["answers"]
    expected = {row["id"]: row["expected"] for row in json.loads(cases.read_bytes())["cases"]}
    assert {answer["id"]: answer["verdict"] for answer in found} == expected


def test_assess_reads_as_a_table_and_as_csv(case_path: Path) -> None:
    asked = ("--from", "IE", "--to", "belavia", "--goods", "8807.30", "--on", "2025-10-01")
    lines = call(case_path, "assess", *asked).stdout.splitlines()
    assert lines[0] == "prohibited"
    assert any(line.startswith("  EU · asset freeze: prohibited") for line in lines)
    assert lines[-1] == "Not legal advice."
    table = call(case_path, "assess", *asked, "--format", "csv").stdout.splitlines()
    assert table[0].startswith("id,verdict,regime,layer,layer_verdict,measures")
    assert len([line for line in table if ",EU," in line]) == 2


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        (("--from", "boeing", "--to", "belavia"), "--on is missing"),
        (("--from", "x-y", "--to", "belavia", "--on", "2025"), "there is no party 'x-y'"),
        (("--from", "US", "--to", "belavia", "--on", "2025-13"), "'2025-13' is no date"),
        (("--from", "US", "--to", "belavia", "--on", "2025", "--goods", "x"), "'x' is neither"),
        (("--from", "US", "--to", "belavia", "--on", "2025", "--regime", "XX"), "no regime 'XX'"),
        (("--from", "US", "--to", "belavia", "--on", "2025", "--via", "Paris"), "'Paris' is no"),
        (("--from", "US", "--to", "belavia", "--on", "2025", "--purpose", "x"), "no rule asks"),
        (("--from", "US", "--to", "belavia", "--on", "2025", "--aircraft", "x"), "no aircraft"),
        (("--file", "nowhere.json"), "nowhere.json cannot be read"),
    ],
)
def test_assess_refuses_bad_input_in_one_sentence(
    case_path: Path, asked: tuple[str, ...], said: str
) -> None:
    result = call(case_path, "assess", *asked)
    assert result.exit_code == 2
    assert said in result.stderr
    assert result.stderr.count("\n") == 1
    assert result.stdout == ""


def test_relief_of_september_2025_in_json(case_path: Path) -> None:
    found = value(case_path, "relief", "us-bis-letter,US-OFAC-GL11")
    assert {"measure", "before", "after", "gained", "lost", "changed", "loopholes"} <= found.keys()
    assert found["measure"] == "us-bis-letter,us-ofac-gl11"
    assert found["before"]["off"] == ["us-bis-letter", "us-ofac-gl11"]
    assert (found["before"]["lawful_first"], found["after"]["off"]) == (0, [])
    hole = found["loopholes"][0]
    assert hole["route"]["entities"] == ["boeing", "belavia", "smartavia"]
    assert hole["unlawful_hop"] == 2
    assert hole["under"][0] == "us-ear-ru-2022-02-24"
    assert hole["route"]["hops"][1]["verdicts"]
    assert "Not legal advice." in found["note"]


def test_relief_reads_as_a_table_and_as_csv(case_path: Path) -> None:
    text = call(
        case_path, "relief", "us-bis-letter", "--from", "boeing", "--to", "smartavia"
    ).stdout
    assert "us-bis-letter: BIS letter to Belavia" in text
    assert "1 loophole by 1 opened prefix." in text
    assert "unlawful at hop 2, Belavia" in text
    assert "! The Boeing Company explains: " in text
    assert "taken for granted: the part is for one of the eight" in text
    rows = list(
        csv.DictReader(
            io.StringIO(call(case_path, "relief", "us-bis-letter", "--format", "csv").stdout)
        )
    )
    assert {row["group"] for row in rows} == {"changed", "loophole"}
    holes = [row for row in rows if row["group"] == "loophole"]
    assert all(row["unlawful_hop"] == "2" and row["texts"] and row["caution"] for row in holes)
    assert "boeing explains" in holes[0]["denials"]


def test_relief_of_a_licence_that_opened_nothing(case_path: Path) -> None:
    text = call(case_path, "relief", "us-ofac-gl11").stdout
    assert "0 gained, 0 lost, 0 changed; 0 loopholes by 0 opened prefixes." in text
    by_day = value(case_path, "relief", "us-ofac-gl11", "--day-before", "--k", "5")
    assert (by_day["before"]["as_of"], by_day["after"]["as_of"]) == ("2025-09-10", "2025-09-11")
    assert by_day["more"]


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (["gl-11"], "there is no measure 'gl-11': close to it are us-ofac-gl11"),
        (["us-bis-letter", "--from", "boeing"], "give both --from and --to"),
        (["us-bis-letter", "--day-before", "--as-of", "2025-10-01"], "--as-of does not go with"),
        (["belavia-ofac-sdn-lifted-2025-11-04"], "ends an order"),
        (["us-bis-letter", "--as-of", "soon"], "'soon' is no date"),
        ([","], "no measure is asked about"),
    ],
)
def test_relief_refuses_in_one_sentence(case_path: Path, args: list[str], said: str) -> None:
    result = call(case_path, "relief", *args)
    assert result.exit_code == 2
    assert said in result.stderr
    assert result.stderr.count("\n") == 1


def test_relief_without_the_case_asks_for_a_question(tmp_path: Path) -> None:
    (tmp_path / "entities.csv").write_text("id,kind,name\na,Company,Test a\n", encoding="utf-8")
    (tmp_path / "edges.csv").write_text("id,source,target,kind\n", encoding="utf-8")
    assert call(str(tmp_path / "own.db"), "load", str(tmp_path)).exit_code == 0
    result = call(str(tmp_path / "own.db"), "relief", "us-bis-letter")
    assert result.exit_code == 2
    assert "the store does not hold the case: say --from and --to" in result.stderr
