"""Fixtures: tiny and named after what they show. Prefer a graph of five lines in the test itself.

The curated case is loaded once a session into a store of its own; tests never write to it. Tests marked
`neo4j` share one real server, have the word in their ids, and run one after the other.
"""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from xdist.remote import Producer
from xdist.scheduler.loadscope import LoadScopeScheduling

from graph.store import Reader, open_store
from loaders import run
from tests.neo4j_server.jars import Missing
from tests.neo4j_server.place import Place, place


class OneServer(LoadScopeScheduling):  # type: ignore[misc]
    """Hands tests out one at a time, but all of the server to one worker: they share its database."""

    def _split_scope(self, nodeid: str) -> str:
        return "neo4j" if "neo4j" in nodeid else nodeid


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Producer) -> OneServer:
    """Distribute the tests of `pytest -n`."""
    return OneServer(config, log)


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


@pytest.fixture(scope="session")
def neo4j_place() -> Iterator[Place]:
    """A real Neo4j server. In CI a missing one is a failure, elsewhere a skip."""
    opened = place()
    try:
        found = opened.__enter__()
    except Missing as missing:
        if "LOOPHOLE_CI" in os.environ:
            pytest.fail(f"{missing}: CI needs it")
        pytest.skip(str(missing))
    yield found
    opened.__exit__(None, None, None)


@pytest.fixture
def neo4j(neo4j_place: Place, monkeypatch: pytest.MonkeyPatch) -> Place:
    """The server with nothing in its database, reached as the environment says."""
    neo4j_place.empty()
    for name, value in neo4j_place.environment().items():
        monkeypatch.setenv(name, value)
    return neo4j_place
