"""A verdict on something that happened on one of several days: what all of them agree on.

A date known to the month or year is a span of days. Law and listings are asked on each day on which
an answer may change; where the answers differ, which day it was is the missing fact.
"""

from collections.abc import Iterable, Sequence

import msgspec

from graph.dates import Span, iso
from graph.law.legality import assess
from graph.law.parties import Parties
from graph.law.regimes import Law
from graph.law.transaction import Transaction
from graph.verdicts import LayerVerdict, Verdict, worst

HAND_OVER = "the day of the hand-over"


def assess_within(
    transaction: Transaction,
    regime: str,
    days: Span,
    *,
    known_at: int | None = None,
    law: Law,
    parties: Parties,
) -> Verdict:
    """What a regime, or all with a tie, say of a transaction on any of some days: see `assess`."""
    found = [
        assess(transaction, regime, day, known_at=known_at, law=law, parties=parties)
        for day in _turning_days(transaction, days, law, parties)
    ]
    if len(found) == 1:
        return found[0]
    by_layer: dict[tuple[str, str], list[LayerVerdict]] = {}
    for verdict in found:
        for layer in verdict.layers:
            by_layer.setdefault((layer.regime, layer.layer), []).append(layer)
    layers = tuple(_agreed(of_one, days) for of_one in by_layer.values())
    missing = _each(verdict.missing for verdict in found)
    words = [layer.verdict for layer in layers]
    return Verdict(
        verdict=worst([*words, "unknown"] if missing else words),
        nexus=_each(verdict.nexus for verdict in found),
        layers=layers,
        missing=missing,
        assumed=_each(verdict.assumed for verdict in found),
    )


def _turning_days(transaction: Transaction, days: Span, law: Law, parties: Parties) -> list[int]:
    """The first day, and every other one on which an answer may change."""
    if days.exact:
        return [days.first]
    turns = set(law.days)
    for party in (*(p.id for p in transaction.parties), transaction.aircraft):
        turns |= parties.days(party, law.terms) if party else frozenset()
    return [days.first, *sorted(day for day in turns if days.first < day <= days.last)]


def _agreed(found: Sequence[LayerVerdict], days: Span) -> LayerVerdict:
    words = list(dict.fromkeys(layer.verdict for layer in found))
    last = msgspec.structs.replace(found[-1], measures=_each(layer.measures for layer in found))
    if len(words) == 1:
        return last
    when = f"between {iso(days.first)} and {iso(days.last)}"
    missing = f"{HAND_OVER}: {', then '.join(words)} {when}"
    return msgspec.structs.replace(last, verdict="unknown", missing=(missing, *last.missing))


def _each(parts: Iterable[tuple[str, ...]]) -> tuple[str, ...]:
    """Every text once, in the order of first use."""
    return tuple(dict.fromkeys(text for part in parts for text in part))
