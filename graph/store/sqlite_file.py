"""The file of a SQLite store: opening it, telling whether it is one, and saying what is wrong."""

import re
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import quote

import msgspec

from graph.exc import SchemaError, StoreError
from graph.store import sqlite_checked
from graph.store.schema import APPLICATION_ID, TABLES, VERSION

_TABLE_NAMES = frozenset(re.findall(r"CREATE (?:VIRTUAL )?TABLE (\w+)", TABLES))

DAMAGE = (sqlite3.DatabaseError, UnicodeDecodeError, msgspec.MsgspecError)
"""What a damaged file raises; SQLite may quote its bytes in messages that are no text."""


@contextmanager
def readable(path: str) -> Iterator[None]:
    """Whatever is wrong with the file or a cell of it becomes a plain `StoreError`."""
    try:
        yield
    except DAMAGE as error:
        raise unreadable(path, error) from None


def rows(
    connection: sqlite3.Connection, path: str, statement: str, values: Sequence[object] = ()
) -> list[tuple[Any, ...]]:
    """All rows of a query.

    Raises:
        StoreError: the file is damaged where they stand.
    """
    with readable(path):
        return connection.execute(statement, values).fetchall()


def unreadable(path: str, why: object) -> StoreError:
    """What to say of a file that cannot be read."""
    return StoreError(
        f"{path} cannot be read as a store ({why}): restore a copy, or load into a new file"
    )


def open_read_only(path: str) -> sqlite3.Connection:
    """A connection that changes nothing, from any thread.

    Raises:
        StoreError: the file is no database.
    """
    address = f"file:{quote(str(Path(path).resolve()))}?mode=ro"
    try:
        return _opened(address)
    except sqlite3.OperationalError:
        # A folder without write permission has no room for the shared-memory file of the journal.
        with readable(path):
            return _opened(f"{address}&immutable=1")
    except DAMAGE as error:
        raise unreadable(path, error) from None


def is_new(connection: sqlite3.Connection) -> bool:
    """True for a file that holds nothing yet, as when its making was cut short."""
    application = connection.execute("PRAGMA application_id").fetchone()[0]
    tables = connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]
    return bool(application == 0 and tables == 0)


def check(connection: sqlite3.Connection, path: str) -> None:
    """Raise unless the open file is a store of this schema.

    Raises:
        StoreError: the file is damaged or no store of this program.
        SchemaError: it was written by another version of the schema.
    """
    seen = sqlite_checked.mark(path)
    before = sqlite_checked.is_remembered(path, seen)
    with readable(path):
        application = connection.execute("PRAGMA application_id").fetchone()[0]
        version = connection.execute("PRAGMA user_version").fetchone()[0]
        broken = not before and connection.execute("PRAGMA quick_check(1)").fetchone()[0] != "ok"
        names = {name for (name,) in connection.execute("SELECT name FROM sqlite_master")}
    if application != APPLICATION_ID:
        raise StoreError(f"{path} is not a store of this program: choose another file")
    if version != VERSION and not broken:
        raise SchemaError(
            f"{path} has schema {version}, this program reads schema {VERSION}: "
            "load the data again into a new file"
        )
    if broken or not names >= _TABLE_NAMES:
        raise StoreError(f"{path} is damaged: restore a copy, or load into a new file")
    if not before:
        sqlite_checked.remember(path, seen)


def revision(connection: sqlite3.Connection, path: str) -> int:
    """The number of loads that changed something."""
    found = rows(connection, path, "SELECT value FROM meta WHERE key = 'revision'")
    if len(found) != 1 or type(found[0][0]) is not int:
        raise unreadable(path, "its revision is gone")
    return int(found[0][0])


def stamp(connection: sqlite3.Connection, path: str) -> str:
    """What the last load that changed something was marked with; empty where none has been."""
    found = rows(connection, path, "SELECT value FROM meta WHERE key = 'stamp'")
    return f"{found[0][0]}" if found else ""


def state(path: str) -> tuple[int, ...]:
    """What changes when the file is loaded or replaced; zeros where there is none.

    The time of change of the file alone does not tell: a load goes to the journal beside it first.
    """
    place = Path(path)
    if not place.is_file():
        return 0, 0, 0
    about = place.stat()
    connection = open_read_only(path)
    try:
        with readable(path):
            empty = is_new(connection)
        return about.st_ino, about.st_mtime_ns, 0 if empty else revision(connection, path)
    finally:
        connection.close()


def create(connection: sqlite3.Connection) -> None:
    """Make the tables in a file that holds nothing, in one transaction; leave any other alone."""
    if not is_new(connection):
        return
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("BEGIN IMMEDIATE")
    if is_new(connection):  # another process may have been faster
        connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        connection.execute(f"PRAGMA user_version = {VERSION}")
        for statement in filter(str.strip, TABLES.split(";\n")):
            connection.execute(statement)
        connection.execute("INSERT INTO meta VALUES ('revision', 0)")
    connection.execute("COMMIT")


def _opened(address: str) -> sqlite3.Connection:
    connection = sqlite3.connect(address, uri=True, check_same_thread=False, isolation_level=None)
    connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
    return connection
