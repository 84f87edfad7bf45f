"""Constraints, indexes and the marker of a store in Neo4j: made once, and only where there is room.

The marker says which store this is, at which revision, and whose turn it is to load.
"""

import uuid
from typing import NamedTuple

from neo4j import ManagedTransaction

from graph.exc import NotFound, SchemaError, StoreError
from graph.store.neo4j_driver import Connection
from graph.store.neo4j_model import MARKER, RELATIONSHIP_TYPES, TABLES

VERSION = 1
NAMES = "loophole_names"
"""The full-text index over the trigrams of names."""


class Rule(NamedTuple):
    """A constraint or an index: what it is called, what it is over, and how it is made."""

    name: str
    over: str
    properties: tuple[str, ...]
    made: str

    def statement(self) -> str:
        """What makes it unless it is there."""
        return self.made.format(name=self.name)


def _unique(label: str, key: str) -> Rule:
    made = f"CREATE CONSTRAINT {{name}} IF NOT EXISTS FOR (n:{label}) REQUIRE n.{key} IS UNIQUE"
    return Rule(f"loophole_{label.lower()}", label, (key,), made)


def _unique_edge(kind: str) -> Rule:
    made = f"CREATE CONSTRAINT {{name}} IF NOT EXISTS FOR ()-[r:{kind}]-() REQUIRE r.id IS UNIQUE"
    return Rule(f"loophole_edge_{kind.lower()}", kind, ("id",), made)


def _index(name: str, label: str, *properties: str) -> Rule:
    over = ", ".join(f"n.{property}" for property in properties)
    made = f"CREATE INDEX {{name}} IF NOT EXISTS FOR (n:{label}) ON ({over})"
    return Rule(f"loophole_{name}", label, properties, made)


INTERNAL = ("LoopholeStore", "LoopholeLock", "LoopholeOld", "LoopholeName", "LoopholeGram")
"""Labels of nodes that serve the program alone."""

RULES: tuple[Rule, ...] = (
    *(_unique(table.label, table.key) for table in TABLES.values() if table.label),
    *map(_unique_edge, RELATIONSHIP_TYPES.values()),
    _unique("LoopholeStore", "one"),
    _unique("LoopholeLock", "one"),
    _unique("LoopholeOld", "old_key"),
    _index("claim_subject", "Claim", "subject"),
    _index("measure_entity", "Measure", "entity"),
    _index("old_until", "LoopholeOld", "until"),
    *(
        _index(f"old_{of}", "LoopholeOld", "old_table", of)
        for of in ("id", "key", "subject", "entity", "source", "target")
    ),
    _index("name_place", "LoopholeName", "place"),
    _index("name_start", "LoopholeName", "mark", "folded"),
    _index("name_of_dataset", "LoopholeName", "dataset", "place"),
    _index("gram_text", "LoopholeGram", "text"),
    Rule(
        NAMES,
        "LoopholeName",
        ("grams",),
        "CREATE FULLTEXT INDEX {name} IF NOT EXISTS FOR (n:LoopholeName) ON EACH [n.grams] "
        "OPTIONS {{indexConfig: {{`fulltext.analyzer`: 'whitespace'}}}}",
    ),
)


class Mark(NamedTuple):
    """What the marker of a store says.

    Attributes:
        store: tells this store from another that took its place.
        revision: the last one that was published.
        oldest: the first one that can still be read.
        loading: a load began that was not published.
        writer: who wrote last, even if it was undone.
    """

    store: str
    revision: int
    oldest: int
    loading: bool
    writer: str


def mark(transaction: ManagedTransaction) -> Mark | None:
    """What the marker says; None where there is no store.

    Raises:
        StoreError: when it is not as this program writes it.
        SchemaError: when another version of this program wrote it.
    """
    found = transaction.run(
        "MATCH (s:LoopholeStore {one: 'store'}) RETURN s.id AS store, s.revision AS revision, "
        "s.oldest AS oldest, s.writer IS NOT NULL AS loading, s.schema AS schema, "
        "coalesce(s.asked, '') AS writer"
    ).single()
    if found is None:
        return None
    schema, store, revision, oldest, loading, writer = map(
        found.get, ("schema", "store", "revision", "oldest", "loading", "writer")
    )
    if type(schema) is int and schema != VERSION:
        raise SchemaError(
            f"the store in this database has schema {schema}, this program reads schema {VERSION}: "
            "load the data again into an empty database"
        )
    if (type(schema), type(store), type(revision), type(oldest)) != (int, str, int, int):
        raise StoreError(
            "the node :LoopholeStore is damaged: restore a backup, or load into an empty database"
        )
    return Mark(store, revision, oldest, loading, writer)


def marked(connection: Connection) -> Mark:
    """What the marker says.

    Raises:
        NotFound: when there is no store.
        StoreError: as `mark`.
    """
    found = connection.read(mark)
    if found is None:
        raise NotFound(f"the store at {connection.uri} is empty: fill it with `loophole load`")
    return found


def prepare(connection: Connection) -> None:
    """Make a store in the database, unless there is one; nothing changes when there is no room.

    Raises:
        StoreError: when others use a label, or the name of a constraint or an index, of ours.
    """
    if connection.read(mark) is None:
        connection.read(_refuse_taken_labels)
    there = connection.read(_there)
    missing = [rule for rule in RULES if rule.name not in there]
    for rule in RULES:
        if there.get(rule.name, (rule.over, rule.properties)) != (rule.over, rule.properties):
            raise StoreError(
                f"the name {rule.name} is taken in this database by a constraint or an index of "
                "others: nothing was changed; drop it, or use another database"
            )
    if missing:
        connection.write(lambda transaction: _make(transaction, missing))
        connection.read(lambda transaction: transaction.run("CALL db.awaitIndexes(60)").consume())
    connection.write(_make_marker)


def _refuse_taken_labels(transaction: ManagedTransaction) -> None:
    labels = [*(table.label for table in TABLES.values() if table.label), *INTERNAL]
    for label in labels:
        query = f"MATCH (n:{label}) WHERE NOT n:{MARKER} OR n.loaded IS NULL RETURN 1 LIMIT 1"
        if transaction.run(query).single():
            raise StoreError(
                f"this database has nodes labelled :{label} that are not of this program: nothing "
                "was changed; use another database"
            )


def _there(transaction: ManagedTransaction) -> dict[str, tuple[str, tuple[str, ...]]]:
    found = transaction.run(
        "SHOW INDEXES YIELD name, labelsOrTypes, properties WHERE labelsOrTypes IS NOT NULL "
        "RETURN name, labelsOrTypes, properties"
    )
    return {name: (over[0], tuple(properties)) for name, over, properties in found}


def _make(transaction: ManagedTransaction, rules: list[Rule]) -> None:
    for rule in rules:
        transaction.run(rule.statement()).consume()


def _make_marker(transaction: ManagedTransaction) -> None:
    transaction.run(
        f"MERGE (s:LoopholeStore {{one: 'store'}}) ON CREATE SET s:{MARKER}, s.id = $id, "
        "s.schema = $schema, s.revision = 0, s.oldest = 0, s.batch = 0, s.loaded = 0 "
        f"MERGE (l:LoopholeLock {{one: 'lock'}}) ON CREATE SET l:{MARKER}, l.loaded = 0",
        id=uuid.uuid4().hex,
        schema=VERSION,
    ).consume()
