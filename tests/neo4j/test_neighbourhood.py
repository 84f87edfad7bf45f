"""A question asked of a server is answered from what surrounds it, as a file answers it."""

import random
from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest

from graph.kinds import CERTAINTIES, ROUTED
from graph.model import Claim, Edge, Record, Source
from graph.routes import Question
from graph.routes.records import Answer
from graph.store import Load, Reader, open_store, open_writer
from graph.store.neo4j import Neo4jReader
from tests.graphs import entity
from tests.near import CASE_QUESTIONS, Looking, case_question, parts, whole
from tests.neo4j_server.place import Place

pytestmark = pytest.mark.neo4j

PARTIES, EDGES, QUESTIONS = 30, 200, 8
DAYS = ("", "", "2020", "2023-05", "2024-01-02", "2026-01")
SOURCES = ("early", "late")


def _records(draw: random.Random) -> Iterator[Record]:
    """A random graph with hubs, of every kind that routes run over and some that rules reason from."""
    ids = [f"p{n:02}" for n in range(PARTIES)]
    yield from (Source(id=i, published=d) for i, d in zip(SOURCES, ("2021", "2024"), strict=True))
    for n, party in enumerate(ids):
        yield entity(party, "Airline" if n % 8 == 0 else "Company", draw.choice(["BY", "KZ", "TR"]))
    yield entity("FAM", "AircraftFamily")
    kinds = (*sorted(ROUTED) * 3, "owns", "affiliated_with")
    for n in range(EDGES):
        ends = draw.choices(ids, [1 + 20 * (i < 2) for i in range(PARTIES)], k=2)
        if ends[0] != ends[1]:
            yield _edge(f"edge{n:03}", draw.choice(kinds), ends, draw)
    for n in range(0, PARTIES, 8):
        yield _edge(f"fleet{n}", "operates_family", [ids[n], "FAM"], draw)
    yield _edge("makes", "makes_aircraft", [ids[1], "FAM"], draw)


def _edge(name: str, kind: str, ends: list[str], draw: random.Random) -> Edge:
    claim = Claim(
        id=f"claim of {name}",
        source=draw.choice(SOURCES),
        status="press-reported",
        certainty=draw.choice(("high", "high", *CERTAINTIES)),
    )
    return Edge(
        id=name,
        kind=kind,
        source=ends[0],
        target=ends[1],
        start=draw.choice(DAYS),
        families=draw.choice([(), (), ("FAM",)]),
        hs=draw.choice(["", "8807.30"]),
        claims=(claim,),
    )


def _question(draw: random.Random) -> Question:
    ids = draw.sample([f"p{n:02}" for n in range(PARTIES)], 7)
    return Question(
        origins=tuple(ids[:2]),
        destinations=tuple(ids[2:5]),
        via=((ids[5],),) if draw.random() < 0.3 else (),
        avoid=(ids[6],) if draw.random() < 0.3 else (),
        max_hops=draw.randint(1, 5),
        kinds=draw.choice([(), ("supplies", "ships_to")]),
        order=draw.choice(["any", "any", "time"]),
        min_certainty=draw.choice(["", "medium"]),
        contested=draw.random() < 0.3,
    )


def _load(uri: str, seed: int) -> None:
    with open_writer(uri) as writer:
        load = Load(dataset="random", loader="test", digest=str(seed))
        writer.write(load, _records(random.Random(seed)))


def _from_part(
    server: Reader, q: Question, known_at: int | None, most: int | None = None
) -> Answer:
    assert isinstance(server, Neo4jReader)
    return _bare(parts(server, server.near, q, known_at, most))


def _bare(found: Answer) -> Answer:
    """Without the revision: loads are counted by each store for itself."""
    return msgspec.structs.replace(found, store={})


def test_random_graphs_are_answered_as_from_a_file(neo4j: Place, tmp_path: Path) -> None:
    routes = 0
    for seed in range(2):
        file = str(tmp_path / f"{seed}.db")
        for uri in (neo4j.uri, file):
            _load(uri, seed)
        server, plain = open_store(neo4j.uri), open_store(file)
        draw = random.Random(seed)
        for _ in range(QUESTIONS):
            q, known_at = _question(draw), draw.choice([None, None, 738_500])
            expected = _bare(whole(plain, q, known_at))
            assert _from_part(server, q, known_at) == expected, q
            routes += len(expected.routes)
    assert routes > 50


def test_reader_stays_at_its_revision_while_hand_overs_change(neo4j: Place, tmp_path: Path) -> None:
    file = str(tmp_path / "before.db")
    for uri in (neo4j.uri, file):
        _load(uri, 1)
    server, plain = open_store(neo4j.uri), open_store(file)
    _load(neo4j.uri, 2)
    draw = random.Random(5)
    for _ in range(QUESTIONS):
        q = _question(draw)
        assert _from_part(server, q, None) == _bare(whole(plain, q)), q


def test_case_is_answered_as_from_a_file(case_uri: str, case: Reader) -> None:
    server = open_store(case_uri)
    for fields in CASE_QUESTIONS:
        q = case_question(case, fields)
        assert _from_part(server, q, None) == _bare(whole(case, q)), fields


def test_degrees_are_never_less_than_what_is_given(neo4j: Place) -> None:
    _load(neo4j.uri, 1)
    before = open_store(neo4j.uri)
    _load(neo4j.uri, 2)
    for reader in (before, open_store(neo4j.uri)):
        assert isinstance(reader, Neo4jReader)
        everybody = {party for party, _, _ in reader.parties()}
        for end in ("source", "target"):
            most = reader.near.degrees(everybody, end)
            given = list(reader.near.at(everybody, end, ROUTED, 800_000))
            exactly = Looking(reader).degrees(everybody, end)
            assert len(given) == sum(exactly.values())
            assert all(most[party] >= number for party, number in exactly.items())


def test_hub_of_a_server_is_left_shut_and_the_answer_says_so(neo4j: Place) -> None:
    _load(neo4j.uri, 1)
    server = open_store(neo4j.uri)
    q = Question(origins=("p00",), destinations=("p07",), max_hops=4, rules=())
    found = _from_part(server, q, None, most=10)
    assert found.truncated
    assert found.cut is not None
    assert "Test p00" in found.cut
    assert _from_part(server, q, None).cut is None
