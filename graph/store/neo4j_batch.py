"""Rows written, kept and taken away in one transaction, a statement for all rows of one shape."""

from collections.abc import Iterable, Mapping, Sequence

from neo4j import ManagedTransaction

from graph.exc import StoreError
from graph.store.neo4j_layout import COLUMNS, Change
from graph.store.neo4j_model import (
    ENTITY_LABELS,
    MARKER,
    TABLES,
    UNSTORED,
    Link,
    Properties,
    Shape,
    key,
    shape,
)

SIZE = 10_000
"""The most rows that one transaction changes."""
_OURS = ("dataset", "loaded")
"""What tells a relationship of this program from those of others."""


def keep(transaction: ManagedTransaction, some: Iterable[Change], until: int) -> None:
    """Keep rows as they are, for readers of revisions before `until`."""
    rows = [
        {name: change.before.get(name) for name in (*COLUMNS[change.table], "loaded")}
        | {
            "old_key": key(change.table, str(until), change.before[TABLES[change.table].key]),
            "old_table": change.table,
            "until": until,
        }
        for change in some
        if change.before is not None
    ]
    transaction.run(
        "UNWIND $rows AS row MERGE (o:LoopholeOld {old_key: row.old_key}) "
        f"SET o += row, o:{MARKER}",
        rows=rows,
    ).consume()


def apply(transaction: ManagedTransaction, some: Sequence[Change]) -> None:
    """Make rows stand as they are to stand."""
    moved = [change for change in some if _moves(change)]
    for of, rows in _by_shape((c.table, c.before) for c in moved):
        _remove(transaction, of, rows)
    for of, rows in _by_shape((c.table, c.after) for c in some):
        _put(transaction, of, rows)
    for of, rows in _by_shape((c.table, c.before) for c in some if c.after is None):
        _remove(transaction, of, rows)


def _moves(change: Change) -> bool:
    """Whether an edge gets other ends or another kind: it is then another relationship."""
    before, after = change.before, change.after
    return bool(
        change.table == "edge"
        and before
        and after
        and any(before[name] != after[name] for name in UNSTORED)
    )


_Group = tuple[tuple[str, Shape], list[Properties]]


def _by_shape(rows: Iterable[tuple[str, Properties | None]]) -> Iterable[_Group]:
    """Rows that lie alike, by table and shape, in the order of the first of each."""
    found: dict[tuple[str, Shape], list[Properties]] = {}
    for table, row in rows:
        if row is not None:
            found.setdefault((table, shape(TABLES[table], row)), []).append(row)
    return found.items()


def _put(transaction: ManagedTransaction, of: tuple[str, Shape], rows: list[Properties]) -> None:
    table, lies = of
    columns = (*COLUMNS[table], "loaded")
    whole = [{name: row.get(name) for name in columns} for row in rows]
    written = _put_nodes if lies.label else _put_edges
    if written(transaction, lies, whole) != len(rows):
        raise StoreError(f"an end of a {table} is gone from the database: load the data again")
    for link in lies.links:
        _put_links(transaction, lies, link, whole)


def _put_nodes(transaction: ManagedTransaction, lies: Shape, rows: list[Properties]) -> int:
    others = [label for label in ENTITY_LABELS.values() if label != lies.kind]
    kinds = f"SET n:{lies.kind} REMOVE n:{':'.join(others)} " if lies.kind else ""
    statement = (
        f"UNWIND $rows AS row MERGE (n:{lies.label} {{{lies.key}: row.{lies.key}}}) "
        f"SET n += row, n:{MARKER} {kinds}RETURN count(*)"
    )
    return _count(transaction, statement, rows)


def _put_edges(transaction: ManagedTransaction, lies: Shape, rows: list[Properties]) -> int:
    statement = (
        "UNWIND $rows AS row MATCH (a:Entity {id: row.source}) MATCH (b:Entity {id: row.target}) "
        f"MERGE (a)-[r:{lies.kind} {{{lies.key}: row.{lies.key}}}]->(b) "
        "SET r += row.stored RETURN count(*)"
    )
    return _count(transaction, statement, [row | {"stored": _stored(row)} for row in rows])


def _stored(row: Mapping[str, object]) -> dict[str, object]:
    return {name: value for name, value in row.items() if name not in UNSTORED}


def _count(transaction: ManagedTransaction, statement: str, rows: list[Properties]) -> int:
    found = transaction.run(statement, rows=rows).single(strict=True)
    return int(found.value())


def _put_links(
    transaction: ManagedTransaction, lies: Shape, link: Link, rows: list[Properties]
) -> None:
    ends = [
        {"of": row[lies.key], "to": row[link.property], "ours": {n: row[n] for n in _OURS}}
        for row in rows
    ]
    transaction.run(
        f"UNWIND $rows AS row MATCH (n:{lies.label} {{{lies.key}: row.of}}) "
        f"OPTIONAL MATCH (n)-[was:{link.type}]->() WHERE was.loaded IS NOT NULL DELETE was "
        f"WITH DISTINCT n, row MATCH (t:{link.label} {{id: row.to}}) CREATE (n)-[l:{link.type}]->(t) "
        "SET l += row.ours",
        rows=ends,
    ).consume()


def _remove(transaction: ManagedTransaction, of: tuple[str, Shape], rows: list[Properties]) -> None:
    _, lies = of
    statement = (
        f"UNWIND $keys AS key MATCH (n:{lies.label} {{{lies.key}: key}}) "
        "OPTIONAL MATCH (n)-[r]-() WHERE r.loaded IS NOT NULL DELETE r WITH DISTINCT n DELETE n"
        if lies.label
        else f"UNWIND $keys AS key MATCH ()-[r:{lies.kind} {{{lies.key}: key}}]->() DELETE r"
    )
    transaction.run(statement, keys=[row[lies.key] for row in rows]).consume()
