"""The table of rules: what it says of each is so."""

from collections.abc import Collection, Iterable, Iterator

import pytest

from graph.exc import StoreError
from graph.model import Edge
from graph.rules import RULES, Facts, possible_hops
from graph.store import Reader
from tests.graphs import AS_OF


class Counting:
    """A store that counts how often its edges are asked for, and fails the first few times."""

    def __init__(self, reader: Reader, failing: int = 0) -> None:
        self._reader = reader
        self.asked = 0
        self.failing = failing

    def edges(
        self, kinds: Iterable[str] = (), ids: Collection[str] | None = None
    ) -> Iterator[Edge]:
        self.asked += 1
        if self.asked <= self.failing:
            raise StoreError("the server did not finish in time")
        return self._reader.edges(kinds, ids)

    def __getattr__(self, name: str) -> object:
        return getattr(self._reader, name)


def test_what_all_rules_reason_from_is_read_at_once(case: Reader) -> None:
    counting = Counting(case)
    hops = [*possible_hops(Facts(counting, AS_OF))]  # type: ignore[arg-type]
    assert len({hop.rule for hop in hops}) == len(RULES) - 1  # no aircraft changed hands by then
    assert counting.asked == 1


@pytest.mark.parametrize("name", RULES)
def test_each_rule_says_which_edges_it_reads(case: Reader, name: str) -> None:
    counting = Counting(case)
    others = [rule for rule in RULES if rule != name]
    hops = [*possible_hops(Facts(counting, AS_OF), others)]  # type: ignore[arg-type]
    assert {hop.rule for hop in hops} <= {name}
    assert counting.asked == 1


def test_facts_that_could_not_be_read_are_not_taken_for_none(case: Reader) -> None:
    facts = Facts(Counting(case, failing=1), AS_OF)  # type: ignore[arg-type]
    with pytest.raises(StoreError):
        [*possible_hops(facts)]
    assert [*possible_hops(facts)] == [*possible_hops(Facts(case, AS_OF))]
