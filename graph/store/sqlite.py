"""The default store: one SQLite file. This is its read side; `sqlite_writer` loads it."""

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, TypeVar

import msgspec

from graph.exc import NotFound, UserError
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
from graph.store.base import Hit, Load, Outside
from graph.store.schema import COLUMNS, from_row
from graph.store.search import search
from graph.store.sqlite_file import check, is_new, open_read_only, readable, revision, rows
from graph.store.sqlite_names import SqliteNames

R = TypeVar("R", Entity, Edge, Measure)
S = TypeVar("S", bound=msgspec.Struct)

PAGE = 5_000
"""Records read at a time when a whole data set is handed on."""


class SqliteReader:
    """See `graph.store.base.Reader`."""

    def __init__(self, path: str) -> None:
        """Open `path` read-only."""
        if not Path(path).is_file():
            raise NotFound(f"there is no store at {path}: make one with `loophole load`")
        self.path = path
        self._db = open_read_only(path)
        try:
            self._revision = self._begin()
        except UserError:
            self._db.close()
            raise

    def _begin(self) -> int:
        """Every read from here on sees the store as it is now; returns its revision."""
        with readable(self.path):
            self._db.execute("BEGIN")
            empty = is_new(self._db)
        if empty:
            raise NotFound(f"the store at {self.path} is empty: fill it with `loophole load`")
        check(self._db, self.path)
        return revision(self._db, self.path)

    @property
    def revision(self) -> int:
        """The number of loads that changed something."""
        return self._revision

    def entities(self, kinds: Iterable[str] = ()) -> Iterator[Entity]:
        """All entities, or those of some kinds, by id."""
        where, values = _one_of("t.kind", kinds)
        yield from self._records(Entity, where, values)

    def entity(self, entity_id: str) -> Entity:
        """One entity. Raises `NotFound`."""
        for found in self._records(Entity, "t.id = ?", (entity_id,)):
            return found
        raise NotFound(f"there is no entity {entity_id!r}: look it up with `loophole search`")

    def edges(self, kinds: Iterable[str] = ()) -> Iterator[Edge]:
        """All edges, or those of some kinds, by id."""
        where, values = _one_of("t.kind", kinds)
        yield from self._records(Edge, where, values)

    def edges_of(self, entity_id: str) -> tuple[Edge, ...]:
        """The edges that start or end at an entity, by id."""
        found = self._rows("SELECT pk FROM entity WHERE id = ?", (entity_id,))
        if not found:
            return ()
        return tuple(self._records(Edge, "t.source = ? OR t.target = ?", found[0] * 2))

    def measures(self, entity_id: str = "") -> tuple[Measure, ...]:
        """All measures, or those upon one entity, by start and id."""
        where = "t.entity = (SELECT pk FROM entity WHERE id = ?)" if entity_id else ""
        values = (entity_id,) if entity_id else ()
        found = self._records(Measure, where, values)
        return tuple(sorted(found, key=lambda m: (m.start or m.observed_from, m.id)))

    def sources(self) -> tuple[Source, ...]:
        """All sources, by id."""
        return self._structs(Source, "source", "ORDER BY id")

    def loads(self) -> tuple[Load, ...]:
        """The manifest, by data set."""
        return self._structs(Load, "load", "ORDER BY dataset")

    def set_members(self, name: str = "") -> tuple[SetMember, ...]:
        """Members of one named set, or of all, by set and entity."""
        return self._structs(
            SetMember, _MEMBERS, "WHERE ?1 IN ('', \"set\") ORDER BY 1, 2", (name,)
        )

    def outside(self, dataset: str) -> Outside:
        """What the data sets other than one hold."""
        of = (dataset,)
        sources = self._rows("SELECT id FROM source WHERE dataset <> ?", of)
        measures = self._rows("SELECT id FROM measure WHERE dataset <> ?", of)
        members = self._rows(
            'SELECT s."set", e.id FROM set_member s JOIN entity e ON e.pk = s.entity '
            "WHERE s.dataset <> ?",
            of,
        )
        return Outside(
            entities=dict(self._rows("SELECT id, shipment FROM entity WHERE dataset <> ?", of)),
            sources=frozenset(source for (source,) in sources),
            measures=frozenset(measure for (measure,) in measures),
            members=frozenset((name, entity) for name, entity in members),
        )

    def refusals(self) -> tuple[Refusal, ...]:
        """What was rejected or qualified, and why: by data set, as written."""
        return self._structs(Refusal, "refusal", "ORDER BY dataset, rowid")

    def readings(self) -> tuple[Reading, ...]:
        """The readings of contested measures: by data set, as written."""
        return self._structs(Reading, "reading", "ORDER BY dataset, rowid")

    def records(self, dataset: str) -> Iterator[Record]:
        """Everything a data set holds, in the order a writer takes it; a page at a time."""
        of = (dataset,)
        yield from self._structs(Source, "source", "WHERE dataset = ? ORDER BY id", of)
        yield from self._pages(Entity, dataset)
        yield from self._pages(Edge, dataset)
        yield from self._pages(Measure, dataset)
        yield from self._structs(SetMember, _MEMBERS, "WHERE dataset = ? ORDER BY 1, 2", of)
        yield from self._structs(Refusal, "refusal", "WHERE dataset = ? ORDER BY rowid", of)
        yield from self._structs(Reading, "reading", "WHERE dataset = ? ORDER BY rowid", of)

    def counts(self) -> dict[str, dict[str, int]]:
        """For every source id: how many entities, edges, measures and claims cite it."""
        found_rows = self._rows(
            "SELECT s.id, c.subject_kind, count(DISTINCT c.subject), count(*) FROM claim c "
            "JOIN source s ON s.pk = c.source GROUP BY 1, 2"
        )
        found: dict[str, dict[str, int]] = {}
        for source, subject_kind, subjects, claims in found_rows:
            of_source = found.setdefault(source, {"claim": 0})
            of_source[subject_kind] = subjects
            of_source["claim"] += claims
        return found

    def search(self, text: str, limit: int = 10, kinds: Iterable[str] = ()) -> tuple[Hit, ...]:
        """Entities by name, alias, identifier or spelling in another script, best first."""
        with readable(self.path):
            return search(SqliteNames(self._db), text, limit, kinds)

    def close(self) -> None:
        """Give the file back."""
        self._db.close()

    def _rows(self, statement: str, values: Sequence[object] = ()) -> list[tuple[Any, ...]]:
        return rows(self._db, self.path, statement, values)

    def _structs(
        self, struct: type[S], table: str, order: str, values: Sequence[object] = ()
    ) -> tuple[S, ...]:
        """Records whose fields are the columns of a table."""
        names = [f.name for f in msgspec.structs.fields(struct)]
        columns = ", ".join(f'"{name}"' for name in names)
        found = self._rows(f"SELECT {columns} FROM {table} {order}", values)
        with readable(self.path):
            return tuple(
                msgspec.convert(dict(zip(names, row, strict=True)), struct) for row in found
            )

    def _pages(self, struct: type[R], dataset: str) -> Iterator[R]:
        """The records of a data set by id, of which no more than a page is held at a time."""
        last = ""
        while True:
            where = "t.dataset = ? AND t.id > ?" if last else "t.dataset = ? AND t.id >= ?"
            page = list(self._records(struct, where, (dataset, last), PAGE))
            yield from page
            if len(page) < PAGE:
                return
            last = page[-1].id

    def _records(
        self, struct: type[R], where: str, values: tuple[Any, ...], limit: int = -1
    ) -> Iterator[R]:
        table = struct.__name__.lower()
        names = (
            {"source": "a.id", "target": "b.id", "entity": "a.id"} if struct is not Entity else {}
        )
        columns = ", ".join(names.get(c, f't."{c}"') for c in COLUMNS[struct])
        joins = {
            Entity: "",
            Edge: "JOIN entity a ON a.pk = t.source JOIN entity b ON b.pk = t.target ",
            Measure: "JOIN entity a ON a.pk = t.entity ",
        }[struct]
        clause = f"WHERE {where} " if where else ""
        found = self._rows(
            f"SELECT {columns} FROM {table} t {joins}{clause}ORDER BY t.id LIMIT ?",
            (*values, limit),
        )
        with readable(self.path):
            claims = self._claims(table, [row[0] for row in found])
            records = [from_row(struct, row, claims=tuple(claims.get(row[0], ()))) for row in found]
        yield from records

    def _claims(self, table: str, ids: list[str]) -> dict[str, list[Claim]]:
        """The claims on some records, whose ids are in order."""
        columns = ", ".join("s.id" if c == "source" else f"c.{c}" for c in COLUMNS[Claim])
        select = (
            f"SELECT c.subject, {columns} FROM claim c LEFT JOIN source s ON s.pk = c.source "
            "WHERE c.subject_kind = ?"
        )
        if len(ids) <= 50:
            marks = ", ".join("?" * len(ids))
            rows = self._rows(f"{select} AND c.subject IN ({marks})", (table, *ids))
        else:
            between = (table, ids[0], ids[-1])
            rows = self._rows(f"{select} AND c.subject BETWEEN ? AND ?", between)
        found: dict[str, list[Claim]] = {}
        for subject, *values in rows:
            values[1] = values[1] or ""
            found.setdefault(subject, []).append(from_row(Claim, tuple(values)))
        for claims in found.values():
            claims.sort(key=lambda claim: claim.id)
        return found


_MEMBERS = (
    '(SELECT s."set", e.id AS entity, s.why, s.dataset FROM set_member s '
    "JOIN entity e ON e.pk = s.entity)"
)
"""Memberships with the public id of the entity."""


def _one_of(column: str, values: Iterable[str]) -> tuple[str, tuple[str, ...]]:
    listed = tuple(sorted(values))
    return (f"{column} IN ({', '.join('?' * len(listed))})", listed) if listed else ("", ())
