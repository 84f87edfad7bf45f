"""Gives a verdict the texts it rests on, each with its address, dates and state of review."""

from collections.abc import Iterable, Iterator

import msgspec

from graph.law.ownership import default_rules
from graph.law.ownership.rules import Rule as OwnershipRule
from graph.law.parties import Parties
from graph.law.regimes import Law
from graph.law.schema import Rule
from graph.model import Measure
from graph.verdicts import Cited, Verdict


def cited(verdict: Verdict, law: Law, parties: Parties) -> Verdict:
    """A verdict with every measure that its layers name."""
    ids = (name for layer in verdict.layers for name in layer.measures)
    return msgspec.structs.replace(verdict, cited=records(ids, law, parties))


def records(ids: Iterable[str], law: Law, parties: Parties) -> tuple[Cited, ...]:
    """Measures by their ids, each once: rules, carve-outs, listings of parties asked about so far."""
    known = {record.id: record for _, rule in law.rules() for record in of_rule(rule)}
    known |= {rule.id: _of_ownership(rule) for rule in default_rules().rules}
    found = []
    for name in dict.fromkeys(ids):
        if name in known:
            found.append(known[name])
        elif (measure := parties.measure(name)) is not None:
            found.append(of_measure(measure))
    return tuple(found)


def of_rule(rule: Rule) -> Iterator[Cited]:
    """A rule, then its carve-outs."""
    yield Cited(
        id=rule.id,
        title=rule.title,
        text=rule.text,
        url=rule.url,
        start=rule.start,
        end=rule.end,
        status=rule.status,
        confidence=rule.confidence,
        last_reviewed=rule.last_reviewed,
    )
    for part in getattr(rule, "carve_outs", ()):
        yield Cited(
            id=part.id,
            title=part.says or f"carve-out of {rule.title}",
            text=part.text,
            url=part.url,
            start=part.start,
            end=part.end,
            status=rule.status,
            confidence=rule.confidence,
            last_reviewed=rule.last_reviewed,
        )


def _of_ownership(rule: OwnershipRule) -> Cited:
    return Cited(
        id=rule.id,
        title=f"rule of ownership: {rule.instrument}",
        text=rule.text,
        url=rule.url,
        start=rule.valid_from,
        end=rule.valid_to,
        status=rule.status,
        confidence=rule.confidence,
        last_reviewed=rule.last_reviewed,
    )


def of_measure(measure: Measure) -> Cited:
    """A listing or order of the store; its review is that of the claims behind it."""
    certainties = [claim.certainty for claim in measure.claims if claim.certainty]
    return Cited(
        id=measure.id,
        title=f"{measure.programme}: {measure.scope or measure.action}",
        text=measure.text,
        url=measure.url,
        start=measure.start or measure.observed_from,
        end=measure.end,
        status=measure.action,
        confidence=certainties[0] if certainties else "",
        last_reviewed="",
    )
