"""The write side of the store in Neo4j: batches that no reader sees before they are published."""

from collections.abc import Iterable
from itertools import chain
from typing import Self

import msgspec

from graph.model import Record
from graph.store.base import Load
from graph.store.neo4j_batch import apply, keep
from graph.store.neo4j_checks import Checks
from graph.store.neo4j_driver import Connection
from graph.store.neo4j_layout import Change, changes, put, write_down
from graph.store.neo4j_ledger import Ledger
from graph.store.neo4j_model import TABLES, properties, record
from graph.store.neo4j_naming import NameWriter
from graph.store.neo4j_schema import marked, prepare
from graph.store.neo4j_snapshot import Snapshot
from graph.store.neo4j_turn import Turn, batches, turn


class Neo4jWriter:
    """See `graph.store.base.Writer`."""

    def __init__(self, uri: str) -> None:
        """Make a store in the database at `uri`, unless there is one."""
        self._connection = Connection(uri)
        prepare(self._connection)

    def write(self, load: Load, records: Iterable[Record]) -> Load:
        """Make the store hold exactly `records` for the data set; readers see all of it or nothing."""
        before = self._manifest(load.dataset)
        if before is not None and before.digest == load.digest:
            return before
        with turn(self._connection) as taken, Ledger() as ledger:
            names = NameWriter(taken, load.dataset, ledger)
            number = write_down(ledger, load.dataset, records, names.note)
            after = msgspec.structs.replace(load, revision=taken.revision, written=number)
            _plan(taken, after, ledger)
            for some in batches(changes(ledger, taken.revision)):
                _change(taken, some)
            names.write()
            taken.publish()
        return after

    def close(self) -> None:
        """Give the store back; the driver stays, for whoever comes next."""

    def __enter__(self) -> Self:
        """Use the writer in a `with` block."""
        return self

    def __exit__(self, *exc: object) -> None:
        """Close on the way out."""
        self.close()

    def _manifest(self, dataset: str) -> Load | None:
        snapshot = Snapshot(self._connection, marked(self._connection))
        for row in snapshot.rows("load", "n.dataset = $dataset", dataset=dataset):
            return record(Load, row)
        return None


def _plan(taken: Turn, load: Load, ledger: Ledger) -> None:
    """Write down what stands beside what is to stand, and check that the load can be done."""
    manifest = {name: value for name, value in properties(load).items() if value is not None}
    put(ledger, "after", "load", manifest)
    for table in TABLES:
        of_dataset = taken.snapshot().pages(table, "n.dataset = $dataset", dataset=load.dataset)
        for standing in chain.from_iterable(of_dataset):
            put(ledger, "before", table, standing)
    Checks(taken.connection, load.dataset).refuse(ledger)


def _change(taken: Turn, some: list[Change]) -> None:
    """Change rows, after what they were is kept where every reader finds it.

    Two transactions: a server applies one bit by bit, and a reader that meets a row already changed
    must not look for what it was before that is there.
    """
    if any(change.before is not None for change in some):
        taken.batch(lambda transaction: keep(transaction, some, taken.revision))
    taken.batch(lambda transaction: apply(transaction, some))
