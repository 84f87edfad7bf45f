"""What an answer must be read with. Codes are ours; each says what it saw, and of whom.

A warning never changes an answer.
"""

from collections.abc import Callable, Iterable, Iterator

import msgspec

from graph.dates import Holds, parse
from graph.law.ownership.case import Case
from graph.law.ownership.network import holds_on


class Warn(msgspec.Struct, frozen=True, kw_only=True, order=True, gc=False):
    """A warning about an entity; about the whole answer when `entity` is empty."""

    entity: str
    code: str
    text: str
    about: tuple[str, ...] = ()


Warner = Callable[[Case], Iterator[Warn]]


def over_100(case: Case) -> Iterator[Warn]:
    """Stakes that add up to more than the whole are kept as declared."""
    network = case.network
    for slot, known in enumerate(network.known):
        if known > network.scale.whole:
            yield Warn(
                entity=case.name(network.of(slot)),
                code="stakes_exceed_100",
                text=f"the stakes in it add up to {network.scale.text(known)}: kept as declared, "
                "never scaled",
            )


def doubtful_stakes(case: Case) -> Iterator[Warn]:
    """Stakes of members that are only bounded: unknown, contested, or of a doubtful date."""
    network = case.network
    for slot, numbers in case.holders.items():
        doubtful = [n for n in numbers if network.low[n] < network.high[n]]
        if not doubtful or _settled(case, case.name(network.of(slot))):
            continue
        band = _band(case, slot)
        for n in doubtful:
            stake = case.question.edges[network.stakes[n]]
            code, why = _doubt(case, n)
            text = f"{why}: listed or restricted owners hold {band}"
            yield Warn(entity=stake.owned, code=code, text=text, about=(stake.owner,))


def _doubt(case: Case, n: int) -> tuple[str, str]:
    stake = case.question.edges[case.network.stakes[n]]
    if stake.contested:
        return "stake_contested", "a stake is contested and counts only as a bound"
    if holds_on(stake.start, stake.end, case.law.day) is Holds.UNCERTAIN:
        return "stake_date_uncertain", "its dates leave open how much is held on the day"
    return "percentage_missing", "how much is held is not stated exactly"


def _band(case: Case, slot: int) -> str:
    low, high = (case.network.scale.text(amount) for amount in case.held(slot))
    return low if low == high else f"at least {low} and at most {high}"


def short_of_threshold(case: Case) -> Iterator[Warn]:
    """Members hold something, and the rule does not reach the entity."""
    network, main = case.network, case.law.main
    if main is None or not main.counts:
        return
    threshold, margin = (
        network.scale.of(t) for t in (main.threshold, case.law.settings.near_margin)
    )
    for slot, numbers in case.holders.items():
        name = case.name(network.of(slot))
        if case.status.get(name) != "not_restricted" or not case.held(slot)[1]:
            continue
        owners = _owners(case, numbers)
        text = f"listed or restricted owners hold {_band(case, slot)} of it"
        yield Warn(entity=name, code="minority_listed_owner", text=text, about=owners)
        if threshold - margin <= case.members.least.get(slot, 0) <= threshold:
            text = (
                f"within {main.threshold} less {case.law.settings.near_margin}: look at the sources"
            )
            yield Warn(entity=name, code="near_threshold", text=text, about=owners)
        if main.control == "counts":
            text = "whether it is controlled in fact is open: no control fact is given"
            yield Warn(entity=name, code="check_control", text=text, about=owners)


def _owners(case: Case, numbers: Iterable[int]) -> tuple[str, ...]:
    stakes = case.question.edges
    return tuple(sorted({stakes[case.network.stakes[n]].owner for n in numbers}))


def added_together(case: Case) -> Iterator[Warn]:
    """Several persons together are at the threshold, and the rule does not simply add them."""
    main = case.law.main
    if main is None or not main.counts or main.aggregate == "added":
        return
    for slot, numbers in case.holders.items():
        name = case.name(case.network.of(slot))
        low, _ = case.held(slot)
        if case.status.get(name, "restricted") != "restricted" and case.network.reaches(slot, low):
            settled = (
                "the law does not settle whether they are"
                if main.aggregate == "debatable"
                else ("this rule takes persons one at a time")
            )
            yield Warn(
                entity=name,
                code="aggregate_listed_ownership",
                text=f"added together they hold {case.network.scale.text(low)}: {settled}",
                about=_owners(case, numbers),
            )


def control_short(case: Case) -> Iterator[Warn]:
    """Control, an office or votes of a member, where the rule does not count them."""
    members = {case.name(node) for node in case.members.possible.union(case.members.certain)}
    for fact in case.question.control:
        live = holds_on(fact.start, fact.end, case.law.day) is not Holds.NO
        if not live or fact.controller not in members or _settled(case, fact.controlled):
            continue
        if fact.office:
            code, text = "directed_by_listed", "a listed or restricted person holds an office in it"
        else:
            code, text = "controlled_by_listed", "a listed or restricted person controls it"
        if fact.office or not case.law.control_counts:
            text += ": that alone does not restrict under this rule"
            yield Warn(entity=fact.controlled, code=code, text=text, about=(fact.controller,))
    if "votes" in case.network.rights:
        return
    for stake in case.question.edges:
        if stake.right == "votes" and stake.owner in members and not _settled(case, stake.owned):
            text = "votes of a listed or restricted person do not count under this rule"
            yield Warn(
                entity=stake.owned, code="votes_not_counted", text=text, about=(stake.owner,)
            )


def _settled(case: Case, name: str) -> bool:
    return case.status.get(name, "restricted") == "restricted"


def listings(case: Case) -> Iterator[Warn]:
    """Listings that are doubtful on the day, and those that feed another channel."""
    for node in case.members.perhaps - case.members.listed:
        yield Warn(
            entity=case.name(node),
            code="listing_uncertain",
            text="whether it is listed on the day is not settled: it counts only as a bound",
        )
    if case.law.sectoral is None:
        return
    rule = case.law.sectoral
    on_it = case.listed_on(rule.lists)
    for stake in case.question.edges:
        live = holds_on(stake.start, stake.end, case.law.day) is not Holds.NO
        if live and stake.owner in on_it:
            yield Warn(
                entity=stake.owned,
                code="owner_on_non_blocking_list",
                text=f"an owner is on {', '.join(rule.lists)}: that has a rule of its own "
                f"({rule.id}) and does not block",
                about=(stake.owner,),
            )


def of_the_law(case: Case) -> Iterator[Warn]:
    """What is doubtful about the rule itself."""
    main = case.law.main
    if main is None:
        text = "no rule of ownership is recorded for this regime and day: every answer is unknown"
        yield Warn(entity="", code="no_rule_recorded", text=text)
        return
    if case.law.unverified:
        yield from _unverified(case, f"{main.id}, {main.instrument}, from {main.valid_from}")
    elif not main.counts:
        for numbers in case.holders.values():
            for n in numbers:
                stake = case.question.edges[case.network.stakes[n]]
                yield Warn(
                    entity=stake.owned,
                    code="entity_list_owner_red_flag",
                    text=f"only listed names are restricted ({main.id}); a listed owner is a red flag",
                    about=(stake.owner,),
                )
    if case.question.joint and case.law.joint is None:
        for joint in case.question.joint:
            text = "joint arrangements have no rule in this regime: the stakes count as they are"
            yield Warn(entity=joint.company, code="joint_arrangement_not_counted", text=text)


def _unverified(case: Case, rule: str) -> Iterator[Warn]:
    for name in case.status:
        node = case.network.index.get(name)
        by_text = (
            "restricted"
            if node in case.members.certain
            else ("unknown" if node in case.members.possible else "not restricted")
        )
        yield Warn(
            entity=name,
            code="rule_period_unverified",
            text=f"nobody has confirmed that {rule}, is in force; by its text: {by_text}",
        )


def by_the_court(case: Case) -> Iterator[Warn]:
    """A judgment on earlier facts that the question leaves out."""
    rule = case.law.unapplied
    if rule is None:
        return
    enough = case.network.scale.of(rule.threshold)
    for slot, numbers in case.holders.items():
        name = case.name(case.network.of(slot))
        for owner, low in _by_owner(case, numbers).items():
            if low >= enough and not _settled(case, name):
                status = case.status[name].replace("_", " ")
                yield Warn(
                    entity=name,
                    code="presumption_not_applied",
                    text=f"by the guidance of the day {status}; by {rule.id}, {rule.text}, control is "
                    "presumed and may be rebutted",
                    about=(case.name(owner),),
                )


def _by_owner(case: Case, numbers: Iterable[int]) -> dict[int, int]:
    found: dict[int, int] = {}
    for n in numbers:
        owner = case.network.owners[n]
        found[owner] = found.get(owner, 0) + case.network.low[n]
    return found


def before_listing(case: Case) -> Iterator[Warn]:
    """A stake given up shortly before its owner was listed, where control counts."""
    if not case.law.control_counts:
        return
    lists = set(case.law.lists)
    begun = {
        one.id: parse(one.start).first
        for one in case.question.listed
        if one.start and not lists.isdisjoint(one.lists)
    }
    days = case.law.settings.transfer_days
    for stake in case.question.edges:
        if stake.end and stake.owner in begun and not _settled(case, stake.owned):
            gap = begun[stake.owner] - parse(stake.end).first
            if 0 <= gap <= days and parse(stake.end).first <= case.law.day:
                yield Warn(
                    entity=stake.owned,
                    code="transfer_shortly_before_listing",
                    text=f"a stake ended {gap} days before its owner was listed: an indication of "
                    "control to be looked at",
                    about=(stake.owner,),
                )
