"""The possible arcs of a day, and what else the rules tell of it."""

from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

import msgspec
import numpy as np

from graph.arcs import inferred_arc
from graph.cost import Costs
from graph.network import Layer, layer_of
from graph.rules import Facts, PossibleHop, possible_hops
from graph.view.hops import Hops
from graph.view.names import Places
from graph.view.parties import Parties
from graph.view.traits import Raw, raw


class Fleets(msgspec.Struct, frozen=True, kw_only=True):
    """The families there are, what each airline flies, and airlines of whose fleet nothing is told."""

    families: tuple[str, ...]
    flown: dict[str, tuple[str, ...]]
    unknown: tuple[str, ...]


class Possible(msgspec.Struct, frozen=True, kw_only=True, eq=False):
    """The second layer of a network; `hops` are those behind its arcs, by number in the layer.

    `layer.trait` counts on from the traits of the first layer; `traits` are those of this one.
    """

    layer: Layer
    traits: tuple[Raw, ...]
    hops: Hops
    fleets: Fleets


def possible(facts: Facts, costs: Costs, parties: Parties, traits_before: int) -> Possible:
    """The arcs of all hops that the rules infer on the day of the facts.

    Dropped are arcs from a party to itself, and those that an unnamed party of a shipment would end.
    """
    place = lru_cache(maxsize=None)(Places(parties.ids).__getitem__)
    traits: dict[Raw, int] = {}
    rows: list[_Row] = []
    for hop in possible_hops(facts):
        tail, head = place(hop.source), place(hop.target)
        if tail == head or parties.shipment[tail] or parties.shipment[head]:
            continue
        arc = inferred_arc(costs, hop, facts.as_of)
        trait = traits_before + traits.setdefault(raw(arc), len(traits))
        rows.append(_Row(tail, arc.cost, head, arc.id, trait, hop))
    rows.sort(key=lambda row: row[:4])
    return Possible(
        layer=_layer(rows, len(parties.ids), facts.as_of),
        traits=tuple(traits),
        hops=[row.hop for row in rows],
        fleets=_fleets(facts),
    )


class _Row(NamedTuple):
    tail: int
    cost: int
    head: int
    id: str
    trait: int
    hop: PossibleHop


def _layer(rows: Sequence[_Row], parties: int, day: int) -> Layer:
    values = [(row.tail, row.head, row.cost, day, day, row.trait) for row in rows]
    columns = np.array(values, np.int32).reshape(-1, 6)
    return layer_of(parties, *np.ascontiguousarray(columns.T))


def _fleets(facts: Facts) -> Fleets:
    unknown = facts.fleet_unknown()
    flown = {a.id: tuple(facts.fleet(a.id)) for a in facts.airlines() if a.id not in unknown}
    return Fleets(families=facts.families, flown=flown, unknown=unknown)
