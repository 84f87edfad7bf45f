"""The shared store: a database on a Neo4j server. This is its read side; `neo4j_writer` loads it."""

from collections.abc import Callable, Collection, Iterable, Iterator
from contextlib import contextmanager
from functools import partial
from itertools import chain
from typing import Any, TypeVar

import msgspec

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
from graph.store.base import ENDS, End, Hit, Load, Outside, by_start
from graph.store.neo4j_driver import Connection
from graph.store.neo4j_hops import Neo4jHops
from graph.store.neo4j_model import Properties, record
from graph.store.neo4j_names import Neo4jNames
from graph.store.neo4j_rows import parts
from graph.store.neo4j_schema import mark, marked
from graph.store.neo4j_snapshot import Look, Snapshot, damaged
from graph.store.outline import HandOvers
from graph.store.search import search

R = TypeVar("R", Entity, Edge, Measure)
S = TypeVar("S", bound=msgspec.Struct)

_Read = Callable[..., list[Properties]]
"""Reads rows; see `graph.store.neo4j_rows.Look.rows`."""
_OF_TABLE = "n.subject_kind = $of"
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
        return Neo4jHops(self._snapshot, partial(self._few, Edge))

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
        if ids is not None:
            yield from self._named(Entity, ids)
        else:
            wanted = sorted(kinds)
            yield from self._all(Entity, "n.kind IN $wanted" if wanted else "", wanted=wanted)

    def entity(self, entity_id: str) -> Entity:
        """One entity. Raises `NotFound`."""
        for found in self._few(Entity, "n.id = $id", id=entity_id):
            return found
        raise NotFound(f"there is no entity {entity_id!r}: look it up with `loophole search`")

    def edges(
        self, kinds: Iterable[str] = (), ids: Collection[str] | None = None
    ) -> Iterator[Edge]:
        """All edges, or those of some kinds, or those with some ids, by id."""
        yield from self._all(Edge, "", *kinds) if ids is None else self._named(Edge, ids)

    def edges_of(
        self, *entity_ids: str, kinds: Iterable[str] = (), end: End | None = None
    ) -> tuple[Edge, ...]:
        """The edges that start or end at any of some entities, by id."""
        wanted = sorted(kinds)
        found: dict[str, Edge] = {}
        for some in parts(entity_ids):
            for at in (end,) if end else ENDS:
                edges = self._few(Edge, f"n.{at} IN $some", *wanted, some=some)
                found |= {edge.id: edge for edge in edges}
        return tuple(found[edge_id] for edge_id in sorted(found))

    def measures(self) -> tuple[Measure, ...]:
        """All measures, by start and id."""
        return tuple(sorted(self._all(Measure), key=by_start))

    def measures_upon(self, *entity_ids: str) -> tuple[Measure, ...]:
        """The measures upon any of some entities, by start and id."""
        few = (self._few(Measure, "n.entity IN $some", some=some) for some in parts(entity_ids))
        return tuple(sorted(chain.from_iterable(few), key=by_start))

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
        counted = self._snapshot.read(_citing)
        found: dict[str, dict[str, int]] = {}
        for source, kind, claims, subjects in self._cited() if counted is None else counted:
            of_source = found.setdefault(source, {"claim": 0})
            of_source["claim"] += claims
            of_source[kind] = subjects
        return found

    def _cited(self) -> Iterator[tuple[str, str, int, int]]:
        """What `_citing` gives, from the claims themselves."""
        about: dict[tuple[str, str], list[str]] = {}
        for row in chain.from_iterable(self._snapshot.pages("claim", "n.source <> ''")):
            with self._readable():
                of = about.setdefault((row["source"], row["subject_kind"]), [])
                of.append(row["subject"])
        for (source, kind), subjects in about.items():
            yield source, kind, len(subjects), len(set(subjects))

    def search(self, text: str, limit: int = 10, kinds: Iterable[str] = ()) -> tuple[Hit, ...]:
        """Entities by name, alias, identifier or spelling in another script, best first."""
        wanted = frozenset(kinds)
        with self._readable():
            return self._snapshot.read(lambda look: search(Neo4jNames(look), text, limit, wanted))

    def records(self, dataset: str) -> Iterator[Record]:
        """Everything a data set holds, in the order in which a writer takes it."""
        of = {"dataset": dataset}
        yield from self._structs(Source, "source", _by("id"), _OF_DATASET, **of)
        yield from self._all(Entity, _OF_DATASET, **of)
        yield from self._all(Edge, _OF_DATASET, **of)
        yield from self._all(Measure, _OF_DATASET, **of)
        members = _by("set", "entity")
        yield from self._structs(SetMember, "set_member", members, _OF_DATASET, **of)
        yield from self._structs(Refusal, "refusal", _by("place"), _OF_DATASET, **of)
        yield from self._structs(Reading, "reading", _by("place"), _OF_DATASET, **of)

    def close(self) -> None:
        """Give the store back; the driver stays, for whoever comes next."""

    def _named(self, struct: type[R], ids: Collection[str]) -> Iterator[R]:
        """Those of some ids that are there, by id."""
        for some in parts(ids):
            yield from self._few(struct, "n.id IN $some", some=some)

    def _few(self, struct: type[R], where: str, *kinds: str, **values: object) -> Iterator[R]:
        """The records that meet a condition, by id: rows and claims are read in one transaction."""
        table = _table(struct)

        def work(look: Look) -> tuple[list[Properties], list[Properties]]:
            rows = look.rows(table, where, *kinds, **values)
            return rows, _claims(look.rows, table, rows)

        yield from self._built(struct, *self._snapshot.read(work))

    def _all(self, struct: type[R], where: str = "", *kinds: str, **values: object) -> Iterator[R]:
        """As `_few`, of so many that they are read in parts, each with its claims."""
        table = _table(struct)
        for rows in self._snapshot.pages(table, where, *kinds, **values):
            yield from self._built(struct, rows, _claims(self._snapshot.rows, table, rows))

    def _built(
        self, struct: type[R], rows: list[Properties], claims: list[Properties]
    ) -> Iterator[R]:
        with self._readable():
            of: dict[str, list[Claim]] = {}
            for row in claims:
                of.setdefault(row["subject"], []).append(record(Claim, row))
            for about in of.values():
                about.sort(key=lambda claim: claim.id)
            found = [
                record(struct, row, claims=tuple(of.get(row["id"], ())))
                for row in sorted(rows, key=_by("id"))
            ]
        yield from found

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


def _citing(look: Look) -> list[tuple[str, str, int, int]] | None:
    """Of each source and kind of subject, how many claims and subjects; None where old states count."""
    if look.kept:
        return None
    found = look.run(
        "MATCH (n:Claim) WHERE n.loaded <= $revision AND n.source <> '' "
        "RETURN n.source, n.subject_kind, count(*), count(DISTINCT n.subject)"
    )
    return [(source, kind, claims, subjects) for source, kind, claims, subjects in found.values()]


def _claims(read: _Read, table: str, rows: Iterable[Properties]) -> list[Properties]:
    """The claims on rows of a table."""
    return [
        claim
        for some in parts([row["id"] for row in rows])
        for claim in read("claim", f"{_OF_TABLE} AND n.subject IN $some", of=table, some=some)
    ]


def _table(struct: type[msgspec.Struct]) -> str:
    return struct.__name__.lower()


def _number(store: str) -> int:
    return int.from_bytes(store.encode(), "big")


def _by(*columns: str) -> Callable[[Properties], Any]:
    return lambda row: tuple(row[column] for column in columns)
