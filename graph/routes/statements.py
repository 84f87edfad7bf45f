"""What must be said in words beside a list of routes: what is not documented, and who takes nothing."""

from collections.abc import Iterator

import numpy as np

from graph.arcs import DOCUMENTED
from graph.dates import iso
from graph.names import caption
from graph.network import Columns, Network, Numbers
from graph.routes.choice import BETWEEN, NOWHERE, Choice, numbers, roles
from graph.routes.question import Question
from graph.view import View


def name_of_set(view: View, ids: tuple[str, ...]) -> str | None:
    """The named set that these ids are, if any."""
    names = sorted(name for name, members in view.sets.items() if set(members) == set(ids))
    return names[0] if names else None


def undocumented(view: View, question: Question) -> Iterator[str]:
    """For each party to pass: whether a hand-over of parts from it to a destination is on record."""
    named = name_of_set(view, question.destinations)
    where = f"any of “{named}”" if named else "any of the parties asked about"
    supplied = _suppliers(view, numbers(view, question.destinations))
    for entity_id in sum(question.via, ()):
        if view.number[entity_id] not in supplied:
            name = caption(view.entities[entity_id].name)
            yield (
                f"No shipment of parts from {name} to {where} is documented by {iso(view.as_of)} "
                "in what is loaded."
            )


def _suppliers(view: View, parties: Numbers) -> set[int]:
    """The parties that are documented to have handed parts to some parties by the day of the view."""
    network = view.network
    steps = network.entering(parties, np.full(len(parties), network.dearest))
    arcs = network.columns(np.sort(steps.arc))
    parts = np.array(
        [t.basis == DOCUMENTED and t.goods & view.items.parts != 0 for t in network.traits], bool
    )
    on_record = parts[arcs.trait] & (arcs.first <= view.as_of)
    return set(arcs.tail[on_record].tolist())


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
    groups = [numbers(view, group) for group in question.via]
    leaving, reached = _reached(view, question, groups)
    arriving = view.items.parts & leaving
    for group in groups:
        arriving &= int(np.bitwise_or.reduce(reached[group]))
    return view.items.names(arriving) if arriving else ()


def _reached(view: View, question: Question, groups: list[Numbers]) -> tuple[int, Numbers]:
    """What can leave the origins, and what can be at each party within the hops allowed.

    As item masks, dates aside; nothing goes on from where a route ends. The spread ends early where it
    can bring no group anything new.
    """
    network, choice, role = view.network, Choice(view, question), roles(view, question)
    goods = np.array([trait.goods for trait in network.traits], np.int64)
    origins = numbers(view, question.origins)
    reached = np.zeros(network.parties, np.int64)
    at_first = _carried(network, choice, goods, origins, np.full(len(origins), -1))
    np.bitwise_or.at(reached, at_first.tail, at_first.trait)
    leaving, frontier = int(np.bitwise_or.reduce(reached[origins])), origins
    for _ in range(question.max_hops):
        if all(int(np.bitwise_or.reduce(reached[group])) & leaving == leaving for group in groups):
            break
        moved = _carried(network, choice, goods, frontier, reached[frontier])
        new = (moved.trait & ~reached[moved.head] != 0) & ~np.isin(moved.head, origins)
        new &= role[moved.head] != NOWHERE
        np.bitwise_or.at(reached, moved.head[new], moved.trait[new])
        frontier = np.unique(moved.head[new])
        frontier = frontier[role[frontier] == BETWEEN]
    return leaving, reached


def _carried(
    network: Network, choice: Choice, goods: Numbers, parties: Numbers, held: Numbers
) -> Columns:
    """The arcs that leave some parties, with what they can carry of what each holds for a trait."""
    steps = network.leaving(parties, np.full(len(parties), network.dearest))
    counts = choice.of(steps.arc)
    columns = network.columns(steps.arc[counts])
    return columns._replace(trait=goods[columns.trait] & held[steps.row[counts]])
