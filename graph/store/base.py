"""What every store can do. Readers never change anything; a writer makes one transaction a load."""

from collections.abc import Collection, Iterable, Iterator
from pathlib import Path
from typing import Literal, NamedTuple, Protocol, Self, get_args

import msgspec

from graph.model import Edge, Entity, Measure, Reading, Record, Refusal, SetMember, Source
from graph.store.outline import HandOvers

End = Literal["source", "target"]
ENDS: tuple[End, ...] = get_args(End)


class Load(msgspec.Struct, frozen=True, kw_only=True):
    """The manifest row of one loaded data set.

    `digest` is a SHA-256 over what was read, so that a second load of the same changes nothing;
    `origin` tells two folders of one name apart without naming either.
    """

    dataset: str
    loader: str
    digest: str
    revision: int = 0
    read: int = 0
    written: int = 0
    skipped: int = 0
    origin: str = ""


class Outside(msgspec.Struct, frozen=True, kw_only=True):
    """What the other data sets of a store hold, on which one may lean.

    Attributes:
        entities: ids, each with the shipment an unnamed party belongs to, empty for all others.
        sources, measures: ids.
        members: named sets and the entities they hold.
    """

    entities: dict[str, str] = {}
    sources: frozenset[str] = frozenset()
    measures: frozenset[str] = frozenset()
    members: frozenset[tuple[str, str]] = frozenset()


class Hit(msgspec.Struct, frozen=True, kw_only=True):
    """One answer of a search: the entity, how well it fits (0 to 100), and by which name or code.

    `person_basis` says why a person is here, and stands wherever the name does.
    """

    id: str
    kind: str
    name: str
    country: str
    person_basis: str
    score: float
    why: str


class Shelf(NamedTuple):
    """Where what is made from a store may be kept, and a name of what the store holds.

    Two stores that hold different things, and two revisions of one, never have the same `stamp`.
    """

    folder: Path
    stamp: str


def by_start(measure: Measure) -> tuple[str, str]:
    """The order in which readers give measures: by when they took effect, or were first seen."""
    return measure.start or measure.observed_from, measure.id


class Near(Protocol):
    """The way into a store too large to be read as a whole: the hand-overs of some parties alone.

    An `end` is that end of a hand-over at which the parties asked about stand.
    """

    def degrees(self, parties: Collection[str], end: End) -> dict[str, int]:
        """For each of some parties, how many hand-overs `at` can give at most; without those of none.

        Counted without reading any, so that a hub costs no more than another.
        """

    def at(
        self, parties: Collection[str], end: End, kinds: Iterable[str], day: int
    ) -> Iterator[Edge]:
        """The edges of some routed kinds at some parties that can have begun by a day, with claims."""


class Reader(Protocol):
    """The read side of a store, at the revision found when it was opened."""

    @property
    def revision(self) -> int:
        """Grows by one with every load that changed something; 0 for an empty store."""

    @property
    def shelf(self) -> Shelf | None:
        """Where to keep what is made from the store; None when nothing may be kept."""

    @property
    def near(self) -> Near | None:
        """The way to parts of it; None where a question is answered from the whole store."""

    def parties(self) -> Iterator[tuple[str, str, str]]:
        """Id, kind and shipment of every entity, by id: few bytes of each, one at a time."""

    def hand_overs(self, kinds: Iterable[str] = ()) -> Iterator[HandOvers]:
        """The routed edges, or those of some kinds, by id, a piece at a time.

        They come as `graph.store.outline.hand_overs` gives them.
        """

    def entities(
        self, kinds: Iterable[str] = (), ids: Collection[str] | None = None
    ) -> Iterator[Entity]:
        """All entities, or those of some kinds, or those of `ids` that are there, by id."""

    def entity(self, entity_id: str) -> Entity:
        """One entity. Raises `NotFound`."""

    def edges(
        self, kinds: Iterable[str] = (), ids: Collection[str] | None = None
    ) -> Iterator[Edge]:
        """All edges, or those of some kinds, or those of `ids` that are there, by id, with claims."""

    def edges_of(
        self, *entity_ids: str, kinds: Iterable[str] = (), end: End | None = None
    ) -> tuple[Edge, ...]:
        """The edges that start or end at any of some entities, by id.

        Args:
            entity_ids: the entities.
            kinds: only edges of these kinds; of all kinds when empty.
            end: only edges that have this end at one of the entities.
        """

    def measures(self) -> tuple[Measure, ...]:
        """All measures, by start and id."""

    def measures_upon(self, *entity_ids: str) -> tuple[Measure, ...]:
        """The measures upon any of some entities, by start and id."""

    def sources(self) -> tuple[Source, ...]:
        """All sources, by id."""

    def loads(self) -> tuple[Load, ...]:
        """The manifest, by data set."""

    def set_members(self, name: str = "") -> tuple[SetMember, ...]:
        """Members of one named set, or of all, by set and entity."""

    def outside(self, dataset: str) -> Outside:
        """What the data sets other than one hold."""

    def refusals(self) -> tuple[Refusal, ...]:
        """What was rejected or qualified, and why: by data set, as written."""

    def readings(self) -> tuple[Reading, ...]:
        """The readings of contested measures: by data set, as written."""

    def records(self, dataset: str) -> Iterator[Record]:
        """Everything a data set holds, in the order a writer takes it.

        Sources, entities, edges and measures by id, then members of sets by set and entity, then
        refusals and readings as written: what `Writer.write` takes to make an equal data set. Read
        in parts, so that a data set need not fit in memory. Nothing for a data set that is not there.
        """

    def counts(self) -> dict[str, dict[str, int]]:
        """For every source id: how many entities, edges, measures and claims cite it."""

    def search(self, text: str, limit: int = 10, kinds: Iterable[str] = ()) -> tuple[Hit, ...]:
        """Entities by name, alias, identifier or spelling in another script, best first.

        Fit for every keystroke: the start of a name is found, the starts of its words in any order,
        and spellings that are near. Codes are found whole. Any text is a search and none raises;
        the same text on the same revision gives the same hits in the same order.

        Args:
            text: what was typed.
            limit: the most hits to give.
            kinds: only entities of these kinds; of all kinds when empty.
        """

    def close(self) -> None:
        """Give the store back."""


class Writer(Protocol):
    """The write side of a store."""

    def write(self, load: Load, records: Iterable[Record]) -> Load:
        """Make the store hold exactly `records` for the data set, in one transaction.

        Nothing changes when the data set was loaded with the same digest before. Raises `BadInput`
        when an id belongs to another data set, or an end resolves to nothing; the store is then as
        it was.
        """

    def close(self) -> None:
        """Give the store back."""

    def __enter__(self) -> Self:
        """Use the writer in a `with` block."""

    def __exit__(self, *exc: object) -> None:
        """Close on the way out."""
