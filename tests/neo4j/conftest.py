"""A store on the server with the curated case, which tests only read; batches and pages of few rows."""

from collections.abc import Iterator

import pytest

from loaders import run
from tests.neo4j_server.place import Place


@pytest.fixture(scope="module")
def case_uri(neo4j_place: Place) -> Iterator[str]:
    """A store with the curated case, reached as the environment says."""
    neo4j_place.empty()
    with pytest.MonkeyPatch.context() as patch:
        for name, value in neo4j_place.environment().items():
            patch.setenv(name, value)
        run.load(neo4j_place.uri, run.case_folder())
        yield neo4j_place.uri


@pytest.fixture
def few_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Few rows are written and read in one transaction, so that small loads take many of them."""
    monkeypatch.setattr("graph.store.neo4j_turn.SIZE", 20)
    for module in ("neo4j_naming", "neo4j_snapshot", "neo4j_turn"):
        monkeypatch.setattr(f"graph.store.{module}.PAGE", 15)
