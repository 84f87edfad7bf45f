"""Rows of a store in Neo4j as they were at one revision, although the server keeps no snapshots.

Every row carries `loaded`, the revision that wrote it. What a load changes or takes away it keeps
beside, labelled `LoopholeOld`, with `until`, the revision that ended it. A reader leaves out what is
younger than its revision and takes what ended after it. It asks for what is current first: a row that
a load changes in between is found twice, never missed. As long as nobody has written since the store
was opened, which the marker says, there are no old states to ask for.
"""

from collections.abc import Callable, Collection, Iterable, Iterator
from typing import TypeVar

from neo4j import ManagedTransaction, Result

from graph.exc import StoreError
from graph.store.neo4j_driver import Connection
from graph.store.neo4j_model import EDGE_KIND_OF, RELATIONSHIP_TYPES, TABLES, Properties
from graph.store.neo4j_schema import Mark, mark

T = TypeVar("T")

EVERYTHING = 1 << 60
"""A revision after all others."""
_NAMED = 5_000


class Snapshot:
    """A store at a revision."""

    def __init__(self, connection: Connection, marked: Mark) -> None:
        """See what `marked` says was published last."""
        self.connection = connection
        self.store = marked.store
        self.revision = marked.revision
        self._writer = None if marked.loading else marked.writer

    def read(self, work: "Callable[[Look], T]") -> T:
        """What `work` reads in one transaction; it may run more than once.

        Raises:
            StoreError: when the server does not answer, or no longer holds this revision.
        """

        def once(transaction: ManagedTransaction) -> T:
            if self._writer is not None:
                found = work(Look(self, transaction, kept=False))
                if self._is_unwritten(transaction):
                    return found
                self._writer = None
            found = work(Look(self, transaction, kept=True))
            self._check(transaction)
            return found

        return self.connection.read(once)

    def rows(
        self, table: str, where: str = "", /, *kinds: str, **values: object
    ) -> list[Properties]:
        """What `Look.rows` gives, in a transaction of its own."""
        return self.read(lambda look: look.rows(table, where, *kinds, **values))

    def _is_unwritten(self, transaction: ManagedTransaction) -> bool:
        """Whether nobody has written since the store was opened: then nothing was kept of old states.

        A writer is in the marker before the first batch changes anything, and each batch leaves its
        name there, also of a load that was undone.
        """
        now = self._check(transaction)
        return not now.loading and now.writer == self._writer

    def _check(self, transaction: ManagedTransaction) -> Mark:
        """The marker after reading. Raises `StoreError` unless what was just read was whole."""
        now = mark(transaction)
        if now is None or now.store != self.store:
            raise StoreError(
                f"the store at {self.connection.uri} was emptied or replaced: open it again"
            )
        if now.oldest > self.revision:
            raise StoreError(
                f"the store at {self.connection.uri} has moved on by several loads since it was "
                "opened: open it again"
            )
        return now


class Look:
    """Reading in one transaction of a snapshot.

    Attributes:
        kept: whether old states have to be read beside what is current.
    """

    def __init__(self, snapshot: Snapshot, transaction: ManagedTransaction, *, kept: bool) -> None:
        self.snapshot = snapshot
        self.kept = kept
        self._transaction = transaction

    def run(self, statement: str, **values: object) -> Result:
        """Run a statement, which may name the `$revision` to read."""
        return self._transaction.run(statement, {"revision": self.snapshot.revision, **values})

    def rows(
        self, table: str, where: str = "", /, *kinds: str, **values: object
    ) -> list[Properties]:
        """Rows of a table, each once, in no order.

        Args:
            table: its name.
            where: a condition upon `n`, the row; on edges `n.source` and `n.target` are the ends.
            kinds: of edges, only those of these kinds; of all kinds when there are none.
            values: what the condition names.

        Raises:
            StoreError: for rows that no load can have written.
        """
        wanted = sorted(set(kinds) & RELATIONSHIP_TYPES.keys())
        if kinds and not wanted:
            return []
        statements = [_current(table, where, wanted), *([_old(where, wanted)] * self.kept)]
        found: dict[str, Properties] = {}
        for statement in statements:
            for row in self.run(statement, table=table, kinds=wanted, **values).value():
                row_key = row.get(TABLES[table].key)
                if type(row_key) is not str:
                    raise damaged(self.snapshot.connection.uri, f"a row of {table} has no id")
                found.setdefault(row_key, read_row(table, row))
        return list(found.values())


def parts(ids: Collection[str]) -> Iterator[list[str]]:
    """Some ids in order, as many at a time as one query names."""
    wanted = sorted(ids)
    for start in range(0, len(wanted), _NAMED):
        yield wanted[start : start + _NAMED]


def damaged(uri: str, why: object) -> StoreError:
    """What to say of rows that no load can have written."""
    return StoreError(
        f"the store at {uri} is damaged ({why}): restore a backup, or load into an empty database"
    )


def read_row(table: str, row: Properties) -> Properties:
    """A row as it was written: of an edge the kind instead of the type."""
    if table != "edge":
        return row
    return row | {"kind": EDGE_KIND_OF.get(row["kind"], row["kind"])}


def _current(table: str, where: str, kinds: Iterable[str]) -> str:
    conditions = ["n.loaded <= $revision", *([f"({where})"] if where else [])]
    return current(table, " AND ".join(conditions), kinds)


def _old(where: str, kinds: Iterable[str]) -> str:
    conditions = ["n.until > $revision", "n.loaded <= $revision", "n.old_table = $table"]
    conditions += [f"({where})"] if where else []
    conditions += ["n.kind IN $kinds"] if kinds else []
    return f"MATCH (n:LoopholeOld) WHERE {' AND '.join(conditions)} RETURN n{{.*}}"


def current(table: str, condition: str, kinds: Iterable[str] = ()) -> str:
    """A query for rows of a table as they stand, whatever their revision."""
    if table != "edge":
        return f"MATCH (n:{TABLES[table].label}) WHERE {condition} RETURN n{{.*}}"
    types = "|".join(RELATIONSHIP_TYPES[kind] for kind in kinds or RELATIONSHIP_TYPES)
    ends = condition.replace("n.source", "a.id").replace("n.target", "b.id")
    return (
        f"MATCH (a:Entity)-[n:{types}]->(b:Entity) WHERE {ends} "
        "RETURN n{.*, kind: type(n), source: a.id, target: b.id}"
    )
