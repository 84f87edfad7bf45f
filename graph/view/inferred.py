"""The possible hops behind the arcs of a day."""

from collections.abc import Callable

from graph.rules import Facts, PossibleHop
from graph.rules.corporate import TIES, corporate
from graph.view.parties import Parties
from graph.view.possible import Possible
from graph.view.ties import Ties, between


class Inferred:
    """Possible hops by number in their layer; those that ties make are put in words when asked for."""

    def __init__(
        self, facts: Facts, parties: Parties, possible: Possible, ties: Callable[[], Ties]
    ) -> None:
        self.facts = facts
        self._parties = parties
        self._possible = possible
        self._ties = ties

    def __len__(self) -> int:
        return len(self._possible.hop)

    def __getitem__(self, number: int) -> PossibleHop:
        hop = int(self._possible.hop[number])
        return self._possible.hops[hop] if hop >= 0 else self._tied(number)

    def _tied(self, number: int) -> PossibleHop:
        layer, ids = self._possible.layer, self._parties.ids
        tail, head = int(layer.tail[number]), int(layer.head[number])
        some = self.facts.with_only(TIES, between(self._ties(), tail, head))
        ends = ids[tail], ids[head]
        return next(hop for hop in corporate(some) if (hop.source, hop.target) == ends)
