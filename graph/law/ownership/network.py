"""The facts of a question as arrays: who holds how much in whom on the day, at least and at most.

A node is an entity, or a joint arrangement standing for its holders. A slot is one right (shares, or
votes where the rule counts them) in one node: stakes add up in slots. Two bounds go with every stake:
what the holder has for certain and what it can have. An unknown stake is 0 to 100; one that is
contested, or whose dates leave open whether it holds on the day, is certain for nothing.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from functools import cached_property, lru_cache
from itertools import accumulate

import msgspec
import numpy as np

from graph.dates import Holds, holds, parse
from graph.law.ownership.law import Law
from graph.law.ownership.percent import Scale
from graph.law.ownership.question import Question, Stake, ends_of

NO_STAKE = -1


class Tie(msgspec.Struct, frozen=True, gc=False):
    """Control that restricts by itself: a fact, a presumption, or belonging to a joint arrangement.

    `fact` is the number of the control fact, or `NO_STAKE`; `held` is the stake that is presumed to be
    control; `certain` is False for what is only possible.
    """

    target: int
    certain: bool
    fact: int = NO_STAKE
    held: int = NO_STAKE


class Network:
    """The live facts of a question under a law. `out(owner)` are numbers of holdings.

    Attributes:
        names: an id a node; joint arrangements have none.
        owners, slots, low, high, stakes: a holding each; `stakes` numbers the question's edges.
        targets: the node in which each holding is.
        known: for every slot, what all its holders have for certain.
        need: for every right, the least sum that reaches the threshold.
    """

    def __init__(self, question: Question, law: Law) -> None:
        self.question, self.law = question, law
        votes = law.main is not None and law.main.threshold and law.main.votes
        self.rights = {"shares": 0, "votes": 1} if votes else {"shares": 0}
        self.index: dict[str, int] = {}
        self.owners: list[int] = []
        self.slots: list[int] = []
        self.stakes: list[int] = []
        self.ties: dict[int, list[Tie]] = defaultdict(list)
        self._add_holdings()
        self.need = _needs(law, self.scale)
        self._add_control()
        for one in question.listed:
            self._node(one.id)
        self.names = list(self.index)
        if law.joint is not None and law.counts:
            self._join()
        self._sort()
        if law.presumption is not None:
            self._presume()

    def _node(self, name: str) -> int:
        return self.index.setdefault(name, len(self.index))

    def of(self, slot: int) -> int:
        """The node that a slot belongs to."""
        return slot // len(self.need)

    def out(self, owner: int) -> range:
        """The holdings of a node."""
        return range(self._first[owner], self._first[owner + 1])

    def below(self, owner: int) -> list[int]:
        """The nodes in which a node holds something, or which it controls."""
        found = self.targets[self._first[owner] : self._first[owner + 1]]
        if owner in self.ties:
            found += [tie.target for tie in self.ties[owner]]
        return found

    @cached_property
    def exact(self) -> bool:
        """Whether nothing is only bounded: the upper bound is then the lower one."""
        ties = (tie for ties in self.ties.values() for tie in ties)
        return self.low == self.high and all(tie.certain for tie in ties)

    def reaches(self, slot: int, total: int) -> bool:
        """Whether a sum meets the threshold of a slot."""
        return total >= self.need[slot % len(self.need)]

    def most(self, slot: int, low: int, high: int) -> int:
        """The most that some holders of a slot can have together.

        All their unknown stakes together are at most 100 less what others are known to hold. Never
        less than what they have for certain: stakes over 100 are kept as they are.
        """
        return max(low, min(high, self.scale.whole - (self.known[slot] - low)))

    def _add_holdings(self) -> None:
        """Columns of holders, slots and edges; each figure is read once, however many stakes have it."""
        kinds: dict[tuple[str | None, str | None, str | None], int] = {}
        index, rights, counted = self.index, len(self.rights), self.rights
        kind_of, sure = [], []
        for number, stake, certain in _live(self.question):
            owner = index.setdefault(stake.owner, len(index))
            owned = index.setdefault(stake.owned, len(index))
            if stake.right in counted:
                self.owners.append(owner)
                self.slots.append(owned * rights + counted[stake.right])
                self.stakes.append(number)
                figures = stake.pct, stake.pct_min, stake.pct_max
                kind_of.append(kinds.setdefault(figures, len(kinds)))
                sure.append(certain)
        bounds = [ends_of(*figures) for figures in kinds]
        self.scale = Scale([*_thresholds(self.law), *(text for ends in bounds for text in ends)])
        least = [self.scale.of(low) for low, _ in bounds]
        most = [self.scale.of(high) for _, high in bounds]
        self.low = [least[k] if c else 0 for k, c in zip(kind_of, sure, strict=True)]
        self.high = [most[k] for k in kind_of]

    def _add_control(self) -> None:
        for number, fact in enumerate(self.question.control):
            controller, controlled = self._node(fact.controller), self._node(fact.controlled)
            answer = holds_on(fact.start, fact.end, self.law.day)
            if self.law.control_counts and not fact.office and answer is not Holds.NO:
                certain = answer is Holds.YES and not fact.contested
                self.ties[controller].append(Tie(controlled, certain, fact=number))

    def _join(self) -> None:
        """Stand a node in for the holders of each joint arrangement (S.I. 2019/855, Sch. 1 para 3).

        Whoever is one of them is treated as holding all that they hold. Arrangements over one company
        that share a holder are taken as one.
        """
        standing: dict[tuple[int, int], int] = {}
        for company, holders in _arrangements(self.question):
            for holder in holders & self.index.keys() if company in self.index else ():
                owner = self.index[holder]
                standing[owner, self.index[company]] = len(self.names)
                self.ties[owner].append(Tie(len(self.names), certain=True))
            self.names.append("")
        rights = len(self.need)
        pairs = zip(self.owners, self.slots, strict=True)
        self.owners = [standing.get((owner, slot // rights), owner) for owner, slot in pairs]

    def _sort(self) -> None:
        order = np.argsort(np.array(self.owners, dtype=np.int64), kind="stable").tolist()
        for name in ("owners", "slots", "low", "high", "stakes"):
            column = getattr(self, name)
            setattr(self, name, [column[i] for i in order])
        rights = len(self.need)
        self.targets = [slot // rights for slot in self.slots] if rights > 1 else self.slots
        counts = np.bincount(np.array(self.owners, dtype=np.int64), minlength=len(self.names))
        self._first = [0, *accumulate(counts.tolist())]
        self.known = [0] * (len(self.names) * len(self.need))
        for slot, low in zip(self.slots, self.low, strict=True):
            self.known[slot] += low

    def _presume(self) -> None:
        """One holder at the threshold of the presumption is tied to what it holds."""
        assert self.law.presumption is not None
        enough = self.scale.of(self.law.presumption.threshold)
        for (owner, slot), (low, high, number) in self.held_by_one.items():
            possible = self.most(slot, low, high) >= enough
            if slot % len(self.need) == 0 and possible:
                self.ties[owner].append(Tie(self.of(slot), low >= enough, held=number))

    @cached_property
    def held_by_one(self) -> dict[tuple[int, int], tuple[int, int, int]]:
        """For each holder and slot, all of its stakes together, at least and at most, and one of them."""
        found: dict[tuple[int, int], tuple[int, int, int]] = {}
        columns = zip(self.owners, self.slots, self.low, self.high, self.stakes, strict=True)
        for owner, slot, low, high, number in columns:
            before = found.get((owner, slot), (0, 0, number))
            found[owner, slot] = before[0] + low, before[1] + high, before[2]
        return found


def _arrangements(question: Question) -> Iterator[tuple[str, set[str]]]:
    """The groups of holders by company, merged where they share one."""
    groups: dict[str, list[set[str]]] = defaultdict(list)
    for joint in question.joint:
        holders = set(joint.holders)
        of_company = groups[joint.company]
        for group in [group for group in of_company if group & holders]:
            of_company.remove(group)
            holders |= group
        of_company.append(holders)
    for company, merged in groups.items():
        yield from ((company, holders) for holders in merged)


@lru_cache(maxsize=65536)
def holds_on(start: str, end: str, day: int) -> Holds:
    """Whether a fact with the half-open interval holds on the day; see `graph.dates.holds`."""
    return holds(start, end, day)


def _live(question: Question) -> Iterator[tuple[int, Stake, bool]]:
    """The stakes that hold or may hold on the day, and whether they do for certain."""
    day = parse(question.as_of).last
    doubtful = []
    for number, stake in enumerate(question.edges):
        dated = stake.start or stake.end
        answer = holds_on(stake.start, stake.end, day) if dated else Holds.YES
        if answer is Holds.YES:
            yield number, stake, not stake.contested
        elif answer is Holds.UNCERTAIN:
            doubtful.append((number, stake))
    yield from _successions(doubtful, day)


def _successions(
    doubtful: Sequence[tuple[int, Stake]], day: int
) -> Iterator[tuple[int, Stake, bool]]:
    """Doubtful stakes, each pair of which one begins where the other ends made into one band.

    A stake that went from 30 to 40 in a month was 30 or 40 on every day of it, never 70.
    """
    begins = {
        (s.owner, s.owned, s.right, s.start): (number, s)
        for number, s in doubtful
        if not s.contested and holds_on("", s.end, day) is Holds.YES
    }
    taken: set[int] = set()
    for number, stake in doubtful:
        after = begins.get((stake.owner, stake.owned, stake.right, stake.end))
        began = holds_on(stake.start, "", day) is Holds.YES
        if after is not None and began and not stake.contested and after[0] not in taken:
            taken |= {number, after[0]}
            yield after[0], _either(stake, after[1]), True
    yield from ((number, stake, False) for number, stake in doubtful if number not in taken)


def _either(one: Stake, other: Stake) -> Stake:
    low, high = ends_of(one.pct, one.pct_min, one.pct_max)
    low_too, high_too = ends_of(other.pct, other.pct_min, other.pct_max)
    scale = Scale((low, high, low_too, high_too))
    return msgspec.structs.replace(
        other,
        pct=None,
        pct_min=min(low, low_too, key=scale.of),
        pct_max=max(high, high_too, key=scale.of),
    )


def _thresholds(law: Law) -> set[str]:
    texts = {rule.threshold for rule in (law.main, law.presumption, law.unapplied) if rule}
    return {law.settings.near_margin, *texts} - {""}


def _needs(law: Law, scale: Scale) -> list[int]:
    """The least sums that meet the threshold: of shares, and of votes where they count."""
    if law.main is None or not law.main.threshold:
        return [scale.whole + 1]
    threshold = scale.of(law.main.threshold)
    tests = [law.main.comparison] + ([law.main.votes] if law.main.votes else [])
    return [threshold if test == ">=" else threshold + 1 for test in tests]
