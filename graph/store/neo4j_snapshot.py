"""Rows of a store in Neo4j as they were at one revision, although the server keeps no snapshots.

Every row carries `loaded`, the revision that wrote it. What a load changes or takes away it keeps
beside, labelled `LoopholeOld`, with `until`, the revision that ended it. A reader leaves out what is
younger than its revision and takes what ended after it. It asks for what is current first: a row that
a load changes in between is found twice, never missed. As long as nobody has written since the store
was opened, which the marker says, there are no old states to ask for.
"""

import heapq
from collections import Counter
from collections.abc import Callable, Iterator
from functools import partial
from itertools import islice
from operator import itemgetter
from typing import TypeVar

from neo4j import ManagedTransaction, Result

from graph.exc import StoreError
from graph.store.neo4j_driver import Connection
from graph.store.neo4j_model import RELATIONSHIP_TYPES, TABLES, Properties
from graph.store.neo4j_rows import PAGE, current, kinds_there, narrowed, old, paged, read_row, walk
from graph.store.neo4j_schema import Mark, mark

T = TypeVar("T")


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
                try:
                    found = work(Look(self, transaction, kept=False))
                except (
                    LookupError,
                    StoreError,
                ):  # as when half of what is read was changed meanwhile
                    if self._is_unwritten(transaction):
                        raise
                else:
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

    def pages(
        self, table: str, where: str = "", /, *kinds: str, **values: object
    ) -> Iterator[list[Properties]]:
        """Rows of a table by key: at once where they are few, else each page in a transaction.

        The arguments are those of `Look.rows`. Memory does not grow with the table.
        """
        key = TABLES[table].key
        there = self.read(lambda look: look.count(table))
        some = {kind: n for kind, n in there.items() if n and (not kinds or kind in kinds)}
        if sum(some.values()) <= PAGE:
            yield sorted(self.rows(table, where, *kinds, **values), key=itemgetter(key))
            return
        each = (walk(partial(self._page, table, where, kind, values)) for kind in some)
        rows = heapq.merge(*each, key=itemgetter(key))
        while page := list(islice(rows, PAGE)):
            yield page

    def _page(
        self, table: str, where: str, kind: str, values: dict[str, object], after: str
    ) -> tuple[list[Properties], str]:
        return self.read(lambda look: look.page(table, where, kind, after, **values))

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
        condition = f"n.loaded <= $revision{narrowed(where)}"
        found, _ = self._read(table, current(table, condition, wanted), values)
        if self.kept:
            before, _ = self._read(table, old(where, wanted), values | {"kinds": wanted})
            found |= before
        return list(found.values())

    def page(
        self, table: str, where: str, kind: str, after: str, **values: object
    ) -> tuple[list[Properties], str]:
        """The first rows by key of those with a key after another, and the last key looked at.

        That key is empty when there are no more. Of edges, those of one kind.
        """
        key, kinds = TABLES[table].key, [kind] * bool(kind)
        values |= {"after": after, "most": PAGE, "kinds": kinds}
        condition = f"n.loaded <= $revision{narrowed(where)}"
        found, upto = self._read(table, paged(table, condition, kind), values)
        if self.kept:
            kept = (
                f"{old(f'n.{key} > $after{narrowed(where)}', kinds)} ORDER BY n.{key} LIMIT $most"
            )
            before, last = self._read(table, kept, values)
            found, upto = found | before, min(filter(None, (upto, last)), default="")
        return [found[at] for at in sorted(found) if not upto or at <= upto], upto

    def count(self, table: str) -> Counter[str]:
        """How many rows of a table there are at most, by kind of edge; current ones are not read."""
        found: Counter[str] = Counter()
        if table == "edge":
            found.update(kinds_there(self._transaction))
        else:
            counted = f"MATCH (n:{TABLES[table].label}) RETURN count(n)"
            found[""] = self._transaction.run(counted).single(strict=True).value()
        if self.kept:
            kind = "n.kind" if table == "edge" else "''"
            counted = old("", returned=f"{kind}, count(*)")
            found.update(dict(self.run(counted, table=table).values()))
        return found

    def _read(
        self, table: str, statement: str, values: dict[str, object]
    ) -> tuple[dict[str, Properties], str]:
        """Rows by key, in the order in which they come; and the last key, where they are a whole page.

        The server finds a row and reads it in two steps. While a load goes on it may give a row as it
        became in between: that is none of the revision, and what it was is among the old states.
        """
        key, last, found = TABLES[table].key, "", {}
        rows = self.run(statement, **values, table=table).value()
        for row in rows:
            row_key, loaded = row.get(key), row.get("loaded")
            stands = type(loaded) is int and loaded <= self.snapshot.revision
            if type(row_key) is str:
                last = row_key
                if stands or not self.kept:
                    found[row_key] = read_row(table, row)
            elif stands or not self.kept:
                raise damaged(self.snapshot.connection.uri, f"a row of {table} has no id")
        return found, last if len(rows) >= PAGE else ""


def damaged(uri: str, why: object) -> StoreError:
    """What to say of rows that no load can have written."""
    return StoreError(
        f"the store at {uri} is damaged ({why}): restore a backup, or load into an empty database"
    )
