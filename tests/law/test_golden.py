"""The published cases and the golden questions, layer by layer."""

import json
from pathlib import Path
from typing import Any

import msgspec
import pytest

from graph.law.question import Asker
from tests.law.conftest import Judge, layers

HERE = Path(__file__).parent
CASES: list[dict[str, Any]] = json.loads((HERE / "legal_cases.json").read_text("utf-8"))["cases"]
GOLDEN: list[dict[str, Any]] = json.loads((HERE / "golden.json").read_text("utf-8"))["questions"]


@pytest.mark.parametrize("row", CASES, ids=lambda row: row["id"])
def test_published_case(ask: Judge, row: dict[str, Any]) -> None:
    """Words, layers and reasons are in legal_cases.json; debatable layers are not asserted."""
    verdict = ask(row["question"])
    found = layers(verdict)
    for layer, expected in row["layers"].items():
        if layer not in row.get("debatable_layers", ()):
            assert found[layer] == expected, (layer, verdict)
    assert verdict.verdict == row["expected"]
    assert verdict.nexus


@pytest.mark.parametrize("row", CASES, ids=lambda row: row["id"])
def test_words_of_a_case_were_read_as_the_transaction_beside_them(
    asker: Asker, row: dict[str, Any]
) -> None:
    (asked,) = asker.file(row)
    assert msgspec.json.decode(msgspec.json.encode(asked.transaction)) == row["transaction"]


@pytest.mark.parametrize("row", GOLDEN, ids=lambda row: f"{row['id']} {row['text']}")
def test_golden_question(ask: Judge, row: dict[str, Any]) -> None:
    verdict = ask(row["question"])
    found = layers(verdict)
    for layer, expected in row["layers"].items():
        assert found[layer] == expected, (layer, verdict)
    assert verdict.verdict == row["verdict"]
    used = {measure for layer in verdict.layers for measure in layer.measures}
    assert set(row.get("used", ())) <= used
    readings = {reading.reading for layer in verdict.layers for reading in layer.readings}
    assert set(row.get("readings", ())) <= readings


def test_transit_is_not_asked_where_the_route_keeps_out(ask: Judge) -> None:
    (row,) = (row for row in GOLDEN if row["id"] == "TR-3")
    assert "transit" not in layers(ask(row["question"]))


def test_readings_that_differ_are_both_named_and_say_what_they_reach(ask: Judge) -> None:
    (row,) = (row for row in GOLDEN if row["id"] == "OUT-1")
    (ear,) = (layer for layer in ask(row["question"]).layers if layer.layer == "EAR")
    assert {r.reading: r.reaches for r in ear.readings} == {"wider": True, "narrower": False}
    assert any("which reading of the text is right" in text for text in ear.missing)
    assert all(reading.url and reading.who for reading in ear.readings)
