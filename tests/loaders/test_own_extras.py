"""The extra tables of an export, written by hand: faults are named, never dropped or let through."""

from pathlib import Path

import pytest

from graph.exc import BadInput
from graph.model import SUPPORT
from graph.store import open_store
from loaders import run

TABLES = {
    "entities": """id,kind,name,shipment,person_basis
a,Company,Test A,,
b,Airline,Test B,,
S1:buyer,Unnamed,a buyer,S1,
S2:buyer,Unnamed,another buyer,S2,
""",
    "edges": """id,source,target,kind,start,end,share_min,share_max,shipment
e1,a,b,supplies,2023,2023,,,
e2,a,S1:buyer,supplies,2023,2023,,,S1
e3,a,b,owns,,,20,80,
""",
    "measures": """id,entity,regime,layer,kind,observed_from,observed_to
m1,b,US,OFAC,listing,2024,2025
""",
    "sources": """id,title,publisher,url,published,licence,retrieved
src,Test report,Test press,https://example.org/r,2024-05,,
""",
    "claims": """subject_kind,subject,id,source,kind,status,certainty,note,party,stance
edge,e1,c1,src,supports,press-reported,high,,,
entity,a,c2,src,denial,,,never sold,a,denies
""",
    "sets": "set,entity,why\ntest-set,a,because\n",
    "refused": "claim,why,source\na claim,no source,src\n",
    "readings": "measure,reading,who,weight,source\nm1,wide,someone,weak,src\nm1,wide,other,,src\n",
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "my-tables"
    made.mkdir()
    for name, content in TABLES.items():
        (made / f"{name}.csv").write_text(content, encoding="utf-8")
    return made


@pytest.fixture
def uri(tmp_path: Path) -> str:
    return str(tmp_path / "store.db")


def change(folder: Path, table: str, old: str, new: str) -> None:
    path = folder / f"{table}.csv"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def test_extra_tables_are_read(folder: Path, uri: str) -> None:
    change(folder, "claims", "src,supports", "src,")
    run.load(uri, folder)
    reader = open_store(uri)
    (supplied,) = (e for e in reader.edges() if e.id == "e1")
    assert [(c.id, c.kind) for c in supplied.claims] == [("c1", SUPPORT)]
    assert [c.stance for c in reader.entity("a").claims] == ["denies"]
    assert len(reader.readings()) == 2


@pytest.mark.parametrize(
    ("table", "old", "new", "says"),
    [
        (
            "claims",
            "edge,e1,c1",
            "edge,e9,c1",
            "claims.csv line 2: subject 'e9' is no row of edges",
        ),
        ("claims", "edge,e1", "route,e1", "claims.csv line 2: subject_kind 'route' is none of"),
        ("claims", "high", "sure", "claims.csv line 2: certainty 'sure' is none of"),
        ("claims", "press-reported", "gossip", "claims.csv line 2: status 'gossip' is none of"),
        ("claims", "supports", "proves", "claims.csv line 2: kind 'proves' is none of"),
        ("claims", "c1,src", "c1,unread", "claims.csv line 2: source 'unread' is none of"),
        ("claims", "sold,a", "sold,nobody", "claims.csv line 3: party 'nobody' is no entity"),
        ("claims", "entity,a,c2", "edge,e1,c1", "claims.csv line 3: id 'c1' stands twice"),
        ("sources", "2024-05", "May", "sources.csv line 2: published 'May' is no date"),
        ("sources", "https://", "javascript://", "sources.csv line 2: url"),
        ("sets", "test-set", "a", "sets.csv line 2: set 'a' is named like an entity"),
        ("sets", "set,a", "set,nobody", "sets.csv line 2: entity 'nobody' is no entity of this"),
        ("sets", "because\n", "x\ntest-set,a,y\n", "sets.csv line 3: entity 'a' stands twice"),
        ("refused", "src", "unread", "refused.csv line 2: source 'unread' is none of"),
        ("readings", "m1,wide,s", "m9,wide,s", "readings.csv line 2: measure 'm9' is none of"),
        ("edges", "e1,a,b,supplies,2023,2023", "e1,a,b,supplies,2024,2023", "end '2023' is before"),
        ("edges", ",20,80,", ",80,20,", "edges.csv line 4: share_min '80' is above share_max '20'"),
        ("edges", "e3,", "e\0,", "edges.csv line 4: id holds a NUL character"),
        ("measures", "2024,2025", "2025,2024", "observed_to '2024' is before observed_from '2025'"),
        (
            "edges",
            "S1\n",
            "S2\n",
            "edges.csv line 3: target 'S1:buyer' is an unnamed party of ship",
        ),
        ("edges", "S1\n", "\n", "this edge is of 'none': give the edge that shipment"),
        (
            "entities",
            "a buyer,S1",
            "a buyer,",
            "entities.csv line 4: shipment '': an unnamed party",
        ),
        ("entities", "Test A,", "Test A,S1", "entities.csv line 2: shipment 'S1': an unnamed"),
    ],
)
def test_fault_is_named_or_skipped_and_listed(
    folder: Path, uri: str, table: str, old: str, new: str, says: str
) -> None:
    change(folder, table, old, new)
    with pytest.raises(BadInput) as error:
        run.load(uri, folder)
    assert says in str(error.value)
    assert not Path(uri).exists()
    report = run.load(uri, folder, skip_bad=True)
    assert report.skipped >= 1
    assert any(says in f"{w.where}: {w.what}" for w in report.warnings)


def test_what_the_case_says_already_is_told(folder: Path, uri: str) -> None:
    run.load(uri, run.case_folder())
    change(folder, "sets", "test-set,a", "russian-carriers,aeroflot")
    with pytest.raises(
        BadInput, match=r"sets.csv line 2: .* in the set 'russian-carriers' already"
    ):
        run.load(uri, folder)
    change(folder, "sets", "russian-carriers,aeroflot", "belavia,a")
    with pytest.raises(BadInput, match=r"sets.csv line 2: set 'belavia' is named like an entity"):
        run.load(uri, folder)
    change(folder, "sets", "belavia,a", "russian-carriers,a")
    change(folder, "entities", "b,Airline", "russian-carriers,Airline")
    with pytest.raises(BadInput, match=r"entities.csv line 3: id 'russian-carriers' is the name"):
        run.load(uri, folder)


def test_own_entity_taken_out_is_no_end_of_an_own_edge(folder: Path, uri: str) -> None:
    run.load(uri, run.case_folder())
    run.load(uri, folder)
    change(folder, "entities", "b,Airline,Test B,,\n", "")
    with pytest.raises(BadInput, match=r"edges.csv line 2: target 'b' is no entity of this folder"):
        run.load(uri, folder)


def test_unnamed_party_of_the_case_joins_no_edge_of_ones_own(folder: Path, uri: str) -> None:
    run.load(uri, run.case_folder())
    change(folder, "edges", "e1,a,b", "e1,a,S060:intermediary")
    with pytest.raises(
        BadInput, match=r"edges.csv line 2: target .* unnamed party of ship.* 'S060'"
    ):
        run.load(uri, folder)
