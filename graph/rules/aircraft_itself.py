"""Aircraft itself: one serial number, two operators in sequence, no transfer reported."""

from collections import defaultdict
from collections.abc import Iterator
from itertools import pairwise

from graph.dates import parse
from graph.kinds import EntityKind
from graph.rules.facts import UNMATCHED, Facts
from graph.rules.hop import Held, PossibleHop


def aircraft_itself(facts: Facts) -> Iterator[PossibleHop]:
    """From the last operator of an aircraft to the next one, where no transfer is reported.

    An aircraft is its manufacturer's serial number; marks change. Both operators must be dated:
    the first one's end not after the next one's start. Strong when the tail changed country.
    """
    reported = {(e.source, e.target) for e in facts.known_edges(["transfers_aircraft"])}
    for tails in _by_serial(facts).values():
        operated = sorted(_begun(facts, tails), key=lambda held: parse(held.edge.start).first)
        for earlier, later in pairwise(operated):
            source, target = earlier.edge.source, later.edge.source
            ended = (
                earlier.edge.end and parse(earlier.edge.end).first <= parse(later.edge.start).last
            )
            if source == target or not ended or (source, target) in reported:
                continue
            old, new = facts.entity(earlier.edge.target), facts.entity(later.edge.target)
            yield PossibleHop(
                rule="aircraft_itself",
                source=source,
                target=target,
                family=new.properties.get("family", "").replace(UNMATCHED, ""),
                whole_aircraft=True,
                strength="strong" if old.country != new.country else "plain",
                reason=(
                    f"serial number {new.properties['msn']}: {facts.called(source)} as "
                    f"{old.name} until {earlier.edge.end}, then {facts.called(target)} as "
                    f"{new.name} from {later.edge.start}; no transfer reported"
                ),
                leans_on=(earlier, later),
            )


def _by_serial(facts: Facts) -> dict[tuple[str, str], list[Held]]:
    """All operators an aircraft has had, by maker's family and serial number."""
    found: dict[tuple[str, str], list[Held]] = defaultdict(list)
    for edge in facts.known_edges(["operates"]):
        if edge.contested and not facts.contested:
            continue
        aircraft = facts.entity(edge.target)
        serial = aircraft.properties.get("msn", "")
        if serial and aircraft.kind == EntityKind.AIRCRAFT and facts.is_company(edge.source):
            found[aircraft.properties.get("family", ""), serial].append(Held(edge))
    return found


def _begun(facts: Facts, operators: list[Held]) -> list[Held]:
    """The operators whose start is dated and not after the day asked about."""
    return [
        held
        for held in operators
        if held.edge.start and parse(held.edge.start).first <= facts.as_of
    ]
