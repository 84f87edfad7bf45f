"""What can be wrong with a server, its database or what others keep there: one plain sentence."""

import hashlib
import json
from collections.abc import Iterator

import pytest
from click.testing import CliRunner
from neo4j import Driver

import cli
from graph.exc import BadInput, NotFound, SchemaError, StoreError
from graph.model import Edge, Entity, Record
from graph.store import Load, neo4j_driver, open_store, open_writer, store_state
from tests.neo4j_server.place import Place

pytestmark = pytest.mark.neo4j

FIRM = Entity(id="test-firm", kind="Company", name="Test Firm", country="BY")
OTHER = Entity(id="test-other", kind="Company", name="Test Other")
TIE = Edge(id="owns:1", kind="owns", source="test-firm", target="test-other")


def load(uri: str, records: list[Record], digest: str = "d1") -> Load:
    with open_writer(uri) as writer:
        return writer.write(Load(dataset="test", loader="test", digest=digest), records)


@pytest.fixture
def driver(neo4j: Place) -> Iterator[Driver]:
    with neo4j.driver() as opened:
        yield opened


def said(uri: str) -> str:
    """What the program says when it is pointed at a server."""
    result = CliRunner().invoke(cli.main, ["sources", "--store", uri])
    assert result.exit_code == 2
    assert result.stderr.count("\n") == 1
    return result.stderr


@pytest.mark.parametrize(
    ("variable", "value", "sentence"),
    [
        ("NEO4J_PASSWORD", "not-it", "refuses the user name or the password"),
        ("NEO4J_PASSWORD", "", "no password is set .* set NEO4J_PASSWORD"),
        ("NEO4J_DATABASE", "nowhere", "has no database 'nowhere': set NEO4J_DATABASE"),
    ],
)
def test_what_the_environment_says_wrongly(
    neo4j: Place, monkeypatch: pytest.MonkeyPatch, variable: str, value: str, sentence: str
) -> None:
    monkeypatch.setenv(variable, value)
    with pytest.raises(StoreError, match=sentence):
        open_store(neo4j.uri)
    assert neo4j.password not in said(neo4j.uri)
    assert "not-it" not in said(neo4j.uri)


def test_addresses_that_lead_nowhere(neo4j: Place) -> None:
    place = neo4j.uri.removeprefix("bolt://")
    assert "no server answers at bolt://127.0.0.1:1: start it" in said("bolt://127.0.0.1:1")
    assert "no server answers at neo4j://no-such" in said("neo4j://no-such-host.invalid")
    assert "does not speak as its address says" in said(f"bolt+s://{place}")
    assert "an unencrypted one has no +s" in said(f"neo4j+s://{place}")
    assert "is no address of a server" in said("neo4j://")
    assert "is empty: fill it with `loophole load`" in said(f"neo4j://{place}")


@pytest.mark.parametrize(
    "uri", ["neo4j://ann:hush@host", "bolt://:hush@host:7687", "neo4j://a:hush@x@h:port"]
)
def test_password_in_an_address_is_refused_and_not_repeated(neo4j: Place, uri: str) -> None:
    with pytest.raises(BadInput, match="must not hold a user name or a password") as refused:
        open_store(uri)
    assert "hush" not in str(refused.value)


def test_server_that_is_too_old(neo4j: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    neo4j_driver.forget()
    monkeypatch.setattr(neo4j_driver, "reported", lambda driver: "Neo4j/4.4.30")
    assert "is Neo4j 4.4.30: 5.13 or newer is needed" in said(neo4j.uri)
    neo4j_driver.forget()


def test_store_of_another_schema_and_a_damaged_marker(neo4j: Place, driver: Driver) -> None:
    load(neo4j.uri, [FIRM])
    driver.execute_query("MATCH (s:LoopholeStore) SET s.schema = 99")
    with pytest.raises(SchemaError, match="has schema 99, this program reads"):
        open_store(neo4j.uri)
    driver.execute_query("MATCH (s:LoopholeStore) SET s.schema = 1, s.revision = 'one'")
    with pytest.raises(StoreError, match="is damaged"):
        store_state(neo4j.uri)


@pytest.mark.parametrize(
    "damage",
    [
        "SET n.name = 7",
        "SET n.id = 7",
        "SET n.id = ['x', 'y']",
        "SET n.kind = 'Starship'",
        "REMOVE n.name",
        "SET n.aliases = 'x'",
        "SET n.properties = 'no JSON'",
    ],
)
def test_values_that_no_load_wrote_are_told(neo4j: Place, driver: Driver, damage: str) -> None:
    load(neo4j.uri, [FIRM])
    driver.execute_query(f"MATCH (n:Entity) {damage}")
    with pytest.raises(StoreError, match="is damaged"):
        list(open_store(neo4j.uri).entities())


def test_store_emptied_under_a_reader_is_told(neo4j: Place) -> None:
    load(neo4j.uri, [FIRM])
    reader = open_store(neo4j.uri)
    neo4j.empty()
    with pytest.raises(StoreError, match="was emptied or replaced"):
        reader.entity("test-firm")
    with pytest.raises(NotFound):
        open_store(neo4j.uri)
    assert store_state(neo4j.uri) == (0, 0)


THEIRS = (
    "CREATE (a:Person {id: 'test-firm', name: 'Ann', loaded: 3})-[:OWNS {id: 'x', since: 2}]->"
    "(b:Company {id: 'test-other'})<-[:OWNS {id: 'y', dataset: 'test', loaded: 1}]-(a), "
    "(b)-[:KNOWS]->(a)"
)


def everything_of_others(driver: Driver) -> str:
    """A hash over their nodes, relationships, properties, labels, constraints and indexes."""
    queries = (
        "MATCH (n) WHERE NOT n:Loophole WITH n ORDER BY elementId(n) RETURN labels(n), n{.*}",
        "MATCH (n)-[r]->(m) WHERE NOT n:Loophole AND NOT m:Loophole "
        "WITH n, r, m ORDER BY elementId(r) RETURN n.id, type(r), r{.*}, m.id",
        "SHOW CONSTRAINTS YIELD name, type, labelsOrTypes, properties "
        "WHERE NOT name STARTS WITH 'loophole_'",
        "SHOW INDEXES YIELD name, type, labelsOrTypes, properties "
        "WHERE NOT name STARTS WITH 'loophole_'",
    )
    found = [driver.execute_query(query).records for query in queries]
    assert [len(rows) for rows in found[:2]] == [3, 3]  # two of theirs, and the word for tests
    return hashlib.sha256(json.dumps([[*map(list, rows)] for rows in found]).encode()).hexdigest()


def test_what_others_keep_in_the_database_is_untouched(neo4j: Place, driver: Driver) -> None:
    driver.execute_query(THEIRS)
    driver.execute_query(
        "CREATE CONSTRAINT theirs IF NOT EXISTS FOR (n:Ours) REQUIRE n.a IS UNIQUE"
    )
    try:
        before = everything_of_others(driver)
        load(neo4j.uri, [FIRM, OTHER, TIE])
        load(neo4j.uri, [FIRM], "d2")
        load(neo4j.uri, [OTHER], "d3")
        assert list(open_store(neo4j.uri).entities()) == [OTHER]
        assert list(open_store(neo4j.uri).edges()) == []
        assert everything_of_others(driver) == before
    finally:
        driver.execute_query("DROP CONSTRAINT theirs")


def test_what_others_add_to_our_nodes_stays_and_keeps_them(neo4j: Place, driver: Driver) -> None:
    load(neo4j.uri, [FIRM, OTHER])
    driver.execute_query(
        "MATCH (n:Entity {id: 'test-firm'}) SET n.theirs = 1 CREATE (:Note {text: 'x'})-[:ON]->(n)"
    )
    renamed = Entity(id="test-firm", kind="Airline", name="Test Air")
    load(neo4j.uri, [renamed, OTHER], "d2")
    found = driver.execute_query(
        "MATCH (:Note)-[:ON]->(n) RETURN n.name, n.country, n.theirs, labels(n)"
    ).records[0]
    assert found.values()[:3] == ["Test Air", None, 1]
    assert set(found.values()[3]) == {"Loophole", "Entity", "Airline"}
    with pytest.raises(BadInput, match="relationship ON to it that is not of this program"):
        load(neo4j.uri, [OTHER], "d3")
    assert open_store(neo4j.uri).entity("test-firm") == renamed


def test_label_that_others_use_is_told_and_nothing_changed(neo4j: Place, driver: Driver) -> None:
    driver.execute_query("CREATE (:Entity {id: 'test-firm'})")
    with pytest.raises(StoreError, match="nodes labelled :Entity that are not of this program"):
        load(neo4j.uri, [FIRM])
    left = driver.execute_query("MATCH (n) WHERE NOT n:LoopholeTest RETURN n{.*}").records
    assert [row.value() for row in left] == [{"id": "test-firm"}]


@pytest.mark.parametrize(
    ("theirs", "sentence"),
    [
        (
            "CREATE INDEX loophole_entity FOR (n:Other) ON (n.id)",
            "the name loophole_entity is taken",
        ),
        ("CREATE INDEX theirs FOR (n:Entity) ON (n.id)", "is in the way of this program's"),
    ],
)
def test_constraint_that_cannot_be_made_is_told(
    neo4j: Place, driver: Driver, theirs: str, sentence: str
) -> None:
    load(neo4j.uri, [FIRM])
    neo4j.empty()
    driver.execute_query("DROP CONSTRAINT loophole_entity")
    driver.execute_query(theirs)
    try:
        with pytest.raises(StoreError, match=sentence):
            open_writer(neo4j.uri)
        found = driver.execute_query("MATCH (n) WHERE NOT n:LoopholeTest RETURN count(n)")
        assert found.records[0].value() == 0
    finally:
        driver.execute_query(f"DROP INDEX {theirs.split()[2]}")
