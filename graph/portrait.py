"""The relations of one entity as they are read: by family and kind, each with the other party."""

from collections.abc import Iterable, Mapping

import msgspec

from graph.kinds import EDGE_KINDS
from graph.show import Shown, ShownEdge, ShownParty

FAMILIES = (
    *("goods", "ownership", "control", "group", "operation", "service"),
    *("contact", "place", "law"),
)
"""The families of edges, in the order in which they are shown."""


class Relation(msgspec.Struct, frozen=True, kw_only=True):
    """An edge seen from one of its ends; `way` is to, from or with."""

    edge: ShownEdge
    way: str
    other: ShownParty


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


def families(shown: Shown, apart: Iterable[str] = ()) -> tuple[Family, ...]:
    """The relations of an entity, newest last; kinds that are shown `apart` are left out."""
    others = {party.id: party for party in shown.parties}
    by_kind: dict[str, list[Relation]] = {}
    for edge in shown.edges:
        if edge.kind not in apart:
            by_kind.setdefault(edge.kind, []).append(_relation(edge, shown, others))
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


def _relation(edge: ShownEdge, shown: Shown, others: Mapping[str, ShownParty]) -> Relation:
    outgoing = edge.origin == shown.entity.id
    way = "with" if EDGE_KINDS[edge.kind].symmetric else "to" if outgoing else "from"
    return Relation(edge=edge, way=way, other=others[edge.target if outgoing else edge.origin])
