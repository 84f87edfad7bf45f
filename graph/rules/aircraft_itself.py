"""Aircraft itself: one serial number, two operators in sequence, no transfer reported."""

from collections import defaultdict
from collections.abc import Iterator
from itertools import pairwise

import msgspec

from graph.dates import Holds, parse
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
        for first, later in pairwise(operated):
            source, target = first.edge.source, later.edge.source
            earlier = _ended(facts, first, later)
            if source == target or earlier is None or (source, target) in reported:
                continue
            old, new = facts.entity(earlier.edge.target), facts.entity(later.edge.target)
            yield PossibleHop(
                rule="aircraft_itself",
                source=source,
                target=target,
                family=new.properties["family"],
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
    """All operators an aircraft has had, by maker's family and serial number.

    Aircraft of an unknown family, or of one outside the list, fit no other hop and are left out.
    """
    found: dict[tuple[str, str], list[Held]] = defaultdict(list)
    for edge in facts.known_edges(["operates"]):
        if edge.contested and not facts.contested:
            continue
        aircraft = facts.entity(edge.target)
        serial, family = (aircraft.properties.get(name, "") for name in ("msn", "family"))
        if not serial or family in ("", UNMATCHED) or aircraft.kind != EntityKind.AIRCRAFT:
            continue
        if facts.is_company(edge.source):
            found[family, serial].append(Held(edge))
    return found


def _begun(facts: Facts, operators: list[Held]) -> list[Held]:
    """The operators whose start is dated and can be past, each with how surely it is."""
    found = []
    for held in operators:
        begun = facts.holding(msgspec.structs.replace(held.edge, end=""))
        if held.edge.start and begun is not Holds.NO:
            found.append(Held(held.edge, begun))
    return found


def _ended(facts: Facts, earlier: Held, later: Held) -> Held | None:
    """The earlier operator, with how surely it has ended; None when it goes on beside the later."""
    edge = earlier.edge
    if not edge.end or parse(edge.end).first > parse(later.edge.start).last:
        return None
    goes_on = facts.holding(edge)
    if goes_on is Holds.YES:
        return None
    return Held(edge, Holds.UNCERTAIN if goes_on is Holds.UNCERTAIN else Holds.YES)
