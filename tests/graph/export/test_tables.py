"""load(export(x)) = x, for the curated case and for hostile tables of one's own."""

from pathlib import Path

import pytest

from graph.exc import BadInput
from graph.export.tables import write_tables
from graph.model import Claim, Edge, Entity, Identifier, Measure, Record, SetMember, Source
from graph.store import Load, Reader, open_store, open_writer
from loaders import run

HOSTILE = [
    "=cmd|' /C calc'!A0",
    "+1",
    "-2",
    "@SUM(A1)",
    "#x",
    '"quoted"',
    "a;b",
    "a,b",
    "line\nbreak",
]


def facts(reader: Reader) -> list[object]:
    return [
        list(reader.entities()),
        list(reader.edges()),
        sorted(reader.measures(), key=lambda m: m.id),
        reader.sources(),
        reader.set_members(),
        sorted(reader.refusals(), key=lambda r: r.claim),
        sorted(reader.readings(), key=lambda r: (r.measure, r.who)),
    ]


def test_curated_case_survives_export_and_load(case: Reader, tmp_path: Path) -> None:
    folder = tmp_path / "exported"
    write_tables(case, folder)
    run.load(str(tmp_path / "again.db"), folder)
    assert facts(open_store(str(tmp_path / "again.db"))) == facts(case)


def test_hostile_cells_survive_and_are_no_formula(tmp_path: Path) -> None:
    records: list[Record] = [Source(id="s", title=HOSTILE[0], url="https://example.org")]
    for number, text in enumerate(HOSTILE):
        records += [
            Entity(
                id=f"test-{number}",
                kind="Company",
                name=text,
                identifiers=(Identifier("INN", "1"), Identifier("other", "Testville 1")),
                properties={"role of others": text, "note": "n", "kind": "k"},
                claims=(Claim(id="c", source="s", note=text),),
            ),
            Edge(
                id=f"e-{number}",
                kind="supplies",
                source="test-0",
                target=f"test-{number}",
                goods=text,
                families=("B737NG", "A320"),
                properties={"family": text},
            ),
        ]
    records.append(Measure(id="m", entity="test-1", regime="US", layer="OFAC", kind="listing"))
    records.append(SetMember(set="test-set", entity="test-1", why=HOSTILE[1]))
    uri = str(tmp_path / "store.db")
    with open_writer(uri) as writer:
        writer.write(Load(dataset="test", loader="test", digest="d"), records)
    before = open_store(uri)
    folder = tmp_path / "exported"
    write_tables(before, folder)
    for path in folder.glob("*.csv"):
        for line in path.read_text(encoding="utf-8").splitlines()[1:]:
            assert not line.startswith(("=", "+", "-", "@", "#"))
            assert not any(f",{mark}" in line for mark in "=+@")
    run.load(str(tmp_path / "again.db"), folder)
    assert facts(open_store(str(tmp_path / "again.db"))) == facts(before)


def test_folder_with_other_files_is_left_alone(case: Reader, tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("mine")
    with pytest.raises(BadInput, match="is not an empty folder"):
        write_tables(case, tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["mine.txt"]
