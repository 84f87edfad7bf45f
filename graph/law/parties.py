"""What the law must know of parties: where they are from, on which lists, in which classes.

Who is on a list, and from when, stands in the store with its claims; what a listing means stands in
`data/regimes`.
"""

from collections.abc import Iterable, Sequence
from itertools import chain

from graph.classes import holds_member
from graph.dates import parse
from graph.exc import NotFound
from graph.kinds import EntityKind
from graph.law.dossiers import Dossiers
from graph.law.lists import Asking, Listed, Ownership
from graph.law.owned import Owners
from graph.law.schema import Lists
from graph.law.seen import Seen
from graph.law.truth import NO, YES, Match, unknown
from graph.listed import ENDINGS, standing
from graph.model import Entity, Measure
from graph.names import caption
from graph.store.base import Reader


class Parties:
    """The parties of a store.

    Args:
        reader: the store.
        ownership: whether a party is reached through its owners; the regimes' own rules if not given.
    """

    def __init__(self, reader: Reader, ownership: Ownership | None = None) -> None:
        self._reader = reader
        self._dossiers = Dossiers(reader)
        self._ownership = ownership or Owners(self._dossiers)
        self._upon: dict[str, tuple[Measure, ...]] = {}
        self._by_id: dict[str, Measure] | None = None
        self._views: dict[int | None, Seen] = {}
        self._days: dict[str, frozenset[int]] = {}
        self._made: dict[str, frozenset[str]] = {}
        self.classes = {
            entity.id: entity
            for entity in reader.entities((EntityKind.GROUP,))
            if entity.properties.get("member_kinds")
        }

    def gather(self, parties: Iterable[str]) -> None:
        """Read at once what will be asked of some parties; otherwise each is read when asked for."""
        self._dossiers.gather((*parties, *self.classes))

    def entity(self, entity_id: str) -> Entity | None:
        """An entity, or None when the store has none of that id."""
        try:
            return self._dossiers.entity(entity_id)
        except NotFound:
            return None

    def called(self, entity_id: str) -> str:
        """What to call a party in a sentence."""
        entity = self.entity(entity_id)
        return caption(entity.name) if entity else entity_id or "the party"

    def country(self, entity_id: str) -> str:
        """Where a party is established, or empty."""
        entity = self.entity(entity_id)
        return entity.country if entity else ""

    def is_one_of(self, entity_id: str, names: Iterable[str]) -> bool:
        """Whether a party has one of some ids, or is in one of some classes of law."""
        entity = self.entity(entity_id)
        return any(
            name == entity_id
            or (entity is not None and name in self.classes and self._holds(name, entity))
            for name in names
        )

    def measures(self, entity_id: str) -> tuple[Measure, ...]:
        """The measures upon an entity and upon the classes that hold it."""
        if entity_id not in self._upon:
            entity = self.entity(entity_id)
            subjects = [entity_id] if entity else []
            subjects += [name for name in self.classes if entity and self._holds(name, entity)]
            measures = map(self._dossiers.measures, subjects)
            self._upon[entity_id] = tuple(chain.from_iterable(measures))
        return self._upon[entity_id]

    def measure(self, measure_id: str) -> Measure | None:
        """A measure of the store, by its id: upon a party asked about, an owner or anyone else."""
        if self._by_id is None:
            self._by_id = {measure.id: measure for measure in self._reader.measures()}
        return self._by_id.get(measure_id)

    def days(self, entity_id: str, terms: Iterable[int] = ()) -> frozenset[int]:
        """The days on which a party's standing may change: dates of measures, ends of terms."""
        if entity_id not in self._days:
            texts = (t for m in self.measures(entity_id) for t in (m.start, m.end, m.observed_from))
            spans = {parse(text) for text in texts if text}
            ends = {span.last + 1 for span in spans if not span.exact}
            over = {span.first + term + 1 for span in spans for term in terms}
            self._days[entity_id] = frozenset({span.first for span in spans} | ends | over)
        return self._days[entity_id]

    def made_in(self, country: str) -> frozenset[str]:
        """The aircraft families whose airframer is established in a country."""
        if country not in self._made:
            self._made[country] = frozenset(
                edge.target
                for edge in self._reader.edges(("makes_aircraft",))
                if self.country(edge.source) == country
            )
        return self._made[country]

    def listed(self, entity_id: str, lists: Lists, asking: Asking) -> Listed | None:
        """Whether a party is on a list on a day, directly or through its owners."""
        found = self.directly(entity_id, lists, asking)
        if found is not None and found.match.truth is True:
            return found
        owned = self._ownership(entity_id, lists, asking) if lists.ownership else None
        if owned is not None and (found is None or owned.match.truth is True):
            return owned
        return found

    def directly(self, entity_id: str, lists: Lists, asking: Asking) -> Listed | None:
        """Whether a party itself is on a list on a day; None when no entry was found for it."""
        rows = [
            row
            for measure in self.measures(entity_id)
            if measure.id not in asking.off and _is_meant(measure, lists, asking.regime)
            if (row := self._seen(asking).as_known(measure)) is not None
        ]
        programmes: dict[str, list[Measure]] = {}
        for row in rows:
            programmes.setdefault(row.programme, []).append(row)
        best: Listed | None = None
        for of_one in programmes.values():
            one = self._on_list(entity_id, of_one, lists, asking.day)
            if best is None or _surer(one, best):
                best = one
        return None if best is None or best.match.truth is False else best

    def _seen(self, asking: Asking) -> Seen:
        if asking.known_at not in self._views:
            self._views[asking.known_at] = Seen(self._dossiers, asking.known_at, frozenset())
        return self._views[asking.known_at]

    def _holds(self, name: str, entity: Entity) -> bool:
        return holds_member(self.classes[name], entity)

    def _on_list(self, party: str, rows: list[Measure], lists: Lists, day: int) -> Listed:
        truths = standing(rows, day)
        dated = [row for row in rows if row.start] or rows
        yes = [row for row in rows if truths[row.id]]
        maybe = [row for row in dated if truths[row.id] is None]
        upon = rows[0].entity
        if yes:
            match = self._renewed(rows, yes, lists, day)
        elif maybe:
            match = unknown(f"whether {self.called(upon)} was on the list of {maybe[0].programme}")
        else:
            return Listed(party=party, match=NO)
        if match.truth and lists.texts:
            match = _named_in(yes, lists, self.called(upon))
        if match.truth and lists.some_aircraft and self._is_no_aircraft(upon):
            match = unknown(f"whether the aircraft is one of those listed for {self.called(upon)}")
        return Listed(party=party, match=match, measures=tuple(r.id for r in yes or maybe))

    def _is_no_aircraft(self, entity_id: str) -> bool:
        entity = self.entity(entity_id)
        return entity is None or entity.kind != EntityKind.AIRCRAFT

    def _renewed(
        self, rows: Sequence[Measure], yes: Sequence[Measure], lists: Lists, day: int
    ) -> Match:
        """An order of a term holds to the end of it; a later renewal shows that it held between.

        15 CFR 766.24(d): an order is renewed before it expires, or it lapses.
        """
        if not lists.term_days or any(row.end for row in yes):
            return YES
        dated = (row for row in rows if row.action not in ENDINGS and _date_of_text(row))
        texts = sorted((parse(_date_of_text(r)).first, r.id, _date_of_text(r)) for r in dated)
        before = [text for text in texts if text[0] <= day]
        if not before or len(before) < len(texts):
            return YES
        last, measure, date = before[-1]
        if day <= last + lists.longer.get(measure, lists.term_days):
            return YES
        who = self.called(rows[0].entity)
        return unknown(f"whether the order upon {who} of {date} was renewed")


def _is_meant(measure: Measure, lists: Lists, regime: str) -> bool:
    return (
        measure.regime == regime
        and measure.layer == lists.layer
        and measure.kind in lists.kinds
        and (not lists.programmes or measure.programme in lists.programmes)
    )


def _surer(one: Listed, other: Listed) -> bool:
    order = (True, None, False)
    return order.index(one.match.truth) < order.index(other.match.truth)


def _named_in(rows: Sequence[Measure], lists: Lists, called: str) -> Match:
    """Whether the listing is under one of the orders that a rule names."""
    if any(word in row.text for row in rows for word in lists.texts):
        return YES
    if all(row.text for row in rows):
        return NO
    return unknown(f"under which order {called} is listed")


def _date_of_text(measure: Measure) -> str:
    return measure.start or measure.observed_from
