"""Search as you type in the SQLite store: exact and cheap ways first, costlier ones while too few fit.

The whole text; names that start with it; names with words that start like its words, in any order;
names that start with it once a letter is put right; names that hold parts of it that errors may have
left. Every way hands on a bounded number of names, so that an answer takes little longer in a large
store than in a small one.
"""

import heapq
import json
import sqlite3
import string
from collections.abc import Callable, Iterable, Iterator

from graph.names import fold, likeness, most_alike
from graph.store.base import Hit
from graph.store.spellings import mark

_LONGEST = 400  # characters of a text that are compared; the longest real names have about 250
_SCANNED = 2_000  # names of one kind and start, among which the shortest are taken
_ROWS = 200  # names that one way hands on to be ranked, or more when more hits are asked for
_RAREST = 4  # trigrams that are intersected: enough to leave few names, few enough to be quick
_SHORT = 3, 12  # lengths of texts whose single errors are all put right; longer ones keep trigrams
_SAME_START = 10  # names of one kind that are taken for one corrected start
_LETTERS = string.ascii_lowercase + string.digits + " "
_SPOILT = 4  # neighbouring trigrams that one error spoils: swapped letters spoil four
_PLACES = 12  # places of one error that are tried, evenly spread over a longer text
_STRETCH = 4  # trigrams of a stretch of text that several errors may have left
_STRETCHES = 30  # stretches that are tried, those with the rarest trigrams first
_SHARE = 300  # names that are taken for one part of a text
_COMPARED = 2_000  # names that share a part of the text, among which the most alike are taken
_FEW = 20_000  # names of the kinds asked for, up to which the index is asked for the kinds too
_LEAST = 60.0  # what is less alike than this is no hit
# The least score of what is found each way: above 90, which the comparison gives to one common word.
_WHOLE, _START, _WORDED, _CORRECTED = 100.0, 95.0, 91.0, 70.0

_SELECT = (
    "SELECT n.pk, e.id, e.kind, e.name, e.country, e.person_basis, n.text, n.folded, n.why "
    "FROM name n JOIN entity e ON e.pk = n.entity "
)
_BY_KEY = _SELECT + "WHERE n.pk IN (SELECT value FROM json_each(?))"
_WITH_WORDS = _BY_KEY + " AND (SELECT min(instr(' ' || n.folded, value)) FROM json_each(?)) > 0"
_EQUAL = (
    _SELECT + "WHERE n.pk IN (SELECT pk FROM name WHERE folded = ?1 AND mark IN "
    "(SELECT value FROM json_each(?2)) ORDER BY mark, pk LIMIT ?3)"
)
_MARKS = (
    "WITH RECURSIVE found (mark) AS (SELECT min(mark) FROM name WHERE spelt UNION ALL "
    "SELECT (SELECT min(mark) FROM name WHERE spelt AND mark > found.mark) FROM found "
    "WHERE found.mark IS NOT NULL) SELECT mark FROM found WHERE mark IS NOT NULL"
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

_Row = tuple[int, str, str, str, str, str, str, str, str]


def search(
    db: sqlite3.Connection, text: str, limit: int = 10, kinds: Iterable[str] = ()
) -> tuple[Hit, ...]:
    """See `graph.store.base.Reader.search`: the same over an open store of the present schema."""
    folded = fold(text)
    if not folded or limit < 1:
        return ()
    return _Search(db, folded, limit, frozenset(kinds)).hits()


class _Search:
    """One search for one folded text."""

    def __init__(
        self, db: sqlite3.Connection, folded: str, limit: int, kinds: frozenset[str]
    ) -> None:
        self.db = db
        self.folded = folded
        self.compared = folded[:_LONGEST]
        self.limit = limit
        self.rows = max(_ROWS, 4 * limit)  # an entity has about as many names
        self.kinds = kinds
        self.marks = sorted(map(mark, kinds)) or [of for (of,) in db.execute(_MARKS)]
        self.trigrams = _trigrams(f" {self.compared}")
        wanted = json.dumps([*self.trigrams, *self.marks])
        self.rarity: dict[str, int] = dict(self.db.execute(_RARITY, (wanted,)).fetchall())
        # The index looks for kinds that few names have; of the others enough come up by themselves.
        of_kinds = sum(map(self._names, self.marks))
        self.rare_marks = self.marks if kinds and of_kinds <= _FEW else []
        self.best: dict[str, tuple[float, int, Hit]] = {}

    def hits(self) -> tuple[Hit, ...]:
        ways: tuple[tuple[float, Callable[[], Iterable[_Row]]], ...] = (
            (_WHOLE, self._whole),
            (_START, self._starting),
            (_WORDED, self._worded),
            (_CORRECTED, self._corrected),
            (0.0, self._alike),
        )
        for floor, way in ways:
            for row in way():
                self._rank(row, floor)
            if len(self.best) >= self.limit:
                break
        hits = (hit for _, _, hit in self.best.values())
        return tuple(sorted(hits, key=lambda hit: (-hit.score, hit.id))[: self.limit])

    def _rank(self, row: _Row, floor: float) -> None:
        """Keep the name by which an entity fits best: the earlier one of two that fit alike."""
        pk, entity_id, kind, name, country, basis, spelling, folded, why = row
        if self.kinds and kind not in self.kinds:
            return
        score = self._score(folded, floor)
        known = self.best.get(entity_id)
        if score < _LEAST or (known and (-known[0], known[1]) <= (-score, pk)):
            return
        hit = Hit(
            id=entity_id,
            kind=kind,
            name=name,
            country=country,
            person_basis=basis,
            score=round(score, 1),
            why=f"{why}: {spelling}",
        )
        self.best[entity_id] = score, pk, hit

    def _score(self, folded: str, floor: float) -> float:
        """How well a name fits; one found by its start or its words, the better the more is typed."""
        if folded == self.folded:
            return _WHOLE
        alike = likeness(self.compared, folded[:_LONGEST])
        if floor:
            alike = max(alike, floor + 4.0 * min(1.0, len(self.compared) / len(folded)))
        return min(99.0, alike)

    def _whole(self) -> Iterable[_Row]:
        """Names and codes that are the text. Codes are found so, or not at all."""
        values = (self.folded, json.dumps(self.marks), self.rows)
        return self.db.execute(_EQUAL, values)

    def _starting(self) -> Iterable[_Row]:
        """Names that start with the text, the shortest first."""
        scanned = max(_SCANNED, self.rows)
        bounds = (self.folded, self.folded + _AFTER_ALL, scanned, self.rows)
        names = [name for of in self.marks for name in self.db.execute(_STARTING, (of, *bounds))]
        return self._by_key(pk for _, _, pk in heapq.nsmallest(self.rows, names))

    def _worded(self) -> Iterable[_Row]:
        """Names with words that start like each word of the text, in any order."""
        words = [f" {word}" for word in dict.fromkeys(self.compared.split())]
        trigrams = [trigram for word in words for trigram in _trigrams(word)]
        keys = self._sharing_all(trigrams, 4 * self.rows)
        return self.db.execute(_WITH_WORDS, (json.dumps(keys), json.dumps(words)))

    def _corrected(self) -> Iterable[_Row]:
        """Names that start with the text when one letter of it is put right; for short texts only."""
        if not _SHORT[0] <= len(self.folded) <= _SHORT[1]:
            return ()
        starts = sorted(set(_corrections(self.folded)))
        values = (json.dumps(self.marks), json.dumps(starts), _AFTER_ALL, _SAME_START)
        folded = dict(self.db.execute(_STARTING_ANY, values).fetchall())
        return self._by_key(most_alike(self.compared, folded, self.rows))

    def _alike(self) -> Iterable[_Row]:
        """Names that hold some part of the text; of those, the ones that are most alike."""
        keys: set[int] = set()
        for part in self._parts():
            keys.update(self._sharing_all(part, max(self.rows, _SHARE)))
            if len(keys) >= _COMPARED:
                break
        folded = dict(self.db.execute(_FOLDED, (json.dumps([*keys]),)).fetchall())
        return self._by_key(most_alike(self.compared, folded, self.rows))

    def _parts(self) -> Iterator[list[str]]:
        """Parts of the text that an error may have left: all but one place of it, or a stretch of it.

        Before them the text anywhere in a name, not only where a word starts.
        """
        yield [trigram for trigram in self.trigrams if " " not in trigram]
        count = len(self.trigrams)
        last = max(1, count - _SPOILT // 2)
        for at in range(0, last, max(2, -(-last // _PLACES))):
            yield self.trigrams[:at] + self.trigrams[at + _SPOILT :]
        stretches = [self.trigrams[at : at + _STRETCH] for at in range(count - _STRETCH + 1)]
        yield from sorted(stretches, key=lambda stretch: min(map(self._names, stretch)))[
            :_STRETCHES
        ]

    def _sharing_all(self, trigrams: Iterable[str], limit: int) -> list[int]:
        """Keys of names that hold the rarest few of some trigrams; none when one is in no name."""
        rarest = sorted(set(trigrams), key=lambda trigram: (self._names(trigram), trigram))
        if not rarest or not self._names(rarest[0]):
            return []
        match = " AND ".join(f'"{trigram}"' for trigram in rarest[:_RAREST])
        if self.rare_marks:
            match += " AND (" + " OR ".join(f'"{of}"' for of in self.rare_marks) + ")"
        return [pk for (pk,) in self.db.execute(_MATCHING, (match, limit))]

    def _names(self, trigram: str) -> int:
        return self.rarity.get(trigram, 0)

    def _by_key(self, keys: Iterable[int]) -> Iterable[_Row]:
        return self.db.execute(_BY_KEY, (json.dumps([*keys]),))


def _trigrams(text: str) -> list[str]:
    return [text[at : at + 3] for at in range(len(text) - 2)]


def _corrections(text: str) -> Iterator[str]:
    """The text with two neighbours swapped, or one letter left out, replaced or put in."""
    letters = _LETTERS if any(map(str.isdigit, text)) else string.ascii_lowercase
    for at in range(len(text)):
        before, here, after = text[:at], text[at : at + 1], text[at + 1 :]
        yield before + after
        yield before + after[:1] + here + after[1:]
        yield from (before + letter + after for letter in letters)
        yield from (before + letter + here + after for letter in letters)
