"""The arcs on which the routes of a question can run, found from both ends at once.

With a limit on cost, all routes run in a narrow corridor of a large network. It is found without a
pass over the arcs: each end is grown to about half of the limit, arcs between the two reaches join
them, and what lies between an end and those arcs is kept where the sum can still be within the limit.
"""

import numpy as np
from numpy.typing import NDArray

from graph.network import Network, Numbers
from graph.routes.choice import GOAL, ORIGIN, Choice
from graph.routes.reach import Links, Metric, Reach, reach
from graph.routes.rows import improve


class Corridor:
    """All arcs of routes that cost at most `cost` and have at most `hops` hops, and some others.

    Attributes:
        arcs: their numbers, increasing.
        work: arcs read from the side of the origins, and from the other.

    Args:
        network: the arcs.
        choice: which of them count.
        roles: where parties may stand.
        cost, hops: the limits.
        share: of the way, how much is searched from the side of the origins.
        mark: scratch, see `graph.routes.rows.improve`.
    """

    def __init__(
        self,
        network: Network,
        choice: Choice,
        roles: NDArray[np.uint8],
        cost: int,
        hops: int,
        share: float,
        mark: NDArray[np.int32],
    ) -> None:
        self.metric = _metric(cost, hops)
        starts, goals = np.flatnonzero(roles == ORIGIN), np.flatnonzero(roles == GOAL)
        first = int(cheapest(network, starts, entering=False).min(initial=cost))
        last = int(cheapest(network, goals, entering=True).min(initial=cost))
        between = max(0, self.metric.most - first - last)
        radius = first + int(between * share)
        into = self.metric.most - radius
        self._mark = mark
        self._out = reach(network.leaving, starts, choice, roles, GOAL, self.metric, radius, mark)
        self._in = reach(network.entering, goals, choice, roles, ORIGIN, self.metric, into, mark)
        self.work = self._out.work, self._in.work
        self.arcs = self._arcs(choice)

    def _arcs(self, choice: Choice) -> Numbers:
        joining = self._joining(choice)
        turned = Links(joining.arc, joining.far, joining.near, joining.weight)
        both = self._in_both()
        before = self._towards(self._out, self._in, joining, both)
        after = self._towards(self._in, self._out, turned, both)
        return np.unique(np.concatenate([joining.arc, before, after]))

    def _joining(self, choice: Choice) -> Links:
        """Arcs that join the two reaches within the limit, as seen from the origins."""
        forth, back = self._out.beyond, self._in.beyond
        found = Links(
            np.concatenate([forth.arc, back.arc]),
            np.concatenate([forth.near, back.far]),
            np.concatenate([forth.far, back.near]),
            np.concatenate([forth.weight, back.weight]),
        )
        met = (self._out.left[found.near] > 0) & (self._in.left[found.far] > 0)
        found = found.take(np.flatnonzero(met))
        total = self._out.distance(found.near) + found.weight + self._in.distance(found.far)
        found = found.take(np.flatnonzero(total <= self.metric.most))
        return found.take(np.flatnonzero(choice.of(found.arc)))

    def _in_both(self) -> Numbers:
        """Parties that lie within both reaches and the limit."""
        parties = np.unique(self._out.parties)
        parties = parties[self._in.left[parties] > 0]
        total = self._out.distance(parties) + self._in.distance(parties)
        return parties[total <= self.metric.most]

    def _towards(self, own: Reach, other: Reach, joining: Links, both: Numbers) -> Numbers:
        """Arcs within `own` that lead to the other end within the limit.

        The distance to the other end is known where the reaches meet, and spreads from there over the
        arcs of this reach until nothing becomes nearer.
        """
        most = self.metric.most
        spare = np.zeros(len(own.left), np.int64)  # most + 1 - distance to the other end; 0: none
        onward = joining.weight + other.distance(joining.far)
        improve(spare, joining.near, most + 1 - onward, self._mark)
        improve(spare, both, most + 1 - other.distance(both), self._mark)
        links = own.within
        travelled = own.distance(links.near) + links.weight
        while True:
            left = spare[links.far] - links.weight
            useful = np.flatnonzero(spare[links.far] > travelled)
            if not len(improve(spare, links.near[useful], left[useful], self._mark)):
                return links.arc[useful]


def cheapest(network: Network, parties: Numbers, entering: bool) -> NDArray[np.int32]:
    """The cheapest arc that leaves, or enters, each of some parties; none for those without any."""
    found = [np.zeros(0, np.int32)]
    for layer in network.layers:
        first, cost = (layer.first_in, layer.in_cost) if entering else (layer.first_out, layer.cost)
        low = first[parties]
        found.append(cost[low[low < first[parties + 1]]])
    return np.concatenate(found)


def _metric(cost: int, hops: int) -> Metric:
    """A penalty of two thirds of the limit, spread over the hops, costs least on graphs with hubs."""
    per_hop = 2 * cost // hops
    return Metric(per_hop, cost + per_hop * hops)
