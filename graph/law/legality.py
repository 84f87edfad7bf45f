"""Was it lawful, on its day: a verdict per layer, then the worst of them.

Order of force inside a layer: a carve-out beats the authorisation it belongs to, an authorisation
beats a prohibition of its own layer and of no other, and a prohibition beats silence. Silence is
`permitted` only where coverage is recorded, else `unknown`. Over layers and regimes the worst wins:
prohibited, unknown, licensed, permitted.
"""

from collections.abc import Iterator, Sequence

import msgspec

from graph.law.coverage import covered
from graph.law.files import Layer
from graph.law.lists import Asking, Listed
from graph.law.match import Case, as_read, carve_out_stands, in_force, in_scope, is_party, read_as
from graph.law.nexus import Tie, tie
from graph.law.parties import Parties
from graph.law.regimes import Law
from graph.law.schema import Authorisation, Duty, Prohibition, Reading
from graph.law.transaction import Transaction
from graph.law.truth import NO, YES, Match, all_of, any_of
from graph.verdicts import LAWFUL, LayerVerdict, ReadingRecord, Verdict, Word, worst

NO_TIE = "no regime of the tables has a tie to this transaction: other law is not covered"


class _Hit(msgspec.Struct, frozen=True, kw_only=True):
    """A prohibition that reaches the transaction, or may; of a list, for one party on it."""

    rule: Prohibition
    match: Match
    listed: Listed | None = None
    readings: tuple[ReadingRecord, ...] = ()


class _Lift(msgspec.Struct, frozen=True, kw_only=True):
    """What an authorisation does to a hit, and what was used to find that."""

    rule: Authorisation
    match: Match
    used: tuple[str, ...] = ()
    readings: tuple[ReadingRecord, ...] = ()


def assess(
    transaction: Transaction,
    regime: str,
    day: int,
    *,
    known_at: int | None = None,
    law: Law,
    parties: Parties,
) -> Verdict:
    """What a regime, or with an empty name all that are tied to it, say of a transaction on a day.

    Args:
        transaction: what is done.
        regime: one of the law's; empty for all.
        day: the date of the facts, and of the law applied to them.
        known_at: only law and listings published by then; a ruling that came later and reaches back
            counts from its publication on.
        law: the rules; `Law.without` takes measures away.
        parties: who the parties are.
    """
    found = [
        judged
        for name in ([regime] if regime else law.regimes)
        if (judged := _of_regime(transaction, name, day, known_at, law, parties)) is not None
    ]
    layers = tuple(layer for _, of_one in found for layer in of_one)
    words: list[Word] = [layer.verdict for layer in layers]
    missing: tuple[str, ...] = () if layers else (NO_TIE,)
    if not regime and (unplaced := _unplaced(transaction, parties)):
        words.append("unknown")
        missing += unplaced
    assumed = [*transaction.assumed, *(text for layer in layers for text in layer.assumed)]
    return Verdict(
        verdict=worst(words),
        nexus=tuple(why for ties, _ in found for why in ties),
        layers=layers,
        missing=missing,
        assumed=tuple(dict.fromkeys(assumed)),
    )


def _unplaced(transaction: Transaction, parties: Parties) -> tuple[str, ...]:
    """Whose country is unknown: a regime may bind them that was not asked."""
    return tuple(
        f"where the {role}{', ' + parties.called(party.id) + ',' if party.id else ''} is established"
        for role, party in (("seller", transaction.seller), ("buyer", transaction.buyer))
        if not party.countries
    )


def _of_regime(
    transaction: Transaction,
    regime: str,
    day: int,
    known_at: int | None,
    law: Law,
    parties: Parties,
) -> tuple[tuple[str, ...], tuple[LayerVerdict, ...]] | None:
    """The ties to a regime and the verdicts of its layers; None when nothing ties it."""
    asking = Asking(regime=regime, day=day, known_at=known_at, off=law.off)
    case = Case(transaction=transaction, law=law, parties=parties, asking=asking)
    layers = law.regimes[regime].layers
    ties = {name: tie(case, layer) for name, layer in layers.items()}
    if not any(found.asked for found in ties.values()):
        return None
    why = dict.fromkeys(f"{regime}: {words}" for found in ties.values() for words in found.why)
    verdicts = tuple(
        _of_layer(case, name, layer, ties[name])
        for name, layer in layers.items()
        if layer.when is None or in_scope(case, layer.when).truth is not False
    )
    return tuple(why), verdicts


def _of_layer(case: Case, name: str, layer: Layer, bound: Tie) -> LayerVerdict:
    tried = [] if bound.match.truth is False else [_try(case, name, h) for h in _hits(case, name)]
    word: Word = worst([t.word for t in tried]) if tried else "permitted"
    used = [t for t in tried if t.word == word]
    missing = [text for t in used if word == "unknown" for text in t.missing]
    found: Word = word
    assumed: tuple[str, ...] = ()
    if word == "prohibited" and bound.match.truth is None:
        found, missing = "unknown", list(bound.match.missing)
    if word in LAWFUL:
        silence, assumed = covered(case, name, layer)
        if silence.truth is not True:
            found, missing, assumed = "unknown", list(silence.missing), ()
    return LayerVerdict(
        regime=case.asking.regime,
        layer=name,
        verdict=found,
        measures=_used(used),
        missing=tuple(dict.fromkeys(missing)),
        readings=_readings(used),
        conditions=_conditions(case, name, used) if found in LAWFUL else (),
        assumed=assumed,
    )


class _Tried(msgspec.Struct, frozen=True, kw_only=True):
    """A prohibition, the authorisations tried on it, and what is left of it."""

    hit: _Hit
    lifts: tuple[_Lift, ...]
    word: Word
    missing: tuple[str, ...] = ()


def _try(case: Case, layer: str, hit: _Hit) -> _Tried:
    lifts = tuple(_lifts(case, layer, hit))
    lifted = any_of(lift.match for lift in lifts)
    if lifted.truth is True:
        return _Tried(hit=hit, lifts=lifts, word="licensed")
    if hit.match.truth is True and lifted.truth is False:
        return _Tried(hit=hit, lifts=lifts, word="prohibited")
    missing = (*hit.match.missing, *lifted.missing)
    return _Tried(hit=hit, lifts=lifts, word="unknown", missing=missing)


def _hits(case: Case, layer: str) -> Iterator[_Hit]:
    for rule in case.law.entries(case.asking.regime, layer, Prohibition):
        stands = in_force(case, rule)
        if stands.truth is False:
            continue
        reached, each = read_as(case, rule.when, rule.readings)
        match = as_read(all_of((stands, reached)), rule)
        said = _reading_records(rule.id, rule.readings, each)
        if match.truth is False:
            continue
        if rule.lists is None:
            yield _Hit(rule=rule, match=match, readings=said)
        else:
            for listed in _on_lists(case, rule):
                both = all_of((match, listed.match))
                yield _Hit(rule=rule, match=both, listed=listed, readings=said)


def _on_lists(case: Case, rule: Prohibition) -> Iterator[Listed]:
    assert rule.lists is not None
    for role, party in _roles(case.transaction):
        if party and role in rule.lists.roles:
            found = case.parties.listed(party, rule.lists, case.asking)
            if found is not None and found.match.truth is not False:
                yield found


def _roles(transaction: Transaction) -> dict[tuple[str, str], None]:
    """Each party once, in the role that comes first."""
    found = {("seller", transaction.seller.id): None}
    if transaction.buyer.id != transaction.seller.id:
        found["buyer", transaction.buyer.id] = None
    found |= {("other", party.id): None for party in transaction.others}
    return found | {("aircraft", transaction.aircraft): None}


def _lifts(case: Case, layer: str, hit: _Hit) -> list[_Lift]:
    """The authorisations of the layer that lift a hit, may, or would but for a carve-out."""
    return [
        lift
        for rule in case.law.entries(case.asking.regime, layer, Authorisation)
        if not rule.lifts or hit.rule.id in rule.lifts
        if (lift := _lift(case, rule, hit)) is not None
    ]


def _lift(case: Case, rule: Authorisation, hit: _Hit) -> _Lift | None:
    stands = in_force(case, rule)
    if stands.truth is False:
        return None
    reached, each = read_as(case, rule.when, rule.readings)
    match = all_of((stands, _benefits(case, rule, hit), reached))
    if match.truth is False:
        return None
    said = _reading_records(rule.id, rule.readings, each)
    outs = [
        (c.id, found) for c in rule.carve_outs if (found := carve_out_stands(case, c)) is not NO
    ]
    outs = [(name, found) for name, found in outs if found.truth is not False]
    match = as_read(all_of((match, *(~found for _, found in outs))), rule)
    return _Lift(rule=rule, match=match, used=(rule.id, *(n for n, _ in outs)), readings=said)


def _benefits(case: Case, rule: Authorisation, hit: _Hit) -> Match:
    """Whether an authorisation is for the party that a prohibition is about, or for the buyer."""
    if not rule.beneficiaries:
        return YES
    if hit.listed is None:
        return is_party(case, case.transaction.buyer.id, rule.beneficiaries)
    if case.parties.is_one_of(hit.listed.party, rule.beneficiaries):
        return YES
    through = [case.parties.is_one_of(p, rule.beneficiaries) for p in hit.listed.through]
    return YES if rule.owned and through and all(through) else NO


def _used(tried: Sequence[_Tried]) -> tuple[str, ...]:
    """Ids in order: prohibitions by date with their lists, authorisations, carve-outs."""
    found: dict[str, None] = {}
    for each in tried:
        found[each.hit.rule.id] = None
        found |= dict.fromkeys(each.hit.listed.measures if each.hit.listed else ())
    for each in tried:
        for lift in each.lifts:
            found |= dict.fromkeys(lift.used)
    return tuple(found)


def _readings(tried: Sequence[_Tried]) -> tuple[ReadingRecord, ...]:
    of_hits = (record for each in tried for record in each.hit.readings)
    of_lifts = (record for each in tried for lift in each.lifts for record in lift.readings)
    return tuple({(r.measure, r.reading): r for r in (*of_hits, *of_lifts)}.values())


def _reading_records(
    rule: str, readings: Sequence[Reading], each: Sequence[Match]
) -> tuple[ReadingRecord, ...]:
    return tuple(
        ReadingRecord(
            measure=rule,
            reading=reading.id,
            says=reading.says,
            who=reading.who,
            url=reading.url,
            reaches=match.truth,
        )
        for reading, match in zip(readings, each, strict=False)
    )


def _conditions(case: Case, layer: str, tried: Sequence[_Tried]) -> tuple[str, ...]:
    """What goes with a lawful deal: conditions of the licences used, and duties."""
    lifts = (lift for each in tried for lift in each.lifts if lift.match.truth)
    used = [condition for lift in lifts for condition in lift.rule.conditions]
    duties = [
        f"{duty.title} ({duty.text})"
        for duty in case.law.entries(case.asking.regime, layer, Duty)
        if all_of((in_force(case, duty), in_scope(case, duty.when))).truth
    ]
    return tuple(dict.fromkeys([*used, *duties]))
