"""What does not fit in one transaction is written and read in parts, and is the same."""

from collections.abc import Iterator, Sequence
from itertools import pairwise

import msgspec
import pytest

from graph.model import Claim, Edge, Entity, Measure, Record, Source
from graph.store import Load, Reader, open_store, open_writer
from tests.neo4j_server.place import Place

pytestmark = [pytest.mark.neo4j, pytest.mark.usefixtures("few_at_once")]

IDS = [f"test-{at:03}" for at in range(70)]
ODD = ("test-é", "test-Я", "test-龍", "test-\ufb01", "test-\U0001f600")
KINDS = ("owns", "supplies", "ships_to")


def claims(count: int) -> tuple[Claim, ...]:
    return tuple(Claim(id=f"c{n}", source="test-report", note=f"{n}") for n in range(count))


def first() -> Iterator[Record]:
    yield Source(id="test-report", title="Test Report")
    for at, name in enumerate((*IDS, *ODD)):
        yield Entity(id=name, kind="Company", name=f"Test {name}", claims=claims(at % 3))
        yield Measure(
            id=f"m-{name}", entity=name, regime="US", layer="OFAC", kind="listing", claims=claims(1)
        )
    for at, (a, b) in enumerate(pairwise(IDS)):
        kind = KINDS[at % len(KINDS)]
        yield Edge(id=f"e{at:03}", kind=kind, source=a, target=b, claims=claims(at % 3))


def second() -> Iterator[Record]:
    """The same with much that is gone, new, renamed, moved to other ends, or of another kind."""
    for record in first():
        digits = str(getattr(record, "id", ""))[-2:]
        number = int(digits) if digits.isdecimal() else 1
        if isinstance(record, Entity) and number % 5 == 0:
            yield msgspec.structs.replace(record, name=f"Test Renamed {record.id}", claims=())
        elif isinstance(record, Edge) and number % 3 == 0:
            yield msgspec.structs.replace(record, kind="supplies", target="test-new", goods="new")
        elif not (isinstance(record, Edge | Measure) and number % 4 == 0):
            yield record
    yield Entity(id="test-new", kind="Airline", name="Test New")


def load(uri: str, records: Iterator[Record], digest: str) -> None:
    with open_writer(uri) as writer:
        writer.write(Load(dataset="test", loader="test", digest=digest), records)


def held(reader: Reader) -> list[object]:
    asked = ("test renamed", "test-019", "test new")
    hits: list[object] = [reader.search(text, limit=80) for text in asked]
    return [*reader.records("test"), reader.counts(), *hits]


def expected(tmp: str, records: Sequence[Iterator[Record]]) -> list[list[object]]:
    """What a file holds after each of some loads."""
    found = []
    for number, some in enumerate(records):
        load(tmp, some, f"d{number}")
        reader = open_store(tmp)
        found.append(held(reader))
        reader.close()
    return found


def test_second_state_of_a_data_set_is_that_of_a_file_and_the_first_stays_readable(
    neo4j: Place, tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("file")
    one, two = expected(str(folder / "store.db"), [first(), second()])
    load(neo4j.uri, first(), "d0")
    old = open_store(neo4j.uri)
    assert held(old) == one
    load(neo4j.uri, second(), "d1")
    assert held(open_store(neo4j.uri)) == two
    assert held(old) == one
    load(neo4j.uri, first(), "d2")
    assert held(open_store(neo4j.uri)) == one


def test_order_of_a_load_is_no_matter(
    neo4j: Place, tmp_path_factory: pytest.TempPathFactory
) -> None:
    file = str(tmp_path_factory.mktemp("file") / "store.db")
    load(file, first(), "d")
    load(neo4j.uri, iter([*first()][::-1]), "d")
    assert [*open_store(neo4j.uri).records("test")] == [*open_store(file).records("test")]


@pytest.mark.parametrize("kinds", [(), ("owns",), ("owns", "supplies"), ("controls",)])
def test_edges_come_by_id_each_once(neo4j: Place, kinds: tuple[str, ...]) -> None:
    load(neo4j.uri, first(), "d")
    edges = [e for e in first() if isinstance(e, Edge) and (not kinds or e.kind in kinds)]
    assert [*open_store(neo4j.uri).edges(kinds)] == edges
