"""A load that is cut short anywhere: nothing that was acknowledged is lost, nothing stands twice."""

import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor

import pytest
from neo4j import ManagedTransaction

from graph.exc import NotFound, StoreError
from graph.model import Edge, Entity, Record
from graph.store import (
    Load,
    Reader,
    neo4j_batch,
    neo4j_driver,
    neo4j_writer,
    open_store,
    open_writer,
)
from graph.store.neo4j_snapshot import Snapshot
from graph.store.neo4j_turn import Turn, turn
from tests.neo4j_server.place import Place
from tests.neo4j_server.server import USER, Server

pytestmark = pytest.mark.neo4j

SOME = 60


def records(name: str, count: int = SOME) -> list[Record]:
    """A ring of made-up companies, each called as asked."""
    ids = [f"test-{at:04}" for at in range(count)]
    ring = zip(ids, [*ids[1:], ids[0]], strict=True)
    return [
        *(Entity(id=i, kind="Company", name=f"Test {name} {i}") for i in ids),
        *(Edge(id=f"owns:{a}", kind="owns", source=a, target=b, goods=name) for a, b in ring),
    ]


def load(uri: str, name: str, count: int = SOME) -> Load:
    with open_writer(uri) as writer:
        return writer.write(
            Load(dataset="test", loader="test", digest=f"{name}{count}"), records(name, count)
        )


def content(reader: Reader) -> list[object]:
    return [reader.revision, list(reader.entities()), list(reader.edges()), reader.loads()]


def expected(name: str, count: int = SOME) -> list[Record]:
    return sorted(records(name, count), key=lambda r: (isinstance(r, Edge), getattr(r, "id", "")))


def held(uri: str) -> list[Record]:
    reader = open_store(uri)
    return [*reader.entities(), *reader.edges()]


@pytest.mark.usefixtures("few_at_once")
@pytest.mark.parametrize("batch", [1, 2, 4, 6])
def test_load_that_fails_in_the_middle_changes_nothing_and_can_be_run_again(
    neo4j: Place, monkeypatch: pytest.MonkeyPatch, batch: int
) -> None:
    load(neo4j.uri, "old")
    old = open_store(neo4j.uri)
    before, counted = content(old), [0]
    change = neo4j_batch.apply

    def broken(*args: object) -> None:
        counted[0] += 1
        if counted[0] == batch:
            # What is seen now lies half in the old state and half in the new one.
            assert content(old) == content(open_store(neo4j.uri)) == before
            raise KeyboardInterrupt
        change(*args)  # type: ignore[arg-type]

    with monkeypatch.context() as patch:
        patch.setattr(neo4j_writer, "apply", broken)
        with pytest.raises(KeyboardInterrupt):
            load(neo4j.uri, "new", SOME - 7)
    assert content(open_store(neo4j.uri)) == content(old) == before
    assert load(neo4j.uri, "new", SOME - 7).revision == 2
    assert held(neo4j.uri) == expected("new", SOME - 7)
    assert content(old) == before


@pytest.mark.usefixtures("few_at_once")
def test_rows_that_were_read_in_a_load_which_is_then_undone_are_read_again(
    neo4j: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    load(neo4j.uri, "old")
    reader, before = open_store(neo4j.uri), held(neo4j.uri)[:SOME]
    reading, undone = threading.Event(), threading.Event()
    ask, change = Snapshot._is_unwritten, neo4j_batch.apply

    def late(self: Snapshot, transaction: ManagedTransaction) -> bool:
        if threading.current_thread() is not threading.main_thread():
            reading.set()
            assert undone.wait(20)
        return ask(self, transaction)

    def broken(*args: object) -> None:
        if not done:
            done.append(change(*args))  # type: ignore[arg-type]
            return
        found.append(pool.submit(lambda: [*reader.entities()]))
        assert reading.wait(20)
        raise KeyboardInterrupt

    done: list[None] = []
    found: list[Future[list[Entity]]] = []
    with ThreadPoolExecutor(1) as pool, monkeypatch.context() as patch:
        patch.setattr(Snapshot, "_is_unwritten", late)
        patch.setattr(neo4j_writer, "apply", broken)
        with pytest.raises(KeyboardInterrupt):
            load(neo4j.uri, "new")
        undone.set()
        assert found[0].result() == before


KILLED = """
import sys
from graph.store import neo4j_writer, neo4j_turn
from tests.neo4j.test_crashes import load
change = neo4j_writer.apply
counted = [0]
def slow(*args):
    change(*args)
    counted[0] += 1
    if counted[0] == 3:
        print("written", flush=True)
        sys.stdin.read()
neo4j_turn.SIZE = 20
neo4j_writer.apply = slow
load(sys.argv[1], "new")
"""


def test_load_whose_process_is_killed_is_undone_by_the_next(neo4j: Place) -> None:
    load(neo4j.uri, "old")
    before = content(open_store(neo4j.uri))
    command = [sys.executable, "-c", KILLED, neo4j.uri]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == b"written\n"
        assert content(open_store(neo4j.uri)) == before
        process.kill()
    began = time.monotonic()
    other = Load(dataset="other", loader="test", digest="d")
    with open_writer(neo4j.uri) as writer:  # of another data set, which must not publish the first
        writer.write(other, [Entity(id="test-other", kind="Company", name="Test Other")])
    assert time.monotonic() - began < 20
    assert [e for e in open_store(neo4j.uri).entities() if e.id != "test-other"] == before[1]
    load(neo4j.uri, "new")
    assert [r for r in held(neo4j.uri) if r.id != "test-other"] == expected("new")  # type: ignore[union-attr]


def test_server_killed_in_a_load_keeps_all_that_was_acknowledged(
    monkeypatch: pytest.MonkeyPatch, neo4j_place: Place
) -> None:
    """`neo4j_place` is asked for so that a missing Java is told once."""
    monkeypatch.setitem(neo4j_driver.OPTIONS, "max_transaction_retry_time", 0.5)
    with Server() as server:
        monkeypatch.setenv("NEO4J_USERNAME", USER)
        monkeypatch.setenv("NEO4J_PASSWORD", server.password)
        load(server.uri, "old")
        reader = open_store(server.uri)
        before, counted = content(reader), [0]
        change = neo4j_batch.apply

        def killing(*args: object) -> None:
            counted[0] += 1
            if counted[0] == 3:
                server.kill()
            change(*args)  # type: ignore[arg-type]

        with monkeypatch.context() as patch:
            patch.setattr(neo4j_writer, "apply", killing)
            patch.setattr("graph.store.neo4j_turn.SIZE", 20)
            with pytest.raises(StoreError, match="no server answers"):
                load(server.uri, "new")
        with pytest.raises(StoreError, match="no server answers at bolt"):
            reader.entity("test-0000")  # a server that went away between two reads
        server.start()
        assert content(reader) == content(open_store(server.uri)) == before
        assert load(server.uri, "new").revision == 2
        assert held(server.uri) == expected("new")
        server.stop()
        server.start(["server.databases.read_only=neo4j"])
        with pytest.raises(StoreError, match="is read-only: nothing was changed"):
            load(server.uri, "newer")
        assert held(server.uri) == expected("new")
    neo4j_driver.forget()


def test_second_load_waits_for_the_first(neo4j: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    load(neo4j.uri, "old")
    monkeypatch.setattr("graph.store.neo4j_turn.WAIT", 1.0)

    def meanwhile() -> Iterator[Record]:
        with pytest.raises(StoreError, match="another load may be running"):
            load(neo4j.uri, "second")
        yield from records("first")

    with open_writer(neo4j.uri) as writer:
        writer.write(Load(dataset="test", loader="test", digest="first"), meanwhile())
    assert held(neo4j.uri) == expected("first")


def test_batch_whose_answer_was_lost_is_not_done_twice(neo4j: Place) -> None:
    load(neo4j.uri, "old")
    done: list[str] = []
    with turn(neo4j_driver.Connection(neo4j.uri)) as taken:
        taken.batch(lambda transaction: done.append("first"))
        taken.done -= 1  # as after a commit that nobody told us of
        taken.batch(lambda transaction: done.append("again"))
        taken.batch(lambda transaction: done.append("next"))
    assert done == ["first", "next"]


def test_load_that_lost_its_turn_writes_no_more(neo4j: Place) -> None:
    load(neo4j.uri, "old")
    before = held(neo4j.uri)

    def robbed() -> Iterator[Record]:
        with neo4j.driver() as driver:
            driver.execute_query("MATCH (s:LoopholeStore) SET s.writer = 'someone else'")
        yield from records("new")

    with open_writer(neo4j.uri) as writer, pytest.raises(StoreError, match="took its turn"):
        writer.write(Load(dataset="test", loader="test", digest="new"), robbed())
    assert held(neo4j.uri) == before


def test_reader_left_behind_by_several_loads_says_so(neo4j: Place) -> None:
    load(neo4j.uri, "one")
    reader = open_store(neo4j.uri)
    for name in ("two", "three", "four"):
        load(neo4j.uri, name)
    assert reader.entity("test-0000").name == "Test one test-0000"
    for name in ("five", "six"):
        load(neo4j.uri, name)
    with pytest.raises(StoreError, match="moved on by several loads"):
        reader.entity("test-0000")
    with neo4j.driver() as driver:
        left = driver.execute_query("MATCH (o:LoopholeOld) RETURN min(o.until)").records[0].value()
    assert left == 3


def test_turn_that_is_taken_sees_what_was_published_until_then(neo4j: Place) -> None:
    load(neo4j.uri, "old")
    connection = neo4j_driver.Connection(neo4j.uri)
    first = Turn(connection)
    first.begin()
    first.publish()
    second = Turn(connection)
    assert (first.revision, second.before.revision, second.before.loading) == (2, 2, False)
    third = Turn(connection)
    with pytest.raises(StoreError, match="took its turn"):
        second.publish()
    assert third.before.revision == 2
    third.give_back()


def test_load_of_which_only_the_last_answer_was_lost_is_done(
    neo4j: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    batch = Turn.batch

    def lost(self: Turn, work: Callable[[ManagedTransaction], None]) -> None:
        batch(self, work)
        if open_store(neo4j.uri).revision == self.revision:
            raise StoreError("no server answers")

    monkeypatch.setattr(Turn, "batch", lost)
    assert load(neo4j.uri, "new").revision == 1
    assert held(neo4j.uri) == expected("new")


def test_rows_that_others_have_spoilt_can_be_taken_away(neo4j: Place) -> None:
    load(neo4j.uri, "old")
    with neo4j.driver() as driver:
        driver.execute_query(
            f"MATCH (n:Entity {{id: 'test-{SOME - 1:04}'}}) SET n.kind = 'Starship'"
        )
    load(neo4j.uri, "new", SOME - 7)
    assert held(neo4j.uri) == expected("new", SOME - 7)


def test_id_that_is_taken_by_something_of_others_is_told(neo4j: Place) -> None:
    with open_writer(neo4j.uri), neo4j.driver() as driver:
        driver.execute_query("CREATE (:Theirs)-[:OWNS {id: 'owns:test-0000'}]->(:Theirs)")
    with pytest.raises(StoreError, match="not of this program, or that was changed by others"):
        load(neo4j.uri, "new")
    with pytest.raises(NotFound):
        open_store(neo4j.uri).entity("test-0000")
