"""One load's turn to write: what no two loads do at once, and what one that was cut short left.

A lock, kept by an open transaction, makes loads wait for each other; it goes with the process that
holds it, or with the server. Whoever lost it all the same, as when a network fails, is kept from
writing by the marker: it names the writer and counts its batches, and every batch begins by asking
it. A batch that was committed although its answer was lost is so not done again.
"""

import uuid
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from functools import partial
from itertools import islice
from typing import TypeVar

from neo4j import ManagedTransaction

from graph.exc import StoreError, UserError
from graph.store.neo4j_batch import SIZE, apply
from graph.store.neo4j_driver import Connection
from graph.store.neo4j_layout import Change, put
from graph.store.neo4j_ledger import Ledger
from graph.store.neo4j_model import TABLES, Properties
from graph.store.neo4j_rows import EVERYTHING, PAGE, kinds_there, paged, read_row, walk
from graph.store.neo4j_schema import Mark, mark, marked
from graph.store.neo4j_snapshot import Snapshot

T = TypeVar("T")

WAIT = 30.0
"""Seconds that a load waits for another one."""
KEPT = 3
"""Revisions before the last one that can still be read by who opened them."""

_LOCK = "MATCH (l:LoopholeLock {one: 'lock'}) SET l.holder = $holder"
_ASK = (
    "MATCH (s:LoopholeStore {one: 'store'}) SET s.asked = $writer "
    "WITH s, s.writer AS writer, s.batch AS done "
    "SET s.batch = CASE WHEN writer = $writer AND done < $batch THEN $batch ELSE done END "
    "RETURN writer, done"
)
_LOCK_MARKER = "MATCH (s:LoopholeStore {one: 'store'}) SET s.batch = 0"
_TAKE = "MATCH (s:LoopholeStore {one: 'store'}) SET s.writer = $writer"
_PUBLISH = (
    "MATCH (s:LoopholeStore {one: 'store'}) SET s.revision = $revision, s.loaded = $revision "
    "REMOVE s.writer"
)


class Turn:
    """The turn of one load.

    Attributes:
        revision: what it writes.
        done: how many batches of it are.
    """

    def __init__(self, connection: Connection) -> None:
        """Take the turn."""
        self.connection = connection
        self._writer = uuid.uuid4().hex
        self.before = connection.write(self._take)
        self.revision = self.before.revision + 1
        self.done = self._begun = 0

    def _take(self, transaction: ManagedTransaction) -> Mark:
        """What the marker said when the turn was taken: nobody publishes between the two."""
        transaction.run(_LOCK_MARKER).consume()
        before = mark(transaction)
        if before is None:
            raise StoreError(f"the store at {self.connection.uri} was emptied meanwhile: try again")
        transaction.run(_TAKE, writer=self._writer).consume()
        return before

    def begin(self) -> None:
        """Undo what a load left that was cut short, forget what no reader needs."""
        if self.before.loading:
            self.undo()
        self._purge()
        self._begun = self.done

    def snapshot(self) -> Snapshot:
        """What was published last."""
        return Snapshot(self.connection, self.before)

    def batch(self, work: Callable[[ManagedTransaction], None]) -> None:
        """Do `work` once, in one transaction.

        Raises:
            StoreError: when another load has taken the turn, or the server does not answer.
        """
        self.done += 1
        values = {"writer": self._writer, "batch": self.done}

        def once(transaction: ManagedTransaction) -> None:
            writer, done = transaction.run(_ASK, values).single(strict=True)
            if writer != self._writer:
                raise StoreError(
                    f"another load took its turn at {self.connection.uri}: nothing was changed; "
                    "try again when it is done"
                )
            if done < values["batch"]:
                work(transaction)

        self.connection.write(once)

    def publish(self) -> None:
        """Let readers that open the store from now on see what was written."""
        try:
            self.batch(lambda tx: _done(tx, _PUBLISH, revision=self.revision))
        except StoreError:
            now = marked(self.connection)
            if (now.revision, now.writer) != (self.revision, self._writer):
                raise  # else only the answer was lost

    def give_back(self) -> None:
        """Undo what was written and let the turn go."""
        if self.done > self._begun:
            self.undo()
        self.batch(lambda tx: _done(tx, "MATCH (s:LoopholeStore) REMOVE s.writer"))

    def undo(self) -> None:
        """Put back what stood at the last revision that was published.

        What was kept of it stays, for those who are just reading it: it is the same as what stands,
        and is forgotten in time.
        """
        with Ledger() as ledger:
            for table in TABLES:
                for row in self._written(table):
                    put(ledger, "before", table, row)
                for row in self._kept(table):
                    put(ledger, "after", table, row)
            for some in batches(_undoing(ledger)):
                self.batch(lambda transaction, some=some: apply(transaction, some))  # type: ignore[misc]
        # New names have the last places; in the order of the index older ones are not looked at.
        self._repeat(
            "MATCH (n:LoopholeName) WHERE n.place > 0 WITH n ORDER BY n.place DESC LIMIT $size "
            "WHERE n.loaded > $revision DELETE n RETURN count(*)"
        )
        self._repeat(
            "MATCH (n:LoopholeGram) WHERE n.loaded > $revision WITH n LIMIT $size DELETE n "
            "RETURN count(*)"
        )
        for label in ("LoopholeName", "LoopholeGram"):
            ended = f"MATCH (n:{label}) WHERE n.until > $revision AND n.until < $everything"
            self._repeat(f"{ended} WITH n LIMIT $size SET n.until = $everything RETURN count(*)")

    def _written(self, table: str) -> Iterator[Properties]:
        """The rows that were written after the last revision."""
        kinds = [""] if table != "edge" else self.connection.read(kinds_there)
        for kind in kinds:
            statement = paged(table, "n.loaded > $revision", kind)
            yield from walk(partial(self._page, table, statement, TABLES[table].key))

    def _kept(self, table: str) -> Iterator[Properties]:
        """The rows of the last revision that were kept before they were changed or taken away."""
        statement = (
            "MATCH (n:LoopholeOld) USING INDEX n:LoopholeOld(old_key) WHERE n.old_key > $after "
            "AND n.until > $revision AND n.old_table = $table "
            "RETURN n{.*} ORDER BY n.old_key LIMIT $most"
        )
        yield from walk(partial(self._page, table, statement, "old_key"))

    def _page(
        self, table: str, statement: str, key: str, after: str
    ) -> tuple[list[Properties], str]:
        values = {
            "revision": self.before.revision,
            "table": table,
            "after": after,
            "most": PAGE,
        }
        found = self.connection.read(lambda tx: tx.run(statement, values).value())
        rows = [read_row(table, row) for row in found]
        return rows, found[-1][key] if len(found) == PAGE else ""

    def _purge(self) -> None:
        oldest = self.before.revision - KEPT
        if oldest <= self.before.oldest:
            return
        set_oldest = "MATCH (s:LoopholeStore {one: 'store'}) SET s.oldest = $oldest"
        self.batch(lambda transaction: _done(transaction, set_oldest, oldest=oldest))
        for label in ("LoopholeOld", "LoopholeName", "LoopholeGram"):
            ended = f"MATCH (n:{label}) WHERE n.until <= $oldest WITH n LIMIT $size"
            self._repeat(f"{ended} DELETE n RETURN count(*)", oldest=oldest)

    def _repeat(self, statement: str, **more: int) -> None:
        """Run a statement that changes some rows and counts them, until it finds no more."""
        values = {"revision": self.before.revision, "everything": EVERYTHING, "size": SIZE, **more}
        counted = [1]

        def work(transaction: ManagedTransaction) -> None:
            counted[0] = transaction.run(statement, values).single(strict=True).value()

        while counted[0]:
            counted[0] = 0
            self.batch(work)


@contextmanager
def turn(connection: Connection) -> Iterator[Turn]:
    """The turn to load, when it comes; what was not published is undone in the end.

    Raises:
        StoreError: when another load takes too long, or the server does not answer.
    """
    with connection.held(_LOCK, WAIT, holder=uuid.uuid4().hex):
        taken = Turn(connection)
        taken.begin()
        try:
            yield taken
        except BaseException:
            with suppress(UserError):  # then the next load undoes it
                taken.give_back()
            raise


def batches(given: Iterable[T]) -> Iterator[list[T]]:
    """As many at a time as one transaction takes."""
    left = iter(given)
    while some := list(islice(left, SIZE)):
        yield some


def _undoing(ledger: Ledger) -> Iterator[Change]:
    for table in TABLES:
        # What was kept may still stand as it was: whether it does, is found when it is put back.
        yield from (Change(table, was or row, row) for was, row in ledger.pairs(table))
    for table in reversed(TABLES):
        yield from (Change(table, was, None) for was in ledger.gone(table))


def _done(transaction: ManagedTransaction, statement: str, **values: object) -> None:
    transaction.run(statement, values).consume()
