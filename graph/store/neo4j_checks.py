"""What a load into Neo4j is refused for: looked for before anything is written."""

from collections.abc import Collection, Mapping, Sequence
from functools import cached_property

from graph.exc import BadInput
from graph.store.contradictions import LEANING, leaned_on, taken, twice, unknown
from graph.store.neo4j_driver import Connection
from graph.store.neo4j_ledger import Ledger
from graph.store.neo4j_model import RELATIONSHIP_TYPES, TABLES, Properties
from graph.store.neo4j_rows import kinds_there
from graph.store.neo4j_turn import batches

_NAMED = {
    "edge": (("source", "entity"), ("target", "entity")),
    "measure": (("entity", "entity"),),
    "set_member": (("entity", "entity"),),
    "claim": (("source", "source"),),
}
"""Which properties of a row name a row of which table."""
_OWNED = ("source", "entity", "edge", "measure", "set_member")
_THEIRS = "something that is not of this program"


class Checks:
    """Checks of one data set against what the rest of the database holds."""

    def __init__(self, connection: Connection, dataset: str) -> None:
        self.connection = connection
        self.dataset = dataset

    def refuse(self, ledger: Ledger) -> None:
        """Raise unless the database can go from one state of the data set to the other.

        Raises:
            BadInput: an id is another data set's, an end is nowhere, or what is gone is needed.
        """
        for table in _OWNED:
            for rows in batches(ledger.rows(table)):
                self._refuse_taken(table, rows)
        for table, named in _NAMED.items():
            for rows in batches(ledger.rows(table)):
                for column, other in named:
                    self._refuse_unknown(ledger, table, rows, column, other)
        for table in TABLES:
            for rows in batches(ledger.gone(table)):
                self._refuse_needed(table, [row[TABLES[table].key] for row in rows])

    def _refuse_taken(self, table: str, rows: Sequence[Properties]) -> None:
        by_key = {row[TABLES[table].key]: row for row in rows}
        for row_key, owner in self._owners(table, by_key).items():
            raise self._taken(table, by_key[row_key], owner)

    def _refuse_unknown(
        self, ledger: Ledger, table: str, rows: Sequence[Properties], column: str, other: str
    ) -> None:
        """Raise when a row names a row of another table that is nowhere."""
        wanted = ledger.absent(other, {row[column] for row in rows if row.get(column)})
        missing = wanted - self._owners(other, wanted).keys()
        for row in rows:
            if row.get(column) in missing:
                raise unknown(_where(table, row), other, row[column])

    def _owners(self, table: str, keys: Collection[str]) -> dict[str, str]:
        """Those of some rows that others have: key to data set, or to nothing."""
        if not keys:
            return {}
        others = "WHERE coalesce(n.dataset, '') <> $dataset RETURN key, coalesce(n.dataset, '')"
        if table != "edge":
            at = f"(n:{TABLES[table].label} {{{TABLES[table].key}: key}})"
            return self._pairs(f"UNWIND $keys AS key MATCH {at} {others}", keys)
        found: dict[str, str] = {}
        for kind in self._kinds_of_others:
            at = f"(:Entity)-[n:{RELATIONSHIP_TYPES[kind]} {{id: key}}]->(:Entity)"
            found |= self._pairs(f"UNWIND $keys AS key MATCH {at} {others}", keys)
        return found

    @cached_property
    def _kinds_of_others(self) -> list[str]:
        """The kinds of which the database may hold edges of others: none, where it is all ours."""
        others = "MATCH (n:DataSet) WHERE n.dataset <> $dataset RETURN n.dataset, n.loader LIMIT 1"
        if not self._pairs(others, ()):
            return []
        return [*self.connection.read(kinds_there)]

    def _pairs(self, statement: str, keys: Collection[str]) -> dict[str, str]:
        values = {"keys": sorted(keys), "dataset": self.dataset}
        return self.connection.read(lambda tx: dict(tx.run(statement, values).values()))

    def _taken(self, table: str, row: Properties, owner: str) -> BadInput:
        if table == "set_member":
            return twice(self.dataset, f"{row['entity']} is in the set {row['set']} already")
        return taken(table, row["id"], owner or _THEIRS)

    def _refuse_needed(self, table: str, keys: Sequence[str]) -> None:
        """Raise when something that stays, of others, is tied to what goes."""
        if table == "edge":
            return
        label, key = TABLES[table].label, TABLES[table].key
        statement = (
            f"UNWIND $keys AS key MATCH (n:{label} {{{key}: key}})-[r]-(m) "
            "WHERE coalesce(r.dataset, '') <> $dataset "
            "RETURN key, coalesce(r.dataset, ''), type(r), labels(m) LIMIT 1"
        )
        found = self.connection.read(
            lambda tx: tx.run(statement, keys=keys, dataset=self.dataset).single()
        )
        if found is not None:
            raise self._needed(table, *found.values())

    def _needed(
        self, table: str, row_key: str, owner: str, tie: str, labels: list[str]
    ) -> BadInput:
        if not owner:
            return BadInput(
                f"{table} {row_key!r} is no longer in the data, but the database holds a "
                f"relationship {tie} to it that is not of this program: delete that one first"
            )
        tables = {t.label: name for name, t in TABLES.items()} | {"Entity": "edge"}
        what = next((tables[label] for label in labels if label in tables), "")
        if table == "entity" and what in LEANING:
            return leaned_on(row_key, owner, LEANING[what])
        return twice(self.dataset, f"{table} {row_key!r} is gone, but {owner!r} names it")


def _where(table: str, row: Mapping[str, str]) -> str:
    if table == "set_member":
        return f"set {row['set']}"
    if table == "claim":
        return f"claim {row['id']} on {row['subject_kind']} {row['subject']}"
    return f"{table} {row['id']}"
