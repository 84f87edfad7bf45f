"""Every store hands a data set on as it was written: what another store, or a file, is made of."""

from pathlib import Path

import msgspec

from graph.model import Claim, Edge, Entity, Measure, Reading, Record, Refusal, SetMember
from graph.store import Reader
from tests.contract.conftest import Store
from tests.contract.test_store_contract import (
    BUYER,
    CLAIM,
    EDGE,
    MEASURE,
    RECORDS,
    SELLER,
    SOURCE,
    TAIL,
    content,
    load,
)


def other_store(folder: Path) -> Store:
    """A second store of the default kind."""
    return Store(str(folder / "other.db"))


def test_records_of_a_data_set_make_an_equal_store(store: Store, tmp_path: Path) -> None:
    claims = tuple(
        Claim(id=f"c{n}", source="test-report", note=f"{n}", certainty="low") for n in (3, 1, 2)
    )
    more: list[Record] = [
        Refusal(claim="zz a later claim", why="no source"),
        Refusal(claim="a claim", why="no source", source="test-report"),
        Reading(measure="m1", reading="narrow", who="else", weight="weak"),
        Entity(id="test-claimed", kind="Company", name="Claimed", claims=claims),
    ]
    mine: list[Record] = [
        Entity(id="my-firm", kind="Company", name="My Firm", claims=(CLAIM,)),
        Edge(id="owns:mine", kind="owns", source="my-firm", target="test-seller", share="50.00"),
        Measure(id="m0", entity="test-air", regime="EU", layer="x", kind="listing"),
        SetMember(set="test-set", entity="test-seller", why="mine"),
        Refusal(claim="my claim", why="no source"),
    ]
    load(store, [*RECORDS, *more])
    load(store, mine, dataset="mine")
    load(store, [*more, *RECORDS], digest="d2")
    reader = store.reader()
    other = other_store(tmp_path)
    for found in sorted(reader.loads(), key=lambda f: f.revision, reverse=True):
        with other.writer() as writer:
            writer.write(found, reader.records(found.dataset))
    assert without_revision(other.reader()) == without_revision(reader)
    assert [list(other.reader().records(name)) for name in ("mine", "test")] == [
        list(reader.records(name)) for name in ("mine", "test")
    ]
    other.close()


def without_revision(reader: Reader) -> list[object]:
    """The content of a store that does not depend on how many loads it took."""
    *facts, loads, _ = content(reader)
    assert isinstance(loads, tuple)
    return [*facts, [msgspec.structs.replace(found, revision=0) for found in loads]]


def test_records_come_in_the_order_a_writer_takes_them(store: Store) -> None:
    load(store, [*reversed(RECORDS)])
    assert list(store.reader().records("test")) == [
        *(SOURCE, BUYER, SELLER, TAIL, EDGE, MEASURE),
        *(record for record in RECORDS if isinstance(record, SetMember | Refusal | Reading)),
    ]
    assert list(store.reader().records("nothing of this name")) == []


def test_records_of_a_large_data_set_are_all_there(store: Store) -> None:
    many = [
        Entity(id=f"test-{n:05}", kind="Company", name=f"Test {n}", claims=(CLAIM,))
        for n in range(5_001)
    ]
    load(store, [SOURCE, *many])
    assert list(store.reader().records("test")) == [SOURCE, *many]
