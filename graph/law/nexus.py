"""What ties a transaction to a regime: who is bound, which territory it touches, which goods move.

A regime without a tie is not asked, and the tie is named.
"""

from collections.abc import Iterator

import msgspec

from graph.countries import country_name
from graph.law.files import Layer
from graph.law.match import US_ORIGIN, Case
from graph.law.transaction import Party
from graph.law.truth import NO, YES, Match, any_of, unknown

US_PERSON = "whether a US person, bank or dollar takes part"


class Tie(msgspec.Struct, frozen=True, kw_only=True):
    """Whether a layer binds someone in a transaction, and why.

    Attributes:
        why: the ties found, in words.
        asked: whether the layer is worth asking: tied, or perhaps tied by the goods.
    """

    match: Match
    why: tuple[str, ...]
    asked: bool


def tie(case: Case, layer: Layer) -> Tie:
    """What ties a transaction to a layer."""
    persons, territory = _persons(case, layer), _territory(case, layer)
    goods = _goods(case, layer)
    found = [*persons, *territory, *goods]
    match = any_of(truth for truth, _ in found)
    by_goods = any(truth.truth is not False for truth, _ in goods)
    why = dict.fromkeys(words for truth, words in found if words and truth.truth is not False)
    return Tie(match=match, why=tuple(why), asked=match.truth is True or by_goods)


def _persons(case: Case, layer: Layer) -> list[tuple[Match, str]]:
    bound = case.law.countries(layer.nexus.persons)
    return [
        found
        for role, party in _roles(case)
        if bound and (found := _bound(case, role, party, bound)) is not None
    ]


def _bound(case: Case, role: str, party: Party, bound: frozenset[str]) -> tuple[Match, str] | None:
    if here := sorted(party.countries & bound):
        return YES, f"the {role} is established in or a national of {country_name(here[0])}"
    if party.countries:
        return None
    who = f"the {role}, {case.parties.called(party.id)}," if party.id else f"the {role}"
    return unknown(f"where {who} is established"), ""


def _territory(case: Case, layer: Layer) -> list[tuple[Match, str]]:
    inside = case.law.countries(layer.nexus.territory)
    transaction = case.transaction
    found: list[tuple[Match, str]] = []
    if transaction.goods is not None and transaction.origin in inside:
        found.append((YES, f"the goods leave from {country_name(transaction.origin)}"))
    for code in sorted(inside & transaction.to_countries):
        found.append((YES, f"it goes to {country_name(code)}"))
    for code in sorted(inside & set(transaction.via or ())):
        found.append((YES, f"the route passes {country_name(code)}"))
    return found


def _goods(case: Case, layer: Layer) -> list[tuple[Match, str]]:
    subject = case.transaction.subject_to_ear
    if not (layer.nexus.items or layer.nexus.maybe_items) or subject is False:
        return [(NO, "")]
    if subject is None:
        return [(unknown(US_ORIGIN), "perhaps goods subject to the EAR")]
    if layer.nexus.items:
        return [(YES, "goods subject to the EAR")]
    return [(unknown(US_PERSON), "")]


def _roles(case: Case) -> Iterator[tuple[str, Party]]:
    yield "seller", case.transaction.seller
    yield "buyer", case.transaction.buyer
    yield from (("carrier or bank", party) for party in case.transaction.others)
