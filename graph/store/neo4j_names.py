"""The names of a store in Neo4j: written by a load, looked up by `graph.store.search`.

A name never changes: one that is no longer so keeps standing with `until`, the revision that ended
it. Its trigrams are words of a full-text index, with a mark for the kind of its entity.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import starmap
from typing import Any, NamedTuple

from neo4j import ManagedTransaction

from graph.model import Entity
from graph.names import fold
from graph.store.neo4j_ledger import Ledger
from graph.store.neo4j_model import MARKER, Properties, key
from graph.store.neo4j_rows import EVERYTHING, PAGE, walk
from graph.store.neo4j_schema import NAMES
from graph.store.neo4j_snapshot import Look
from graph.store.neo4j_turn import Turn, batches
from graph.store.search import Spelling
from graph.store.spellings import SPELT, mark, spellings, trigrams

_LONGEST = 2_000
"""Characters of a folded name that are kept: an index takes no more than about 8000 bytes."""
_AT_ONCE = 8
"""Sets of trigrams that are looked up together."""
_READ = 10
"""Names are read from the full-text index for each one that is taken: the earliest are wanted of them."""
_SEEN = "n.loaded <= $revision AND n.until > $revision"
_SPELLING = "[n.place, n.entity, n.kind, n.text, n.folded, n.why]"


class _Name(NamedTuple):
    entity: str
    kind: str
    text: str
    why: str


_TABLE = "name"
"""What names are called in a ledger."""
_COLUMNS = (*_Name._fields, "place", "folded", "mark", "spelt", "grams")


def _gram(trigram: str) -> str:
    """A trigram as one word; no folded name holds an underscore."""
    return trigram.replace(" ", "_")


class NameWriter:
    """Brings the names of a data set in line with its entities.

    Args:
        turn: the turn to write.
        dataset: the data set.
        ledger: where names are written down until then.
    """

    def __init__(self, turn: Turn, dataset: str, ledger: Ledger) -> None:
        self.turn = turn
        self.dataset = dataset
        self.ledger = ledger
        self._noted = 0
        self._holding: Counter[str] = Counter()

    def note(self, entity: Entity) -> None:
        """Write down the names of an entity."""
        for text, why in spellings(entity):
            name, folded = _Name(entity.id, entity.kind, text, why), fold(text)[:_LONGEST]
            row = name._asdict() | {"folded": folded}
            self._noted += 1
            order = f"{self._noted:012}"
            if folded and self.ledger.put("after", _TABLE, key(*name), row, order):
                self._holding.update(_grams(name, folded) if why in SPELT else ())

    def write(self) -> None:
        """End what is no longer so and add what is new."""
        for row in walk(self._standing):
            name = _Name(*map(row.get, _Name._fields))  # type: ignore[arg-type]
            self.ledger.put("before", _TABLE, key(*name), row)
        for gone in batches(row["place"] for row in self.ledger.gone(_TABLE)):
            self._change(
                "UNWIND $rows AS place MATCH (n:LoopholeName {place: place}) "
                "SET n.until = $revision",
                gone,
            )
        new = (row for was, row in self.ledger.pairs(_TABLE) if was is None)
        for some in batches(starmap(_row, enumerate(new, self._next_place()))):
            self._change(_creating("LoopholeName", _COLUMNS), some)
        self._count()

    def _standing(self, after: str) -> tuple[list[Properties], str]:
        found = self._read(
            "MATCH (n:LoopholeName) WHERE n.dataset = $dataset AND n.place > $after "
            "AND n.until = $everything RETURN n.entity, n.kind, n.text, n.why, n.place "
            "ORDER BY n.place LIMIT $most",
            after=int(after or 0),
            most=PAGE,
        )
        rows = [dict(zip((*_Name._fields, "place"), values, strict=True)) for values in found]
        return rows, str(rows[-1]["place"]) if len(rows) == PAGE else ""

    def _next_place(self) -> int:
        ((highest,),) = self._read("MATCH (n:LoopholeName) RETURN coalesce(max(n.place), 0)")
        return int(highest) + 1

    def _count(self) -> None:
        """Keep how many names hold each trigram: a search begins with the rarest."""
        after = self._holding
        before = dict(
            self._read(
                "MATCH (n:LoopholeGram {dataset: $dataset}) WHERE n.until = $everything "
                "RETURN n.text, n.names"
            )
        )
        gone = [text for text, names in before.items() if after.get(text) != names]
        new = [[text, names] for text, names in after.items() if before.get(text) != names]
        for some in batches(gone):
            self._change(
                "UNWIND $rows AS text MATCH (n:LoopholeGram {text: text}) WHERE "
                "n.dataset = $dataset AND n.until = $everything SET n.until = $revision",
                some,
            )
        for part in batches(new):
            self._change(_creating("LoopholeGram", ("text", "names")), part)

    def _read(self, statement: str, **more: object) -> list[list[Any]]:
        values = {"dataset": self.dataset, "everything": EVERYTHING, **more}
        return self.turn.connection.read(lambda tx: tx.run(statement, values).values())

    def _change(self, statement: str, rows: Sequence[Any]) -> None:
        values = {
            "rows": rows,
            "dataset": self.dataset,
            "revision": self.turn.revision,
            "everything": EVERYTHING,
        }
        self.turn.batch(lambda transaction: _done(transaction, statement, values))


def _creating(label: str, columns: Sequence[str]) -> str:
    """A statement that makes nodes of lists of their properties."""
    values = "".join(f"{name}: row[{place}], " for place, name in enumerate(columns))
    return (
        f"UNWIND $rows AS row CREATE (:{MARKER}:{label} {{{values}dataset: $dataset, "
        "loaded: $revision, until: $everything})"
    )


def _done(transaction: ManagedTransaction, statement: str, values: dict[str, Any]) -> None:
    transaction.run(statement, values).consume()


def _row(place: int, noted: Properties) -> list[Any]:
    name, folded = _Name(*map(noted.get, _Name._fields)), noted["folded"]  # type: ignore[arg-type]
    spelt = name.why in SPELT
    grams = " ".join(_grams(name, folded)) if spelt else None
    return [*name, place, folded, mark(name.kind), spelt, grams]


def _grams(name: _Name, folded: str) -> set[str]:
    return {*map(_gram, trigrams(f" {folded}")), mark(name.kind)}


class Neo4jNames:
    """See `graph.store.search.Names`: over the names of a snapshot, in one transaction."""

    def __init__(self, look: Look) -> None:
        self.look = look

    def rarity(self, trigrams: Iterable[str]) -> dict[str, int]:
        """How many names hold each of some trigrams."""
        wanted = {_gram(trigram): trigram for trigram in trigrams}
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
        asked = [" AND ".join(f'"{_gram(of)}"' for of in part) + kinds for part in parts]
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
