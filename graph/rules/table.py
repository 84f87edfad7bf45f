"""The rules for possible hops, in one table. None reads the law; none makes a documented hop."""

from collections.abc import Callable, Collection, Iterator

import msgspec

from graph.kinds import CAPABILITIES
from graph.rules.aircraft_itself import aircraft_itself
from graph.rules.corporate import TIES, corporate
from graph.rules.facts import FLEETS, Facts
from graph.rules.flight import flight
from graph.rules.hop import PossibleHop
from graph.rules.maintenance import maintenance
from graph.rules.open_border import open_border
from graph.rules.supply import supply


class Rule(msgspec.Struct, frozen=True):
    """A rule.

    Attributes:
        name: what it is called in questions and answers.
        title: what it is called on screen.
        why: why it is there.
        apply: gives its hops.
        reads: the kinds of edges that it reasons from, beside fleets.
    """

    name: str
    title: str
    why: str
    apply: Callable[[Facts], Iterator[PossibleHop]]
    reads: tuple[str, ...]


RULES: dict[str, Rule] = {
    rule.name: rule
    for rule in (
        Rule(
            "supply",
            "Supply",
            "who makes or sells parts for a family can sell them to an airline that flies it",
            supply,
            (*CAPABILITIES, "negotiates_with", "partners_with"),
        ),
        Rule(
            "maintenance",
            "Maintenance",
            "parts reach an aircraft in the workshop that its state has certified",
            maintenance,
            ("holds_certificate_from", "maintains", "lists_as_customer"),
        ),
        Rule(
            "flight",
            "Flight",
            "an airline's own aircraft carry spares to places where others are based",
            flight,
            ("flies_to", "located_in", "based_at"),
        ),
        Rule(
            "open_border",
            "Open border",
            "inside one customs territory no border stops a part",
            open_border,
            ("member_of",),
        ),
        Rule(
            "corporate",
            "Corporate tie",
            "companies under common control share stores and stock",
            corporate,
            TIES,
        ),
        Rule(
            "aircraft_itself",
            "Aircraft itself",
            "an aircraft that changes operator takes its parts along",
            aircraft_itself,
            ("transfers_aircraft",),
        ),
    )
}


def possible_hops(facts: Facts, without: Collection[str] = ()) -> Iterator[PossibleHop]:
    """All possible hops of all rules but some; which of them count is the question's choice."""
    rules = [rule for rule in RULES.values() if rule.name not in without]
    facts.fetch((*FLEETS, *(kind for rule in rules for kind in rule.reads)))
    for rule in rules:
        yield from rule.apply(facts)
