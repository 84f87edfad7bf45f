"""A party that is on no list itself, reached through those who own or control it.

The rule is the regime's own (`graph.law.ownership`, `data/regimes/ownership.yml`); what is made of it
here is whether a prohibition upon listed parties reaches the party, and what is missing if not known.
"""

from typing import cast, get_args

from graph.dates import NO_END, iso
from graph.law.dossiers import Dossier
from graph.law.lists import Asking, Listed
from graph.law.ownership import Restricted, restricted
from graph.law.ownership.rules import Regime
from graph.law.schema import Lists
from graph.law.seen import Seen
from graph.law.truth import YES, unknown

_ALL_KNOWN = "9998-12-31"
"""Without a known-at day all law on record is known, also what came later and reaches back."""
_TIES = frozenset(("owns", "controls"))


class Owners:
    """Answers whether a party is reached through its owners, once for each day and rule."""

    def __init__(self, dossier: Dossier) -> None:
        self._dossier = dossier
        self._seen: dict[tuple[int | None, frozenset[str]], Seen] = {}
        self._found: dict[tuple[str, str, Asking], Listed | None] = {}

    def __call__(self, party: str, lists: Lists, asking: Asking) -> Listed | None:
        """How a party is reached through its owners; None when it is not, by what the store says."""
        if lists.ownership not in get_args(Regime) or not self._owned(party):
            return None
        key = party, lists.ownership, asking
        if key not in self._found:
            self._found[key] = self._ask(party, cast("Regime", lists.ownership), asking)
        return self._found[key]

    def _owned(self, party: str) -> bool:
        return any(edge.kind in _TIES for edge in self._dossier.over(party))

    def _ask(self, party: str, rule: Regime, asking: Asking) -> Listed | None:
        key = asking.known_at, asking.off
        if key not in self._seen:
            self._seen[key] = Seen(self._dossier, *key)
        known_at = NO_END if asking.known_at is None else asking.known_at
        answer = restricted(
            self._seen[key], party, rule, asking.day, min(iso(known_at), _ALL_KNOWN)
        )
        if answer.answer == "not_restricted":
            return None
        above = [used for used in answer.listings if used.entity != party]
        if not above:
            return None  # listed itself, or nobody above it is on a list
        match = YES if answer.answer == "restricted" else unknown(_open(answer))
        return Listed(
            party=party,
            match=match,
            measures=(*_rules(answer), *dict.fromkeys(used.measure for used in above)),
            through=tuple(dict.fromkeys(used.entity for used in above)),
        )


def _rules(answer: Restricted) -> tuple[str, ...]:
    proved = dict.fromkeys(step.rule for step in answer.proof)
    return tuple(proved) or tuple(rule.id for rule in answer.rules)


def _open(answer: Restricted) -> str:
    """What is not known of the owners, in a sentence."""
    names = {party.id: party.name for party in answer.parties}
    name = names.get(answer.entity, answer.entity)
    if answer.bounds is None:
        return f"whether {name} is reached through its owners"
    held = f"between {answer.bounds.at_least} and {answer.bounds.at_most} per cent"
    return f"what share of {name} is held by listed persons: {held}"
