"""The answer to a question, with its proof, its bounds and its warnings."""

from collections.abc import Iterable
from itertools import groupby

import msgspec

from graph.dates import iso
from graph.law.ownership.case import Case, Status
from graph.law.ownership.law import law_of
from graph.law.ownership.proof import Step, proof
from graph.law.ownership.question import Question
from graph.law.ownership.rules import RuleBook, default_rules
from graph.law.ownership.warn import (
    Warn,
    Warner,
    added_together,
    before_listing,
    by_the_court,
    control_short,
    doubtful_stakes,
    listings,
    of_the_law,
    over_100,
    short_of_threshold,
)
from graph.law.ownership.warn_shape import divested, in_circles, self_held

NOTE = (
    "not_restricted means on the facts and listings given; stakes that are not declared are not seen. "
    "Not legal advice."
)
WARNERS: tuple[Warner, ...] = (
    over_100,
    doubtful_stakes,
    short_of_threshold,
    added_together,
    control_short,
    listings,
    of_the_law,
    by_the_court,
    before_listing,
    self_held,
    in_circles,
    divested,
)


class RuleUsed(msgspec.Struct, frozen=True, kw_only=True):
    """A rule as an answer cites it."""

    id: str
    authority: str
    instrument: str
    valid_from: str
    valid_to: str
    status: str
    text: str
    url: str
    published: str
    confidence: str
    last_reviewed: str
    note: str


class Bounds(msgspec.Struct, frozen=True, gc=False):
    """What members hold of an entity, at least and at most; of one person where not added."""

    at_least: str
    at_most: str


class OwnershipAnswer(msgspec.Struct, frozen=True, kw_only=True):
    """The answer to one question.

    Attributes:
        status: of every owned or controlled entity not itself listed on the day.
        listed: who is on a list that feeds the rule on the day, for certain.
        rebuttable: the restricted entities whose restriction may be rebutted.
        bounds: for every entity in which a listed or restricted owner holds shares.
        debatable: the competing reading, where the question names one; never to be asserted.
    """

    id: str
    regime: str
    as_of: str
    status: dict[str, Status]
    listed: tuple[str, ...]
    rebuttable: tuple[str, ...]
    bounds: dict[str, Bounds]
    proof: tuple[Step, ...]
    warnings: tuple[Warn, ...]
    rules: tuple[RuleUsed, ...]
    debatable: str | None
    note: str = NOTE


def decide(question: Question, book: RuleBook | None = None) -> OwnershipAnswer:
    """Who is restricted under the regime's own rule on the date; the question is taken as checked."""
    return answered(Case(question, law_of(question, book or default_rules())))


def answered(case: Case) -> OwnershipAnswer:
    """The answer that a worked-out question gives."""
    question, main = case.question, case.law.main
    steps = proof(case)
    warnings = _each_once(warn for warner in WARNERS for warn in warner(case))
    restricted = tuple(name for name, status in case.status.items() if status == "restricted")
    return OwnershipAnswer(
        id=question.id,
        regime=question.regime,
        as_of=iso(case.law.day),
        status=case.status,
        listed=tuple(sorted(case.name(node) for node in case.members.listed)),
        rebuttable=restricted if main is not None and main.rebuttable else (),
        bounds=_bounds(case),
        proof=steps,
        warnings=warnings,
        rules=_rules(case, steps, warnings),
        debatable=_debatable(question),
    )


def _each_once(warnings: Iterable[Warn]) -> tuple[Warn, ...]:
    """Warnings in order, each once; sorting is cheaper here than hashing."""
    return tuple(warn for warn, _ in groupby(sorted(warnings)))


def _rules(case: Case, steps: Iterable[Step], warnings: Iterable[Warn]) -> tuple[RuleUsed, ...]:
    """The rule of the day, and the others that the proof or a warning cites."""
    named = {step.rule for step in steps}
    texts = {warn.text for warn in warnings}
    names = [field.name for field in msgspec.structs.fields(RuleUsed)]
    return tuple(
        RuleUsed(**{name: getattr(rule, name) for name in names})
        for rule in case.law.rules()
        if rule is case.law.main or rule.id in named or any(rule.id in text for text in texts)
    )


def _bounds(case: Case) -> dict[str, Bounds]:
    network, members = case.network, case.members
    found = {}
    for slot in sorted(members.most, key=lambda slot: case.name(network.of(slot))):
        if slot % len(network.need) == 0 and case.name(network.of(slot)):
            low, high = members.least.get(slot, 0), members.most[slot]
            found[case.name(network.of(slot))] = Bounds(
                network.scale.text(low), network.scale.text(high)
            )
    return found


def _debatable(question: Question) -> str | None:
    if question.confidence != "debatable":
        return None
    return question.debate or "the law gives no clear answer"
