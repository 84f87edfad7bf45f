"""The possible arcs of a day, and what else the rules tell of it."""

from bisect import bisect_left
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

import msgspec
import numpy as np

from graph.arcs import inferred_arc
from graph.cost import Costs
from graph.network import Layer, layer_of
from graph.rules import Facts, PossibleHop, possible_hops
from graph.rules.corporate import TIES, corporate
from graph.view.documented import Documented
from graph.view.hops import Hops
from graph.view.names import Places
from graph.view.parties import Ints, Parties
from graph.view.ties import CORPORATE, Ties, arcs_of, tied, to_airlines
from graph.view.traits import Raw, raw

_NO_HOP = -1


class Fleets(msgspec.Struct, frozen=True, kw_only=True):
    """The families there are, what each airline flies, and airlines of whose fleet nothing is told."""

    families: tuple[str, ...]
    flown: dict[str, tuple[str, ...]]
    unknown: tuple[str, ...]


class Possible(msgspec.Struct, frozen=True, kw_only=True, eq=False):
    """The second layer of a network.

    Attributes:
        layer: its `trait` counts on from the traits of the first layer.
        traits: those of this one.
        hop: which of `hops` is behind an arc; -1 where the ties of the two companies are.
        hops: what the rules infer, but for ties between companies that are no airlines.
    """

    layer: Layer
    traits: tuple[Raw, ...]
    hop: Ints
    hops: Hops
    fleets: Fleets


class _Columns(NamedTuple):
    """Arcs; `name` orders those of one pair and cost as their ids do."""

    tail: Ints
    head: Ints
    cost: Ints
    name: Ints
    trait: Ints
    hop: Ints


def possible(facts: Facts, costs: Costs, before: Documented, of: Ties) -> Possible:
    """The arcs of all hops that the rules infer on the day of the facts.

    Dropped are arcs from a party to itself, and those that an unnamed party of a shipment would end.
    """
    traits: dict[Raw, int] = {}
    hops = sorted(_hops(facts, of, before.parties), key=lambda hop: hop.id)
    # No told hop of the rule joins such a pair: the name of the rule places those of ties.
    name = bisect_left(hops, f"possible:{CORPORATE}:", key=lambda hop: hop.id)
    parts = (
        _told(hops, facts.as_of, costs, before.parties, traits),
        _tied(facts, costs, before.parties, of, traits, 2 * name - 1),
    )
    columns = _Columns(*map(np.concatenate, zip(*parts, strict=True)))
    order = np.lexsort((columns.name, columns.head, columns.cost, columns.tail))
    columns = _Columns(*(column[order] for column in columns))
    day = np.full(len(order), facts.as_of, np.int32)
    trait = columns.trait + np.int32(len(before.traits))
    ends = columns.tail, columns.head
    return Possible(
        layer=layer_of(len(before.parties.ids), *ends, columns.cost, day, day, trait),
        traits=tuple(traits),
        hop=columns.hop,
        hops=hops,
        fleets=_fleets(facts),
    )


def _hops(facts: Facts, of: Ties, parties: Parties) -> Iterator[PossibleHop]:
    """What the rules infer, but for ties between companies that are no airlines."""
    yield from possible_hops(facts, without=[CORPORATE])
    airlines = {airline.id for airline in facts.airlines()}
    for hop in corporate(facts.with_only(TIES, to_airlines(of, parties))):
        if hop.target in airlines:
            yield hop


def _told(
    hops: list[PossibleHop], day: int, costs: Costs, parties: Parties, traits: dict[Raw, int]
) -> _Columns:
    """The columns of some hops by id."""
    place = lru_cache(maxsize=None)(Places(parties.ids).__getitem__)
    rows = []
    for number, hop in enumerate(hops):
        tail, head = place(hop.source), place(hop.target)
        if tail == head or parties.shipment[tail] or parties.shipment[head]:
            continue
        arc = inferred_arc(costs, hop, day)
        # Even numbers, so that hops of ties find a place between.
        rows.append((tail, head, arc.cost, 2 * number, _number(raw(arc), traits), number))
    return _Columns(*np.array(rows, np.int32).reshape(-1, len(_Columns._fields)).T)


def _tied(
    facts: Facts,
    costs: Costs,
    parties: Parties,
    of: Ties,
    traits: dict[Raw, int],
    name: int,
) -> _Columns:
    """The columns of the hops that ties of companies make; no two of them join one pair."""
    hops = tied(of, parties, facts.as_of, facts.contested)
    codes, place = np.unique(hops.code, return_inverse=True)
    arcs = arcs_of(codes.tolist(), costs, facts.as_of)
    cost = np.array([arc.cost for arc in arcs], np.int32)[place]
    trait = np.array([_number(raw(arc), traits) for arc in arcs], np.int32)[place]
    count = len(hops.tail)
    names, none = np.full(count, name, np.int32), np.full(count, _NO_HOP, np.int32)
    return _Columns(hops.tail, hops.head, cost, names, trait, none)


def _number(trait: Raw, traits: dict[Raw, int]) -> int:
    return traits.setdefault(trait, len(traits))


def _fleets(facts: Facts) -> Fleets:
    unknown = facts.fleet_unknown()
    flown = {a.id: tuple(facts.fleet(a.id)) for a in facts.airlines() if a.id not in unknown}
    return Fleets(families=facts.families, flown=flown, unknown=unknown)
