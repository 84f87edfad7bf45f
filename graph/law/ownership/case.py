"""One question worked out: its law, its network, its members, and the answer for every entity."""

from collections import defaultdict
from collections.abc import Iterable
from functools import cached_property
from typing import Literal

from graph.dates import Holds
from graph.law.ownership.fixpoint import Members, members
from graph.law.ownership.law import Law
from graph.law.ownership.network import Network, holds_on
from graph.law.ownership.question import Listed, Question

Status = Literal["restricted", "not_restricted", "unknown"]


class Case:
    """A question under its law.

    Attributes:
        status: for every owned or controlled entity that is not itself listed on the day.
    """

    def __init__(self, question: Question, law: Law) -> None:
        self.question, self.law = question, law
        self.network = Network(question, law)
        self.members: Members = members(self.network, *self._listed())
        self.status = self._statuses()

    def name(self, node: int) -> str:
        """The id of a node; empty for a joint arrangement."""
        return self.network.names[node]

    def listed_on(self, lists: Iterable[str]) -> dict[str, Holds]:
        """Who is on one of some lists on the day, for certain or perhaps."""
        wanted = set(lists)
        found: dict[str, Holds] = {}
        for one in self.question.listed:
            answer = _listing_holds(one, wanted, self.law.day)
            if answer is not Holds.NO and found.get(one.id) is not Holds.YES:
                found[one.id] = answer
        return found

    def held(self, slot: int) -> tuple[int, int]:
        """What members hold in a slot, all together, at least and at most."""
        network = self.network
        sure = self.members.certain
        numbers = self.holders.get(slot, ())
        low = sum(network.low[n] for n in numbers if network.owners[n] in sure)
        highest = sum(network.high[n] for n in numbers)
        others = network.known[slot] - sum(network.low[n] for n in numbers)
        return low, max(low, min(highest, network.scale.whole - others))

    def _listed(self) -> tuple[list[int], list[int]]:
        found = self.listed_on(self.law.lists)
        nodes = {self.network.index[name]: answer for name, answer in found.items()}
        return [n for n, a in nodes.items() if a is Holds.YES], list(nodes)

    def _statuses(self) -> dict[str, Status]:
        question = self.question
        names = {stake.owned for stake in question.edges}
        names |= {fact.controlled for fact in question.control}
        names |= {joint.company for joint in question.joint}
        listed = {self.name(node) for node in self.members.listed}
        return {name: self.answer(name) for name in sorted(names - listed)}

    def answer(self, name: str) -> Status:
        """Certain members are restricted, those who cannot be are not; between lies the unknown.

        Who is listed is restricted by name. Under a rule that nobody has confirmed, or none at all,
        nothing else is known.
        """
        node = self.network.index.get(name)
        if node in self.members.listed:
            return "restricted"
        if self.law.main is None or self.law.unverified:
            return "unknown"
        if node in self.members.certain:
            return "restricted"
        return "unknown" if node in self.members.possible else "not_restricted"

    @cached_property
    def holders(self) -> dict[int, list[int]]:
        """For every slot, the holdings of those who are, or may be, members."""
        found: dict[int, list[int]] = defaultdict(list)
        for node in self.members.possible.union(self.members.certain):
            for n in self.network.out(node):
                found[self.network.slots[n]].append(n)
        return found


def _listing_holds(one: Listed, wanted: set[str], day: int) -> Holds:
    if wanted.isdisjoint(one.lists):
        return Holds.NO
    answer = holds_on(one.start, one.end, day)
    return Holds.UNCERTAIN if answer is Holds.YES and one.perhaps else answer
