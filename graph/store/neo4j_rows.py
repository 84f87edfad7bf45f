"""Rows of a store in Neo4j as they were at one revision, although the server keeps no snapshots.

Every row carries `loaded`, the revision that wrote it. What a load changes or takes away it keeps
beside, labelled `LoopholeOld`, with `until`, the revision that ended it. A reader leaves out what is
younger than its revision and takes what ended after it. It asks for what is current first: a row that
a load changes in between is found twice, never missed.
"""

from collections.abc import Iterable

from neo4j import ManagedTransaction

from graph.exc import StoreError
from graph.store.neo4j_driver import Connection
from graph.store.neo4j_model import EDGE_KIND_OF, RELATIONSHIP_TYPES, TABLES, Properties
from graph.store.neo4j_schema import Mark, mark

EVERYTHING = 1 << 60
"""A revision after all others."""


class Snapshot:
    """A store at a revision."""

    def __init__(self, connection: Connection, marked: Mark, revision: int | None = None) -> None:
        """See what `marked` says was published last, or another revision."""
        self.connection = connection
        self.store = marked.store
        self.revision = marked.revision if revision is None else revision

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
            StoreError: when the server does not answer, or no longer holds this revision.
        """

        def work(transaction: ManagedTransaction) -> list[Properties]:
            found = self.rows_in(transaction, table, where, *kinds, **values)
            self.check(transaction)
            return found

        return self.connection.read(work)

    def rows_in(
        self,
        transaction: ManagedTransaction,
        table: str,
        where: str = "",
        /,
        *kinds: str,
        **values: object,
    ) -> list[Properties]:
        """As `rows`, within a transaction that ends with `check`."""
        wanted = sorted(set(kinds) & RELATIONSHIP_TYPES.keys())
        if kinds and not wanted:
            return []
        parameters = values | {"revision": self.revision, "table": table, "kinds": wanted}
        found: dict[str, Properties] = {}
        for statement in (_current(table, where, wanted), _old(where, wanted)):
            for row in transaction.run(statement, parameters).value():
                row_key = row.get(TABLES[table].key)
                if type(row_key) is not str:
                    raise damaged(self.connection.uri, f"a row of {table} has no id")
                found.setdefault(row_key, read_row(table, row))
        return list(found.values())

    def check(self, transaction: ManagedTransaction) -> None:
        """Raise `StoreError` unless what was just read was whole: to be called after reading."""
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
