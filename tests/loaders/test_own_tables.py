"""Tables of one's own: what they may say, and one plain sentence for what they may not."""

from pathlib import Path

import pytest

from graph.dates import day_of
from graph.exc import BadInput, NotFound
from graph.model import Claim
from graph.routes import Question, find_routes
from graph.store import open_store
from graph.view import build_view
from loaders import run
from loaders.template import write_template

ENTITIES = """id,kind,name,country,aliases,identifiers,ceo
test-seller,Company,Test Seller,AE,Second Name; Third Name,LEI:X,someone
test-air,Airline,Test Air,RU,,,
"""
EDGES = """id,source,target,kind,start,end,share,hs,goods,family,certainty,status,source_url,published
e1,test-seller,test-air,supplies,2023-05,2023-06,,8807.30,brakes,B737NG; A320,high,press-reported,https://example.org/a,2023-07
e2,test-seller,test-air,owns,,,33.333,,,,,,,
"""
MEASURES = """id,entity,regime,layer,kind,start,end,text,url,scope
m1,test-seller,US,OFAC,listing,2024-01-15,,E.O. 0,https://example.org/b,blocking
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "my-tables"
    made.mkdir()
    for name, content in (("entities", ENTITIES), ("edges", EDGES), ("measures", MEASURES)):
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


def test_tables_become_a_graph(folder: Path, uri: str) -> None:
    report = run.load(uri, folder)
    assert (report.source, report.loader, report.read, report.skipped) == (
        "my-tables",
        "tables",
        5,
        0,
    )
    reader = open_store(uri)
    seller = reader.entity("test-seller")
    assert seller.aliases == ("Second Name", "Third Name")
    supplied, owned = sorted(reader.edges(), key=lambda e: e.id)
    assert (supplied.hs, supplied.families) == ("8807.30", ("B737NG", "A320"))
    assert (supplied.claims[0].status, supplied.claims[0].certainty) == ("press-reported", "high")
    assert reader.sources()[0].url == "https://example.org/a"
    assert (owned.share, owned.claims) == ("33.333", ())
    assert reader.measures_upon("test-seller")[0].text == "E.O. 0"


def test_unknown_column_is_kept_and_reported(folder: Path, uri: str) -> None:
    report = run.load(uri, folder)
    assert ("entities.csv", "column 'ceo' kept as a property") in {
        (w.where, w.what) for w in report.warnings
    }
    assert open_store(uri).entity("test-seller").properties == {"ceo": "someone"}


def test_loading_twice_changes_nothing(folder: Path, uri: str) -> None:
    assert run.load(uri, folder).changed
    again = run.load(uri, folder)
    assert (again.changed, again.revision) == (False, 1)


@pytest.mark.parametrize(
    ("table", "old", "new", "says"),
    [
        (
            "entities",
            "test-air,Airline",
            "test-seller,Airline",
            "entities.csv line 3: id 'test-seller' stands twice",
        ),
        (
            "entities",
            "test-air,Airline",
            "test-air,Airship",
            "entities.csv line 3: kind 'Airship' is none of",
        ),
        (
            "entities",
            "test-air,Airline",
            "test-air,Person",
            "entities.csv line 3: person 'test-air' has no person_basis",
        ),
        ("entities", "Test Air,RU", "Test Air,Russia", "entities.csv line 3: country 'Russia'"),
        ("entities", "test-air,", "test air,", "entities.csv line 3: id 'test air' has blanks"),
        ("entities", "Test Air,RU,,,", "Test Air,RU", "entities.csv line 3: 4 cells, 7 expected"),
        (
            "entities",
            "test-air,Airline,Test Air",
            "test-air,Airline,",
            "entities.csv line 3: name is empty",
        ),
        ("entities", "id,kind", "id,sort", "entities.csv line 1: column 'kind' is missing"),
        ("entities", "id,kind", "id,id", "entities.csv line 1: column 'kind' is missing"),
        (
            "edges",
            "test-air,supplies",
            "nobody,supplies",
            "edges.csv line 2: target 'nobody' is no entity",
        ),
        ("edges", "supplies", "smuggles", "edges.csv line 2: kind 'smuggles' is none of"),
        ("edges", "2023-05,", "May 2023,", "edges.csv line 2: start 'May 2023' is no date"),
        ("edges", "33.333", "133", "edges.csv line 3: share '133' is no percentage"),
        ("edges", "33.333", "33,3", "edges.csv line 3: 15 cells, 14 expected"),
        ("edges", "33.333", "a third", "edges.csv line 3: share 'a third' is no percentage"),
        ("edges", ",high,", ",sure,", "edges.csv line 2: certainty 'sure' is none of"),
        ("edges", "https://example.org/a", "javascript:alert(1)", "edges.csv line 2: source_url"),
        ("edges", "e2,", "e1,", "edges.csv line 3: id 'e1' stands twice"),
        ("measures", "test-seller", "nobody", "measures.csv line 2: entity 'nobody' is none"),
        (
            "measures",
            "2024-01-15",
            "2024-13-15",
            "measures.csv line 2: start '2024-13-15' is no date",
        ),
    ],
)
def test_fault_is_named_with_file_line_and_value_and_nothing_is_loaded(
    folder: Path, uri: str, table: str, old: str, new: str, says: str
) -> None:
    change(folder, table, old, new)
    with pytest.raises(BadInput) as error:
        run.load(uri, folder)
    assert str(error.value).startswith(says)
    assert not Path(uri).exists()


def test_skip_bad_loads_the_rest_and_lists_what_it_left(folder: Path, uri: str) -> None:
    change(folder, "edges", "supplies", "smuggles")
    report = run.load(uri, folder, skip_bad=True)
    assert report.skipped == 1
    assert any("smuggles" in w.what and w.where == "edges.csv line 2" for w in report.warnings)
    assert [e.id for e in open_store(uri).edges()] == ["e2"]


def test_edges_may_end_in_the_curated_case(folder: Path, uri: str) -> None:
    run.load(uri, run.case_folder())
    change(folder, "edges", "e2,test-seller,test-air", "e2,test-seller,belavia")
    run.load(uri, folder)
    reader = open_store(uri)
    assert "e2" in {edge.id for edge in reader.edges_of("belavia")}
    assert run.load(uri, run.case_folder()).changed is False


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "entities.csv is empty"),
        (b"\xff\xfe\x00", "entities.csv is not UTF-8 text"),
        (b'id,kind,name\n"open', "entities.csv is no CSV table"),
    ],
)
def test_file_that_is_no_table(folder: Path, uri: str, content: bytes, says: str) -> None:
    (folder / "entities.csv").write_bytes(content)
    with pytest.raises(BadInput, match=says):
        run.load(uri, folder)


def test_byte_order_mark_comments_and_blank_lines_are_passed_over(folder: Path, uri: str) -> None:
    text = "\ufeff" + ENTITIES.replace("test-air,", "# a remark\n\ntest-air,")
    (folder / "entities.csv").write_text(text, encoding="utf-8")
    assert run.load(uri, folder).read == 5


def test_cell_kept_from_a_spreadsheet_comes_back_as_it_was(folder: Path, uri: str) -> None:
    change(folder, "entities", "Test Seller,AE", "'=cmd|calc,AE")
    run.load(uri, folder)
    assert open_store(uri).entity("test-seller").name == "=cmd|calc"


def test_place_with_nothing_to_load(tmp_path: Path, uri: str) -> None:
    with pytest.raises(NotFound, match="there is no file or folder"):
        run.load(uri, tmp_path / "absent")
    (tmp_path / "empty").mkdir()
    with pytest.raises(BadInput, match="is of no kind that is known here"):
        run.load(uri, tmp_path / "empty")
    with pytest.raises(BadInput, match="no loader 'excel': choose from case, tables"):
        run.load(uri, tmp_path / "empty", "excel")


def test_template_is_readable_holds_nothing_and_is_never_written_over(
    tmp_path: Path, uri: str
) -> None:
    folder = tmp_path / "new"
    files = write_template(folder)
    assert [path.name for path in files] == ["entities.csv", "edges.csv", "measures.csv"]
    assert all(path.read_text(encoding="utf-8").splitlines()[1].startswith("# ") for path in files)
    with pytest.raises(BadInput, match="holds no rows"):
        run.load(uri, folder)
    with pytest.raises(BadInput, match="is there already"):
        write_template(folder)


def test_examples_of_the_template_load_once_uncommented(tmp_path: Path, uri: str) -> None:
    folder = tmp_path / "new"
    for path in write_template(folder):
        path.write_text(path.read_text(encoding="utf-8").replace("\n# ", "\n"), encoding="utf-8")
    report = run.load(uri, folder)
    assert (report.read, report.skipped, report.warnings) == (4, 0, ())
    assert isinstance(next(open_store(uri).edges()).claims[0], Claim)


def test_tables_without_certainty_can_be_asked_for_a_least_certainty(
    tmp_path: Path, uri: str
) -> None:
    folder = tmp_path / "tables"
    folder.mkdir()
    (folder / "entities.csv").write_text(
        "id,kind,name\na,Company,Test A\nb,Airline,Test B\n", encoding="utf-8"
    )
    (folder / "edges.csv").write_text(
        "id,source,target,kind,note\ne1,a,b,supplies,seen\n", encoding="utf-8"
    )
    run.load(uri, folder)
    view = build_view(open_store(uri), day_of("2025"))
    for least, found in (("low", 1), ("medium", 0)):
        question = Question(origins=("a",), destinations=("b",), min_certainty=least)
        assert len(find_routes(view, question)[0]) == found
