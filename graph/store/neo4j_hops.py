"""Hand-overs at some parties, from a Neo4j server: what surrounds a question, and nothing else."""

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator
from functools import partial

from neo4j import ManagedTransaction

from graph.dates import iso
from graph.kinds import ROUTED
from graph.model import Edge
from graph.store.neo4j_model import RELATIONSHIP_TYPES, Properties
from graph.store.neo4j_rows import Snapshot

_AT_ONCE = 5_000
"""So many parties are named in one query."""
_TYPES = "|".join(RELATIONSHIP_TYPES[kind] for kind in sorted(ROUTED))
_DEGREES = {
    "source": f"COUNT {{ (n)-[:{_TYPES}]->() }}",
    "target": f"COUNT {{ (n)<-[:{_TYPES}]-() }}",
}
"""Kept by the server with each node, whatever was written when: no relationship is read."""


class Neo4jHops:
    """See `graph.store.base.Near`.

    Args:
        snapshot: the store at the revision of the reader.
        edges: turns rows of edges into records with their claims, by id.
    """

    def __init__(
        self, snapshot: Snapshot, edges: Callable[[Iterable[Properties]], Iterator[Edge]]
    ) -> None:
        self._snapshot = snapshot
        self._edges = edges

    def degrees(self, parties: Collection[str], end: str) -> dict[str, int]:
        """For each of some parties, how many hand-overs `at` can give at most."""
        found: Counter[str] = Counter()
        for some in _some(parties):
            found += self._snapshot.connection.read(partial(self._count, some, end))
        return dict(found)

    def at(
        self, parties: Collection[str], end: str, kinds: Iterable[str], day: int
    ) -> Iterator[Edge]:
        """The edges of some routed kinds at some parties that can have begun by a day, with claims."""
        # A text of a year or a month is before every day in it, as is the empty one.
        where = f"n.{_column(end)} IN $parties AND coalesce(n.start, '') <= $day"
        wanted = sorted(kinds)
        for some in _some(parties):
            rows = self._snapshot.rows("edge", where, *wanted, parties=some, day=iso(day))
            yield from self._edges(rows)

    def _count(self, parties: list[str], end: str, transaction: ManagedTransaction) -> Counter[str]:
        found: Counter[str] = Counter()
        for statement in (
            f"MATCH (n:Entity) WHERE n.id IN $parties RETURN n.id, {_DEGREES[end]}",
            "MATCH (n:LoopholeOld) WHERE n.until > $revision AND n.loaded <= $revision "
            f"AND n.old_table = 'edge' AND n.{_column(end)} IN $parties "
            f"RETURN n.{_column(end)}, count(*)",
        ):
            values = {"parties": parties, "revision": self._snapshot.revision}
            for party, number in transaction.run(statement, values).values():
                found[party] += number
        self._snapshot.check(transaction)
        return +found


def _column(end: str) -> str:
    """The property that names an end, for a text that becomes part of a query."""
    return {"source": "source", "target": "target"}[end]


def _some(parties: Collection[str]) -> Iterator[list[str]]:
    wanted = sorted(parties)
    for start in range(0, len(wanted), _AT_ONCE):
        yield wanted[start : start + _AT_ONCE]
