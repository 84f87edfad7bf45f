"""What a store says of parties for questions of law: read for many parties at once, and kept.

The law asks of a party who it is, who stands above it and what is upon each of these. Asked one by one
that is hundreds of reads; `gather` makes them a few for each level of owners.
"""

from collections.abc import Iterable
from typing import Protocol

from graph.exc import NotFound
from graph.model import Edge, Entity, Measure, Source
from graph.store.base import Reader

OWNERSHIP = ("owns", "controls", "directs")
"""Ties by which a party stands above another; an office held is among them, and is no control."""


class Dossier(Protocol):
    """What can be asked of parties."""

    @property
    def revision(self) -> int:
        """The revision of the store."""

    def entity(self, entity_id: str) -> Entity:
        """A party. Raises `NotFound`."""

    def over(self, entity_id: str) -> tuple[Edge, ...]:
        """Ties of ownership, control and office over a party, by id."""

    def measures(self, entity_id: str) -> tuple[Measure, ...]:
        """The measures upon a party, by start and id."""

    def sources(self) -> tuple[Source, ...]:
        """All sources."""


class Dossiers:
    """See `Dossier`: of the parties of a store."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader
        self._entities: dict[str, Entity] = {}
        self._over: dict[str, list[Edge]] = {}
        self._measures: dict[str, list[Measure]] = {}
        self._sources: tuple[Source, ...] | None = None

    @property
    def revision(self) -> int:
        """The revision of the store."""
        return self._reader.revision

    def gather(self, parties: Iterable[str]) -> None:
        """Read what was not read yet of some parties and of all who stand above them."""
        level = set(parties) - self._over.keys()
        while level:
            entities = {entity.id: entity for entity in self._reader.entities(ids=level)}
            upon = self._reader.measures_upon(*level)
            above = self._reader.edges_of(*level, kinds=OWNERSHIP, end="target")
            # A party counts as read only when all of it is: a server may not answer.
            self._entities |= entities
            self._measures |= {party: [] for party in level}
            self._over |= {party: [] for party in level}
            for measure in upon:
                self._measures[measure.entity].append(measure)
            for edge in above:
                self._over[edge.target].append(edge)
            level = {edge.source for edge in above} - self._over.keys()

    def entity(self, entity_id: str) -> Entity:
        """A party. Raises `NotFound`."""
        self.gather((entity_id,))
        if entity_id not in self._entities:
            raise NotFound(f"there is no entity {entity_id!r}: look it up with `loophole search`")
        return self._entities[entity_id]

    def over(self, entity_id: str) -> tuple[Edge, ...]:
        """Ties of ownership, control and office over a party, by id."""
        self.gather((entity_id,))
        return tuple(self._over[entity_id])

    def measures(self, entity_id: str) -> tuple[Measure, ...]:
        """The measures upon a party, by start and id."""
        self.gather((entity_id,))
        return tuple(self._measures[entity_id])

    def sources(self) -> tuple[Source, ...]:
        """All sources."""
        if self._sources is None:
            self._sources = self._reader.sources()
        return self._sources
