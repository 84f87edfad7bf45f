"""A store as it was known on a day, without measures that are taken away: for questions of law."""

from collections.abc import Iterable
from typing import Any

import msgspec

from graph.dates import known, parse
from graph.model import SUPPORT, Claim, Edge, Measure, Source
from graph.store.base import Reader


class SeenReader:
    """A reader that leaves out measures taken away, and what no claim said by a day.

    An end that came after that day was not known on it. All else is the reader's own; what was read
    once is kept.
    """

    def __init__(self, reader: Reader, known_at: int | None, off: frozenset[str]) -> None:
        self._reader = reader
        self._known_at = known_at
        self._off = off
        self._sources = reader.sources()
        self._published = {source.id: source.published for source in self._sources}
        self._measures: dict[str, tuple[Measure, ...]] = {}
        self._edges_of: dict[str, tuple[Edge, ...]] = {}

    def sources(self) -> tuple[Source, ...]:
        """All sources."""
        return self._sources

    def measures(self, entity_id: str = "") -> tuple[Measure, ...]:
        """The measures that were known and are not taken away."""
        if entity_id not in self._measures:
            rows = (m for m in self._reader.measures(entity_id) if m.id not in self._off)
            seen = (self.as_known(measure) for measure in rows)
            self._measures[entity_id] = tuple(m for m in seen if m is not None)
        return self._measures[entity_id]

    def edges_of(self, entity_id: str) -> tuple[Edge, ...]:
        """The edges that some claim said by then."""
        if entity_id not in self._edges_of:
            found = self._reader.edges_of(entity_id)
            self._edges_of[entity_id] = tuple(e for e in found if self._is_known(e.claims))
        return self._edges_of[entity_id]

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

    def __getattr__(self, name: str) -> Any:
        return getattr(self._reader, name)
