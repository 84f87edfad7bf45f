"""Maintenance: the holder of a certificate of the airline's state, to an airline of that state."""

from collections import defaultdict
from collections.abc import Iterator

from graph.model import Entity
from graph.rules.facts import Facts
from graph.rules.hop import Held, Picture, PossibleHop


def maintenance(facts: Facts) -> Iterator[PossibleHop]:
    """Parts fitted in maintenance by the holder of a certificate of the airline's state.

    The airline must fly a family that the maintainer flies itself or is certified for. Strong when
    work by the one on the other is reported, or the airline is on the maintainer's customer list.
    """
    work = _work(facts)
    for certificate in facts.held("holds_certificate_from"):
        holder = certificate.edge.source
        state = facts.entity(certificate.edge.target).country
        if not state or not facts.is_company(holder):
            continue
        for airline in facts.airlines():
            if airline.country != state or airline.id == holder:
                continue
            for family, picture in facts.fleet(airline.id).items():
                own = facts.fleet(holder).get(family)
                if own is None and family not in certificate.edge.families:
                    continue
                yield _hop(facts, certificate, airline, family, picture, own, work)


def _work(facts: Facts) -> dict[tuple[str, str], list[Held]]:
    found: dict[tuple[str, str], list[Held]] = defaultdict(list)
    for held in facts.held("maintains", "lists_as_customer"):
        found[held.edge.source, held.edge.target].append(held)
    return found


def _hop(
    facts: Facts,
    certificate: Held,
    airline: Entity,
    family: str,
    picture: Picture,
    own: Picture | None,
    work: dict[tuple[str, str], list[Held]],
) -> PossibleHop:
    holder = facts.entity(certificate.edge.source)
    done = work.get((holder.id, airline.id), [])
    capacity = (
        f"flies the {family} itself ({own.says})" if own else f"is certified for the {family}"
    )
    reason = (
        f"{facts.called(holder.id)} holds a maintenance certificate from "
        f"{facts.called(certificate.edge.target)} and {capacity}; "
        f"{facts.called(airline.id)} flies it ({picture.says})"
    )
    for held in done:
        word = "work reported" if held.edge.kind == "maintains" else "named as a customer"
        reason += f"; {word} {held.edge.start}".rstrip() + f": {held.edge.goods}"
    return PossibleHop(
        rule="maintenance",
        source=holder.id,
        target=airline.id,
        family=family,
        strength="strong" if done else "plain",
        reason=reason,
        leans_on=(certificate, *done),
        fleets=(picture, own) if own else (picture,),
    )
