"""A store seen on a day, as compact arrays for the route search.

Parties are numbered by id in sorted order, so that comparing numbers compares ids. Arcs are the
hops a route may take, documented and possible; `graph.network` says how they lie in arrays.
"""

from collections.abc import Iterable

import msgspec
import numpy as np
from numpy.typing import NDArray

from graph.arcs import Arc, documented_arc, possible_arc
from graph.cost import Costs, default_costs
from graph.dates import event_span
from graph.exc import BadInput
from graph.kinds import ENDS_ONLY, NEVER_ON_A_ROUTE, ROUTED, EntityKind
from graph.listed import restrictions
from graph.model import Entity, Source
from graph.network import Network, Trait, layer_of
from graph.rules import Facts, possible_hops
from graph.store.base import Reader

MOST_FAMILIES = 30
"""Two halves of a 64-bit mask, each with a bit to spare, less the sign."""


class Items:
    """What can travel, as bits: parts for each family, then whole aircraft of each family.

    The last bit of each half stands for families outside the list. A route is possible only while
    the masks of its hops have a bit in common: one family runs through, and parts and whole
    aircraft never join.
    """

    def __init__(self, families: Iterable[str]) -> None:
        self.families = tuple(sorted(families))
        if len(self.families) > MOST_FAMILIES:
            raise BadInput(
                f"hops are for {len(self.families)} aircraft families, {MOST_FAMILIES} is the most "
                f"that can be told apart: {', '.join(self.families[MOST_FAMILIES:])} and others; "
                "join some under one family"
            )
        self._half = len(self.families) + 1
        self._any = (1 << self._half) - 1

    @property
    def parts(self) -> int:
        """The mask of parts for any family."""
        return self._any

    def mask(self, families: Iterable[str], whole_aircraft: bool) -> int:
        """The mask of goods for some families; of any family when none is named."""
        bits = 0
        for family in families:
            known = family in self.families
            bits |= 1 << (self.families.index(family) if known else self._half - 1)
        return (bits or self._any) << (self._half if whole_aircraft else 0)

    def names(self, mask: int) -> tuple[str, ...]:
        """The families of a mask; empty when it allows any."""
        half = (mask & self._any) | (mask >> self._half)
        if half == self._any:
            return ()
        return tuple(f for i, f in enumerate(self.families) if half >> i & 1)


class View(msgspec.Struct, frozen=True, kw_only=True, eq=False):
    """Everything a route search needs, and what is to be said of what it finds.

    `arcs[number]` is the hop behind an arc of the network. Arrays over the parties: `never` on a route,
    `ends_only` of one.
    """

    revision: int
    as_of: int
    known_at: int | None
    contested: bool
    costs: Costs
    ids: tuple[str, ...]
    number: dict[str, int]
    entities: dict[str, Entity]
    sources: dict[str, Source]
    sets: dict[str, tuple[str, ...]]
    items: Items
    fleet_unknown: tuple[str, ...]
    fleets: dict[str, tuple[str, ...]]
    restricted: dict[str, tuple[str, ...]]
    arcs: tuple[Arc, ...]
    network: Network
    never: NDArray[np.bool_]
    ends_only: NDArray[np.bool_]

    def goods(self, arc: int) -> int:
        """The mask of what can travel along an arc."""
        return self.network.traits[self.network.trait(arc)].goods


def build_view(
    reader: Reader,
    as_of: int,
    known_at: int | None = None,
    contested: bool = False,
    costs: Costs | None = None,
) -> View:
    """The view of a store on the day `as_of`, with what had been published by `known_at`.

    Rules reason from contested claims only when asked to; contested documented hops are there, marked,
    for the question to let in or not. Documented hops are there when their first possible
    day is not after `as_of`; possible hops stand on `as_of` itself.
    """
    table = costs or default_costs()
    facts = Facts(reader, as_of, known_at, contested)
    arcs = [
        *(
            documented_arc(facts, table, edge)
            for edge in facts.known_edges(sorted(ROUTED))
            if event_span(edge.start, edge.end).first <= as_of
        ),
        *(possible_arc(facts, table, hop) for hop in possible_hops(facts)),
    ]
    members: dict[str, list[str]] = {}
    for member in reader.set_members():
        members.setdefault(member.set, []).append(member.entity)
    return assemble(
        arcs,
        facts.entities,
        families=facts.families,
        as_of=as_of,
        known_at=known_at,
        contested=contested,
        costs=table,
        revision=reader.revision,
        sources={source.id: source for source in reader.sources()},
        sets={name: tuple(ids) for name, ids in members.items()},
        fleet_unknown=(unknown := facts.fleet_unknown()),
        fleets={a.id: tuple(facts.fleet(a.id)) for a in facts.airlines() if a.id not in unknown},
        restricted=restrictions(
            (m for m in reader.measures() if known_at is None or facts.knows(m.claims)), as_of
        ),
    )


def assemble(
    arcs: Iterable[Arc],
    entities: dict[str, Entity],
    *,
    families: tuple[str, ...] = (),
    as_of: int,
    known_at: int | None = None,
    contested: bool = False,
    costs: Costs | None = None,
    revision: int = 0,
    sources: dict[str, Source] | None = None,
    sets: dict[str, tuple[str, ...]] | None = None,
    fleet_unknown: tuple[str, ...] = (),
    fleets: dict[str, tuple[str, ...]] | None = None,
    restricted: dict[str, tuple[str, ...]] | None = None,
) -> View:
    """The arrays over some arcs.

    Dropped are arcs from a party to itself, and those that join an unnamed party to another shipment
    than its own; an unnamed party of no shipment may end a route and is never passed.

    Raises:
        BadInput: when the hops are for more than `MOST_FAMILIES` families.
    """
    ids = tuple(sorted(entities))
    number = {entity_id: i for i, entity_id in enumerate(ids)}
    arcs = tuple(arcs)
    in_use = {family for arc in arcs for family in arc.families}
    items = Items(family for family in families if family in in_use)
    kept = sorted(
        (arc for arc in arcs if arc.source != arc.target and _of_one_shipment(arc, entities)),
        key=lambda arc: (number[arc.source], arc.cost, number[arc.target], arc.id),
    )
    kinds = [entities[entity_id].kind for entity_id in ids]
    return View(
        revision=revision,
        as_of=as_of,
        known_at=known_at,
        contested=contested,
        costs=costs or default_costs(),
        ids=ids,
        number=number,
        entities=entities,
        sources=sources or {},
        sets=sets or {},
        items=items,
        fleet_unknown=fleet_unknown,
        fleets=fleets or {},
        restricted=restricted or {},
        arcs=tuple(kept),
        network=_network(kept, number, items),
        never=np.array([kind in NEVER_ON_A_ROUTE for kind in kinds], bool),
        ends_only=np.array([_ends_only(entities[entity_id]) for entity_id in ids], bool),
    )


def _network(arcs: list[Arc], number: dict[str, int], items: Items) -> Network:
    traits: dict[Trait, int] = {}
    columns = np.array(
        [
            (
                number[arc.source],
                number[arc.target],
                arc.cost,
                arc.span.first,
                arc.span.last,
                traits.setdefault(_trait(arc, items), len(traits)),
            )
            for arc in arcs
        ],
        np.int32,
    ).reshape(-1, 6)
    layer = layer_of(len(number), *np.ascontiguousarray(columns.T))
    return Network(parties=len(number), layers=(layer,), traits=tuple(traits))


def _trait(arc: Arc, items: Items) -> Trait:
    return Trait(
        basis=arc.basis,
        kind=arc.rule or arc.kind,
        certainty=arc.certainty,
        contested=arc.contested,
        hs=arc.hs,
        goods=items.mask(arc.families, arc.whole_aircraft),
    )


def _of_one_shipment(arc: Arc, entities: dict[str, Entity]) -> bool:
    shipments = {entities[end].shipment for end in (arc.source, arc.target)} - {""}
    return shipments <= {arc.shipment}


def _ends_only(entity: Entity) -> bool:
    unplaced = entity.kind == EntityKind.UNNAMED and not entity.shipment
    return unplaced or entity.kind in ENDS_ONLY
