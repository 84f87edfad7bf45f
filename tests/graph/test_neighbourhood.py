"""What is cut out around a question answers it as the whole store does."""

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph.dates import day_of
from graph.kinds import ROUTED
from graph.model import Entity
from graph.neighbourhood import Parts, Whole, surroundings
from graph.routes import Question
from graph.routes.answer import broken_off
from graph.routes.question import parse_set
from graph.routes.records import Answer
from graph.rules import RULES
from graph.store import Reader
from graph.view import build_view
from tests.graph.routes.oracle import EXAMPLES
from tests.graph.view import test_stored
from tests.graphs import AS_OF, MemoryReader, edge, entity
from tests.near import CASE_QUESTIONS, Looking, case_question, parts, whole

PARTIES = 9


@st.composite
def stores(draw: st.DrawFn) -> MemoryReader:
    """Any store: of every kind of party, with hops documented and possible, dates, goods, claims."""
    parties = draw(test_stored.entities) + [
        Entity(id=f"e{n}", kind="Company", name="Test") for n in range(6, PARTIES)
    ]
    ids = sorted({party.id for party in parties})
    places = st.sampled_from(ids)
    drawn = [
        msgspec.structs.replace(e, source=draw(places), target=draw(places))
        for e in draw(st.lists(test_stored.edges, max_size=25))
    ]
    plain = [
        edge(draw(st.sampled_from(sorted(ROUTED))), draw(places), draw(places), goods=str(n))
        for n in range(draw(st.integers(0, 15)))
    ]
    return MemoryReader(parties, [*drawn, *plain], test_stored.SOURCES)


@st.composite
def asked(draw: st.DrawFn, reader: MemoryReader) -> Question:
    """Any question about the parties of a store that may stand on a route."""
    view = build_view(reader, AS_OF)
    ids = [i for i in view.ids if not view.never[view.number[i]]]
    some = st.lists(st.sampled_from(ids), min_size=1, max_size=2, unique=True).map(tuple)
    ends = draw(st.lists(st.sampled_from(ids), min_size=2, max_size=4, unique=True))
    return Question(
        origins=tuple(ends[: len(ends) // 2]),
        destinations=tuple(ends[len(ends) // 2 :]),
        via=draw(st.lists(some, max_size=1).map(tuple)),
        avoid=draw(st.one_of(st.just(()), some)),
        max_hops=draw(st.integers(1, 6)),
        goods=draw(st.sampled_from(["", "", "8807"])),
        order=draw(st.sampled_from(["any", "time"])),
        kinds=draw(st.sampled_from([(), (), ("supplies", "ships_to")])),
        rules=draw(st.sampled_from([tuple(RULES), (), ("corporate",)])),
        min_certainty=draw(st.sampled_from(["", "", "medium"])),
        contested=draw(st.booleans()),
        max_possible=draw(st.sampled_from([None, None, 0, 1])),
        distinct=draw(st.booleans()),
    )


@settings(max_examples=EXAMPLES, deadline=None)
@given(st.data())
def test_part_of_any_store_gives_the_whole_answer(data: st.DataObject) -> None:
    reader = data.draw(stores())
    q = data.draw(asked(reader))
    known_at = data.draw(st.sampled_from([None, None, day_of("2022")]))
    assert parts(reader, Looking(reader), q, known_at) == whole(reader, q, known_at)


@pytest.mark.parametrize("fields", CASE_QUESTIONS)
def test_part_of_the_case_gives_the_whole_answer(case: Reader, fields: dict[str, object]) -> None:
    q = case_question(case, fields)
    assert parts(case, Looking(case), q) == whole(case, q)


def _hub() -> MemoryReader:
    """a > hub > z, a > b > z, and a hub that hands over to many."""
    many = [f"m{n:03}" for n in range(300)]
    hops = [("a", "hub"), ("hub", "z"), ("a", "b"), ("b", "c"), ("c", "z"), ("c2", "z")]
    hops += [("hub", one) for one in many]
    parties = {end for hop in hops for end in hop}
    return MemoryReader(map(entity, parties), [edge("supplies", *hop) for hop in hops])


def _chains(found: Answer) -> list[tuple[str, ...]]:
    return [route.entities for route in found.routes]


def test_hub_over_the_bound_is_left_shut_and_the_answer_says_so() -> None:
    q = Question(origins=("a",), destinations=("z",), max_hops=4, rules=())
    near = Looking(_hub())
    found = parts(_hub(), near, q, most=100)
    assert "hub" not in near.opened["source"]
    assert found.cut is not None
    assert "Test hub (301)" in found.cut
    assert "100 hand-overs" in found.cut
    assert (found.truncated, found.explored_to_cost) == (True, None)
    assert broken_off(found) == found.cut
    assert ("a", "b", "c", "z") in _chains(found)
    everything = parts(_hub(), near, q)
    assert (everything.cut, everything.truncated) == (None, False)
    assert _chains(everything) == [("a", "hub", "z"), ("a", "b", "c", "z")]


def test_nothing_is_said_to_be_undocumented_where_the_store_was_not_read() -> None:
    q = Question(origins=("a",), destinations=("z",), via=(("b",),), max_hops=4, rules=())
    assert parts(_hub(), Looking(_hub()), q).statements
    assert parts(_hub(), Looking(_hub()), q, most=2).statements == ()


def test_no_more_is_read_than_the_rounds_of_the_question_may_reach() -> None:
    line = [edge("supplies", f"p{n:03}", f"p{n + 1:03}") for n in range(100)]
    reader = MemoryReader([entity(f"p{n:03}") for n in range(101)], line)
    q = Question(origins=("p000",), destinations=("p004",), max_hops=5)
    near = Looking(reader)
    found = parts(reader, near, q)
    assert len(found.routes) == 1
    assert near.given == 3 + 2
    assert near.opened == {"source": ["p000", "p001", "p002"], "target": ["p004", "p003"]}


def test_walks_stop_at_the_other_end_and_at_parties_to_avoid() -> None:
    hops = [("a", "z"), ("z", "y"), ("y", "x"), ("a", "v"), ("v", "w"), ("w", "z")]
    reader = MemoryReader(map(entity, "avwxyz"), [edge("supplies", *hop) for hop in hops])
    q = Question(origins=("a",), destinations=("z",), avoid=("v",), max_hops=6, rules=())
    near = Looking(reader)
    parts(reader, near, q)
    assert near.opened["source"] == ["a"]
    assert "v" not in near.opened["target"]


def test_counts_without_a_constraint_are_at_least_so_many_when_cut() -> None:
    q = Question(origins=("a",), destinations=("z",), kinds=("ships_to",), max_hops=4, rules=())
    found = parts(_hub(), Looking(_hub()), q, most=100)
    assert found.routes == ()
    eased = {relaxed.without: relaxed for relaxed in found.why_none}
    kinds = eased["the choice of documented kinds"]
    assert (kinds.routes, kinds.more) == (2, True)


def test_store_without_a_way_to_its_parts_is_read_whole(case: Reader) -> None:
    around = surroundings(case, AS_OF)
    assert isinstance(around, Whole)
    assert parse_set(around.directory, "belavia") == ("belavia",)


def test_words_of_a_question_are_looked_up_without_reading_the_store(case: Reader) -> None:
    around = Parts(case, Looking(case), AS_OF)
    named = build_view(case, AS_OF)
    for text in ("western-suppliers", "belavia,smartavia"):
        assert parse_set(around.directory, text) == parse_set(named, text)
    assert "nobody" not in around.directory.number
