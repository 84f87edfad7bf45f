"""What the arrays of a view are made from, for any store: see `Reader.parties` and `hand_overs`.

A store that can read these columns faster than its records has methods of its own; the functions
here say what they must give.
"""

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

from graph.kinds import ROUTED
from graph.model import Claim, Edge

if TYPE_CHECKING:
    from graph.store.base import Reader

AT_ONCE = 5000
"""So many edges come in one piece."""


class Said(NamedTuple):
    """What the cost of a hop depends on of one claim, and when its source was published."""

    kind: str
    status: str
    certainty: str
    noted: bool
    of_property: bool
    published: str


class Stated(NamedTuple):
    """What many routed edges have in common; `claims` come by id."""

    kind: str
    hs: str
    families: tuple[str, ...]
    basis: str
    outcome: str
    claims: tuple[Said, ...]


class HandOvers(NamedTuple):
    """Some edges, a column each, all of one length.

    `source` and `target` are places in the order of `Reader.parties`.
    """

    id: Sequence[str]
    source: Sequence[int]
    target: Sequence[int]
    start: Sequence[str]
    end: Sequence[str]
    shipment: Sequence[str]
    stated: Sequence[Stated]


def parties(reader: "Reader") -> Iterator[tuple[str, str, str]]:
    """Id, kind and shipment of every entity, by id."""
    for entity in sorted(reader.entities(), key=lambda e: e.id):
        yield entity.id, entity.kind, entity.shipment


def hand_overs(reader: "Reader", kinds: Iterable[str] = ()) -> Iterator[HandOvers]:
    """The routed edges, or those of some kinds, by id."""
    place = {entity_id: number for number, (entity_id, _, _) in enumerate(reader.parties())}
    published = {source.id: source.published for source in reader.sources()}
    edges = iter(sorted(reader.edges(sorted(kinds) or sorted(ROUTED)), key=lambda e: e.id))
    while some := list(islice(edges, AT_ONCE)):
        yield HandOvers(
            id=[edge.id for edge in some],
            source=[place[edge.source] for edge in some],
            target=[place[edge.target] for edge in some],
            start=[edge.start for edge in some],
            end=[edge.end for edge in some],
            shipment=[edge.shipment for edge in some],
            stated=[_stated(edge, published) for edge in some],
        )


def _stated(edge: Edge, published: dict[str, str]) -> Stated:
    said = tuple(_said(claim, published.get(claim.source, "")) for claim in edge.claims)
    return Stated(edge.kind, edge.hs, edge.families, edge.basis, edge.outcome, said)


def _said(claim: Claim, published: str) -> Said:
    return Said(
        kind=claim.kind,
        status=claim.status,
        certainty=claim.certainty,
        noted=bool(claim.note),
        of_property=bool(claim.property),
        published=published,
    )
