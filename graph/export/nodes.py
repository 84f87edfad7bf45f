"""A store as the nodes and relationships of a Neo4j database, for whoever writes one from files.

What only the program itself needs there is left out (the marker, the index of names): a database made of
these is for reading, and the store declines to take it for one of its own.
"""

from collections.abc import Iterator
from typing import NamedTuple

from graph.store.base import Reader
from graph.store.neo4j_layout import COLUMNS, record_rows
from graph.store.neo4j_model import (
    RELATIONSHIP_TYPES,
    TABLES,
    UNSTORED,
    Properties,
    Shape,
    Table,
    properties,
    shape,
)


class Row(NamedTuple):
    """One row: how it lies, and its properties, where None is none."""

    table: Table
    shape: Shape
    values: Properties


class Join(NamedTuple):
    """A sort of relationship: its type, and which nodes it joins."""

    type: str
    start: Table
    end: Table


START, END = "start_key", "end_key"
"""Where the properties of a relationship name the nodes at its ends."""


LABELLED = {table.label: table for table in TABLES.values() if table.label}
"""The tables whose rows are nodes, by label."""


SCHEMA = (
    *(
        f"CREATE CONSTRAINT loophole_{label.lower()} IF NOT EXISTS "
        f"FOR (n:{label}) REQUIRE n.{table.key} IS UNIQUE"
        for label, table in LABELLED.items()
    ),
    *(
        f"CREATE CONSTRAINT loophole_edge_{kind} IF NOT EXISTS "
        f"FOR ()-[r:{name}]-() REQUIRE r.id IS UNIQUE"
        for kind, name in RELATIONSHIP_TYPES.items()
    ),
    "CREATE INDEX loophole_claim_subject IF NOT EXISTS FOR (n:Claim) ON (n.subject)",
)
"""Statements that make the constraints over what `nodes` and `joins` give, unless they are there."""


def nodes(reader: Reader) -> Iterator[Row]:
    """Every node, data set by data set."""
    return (row for row in _rows(reader) if row.table.label)


def joins(reader: Reader) -> Iterator[tuple[Join, Properties]]:
    """Every relationship: its sort, and its properties with the keys of both its ends."""
    for row in _rows(reader):
        if not row.table.label:
            yield _edge(row)
        for link in row.shape.links:
            if named := row.values[link.property]:
                join = Join(link.type, row.table, LABELLED[link.label])
                yield join, {START: row.values[row.table.key], END: named}


def _edge(row: Row) -> tuple[Join, Properties]:
    ends = {START: row.values["source"], END: row.values["target"]}
    stored = {name: value for name, value in row.values.items() if name not in UNSTORED}
    return Join(row.shape.kind, TABLES["entity"], TABLES["entity"]), ends | stored


def _rows(reader: Reader) -> Iterator[Row]:
    for load in reader.loads():
        yield _row("load", properties(load))
        for place, record in enumerate(reader.records(load.dataset)):
            for name, values in record_rows(load.dataset, record, place):
                yield _row(name, values)


def _row(name: str, values: Properties) -> Row:
    """A row with all columns of its table, in their order."""
    table = TABLES[name]
    return Row(table, shape(table, values), {c: values.get(c) for c in COLUMNS[name]})
