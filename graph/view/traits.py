"""What arcs have in common, before it is known which families a view tells apart."""

from collections.abc import Iterable

import msgspec

from graph.arcs import Arc
from graph.network import Trait
from graph.view.items import Items


class Raw(msgspec.Struct, frozen=True, array_like=True):
    """A trait with families by name; see `graph.network.Trait`."""

    basis: str
    kind: str
    certainty: str
    contested: bool
    hs: tuple[str, ...]
    families: tuple[str, ...]
    whole_aircraft: bool


def raw(arc: Arc) -> Raw:
    """What an arc has in common with others."""
    return Raw(
        basis=arc.basis,
        kind=arc.rule or arc.kind,
        certainty=arc.certainty,
        contested=arc.contested,
        hs=arc.hs,
        families=arc.families,
        whole_aircraft=arc.whole_aircraft,
    )


def items_of(families: Iterable[str], *traits: Iterable[Raw]) -> Items:
    """What can travel: only families that some hop is for take room.

    Raises:
        BadInput: when the hops are for more than `MOST_FAMILIES` families.
    """
    in_use = {family for some in traits for trait in some for family in trait.families}
    return Items(family for family in families if family in in_use)


def traits_of(items: Items, *traits: Iterable[Raw]) -> tuple[Trait, ...]:
    """Traits as the search reads them, in the order given."""
    return tuple(
        Trait(
            basis=trait.basis,
            kind=trait.kind,
            certainty=trait.certainty,
            contested=trait.contested,
            hs=trait.hs,
            goods=items.mask(trait.families, trait.whole_aircraft),
        )
        for some in traits
        for trait in some
    )
