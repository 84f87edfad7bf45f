"""Every store runs this suite; a new one adds its line here and passes it unchanged."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from graph.store import Reader, Writer, open_store, open_writer
from tests.neo4j_server.place import Place


class Store:
    """One store under test: how to read it and how to load it."""

    def __init__(self, uri: str) -> None:
        self.uri = uri
        self._open: list[Reader] = []

    def writer(self) -> Writer:
        return open_writer(self.uri)

    def reader(self) -> Reader:
        reader = open_store(self.uri)
        self._open.append(reader)
        return reader

    def close(self) -> None:
        for reader in self._open:
            reader.close()


def _sqlite(request: pytest.FixtureRequest) -> str:
    folder: Path = request.getfixturevalue("tmp_path")
    return str(folder / "store.db")


def _neo4j(request: pytest.FixtureRequest) -> str:
    place: Place = request.getfixturevalue("neo4j")
    return place.uri


STORES = (
    pytest.param(_sqlite, id="sqlite"),
    pytest.param(_neo4j, id="neo4j", marks=pytest.mark.neo4j),
)


@pytest.fixture(params=STORES)
def store(request: pytest.FixtureRequest) -> Iterator[Store]:
    make: Callable[[pytest.FixtureRequest], str] = request.param
    made = Store(make(request))
    yield made
    made.close()
