"""The relations of one entity as they are read: by family and kind, each with the other party."""

from collections.abc import Iterable

import msgspec

from graph.kinds import EDGE_KINDS
from graph.show import Shown, ShownEdge
from graph.store.base import Reader

FAMILIES = (
    *("goods", "ownership", "control", "group", "operation", "service"),
    *("contact", "place", "law"),
)
"""The families of edges, in the order in which they are shown."""


class Other(msgspec.Struct, frozen=True, kw_only=True):
    """The party at the other end: a person's status stands with the name."""

    id: str
    name: str
    kind: str
    country: str
    person_basis: str


class Relation(msgspec.Struct, frozen=True, kw_only=True):
    """An edge seen from one of its ends; `way` is to, from or with."""

    edge: ShownEdge
    way: str
    other: Other


class Kind(msgspec.Struct, frozen=True, kw_only=True):
    """All relations of one kind, and how its edges read."""

    kind: str
    says: str
    relations: tuple[Relation, ...]


class Family(msgspec.Struct, frozen=True, kw_only=True):
    """All relations of one family, by kind."""

    name: str
    kinds: tuple[Kind, ...]

    @property
    def count(self) -> int:
        """How many edges it has."""
        return sum(len(kind.relations) for kind in self.kinds)


def families(reader: Reader, shown: Shown, apart: Iterable[str] = ()) -> tuple[Family, ...]:
    """The relations of an entity, newest last; kinds that are shown `apart` are left out."""
    others = _Others(reader, shown.entity.id)
    by_kind: dict[str, list[Relation]] = {}
    for edge in shown.edges:
        if edge.kind not in apart:
            by_kind.setdefault(edge.kind, []).append(others.relation(edge))
    kinds = [
        Kind(kind=name, says=EDGE_KINDS[name].says, relations=tuple(sorted(found, key=_order)))
        for name, found in sorted(by_kind.items())
    ]
    grouped = (
        Family(name=name, kinds=tuple(k for k in kinds if EDGE_KINDS[k.kind].family == name))
        for name in FAMILIES
    )
    return tuple(family for family in grouped if family.kinds)


def _order(relation: Relation) -> tuple[str, str, str, str]:
    edge = relation.edge
    return relation.way, edge.start or "9999", relation.other.name.casefold(), edge.edge


class _Others:
    """Looks up each other party once."""

    def __init__(self, reader: Reader, here: str) -> None:
        self.reader = reader
        self.here = here
        self.known: dict[str, Other] = {}

    def relation(self, edge: ShownEdge) -> Relation:
        outgoing = edge.origin == self.here
        way = "with" if EDGE_KINDS[edge.kind].symmetric else "to" if outgoing else "from"
        return Relation(
            edge=edge, way=way, other=self.other(edge.target if outgoing else edge.origin)
        )

    def other(self, entity_id: str) -> Other:
        if entity_id not in self.known:
            self.known[entity_id] = other(self.reader, entity_id)
        return self.known[entity_id]


def other(reader: Reader, entity_id: str) -> Other:
    """A party as it is named beside another one."""
    entity = reader.entity(entity_id)
    return Other(
        id=entity.id,
        name=entity.name,
        kind=entity.kind,
        country=entity.country,
        person_basis=entity.person_basis,
    )
