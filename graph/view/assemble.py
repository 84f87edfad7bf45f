"""A view over hops in memory: for small graphs and tests."""

from collections.abc import Iterable, Mapping

import numpy as np

from graph.arcs import Arc
from graph.cost import Costs, default_costs
from graph.model import Entity, Source
from graph.network import Layer, Network, layer_of
from graph.view.arcs import MadeArcs
from graph.view.names import Places
from graph.view.parties import parties
from graph.view.traits import Raw, items_of, raw, traits_of
from graph.view.view import View


def assemble(
    arcs: Iterable[Arc],
    entities: dict[str, Entity],
    *,
    inferred: Iterable[Arc] | None = None,
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
    restricted: Mapping[str, tuple[str, ...]] | None = None,
) -> View:
    """The arrays over some arcs; those `inferred` are a layer of their own, as in the view of a store.

    Dropped are arcs from a party to itself, and those that join an unnamed party to another shipment
    than its own; an unnamed party of no shipment may end a route and is never passed.

    Raises:
        BadInput: when the hops are for more than `MOST_FAMILIES` families.
    """
    stated, _ = parties((e.id, e.kind, e.shipment) for e in sorted(entities.values(), key=_id))
    number = Places(stated.ids)
    traits: dict[Raw, int] = {}
    layers = [
        _in_order(some, entities, number)
        for some in ((arcs,) if inferred is None else (arcs, inferred))
    ]
    arrays = tuple(_layer(some, number, traits) for some in layers)
    items = items_of(families, traits)
    return View(
        revision=revision,
        as_of=as_of,
        known_at=known_at,
        contested=contested,
        costs=costs or default_costs(),
        ids=stated.ids,
        number=number,
        entities=entities,
        sources=sources or {},
        sets=sets or {},
        items=items,
        fleet_unknown=fleet_unknown,
        fleets=fleets or {},
        restricted={} if restricted is None else restricted,
        arcs=MadeArcs(arc for some in layers for arc in some),
        network=Network(
            parties=len(number),
            layers=arrays,
            traits=traits_of(items, traits),
        ),
        never=stated.never,
        ends_only=stated.ends_only,
    )


def _in_order(
    arcs: Iterable[Arc], entities: dict[str, Entity], number: Mapping[str, int]
) -> list[Arc]:
    """The arcs that have a place on a route, as a layer holds them."""
    return sorted(
        (arc for arc in arcs if arc.source != arc.target and _of_one_shipment(arc, entities)),
        key=lambda arc: (number[arc.source], arc.cost, number[arc.target], arc.id),
    )


def _layer(arcs: list[Arc], number: Mapping[str, int], traits: dict[Raw, int]) -> Layer:
    columns = np.array(
        [
            (
                number[arc.source],
                number[arc.target],
                arc.cost,
                arc.span.first,
                arc.span.last,
                traits.setdefault(raw(arc), len(traits)),
            )
            for arc in arcs
        ],
        np.int32,
    ).reshape(-1, 6)
    return layer_of(len(number), *np.ascontiguousarray(columns.T))


def _id(entity: Entity) -> str:
    return entity.id


def _of_one_shipment(arc: Arc, entities: dict[str, Entity]) -> bool:
    shipments = {entities[end].shipment for end in (arc.source, arc.target)} - {""}
    return shipments <= {arc.shipment}
