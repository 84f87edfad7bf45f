"""The names of a store in Neo4j, as `graph.store.search` looks them up; `neo4j_naming` writes them.

A name never changes: one that is no longer so keeps standing with `until`, the revision that ended
it. Its trigrams are words of a full-text index, with a mark for the kind of its entity.
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from graph.store.neo4j_schema import NAMES
from graph.store.neo4j_snapshot import Look
from graph.store.search import Spelling

_AT_ONCE = 8
"""Sets of trigrams that are looked up together."""
_READ = 10
"""Names are read from the full-text index for each one that is taken: the earliest are wanted of them."""
_SEEN = "n.loaded <= $revision AND n.until > $revision"
_SPELLING = "[n.place, n.entity, n.kind, n.text, n.folded, n.why]"


def gram(trigram: str) -> str:
    """A trigram as one word; no folded name holds an underscore."""
    return trigram.replace(" ", "_")


class Neo4jNames:
    """See `graph.store.search.Names`: over the names of a snapshot, in one transaction."""

    def __init__(self, look: Look) -> None:
        self.look = look

    def rarity(self, trigrams: Iterable[str]) -> dict[str, int]:
        """How many names hold each of some trigrams."""
        wanted = {gram(trigram): trigram for trigram in trigrams}
        found = self._read(
            f"MATCH (n:LoopholeGram) WHERE n.text IN $wanted AND {_SEEN} "
            "RETURN n.text, sum(n.names)",
            wanted=[*wanted],
        )
        return {wanted[text]: names for text, names in found}

    def equal(self, folded: str, marks: Sequence[str], limit: int) -> Iterable[Spelling]:
        """Names and codes that fold to a text."""
        return self._spellings(
            f"MATCH (n:LoopholeName) WHERE n.mark IN $marks AND n.folded = $folded AND {_SEEN} "
            f"RETURN {_SPELLING} ORDER BY n.mark, n.place LIMIT $limit",
            folded=folded,
            marks=marks,
            limit=limit,
        )

    def starting(self, folded: str, marks: Sequence[str], scanned: int, limit: int) -> list[int]:
        """Names that start with a text, the shortest first."""
        found = self._read(
            f"{_EACH_START} RETURN n.place ORDER BY size(n.folded), n.folded, n.place LIMIT $limit",
            starts=[folded],
            marks=marks,
            each=scanned,
            limit=limit,
        )
        return [place for (place,) in found]

    def starting_any(
        self, starts: Sequence[str], marks: Sequence[str], each: int
    ) -> dict[int, str]:
        """Names that start with one of some texts."""
        found = self._read(
            f"{_EACH_START} RETURN DISTINCT n.place, n.folded ORDER BY n.place",
            starts=starts,
            marks=marks,
            each=each,
        )
        return dict(found)

    def sharing(
        self, parts: Sequence[Sequence[str]], marks: Sequence[str], limit: int
    ) -> Iterator[list[int]]:
        """Names that hold all trigrams of a set, for some sets at a time.

        Of trigrams that very many names hold, the index hands on those names in which they weigh most.
        """
        kinds = " AND (" + " OR ".join(f'"{of}"' for of in marks) + ")" if marks else ""
        asked = [" AND ".join(f'"{gram(of)}"' for of in part) + kinds for part in parts]
        for at in range(0, len(asked), _AT_ONCE):
            some = asked[at : at + _AT_ONCE]
            found = self._read(
                "UNWIND range(0, size($some) - 1) AS at "
                f"CALL db.index.fulltext.queryNodes('{NAMES}', $some[at], {{limit: $read}}) "
                "YIELD node AS n "
                f"WITH at, n WHERE {_SEEN} WITH at, n.place AS place ORDER BY at, place "
                "RETURN at, collect(place)[..$limit]",
                some=some,
                limit=limit,
                read=_READ * limit,
            )
            places = dict(found)
            yield from (places.get(at, []) for at in range(len(some)))

    def folded(self, keys: Iterable[int]) -> dict[int, str]:
        """Names by key, folded."""
        found = self._read(
            "MATCH (n:LoopholeName) WHERE n.place IN $keys RETURN n.place, n.folded ORDER BY n.place",
            keys=[*keys],
        )
        return dict(found)

    def spellings(self, keys: Iterable[int]) -> Iterable[Spelling]:
        """Names by key."""
        return self._spellings(
            f"MATCH (n:LoopholeName) WHERE n.place IN $keys RETURN {_SPELLING} ORDER BY n.place",
            keys=[*keys],
        )

    def about(self, entities: Sequence[str]) -> dict[str, tuple[str, str, str]]:
        """Name, country and basis of entities by id."""
        rows = self.look.rows("entity", "n.id IN $ids", ids=[*entities])
        return {
            row["id"]: (row["name"], row.get("country", ""), row.get("person_basis", ""))
            for row in rows
        }

    def _spellings(self, statement: str, **values: object) -> Iterable[Spelling]:
        return [Spelling(*found) for (found,) in self._read(statement, **values)]

    def _read(self, statement: str, **values: object) -> list[Any]:
        found: list[Any] = self.look.run(statement, **values).values()
        return found


# The index hands names on in the order wanted: of one mark and start no more are read than are taken.
_EACH_START = (
    "UNWIND $marks AS mark UNWIND $starts AS start CALL { WITH mark, start "
    "MATCH (n:LoopholeName) USING INDEX n:LoopholeName(mark, folded) "
    f"WHERE n.mark = mark AND n.folded STARTS WITH start AND n.spelt AND {_SEEN} "
    "RETURN n ORDER BY n.folded, n.place LIMIT $each }"
)
