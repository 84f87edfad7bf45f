"""A store that cannot be used is told in one sentence, and left as it is."""

import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
import textwrap
import traceback
from collections.abc import Callable
from pathlib import Path

import msgspec
import pytest

from graph.exc import BadInput, NotFound, SchemaError, StoreError
from graph.model import Entity
from graph.store import Load, open_store, open_writer, sqlite_checked

LOAD = Load(dataset="test", loader="test", digest="d1")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    made = tmp_path / "store.db"
    with open_writer(str(made)) as writer:
        writer.write(LOAD, [Entity(id="test-one", kind="Company", name="Test One")])
    return made


def change(path: Path, statement: str) -> None:
    connection = sqlite3.connect(path)
    connection.execute(statement)
    connection.commit()
    connection.close()


def test_missing_store_says_how_to_make_one(tmp_path: Path) -> None:
    with pytest.raises(NotFound, match=r"there is no store at .* make one with `loophole load`"):
        open_store(str(tmp_path / "absent.db"))
    assert not list(tmp_path.iterdir())


def test_store_whose_making_was_cut_short_is_made_again(tmp_path: Path) -> None:
    path = tmp_path / "store.db"
    path.touch()
    with pytest.raises(NotFound, match=r"is empty: fill it with `loophole load`"):
        open_store(str(path))
    with open_writer(str(path)) as writer:
        assert writer.write(LOAD, []).revision == 1
    assert open_store(str(path)).revision == 1


def test_killed_making_of_a_store_leaves_a_file_that_can_be_loaded(tmp_path: Path) -> None:
    program = textwrap.dedent(
        """
        import os, signal, sys
        from graph.store import open_writer, sqlite_file

        sqlite_file.TABLES += "SELECT cut_short()"
        connect = sqlite_file.sqlite3.connect

        def connected(*args, **options):
            made = connect(*args, **options)
            made.create_function("cut_short", 0, lambda: os.kill(os.getpid(), signal.SIGKILL))
            return made

        sqlite_file.sqlite3.connect = connected
        open_writer(sys.argv[1])
        """
    )
    path = tmp_path / "store.db"
    done = subprocess.run([sys.executable, "-c", program, str(path)], check=False, timeout=60)
    assert done.returncode == -signal.SIGKILL
    assert path.exists()
    with open_writer(str(path)) as writer:
        assert writer.write(LOAD, []).revision == 1


def test_folder_is_no_store(tmp_path: Path) -> None:
    with pytest.raises(NotFound):
        open_store(str(tmp_path))
    with pytest.raises(StoreError, match="cannot be written"):
        open_writer(str(tmp_path))


@pytest.mark.parametrize("content", [b"this is a text file, not a database " * 50, b"\x00" * 4096])
def test_other_file_is_no_store_and_is_left_alone(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "other.db"
    path.write_bytes(content)
    for opened in (open_store, open_writer):
        with pytest.raises(StoreError):
            opened(str(path))
    assert path.read_bytes() == content


def test_damaged_store_is_told(path: Path) -> None:
    content = path.read_bytes()
    path.write_bytes(content[: len(content) // 2])
    with pytest.raises(StoreError, match="restore a copy"):
        open_store(str(path))


def test_large_file_is_read_whole_once_and_again_when_it_changed(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sqlite_checked, "LEAST_BYTES", 0)
    open_store(str(path)).close()
    (noted,) = (path.parent / "store.db.views").iterdir()
    first = noted.read_bytes()
    open_store(str(path)).close()
    assert noted.read_bytes() == first
    with open_writer(str(path)) as writer:
        writer.write(msgspec.structs.replace(LOAD, digest="d2"), [])
    open_store(str(path)).close()
    assert noted.read_bytes() != first
    content = path.read_bytes()
    path.write_bytes(content[: len(content) // 2])
    with pytest.raises(StoreError, match="restore a copy"):
        open_store(str(path))


@pytest.mark.parametrize("content", [b"", b"[1]", b"{", b'"x"'])
def test_note_that_cannot_be_read_is_made_again(
    path: Path, monkeypatch: pytest.MonkeyPatch, content: bytes
) -> None:
    monkeypatch.setattr(sqlite_checked, "LEAST_BYTES", 0)
    open_store(str(path)).close()
    (noted,) = (path.parent / "store.db.views").iterdir()
    first = noted.read_bytes()
    noted.write_bytes(content)
    open_store(str(path)).close()
    assert noted.read_bytes() == first


@pytest.mark.parametrize(
    "statement",
    [
        "DROP TABLE reading",
        "DROP TABLE meta",
        "DELETE FROM meta",
        "UPDATE entity SET properties = '{'",
        "UPDATE entity SET kind = 'Compaxy'",
        "UPDATE entity SET aliases = '[1]'",
        "UPDATE entity SET name = CAST(x'ff' AS TEXT)",
    ],
)
def test_damage_inside_is_told(path: Path, statement: str) -> None:
    change(path, statement)
    with pytest.raises(StoreError, match="restore a copy"):
        list(open_store(str(path)).entities())


def test_database_of_another_program_is_no_store(tmp_path: Path) -> None:
    path = tmp_path / "notes.db"
    change(path, "CREATE TABLE note (text TEXT)")
    with pytest.raises(StoreError, match="is not a store of this program"):
        open_store(str(path))
    with pytest.raises(StoreError, match="is not a store of this program"):
        open_writer(str(path))


@pytest.mark.parametrize("version", [0, 1, 99])
def test_other_schema_is_told_and_left_alone(path: Path, version: int) -> None:
    change(path, f"PRAGMA user_version = {version}")
    before = path.read_bytes()
    for opened in (open_store, open_writer):
        with pytest.raises(SchemaError, match=f"has schema {version}, this program reads schema 2"):
            opened(str(path))
    assert path.read_bytes() == before


def test_place_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(StoreError, match="cannot be written"):
        open_writer(str(tmp_path / "file" / "store.db"))


@pytest.mark.skipif(os.name != "posix", reason="permissions of this kind are POSIX")
def test_read_only_folder_can_be_read_and_not_written(path: Path) -> None:
    """Run by somebody else, since permissions do not bind the owner of everything."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        shutil.copy(path, folder / "store.db")
        (folder / "store.db").chmod(0o444)
        folder.chmod(0o555)
        try:
            assert as_nobody(lambda: _read_and_fail_to_write(folder / "store.db")) == 0
        finally:
            folder.chmod(0o700)


def _read_and_fail_to_write(path: Path) -> None:
    assert open_store(str(path)).entity("test-one").name == "Test One"
    with pytest.raises(StoreError, match="cannot be written"), open_writer(str(path)) as writer:
        writer.write(msgspec.structs.replace(LOAD, digest="d2"), [])
    with pytest.raises(StoreError, match="cannot be written"):
        open_writer(str(path.parent / "new.db"))
    assert [p.name for p in path.parent.iterdir()] == ["store.db"]


def as_nobody(check: Callable[[], None]) -> int:
    """Run a check in a child process without rights; returns its exit code."""
    child = os.fork()
    if child:
        return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    try:
        if os.geteuid() == 0:
            os.setuid(65534)
        check()
    except BaseException:
        traceback.print_exc()
        os._exit(1)
    os._exit(0)


def test_scheme_no_store_answers_to(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="no store answers to oracle://"):
        open_store("oracle://somewhere")


def test_killed_load_leaves_the_old_revision_whole(path: Path) -> None:
    """SIGKILL in the middle of a transaction that has written thousands of rows."""
    program = textwrap.dedent(
        """
        import os, signal, sys
        from graph.model import Entity
        from graph.store import Load, open_writer

        def records():
            for number in range(5000):
                yield Entity(id=f"test-{number}", kind="Company", name=f"Test {number}")

        writer = open_writer(sys.argv[1])
        import graph.store.sqlite_writer as module

        def killed(self, entities):
            os.kill(os.getpid(), signal.SIGKILL)

        module._Transaction._names = killed
        writer.write(Load(dataset="test", loader="test", digest="d2"), records())
        """
    )
    done = subprocess.run([sys.executable, "-c", program, str(path)], check=False, timeout=60)
    assert done.returncode == -signal.SIGKILL
    reader = open_store(str(path))
    assert reader.revision == 1
    assert [e.id for e in reader.entities()] == ["test-one"]
    reader.close()
    with open_writer(str(path)) as writer:
        again = writer.write(Load(dataset="test", loader="test", digest="d3"), [])
    assert again.revision == 2
