"""Rows written, kept and taken away in one transaction, a statement for all rows of one shape."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

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
    """Make rows stand as they are to stand; the database must hold no row that had no state before."""
    for of, rows in _by_shape((c.table, c.before) for c in some if _moves(c)):
        _remove(transaction, of, rows)
    for group, rows in _grouped(some):
        _put(transaction, group, rows)
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


def _by_shape(
    rows: Iterable[tuple[str, Properties | None]],
) -> Iterable[tuple[Shape, list[Properties]]]:
    """Rows that are found alike, in the order of the first of each."""
    found: dict[Shape, list[Properties]] = {}
    for table, row in rows:
        if row is not None:
            of = TABLES[table]
            # A node is found by label and key, whatever others have made of the rest.
            lies = Shape(of.label, of.key) if of.label else shape(of, row)
            found.setdefault(lies, []).append(row)
    return found.items()


class _Group(NamedTuple):
    """What rows have in common that are written by one statement.

    Attributes:
        new: the database holds none of them.
        ours: what all of them say of the load that wrote them.
    """

    table: str
    lies: Shape
    new: bool
    ours: tuple[str, int]


def _put(transaction: ManagedTransaction, of: _Group, rows: list[Properties]) -> None:
    written = _create if of.new else _merge_nodes if of.lies.label else _merge_edges
    if written(transaction, of, rows) != len(rows):
        raise StoreError(f"an end of a {of.table} is gone from the database: load the data again")


def _grouped(some: Iterable[Change]) -> Iterable[tuple[_Group, list[Properties]]]:
    """Rows that are to stand, by what they have in common, in the order of the first of each."""
    found: dict[_Group, list[Properties]] = {}
    for table, before, after in some:
        if after is not None:
            lies = shape(TABLES[table], after)
            if before is None:
                links = tuple(link for link in lies.links if after.get(link.property))
                lies = lies._replace(links=links)
            group = _Group(table, lies, before is None, (after["dataset"], after["loaded"]))
            found.setdefault(group, []).append(after)
    return found.items()


def _create(transaction: ManagedTransaction, of: _Group, rows: list[Properties]) -> int:
    """Write rows that are new: none is looked for, and what no row has is not sent."""
    lies = of.lies
    held = set().union(*rows)
    columns = [name for name in COLUMNS[of.table] if name in held and name not in _OURS]
    at = {name: f"row[{place}]" for place, name in enumerate(columns)}
    ours = {name: f"$ours.{name}" for name in _OURS}
    if lies.label:
        tie = f" {_values(ours)}]->"
        ends = {link.property: (link.label, f"(n)-[:{link.type}{tie}") for link in lies.links}
        labels = ":".join(filter(None, (MARKER, lies.label, lies.kind)))
        made = f"CREATE (n:{labels} {_values(at | ours)}) "
    else:
        ends = dict.fromkeys(("source", "target"), ("Entity", ""))
        stored = {name: value for name, value in (at | ours).items() if name not in UNSTORED}
        made = f"CREATE (source)-[n:{lies.kind} {_values(stored)}]->(target) "
    found = "".join(f"MATCH ({e}:{label} {{id: {at[e]}}}) " for e, (label, _) in ends.items())
    tied = "".join(f"CREATE {tie}({end}) " for end, (_, tie) in ends.items() if tie)
    statement = f"UNWIND $rows AS row {found}{made}{tied}RETURN count(*)"
    return _count(transaction, statement, of, _listed(columns, rows))


def _values(at: Mapping[str, str]) -> str:
    return "{" + ", ".join(f"{name}: {value}" for name, value in at.items()) + "}"


def _listed(columns: Sequence[str], rows: Iterable[Properties]) -> list[list[Any]]:
    """Rows without the names of their columns: half as much to send."""
    return [[row.get(name) for name in columns] for row in rows]


def _merge_nodes(transaction: ManagedTransaction, of: _Group, rows: list[Properties]) -> int:
    lies, columns = of.lies, COLUMNS[of.table]
    at = {name: f"row[{place}]" for place, name in enumerate(columns)}
    others = [label for label in ENTITY_LABELS.values() if label != lies.kind]
    kinds = f"SET n:{lies.kind} REMOVE n:{':'.join(others)} " if lies.kind else ""
    statement = (
        f"UNWIND $rows AS row MERGE (n:{lies.label} {{{lies.key}: {at[lies.key]}}}) "
        f"SET n += {_values(at)}, n += $ours, n:{MARKER} {kinds}RETURN count(*)"
    )
    written = _count(transaction, statement, of, _listed(columns, rows))
    for link in lies.links:
        _put_links(transaction, lies, link, rows)
    return written


def _merge_edges(transaction: ManagedTransaction, of: _Group, rows: list[Properties]) -> int:
    lies, columns = of.lies, COLUMNS[of.table]
    at = {name: f"row[{place}]" for place, name in enumerate(columns)}
    stored = {name: value for name, value in at.items() if name not in UNSTORED}
    statement = (
        f"UNWIND $rows AS row MATCH (a:Entity {{id: {at['source']}}}) "
        f"MATCH (b:Entity {{id: {at['target']}}}) "
        f"MERGE (a)-[r:{lies.kind} {{{lies.key}: {at[lies.key]}}}]->(b) "
        f"SET r += {_values(stored)}, r += $ours RETURN count(*)"
    )
    return _count(transaction, statement, of, _listed(columns, rows))


def _count(
    transaction: ManagedTransaction, statement: str, of: _Group, rows: list[list[Any]]
) -> int:
    ours = dict(zip(_OURS, of.ours, strict=True))
    found = transaction.run(statement, rows=rows, ours=ours).single(strict=True)
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


def _remove(transaction: ManagedTransaction, lies: Shape, rows: list[Properties]) -> None:
    statement = (
        f"UNWIND $keys AS key MATCH (n:{lies.label} {{{lies.key}: key}}) "
        "OPTIONAL MATCH (n)-[r]-() WHERE r.loaded IS NOT NULL DELETE r WITH DISTINCT n DELETE n"
        if lies.label
        else f"UNWIND $keys AS key MATCH ()-[r:{lies.kind} {{{lies.key}: key}}]->() DELETE r"
    )
    transaction.run(statement, keys=[row[lies.key] for row in rows]).consume()
