"""Two states of the rows of a data set: what a load goes from and what it goes to.

They lie in a temporary file that SQLite makes and takes away, so that a load need not fit in memory.
"""

import sqlite3
from collections.abc import Collection, Iterator
from typing import Any, Literal, Self

import msgspec

from graph.exc import StoreError
from graph.store.neo4j_model import Properties

Side = Literal["before", "after"]

_AT_ONCE = 500
"""So many keys are asked for in one statement."""
_SCHEMA = """
PRAGMA journal_mode = OFF;
PRAGMA cache_size = -65536; -- KiB
CREATE TABLE "before" (tbl TEXT, key TEXT, body BLOB, PRIMARY KEY (tbl, key)) WITHOUT ROWID;
CREATE TABLE "after" (
    tbl TEXT, kind TEXT, key TEXT, body BLOB, PRIMARY KEY (tbl, kind, key)
) WITHOUT ROWID;
CREATE UNIQUE INDEX after_key ON "after" (tbl, key);
BEGIN; -- never ended: nobody else reads it, and each statement by itself would be flushed
"""
_PUT: dict[Side, str] = {
    "before": 'INSERT OR REPLACE INTO "before" VALUES (:tbl, :key, :body)',
    "after": 'INSERT INTO "after" VALUES (:tbl, :kind, :key, :body)',
}
# What others have put in place of a property of ours is of no type of ours, and is never what it was.
_encode = msgspec.msgpack.Encoder(enc_hook=repr).encode
_decode = msgspec.msgpack.Decoder(dict[str, Any]).decode


class Ledger:
    """The rows of a data set before and after. Of each side a row stands once."""

    def __init__(self) -> None:
        self._db = sqlite3.connect("", isolation_level=None)
        self._db.executescript(_SCHEMA)

    def put(self, side: Side, table: str, key: str, row: Properties, kind: str = "") -> bool:
        """Write a row on a side; False, and nothing is written, when `after` holds its key already."""
        values = {"tbl": table, "kind": kind, "key": key, "body": _encode(row)}
        try:
            self._db.execute(_PUT[side], values)
        except sqlite3.IntegrityError:
            return False
        except sqlite3.OperationalError as error:
            raise StoreError(
                f"what is to be loaded cannot be written down in a temporary file ({error}): make "
                "room in the folder of temporary files, or name another one in SQLITE_TMPDIR"
            ) from None
        return True

    def drop(self, table: str, key: str) -> None:
        """Take a row off the side `after`."""
        self._db.execute('DELETE FROM "after" WHERE tbl = ? AND key = ?', (table, key))

    def rows(self, table: str) -> Iterator[Properties]:
        """The rows of a table as they are to stand, by kind and key."""
        found = 'SELECT body FROM "after" WHERE tbl = ? ORDER BY kind, key'
        return (_decode(body) for (body,) in self._db.execute(found, (table,)))

    def pairs(self, table: str) -> Iterator[tuple[Properties | None, Properties]]:
        """The rows of a table as they are to stand, each behind what it was; by kind and key."""
        found = self._db.execute(
            'SELECT b.body, a.body FROM "after" a LEFT JOIN "before" b USING (tbl, key) '
            "WHERE a.tbl = ? ORDER BY a.kind, a.key",
            (table,),
        )
        return ((_decode(was) if was else None, _decode(row)) for was, row in found)

    def gone(self, table: str) -> Iterator[Properties]:
        """The rows of a table that are not to stand any more."""
        found = self._db.execute(
            'SELECT b.body FROM "before" b WHERE b.tbl = ? AND NOT EXISTS '
            '(SELECT 1 FROM "after" a WHERE a.tbl = b.tbl AND a.key = b.key)',
            (table,),
        )
        return (_decode(body) for (body,) in found)

    def absent(self, table: str, keys: Collection[str]) -> set[str]:
        """Those of some keys that no row is to have."""
        missing, listed = set(keys), list(keys)
        for at in range(0, len(listed), _AT_ONCE):
            some = listed[at : at + _AT_ONCE]
            asked = ", ".join("?" * len(some))
            found = f'SELECT key FROM "after" WHERE tbl = ? AND key IN ({asked})'
            missing.difference_update(k for (k,) in self._db.execute(found, (table, *some)))
        return missing

    def close(self) -> None:
        """Give the file back."""
        self._db.close()

    def __enter__(self) -> Self:
        """Use the ledger in a `with` block."""
        return self

    def __exit__(self, *exc: object) -> None:
        """Close on the way out."""
        self.close()
