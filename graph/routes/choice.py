"""Which arcs and parties a question lets a route use, as masks: nothing is rebuilt for a question."""

import numpy as np
from numpy.typing import NDArray

from graph.exc import BadInput
from graph.network import Layer, Mask, Network, Numbers
from graph.routes.question import Question
from graph.view import View

NOWHERE, BETWEEN, ORIGIN, GOAL = range(4)
"""Where a party may stand on a route."""


class Choice:
    """The arcs that count, asked about a few at a time.

    Args:
        view: the store on a date.
        question: what is asked.
        usable: shape (arcs,), or None: arcs that may be taken for a reason that is not the question's,
            as where only lawful hops count.

    Raises:
        BadInput: `usable` is of another length than the arcs of the view.
    """

    def __init__(self, view: View, question: Question, usable: Mask | None = None) -> None:
        self.network: Network = view.network
        self.as_of = view.as_of
        self.taken = question.takes(view.network.traits)
        self.usable = usable
        if usable is not None and len(usable) != view.network.arcs:
            raise BadInput(f"a mask of {len(usable)} arcs for a view of {view.network.arcs}")

    def of(self, arcs: Numbers) -> Mask:
        """Which of some arcs count; shape (len(arcs),)."""
        layers = self.network.layers
        if len(layers) == 1:
            found = self._in(layers[0], arcs)
        else:
            found, start = np.zeros(len(arcs), bool), 0
            for layer in layers:
                here = np.flatnonzero((arcs >= start) & (arcs < start + len(layer.cost)))
                found[here] = self._in(layer, arcs[here] - start)
                start += len(layer.cost)
        return found if self.usable is None else found & self.usable[arcs]

    def _in(self, layer: Layer, arcs: Numbers) -> Mask:
        """Whether arcs of a layer have a trait that is asked for and can have happened by the day."""
        return self.taken[layer.trait[arcs]] & (layer.first[arcs] <= self.as_of)


def roles(view: View, question: Question) -> NDArray[np.uint8]:
    """Where each party of the view may stand on a route of the question; shape (parties,)."""
    found = np.where(view.never | view.ends_only, NOWHERE, BETWEEN).astype(np.uint8)
    starts, ends = numbers(view, question.origins), numbers(view, question.destinations)
    found[ends] = GOAL
    found[starts] = np.where(found[starts] == GOAL, NOWHERE, ORIGIN)
    found[numbers(view, question.avoid)] = NOWHERE
    return found


def numbers(view: View, ids: tuple[str, ...]) -> Numbers:
    """The numbers of some parties, sorted."""
    return np.unique(np.array([view.number[entity_id] for entity_id in ids], np.int64))
