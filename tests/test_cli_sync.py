"""`loophole sync`: the report, the same answers on both sides, and plain sentences."""

from pathlib import Path

import pytest

from tests.neo4j_server.place import Place
from tests.test_cli import BELAVIA, call, value


def test_store_that_was_brought_in_line_gives_the_same_answers(
    case_path: Path, tmp_path: Path
) -> None:
    there = tmp_path / "there.db"
    looked = value(case_path, "sync", "--to", str(there), "--dry-run")
    assert not there.exists()
    assert looked.keys() == {"from", "to", "dry_run", "datasets", "revision"}
    (planned,) = looked["datasets"]
    assert (planned["dataset"], planned["state"], planned["conflict"]) == ("belavia", "new", "")
    assert planned["added"] == planned["records"] > 2000
    found = value(there, "sync", "--from", str(case_path))
    assert found["datasets"] == looked["datasets"]
    assert (found["dry_run"], found["revision"]) == (False, 1)
    asked = [*BELAVIA, "--format", "json"]
    assert call(there, *asked).stdout_bytes == call(case_path, *asked).stdout_bytes
    assert call(there, "sources").stdout == call(case_path, "sources").stdout


@pytest.mark.neo4j
def test_case_on_a_neo4j_server_gives_the_same_answers_as_the_file(
    case_path: Path, neo4j: Place
) -> None:
    found = value(case_path, "sync", "--to", neo4j.uri)
    assert [each["state"] for each in found["datasets"]] == ["new"]
    for asked in (BELAVIA, ["show", "belavia", "--as-of", "2025-10-15"], ["sources"]):
        there = call(neo4j.uri, *asked, "--format", "json")
        assert there.exit_code == 0, there.output
        assert there.stdout_bytes == call(case_path, *asked, "--format", "json").stdout_bytes
    again = value(case_path, "sync", "--to", neo4j.uri)
    assert [each["state"] for each in again["datasets"]] == ["unchanged"]


def test_sync_in_a_table_says_what_would_change(case_path: Path, tmp_path: Path) -> None:
    result = call(case_path, "sync", "--to", str(tmp_path / "there.db"), "--dry-run")
    heading, line, last = result.stdout.splitlines()
    assert heading.split()[-3:] == ["removed", "records", "conflict"]
    assert line.split()[:2] == ["belavia", "new"]
    assert last.endswith("nothing was written")
    done = call(case_path, "sync", "--to", str(tmp_path / "there.db"))
    assert done.stdout.splitlines()[-1].endswith("revision 1")
    assert done.stderr.startswith("belavia: ")


@pytest.mark.parametrize(
    ("args", "said"),
    [
        ([], "name one other store"),
        (["--to", "a.db", "--from", "b.db"], "name one other store"),
        (["--from", "nowhere.db"], "there is no store at nowhere.db"),
        (["--to", "ftp://x"], "no store answers to ftp"),
    ],
)
def test_sync_that_cannot_be_done_is_told_in_a_sentence(
    case_path: Path, args: list[str], said: str
) -> None:
    result = call(case_path, "sync", *args)
    assert (result.exit_code, result.stdout) == (2, "")
    assert said in result.stderr
    assert "Traceback" not in result.stderr
