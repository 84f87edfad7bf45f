"""Every store runs this suite; a new one adds its line here and passes it unchanged."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from graph.store import Reader, Writer, open_store, open_writer


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


def _sqlite(folder: Path) -> str:
    return str(folder / "store.db")


STORES: dict[str, Callable[[Path], str]] = {"sqlite": _sqlite}


@pytest.fixture(params=sorted(STORES))
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Store]:
    made = Store(STORES[request.param](tmp_path))
    yield made
    made.close()
