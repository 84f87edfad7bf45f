"""`make bench-neo4j`: a store on a Neo4j server against one in a file, over the same made-up graph.

Needs Java and Maven, or the address of a database that may be emptied in `NEO4J_TEST_URI`. Seconds are
those of a clock, since most of the work is the server's: trust the ratios, which come from one run.
`--big` is the graph of a million parties.
"""

import argparse
import os
import platform
import random
import sqlite3
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path

from benchmarks.made_up import CARRIERS, SUPPLIERS, records
from graph.dates import day_of
from graph.model import Edge, Entity, Record
from graph.neighbourhood import surroundings
from graph.routes import Question, parse_set
from graph.routes.answer import answer
from graph.store import Load, Reader, open_store, open_writer
from tests.neo4j_server.place import Place, place
from tests.neo4j_server.server import Server

_JAVA = ("-Xms1g", "-Xmx3g")
_SETTINGS = ("server.memory.pagecache.size=1g",)
_DATASET = "made-up"
_LOADERS, _READERS, _ROUNDS = 2, 10, 5
_LOADER_PARTIES, _LOADER_EDGES = 500, 2_000
_LOOKS = 50
_DAY = day_of("2025-06-15")


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--parties", type=int, default=100_000)
    parser.add_argument("--edges", type=int, default=500_000)
    parser.add_argument("--big", action="store_true", help="1,000,000 parties, 5,000,000 edges")
    options = parser.parse_args()
    size = (1_000_000, 5_000_000) if options.big else (options.parties, options.edges)
    with (
        tempfile.TemporaryDirectory() as folder,
        place(lambda: Server(java=_JAVA, settings=_SETTINGS)) as server,
    ):
        os.environ |= server.environment()
        print(
            f"Python {platform.python_version()}, {platform.machine()}, SQLite "
            f"{sqlite3.sqlite_version}, {_version(server)} with {' '.join(_JAVA)}\n"
        )
        server.empty()
        _all_at_once(server.uri)
        server.empty()
        _against_a_file(str(Path(folder) / "made-up.db"), server, *size)


def _version(server: Place) -> str:
    with server.driver() as driver:
        return driver.get_server_info().agent


def _against_a_file(file: str, server: Place, parties: int, edges: int) -> None:
    """Load, read back and look up in both, and print a line for each."""
    start = time.perf_counter()
    number = sum(1 for _ in records(parties, edges))
    made = time.perf_counter() - start
    print(f"{parties:,} parties, {edges:,} edges: {number:,} records, {made:.0f} s to make up\n")
    print("| | SQLite file | Neo4j server | Neo4j takes |\n|---|---|---|---|")
    uris = (file, server.uri)
    first = [_timed(partial(_load, uri, parties, edges)) - made for uri in uris]
    _line("first load", number, first)
    _line("the same again", 1, [_timed(partial(_load, uri, parties, edges)) for uri in uris])
    readers = [open_store(uri) for uri in uris]
    _line("read all back", number, [_timed(partial(_count, reader)) for reader in readers])
    ids = random.Random(1).sample(range(parties * 4 // 5), _LOOKS)
    for name, look in _LOOK_UPS.items():
        _line(name, _LOOKS, [_timed(partial(_look, look, reader, ids)) for reader in readers])
    _line("the standard question, first asked", 1, [_timed(partial(_ask, r)) for r in readers])
    for reader in readers:
        reader.close()


def _ask(reader: Reader) -> None:
    """What surrounds the question is cut out on the server; the whole view is made of a file."""
    around = surroundings(reader, _DAY)
    question = Question(
        origins=parse_set(around.directory, SUPPLIERS),
        destinations=parse_set(around.directory, CARRIERS),
    )
    part = around.of(question)
    found = answer(part.view, question, 20, folded=False, version="", cut=part.cut)
    print(f"{found.counts.routes} routes{': ' + part.cut if part.cut else ''}", file=sys.stderr)


_LOOK_UPS: dict[str, Callable[[Reader, str], object]] = {
    "one entity": lambda reader, entity: reader.entity(entity),
    "edges of one": lambda reader, entity: reader.edges_of(entity),
    "search by its id": lambda reader, entity: reader.search(entity),
}


def _look(look: Callable[[Reader, str], object], reader: Reader, ids: list[int]) -> None:
    for number in ids:
        look(reader, f"made-up-{number:06}")


def _line(name: str, number: int, seconds: list[float]) -> None:
    said = [
        f"{each:.1f} s, {number / each:,.0f}/s"
        if number > _LOOKS
        else f"{each / number * 1000:.1f} ms"
        for each in seconds
    ]
    print(
        f"| {name} | {said[0]} | {said[1]} | {seconds[1] / seconds[0]:.1f} times as long |",
        flush=True,
    )


def _load(uri: str, parties: int, edges: int) -> Load:
    with open_writer(uri) as writer:
        load = Load(dataset=_DATASET, loader="made-up", digest=f"{parties}-{edges}")
        return writer.write(load, records(parties, edges))


def _count(reader: Reader) -> int:
    return sum(1 for _ in reader.records(_DATASET))


def _all_at_once(uri: str) -> None:
    """Loads of two data sets, again and again, while readers look: each sees whole loads only."""
    stop = threading.Event()
    with open_writer(uri):
        pass
    with ThreadPoolExecutor(_LOADERS + _READERS) as pool:
        readers = [pool.submit(_keep_reading, uri, stop) for _ in range(_READERS)]
        try:
            seconds = _timed(lambda: [*pool.map(partial(_keep_loading, uri), range(_LOADERS))])
        finally:
            stop.set()
        looks = sum(reader.result() for reader in readers)
    written = _LOADERS * _ROUNDS * (_LOADER_PARTIES + _LOADER_EDGES)
    print(
        f"{_LOADERS} loaders of {_ROUNDS} loads each and {_READERS} readers at once: {written:,} "
        f"records written in {seconds:.0f} s, {looks:,} whole looks at the store, no error\n"
    )


def _keep_loading(uri: str, number: int) -> None:
    for turn in range(_ROUNDS):
        with open_writer(uri) as writer:
            load = Load(dataset=f"made-up-{number}", loader="made-up", digest=str(turn))
            writer.write(load, _small(number, turn))


def _small(number: int, turn: int) -> Iterator[Record]:
    """A data set all of whose records say in which turn they were written."""
    ids = [f"made-up-{number}-{n:05}" for n in range(_LOADER_PARTIES)]
    source = random.Random(turn)
    yield from (Entity(id=i, kind="Company", name=f"{i} of turn {turn}") for i in ids)
    for edge in range(_LOADER_EDGES):
        ends = source.sample(ids, 2)
        yield Edge(
            id=f"made-up-{number}-edge-{edge:05}",
            kind="supplies",
            source=ends[0],
            target=ends[1],
            goods=f"of turn {turn}",
        )


def _keep_reading(uri: str, stop: threading.Event) -> int:
    """Look until told to stop; how often what was seen was whole."""
    looks = 0
    while not stop.is_set():
        reader = open_store(uri)
        for load in reader.loads():
            turns = {entity.name.rpartition(" ")[2] for entity in _sample(reader, load.dataset)}
            assert turns == {load.digest}, (load, turns)
            looks += 1
        reader.close()
    return looks


def _sample(reader: Reader, dataset: str) -> Iterator[Entity]:
    for number in range(0, _LOADER_PARTIES, _LOADER_PARTIES // 5):
        entity = reader.entity(f"{dataset}-{number:05}")
        turns = {edge.goods for edge in reader.edges_of(entity.id)}
        assert len(turns) <= 1, turns
        yield entity


def _timed(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


if __name__ == "__main__":
    main()
