"""Open border: two airlines established in one customs territory, with a common family."""

from collections import defaultdict
from collections.abc import Iterator
from itertools import permutations

from graph.rules.facts import Facts
from graph.rules.hop import Held, PossibleHop


def open_border(facts: Facts) -> Iterator[PossibleHop]:
    """Parts moved inside a customs territory, to an airline of another country with a like fleet.

    Strong when the two fly several common families.
    """
    members = _members(facts)
    for one, other in permutations(list(facts.airlines()), 2):
        if one.country == other.country:
            continue
        shared = sorted(members[one.country].keys() & members[other.country].keys())
        if not shared:
            continue
        families = facts.common_families(one.id, other.id)
        joined = tuple(members[c.country][t] for t in shared for c in (one, other))
        names = ", ".join(facts.called(t) for t in shared)
        for family in families:
            pictures = facts.fleet(one.id)[family], facts.fleet(other.id)[family]
            yield PossibleHop(
                rule="open_border",
                source=one.id,
                target=other.id,
                family=family,
                strength="strong" if len(families) > 1 else "plain",
                reason=(
                    f"no customs border between {one.country} and {other.country} ({names}); "
                    f"both fly the {family} ({pictures[0].says}; {pictures[1].says})"
                ),
                leans_on=joined,
                fleets=pictures,
            )


def _members(facts: Facts) -> dict[str, dict[str, Held]]:
    """By country code: the customs territories it belongs to on the date."""
    found: dict[str, dict[str, Held]] = defaultdict(dict)
    for held in facts.held("member_of"):
        found[facts.entity(held.edge.source).country][held.edge.target] = held
    return found
