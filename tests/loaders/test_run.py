"""The runner: one name is one data set, and none takes the place of another unasked."""

from pathlib import Path

import pytest

from graph.exc import BadInput
from graph.store import open_store
from loaders import run


def tables(folder: Path, entity: str) -> Path:
    """A folder of plain tables with one entity."""
    folder.mkdir(parents=True)
    (folder / "entities.csv").write_text(
        f"id,kind,name\n{entity},Company,Test {entity}\n", encoding="utf-8"
    )
    return folder


def ids(uri: str) -> list[str]:
    reader = open_store(uri)
    try:
        return [entity.id for entity in reader.entities()]
    finally:
        reader.close()


@pytest.fixture
def uri(tmp_path: Path) -> str:
    return str(tmp_path / "store.db")


def test_folder_named_like_the_case_does_not_replace_it(tmp_path: Path, uri: str) -> None:
    mine = tables(tmp_path / "x" / run.CASE, "mine")
    with pytest.raises(BadInput, match=r"is kept for the case .* rename the folder"):
        run.load(uri, mine)
    run.load(uri, run.case_folder())
    held = ids(uri)
    with pytest.raises(BadInput, match="holds another data set named 'belavia'"):
        run.load(uri, mine)
    assert ids(uri) == held


def test_another_folder_of_the_same_name_replaces_only_when_told(tmp_path: Path, uri: str) -> None:
    run.load(uri, tables(tmp_path / "one" / "tables", "first"))
    other = tables(tmp_path / "two" / "tables", "second")
    with pytest.raises(BadInput, match="holds another data set named 'tables'"):
        run.load(uri, other)
    assert ids(uri) == ["first"]
    assert run.load(uri, other, replace=True).changed
    assert ids(uri) == ["second"]


def test_same_folder_is_loaded_again_without_asking(tmp_path: Path, uri: str) -> None:
    folder = tables(tmp_path / "tables", "first")
    run.load(uri, folder)
    (folder / "entities.csv").write_text("id,kind,name\nnext,Company,Test\n", encoding="utf-8")
    assert run.load(uri, folder).revision == 2
    assert ids(uri) == ["next"]


def test_moved_folder_that_did_not_change_changes_nothing(tmp_path: Path, uri: str) -> None:
    folder = tables(tmp_path / "one" / "tables", "first")
    run.load(uri, folder)
    moved = folder.rename(tmp_path / "tables")
    assert run.load(uri, moved).changed is False


def test_what_was_put_in_the_place_of_the_case_stays(tmp_path: Path, uri: str) -> None:
    run.load(uri, tables(tmp_path / "x" / run.CASE, "mine"), replace=True)
    assert run.ensure_case(uri) is None
    assert ids(uri) == ["mine"]
