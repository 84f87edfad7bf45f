"""Every command answers from a Neo4j server as it does from a file, byte for byte."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner

import cli

pytestmark = pytest.mark.neo4j

ENDS = ("--from", "western-suppliers", "--to", "russian-carriers", "--via", "belavia")
COMMANDS = (
    ("sources",),
    *(
        ("search", text, "--limit", "50")
        for text in ("belavia", "белавиа", "bleavia", "air", "737")
    ),
    *(
        ("search", text)
        for text in ("EW-455PA", "zhukovski", "utair aviation", "x", "S7 engineering")
    ),
    ("show", "belavia", "--as-of", "2025-10-15"),
    ("show", "smartavia", "--as-of", "2024-01-01"),
    ("routes", *ENDS, "--as-of", "2025-10-15"),
    ("routes", *ENDS, "--as-of", "2024-06-01", "--known-at", "2024-06-01", "--no-fold"),
    ("restricted", "belavia", "--regime", "EU", "--as-of", "2024-06-01"),
    ("relief", "us-bis-letter,US-OFAC-GL11"),
)


def printed(store: str, *command: str) -> str:
    name, *rest = command
    result = CliRunner().invoke(cli.main, [name, "--store", store, *rest, "--format", "json"])
    assert result.exit_code == 0, result.output
    return result.stdout


def test_answers_are_those_of_a_file(case_uri: str, case_path: Path) -> None:
    for command in COMMANDS:
        assert printed(case_uri, *command) == printed(str(case_path), *command), command


@pytest.mark.parametrize("to_format", ["tables", "graphml", "json"])
def test_exports_are_those_of_a_file(
    case_uri: str, case_path: Path, tmp_path: Path, to_format: str
) -> None:
    places = {}
    for name, store in (("neo4j", case_uri), ("sqlite", str(case_path))):
        place = tmp_path / name / "graph"
        place.parent.mkdir()
        printed(store, "export", "--what", "graph", "--to-format", to_format, "--out", str(place))
        places[name] = place
    assert dict(files(places["neo4j"])) == dict(files(places["sqlite"]))


def files(place: Path) -> Iterator[tuple[str, bytes]]:
    for file in [place] if place.is_file() else sorted(place.rglob("*")):
        if file.is_file():
            yield str(file.relative_to(place)), file.read_bytes()
