"""Why an entity is restricted: the holdings and control facts by which it became a member."""

from collections import defaultdict
from collections.abc import Iterable, Iterator

import msgspec

from graph.law.ownership.case import Case
from graph.law.ownership.fixpoint import Reach
from graph.law.ownership.network import NO_STAKE, Tie
from graph.law.ownership.question import Control
from graph.law.ownership.rules import Rule

NEVER = 1 << 60
"""After every round."""


class Step(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """One holding or control fact that counted, and under which rule.

    Attributes:
        kind: shares, votes, control or presumption.
        stake: the exact percentage, or the least of a band that ends at `stake_max`; null for control.
        version: the first day of the rule.
        listed: the owner is on a list itself; otherwise it is restricted by steps before this one, or
            (`joint`) holds together with one who is.
        person: whose holdings they are, where the rule takes persons one at a time.
        ref: the edge of the store that states it.
    """

    owner: str
    owned: str
    kind: str
    stake: str | None
    stake_max: str | None = None
    rule: str
    version: str
    listed: bool
    joint: bool = False
    person: str | None = None
    basis: str = ""
    start: str = ""
    end: str = ""
    ref: str = ""


def proof(case: Case) -> tuple[Step, ...]:
    """The steps for all restricted entities, owners before what they own; none for what is unknown."""
    found: list[tuple[tuple[str | int, ...], Step]] = []
    for person, reach in () if case.law.unverified else case.members.runs:
        name = None if person is None else case.name(person)
        for node, step in _steps(case, reach, name):
            place = name or "", reach.rounds[node], step.owned, step.kind, step.owner
            found.append(((*place, step.ref, step.stake or "", step.start, step.basis), step))
    return tuple(step for _, step in sorted(found, key=lambda pair: pair[0]))


def proof_of(steps: Iterable[Step], entity: str) -> tuple[Step, ...]:
    """The steps that lead to one entity."""
    given = tuple(steps)
    owners: dict[str, list[str]] = defaultdict(list)
    for step in given:
        owners[step.owned].append(step.owner)
    wanted, todo = {entity}, [entity]
    while todo:
        new = set(owners.get(todo.pop(), ())) - wanted
        wanted |= new
        todo += new
    return tuple(step for step in given if step.owned in wanted)


def _steps(case: Case, reach: Reach, person: str | None) -> Iterator[tuple[int, Step]]:
    network = case.network
    counted: dict[int, list[int]] = defaultdict(list)
    for owner, number in reach.rounds.items():
        for n in network.out(owner):
            if network.low[n] and number < reach.rounds.get(network.targets[n], 0):
                counted[network.slots[n]].append(n)
    by_stakes = set()
    for slot, numbers in counted.items():
        if network.reaches(slot, sum(network.low[n] for n in numbers)):
            by_stakes.add(network.of(slot))
            yield from ((network.of(slot), _held(case, n, person)) for n in numbers)
    for owner, tie in _counting_ties(case, reach):
        # What is owned by the threshold itself needs no presumption of control.
        if tie.held == NO_STAKE or tie.target not in by_stakes:
            yield tie.target, _tied(case, owner, tie, person)


def _counting_ties(case: Case, reach: Reach) -> Iterator[tuple[int, Tie]]:
    for owner, ties in case.network.ties.items():
        number = reach.rounds.get(owner, NEVER)
        for tie in ties:
            later = number < reach.rounds.get(tie.target, 0)
            if later and tie.certain and case.name(tie.target):
                yield owner, tie


def _held(case: Case, n: int, person: str | None) -> Step:
    network, law = case.network, case.law
    stake = case.question.edges[network.stakes[n]]
    joint = not case.name(network.owners[n])
    low, high = network.low[n], network.high[n]
    rule = law.joint if joint else law.main
    assert rule is not None
    return Step(
        owner=stake.owner,
        owned=stake.owned,
        kind=stake.right,
        stake=network.scale.text(low),
        stake_max=network.scale.text(high) if high > low else None,
        listed=_is_listed(case, stake.owner),
        joint=joint,
        person=person,
        start=stake.start,
        end=stake.end,
        ref=stake.ref,
        rule=rule.id,
        version=rule.valid_from,
    )


def _tied(case: Case, owner: int, tie: Tie, person: str | None) -> Step:
    """Control: a fact that is given, or a presumption from one holder's stake."""
    if tie.held == NO_STAKE:
        fact: Control | None = case.question.control[tie.fact]
        rule: Rule | None = case.law.main
        kind, stake = "control", None
    else:
        fact = None
        slot = tie.target * len(case.network.need)
        stake = case.network.scale.text(case.network.held_by_one[owner, slot][0])
        rule, kind = case.law.presumption, "presumption"
    assert rule is not None
    return Step(
        owner=case.name(owner),
        owned=case.name(tie.target),
        kind=kind,
        stake=stake,
        rule=rule.id,
        version=rule.valid_from,
        listed=owner in case.members.listed,
        person=person,
        basis=fact.basis if fact else "",
        start=fact.start if fact else "",
        end=fact.end if fact else "",
        ref=fact.ref if fact else case.question.edges[tie.held].ref,
    )


def _is_listed(case: Case, name: str) -> bool:
    return case.network.index[name] in case.members.listed
