"""Where "no measure found" means permitted: only inside what is recorded as covered.

A layer of lists is covered when it was looked up for every party; a layer of goods rules when all
its rules for such goods and countries are in the tables. Outside both, silence is unknown.
"""

from collections.abc import Iterator, Sequence

from graph.dates import parse
from graph.law.files import Coverage, Layer
from graph.law.match import Case, in_scope
from graph.law.transaction import Party
from graph.law.truth import YES, Match, all_of, any_of, unknown


def covered(case: Case, name: str, layer: Layer) -> tuple[Match, tuple[str, ...]]:
    """Whether silence is recorded to mean permitted here, and what that takes for granted."""
    rows = [row for row in case.law.coverage if _is_row(case, name, row)]
    found: list[Match] = []
    assumed: list[str] = []
    for need in layer.covered_by:
        of_need = [row for row in rows if row.of == need]
        if need == "goods":
            found.append(_goods_covered(case, of_need))
            continue
        for role, party in _looked_for(case):
            row = next((r for r in of_need if _covers_party(case, r, party)), None)
            found.append(YES if row else _uncovered(case, name, role, party))
            if row and row.assumed:
                assumed.append(f"{row.assumed}: the {role}")
    match = all_of(found) if found else unknown(f"rules of this layer: none were read ({name})")
    return match, tuple(dict.fromkeys(assumed))


def _looked_for(case: Case) -> Iterator[tuple[str, Party]]:
    """Whose listing must have been looked for: all parties, and the aircraft if one is named."""
    transaction = case.transaction
    yield "seller", transaction.seller
    yield "buyer", transaction.buyer
    yield from (("carrier or bank", party) for party in transaction.others)
    if transaction.aircraft:
        yield "aircraft", Party(id=transaction.aircraft)


def _is_row(case: Case, name: str, row: Coverage) -> bool:
    here = (row.regime, row.layer) == (case.asking.regime, name)
    return here and parse(row.start).first <= case.asking.day < parse(row.end).first


def _goods_covered(case: Case, rows: Sequence[Coverage]) -> Match:
    matches = [in_scope(case, row.when) for row in rows if row.when is not None]
    found = any_of(matches)
    if found.truth is False:
        return unknown("whether other rules of this layer apply: its tables do not cover this")
    return found


def _covers_party(case: Case, row: Coverage, party: Party) -> bool:
    if not party.id:
        return row.unnamed
    if case.parties.is_one_of(party.id, row.parties):
        return True
    return bool(party.countries) and party.countries <= case.law.countries(row.countries)


def _uncovered(case: Case, layer: str, role: str, party: Party) -> Match:
    who = case.parties.called(party.id) if party.id else f"the {role}"
    return unknown(f"whether {who} was on a list of this layer ({layer}): not looked for")
