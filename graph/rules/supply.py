"""Supply: a maker or distributor of parts for a family, to an airline that flies it."""

from collections import defaultdict
from collections.abc import Iterator

from graph.kinds import CAPABILITIES, EDGE_KINDS
from graph.rules.facts import UNMATCHED, Facts
from graph.rules.hop import Held, PossibleHop


def supply(facts: Facts) -> Iterator[PossibleHop]:
    """Suppliers of a family to airlines established outside Russia that fly it on the date.

    Strong when the supplier is the airframer or a dated dealing of the two is on record, weak when
    the capability is a used-parts or distribution business.
    """
    airlines = [a for a in facts.airlines() if a.country != "RU"]
    dealings = _dealings(facts)
    for (supplier, family), abilities in sorted(_abilities(facts).items()):
        best = abilities[0]
        for airline in airlines:
            picture = facts.fleet(airline.id).get(family)
            if picture is None or airline.id == supplier:
                continue
            dealing = dealings.get((supplier, airline.id), [])
            airframer = best.edge.kind == "makes_aircraft"
            yield PossibleHop(
                rule="supply",
                source=supplier,
                target=airline.id,
                family=family,
                strength="strong" if airframer or dealing else _strength(best.edge.kind),
                reason=_reason(facts, best, abilities, airline.id, picture.says, dealing),
                hs=() if airframer else _codes(abilities),
                leans_on=(best, *dealing),
                fleets=(picture,),
            )


def _abilities(facts: Facts) -> dict[tuple[str, str], list[Held]]:
    """What each supplier can do for each family, the airframer and the surest first."""
    found: dict[tuple[str, str], list[Held]] = defaultdict(list)
    for held in facts.held(*CAPABILITIES):
        if held.edge.target != UNMATCHED and facts.is_company(held.edge.source):
            found[held.edge.source, held.edge.target].append(held)
    # A family that was only inferred carries no path by itself.
    found = {ends: known for ends, known in found.items() if any(map(_is_stated, known))}
    for abilities in found.values():
        abilities.sort(key=lambda h: (CAPABILITIES.index(h.edge.kind), _doubt(h), h.edge.id))
    return found


def _is_stated(held: Held) -> bool:
    return any(claim.certainty != "low" for claim in held.edge.claims)


def _doubt(held: Held) -> int:
    order = ("high", "medium", "low", "contested", "")
    return min((order.index(c.certainty) for c in held.edge.claims), default=len(order))


def _strength(kind: str) -> str:
    return "weak" if kind in ("distributes_parts_for", "teardown_of") else "plain"


def _dealings(facts: Facts) -> dict[tuple[str, str], list[Held]]:
    """Dated dealings between two named parties, in both directions."""
    found: dict[tuple[str, str], list[Held]] = defaultdict(list)
    for held in facts.held("negotiates_with", "partners_with"):
        if not held.undated:
            found[held.edge.source, held.edge.target].append(held)
            found[held.edge.target, held.edge.source].append(held)
    return found


def _codes(abilities: list[Held]) -> tuple[str, ...]:
    """HS codes of all the parts, or none when one part has no code: then any code may fit."""
    codes = [held.edge.hs for held in abilities]
    return tuple(sorted(set(codes))) if all(codes) else ()


def _reason(
    facts: Facts, best: Held, abilities: list[Held], airline: str, fleet: str, dealing: list[Held]
) -> str:
    maker = facts.called(best.edge.source)
    what = best.edge.goods or EDGE_KINDS[best.edge.kind].says
    more = f" and {len(abilities) - 1} more" if len(abilities) > 1 else ""
    text = f"{maker}: {what}{more} for the {best.edge.target}; {facts.called(airline)} flies it ({fleet})"
    for held in dealing:
        text += f"; {held.edge.kind.replace('_', ' ')} {held.edge.start}: {held.edge.goods}"
    return text
