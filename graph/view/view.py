"""What a view is: everything a route search needs, and what is to be said of what it finds."""

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

import msgspec
import numpy as np
from numpy.typing import NDArray

from graph.arcs import Arc
from graph.cost import Costs
from graph.model import Entity, Source
from graph.network import Network
from graph.view.arcs import Arcs
from graph.view.items import Items


class View(msgspec.Struct, frozen=True, kw_only=True, eq=False):
    """A store seen on a day.

    Parties are numbered by id in sorted order, so that comparing numbers compares ids; `arcs[number]`
    is the hop behind an arc of the network. Of a store these, `ids`, `entities` and `restricted` are
    read when asked for, which needs its reader to be open.

    Attributes:
        never, ends_only: of a route; arrays over the parties.
        fleets: the families each airline flies.
        restricted: regimes and layers whose listings or orders are in force on the day, by party.
    """

    revision: int
    as_of: int
    known_at: int | None
    contested: bool
    costs: Costs
    ids: Sequence[str]
    number: Mapping[str, int]
    entities: Mapping[str, Entity]
    sources: dict[str, Source]
    sets: dict[str, tuple[str, ...]]
    items: Items
    fleet_unknown: tuple[str, ...]
    fleets: dict[str, tuple[str, ...]]
    restricted: Mapping[str, tuple[str, ...]]
    arcs: Arcs
    network: Network
    never: NDArray[np.bool_]
    ends_only: NDArray[np.bool_]

    def goods(self, arc: int) -> int:
        """The mask of what can travel along an arc."""
        return self.network.traits[self.network.trait(arc)].goods

    def basis(self, arc: int) -> str:
        """Whether an arc is documented or possible."""
        return self.network.traits[self.network.trait(arc)].basis

    def joining(self, source: str, target: str) -> Iterator[Arc]:
        """The hops from one party to another."""
        ends = np.array([self.number[source], self.number[target]])
        steps = self.network.leaving(ends[:1], np.full(1, self.network.dearest))
        for number in steps.arc[steps.end == ends[1]].tolist():
            yield self.arcs[number]


class Part(NamedTuple):
    """A view to answer a question from, and what must be said when it may lack some of its routes."""

    view: View
    cut: str = ""
