"""Questions in plain words become transactions; what was taken for granted is said.

A question has the shape of the published cases: who, to whom, what, when, by which way. Words are
looked up in `data/regimes/words.yml`, names in the store. What no word says stays unknown.
"""

import re
from collections.abc import Iterable, Mapping
from typing import Any

import msgspec

from graph.countries import country_code
from graph.dates import Span, day_of, parse
from graph.exc import BadInput
from graph.kinds import COMPANIES, EntityKind
from graph.law.parties import Parties
from graph.law.regimes import Law
from graph.law.transaction import Goods, Party, Transaction
from graph.model import Entity
from graph.names import caption, fold
from graph.store.base import Reader

_CODE = re.compile(r"[A-Z]{2}")
_NO_GOODS = ("finance", "insurance", "unblocking")
_PARTIES = (*COMPANIES, EntityKind.PUBLIC_BODY, EntityKind.GROUP)
_PLACES = (EntityKind.AIRPORT, EntityKind.PLACE, EntityKind.COUNTRY)


class GoodsAsked(msgspec.Struct, frozen=True):
    """The goods of a question; null is unknown."""

    hs6: str | None = None
    eccn: str | None = None
    subject_to_ear: bool | None = None


class QuestionAsked(msgspec.Struct, frozen=True):
    """A question in words. `via` null: the way is not known; empty: nothing is passed."""

    date: str
    activity: str = ""
    seller: str = ""
    buyer: str = ""
    regime: str | None = None
    via: tuple[str, ...] | None = None
    destination: str | None = None
    goods: GoodsAsked = GoodsAsked()
    end_use: str = ""
    known_at: str | None = None


class Asked(msgspec.Struct, frozen=True, kw_only=True):
    """A question ready to be judged."""

    id: str
    regime: str
    days: Span
    known_at: int | None
    transaction: Transaction


class Asker:
    """Makes transactions of questions, with the words of the law and the names of a store."""

    def __init__(self, reader: Reader, law: Law, parties: Parties) -> None:
        self._reader = reader
        self._law = law
        self._parties = parties
        self._peoples = {word: code for code, words in law.words.peoples.items() for word in words}

    def file(self, content: object) -> tuple[Asked, ...]:
        """The questions of a file: one, a list, or `cases`; only `id` and `question` are read.

        Raises:
            BadInput: for the first thing that is no such question.
        """
        rows = content.get("cases", content) if isinstance(content, Mapping) else content
        rows = [rows] if isinstance(rows, Mapping) else rows
        if not isinstance(rows, list) or not rows:
            raise BadInput("the file holds no question: give an object with `question`, or a list")
        return tuple(self._row(row, place) for place, row in enumerate(rows, 1))

    def _row(self, row: object, place: int) -> Asked:
        if not isinstance(row, Mapping) or not isinstance(row.get("question"), Mapping):
            raise BadInput(f"question {place} has no `question` with who, what and when")
        name = str(row.get("id", place))
        raw: Mapping[str, Any] = row["question"]
        try:
            asked = msgspec.convert(raw, QuestionAsked)
            days = parse(asked.date)
            known_at = day_of(asked.known_at) if asked.known_at else None
        except (msgspec.ValidationError, BadInput) as error:
            raise BadInput(f"question {name}: {error}") from None
        if asked.regime and asked.regime not in self._law.regimes:
            raise BadInput(f"question {name}: {no_regime(self._law, asked.regime)}")
        unused = sorted(raw.keys() - set(QuestionAsked.__struct_fields__))
        return Asked(
            id=name,
            regime=asked.regime or "",
            days=days,
            known_at=known_at,
            transaction=self._transaction(asked, unused),
        )

    def _transaction(self, asked: QuestionAsked, unused: Iterable[str]) -> Transaction:
        words = f"{asked.activity} {asked.end_use}".casefold()
        activity = self._activity(asked.activity.casefold())
        seller, buyer = self.party(asked.seller), self.party(asked.buyer)
        destination = self.country(asked.destination or "")
        if not buyer.id and not buyer.country:
            buyer = msgspec.structs.replace(buyer, country=destination)
        goods, assumed = self._goods(asked, activity, words)
        return Transaction(
            seller=seller,
            buyer=buyer,
            activity=activity,
            goods=goods,
            destination=destination,
            via=None if asked.via is None else tuple(self.country(place) for place in asked.via),
            named=self._named(words),
            purposes=self._purposes(words),
            assumed=(*assumed, *(f"{key} of the question was not used" for key in unused)),
        )

    def party(self, text: str) -> Party:
        """A party by id or exact name; else without a name, from where its people's word says."""
        found = self._entity(text, _PARTIES) if text else None
        if found is not None:
            return Party(id=found.id, country=found.country)
        return Party(country=self.country(text))

    def country(self, text: str) -> str:
        """The country that a code, a place, a country's name or its people's word means; or empty."""
        plain = text.strip()
        if _CODE.fullmatch(plain):
            return plain
        words = f" {fold(plain)} "
        for word, code in sorted(self._peoples.items(), key=lambda item: -len(item[0])):
            if f" {fold(word)} " in words:
                return code
        if code := country_code(plain):
            return code
        place = self._entity(plain, _PLACES) if plain else None
        return place.country if place else ""

    def _entity(self, text: str, kinds: Iterable[str]) -> Entity | None:
        if (known := self._parties.entity(text)) is not None and known.kind in set(kinds):
            return known
        wanted = fold(text)
        for hit in self._reader.search(text, 8, kinds):
            entity = self._reader.entity(hit.id)
            names = (entity.id, entity.name, caption(entity.name), *entity.aliases)
            if wanted in {fold(name) for name in names}:
                return entity
        return None

    def _activity(self, words: str) -> str:
        for activity, said in self._law.words.activities.items():
            if _says(words, said):
                return activity
        return ""

    def _goods(
        self, asked: QuestionAsked, activity: str, words: str
    ) -> tuple[Goods | None, tuple[str, ...]]:
        given = asked.goods
        nothing = not (given.hs6 or given.eccn or given.subject_to_ear)
        if nothing and activity in _NO_GOODS:
            return None, ()
        goods = Goods(
            hs=digits(given.hs6 or ""),
            eccn=given.eccn or "",
            families=self._families(words),
            subject_to_ear=given.subject_to_ear,
        )
        return with_typical_eccn(self._law, goods)

    def _families(self, words: str) -> tuple[str, ...]:
        found = [f for word, f in self._law.words.families.items() if word in words]
        return tuple(dict.fromkeys(family for families in found for family in families))

    def _named(self, words: str) -> bool | None:
        if _says(words, self._law.words.not_named):
            return False
        return True if _says(words, self._law.words.named) else None

    def _purposes(self, words: str) -> tuple[str, ...] | None:
        found = [p for p, said in self._law.words.purposes.items() if _says(words, said)]
        return tuple(found) or None


def with_typical_eccn(law: Law, goods: Goods) -> tuple[Goods, tuple[str, ...]]:
    """Goods of a known HS code with the ECCN that is typical of it, and the words that say so."""
    if goods.eccn or not goods.hs:
        return goods, ()
    typical = law.goods.typical_eccn
    found = {eccn for code, eccn in typical.items() if goods.hs.startswith(code)}
    if len(found) != 1:
        return goods, ()
    eccn = found.pop()
    said = f"ECCN {eccn}, which is typical of HS {goods.hs}"
    return msgspec.structs.replace(goods, eccn=eccn), (said,)


def digits(code: str) -> str:
    """A Harmonized System code without its dots."""
    return re.sub(r"[.\s]", "", code)


def no_regime(law: Law, name: str) -> str:
    """That there is no such regime, and which there are."""
    return f"there is no regime {name!r}: choose from {', '.join(law.regimes)}"


def _says(words: str, said: Iterable[str]) -> bool:
    return any(re.search(rf"\b{re.escape(word)}", words) for word in said)
