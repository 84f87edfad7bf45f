"""Hand-overs at some parties, from a Neo4j server: what surrounds a question, and nothing else."""

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator
from functools import partial

from graph.dates import iso
from graph.kinds import ROUTED
from graph.model import Edge
from graph.store.base import End
from graph.store.neo4j_model import RELATIONSHIP_TYPES
from graph.store.neo4j_rows import parts
from graph.store.neo4j_snapshot import Look, Snapshot

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
        edges: reads the edges of some kinds that meet a condition, with claims, by id.
    """

    def __init__(self, snapshot: Snapshot, edges: Callable[..., Iterator[Edge]]) -> None:
        self._snapshot = snapshot
        self._edges = edges

    def degrees(self, parties: Collection[str], end: End) -> dict[str, int]:
        """For each of some parties, how many hand-overs `at` can give at most."""
        found: Counter[str] = Counter()
        for some in parts(parties):
            found += self._snapshot.read(partial(_count, some, end))
        return dict(found)

    def at(
        self, parties: Collection[str], end: End, kinds: Iterable[str], day: int
    ) -> Iterator[Edge]:
        """The edges of some routed kinds at some parties that can have begun by a day, with claims."""
        # A text of a year or a month is before every day in it, as is the empty one.
        where = f"n.{end} IN $parties AND coalesce(n.start, '') <= $day"
        wanted = sorted(kinds)
        for some in parts(parties):
            yield from self._edges(where, *wanted, parties=some, day=iso(day))


def _count(parties: list[str], end: End, look: Look) -> Counter[str]:
    found: Counter[str] = Counter()
    now = f"MATCH (n:Entity) WHERE n.id IN $parties RETURN n.id, {_DEGREES[end]}"
    old = (
        "MATCH (n:LoopholeOld) WHERE n.until > $revision AND n.loaded <= $revision "
        f"AND n.old_table = 'edge' AND n.{end} IN $parties RETURN n.{end}, count(*)"
    )
    for statement in (now, old) if look.kept else (now,):
        for party, number in look.run(statement, parties=parties).values():
            found[party] += number
    return +found
