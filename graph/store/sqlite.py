"""The default store: one SQLite file. This is its read side; `sqlite_writer` loads it."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import islice
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
from graph.store import sqlite_outline
from graph.store.base import ENDS, End, Hit, Load, Outside, Shelf, by_start
from graph.store.outline import HandOvers
from graph.store.schema import COLUMNS, from_row
from graph.store.search import search
from graph.store.sqlite_file import check, is_new, open_read_only, readable, revision, rows, stamp
from graph.store.sqlite_names import SqliteNames

R = TypeVar("R", Entity, Edge, Measure)
E = TypeVar("E", Entity, Edge)
S = TypeVar("S", bound=msgspec.Struct)
_AT_ONCE = 500
"""So many ids are asked for in one statement."""


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

    @property
    def near(self) -> None:
        """A file is read as a whole: what is made of it is kept beside it."""

    @property
    def shelf(self) -> Shelf | None:
        """A folder beside the file; None for a file that an older program wrote."""
        found = stamp(self._db, self.path)
        return Shelf(Path(f"{self.path}.views"), found) if found else None

    def parties(self) -> Iterator[tuple[str, str, str]]:
        """Id, kind and shipment of every entity, by id."""
        with readable(self.path):
            yield from sqlite_outline.parties(self._db)

    def hand_overs(self, kinds: Iterable[str] = ()) -> Iterator[HandOvers]:
        """The routed edges, or those of some kinds, by id."""
        with readable(self.path):
            yield from sqlite_outline.hand_overs(self._db, kinds)

    def entities(
        self, kinds: Iterable[str] = (), ids: Collection[str] | None = None
    ) -> Iterator[Entity]:
        """All entities, those of some kinds, or those of `ids`, by id."""
        yield from self._chosen(Entity, kinds, ids)

    def entity(self, entity_id: str) -> Entity:
        """One entity. Raises `NotFound`."""
        for found in self._records(Entity, "t.id = ?", (entity_id,)):
            return found
        raise NotFound(f"there is no entity {entity_id!r}: look it up with `loophole search`")

    def edges(
        self, kinds: Iterable[str] = (), ids: Collection[str] | None = None
    ) -> Iterator[Edge]:
        """All edges, those of some kinds, or those of `ids`, by id."""
        yield from self._chosen(Edge, kinds, ids)

    def edges_of(
        self, *entity_ids: str, kinds: Iterable[str] = (), end: End | None = None
    ) -> tuple[Edge, ...]:
        """The edges that start or end at any of some entities, by id."""
        of_kind, wanted = _one_of("t.kind", kinds)
        kind = f" AND {of_kind}" if of_kind else ""
        found: dict[str, Edge] = {}
        for some in _some(entity_ids):
            named, ids = _one_of("id", some)
            for at in (end,) if end else ENDS:
                where = f"t.{at} IN (SELECT pk FROM entity WHERE {named}){kind}"
                found |= {e.id: e for e in self._records(Edge, where, (*ids, *wanted))}
        return tuple(found[edge_id] for edge_id in sorted(found))

    def measures(self) -> tuple[Measure, ...]:
        """All measures, by start and id."""
        return tuple(sorted(self._records(Measure, "", ()), key=by_start))

    def measures_upon(self, *entity_ids: str) -> tuple[Measure, ...]:
        """The measures upon any of some entities, by start and id."""
        found: list[Measure] = []
        for some in _some(entity_ids):
            upon, values = _one_of("id", some)
            where = f"t.entity IN (SELECT pk FROM entity WHERE {upon})"
            found += self._records(Measure, where, values)
        return tuple(sorted(found, key=by_start))

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
        """Everything a data set holds, in the order a writer takes it."""
        of = (dataset,)
        yield from self._structs(Source, "source", "WHERE dataset = ? ORDER BY id", of)
        yield from self._records(Entity, "t.dataset = ?", of)
        yield from self._records(Edge, "t.dataset = ?", of)
        yield from self._records(Measure, "t.dataset = ?", of)
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

    def _chosen(
        self, struct: type[E], kinds: Iterable[str], ids: Collection[str] | None
    ) -> Iterator[E]:
        if ids is None:
            yield from self._records(struct, *_one_of("t.kind", kinds))
            return
        for some in _some(ids):
            yield from self._records(struct, *_one_of("t.id", some))

    def _records(self, struct: type[R], where: str, values: tuple[Any, ...]) -> Iterator[R]:
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
        found = f"SELECT {columns} FROM {table} t {joins}{clause}ORDER BY t.id"
        with readable(self.path):
            claims = self._claims(table, where, values)
            of_next = next(claims, None)
            for row in self._db.execute(found, values):
                mine: list[Claim] = []
                while of_next is not None and of_next[0] <= row[0]:
                    if of_next[0] == row[0]:
                        mine.append(of_next[1])
                    of_next = next(claims, None)
                yield from_row(struct, row, claims=tuple(mine))

    def _claims(
        self, table: str, where: str, values: tuple[Any, ...]
    ) -> Iterator[tuple[str, Claim]]:
        """The claims upon some rows of a table, with the id of the row, by both ids."""
        columns = ", ".join("s.id" if c == "source" else f"c.{c}" for c in COLUMNS[Claim])
        clause = f"WHERE {where} " if where else ""
        select = (
            f"SELECT t.id, {columns} FROM {table} t "
            "CROSS JOIN claim c ON c.subject_kind = ? AND c.subject = t.id "
            f"LEFT JOIN source s ON s.pk = c.source {clause}ORDER BY t.id, c.id"
        )
        for subject, *fields in self._db.execute(select, (table, *values)):
            fields[1] = fields[1] or ""
            yield subject, from_row(Claim, tuple(fields))


_MEMBERS = (
    '(SELECT s."set", e.id AS entity, s.why, s.dataset FROM set_member s '
    "JOIN entity e ON e.pk = s.entity)"
)
"""Memberships with the public id of the entity."""


def _some(ids: Iterable[str]) -> Iterator[tuple[str, ...]]:
    """Ids in order, as many at a time as one statement names."""
    given = iter(sorted(set(ids)))
    while some := tuple(islice(given, _AT_ONCE)):
        yield some


def _one_of(column: str, values: Iterable[str]) -> tuple[str, tuple[str, ...]]:
    listed = tuple(sorted(values))
    return (f"{column} IN ({', '.join('?' * len(listed))})", listed) if listed else ("", ())
