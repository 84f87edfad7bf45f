"""The vectors of `ownership_vectors.json`, each with its source; no test asserts a debatable one."""

import json
from pathlib import Path
from typing import Any

import pytest

from graph.law.ownership import Question, decide, read_questions

FILE = Path(__file__).parent / "ownership_vectors.json"
VECTORS: dict[str, dict[str, Any]] = {
    vector["id"]: vector for vector in json.loads(FILE.read_text(encoding="utf-8"))["vectors"]
}
QUESTIONS = {question.id: question for question in read_questions(FILE)}
SETTLED = [i for i, vector in VECTORS.items() if vector["confidence"] != "debatable"]
# One proposed name has a figure in it; the figure stands in the text of ours.
RENAMED = {"aggregate_listed_ownership_100": "aggregate_listed_ownership"}


def test_there_are_42_and_three_are_debatable() -> None:
    assert len(VECTORS) == len(QUESTIONS) == 42
    assert sorted(VECTORS.keys() - SETTLED) == ["OWN-11", "OWN-15", "OWN-53"]
    assert all(vector["source_url"].startswith("https://") for vector in VECTORS.values())


@pytest.mark.parametrize("name", SETTLED)
def test_vector(name: str) -> None:
    vector, answer = VECTORS[name], decide(QUESTIONS[name])
    assert answer.status == vector["expected"]
    assert answer.debatable is None
    if "rebuttable" in vector:
        assert list(answer.rebuttable) == vector["rebuttable"]


@pytest.mark.parametrize("name", [i for i in SETTLED if "flags" in VECTORS[i]])
def test_proposed_flags_are_raised(name: str) -> None:
    raised = {(warn.entity, warn.code) for warn in decide(QUESTIONS[name]).warnings}
    wanted = {
        (entity, RENAMED.get(flag, flag))
        for entity, flags in VECTORS[name]["flags"].items()
        for flag in flags
    }
    assert wanted <= raised


@pytest.mark.parametrize("name", sorted(VECTORS.keys() - SETTLED))
def test_debatable_vectors_are_reported_as_such_with_the_other_reading(name: str) -> None:
    answer = decide(QUESTIONS[name])
    assert answer.debatable == VECTORS[name]["debate"]
    assert answer.warnings


@pytest.mark.parametrize("name", SETTLED)
def test_every_restriction_has_a_proof_that_starts_from_listed_persons(name: str) -> None:
    answer = decide(QUESTIONS[name])
    proved = set(answer.listed)
    for step in answer.proof:
        assert step.joint or step.owner in proved or step.owner in {s.owned for s in answer.proof}
        assert step.listed == (step.owner in answer.listed)
        assert step.rule in {rule.id for rule in answer.rules}
        proved.add(step.owned)
    restricted = {entity for entity, status in answer.status.items() if status == "restricted"}
    assert restricted == {step.owned for step in answer.proof if step.owned in answer.status}


def test_answers_say_what_not_restricted_means() -> None:
    assert "on the facts and listings given" in decide(QUESTIONS["OWN-01"]).note


def test_questions_read_nothing_of_what_vectors_expect() -> None:
    assert not {"expected", "flags", "derivation"} & set(Question.__struct_fields__)
