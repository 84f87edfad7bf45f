"""The records of a load as rows of Neo4j, and what changes between two states of a data set."""

from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from graph.model import Claim, Edge, Entity, Measure, Record, SetMember
from graph.store.contradictions import twice
from graph.store.neo4j_model import TABLES, Properties, key, properties

Rows = dict[str, dict[str, Properties]]
"""Of every table: its rows by key."""

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


class Change(NamedTuple):
    """What becomes of one row.

    Attributes:
        before: as it stands in the database; None when it is new.
        after: as it is to stand; None when it goes.
    """

    table: str
    before: Properties | None
    after: Properties | None


def rows(dataset: str, records: Iterable[Record]) -> Rows:
    """The rows of a data set; what is empty is left out.

    Raises:
        BadInput: when a claim or a member of a set stands twice.
    """
    found: Rows = {name: {} for name in TABLES}
    for place, record in enumerate(records):
        for table, row in record_rows(dataset, record, place):
            row_key = row[TABLES[table].key]
            if table in _ONCE and row_key in found[table]:
                raise twice(dataset, _ONCE[table].format_map(row))
            found[table][row_key] = row
    return found


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


def changes(before: Rows, after: Rows, revision: int) -> list[Change]:
    """What turns one state of a data set into another: in the order in which it can be done.

    What is written comes behind what it names, and what goes before it. Kinds stand together: a batch
    then takes few statements of many rows.
    """
    put = [
        Change(table, was, row | {"loaded": revision})
        for table, rows in after.items()
        for key, row in sorted(rows.items(), key=_kind)
        if (was := before[table].get(key)) is None or row != _known(table, was)
    ]
    gone = [
        Change(table, was, None)
        for table in reversed(before)
        for key, was in before[table].items()
        if key not in after[table]
    ]
    return [*put, *gone]


def _kind(item: tuple[str, Properties]) -> str:
    return str(item[1].get("kind", ""))


def _known(table: str, row: Properties) -> dict[str, Any]:
    """A row without what others have added to it, and without its revision."""
    return {column: row[column] for column in COLUMNS[table] if column in row}
