"""Search as you type, over any store: exact and cheap ways first, costlier ones while too few fit.

The whole text; names that start with it; names with words that start like its words, in any order;
names that start with it once a letter is put right; names that hold parts of it that errors may have
left. Every way hands on a bounded number of names, so that an answer takes little longer in a large
store than in a small one. A store looks names up (`Names`); what fits, and how well, is decided here.
"""

import string
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import NamedTuple, Protocol

from graph.kinds import EntityKind
from graph.names import fold, likeness, most_alike
from graph.store.base import Hit
from graph.store.spellings import mark, trigrams

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


class Spelling(NamedTuple):
    """A name or code of an entity; `key` grows in the order in which they were written."""

    key: int
    entity: str
    kind: str
    text: str
    folded: str
    why: str


class Names(Protocol):
    """Where a store keeps its names. Kinds are given as their marks, see `spellings.mark`."""

    def rarity(self, trigrams: Iterable[str]) -> dict[str, int]:
        """How many names hold each of some trigrams, or are of the kind that a mark stands for."""

    def equal(self, folded: str, marks: Sequence[str], limit: int) -> Iterable[Spelling]:
        """Names and codes that fold to a text, by mark and key."""

    def starting(self, folded: str, marks: Sequence[str], scanned: int, limit: int) -> list[int]:
        """Names that start with a text, the shortest of the first `scanned` of every kind."""

    def starting_any(
        self, starts: Sequence[str], marks: Sequence[str], each: int
    ) -> dict[int, str]:
        """Names that start with one of some texts, a few of every text and kind, folded."""

    def sharing(
        self, parts: Sequence[Sequence[str]], marks: Sequence[str], limit: int
    ) -> Iterator[list[int]]:
        """For each of some sets of trigrams in turn: the first names that hold all of a set.

        Of any kind, or of those of some marks when there are any.
        """

    def folded(self, keys: Iterable[int]) -> dict[int, str]:
        """Names by key, folded, in the order of the keys."""

    def spellings(self, keys: Iterable[int]) -> Iterable[Spelling]:
        """Names by key."""

    def about(self, entities: Sequence[str]) -> dict[str, tuple[str, str, str]]:
        """Of entities by id: name, country, and for a person why it is here."""


def search(names: Names, text: str, limit: int = 10, kinds: Iterable[str] = ()) -> tuple[Hit, ...]:
    """See `graph.store.base.Reader.search`: the same over the names of a store."""
    folded = fold(text)
    if not folded or limit < 1:
        return ()
    return _Search(names, folded, limit, frozenset(kinds)).hits()


class _Search:
    """One search for one folded text."""

    def __init__(self, names: Names, folded: str, limit: int, kinds: frozenset[str]) -> None:
        self.names = names
        self.folded = folded
        self.compared = folded[:_LONGEST]
        self.limit = limit
        self.rows = max(_ROWS, 4 * limit)  # an entity has about as many names
        self.kinds = kinds
        self.marks = sorted(map(mark, kinds or EntityKind))
        self.trigrams = trigrams(f" {self.compared}")
        self.rarity = names.rarity([*self.trigrams, *self.marks])
        self.present = [of for of in self.marks if self._names(of)]
        # The index looks for kinds that few names have; of the others enough come up by themselves.
        of_kinds = sum(map(self._names, self.marks))
        self.rare_marks = self.marks if kinds and of_kinds <= _FEW else []
        self.best: dict[str, tuple[float, Spelling]] = {}

    def hits(self) -> tuple[Hit, ...]:
        ways: tuple[tuple[float, Callable[[], Iterable[Spelling]]], ...] = (
            (_WHOLE, self._whole),
            (_START, self._starting),
            (_WORDED, self._worded),
            (_CORRECTED, self._corrected),
            (0.0, self._alike),
        )
        for floor, way in ways:
            for found in way():
                self._rank(found, floor)
            if len(self.best) >= self.limit:
                break
        first = sorted(self.best.values(), key=lambda b: (-round(b[0], 1), b[1].entity))
        return tuple(self._told(first[: self.limit]))

    def _told(self, found: Sequence[tuple[float, Spelling]]) -> Iterator[Hit]:
        about = self.names.about([spelling.entity for _, spelling in found])
        for score, spelling in found:
            name, country, basis = about[spelling.entity]
            yield Hit(
                id=spelling.entity,
                kind=spelling.kind,
                name=name,
                country=country,
                person_basis=basis,
                score=round(score, 1),
                why=f"{spelling.why}: {spelling.text}",
            )

    def _rank(self, found: Spelling, floor: float) -> None:
        """Keep the name by which an entity fits best: the earlier one of two that fit alike."""
        if self.kinds and found.kind not in self.kinds:
            return
        score = self._score(found.folded, floor)
        known = self.best.get(found.entity)
        if score < _LEAST or (known and (-known[0], known[1].key) <= (-score, found.key)):
            return
        self.best[found.entity] = score, found

    def _score(self, folded: str, floor: float) -> float:
        """How well a name fits; one found by its start or its words, the better the more is typed."""
        if folded == self.folded:
            return _WHOLE
        alike = likeness(self.compared, folded[:_LONGEST])
        if floor:
            alike = max(alike, floor + 4.0 * min(1.0, len(self.compared) / len(folded)))
        return min(99.0, alike)

    def _whole(self) -> Iterable[Spelling]:
        """Names and codes that are the text. Codes are found so, or not at all."""
        return self.names.equal(self.folded, self.marks, self.rows)

    def _starting(self) -> Iterable[Spelling]:
        """Names that start with the text, the shortest first."""
        scanned = max(_SCANNED, self.rows)
        return self._by_key(self.names.starting(self.folded, self.present, scanned, self.rows))

    def _worded(self) -> Iterable[Spelling]:
        """Names with words that start like each word of the text, in any order."""
        words = [f" {word}" for word in dict.fromkeys(self.compared.split())]
        held = [trigram for word in words for trigram in trigrams(word)]
        keys = next(self._sharing_all([held], 4 * self.rows), [])
        for found in self._by_key(keys):
            if all(word in f" {found.folded}" for word in words):
                yield found

    def _corrected(self) -> Iterable[Spelling]:
        """Names that start with the text when one letter of it is put right; for short texts only."""
        if not _SHORT[0] <= len(self.folded) <= _SHORT[1]:
            return ()
        starts = sorted(set(_corrections(self.folded)))
        folded = self.names.starting_any(starts, self.present, _SAME_START)
        return self._by_key(most_alike(self.compared, folded, self.rows))

    def _alike(self) -> Iterable[Spelling]:
        """Names that hold some part of the text; of those, the ones that are most alike."""
        keys: set[int] = set()
        for some in self._sharing_all(self._parts(), max(self.rows, _SHARE)):
            keys.update(some)
            if len(keys) >= _COMPARED:
                break
        folded = self.names.folded(keys)
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

    def _sharing_all(self, parts: Iterable[Sequence[str]], limit: int) -> Iterator[list[int]]:
        """For each set of trigrams: keys of names that hold its rarest few, unless one is in no name."""
        rarest = (
            sorted(set(part), key=lambda trigram: (self._names(trigram), trigram)) for part in parts
        )
        held = [part[:_RAREST] for part in rarest if part and self._names(part[0])]
        return self.names.sharing(held, self.rare_marks, limit)

    def _names(self, trigram: str) -> int:
        return self.rarity.get(trigram, 0)

    def _by_key(self, keys: Iterable[int]) -> Iterable[Spelling]:
        return self.names.spellings(keys)


def _corrections(text: str) -> Iterator[str]:
    """The text with two neighbours swapped, or one letter left out, replaced or put in."""
    letters = _LETTERS if any(map(str.isdigit, text)) else string.ascii_lowercase
    for at in range(len(text)):
        before, here, after = text[:at], text[at : at + 1], text[at + 1 :]
        yield before + after
        yield before + after[:1] + here + after[1:]
        yield from (before + letter + after for letter in letters)
        yield from (before + letter + here + after for letter in letters)
