"""Search in a store of made-up names: what is typed in part, in another order or wrongly is found."""

import random
import string
from collections.abc import Iterator
from pathlib import Path

import pytest

from benchmarks.made_up import write_store
from graph.model import Entity
from graph.names import fold
from graph.store import Load, Reader, open_store, open_writer
from graph.store.spellings import mark

EVERY = 1_000


@pytest.fixture(scope="module")
def reader(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Reader]:
    path = str(tmp_path_factory.mktemp("made-up") / "store.db")
    write_store(path, 400, 0)
    opened = open_store(path)
    yield opened
    opened.close()


@pytest.fixture(scope="module")
def companies(reader: Reader) -> list[Entity]:
    return list(reader.entities(["Company"]))


def found(reader: Reader, text: str, limit: int = 10) -> list[str]:
    return [hit.id for hit in reader.search(text, limit)]


def test_every_start_of_a_name_finds_all_that_start_so(
    reader: Reader, companies: list[Entity]
) -> None:
    everyone = list(reader.entities())
    for company in companies[::40]:
        for length in range(1, 8):
            start = fold(company.name[:length])
            expected = {e.id for e in everyone if fold(e.name).startswith(start)}
            assert expected <= set(found(reader, company.name[:length], EVERY))


def test_words_in_any_order_each_in_part(reader: Reader, companies: list[Entity]) -> None:
    for company in companies[::10]:
        one, two, three, *_ = company.name.split()
        assert company.id in found(reader, f"{two} {one}")
        assert company.id in found(reader, f"{three[:4]} {one}")
        assert company.id in found(reader, f"{two[:3]} {three[:2]} {one[:5]}", 50)


def test_whole_name_comes_first(reader: Reader, companies: list[Entity]) -> None:
    for company in companies[::20]:
        for name in (company.name, *company.aliases):
            assert reader.search(name)[0].score == 100
            assert company.id in found(reader, name)


def test_one_error_anywhere_in_the_first_word(reader: Reader, companies: list[Entity]) -> None:
    source = random.Random(1)
    for company in companies[::40]:
        word = company.name.split()[0]
        for at in range(1, len(word)):
            letter = source.choice(string.ascii_lowercase)
            for wrong in (
                word[: at - 1] + word[at] + word[at - 1] + word[at + 1 :],
                word[:at] + letter + word[at + 1 :],
                word[:at] + letter + word[at:],
                word[:at] + word[at + 1 :],
            ):
                assert len(fold(wrong)) < 3 or company.id in found(reader, wrong, 50), wrong


def test_one_error_in_a_long_name(reader: Reader, companies: list[Entity]) -> None:
    for company in companies[::10]:
        for at in range(3, len(company.name) - 12, 4):
            wrong = (
                company.name[:at] + company.name[at + 1] + company.name[at] + company.name[at + 2 :]
            )
            assert found(reader, wrong)[0] == company.id, wrong


def test_bounds_hold_when_a_thousand_names_are_the_same(tmp_path: Path) -> None:
    path = str(tmp_path / "store.db")
    same = [Entity(id=f"test-{n:04}", kind="Company", name="Test Same") for n in range(1_000)]
    one = Entity(id="test-zz", kind="Airline", name="Test Same")
    with open_writer(path) as writer:
        writer.write(Load(dataset="test", loader="test", digest="d1"), [*same, one])
    reader = open_store(path)
    assert found(reader, "test same", 3) == ["test-0000", "test-0001", "test-0002"]
    for text in ("test same", "tes", "same te", "tset same"):
        assert [hit.id for hit in reader.search(text, 10, ["Airline"])] == ["test-zz"]
    reader.close()


def test_mark_of_a_kind_is_one_trigram_that_no_name_folds_to() -> None:
    assert len({mark(kind) for kind in ("Airline", "Aircraft", "Airport", "")}) == 4
    assert len(mark("Airline")) == 3
    assert fold(mark("Airline")) == ""
