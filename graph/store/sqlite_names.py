"""The names of a SQLite store, looked up in its indexes for `graph.store.search`."""

import heapq
import json
import sqlite3
from collections.abc import Iterable, Iterator, Sequence

from graph.store.search import Spelling

_SELECT = (
    "SELECT n.pk, e.id, e.kind, n.text, n.folded, n.why "
    "FROM name n JOIN entity e ON e.pk = n.entity "
)
_BY_KEY = _SELECT + "WHERE n.pk IN (SELECT value FROM json_each(?))"
_EQUAL = (
    _SELECT + "WHERE n.pk IN (SELECT pk FROM name WHERE folded = ?1 AND mark IN "
    "(SELECT value FROM json_each(?2)) ORDER BY mark, pk LIMIT ?3)"
)
_STARTING = (
    "SELECT length(folded), folded, pk FROM (SELECT folded, pk FROM name "
    "WHERE spelt AND mark = ? AND folded >= ? AND folded < ? ORDER BY folded, pk LIMIT ?) "
    "ORDER BY 1, 2, 3 LIMIT ?"
)
_STARTING_ANY = (
    "SELECT n.pk, n.folded FROM json_each(?1) m CROSS JOIN json_each(?2) s CROSS JOIN name n "
    "ON n.pk IN (SELECT pk FROM name WHERE spelt AND mark = m.value AND folded >= s.value "
    "AND folded < s.value || ?3 ORDER BY folded, pk LIMIT ?4) ORDER BY n.pk"
)
_AFTER_ALL = "\U0010ffff"  # sorts behind every character that a folded name can hold
_MATCHING = "SELECT rowid FROM trigram_index WHERE trigram_index MATCH ? ORDER BY rowid LIMIT ?"
_FOLDED = "SELECT pk, folded FROM name WHERE pk IN (SELECT value FROM json_each(?)) ORDER BY pk"
_RARITY = "SELECT text, names FROM trigram WHERE text IN (SELECT value FROM json_each(?))"

_ABOUT = (
    "SELECT id, name, country, person_basis FROM entity "
    "WHERE id IN (SELECT value FROM json_each(?))"
)


class SqliteNames:
    """See `graph.store.search.Names`: over an open store of the present schema."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self.db = db

    def rarity(self, trigrams: Iterable[str]) -> dict[str, int]:
        """How many names hold each of some trigrams."""
        return dict(self.db.execute(_RARITY, (json.dumps([*trigrams]),)).fetchall())

    def equal(self, folded: str, marks: Sequence[str], limit: int) -> Iterable[Spelling]:
        """Names and codes that fold to a text."""
        return map(Spelling._make, self.db.execute(_EQUAL, (folded, json.dumps(marks), limit)))

    def starting(self, folded: str, marks: Sequence[str], scanned: int, limit: int) -> list[int]:
        """Names that start with a text, the shortest first."""
        bounds = (folded, folded + _AFTER_ALL, scanned, limit)
        names = [name for of in marks for name in self.db.execute(_STARTING, (of, *bounds))]
        return [pk for _, _, pk in heapq.nsmallest(limit, names)]

    def starting_any(
        self, starts: Sequence[str], marks: Sequence[str], each: int
    ) -> dict[int, str]:
        """Names that start with one of some texts."""
        values = (json.dumps(marks), json.dumps(starts), _AFTER_ALL, each)
        return dict(self.db.execute(_STARTING_ANY, values).fetchall())

    def sharing(
        self, parts: Sequence[Sequence[str]], marks: Sequence[str], limit: int
    ) -> Iterator[list[int]]:
        """Names that hold all trigrams of a set, for each set as it is asked for."""
        kinds = " AND (" + " OR ".join(f'"{of}"' for of in marks) + ")" if marks else ""
        for part in parts:
            match = " AND ".join(f'"{trigram}"' for trigram in part) + kinds
            yield [pk for (pk,) in self.db.execute(_MATCHING, (match, limit))]

    def folded(self, keys: Iterable[int]) -> dict[int, str]:
        """Names by key, folded."""
        return dict(self.db.execute(_FOLDED, (json.dumps([*keys]),)).fetchall())

    def spellings(self, keys: Iterable[int]) -> Iterable[Spelling]:
        """Names by key."""
        return map(Spelling._make, self.db.execute(_BY_KEY, (json.dumps([*keys]),)))

    def about(self, entities: Sequence[str]) -> dict[str, tuple[str, str, str]]:
        """Name, country and basis of entities by id."""
        found = self.db.execute(_ABOUT, (json.dumps(entities),))
        return {entity: (name, country, basis) for entity, name, country, basis in found}
