"""What must be said in words beside a list of routes: what is not documented, and who takes nothing."""

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from graph.arcs import DOCUMENTED
from graph.dates import iso
from graph.names import caption
from graph.routes.question import Question
from graph.view import View


def name_of_set(view: View, ids: tuple[str, ...]) -> str | None:
    """The named set that these ids are, if any."""
    names = sorted(name for name, members in view.sets.items() if set(members) == set(ids))
    return names[0] if names else None


def undocumented(view: View, question: Question) -> Iterator[str]:
    """For each party to pass: whether a hand-over of parts from it to a destination is on record."""
    wanted = set(question.destinations)
    named = name_of_set(view, question.destinations)
    where = f"any of “{named}”" if named else "any of the parties asked about"
    supplied = {
        arc.source
        for arc in view.arcs
        if arc.basis == DOCUMENTED and not arc.whole_aircraft and arc.target in wanted
    }
    for entity_id in sum(question.via, ()):
        if entity_id not in supplied:
            name = caption(view.entities[entity_id].name)
            yield (
                f"No shipment of parts from {name} to {where} is documented by {iso(view.as_of)} "
                "in what is loaded."
            )


def no_takers(view: View, question: Question) -> Iterator[str]:
    """For each destination with a known fleet: that no part which could arrive fits it, if so."""
    families = _could_arrive(view, question)
    if not families:
        return
    for entity_id in sorted(set(question.destinations) - set(question.origins)):
        fleet = view.fleets.get(entity_id)
        if fleet is not None and not set(fleet) & set(families):
            flies = ", ".join(fleet) or "only types outside the list of families"
            yield (
                f"{caption(view.entities[entity_id].name)} is no taker: it flies {flies}, "
                f"and the parts that could arrive are for {', '.join(families)}."
            )


def _could_arrive(view: View, question: Question) -> tuple[str, ...]:
    """The families of the parts that can leave the origins and pass the parties to pass.

    Empty when there are none, or when goods of an unknown family are among them.
    """
    reached = _reached(view, question)
    arriving = view.items.parts
    for group in (question.origins, *question.via):
        of_group = 0
        for entity_id in group:
            of_group |= int(reached[view.number[entity_id]])
        arriving &= of_group
    return view.items.names(arriving) if arriving else ()


def _reached(view: View, question: Question) -> NDArray[np.int64]:
    """What can be at each party within the hops allowed, as item masks, dates aside; shape (n,).

    For an origin it is what can leave it.
    """
    allowed = question.allows(view)
    pairs = np.repeat(np.arange(len(view.head)), np.diff(view.first_arc))
    tails = np.repeat(np.arange(len(view.ids)), np.diff(view.first_pair))[pairs][allowed]
    heads, items = view.head[pairs][allowed], view.item[allowed]
    origins = np.zeros(len(view.ids), np.int64)
    origins[[view.number[entity_id] for entity_id in question.origins]] = -1
    leaving = np.zeros(len(view.ids), np.int64)
    np.bitwise_or.at(leaving, tails, items & origins[tails])
    reached = leaving.copy()
    for _ in range(question.max_hops):
        carried = items & reached[tails]
        np.bitwise_or.at(reached, heads, carried & ~origins[heads])
    return reached
