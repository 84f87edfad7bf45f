"""Dossiers as they were known on a day, without measures that are taken away."""

from collections.abc import Iterable

import msgspec

from graph.dates import known, parse
from graph.law.dossiers import Dossier
from graph.model import SUPPORT, Claim, Edge, Entity, Measure, Source


class Seen:
    """See `Dossier`: what a claim said by a day, and no measure that is taken away.

    An end that came after that day was not known on it. What was asked once is kept.
    """

    def __init__(self, dossier: Dossier, known_at: int | None, off: frozenset[str]) -> None:
        self._dossier = dossier
        self._known_at = known_at
        self._off = off
        self._published = {source.id: source.published for source in dossier.sources()}
        self._measures: dict[str, tuple[Measure, ...]] = {}
        self._over: dict[str, tuple[Edge, ...]] = {}

    @property
    def revision(self) -> int:
        """The revision of the store."""
        return self._dossier.revision

    def entity(self, entity_id: str) -> Entity:
        """A party. Raises `NotFound`."""
        return self._dossier.entity(entity_id)

    def over(self, entity_id: str) -> tuple[Edge, ...]:
        """The ties over a party that some claim said by then."""
        if entity_id not in self._over:
            found = self._dossier.over(entity_id)
            self._over[entity_id] = tuple(e for e in found if self._is_known(e.claims))
        return self._over[entity_id]

    def measures(self, entity_id: str) -> tuple[Measure, ...]:
        """The measures upon a party that were known and are not taken away."""
        if entity_id not in self._measures:
            rows = (m for m in self._dossier.measures(entity_id) if m.id not in self._off)
            seen = (self.as_known(measure) for measure in rows)
            self._measures[entity_id] = tuple(m for m in seen if m is not None)
        return self._measures[entity_id]

    def sources(self) -> tuple[Source, ...]:
        """All sources."""
        return self._dossier.sources()

    def as_known(self, measure: Measure) -> Measure | None:
        """A measure as it was known: not at all, or without an end that came later."""
        if self._known_at is None:
            return measure
        if not self._is_known(measure.claims):
            return None
        later = measure.end and parse(measure.end).first > self._known_at
        return msgspec.structs.replace(measure, end="") if later else measure

    def _is_known(self, claims: Iterable[Claim]) -> bool:
        if self._known_at is None:
            return True
        said = (claim for claim in claims if claim.kind == SUPPORT)
        return any(known(self._published.get(c.source, ""), self._known_at) for c in said)
