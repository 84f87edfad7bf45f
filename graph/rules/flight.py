"""Flight: aircraft of one airline fly to an airport where another, with a like fleet, is based."""

from collections import defaultdict
from collections.abc import Iterator

from graph.dates import Holds
from graph.rules.facts import Facts
from graph.rules.hop import Held, PossibleHop

_NO_BASE = "headquarters"


def flight(facts: Facts) -> Iterator[PossibleHop]:
    """Parts carried on an airline's own flights to the base of another with a common family.

    Strong when the flights are dated and documented, weak when they rest on an undated timetable.
    Headquarters alone are no base; a city holds its airports.
    """
    meetings: dict[tuple[str, str], list[tuple[Held, Held]]] = defaultdict(list)
    bases = _bases(facts)
    for flown in facts.held("flies_to"):
        for base in bases.get(flown.edge.target, ()):
            if base.edge.source != flown.edge.source:
                meetings[flown.edge.source, base.edge.source].append((flown, base))
    for (carrier, other), seen in sorted(meetings.items()):
        flown, base = min(seen, key=_doubt)
        elsewhere = {b.edge.target for _, b in seen} - {base.edge.target}
        more = f", and they meet at {len(elsewhere)} more" if elsewhere else ""
        for family in facts.common_families(carrier, other):
            pictures = facts.fleet(carrier)[family], facts.fleet(other)[family]
            yield PossibleHop(
                rule="flight",
                source=carrier,
                target=other,
                family=family,
                strength="weak" if flown.undated else "strong",
                reason=(
                    f"{facts.called(carrier)} flies to {facts.called(flown.edge.target)} "
                    f"({_when(flown)}), where {facts.called(other)} has a "
                    f"{base.edge.properties.get('role') or 'base'} "
                    f"({facts.called(base.edge.target)}){more}; "
                    f"both fly the {family} ({pictures[0].says}; {pictures[1].says})"
                ),
                leans_on=(flown, base),
                fleets=pictures,
            )


def _bases(facts: Facts) -> dict[str, list[Held]]:
    """Bases by airport, and by the city that holds the airport."""
    cities: dict[str, list[str]] = defaultdict(list)
    for held in facts.held("located_in"):
        cities[held.edge.source].append(held.edge.target)
    bases: dict[str, list[Held]] = defaultdict(list)
    for held in facts.held("based_at"):
        if held.edge.properties.get("role") != _NO_BASE:
            for place in (held.edge.target, *cities[held.edge.target]):
                bases[place].append(held)
    return bases


def _doubt(meeting: tuple[Held, Held]) -> tuple[bool, bool, bool, bool, str, str]:
    """The surest meeting first: dated flights, to an airport where the other has its base or hub."""
    flown, base = meeting
    unsure = flown.holds is Holds.UNCERTAIN, base.holds is Holds.UNCERTAIN
    lesser = base.edge.properties.get("role") not in ("base", "hub")
    return flown.undated, *unsure, lesser, flown.edge.id, base.edge.id


def _when(flown: Held) -> str:
    if flown.undated:
        return "an undated timetable"
    return f"documented {flown.edge.start} to {flown.edge.end}".removesuffix(" to ")
