"""Warnings of shape and of time: circles, shares held in oneself, and what was so before."""

from collections import defaultdict
from collections.abc import Iterator
from itertools import accumulate

from graph.dates import NO_END, NO_START, parse
from graph.law.ownership.case import Case
from graph.law.ownership.cycles import circles
from graph.law.ownership.fixpoint import greatest
from graph.law.ownership.percent import Scale
from graph.law.ownership.question import Stake, ends_of
from graph.law.ownership.warn import Warn

_NAMED = 10
"""The most members of a circle that a warning names; its text has their number."""


def self_held(case: Case) -> Iterator[Warn]:
    """An entity that holds its own shares; whether they belong to the base is not settled."""
    network = case.network
    for n, owner in enumerate(network.owners):
        if owner == network.targets[n]:
            yield Warn(
                entity=case.name(owner),
                code="self_held_shares",
                text="it holds shares in itself: they count as issued, and only once it is restricted",
            )


def in_circles(case: Case) -> Iterator[Warn]:
    """Companies that own each other: what the circle hides, and what another reading would block."""
    found = circles(case.network)
    if not found:
        return
    outside = _outside(case, found)
    for number, circle in enumerate(found):
        names = sorted(case.name(node) for node in circle if case.name(node))
        owners = outside[number]
        text = f"it stands in a circle of {len(names)} companies that own each other"
        about = tuple(names[:_NAMED])
        yield from (Warn(entity=n, code="ownership_cycle", text=text, about=about) for n in names)
        if owners and owners <= case.members.certain.keys():
            text = (
                "all that is held in the circle from outside is held by listed or restricted owners"
            )
            about = tuple(sorted(case.name(owner) for owner in owners)[:_NAMED])
            for name in names:
                yield Warn(
                    entity=name, code="cycle_all_outside_equity_listed", text=text, about=about
                )
    yield from _held_up(case)


def _outside(case: Case, found: list[list[int]]) -> dict[int, set[int]]:
    """For each circle, who holds something in it from outside."""
    of = {node: number for number, circle in enumerate(found) for node in circle}
    owners: dict[int, set[int]] = defaultdict(set)
    network = case.network
    for n, owner in enumerate(network.owners):
        circle = of.get(network.targets[n])
        if circle is not None and of.get(owner) != circle and network.high[n]:
            owners[circle].add(owner)
    return owners


def _held_up(case: Case) -> Iterator[Warn]:
    """Whom the greatest fixpoint would add among those in whom a member holds something."""
    if case.law.main is None or not (case.law.counts and case.law.main.cascade):
        return
    extra = greatest(case.network, case.members.listed) - case.members.certain.keys()
    fed = _fed(case) if extra else set()
    text = "counting what the circle holds in itself would restrict it; the cascade starts from listed "
    text += "persons and does not"
    for node in sorted(extra & fed):
        if case.name(node):
            yield Warn(entity=case.name(node), code="greatest_fixpoint_would_restrict", text=text)


def _fed(case: Case) -> set[int]:
    """All below a member, by whatever stake."""
    network = case.network
    found = set(case.members.certain)
    todo = list(found)
    while todo:
        node = todo.pop()
        for target in network.below(node):
            if target not in found:
                found.add(target)
                todo.append(target)
    return found


def divested(case: Case) -> Iterator[Warn]:
    """Not restricted today, and was while an owner that has sold still held its stake (FAQ 402)."""
    rule = case.law.divestment
    if rule is None or not case.law.counts:
        return
    for name, stakes in _sold(case).items():
        if _was_at_threshold(case, stakes):
            yield Warn(
                entity=name,
                code="formerly_blocked",
                text="it was restricted before a stake was sold: what was blocked then stays so "
                f"({rule.id})",
            )
            yield Warn(
                entity=name,
                code="check_us_nexus_of_sale",
                text="a sale that touched US jurisdiction without a licence is not recognised "
                f"({rule.id}); the facts given do not say",
            )


def _ended(stake: Stake, day: int) -> bool:
    return bool(stake.end) and parse(stake.end).first <= day


def _sold(case: Case) -> dict[str, list[Stake]]:
    """All stakes ever held in those that are not restricted and in which a stake has ended."""
    free = {
        s.owned
        for s in case.question.edges
        if _ended(s, case.law.day) and case.status.get(s.owned) == "not_restricted"
    }
    found: dict[str, list[Stake]] = defaultdict(list)
    for stake in case.question.edges if free else ():
        if stake.owned in free and stake.right == "shares":
            found[stake.owned].append(stake)
    return found


def _was_at_threshold(case: Case, stakes: list[Stake]) -> bool:
    """Whether those who are members today once held enough; a step, not the whole cascade of then.

    A stake counts from the last day on which it can have begun to the first on which it can have ended.
    """
    main = case.law.main
    assert main is not None
    members = {case.name(node) for node in case.members.certain}
    events = []
    held = [(s, ends_of(s.pct, s.pct_min, s.pct_max)[0]) for s in stakes if s.owner in members]
    scale = Scale([main.threshold, *(text for _, text in held)])
    for stake, text in held:
        first = parse(stake.start).last if stake.start else NO_START
        last = parse(stake.end).first if stake.end else NO_END
        if first < last:
            events += [(first, scale.of(text)), (last, -scale.of(text))]
    sums = accumulate(amount for day, amount in sorted(events) if day <= case.law.day)
    need = scale.of(main.threshold) + (main.comparison == ">")
    return any(total >= need for total in sums)
