"""The shared store: a database on a Neo4j server. This is its read side; `neo4j_writer` loads it."""

from collections.abc import Callable, Collection, Iterable, Iterator
from contextlib import contextmanager
from typing import Any, TypeVar

import msgspec
from neo4j import ManagedTransaction

from graph.exc import NotFound
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
from graph.store import outline
from graph.store.base import Hit, Load, Outside
from graph.store.neo4j_driver import Connection
from graph.store.neo4j_hops import Neo4jHops
from graph.store.neo4j_model import Properties, record
from graph.store.neo4j_names import Neo4jNames
from graph.store.neo4j_rows import Snapshot, damaged
from graph.store.neo4j_schema import mark, marked
from graph.store.outline import HandOvers
from graph.store.search import search

R = TypeVar("R", Entity, Edge, Measure)
S = TypeVar("S", bound=msgspec.Struct)

_AT_ONCE = 5_000
"""Of so many records at once the claims are asked for by id."""
_OF_DATASET = "n.dataset = $dataset"


class Neo4jReader:
    """See `graph.store.base.Reader`."""

    def __init__(self, uri: str) -> None:
        """Open the database at `uri` at the revision that was published last."""
        connection = Connection(uri)
        self._snapshot = Snapshot(connection, marked(connection))

    @property
    def revision(self) -> int:
        """The number of loads that changed something."""
        return self._snapshot.revision

    @property
    def shelf(self) -> None:
        """Nothing made from a store on a server is kept: it is shared, and on no disk of ours."""

    @property
    def near(self) -> Neo4jHops:
        """The way to the hand-overs of some parties."""
        return Neo4jHops(self._snapshot, self._some_edges)

    def parties(self) -> Iterator[tuple[str, str, str]]:
        """Id, kind and shipment of every entity, by id."""
        yield from outline.parties(self)

    def hand_overs(self, kinds: Iterable[str] = ()) -> Iterator[HandOvers]:
        """The routed edges, or those of some kinds, by id, a piece at a time."""
        yield from outline.hand_overs(self, kinds)

    def entities(
        self, kinds: Iterable[str] = (), ids: Collection[str] | None = None
    ) -> Iterator[Entity]:
        """All entities, or those of some kinds, or those with some ids, by id."""
        wanted = sorted(kinds if ids is None else ids)
        column = "kind" if ids is None else "id"
        where = f"n.{column} IN $wanted" if wanted or ids is not None else ""
        yield from self._records(Entity, where, wanted=wanted)

    def entity(self, entity_id: str) -> Entity:
        """One entity. Raises `NotFound`."""
        for found in self._records(Entity, "n.id = $id", id=entity_id):
            return found
        raise NotFound(f"there is no entity {entity_id!r}: look it up with `loophole search`")

    def edges(
        self, kinds: Iterable[str] = (), ids: Collection[str] | None = None
    ) -> Iterator[Edge]:
        """All edges, or those of some kinds, or those with some ids, by id."""
        if ids is not None:
            yield from self._records(Edge, "n.id IN $wanted", wanted=sorted(ids))
        else:
            wanted = tuple(kinds)
            rows = self._snapshot.rows("edge", "", *wanted)
            yield from self._with_claims(Edge, rows, whole=not wanted)

    def edges_of(self, entity_id: str) -> tuple[Edge, ...]:
        """The edges that start or end at an entity, by id."""
        rows = {
            row["id"]: row
            for end in ("source", "target")
            for row in self._snapshot.rows("edge", f"n.{end} = $id", id=entity_id)
        }
        return tuple(self._some_edges(rows.values()))

    def measures(self, entity_id: str = "") -> tuple[Measure, ...]:
        """All measures, or those upon one entity, by start and id."""
        where = "n.entity = $id" if entity_id else ""
        found = self._records(Measure, where, id=entity_id)
        return tuple(sorted(found, key=lambda m: (m.start or m.observed_from, m.id)))

    def sources(self) -> tuple[Source, ...]:
        """All sources, by id."""
        return self._structs(Source, "source", _by("id"))

    def loads(self) -> tuple[Load, ...]:
        """The manifest, by data set."""
        return self._structs(Load, "load", _by("dataset"))

    def set_members(self, name: str = "") -> tuple[SetMember, ...]:
        """Members of one named set, or of all, by set and entity."""
        where = "n.set = $name" if name else ""
        return self._structs(SetMember, "set_member", _by("set", "entity"), where, name=name)

    def outside(self, dataset: str) -> Outside:
        """What the data sets other than one hold."""

        def rows(table: str) -> list[Properties]:
            return self._snapshot.rows(table, "n.dataset <> $dataset", dataset=dataset)

        with self._readable():
            return msgspec.convert(
                Outside(
                    entities={row["id"]: row.get("shipment", "") for row in rows("entity")},
                    sources=frozenset(row["id"] for row in rows("source")),
                    measures=frozenset(row["id"] for row in rows("measure")),
                    members=frozenset((row["set"], row["entity"]) for row in rows("set_member")),
                ),
                Outside,
            )

    def refusals(self) -> tuple[Refusal, ...]:
        """What was rejected or qualified, and why: by data set, as written."""
        return self._structs(Refusal, "refusal", _by("dataset", "place"))

    def readings(self) -> tuple[Reading, ...]:
        """The readings of contested measures: by data set, as written."""
        return self._structs(Reading, "reading", _by("dataset", "place"))

    def counts(self) -> dict[str, dict[str, int]]:
        """For every source id: how many entities, edges, measures and claims cite it."""
        subjects: dict[tuple[str, str], set[str]] = {}
        found: dict[str, dict[str, int]] = {}
        for row in self._snapshot.rows("claim", "n.source <> ''"):
            with self._readable():
                source, kind, subject = row["source"], row["subject_kind"], row["subject"]
            of_source = found.setdefault(source, {"claim": 0})
            of_source["claim"] += 1
            subjects.setdefault((source, kind), set()).add(subject)
        for (source, kind), of_kind in subjects.items():
            found[source][kind] = len(of_kind)
        return found

    def search(self, text: str, limit: int = 10, kinds: Iterable[str] = ()) -> tuple[Hit, ...]:
        """Entities by name, alias, identifier or spelling in another script, best first."""
        snapshot, wanted = self._snapshot, frozenset(kinds)

        def work(transaction: ManagedTransaction) -> tuple[Hit, ...]:
            found = search(Neo4jNames(snapshot, transaction), text, limit, wanted)
            snapshot.check(transaction)
            return found

        with self._readable():
            return snapshot.connection.read(work)

    def records(self, dataset: str) -> Iterator[Record]:
        """Everything a data set holds, in the order in which a writer takes it."""
        of = {"dataset": dataset}
        yield from self._structs(Source, "source", _by("id"), _OF_DATASET, **of)
        yield from self._records(Entity, _OF_DATASET, **of)
        yield from self._records(Edge, _OF_DATASET, **of)
        yield from self._records(Measure, _OF_DATASET, **of)
        members = _by("set", "entity")
        yield from self._structs(SetMember, "set_member", members, _OF_DATASET, **of)
        yield from self._structs(Refusal, "refusal", _by("place"), _OF_DATASET, **of)
        yield from self._structs(Reading, "reading", _by("place"), _OF_DATASET, **of)

    def close(self) -> None:
        """Give the store back; the driver stays, for whoever comes next."""

    def _records(self, struct: type[R], where: str, **values: object) -> Iterator[R]:
        table = struct.__name__.lower()
        rows = self._snapshot.rows(table, where, **values)
        yield from self._with_claims(struct, rows, whole=not where)

    def _some_edges(self, rows: Iterable[Properties]) -> Iterator[Edge]:
        return self._with_claims(Edge, rows, whole=False)

    def _with_claims(self, struct: type[R], rows: Iterable[Properties], whole: bool) -> Iterator[R]:
        """The records of some rows, or of the `whole` table, by id."""
        with self._readable():
            found = sorted(rows, key=_by("id"))
            claims = self._claims(struct.__name__.lower(), [row["id"] for row in found], whole)
            records = [record(struct, row, claims=claims.get(row["id"], ())) for row in found]
        yield from records

    def _claims(self, table: str, subjects: list[str], whole: bool) -> dict[str, tuple[Claim, ...]]:
        """The claims on some subjects; all of a table at one go, where the `whole` of it is read."""
        where, asked = "n.subject_kind = $of", [subjects]
        if not whole or len(subjects) <= _AT_ONCE:
            where += " AND n.subject IN $subjects"
            asked = [subjects[n : n + _AT_ONCE] for n in range(0, len(subjects), _AT_ONCE)]
        found: dict[str, list[Claim]] = {}
        for some in asked:
            for row in self._snapshot.rows("claim", where, of=table, subjects=some):
                found.setdefault(row["subject"], []).append(record(Claim, row))
        return {
            subject: tuple(sorted(claims, key=lambda claim: claim.id))
            for subject, claims in found.items()
        }

    def _structs(
        self,
        struct: type[S],
        table: str,
        order: Callable[[Properties], Any],
        where: str = "",
        **values: object,
    ) -> tuple[S, ...]:
        rows = self._snapshot.rows(table, where, **values)
        with self._readable():
            return tuple(record(struct, row) for row in sorted(rows, key=order))

    @contextmanager
    def _readable(self) -> Iterator[None]:
        """What no load can have written becomes a plain `StoreError`."""
        try:
            yield
        except (msgspec.MsgspecError, KeyError, TypeError) as error:
            raise damaged(self._snapshot.connection.uri, error) from None


def state(uri: str) -> tuple[int, ...]:
    """What changes when the store is loaded or replaced; zeros where there is none."""
    found = Connection(uri).read(mark)
    return (0, 0) if found is None else (_number(found.store), found.revision)


def _number(store: str) -> int:
    return int.from_bytes(store.encode(), "big")


def _by(*columns: str) -> Callable[[Properties], Any]:
    return lambda row: tuple(row[column] for column in columns)
