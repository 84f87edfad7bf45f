"""What the law asks of parties: read at once, kept, and never taken for nothing when it was not read."""

import pytest

from graph.exc import NotFound, StoreError
from graph.law.dossiers import OWNERSHIP, Dossiers
from graph.model import Edge, Measure
from graph.store import Reader
from tests.graphs import MemoryReader, edge, entity


class Failing(MemoryReader):
    """A store whose measures cannot be read at first, and that counts how often they are asked for."""

    asked = 0
    fails = 0

    def measures_upon(self, *entity_ids: str) -> tuple[Measure, ...]:
        self.asked += 1
        if self.asked <= self.fails:
            raise StoreError("the server did not finish in time")
        return super().measures_upon(*entity_ids)


def reader(fails: int = 0) -> Failing:
    """a owns b owns c owns a; d directs c; c supplies e."""
    ends = (("owns", "ab"), ("owns", "bc"), ("owns", "ca"), ("directs", "dc"), ("supplies", "ce"))
    edges: list[Edge] = [edge(kind, *pair) for kind, pair in ends]
    upon = [
        Measure(id=f"m-{name}", entity=name, regime="US", layer="OFAC", kind="listing")
        for name in "ad"
    ]
    found = Failing(map(entity, "abcde"), edges, measures=upon)
    found.fails = fails
    return found


def test_all_who_stand_above_are_gathered_a_level_at_a_time() -> None:
    store = reader()
    dossiers = Dossiers(store)
    dossiers.gather("c")
    asked = store.asked
    assert asked == 3  # c; b and d; a
    over = {name: [e.source for e in dossiers.over(name)] for name in "abcd"}
    assert over == {"a": ["c"], "b": ["a"], "c": ["b", "d"], "d": []}
    assert [len(dossiers.measures(name)) for name in "abcd"] == [1, 0, 0, 1]
    assert store.asked == asked


def test_one_by_one_is_the_same() -> None:
    one, other = Dossiers(reader()), Dossiers(reader())
    one.gather("abcde")
    for name in "edcba":
        assert one.over(name) == other.over(name)
        assert one.measures(name) == other.measures(name)
        assert one.entity(name) == other.entity(name)
    with pytest.raises(NotFound):
        one.entity("nobody")


def test_party_that_could_not_be_read_is_not_taken_for_unlisted() -> None:
    dossiers = Dossiers(reader(fails=1))
    with pytest.raises(StoreError):
        dossiers.gather("a")
    assert [m.id for m in dossiers.measures("a")] == ["m-a"]
    assert [e.source for e in dossiers.over("a")] == ["c"]


def test_of_the_case_each_tie_is_there(case: Reader) -> None:
    dossiers = Dossiers(case)
    dossiers.gather(e.id for e in case.entities())
    ties = {e.id for e in case.edges(OWNERSHIP)}
    assert {e.id for p in case.entities() for e in dossiers.over(p.id)} == ties
