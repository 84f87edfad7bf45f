"""The rules for possible hops, in one table. None reads the law; none makes a documented hop."""

from collections.abc import Callable, Collection, Iterator

import msgspec

from graph.rules.aircraft_itself import aircraft_itself
from graph.rules.corporate import corporate
from graph.rules.facts import Facts
from graph.rules.flight import flight
from graph.rules.hop import PossibleHop
from graph.rules.maintenance import maintenance
from graph.rules.open_border import open_border
from graph.rules.supply import supply


class Rule(msgspec.Struct, frozen=True):
    """A rule: its name, why it is there, and the function that applies it."""

    name: str
    title: str
    why: str
    apply: Callable[[Facts], Iterator[PossibleHop]]


RULES: dict[str, Rule] = {
    rule.name: rule
    for rule in (
        Rule(
            "supply",
            "Supply",
            "who makes or sells parts for a family can sell them to an airline that flies it",
            supply,
        ),
        Rule(
            "maintenance",
            "Maintenance",
            "parts reach an aircraft in the workshop that its state has certified",
            maintenance,
        ),
        Rule(
            "flight",
            "Flight",
            "an airline's own aircraft carry spares to places where others are based",
            flight,
        ),
        Rule(
            "open_border",
            "Open border",
            "inside one customs territory no border stops a part",
            open_border,
        ),
        Rule(
            "corporate",
            "Corporate tie",
            "companies under common control share stores and stock",
            corporate,
        ),
        Rule(
            "aircraft_itself",
            "Aircraft itself",
            "an aircraft that changes operator takes its parts along",
            aircraft_itself,
        ),
    )
}


def possible_hops(facts: Facts, without: Collection[str] = ()) -> Iterator[PossibleHop]:
    """All possible hops of all rules but some; which of them count is the question's choice."""
    for rule in RULES.values():
        if rule.name not in without:
            yield from rule.apply(facts)
