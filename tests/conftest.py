"""Fixtures: tiny and named after what they show. Prefer a graph of five lines in the test itself.

The curated case is loaded once a session into a store of its own; tests never write to it.
"""

from collections.abc import Iterator
from pathlib import Path

import pytest

from graph.store import Reader, open_store
from loaders import run


@pytest.fixture(scope="session")
def case_path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store file with the curated case."""
    path = tmp_path_factory.mktemp("case") / "case.db"
    run.load(str(path), run.case_folder())
    return path


@pytest.fixture(scope="session")
def case(case_path: Path) -> Iterator[Reader]:
    """The curated case, for reading."""
    reader = open_store(str(case_path))
    yield reader
    reader.close()
