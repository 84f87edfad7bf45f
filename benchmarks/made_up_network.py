"""Made-up networks as arrays, for graphs that are too large to make party by party.

Parties are hubs or not, in selling as in buying: the weight of the r-th of them is (r + 10) ** -0.7.
Costs are exponential. Of the arcs, three in ten are standing relations without a date, for any goods;
the others have a day or thirty days within five years, and of these one in five is for any goods and the
rest for one of eight families. Nothing here is about a real party.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import overload

import msgspec
import numpy as np

from graph import dates
from graph.arcs import DOCUMENTED
from graph.cost import default_costs
from graph.network import Network, Trait, layer_of
from graph.view import Items, View
from graph.view.arcs import MadeArcs

FAMILIES = tuple(f"MADE-UP-{letter}" for letter in "ABCDEFGH")
DAYS = 1826
START = dates.day_of("2021-01-01")
_ITEMS = Items(FAMILIES)
TRAITS = tuple(
    Trait(
        basis=DOCUMENTED,
        kind="supplies",
        certainty="high",
        contested=False,
        hs=(),
        goods=_ITEMS.mask(families, False),
    )
    for families in (*((family,) for family in FAMILIES), ())
)
_UNDATED, _ANY_GOODS, _LONG = 0.3, 0.2, 0.3


def made_up_network(
    parties: int, arcs: int, seed: int
) -> tuple[View, tuple[str, ...], tuple[str, ...]]:
    """A view over a made-up network, 50 origins and 20 destinations in it, by id.

    Args:
        parties: how many parties there are.
        arcs: how many arcs, a few less where an arc would join a party to itself.
        seed: the same seed gives the same network.
    """
    random = np.random.default_rng(seed)
    weight = (np.arange(parties) + 10.0) ** -0.7
    share = np.cumsum(weight) / weight.sum()
    order = random.permutation(parties).astype(np.int32)
    tail, head = (
        order[np.searchsorted(share, random.random(arcs)).clip(0, parties - 1)] for _ in range(2)
    )
    cost = (1 + random.exponential(1.0, arcs) * 1e6).astype(np.int32)
    first = (START + random.integers(0, DAYS, arcs)).astype(np.int32)
    last = first + np.where(random.random(arcs) < _LONG, 30, 0).astype(np.int32)
    undated = random.random(arcs) < _UNDATED
    first[undated], last[undated] = dates.NO_START, dates.NO_END
    family = random.integers(0, len(FAMILIES), arcs)
    trait = np.where(undated | (random.random(arcs) < _ANY_GOODS), len(FAMILIES), family)
    kept = np.flatnonzero(tail != head)
    kept = kept[np.lexsort((head[kept], cost[kept], tail[kept]))]
    columns = (column[kept] for column in (tail, head, cost, first, last, trait.astype(np.int32)))
    network = Network(parties=parties, layers=(layer_of(parties, *columns),), traits=TRAITS)
    ends = [f"made-up-{number:07}" for number in random.choice(parties, 70, replace=False)]
    return view_of(network), tuple(ends[:50]), tuple(ends[50:])


def plain(view: View) -> View:
    """The same arcs, each for any goods."""
    traits = (TRAITS[-1],) * len(TRAITS)
    return msgspec.structs.replace(
        view, network=msgspec.structs.replace(view.network, traits=traits)
    )


def hubs(view: View, count: int) -> tuple[str, ...]:
    """The parties with the most arcs."""
    (layer,) = view.network.layers
    degree = np.diff(layer.first_out) + np.diff(layer.first_in)
    return tuple(view.ids[number] for number in np.argsort(-degree, kind="stable")[:count])


def view_of(network: Network) -> View:
    """A view of a made-up network on the last of its days."""
    nobody = np.zeros(network.parties, bool)
    return View(
        revision=0,
        as_of=START + DAYS,
        known_at=None,
        contested=False,
        costs=default_costs(),
        ids=_Ids(network.parties),
        number=_Numbers(network.parties),
        entities={},
        sources={},
        sets={},
        items=_ITEMS,
        fleet_unknown=(),
        fleets={},
        restricted={},
        arcs=MadeArcs(()),
        network=network,
        never=nobody,
        ends_only=nobody,
    )


class _Ids(Sequence[str]):
    """The ids of made-up parties, without a string for each."""

    def __init__(self, size: int) -> None:
        self.size = size

    @overload
    def __getitem__(self, place: int) -> str: ...
    @overload
    def __getitem__(self, place: slice) -> Sequence[str]: ...
    def __getitem__(self, place: int | slice) -> str | Sequence[str]:
        if isinstance(place, slice):
            return [self[number] for number in range(self.size)[place]]
        return f"made-up-{place:07}"

    def __len__(self) -> int:
        return self.size


class _Numbers(Mapping[str, int]):
    """The numbers of made-up parties by id."""

    def __init__(self, size: int) -> None:
        self.size = size

    def __getitem__(self, entity_id: str) -> int:
        return int(entity_id.removeprefix("made-up-"))

    def __iter__(self) -> Iterator[str]:
        return iter(_Ids(self.size))

    def __len__(self) -> int:
        return self.size
