"""What a store says, as far as it had been published by a day; entities are read when asked for."""

from collections.abc import Iterable, Iterator, Mapping

import msgspec

from graph.dates import known
from graph.model import DENIAL, SUPPORT, Claim, Edge, Entity
from graph.store.base import Reader

_MOST = 50_000
"""So many entities are kept; then all are dropped, and read again when asked for."""


class Entities(Mapping[str, Entity]):
    """The entities of a store by id, each read when it is first asked for."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader
        self._read: dict[str, Entity] = {}

    def __getitem__(self, entity_id: str) -> Entity:
        if entity_id not in self._read:
            self.fetch((entity_id,))
        return self._read[entity_id]

    def __contains__(self, entity_id: object) -> bool:
        return isinstance(entity_id, str) and self.get(entity_id) is not None

    def __iter__(self) -> Iterator[str]:
        return (entity_id for entity_id, _, _ in self._reader.parties())

    def __len__(self) -> int:
        return sum(1 for _ in self._reader.parties())

    def fetch(self, ids: Iterable[str]) -> None:
        """Read those of some entities that were not read yet, many at once."""
        if len(self._read) > _MOST:
            self._read.clear()
        missing = {entity_id for entity_id in ids if entity_id not in self._read}
        if missing:
            self._read.update((e.id, e) for e in self._reader.entities(ids=missing))


class Known:
    """A store, of which only what had been published by `known_at` counts; all of it for None."""

    def __init__(self, reader: Reader, known_at: int | None) -> None:
        self.reader = reader
        self.known_at = known_at
        self.sources = {source.id: source for source in reader.sources()}
        self.entities = Entities(reader)

    def entity(self, entity_id: str) -> Entity:
        """One entity of the store. Raises `KeyError`."""
        return self.entities[entity_id]

    def said_by(self, entity_id: str) -> tuple[Claim, ...]:
        """The party's own account, as far as it was known: what it denies, disputes or explains."""
        claims = self.entities[entity_id].claims
        return tuple(c for c in claims if c.kind == DENIAL and self.is_known(c))

    def is_known(self, claim: Claim) -> bool:
        """Whether a claim had been published."""
        source = self.sources.get(claim.source)
        return known(source.published if source else "", self.known_at)

    def knows(self, claims: Iterable[Claim]) -> bool:
        """Whether any of some claims supports its fact and had been published."""
        return any(claim.kind == SUPPORT and self.is_known(claim) for claim in claims)

    def edges(self, kinds: Iterable[str] = (), ids: Iterable[str] | None = None) -> Iterator[Edge]:
        """Edges as `as_known` gives them, of some kinds or by id."""
        given = None if ids is None else tuple(ids)
        for edge in self.reader.edges(kinds, given):
            if (seen := self.as_known(edge)) is not None:
                yield seen

    def as_known(self, edge: Edge) -> Edge | None:
        """An edge with the claims that were known; None when none supported it by then."""
        return as_known(edge, tuple(map(self.is_known, edge.claims)), self.known_at)


def as_known(edge: Edge, published: tuple[bool, ...], known_at: int | None) -> Edge | None:
    """An edge with those of its claims that had been `published`; None when none supports it.

    Without a date by which they had to be, an edge counts that nothing supports.
    """
    if all(published) and known_at is None:
        return edge
    claims = tuple(c for c, was in zip(edge.claims, published, strict=True) if was)
    if not any(claim.kind == SUPPORT for claim in claims):
        return None
    return msgspec.structs.replace(edge, claims=claims)
