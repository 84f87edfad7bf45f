"""Whether a transaction is within the scope of a rule: yes, no, or unknown for want of named facts."""

from collections.abc import Callable, Iterable, Iterator

import msgspec

from graph.dates import Holds, holds, parse
from graph.law.lists import Asking
from graph.law.parties import Parties
from graph.law.regimes import Law
from graph.law.schema import (
    AircraftSelector,
    Authorisation,
    CarveOut,
    Duty,
    GoodsSelector,
    Prohibition,
    Reading,
    Scope,
)
from graph.law.transaction import Transaction
from graph.law.truth import NO, YES, Match, all_of, any_of, unknown

WHAT_IS_DONE = "what is done: supply, flight, service, finance or insurance"
WHERE_TO = "where the goods go"
WHERE_FROM = "where the goods leave from"
WHICH_WAY = "the countries passed on the way"
WHO_BUYS = "who the buyer is"
HS_CODE = "the Harmonized System code of the goods"
ECCN = "the ECCN of the goods"
WHICH_AIRCRAFT = "which aircraft it is for"
FAMILY = "which aircraft family it is for"
NAMED_AIRCRAFT = "whether the aircraft is one that the text names"
US_ORIGIN = "whether the goods are subject to the EAR (US origin or content)"


class Case(msgspec.Struct, frozen=True, kw_only=True):
    """One transaction asked about on one day, with everything needed to judge it."""

    transaction: Transaction
    law: Law
    parties: Parties
    asking: Asking


def in_scope(case: Case, scope: Scope) -> Match:
    """Whether a transaction is within a scope: all conditions given must hold."""
    return all_of(check(case, scope) for check in _CHECKS)


def read_as(case: Case, scope: Scope, readings: tuple[Reading, ...]) -> tuple[Match, list[Match]]:
    """Whether a text reaches a transaction, and what each reading of it says.

    Where readings differ the answer is unknown, whichever is better supported.
    """
    plain = in_scope(case, scope)
    if plain.truth is False or not readings:
        return plain, []
    each = [all_of((plain, in_scope(case, reading.when))) for reading in readings]
    truths = {match.truth for match in each}
    if len(truths) == 1:
        return each[0], each
    ids = " or ".join(reading.id for reading in readings)
    missing = [m for match in each for m in match.missing]
    return unknown(*dict.fromkeys([*missing, f"which reading of the text is right: {ids}"])), each


def in_force(case: Case, rule: Prohibition | Authorisation | Duty) -> Match:
    """Whether a rule was law on the day, as far as it was known then."""
    asking = case.asking
    lists = getattr(rule, "lists", None)  # whose entries are known or not by their own claims
    unpublished = asking.known_at is not None and not _known(rule.published, asking.known_at)
    if unpublished and (rule.published or lists is None):
        return NO
    answer = _stands(rule.start, rule.end, asking, rule.doubt_until)
    if answer.truth is None:
        return unknown(f"whether {rule.title} was in force that day")
    if answer.truth and rule.status == "suspended":
        return NO
    if answer.truth and rule.status == "scheduled_unverified":
        return unknown(f"whether {rule.title} took effect as scheduled")
    return answer


def carve_out_stands(case: Case, carve_out: CarveOut) -> Match:
    """Whether a carve-out takes a transaction back out of its authorisation on the day."""
    if carve_out.id in case.asking.off:
        return NO
    stands = _stands(carve_out.start, carve_out.end, case.asking)
    return all_of((stands, in_scope(case, carve_out.when)))


def as_read(match: Match, rule: Prohibition | Authorisation) -> Match:
    """A yes that rests on a text nobody here has read is unknown."""
    if match.truth is not True or rule.read:
        return match
    return unknown(f"the text of {rule.text}, which was not read")


def _stands(start: str, end: str, asking: Asking, doubt_until: str = "") -> Match:
    if asking.known_at is not None and end and parse(end).first > asking.known_at:
        end = ""
    answer = holds(start, end, asking.day)
    if answer is Holds.NO and doubt_until and end and parse(end).first <= asking.day:
        return unknown() if asking.day < parse(doubt_until).first else NO
    return {Holds.YES: YES, Holds.NO: NO, Holds.UNCERTAIN: unknown()}[answer]


def _known(published: str, known_at: int) -> bool:
    return bool(published) and parse(published).last <= known_at


def _activities(case: Case, scope: Scope) -> Match:
    if not scope.activities:
        return YES
    done = case.transaction.activity
    return _either(done in scope.activities) if done else unknown(WHAT_IS_DONE)


def _goods(case: Case, scope: Scope) -> Match:
    selector, goods = scope.goods, case.transaction.goods
    if selector is None:
        return YES
    if goods is None:
        return _either(selector.none)
    return any_of(_by_code(selector, goods.hs, goods.eccn))


def _by_code(selector: GoodsSelector, hs: str, eccn: str) -> Iterator[Match]:
    if selector.hs or selector.hs_part:
        yield any_of(_by_hs(selector, hs)) if hs else unknown(HS_CODE)
    if selector.eccn:
        yield _either(eccn.startswith(selector.eccn)) if eccn else unknown(ECCN)


def _by_hs(selector: GoodsSelector, hs: str) -> Iterator[Match]:
    for code in selector.hs:
        if hs.startswith(code):
            yield YES
        elif code.startswith(hs):
            yield unknown(f"the code of the goods to {len(code)} digits")
    for code in selector.hs_part:
        if hs.startswith(code) or code.startswith(hs):
            yield unknown(f"whether the goods are in the part of {code} that is listed")


def _destinations(case: Case, scope: Scope) -> Match:
    if not scope.destinations:
        return YES
    to = case.transaction.to_countries
    return _either(to & case.law.countries(scope.destinations)) if to else unknown(WHERE_TO)


def _origins(case: Case, scope: Scope) -> Match:
    if not scope.origins:
        return YES
    origin = case.transaction.from_country
    return _either(origin in case.law.countries(scope.origins)) if origin else unknown(WHERE_FROM)


def _transit(case: Case, scope: Scope) -> Match:
    if not scope.transit:
        return YES
    wanted, via = case.law.countries(scope.transit), case.transaction.via
    if via is not None:
        return YES if wanted & set(via) else unknown(WHICH_WAY) if "" in via else NO
    over = case.transaction.to_countries & case.law.countries(scope.overland)
    return unknown(WHICH_WAY) if over or not scope.overland else NO


def _buyers(case: Case, scope: Scope) -> Match:
    return is_party(case, case.transaction.buyer.id, scope.buyers) if scope.buyers else YES


def is_party(case: Case, party: str, names: Iterable[str]) -> Match:
    """Whether the buyer is one of some parties; one without a name may be, if from their country."""
    if party:
        return _either(case.parties.is_one_of(party, names))
    country = case.transaction.buyer.country
    theirs = {case.parties.country(name) for name in names}
    return NO if country and country not in theirs else unknown(WHO_BUYS)


def _aircraft(case: Case, scope: Scope) -> Match:
    wanted = scope.aircraft
    return all_of(_which_aircraft(case, wanted)) if wanted is not None else YES


def _which_aircraft(case: Case, wanted: AircraftSelector) -> Iterator[Match]:
    aircraft, named = case.transaction.aircraft, case.transaction.named
    if wanted.ids:
        yield _either(aircraft in wanted.ids) if aircraft else unknown(WHICH_AIRCRAFT)
    if wanted.named:
        yield unknown(NAMED_AIRCRAFT) if named is None else _either(named)
    if wanted.families and not (wanted.named and named):
        families = _families(case)
        yield _either(families & set(wanted.families)) if families else unknown(FAMILY)


def _families(case: Case) -> set[str]:
    found = case.parties.entity(case.transaction.aircraft) if case.transaction.aircraft else None
    of_aircraft = found.properties.get("family", "") if found else ""
    goods = case.transaction.goods
    return {of_aircraft} if of_aircraft else set(goods.families if goods else ())


def _purposes(case: Case, scope: Scope) -> Match:
    if not scope.purposes:
        return YES
    serves = case.transaction.purposes
    if serves is None:
        return unknown(f"whether it serves {' or '.join(scope.purposes)}")
    return _either(set(serves) & set(scope.purposes))


def _subject_to_ear(case: Case, scope: Scope) -> Match:
    if scope.subject_to_ear is None:
        return YES
    subject = case.transaction.subject_to_ear
    return unknown(US_ORIGIN) if subject is None else _either(subject is scope.subject_to_ear)


def _either(true: object) -> Match:
    return YES if true else NO


_CHECKS: tuple[Callable[[Case, Scope], Match], ...] = (
    *(_activities, _goods, _destinations, _origins, _transit),
    *(_buyers, _aircraft, _purposes, _subject_to_ear),
)
