"""What a load into Neo4j is refused for: looked for before anything is written."""

from collections.abc import Iterable, Mapping

from neo4j import ManagedTransaction

from graph.exc import BadInput
from graph.store.contradictions import LEANING, leaned_on, taken, twice, unknown
from graph.store.neo4j_batch import SIZE
from graph.store.neo4j_driver import Connection
from graph.store.neo4j_layout import Rows
from graph.store.neo4j_model import RELATIONSHIP_TYPES, TABLES, Properties

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

    def refuse(self, before: Rows, after: Rows) -> None:
        """Raise unless the database can go from one state of the data set to another.

        Raises:
            BadInput: an id is another data set's, an end is nowhere, or what is gone is needed.
        """
        owners = {table: self._owners(table, after) for table in _OWNED}
        for table, found in owners.items():
            for row_key in after[table]:
                if row_key in found:
                    raise self._taken(table, after[table][row_key], found[row_key])
        for table, named in _NAMED.items():
            for row in after[table].values():
                for column, other in named:
                    wanted = row.get(column)
                    if wanted and wanted not in after[other] and wanted not in owners[other]:
                        raise unknown(_where(table, row), other, wanted)
        for table in TABLES:
            self._refuse_needed(table, before[table].keys() - after[table].keys())

    def _owners(self, table: str, after: Rows) -> dict[str, str]:
        """Rows of others among those that are written or named: key to data set, or to nothing."""
        wanted = set(after[table])
        for other, named in _NAMED.items():
            columns = [column for column, of in named if of == table]
            wanted.update(row[c] for row in after[other].values() for c in columns if row.get(c))
        if table != "edge":
            return self._pairs(
                f"UNWIND $keys AS key MATCH (n:{TABLES[table].label} "
                f"{{{TABLES[table].key}: key}}) WHERE coalesce(n.dataset, '') <> $dataset "
                "RETURN key, coalesce(n.dataset, '')",
                wanted,
            )
        types = "|".join(RELATIONSHIP_TYPES.values())
        others = self._pairs(
            f"MATCH (:Entity)-[n:{types}]->(:Entity) WHERE n.dataset <> $dataset RETURN n.id, n.dataset",
            [""],
        )
        return {edge: owner for edge, owner in others.items() if edge in wanted}

    def _pairs(self, statement: str, keys: Iterable[str]) -> dict[str, str]:
        listed = sorted(keys)

        def work(transaction: ManagedTransaction, some: list[str]) -> dict[str, str]:
            found = transaction.run(statement, keys=some, dataset=self.dataset)
            return dict(found.values())

        pairs: dict[str, str] = {}
        for at in range(0, len(listed), SIZE):
            some = listed[at : at + SIZE]
            pairs |= self.connection.read(lambda tx, some=some: work(tx, some))  # type: ignore[misc]
        return pairs

    def _taken(self, table: str, row: Properties, owner: str) -> BadInput:
        if table == "set_member":
            return twice(self.dataset, f"{row['entity']} is in the set {row['set']} already")
        return taken(table, row["id"], owner or _THEIRS)

    def _refuse_needed(self, table: str, gone: Iterable[str]) -> None:
        """Raise when something that stays, of others, is tied to what goes."""
        listed = sorted(gone)
        if not listed or table == "edge":
            return
        label, key = TABLES[table].label, TABLES[table].key
        statement = (
            f"UNWIND $keys AS key MATCH (n:{label} {{{key}: key}})-[r]-(m) "
            "WHERE coalesce(r.dataset, '') <> $dataset "
            "RETURN key, coalesce(r.dataset, ''), type(r), labels(m) LIMIT 1"
        )
        found = self.connection.read(
            lambda tx: tx.run(statement, keys=listed, dataset=self.dataset).single()
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
