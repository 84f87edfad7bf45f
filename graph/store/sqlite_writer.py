"""The write side of the SQLite store: one transaction a load, idempotent by id and digest."""

import os
import sqlite3
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from typing import Any, Self

import msgspec

from graph.exc import StoreError
from graph.model import (
    Claim,
    Edge,
    Entity,
    Measure,
    Reading,
    Record,
    Refusal,
    SetMember,
    Source,
)
from graph.names import fold
from graph.store.base import Load
from graph.store.contradictions import LEANING, leaned_on, taken, twice, unknown
from graph.store.schema import REINDEX, to_row
from graph.store.spellings import SPELT, mark, spellings
from graph.store.sqlite_file import DAMAGE, check, create, readable, revision, rows, unreadable

_ENDS: dict[type, tuple[str, ...]] = {Edge: ("source", "target"), Measure: ("entity",)}
_USERS = {"edge": "x.source, x.target", "measure": "x.entity", "set_member": "x.entity"}
"""The columns with which something leans on an entity."""
_ORDER = (Source, Entity, Edge, Measure, SetMember, Refusal, Reading)


class SqliteWriter:
    """See `graph.store.base.Writer`."""

    def __init__(self, path: str) -> None:
        """Open or make the file at `path`."""
        self.path = path
        try:
            Path(path).parent.mkdir(parents=True, exist_ok=True)
            _check_access(Path(path))
            self._db = sqlite3.connect(path, timeout=30, isolation_level=None)
            create(self._db)
            check(self._db, path)
            self._db.execute("PRAGMA foreign_keys = ON")
            self._db.execute("PRAGMA journal_mode = WAL")
        except (OSError, sqlite3.OperationalError) as error:
            raise StoreError(
                f"the store {path} cannot be written ({error}): choose a place you may write to"
            ) from None
        except DAMAGE as error:
            raise unreadable(path, error) from None

    def write(self, load: Load, records: Iterable[Record]) -> Load:
        """Make the store hold exactly `records` for the data set, in one transaction."""
        before = self._manifest(load.dataset)
        if before is not None and before.digest == load.digest:
            return before
        try:
            self._db.execute("BEGIN IMMEDIATE")
            after = _Transaction(self._db, load.dataset, self.path).run(load, records)
            self._db.execute("COMMIT")
        except sqlite3.OperationalError as error:
            raise StoreError(
                f"the store {self.path} cannot be written ({error}): nothing was changed"
            ) from None
        except sqlite3.IntegrityError as error:
            raise twice(load.dataset, error) from None
        except DAMAGE as error:
            raise unreadable(self.path, error) from None
        finally:
            self._rollback()
        return after

    def close(self) -> None:
        """Give the file back."""
        self._db.close()

    def __enter__(self) -> Self:
        """Use the writer in a `with` block."""
        return self

    def __exit__(self, *exc: object) -> None:
        """Close on the way out."""
        self.close()

    def _rollback(self) -> None:
        if self._db.in_transaction:
            with suppress(*DAMAGE):  # the transaction is gone with the connection in any case
                self._db.execute("ROLLBACK")

    def _manifest(self, dataset: str) -> Load | None:
        columns = tuple(f.name for f in msgspec.structs.fields(Load))
        found = rows(
            self._db,
            self.path,
            f"SELECT {', '.join(columns)} FROM load WHERE dataset = ?",
            (dataset,),
        )
        with readable(self.path):
            loads = [msgspec.convert(dict(zip(columns, row, strict=True)), Load) for row in found]
        return loads[0] if loads else None


class _Transaction:
    """One load, inside an open transaction."""

    def __init__(self, db: sqlite3.Connection, dataset: str, path: str) -> None:
        self.db = db
        self.dataset = dataset
        self.revision = 1 + revision(db, path)
        self.keys: dict[str, dict[str, int]] = {}

    def run(self, load: Load, records: Iterable[Record]) -> Load:
        by_type: dict[type, list[Any]] = {struct: [] for struct in _ORDER}
        for record in records:
            by_type[type(record)].append(record)
        self._forget()
        for struct in (Source, Entity, Edge, Measure):
            self._upsert(struct, by_type[struct])
        self._plain(by_type)
        self._claims([*by_type[Entity], *by_type[Edge], *by_type[Measure]])
        self._drop_what_is_gone()
        self._names(by_type[Entity])
        written = sum(len(found) for found in by_type.values())
        after = msgspec.structs.replace(load, revision=self.revision, written=written)
        row = msgspec.structs.asdict(after)
        self.db.execute(
            f"INSERT OR REPLACE INTO load ({', '.join(row)}) VALUES ({_marks(row)})",
            tuple(row.values()),
        )
        self.db.execute("UPDATE meta SET value = ? WHERE key = 'revision'", (self.revision,))
        # No two loads get the same, so that nothing made from another content is taken for this.
        self.db.execute("INSERT OR REPLACE INTO meta VALUES ('stamp', random())")
        return after

    def _forget(self) -> None:
        for table in ("claim", "set_member", "refusal", "reading"):
            self.db.execute(f"DELETE FROM {table} WHERE dataset = ?", (self.dataset,))

    def _upsert(self, struct: type, records: list[Any]) -> None:
        if not records:
            return
        table = struct.__name__.lower()
        self._refuse_foreign(table, records)
        for record in records:
            row = to_row(record) | {"dataset": self.dataset, "loaded": self.revision}
            for column in _ENDS.get(struct, ()):
                row[column] = self._key("entity", row[column], f"{table} {record.id}")
            names = ", ".join(f'"{c}"' for c in row)
            updates = ", ".join(f'"{c}" = excluded."{c}"' for c in row if c != "id")
            self.db.execute(
                f"INSERT INTO {table} ({names}) VALUES ({_marks(row)}) "
                f"ON CONFLICT (id) DO UPDATE SET {updates}",
                tuple(row.values()),
            )

    def _refuse_foreign(self, table: str, records: list[Any]) -> None:
        owners = dict(
            self.db.execute(f"SELECT id, dataset FROM {table} WHERE dataset <> ?", (self.dataset,))
        )
        for record in records:
            if record.id in owners:
                raise taken(table, record.id, owners[record.id])

    def _key(self, table: str, record_id: str, where: str) -> int:
        if table not in self.keys:
            self.keys[table] = dict(self.db.execute(f"SELECT id, pk FROM {table}"))
        try:
            return self.keys[table][record_id]
        except KeyError:
            raise unknown(where, table, record_id) from None

    def _plain(self, by_type: dict[type, list[Any]]) -> None:
        self.db.executemany(
            'INSERT INTO set_member ("set", entity, why, dataset) VALUES (?, ?, ?, ?)',
            (
                (m.set, self._key("entity", m.entity, f"set {m.set}"), m.why, self.dataset)
                for m in by_type[SetMember]
            ),
        )
        self.db.executemany(
            "INSERT INTO refusal VALUES (?, ?, ?, ?)",
            ((r.claim, r.why, r.source, self.dataset) for r in by_type[Refusal]),
        )
        self.db.executemany(
            "INSERT INTO reading VALUES (?, ?, ?, ?, ?, ?)",
            (
                (r.measure, r.reading, r.who, r.weight, r.source, self.dataset)
                for r in by_type[Reading]
            ),
        )

    def _claims(self, records: list[Entity | Edge | Measure]) -> None:
        for record in records:
            for claim in record.claims:
                self._claim(type(record).__name__.lower(), record.id, claim)

    def _claim(self, subject_kind: str, subject: str, claim: Claim) -> None:
        row = to_row(claim)
        where = f"claim {claim.id} on {subject_kind} {subject}"
        row["source"] = self._key("source", claim.source, where) if claim.source else None
        row |= {"subject_kind": subject_kind, "subject": subject, "dataset": self.dataset}
        self.db.execute(
            f"INSERT INTO claim ({', '.join(row)}) VALUES ({_marks(row)})", tuple(row.values())
        )

    def _drop_what_is_gone(self) -> None:
        for table in ("edge", "measure", "entity", "source"):
            gone = (self.dataset, self.revision)
            where = "WHERE dataset = ? AND loaded < ?"
            if table == "entity":
                self._refuse_if_used(f"SELECT pk FROM entity {where}", gone)
                self.db.execute(
                    f"DELETE FROM name WHERE entity IN (SELECT pk FROM entity {where})", gone
                )
            self.db.execute(f"DELETE FROM {table} {where}", gone)

    def _refuse_if_used(self, gone: str, values: tuple[str, int]) -> None:
        for table, ends in _USERS.items():
            used = self.db.execute(
                f"SELECT e.id, x.dataset FROM {table} x JOIN entity e ON e.pk IN ({ends}) "
                f"WHERE e.pk IN ({gone}) LIMIT 1",
                values,
            ).fetchone()
            if used:
                raise leaned_on(used[0], used[1], LEANING[table])

    def _names(self, entities: list[Entity]) -> None:
        self.db.execute(
            "DELETE FROM name WHERE entity IN (SELECT pk FROM entity WHERE dataset = ?)",
            (self.dataset,),
        )
        rows = (
            (
                self._key("entity", entity.id, entity.id),
                mark(entity.kind),
                text,
                fold(text),
                why,
                why in SPELT,
            )
            for entity in entities
            for text, why in spellings(entity)
        )
        self.db.executemany(
            "INSERT INTO name (entity, mark, text, folded, why, spelt) VALUES (?, ?, ?, ?, ?, ?)",
            (row for row in rows if row[3]),
        )
        for statement in REINDEX:
            self.db.execute(statement)


def _check_access(path: Path) -> None:
    """Raise `PermissionError` unless the file, and the folder for its journal, may be written."""
    for place in (path.parent, *([path] if path.exists() else [])):
        if not os.access(place, os.W_OK):
            raise PermissionError(f"{place} is read-only")


def _marks(row: dict[str, Any]) -> str:
    return ", ".join("?" * len(row))
