"""The exports for Neo4j, read back from real servers that ran or imported them."""

import re
import shlex
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any, TypeVar

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from neo4j import Driver, GraphDatabase

from graph.exc import BadInput, StoreError
from graph.export import export_store
from graph.export.cypher import literal, script
from graph.export.neo4j_admin import COMMAND, CONSTRAINTS
from graph.model import (
    Claim,
    Edge,
    Entity,
    Identifier,
    Measure,
    Reading,
    Record,
    Refusal,
    SetMember,
    Source,
)
from graph.store import Load, Reader, open_store, open_writer
from graph.store.neo4j_model import EDGE_KIND_OF, record
from graph.store.sync import sync
from tests.neo4j_server.place import Place
from tests.neo4j_server.server import USER, Server

R = TypeVar("R", bound=msgspec.Struct)
HOSTILE = (
    "O'Brien",
    "'}) DETACH DELETE n; //",
    "\\",
    "\\'",
    "\\\\' + ",
    "\\u0027",
    "\\u005cu0027",
    "\\U0001F600",
    '"quoted", "twice"',
    "line\nbreak;\n",
    "\r\n\t",
    "=cmd|' /C calc'!A0",
    "`back` $ticks {and} /* marks */ // x",
    "Белавиа اير 白 😀 \u2028 \u202e \x1f \x1e \x00",
    "\ufeff",
    " ",
    "null",
)


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Reader]:
    """A store of two data sets in which every text is an attack."""
    uri = str(tmp_path_factory.mktemp("hostile") / "store.db")
    with open_writer(uri) as writer:
        writer.write(Load(dataset=HOSTILE[1], loader=HOSTILE[0], digest="d"), _attacks("a"))
        leans = Edge(id="b", kind="owns", source=f"a{HOSTILE[0]}", target=f"b{HOSTILE[0]}")
        writer.write(Load(dataset="second", loader="x", digest="d"), [*_attacks("b"), leans])
    reader = open_store(uri)
    yield reader
    reader.close()


def _attacks(mark: str) -> Iterator[Record]:
    for number, text in enumerate(HOSTILE):
        source = Source(id=f"{mark}{number}{text}", title=text, url=text)
        claim = Claim(id=text, source=source.id, note=text, kind="denial", stance=text)
        name = f"{mark}{text}"
        yield source
        yield Entity(
            id=name,
            kind="Company",
            name=text,
            aliases=(text, "", text),
            identifiers=(Identifier(text, text), Identifier("other", "")),
            properties={text: text, "": ""},
            claims=(claim,),
        )
        yield Edge(
            id=name,
            kind="supplies",
            source=f"{mark}{HOSTILE[0]}",
            target=name,
            goods=text,
            families=(text,),
            claims=(claim, msgspec.structs.replace(claim, id="second", source="")),
        )
        measure = Measure(id=name, entity=name, regime=text, layer=text, kind=text, claims=(claim,))
        yield measure
        yield SetMember(set=text, entity=name, why=text)
        yield Refusal(claim=text, why=text)
        yield Reading(measure=name, reading=text, who=text, weight=text)


def content(reader: Reader) -> list[object]:
    """What a store holds."""
    return [
        *(reader.sources(), list(reader.entities()), list(reader.edges())),
        sorted(reader.measures(), key=lambda measure: measure.id),
        *(reader.set_members(), reader.refusals(), reader.readings(), reader.loads()),
    ]


class Database:
    """A Neo4j database read as the records it was made of."""

    def __init__(self, driver: Driver) -> None:
        self.driver = driver
        self.claims: dict[tuple[str, str], list[Claim]] = defaultdict(list)
        for row in self.rows("Claim", "key"):
            self.claims[row["subject_kind"], row["subject"]].append(record(Claim, row))

    def content(self) -> list[object]:
        """What `content` gives of the store."""
        return [
            *(self.plain(Source, "Source", "id"), self.claimed(Entity, self.rows("Entity", "id"))),
            self.claimed(Edge, self.edges()),
            self.claimed(Measure, self.rows("Measure", "id")),
            self.plain(SetMember, "SetMember", "set", "entity"),
            self.plain(Refusal, "Refusal", "dataset", "place"),
            self.plain(Reading, "Reading", "dataset", "place"),
            self.plain(Load, "DataSet", "dataset"),
        ]

    def ask(self, query: str) -> list[Any]:
        """The first column of an answer."""
        found = self.driver.execute_query(query)
        return [row.value() for row in found.records]

    def rows(self, label: str, *order: str) -> list[dict[str, Any]]:
        found = self.ask(f"MATCH (n:{label}) RETURN n{{.*}}")
        return sorted(found, key=lambda row: [row[name] for name in order])

    def edges(self) -> list[dict[str, Any]]:
        found = self.ask(
            "MATCH (a:Entity)-[r]->(b:Entity) RETURN r{.*, kind: type(r), source: a.id, target: b.id}"
        )
        named = [row | {"kind": EDGE_KIND_OF[row["kind"]]} for row in found]
        return sorted(named, key=lambda row: str(row["id"]))

    def plain(self, struct: type[R], label: str, *order: str) -> tuple[R, ...]:
        return tuple(record(struct, row) for row in self.rows(label, *order))

    def claimed(self, struct: type[R], rows: list[dict[str, Any]]) -> list[R]:
        kind = struct.__name__.lower()
        return [
            record(
                struct,
                row,
                claims=tuple(sorted(self.claims[kind, row["id"]], key=lambda claim: claim.id)),
            )
            for row in rows
        ]

    def dangling(self) -> list[Any]:
        """What is not joined to the node that it names, and the other way round."""
        return [
            self.ask(query)
            for query in (
                "MATCH (c:Claim) WHERE c.source <> '' AND NOT EXISTS "
                "{ (c)-[:CITES]->(:Source {id: c.source}) } RETURN c.key",
                "MATCH (c:Claim) WHERE c.subject_kind IN ['entity', 'measure'] AND NOT EXISTS "
                "{ MATCH (c)-[:ABOUT]->(n) WHERE n.id = c.subject } RETURN c.key",
                "MATCH (m:Measure) WHERE NOT EXISTS { (m)-[:UPON]->(:Entity {id: m.entity}) } "
                "RETURN m.id",
                "MATCH (s:SetMember) WHERE NOT EXISTS { (s)-[:HOLDS]->(:Entity {id: s.entity}) } "
                "RETURN s.key",
                "MATCH (e:Entity) WHERE NOT e.kind IN labels(e) RETURN e.id",
                "MATCH (a)-[r]->(b) WITH a, type(r) AS t, b, r.id AS id, count(*) AS n "
                "WHERE n > 1 RETURN t",
            )
        ]


@pytest.mark.neo4j
def test_script_makes_a_database_of_every_record_and_again_changes_nothing(
    hostile: Reader, neo4j: Place
) -> None:
    statements = "".join(script(hostile)).split(";\n")
    with neo4j.driver() as driver:
        for _ in range(2):
            for statement in filter(str.strip, statements):
                driver.execute_query(statement, database_=neo4j.database)
            database = Database(driver)
            assert database.content() == content(hostile)
            assert not any(database.dangling())
    with pytest.raises(StoreError, match=r"nodes labelled .* not of this program"):
        open_writer(neo4j.uri)


@pytest.mark.neo4j
def test_folder_is_imported_by_the_command_that_lies_in_it(
    case_path: Path, hostile: Reader, tmp_path: Path, neo4j_place: Place
) -> None:
    both = str(tmp_path / "both.db")
    sync(str(case_path), both)
    with open_writer(both) as writer:
        for load in hostile.loads():
            writer.write(load, hostile.records(load.dataset))
    reader = open_store(both)
    folder = tmp_path / "import"
    export_store(reader, "neo4j-admin", folder)
    _, _, said = (folder / COMMAND).read_text(encoding="utf-8").partition("neo4j-admin ")
    command = shlex.split(said.partition("\n\n")[0].replace("\\\n", ""))
    with Server() as server:
        server.stop()
        server.admin(*command, "--overwrite-destination=true", folder=folder)
        server.start()
        with GraphDatabase.driver(server.uri, auth=(USER, server.password)) as driver:
            database = Database(driver)
            assert database.content() == content(reader)
            assert not any(database.dangling())
            for statement in (folder / CONSTRAINTS).read_text(encoding="utf-8").split(";\n"):
                if statement:
                    driver.execute_query(statement)


def test_script_is_ascii_whatever_the_names_are(hostile: Reader) -> None:
    text = "".join(script(hostile))
    assert text.isascii()
    assert text.startswith("// A lead, not proof")
    assert not [line for line in text.split(";\n") if "\\u0027" in line or "\\u005c" in line]


@given(st.text() | st.lists(st.sampled_from((*"\\u'U0027\n", "\\u0027"))).map("".join))
def test_literal_of_any_text_leaves_no_quote_open(text: str) -> None:
    """Read as the server reads it, by both ways of reading `\\u`: the literal is the text again."""
    written = literal(text)
    assert written.isascii()
    assert "\n" not in written
    for early in (True, False):
        assert _read(written, early) == text


def _read(written: str, early: bool) -> str:
    """What a server makes of a literal; `early` turns `\\u` into characters before it reads quotes."""
    if early:
        written = _UNICODE.sub(lambda found: chr(int(found[1], 16)), written)
    parts = _QUOTED.findall(written)
    assert " + ".join(f"'{part}'" for part in parts) == written
    text = "".join(_ESCAPE.sub(_unescaped, part) for part in parts)
    return text.encode("utf-16", "surrogatepass").decode("utf-16")


def _unescaped(found: re.Match[str]) -> str:
    plain = {"n": "\n", "r": "\r", "t": "\t"}
    return chr(int(found[1][1:], 16)) if found[1][0] == "u" else plain.get(found[1], found[1])


_UNICODE = re.compile(r"\\u([0-9a-f]{4})")
_QUOTED = re.compile(r"'((?:[^'\\]|\\.)*)'", re.DOTALL)
_ESCAPE = re.compile(r"\\(u[0-9a-f]{4}|[nrt'\\])")


def test_folder_that_is_not_empty_is_left_alone(case: Reader, tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("mine")
    with pytest.raises(BadInput, match="is not an empty folder"):
        export_store(case, "neo4j-admin", tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["mine.txt"]


def test_folder_is_there_whole_or_not_at_all(
    case: Reader, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(path: Path, *args: object, **options: object) -> int:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "write_text", full)
    with pytest.raises(BadInput, match="No space left"):
        export_store(case, "neo4j-admin", tmp_path / "out")
    assert list(tmp_path.iterdir()) == []
