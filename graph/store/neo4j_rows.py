"""Queries for the rows of a store in Neo4j, and how what they find becomes rows."""

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence

from neo4j import ManagedTransaction

from graph.store.neo4j_model import EDGE_KIND_OF, RELATIONSHIP_TYPES, TABLES, Properties

EVERYTHING = 1 << 60
"""A revision after all others."""
PAGE = 10_000
"""So many rows are read in one transaction."""
_NAMED = 5_000


def walk(
    page: Callable[[str], tuple[list[Properties], str]],
) -> Iterator[Properties]:
    """Rows by key: `page` gives those that come after a key, and the last key, empty at the end."""
    after, more = "", True
    while more:
        rows, after = page(after)
        yield from rows
        more = bool(after)


def parts(ids: Collection[str]) -> Iterator[list[str]]:
    """Some ids in order, as many at a time as one query names."""
    wanted = sorted(set(ids))
    for start in range(0, len(wanted), _NAMED):
        yield wanted[start : start + _NAMED]


def read_row(table: str, row: Properties) -> Properties:
    """A row as it was written: of an edge the kind instead of the type."""
    if table != "edge":
        return row
    return row | {"kind": EDGE_KIND_OF.get(row["kind"], row["kind"])}


def narrowed(condition: str) -> str:
    """A condition as it follows another one; nothing where there is none."""
    return f" AND ({condition})" if condition else ""


def old(where: str, kinds: Sequence[str] = (), returned: str = "n{.*}") -> str:
    """A query for rows of a `$table` that were kept; where `kinds` are given, of those `$kinds`."""
    return (
        "MATCH (n:LoopholeOld) WHERE n.until > $revision AND n.loaded <= $revision "
        f"AND n.old_table = $table{narrowed(where)}{narrowed('n.kind IN $kinds' * bool(kinds))} "
        f"RETURN {returned}"
    )


def current(table: str, condition: str, kinds: Iterable[str] = ()) -> str:
    """A query for rows of a table as they stand, whatever their revision."""
    types = "|".join(RELATIONSHIP_TYPES[kind] for kind in kinds or RELATIONSHIP_TYPES)
    return _matching(table, types, "", condition)


def paged(table: str, condition: str, kind: str = "") -> str:
    """A query for the `$most` rows of a table that come first after a key, by key.

    It follows the index of the key, so that a page costs no more for what lies behind it.
    """
    over, key = RELATIONSHIP_TYPES.get(kind, TABLES[table].label), TABLES[table].key
    hint = f"USING INDEX n:{over}({key}) "
    found = _matching(table, over, hint, f"n.{key} > $after{narrowed(condition)}")
    return f"{found} ORDER BY n.{key} LIMIT $most"


def _matching(table: str, over: str, hint: str, condition: str) -> str:
    if table != "edge":
        return f"MATCH (n:{TABLES[table].label}) {hint}WHERE {condition} RETURN n{{.*}}"
    ends = condition.replace("n.source", "a.id").replace("n.target", "b.id")
    return (
        f"MATCH (a:Entity)-[n:{over}]->(b:Entity) {hint}WHERE {ends} "
        "RETURN n{.*, kind: type(n), source: a.id, target: b.id}"
    )


def kinds_there(transaction: ManagedTransaction) -> dict[str, int]:
    """Of the kinds of edges in the database, how many relationships of their types there are."""
    each = (
        f"MATCH ()-[n:{type_}]->() RETURN '{kind}' AS kind, count(n) AS number"
        for kind, type_ in RELATIONSHIP_TYPES.items()
    )
    found = transaction.run(" UNION ALL ".join(each)).values()
    return {kind: number for kind, number in found if number}
