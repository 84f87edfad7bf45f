"""Every question of docs/neo4j-queries.md, asked of the curated case in a real server."""

import re
from pathlib import Path
from typing import Any

import pytest

from graph.store.sync import sync
from tests.neo4j_server.place import Place

PAGE = Path(__file__).resolve().parent.parent / "docs" / "neo4j-queries.md"
QUESTIONS = dict(
    re.findall(
        r"^### ([^\n]+)\n(?:(?!```).)*?```cypher\n(.*?)```",
        PAGE.read_text(encoding="utf-8"),
        re.DOTALL | re.MULTILINE,
    )
)

pytestmark = pytest.mark.neo4j


def test_every_question_of_the_page_finds_what_the_case_holds(
    case_path: Path, neo4j: Place
) -> None:
    sync(str(case_path), neo4j.uri)
    with neo4j.driver() as driver:
        answers = {
            title: [
                row.data() for row in driver.execute_query(query, database_=neo4j.database).records
            ]
            for title, query in QUESTIONS.items()
        }
    assert PAGE.read_text(encoding="utf-8").count("```cypher") == len(answers) == 5
    supplied, chains, shipments, denials, measures = answers.values()
    _suppliers_of_2023(supplied)
    _chains_in_date_order(chains)
    assert {"party": "MIC P&I, LLC", "shipments": ["S006", "S007", "S008"]}.items() <= next(
        row for row in shipments if row["party"] == "MIC P&I, LLC"
    ).items()
    assert all(len(row["shipments"]) > 1 for row in shipments)
    _denials(denials)
    _measures_upon_neighbours(measures)


def _suppliers_of_2023(rows: list[dict[str, Any]]) -> None:
    pairs = {(row["seller"], row["carrier"]) for row in rows}
    assert ("Intermodal Maldives", "JSC Smartavia Airlines") in pairs
    assert all(row["sources"] and all("://" in said for said in row["sources"]) for row in rows)
    assert all(row["start"] < "2024" and (row["end"] or row["start"]) >= "2023" for row in rows)
    (contested,) = (row for row in rows if row["seller"] == "Cargoline")
    assert contested["certainty"] == ["contested"]
    assert any("no-re-export clause" in said for said in contested["denials"])


def _chains_in_date_order(rows: list[dict[str, Any]]) -> None:
    chains = {tuple(row["parties"]): row for row in rows}
    known = chains["MIC P&I, LLC", "Intermodal Maldives", "JSC Smartavia Airlines"]
    assert set(known["shipments"]) == {"S006"}
    assert all(len(chain) == len(set(chain)) for chain in chains)
    assert [len(chain) for chain in chains] == sorted(len(chain) for chain in chains)


def _denials(rows: list[dict[str, Any]]) -> None:
    assert len(rows) == 45
    assert {"not accused", "denies", "disputes", "explains"} >= {row["stance"] for row in rows}
    assert any(row["who"] == "Griffon" and "SUPPLIES" in row["of"] for row in rows)


def _measures_upon_neighbours(rows: list[dict[str, Any]]) -> None:
    found = {(row["regime"], row["layer"]) for row in rows if row["how"] == "itself"}
    assert ("US", "EAR") in found
    near = {(row["party"], *row["how"]) for row in rows if row["how"] != "itself"}
    assert ("Limited Liability Company Aviakompaniya Pobeda", "OWNS") in near
    assert all(row["since"].removeprefix("on the list of ") <= "2024-06-01" for row in rows)
