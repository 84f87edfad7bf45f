"""The records of a load as rows of Neo4j, and what changes between two states of a data set."""

from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple

from graph.model import Claim, Edge, Entity, Measure, Record, SetMember
from graph.store.contradictions import twice
from graph.store.neo4j_ledger import Ledger, Side
from graph.store.neo4j_model import TABLES, Properties, key, properties

_TABLE_OF: dict[type, str] = {table.struct: name for name, table in TABLES.items()}
_BESIDE = {
    "claim": ("key", "subject_kind", "subject", "dataset"),
    "set_member": ("key", "dataset"),
    "refusal": ("key", "place", "dataset"),
    "reading": ("key", "place", "dataset"),
}
COLUMNS: dict[str, tuple[str, ...]] = {
    name: (
        *(column for column in table.struct.__struct_fields__ if column != "claims"),
        *_BESIDE.get(name, ("dataset",)),
    )
    for name, table in TABLES.items()
}
"""The properties of the rows of each table, apart from `loaded`."""
_WRITTEN = {name: (*columns, "loaded") for name, columns in COLUMNS.items()}


class Change(NamedTuple):
    """What becomes of one row.

    Attributes:
        before: as it stands in the database; None when it is new.
        after: as it is to stand; None when it goes.
    """

    table: str
    before: Properties | None
    after: Properties | None


def write_down(
    ledger: Ledger, dataset: str, records: Iterable[Record], named: Callable[[Entity], None]
) -> int:
    """Write the rows of a data set as they are to stand; how many records there were.

    Args:
        ledger: where to.
        dataset: the data set.
        records: all of it, in any order.
        named: is told of every entity.

    Raises:
        BadInput: when a claim or a member of a set stands twice.
    """
    place = -1
    for place, record in enumerate(records):
        for table, row in record_rows(dataset, record, place):
            if not put(ledger, "after", table, row):
                if table in _ONCE:
                    raise twice(dataset, _ONCE[table].format_map(row))
                ledger.drop(table, row[TABLES[table].key])
                put(ledger, "after", table, row)
        if isinstance(record, Entity):
            named(record)
    return place + 1


def put(ledger: Ledger, side: Side, table: str, row: Properties) -> bool:
    """Write a row down without what others have added to it; False when `after` holds it already."""
    kept = {column: row[column] for column in _WRITTEN[table] if column in row}
    return ledger.put(side, table, row[TABLES[table].key], kept, kept.get("kind", ""))


_ONCE = {
    "set_member": "{entity} is in the set {set} more than once",
    "claim": "{subject_kind} {subject} has the claim {id} more than once",
}
"""What is said of rows whose records have no id of their own, when they stand twice."""


def record_rows(dataset: str, record: Record, place: int) -> Iterator[tuple[str, Properties]]:
    """The rows of one record and of its claims, each with its table; what is empty is left out.

    Args:
        dataset: the data set that it is part of.
        record: what is to be written.
        place: how many records of the data set stand before it.
    """
    table = _TABLE_OF[type(record)]
    yield table, _row(dataset, record, place)
    if isinstance(record, Entity | Edge | Measure):
        for claim in record.claims:
            yield "claim", _row(dataset, claim, 0, subject_kind=table, subject=record.id)


def _row(dataset: str, record: Record | Claim, place: int, **beside: str) -> Properties:
    row = properties(record) | {"dataset": dataset} | beside
    if isinstance(record, Claim):
        row["key"] = key(beside["subject_kind"], beside["subject"], record.id)
    elif isinstance(record, SetMember):
        row["key"] = key(record.set, record.entity)
    elif TABLES[_TABLE_OF[type(record)]].key == "key":
        row |= {"key": key(dataset, str(place)), "place": place}
    return {column: value for column, value in row.items() if value is not None}


def changes(ledger: Ledger, revision: int) -> Iterator[Change]:
    """What turns one state of a data set into the other: in the order in which it can be done.

    What is written comes behind what it names, and what goes before it. Kinds stand together: a batch
    then takes few statements of many rows.
    """
    for table in TABLES:
        for was, row in ledger.pairs(table):
            if was is None or row != _known(table, was):
                yield Change(table, was, row | {"loaded": revision})
    for table in reversed(TABLES):
        for was in ledger.gone(table):
            yield Change(table, was, None)


def _known(table: str, row: Properties) -> Properties:
    """A row as it was written, without its revision."""
    return {column: row[column] for column in COLUMNS[table] if column in row}
