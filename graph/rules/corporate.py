"""Corporate: two companies tied by owner, control, director, address or affiliation."""

from collections import defaultdict
from collections.abc import Iterator
from itertools import permutations

from graph.kinds import EntityKind
from graph.rules.facts import Facts
from graph.rules.hop import Held, PossibleHop

BELOW = ("owns", "controls", "directs")
CONTROL = (*BELOW, "common_owner", "related_person")
TIES = (*CONTROL, "affiliated_with", "shares_address")
"""Kinds of edges that tie two companies, those of control first; `BELOW` also through a third."""


def corporate(facts: Facts) -> Iterator[PossibleHop]:
    """Goods passed inside a group of companies: neither end is a person or a public body.

    Strong for ownership, control or a common director, plain for affiliation or address. An airline
    takes only what fits its fleet, and nothing while its fleet is unknown.
    """
    for (one, other), ties in sorted(_ties(facts).items()):
        for source, target in permutations((one, other)):
            for family in _takes(facts, target):
                strong = any(held.edge.kind in CONTROL for held in ties)
                picture = facts.fleet(target)[family] if family else None
                yield PossibleHop(
                    rule="corporate",
                    source=source,
                    target=target,
                    family=family,
                    strength="strong" if strong else "plain",
                    reason=_reason(facts, source, target, ties),
                    leans_on=tuple(ties),
                    fleets=(picture,) if picture else (),
                )


def _takes(facts: Facts, target: str) -> list[str]:
    """The families an airline can use; any family (written empty) for another company."""
    if facts.entity(target).kind == EntityKind.AIRLINE:
        return sorted(facts.fleet(target))
    return [""]


def _ties(facts: Facts) -> dict[tuple[str, str], list[Held]]:
    """Ties by pair of companies: direct ones, and through a common owner, controller or director."""
    ties: dict[tuple[str, str], list[Held]] = defaultdict(list)
    below: dict[str, list[Held]] = defaultdict(list)
    for held in facts.held(*TIES):
        edge = held.edge
        if not facts.is_company(edge.target):
            continue
        if facts.is_company(edge.source):
            ties[_pair(edge.source, edge.target)].append(held)
        if edge.kind in BELOW:
            below[edge.source].append(held)
    for _, controlled in sorted(below.items()):
        for first, second in permutations(controlled, 2):
            one, other = first.edge.target, second.edge.target
            if one < other:
                ties[one, other] += [first, second]
    return ties


def _pair(one: str, other: str) -> tuple[str, str]:
    return (one, other) if one < other else (other, one)


def _reason(facts: Facts, source: str, target: str, ties: list[Held]) -> str:
    said = "; ".join(
        f"{facts.called(h.edge.source)} {h.edge.kind.replace('_', ' ')} "
        f"{facts.called(h.edge.target)}"
        for h in ties
    )
    return f"{facts.called(source)} and {facts.called(target)} are tied: {said}"
