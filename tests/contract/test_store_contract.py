"""What every store must do."""

import subprocess
import sys
import uuid
from collections.abc import Iterable
from itertools import pairwise

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from graph.exc import BadInput, NotFound
from graph.model import (
    Claim,
    Edge,
    Entity,
    Identifier,
    Measure,
    Reading,
    Record,
    Refusal,
    SetMember,
    Source,
)
from graph.store import Load, Outside, Reader, outline, store_state
from tests.contract.conftest import Store

SOURCE = Source(id="test-report", title="A test report", published="2024-05")
CLAIM = Claim(id="c1", source="test-report", status="press-reported", certainty="high")
SELLER = Entity(
    id="test-seller",
    kind="Company",
    name="Test Seller FZE",
    country="AE",
    aliases=("Тест Селлер", "Second Name"),
    identifiers=(Identifier("INN", "7710023333"), Identifier("other", "Testville")),
    properties={"note": "x"},
    claims=(CLAIM, Claim(id="c2", source="", kind="denial", party="test-seller", stance="denies")),
)
BUYER = Entity(
    id="test-air", kind="Airline", name="Test Air", identifiers=(Identifier("IATA", "7T"),)
)
TAIL = Entity(
    id="test-tail",
    kind="Aircraft",
    name="ZZ-1AB",
    identifiers=(Identifier("registration", "ZZ-1AB"), Identifier("MSN", "99881")),
)
EDGE = Edge(
    id="supplies:1",
    kind="supplies",
    source="test-seller",
    target="test-air",
    start="2023",
    families=("B737NG", "A320"),
    properties={"seq": "1"},
    claims=(CLAIM,),
)
MEASURE = Measure(
    id="m1",
    entity="test-air",
    regime="US",
    layer="OFAC",
    kind="listing",
    start="2024",
    claims=(CLAIM,),
)
RECORDS: list[Record] = [
    SOURCE,
    SELLER,
    BUYER,
    TAIL,
    EDGE,
    MEASURE,
    SetMember(set="test-set", entity="test-air", why="because"),
    Refusal(claim="a claim", why="no source", source="test-report"),
    Reading(measure="m1", reading="wide", who="someone", weight="weak", source="test-report"),
]


def load(store: Store, records: list[Record], dataset: str = "test", digest: str = "d1") -> Load:
    with store.writer() as writer:
        return writer.write(Load(dataset=dataset, loader="test", digest=digest), records)


def content(reader: Reader) -> list[object]:
    return [
        list(reader.entities()),
        list(reader.edges()),
        reader.measures(),
        reader.sources(),
        reader.set_members(),
        reader.refusals(),
        reader.readings(),
        reader.loads(),
        reader.revision,
    ]


def test_what_is_written_is_read(store: Store) -> None:
    written = load(store, RECORDS)
    reader = store.reader()
    assert list(reader.entities()) == sorted([SELLER, BUYER, TAIL], key=lambda e: e.id)
    assert list(reader.edges()) == [EDGE]
    assert reader.measures() == (MEASURE,)
    assert reader.sources() == (SOURCE,)
    assert [m.entity for m in reader.set_members("test-set")] == ["test-air"]
    assert [r.claim for r in reader.refusals()] == ["a claim"]
    assert [r.reading for r in reader.readings()] == ["wide"]
    assert reader.loads() == (written,)
    assert (written.revision, written.written) == (1, len(RECORDS))


def test_reading_by_kind_by_end_and_by_id(store: Store) -> None:
    load(store, RECORDS)
    reader = store.reader()
    assert [e.id for e in reader.entities(["Airline", "Aircraft"])] == ["test-air", "test-tail"]
    assert list(reader.edges(["owns"])) == []
    assert reader.edges_of("test-air") == reader.edges_of("test-seller") == (EDGE,)
    assert reader.edges_of("test-tail") == reader.edges_of("nobody") == ()
    assert reader.edges_of("test-air", end="target") == (EDGE,)
    assert reader.edges_of("test-air", end="source") == ()
    assert reader.edges_of("test-air", kinds=("owns",)) == ()
    assert reader.edges_of("test-air", kinds=("owns", "supplies")) == (EDGE,)
    assert reader.entity("test-air") == BUYER
    assert reader.measures_upon("test-air") == (MEASURE,)
    assert reader.measures_upon("test-seller") == ()
    with pytest.raises(NotFound, match="no entity 'nobody'"):
        reader.entity("nobody")


def test_edges_and_measures_of_many_come_each_once_in_order(store: Store) -> None:
    ids = [f"test-{at:04}" for at in range(600)]
    entities = [Entity(id=i, kind="Company", name=f"Test {i}") for i in ids]
    chain = [Edge(id=f"owns:{a}", kind="owns", source=a, target=b) for a, b in pairwise(ids)]
    upon = [msgspec.structs.replace(MEASURE, id=f"m-{i}", entity=i) for i in ids]
    load(store, [SOURCE, *entities, *chain, *upon])
    reader = store.reader()
    assert reader.edges_of(*reversed(ids)) == tuple(chain)
    assert reader.edges_of(*ids[:2], end="target") == (chain[0],)
    assert reader.edges_of() == ()
    assert reader.measures_upon() == ()
    assert reader.measures_upon(*reversed(ids)) == tuple(upon)


def test_some_records_by_id_leave_out_what_is_not_there(store: Store) -> None:
    load(store, RECORDS)
    reader = store.reader()
    assert list(reader.entities(ids=("test-tail", "nobody", "test-air"))) == [BUYER, TAIL]
    assert list(reader.edges(ids=["supplies:1", "nothing"])) == [EDGE]
    assert not [*reader.entities(ids=()), *reader.edges(ids=())]
    assert len(list(reader.entities(ids=[SELLER.id, *map(str, range(2000))]))) == 1


def test_columns_of_a_view_are_those_of_the_records(store: Store) -> None:
    said = msgspec.structs.replace(CLAIM, property="goods", note="x")
    more = (CLAIM, msgspec.structs.replace(said, id="c2"), msgspec.structs.replace(said, id="c0"))
    claims = [more, (), (CLAIM,), (msgspec.structs.replace(CLAIM, source="", certainty=""),)] * 1500
    edges = [
        msgspec.structs.replace(EDGE, id=f"e{n:05}", claims=some, end="2024", shipment=f"S{n % 9}")
        for n, some in enumerate(claims)
    ]
    buyer = Entity(id="S1:buyer", kind="Unnamed", name="a buyer", shipment="S1")
    owned = msgspec.structs.replace(EDGE, id="owns:1", kind="owns")
    load(store, [SOURCE, SELLER, BUYER, buyer, owned, *edges])
    reader = store.reader()
    assert list(reader.parties()) == list(outline.parties(reader))
    assert _rows(reader.hand_overs()) == _rows(outline.hand_overs(reader))
    assert len(_rows(reader.hand_overs())) == len(edges)
    assert [row[0] for row in _rows(reader.hand_overs(["owns"]))] == ["owns:1"]
    assert _rows(reader.hand_overs(["owns"])) == _rows(outline.hand_overs(reader, ["owns"]))


def _rows(pieces: Iterable[outline.HandOvers]) -> list[tuple[object, ...]]:
    return [row for piece in pieces for row in zip(*piece, strict=True)]


def test_stamp_tells_contents_apart(store: Store) -> None:
    """Where what is made from a store is kept, a load that changes it makes it another."""
    load(store, RECORDS)
    first = store.reader().shelf
    if first is None:
        return
    load(store, RECORDS)
    assert store.reader().shelf == first
    load(store, RECORDS[:-1], digest="d2")
    assert store.reader().shelf not in (None, first)


def test_loading_twice_changes_nothing(store: Store) -> None:
    load(store, RECORDS)
    before = content(store.reader())
    assert load(store, RECORDS).revision == 1
    assert content(store.reader()) == before


def test_changed_data_replaces_and_what_is_gone_goes(store: Store) -> None:
    load(store, RECORDS)
    renamed = msgspec.structs.replace(BUYER, name="Test Air Renamed")
    load(store, [SOURCE, SELLER, renamed, EDGE], digest="d2")
    reader = store.reader()
    assert reader.revision == 2
    assert reader.entity("test-air").name == "Test Air Renamed"
    assert [e.id for e in reader.entities()] == ["test-air", "test-seller"]
    assert not [*reader.measures(), *reader.set_members(), *reader.refusals()]
    assert reader.search("Test Air Renamed")[0].id == "test-air"
    assert not [h for h in reader.search("ZZ-1AB") if h.id == "test-tail"]


def test_second_data_set_may_end_at_the_first(store: Store) -> None:
    load(store, RECORDS)
    mine = Entity(id="my-firm", kind="Company", name="My Firm")
    tie = Edge(id="owns:mine", kind="owns", source="my-firm", target="test-seller")
    load(store, [mine, tie], dataset="mine")
    reader = store.reader()
    assert [e.id for e in reader.edges_of("test-seller")] == ["owns:mine", "supplies:1"]
    assert [found.dataset for found in reader.loads()] == ["mine", "test"]


@pytest.mark.parametrize(
    ("mine", "what"),
    [
        (Edge(id="owns:mine", kind="owns", source="test-air", target="test-seller"), "edges to it"),
        (
            Measure(id="mine", entity="test-seller", regime="EU", layer="x", kind="listing"),
            "measures upon it",
        ),
        (SetMember(set="my-set", entity="test-seller", why="x"), "sets that hold it"),
    ],
)
def test_entity_that_others_lean_on_cannot_vanish(store: Store, mine: Record, what: str) -> None:
    load(store, RECORDS)
    load(store, [mine], dataset="mine")
    before = content(store.reader())
    with pytest.raises(BadInput, match=f"no longer .* the data set 'mine' has {what}"):
        load(store, [SOURCE, BUYER], digest="d2")
    assert content(store.reader()) == before


@pytest.mark.parametrize(
    "twice",
    [
        SetMember(set="test-set", entity="test-air", why="again"),
        msgspec.structs.replace(BUYER, claims=(CLAIM, CLAIM)),
    ],
)
def test_what_stands_twice_is_told_and_changes_nothing(store: Store, twice: Record) -> None:
    load(store, RECORDS)
    before = content(store.reader())
    with pytest.raises(BadInput, match="stands twice"):
        load(store, [*RECORDS, twice], digest="d2")
    assert content(store.reader()) == before


def test_what_other_data_sets_hold(store: Store) -> None:
    load(store, RECORDS)
    unnamed = Entity(id="S1:buyer", kind="Unnamed", name="a buyer", shipment="S1")
    load(store, [unnamed, SetMember(set="s", entity="test-air", why="x")], dataset="mine")
    assert store.reader().outside("mine") == Outside(
        entities={"test-air": "", "test-seller": "", "test-tail": ""},
        sources=frozenset({"test-report"}),
        measures=frozenset({"m1"}),
        members=frozenset({("test-set", "test-air")}),
    )
    assert store.reader().outside("test") == Outside(
        entities={"S1:buyer": "S1"}, members=frozenset({("s", "test-air")})
    )


@pytest.mark.parametrize(
    "bad",
    [
        Edge(id="x", kind="owns", source="test-air", target="nobody"),
        Measure(id="x", entity="nobody", regime="US", layer="OFAC", kind="listing"),
        SetMember(set="s", entity="nobody", why="x"),
        Entity(id="x", kind="Company", name="X", claims=(Claim(id="c", source="no-source"),)),
    ],
)
def test_end_that_resolves_to_nothing_changes_nothing(store: Store, bad: Record) -> None:
    load(store, RECORDS)
    before = content(store.reader())
    with pytest.raises(BadInput, match="is not known"):
        load(store, [*RECORDS, bad], digest="d2")
    assert content(store.reader()) == before


def test_id_of_another_data_set_is_refused(store: Store) -> None:
    load(store, RECORDS)
    before = content(store.reader())
    with pytest.raises(BadInput, match="already in the data set 'test'"):
        load(store, [msgspec.structs.replace(BUYER, name="Other")], dataset="mine")
    assert content(store.reader()) == before


def test_reader_sees_the_old_revision_while_a_load_runs(store: Store) -> None:
    load(store, RECORDS)
    reader = store.reader()
    seen: list[object] = []

    def records() -> list[Record]:
        seen.append(content(reader))
        return RECORDS

    before = content(reader)
    with store.writer() as writer:
        changed: Load = Load(dataset="test", loader="test", digest="d2")
        writer.write(changed, (record for record in records()))
    assert seen == [before]
    assert store.reader().revision == 2


def test_reader_stays_at_the_revision_it_was_opened_at(store: Store) -> None:
    load(store, RECORDS)
    reader = store.reader()
    renamed = msgspec.structs.replace(BUYER, name="Test Air Renamed")
    load(store, [SOURCE, SELLER, renamed], digest="d2")
    assert reader.revision == 1
    assert reader.entity("test-air") == BUYER
    assert list(reader.edges()) == [EDGE]
    assert reader.measures() == (MEASURE,)
    assert reader.search("Test Air Renamed")[0].score < 100
    assert store.reader().entity("test-air") == renamed


def test_state_changes_with_a_load_of_another_process_while_a_reader_is_open(store: Store) -> None:
    assert store_state(store.uri) == store_state(store.uri)
    load(store, RECORDS)
    reader = store.reader()
    before = store_state(store.uri)
    program = (
        "import sys; from graph.store import Load, open_writer; writer = open_writer(sys.argv[1]); "
        "writer.write(Load(dataset='mine', loader='test', digest='d1'), []); writer.close()"
    )
    subprocess.run([sys.executable, "-c", program, store.uri], check=True, timeout=60)
    after = store_state(store.uri)
    assert after != before
    assert after == store_state(store.uri)
    assert (reader.revision, store.reader().revision) == (1, 2)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Test Seller", "test-seller"),
        ("test seler", "test-seller"),
        ("тест селлер", "test-seller"),
        ("Test Seler FZE", "test-seller"),
        ("second name", "test-seller"),
        ("7710023333", "test-seller"),
        ("7T", "test-air"),
        ("ZZ-1AB", "test-tail"),
        ("zz1ab", "test-tail"),
        ("99881", "test-tail"),
    ],
)
def test_search_finds_names_spellings_and_codes(store: Store, text: str, found: str) -> None:
    load(store, RECORDS)
    assert store.reader().search(text)[0].id == found


@pytest.mark.parametrize(
    "text", ["", "   ", 'a:b (" OR *', "NEAR(x", '"""', "-", "\u202e\u200b", "x" * 999]
)
def test_hostile_search_is_just_text(store: Store, text: str) -> None:
    load(store, RECORDS)
    assert isinstance(store.reader().search(text), tuple)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("t", "test-air"),
        ("te", "test-air"),
        ("тест с", "test-seller"),
        ("zz-1", "test-tail"),
        ("zz1", "test-tail"),
        ("seller te", "test-seller"),
        ("name sec", "test-seller"),
        ("fze sell", "test-seller"),
        ("eller", "test-seller"),
        ("tets sel", "test-seller"),
        ("tesst air", "test-air"),
    ],
)
def test_search_finds_while_one_types(store: Store, text: str, found: str) -> None:
    load(store, RECORDS)
    assert found in [hit.id for hit in store.reader().search(text)]


@pytest.mark.parametrize("text", ["771002333", "77100233", "9988", "99882", "7"])
def test_codes_are_found_whole_or_not_at_all(store: Store, text: str) -> None:
    load(store, RECORDS)
    assert not [hit for hit in store.reader().search(text) if hit.why.startswith(("INN", "MSN"))]


@pytest.mark.parametrize("text", ["test", "t", "tset", "air test", "zz-1ab", "7710023333", "eller"])
@pytest.mark.parametrize("kinds", [["Airline"], ["Company", "Aircraft"], ["Person"]])
def test_search_for_some_kinds_finds_no_other(store: Store, text: str, kinds: list[str]) -> None:
    load(store, RECORDS)
    everything = store.reader().search(text, 100)
    assert everything
    found = store.reader().search(text, 100, kinds)
    assert found == tuple(hit for hit in everything if hit.kind in kinds)


def test_search_gives_no_more_than_asked_for_and_always_the_same(store: Store) -> None:
    load(store, RECORDS)
    reader = store.reader()
    everything = reader.search("test", 100)
    assert len(everything) == len({hit.id for hit in everything}) == 3
    assert reader.search("test", 100) == everything
    assert reader.search("test", 2) == everything[:2]
    assert reader.search("test", 0) == ()
    assert [hit.score for hit in everything] == sorted([h.score for h in everything], reverse=True)
    assert all(60 <= hit.score <= 100 for hit in everything)


marks = "\"'*-^:%_\0\u202e\u200b\u0301\ud800\ue0ab\U0010ffffﷺ١"
pieces = st.sampled_from((*marks, "NEAR(", " OR ", " AND ", "NOT ", "{folded}", "тест", "test"))


@settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    st.one_of(st.text(), st.lists(pieces, max_size=12).map("".join)), st.sampled_from([1, 1, 1_000])
)
def test_any_text_is_a_search(store: Store, text: str, times: int) -> None:
    if not _loaded(store):
        load(store, RECORDS)
    reader = store.reader()
    hits = reader.search((text * times)[:10_000], 10)
    assert hits == reader.search((text * times)[:10_000], 10)
    reader.search(text, 10, ["Airline"])


def _loaded(store: Store) -> bool:
    try:
        return bool(store.reader().loads())
    except NotFound:
        return False


def test_counts_say_what_cites_a_source(store: Store) -> None:
    load(store, RECORDS)
    assert store.reader().counts() == {
        "test-report": {"claim": 3, "entity": 1, "edge": 1, "measure": 1}
    }


words = st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=20)


@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.data())
def test_any_text_comes_back_as_it_was(store: Store, data: st.DataObject) -> None:
    entity = Entity(
        id="test-any",
        kind="Company",
        name=data.draw(words),
        country=data.draw(words),
        aliases=tuple(data.draw(st.lists(words, max_size=3))),
        identifiers=tuple(
            Identifier(data.draw(words), v) for v in data.draw(st.lists(words, max_size=2))
        ),
        properties=data.draw(st.dictionaries(words, words, max_size=3)),
        claims=(Claim(id="c", source="", note=data.draw(words)),),
    )
    edge = Edge(
        id="test-edge",
        kind="supplies",
        source="test-any",
        target="test-any",
        goods=data.draw(words),
        families=tuple(data.draw(st.lists(words, max_size=2))),
        properties=data.draw(st.dictionaries(words, words, max_size=3)),
    )
    load(store, [entity, edge], digest=uuid.uuid4().hex)
    reader = store.reader()
    assert reader.entity("test-any") == entity
    assert reader.edges_of("test-any") == (edge,)
