"""The next major version of the server, where the Java that it needs is installed."""

import pytest

from graph.model import Entity
from graph.store import Load, neo4j_driver, open_store, open_writer
from tests.neo4j_server.jars import NEWER, Missing
from tests.neo4j_server.server import USER, Server

pytestmark = pytest.mark.neo4j


def test_newer_server_is_loaded_read_and_searched(monkeypatch: pytest.MonkeyPatch) -> None:
    firm = Entity(id="test-firm", kind="Company", name="Test Firm")
    try:
        with Server(NEWER) as server:
            monkeypatch.setenv("NEO4J_USERNAME", USER)
            monkeypatch.setenv("NEO4J_PASSWORD", server.password)
            with open_writer(server.uri) as writer:
                writer.write(Load(dataset="test", loader="test", digest="d1"), [firm])
            reader = open_store(server.uri)
            assert list(reader.entities()) == [firm]
            assert [hit.id for hit in reader.search("tset firm")] == ["test-firm"]
            neo4j_driver.forget()
    except Missing as missing:
        pytest.skip(str(missing))
