"""How far one comes from one end of a question at a given cost: half of a search from both ends."""

from collections.abc import Callable
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from graph.network import Numbers, Steps
from graph.routes.choice import BETWEEN, Choice
from graph.routes.rows import improve

Rows = Callable[[Numbers, Numbers], Steps]
"""`Network.leaving` or `Network.entering`: arcs of some parties, up to a cost each."""


class Links(NamedTuple):
    """Arcs as a reach met them: `near` is closer to its own end than `far`."""

    arc: Numbers
    near: Numbers
    far: Numbers
    weight: Numbers

    def take(self, which: Numbers) -> "Links":
        """Some of them, by position."""
        return Links(*(column[which] for column in self))


class Reach(NamedTuple):
    """What lies within `radius` of an end.

    Attributes:
        left: shape (parties,): radius + 1 less the distance, so that 0 is out of reach; memory that is
            never touched is never taken.
        parties: those within reach; some may come several times.
        within: arcs between parties within reach, as they were met.
        beyond: arcs that lead further, or on to the other end of the question.
        work: how many arcs were read.
    """

    radius: int
    left: Numbers
    parties: Numbers
    within: Links
    beyond: Links
    work: int

    def distance(self, parties: Numbers) -> Numbers:
        """How far parties within reach are."""
        return self.radius + 1 - self.left[parties]


class Metric(NamedTuple):
    """What is measured: the cost of arcs and a fixed `per_hop`, up to `most` in all.

    The penalty makes one number of both limits, cost and hops (a Lagrangean relaxation, as in Handler
    and Zang, 1980): a path of few hops may cost more before it is given up than one of many.
    """

    per_hop: int
    most: int


def reach(
    rows: Rows,
    ends: Numbers,
    choice: Choice,
    roles: NDArray[np.uint8],
    other_end: int,
    metric: Metric,
    radius: int,
    mark: NDArray[np.int32],
) -> Reach:
    """Grow from `ends` to everything within `radius`, all parties of a round at once.

    From a party at distance d, arcs are read up to a weight of (radius - d) * most / radius, though
    only those up to radius - d stay within. Whatever is beyond this reach and the reach of the other
    end, at radius most - radius, is then too much in sum: an arc of weight w between distances d and e
    that neither side reads has d > radius - radius * w / most, and e likewise, so d + w + e > most.

    Args:
        rows: arcs by the parties of this side.
        ends: where to start.
        choice: the arcs that count.
        roles: where parties may stand.
        other_end: the role of the parties that end the search on the other side.
        metric: what is measured.
        radius: how far to go.
        mark: scratch, see `improve`.
    """
    left = np.zeros(len(roles), np.int64)
    left[ends] = radius + 1
    stretch = metric.most / max(radius, 1)
    frontier, work = ends, 0
    met, within, beyond = [ends], [], []
    while len(frontier):
        rest = left[frontier] - 1
        steps = rows(frontier, (rest * stretch).astype(np.int64) + 1 - metric.per_hop)
        work += len(steps.arc)
        weight = steps.cost.astype(np.int64) + metric.per_hop
        after = rest[steps.row] - weight
        role = roles[steps.end]
        links = Links(steps.arc, frontier[steps.row], steps.end.astype(np.int64), weight)
        inside = (role == BETWEEN) & (after >= 0)
        outside = ((role == BETWEEN) & ~inside) | (role == other_end)
        beyond.append(links.take(np.flatnonzero(outside)))
        kept = np.flatnonzero(inside)
        kept = kept[choice.of(steps.arc[kept])]
        within.append(links.take(kept))
        frontier = improve(left, links.far[kept], after[kept] + 1, mark)
        met.append(frontier)
    return Reach(radius, left, np.concatenate(met), _joined(within), _joined(beyond), work)


def _joined(parts: list[Links]) -> Links:
    return Links(*(np.concatenate(column) for column in zip(*parts, strict=True)))
