"""Every file says what it is part of, carries denials and statuses, and runs nothing."""

import csv
import html
import json
import os
import re
import xml.etree.ElementTree as ET
from pathlib import Path

import msgspec
import networkx as nx
import pytest

from graph import dates
from graph.cited import CAUTION
from graph.exc import BadInput
from graph.export import FORMATS, UNDATED, export_graph, export_routes, export_store
from graph.export.palette import LIGHT
from graph.export.svg import svg
from graph.layout import layout
from graph.picture import HEIGHT, WIDTH, Picture
from graph.routes import Question, parse_set
from graph.routes.answer import answer
from graph.routes.records import Answer, Party
from graph.store import Reader
from graph.verdicts import BARRED, OPENED
from graph.view import View, build_view

HOSTILE = (
    "<img src=x onerror=alert(1)>",
    "</script><script>alert(1)</script>",
    "![x](https://evil.example/t.png)",
    "\u202eevil\u202c \u200bname",
    "=cmd|' /C calc'!A0",
    "x" * 300,
    "nul\x00 bell\x07 esc\x1b[31m",
    "ends ]]> -- & \" '",
)


@pytest.fixture(scope="module")
def view(case: Reader) -> View:
    return build_view(case, dates.day_of("2025-10-15"))


@pytest.fixture(scope="module")
def found(view: View) -> Answer:
    question = Question(
        origins=parse_set(view, "western-suppliers"),
        destinations=parse_set(view, "russian-carriers"),
    )
    return answer(view, question, 15, folded=True, version="test")


def hostile(found: Answer) -> Answer:
    """The same answer, with names, reasons and notes that attack whatever shows them."""
    parties = tuple(
        msgspec.structs.replace(
            p,
            name=HOSTILE[n % len(HOSTILE)],
            caption=HOSTILE[n % len(HOSTILE)],
            person_basis=HOSTILE[0] if n % 3 == 0 else "",
        )
        for n, p in enumerate(found.parties)
    )
    routes = tuple(
        msgspec.structs.replace(
            route,
            hops=tuple(
                msgspec.structs.replace(
                    hop,
                    reason=HOSTILE[n % len(HOSTILE)],
                    goods=HOSTILE[(n + 1) % len(HOSTILE)],
                    claims=tuple(
                        msgspec.structs.replace(c, url="javascript:alert(1)", title=HOSTILE[1])
                        for c in hop.claims
                    ),
                )
                for n, hop in enumerate(route.hops)
            ),
        )
        for route in found.routes
    )
    return msgspec.structs.replace(found, parties=parties, routes=routes)


@pytest.mark.parametrize("to_format", FORMATS["routes"])
@pytest.mark.parametrize("attack", [False, True])
def test_routes_carry_question_date_revision_caution_and_denials(
    found: Answer, tmp_path: Path, to_format: str, attack: bool
) -> None:
    asked = hostile(found) if attack else found
    written = export_routes(asked, to_format, tmp_path / f"out.{to_format}")
    text = Path(written[0].path).read_text(encoding="utf-8")
    for words in ("A lead, not proof", "2025-10-15", "western-suppliers"):
        assert words in text
    assert "complies with all sanctions regimes" in text
    assert re.search(r'revision"?[:\s]+1', text)


@pytest.mark.parametrize("to_format", FORMATS["graph"])
def test_graph_is_written_in_every_format(
    case: Reader, view: View, tmp_path: Path, to_format: str
) -> None:
    place = tmp_path / f"out.{to_format}"
    if to_format in UNDATED:
        written = export_store(case, to_format, place)
    else:
        written = export_graph(case, view, to_format, place)
    assert all(Path(file.path).stat().st_size == file.bytes for file in written)
    everything = "".join(Path(file.path).read_text(encoding="utf-8") for file in written)
    assert "A lead, not proof" in everything
    assert "plea: guilty" in everything


def test_csv_of_edges_has_cost_basis_and_dates(case: Reader, view: View, tmp_path: Path) -> None:
    export_graph(case, view, "csv", tmp_path / "edges.csv")
    with (tmp_path / "edges.csv").open(encoding="utf-8", newline="") as handle:
        rows = list(csv.DictReader(handle))
    assert {"cost", "basis", "start", "end", "caution", "about"} <= rows[0].keys()
    assert {row["basis"] for row in rows} == {"documented", "stated-in-part", "possible"}
    assert all(row["caution"] == CAUTION and "2025-10-15" in row["about"] for row in rows)
    assert len(rows) == len({row["id"] for row in rows})


@pytest.mark.parametrize("to_format", ["csv"])
def test_no_cell_is_a_formula(found: Answer, tmp_path: Path, to_format: str) -> None:
    for file in export_routes(hostile(found), to_format, tmp_path / "out.csv"):
        with Path(file.path).open(encoding="utf-8", newline="") as handle:
            for row in csv.reader(handle):
                assert not [cell for cell in row if cell.startswith(("=", "+", "-", "@"))]


def test_networkx_reads_graphml_and_gexf_back(found: Answer, tmp_path: Path) -> None:
    pairs = {(hop.origin, hop.target) for route in found.routes for hop in route.hops}
    for to_format, read in (("graphml", nx.read_graphml), ("gexf", nx.read_gexf)):
        export_routes(hostile(found), to_format, tmp_path / to_format)
        graph = read(tmp_path / to_format)
        assert {(a, b) for a, b in graph.edges()} == pairs
        assert set(graph) == {party.id for party in found.parties}


def test_json_export_is_the_documented_answer(found: Answer, tmp_path: Path) -> None:
    export_routes(found, "json", tmp_path / "out.json")
    value = json.loads((tmp_path / "out.json").read_text(encoding="utf-8"))
    assert value["routes"][0]["entities"] == list(found.routes[0].entities)
    assert {"question", "store", "truncated", "counts", "more", "routes"} <= value.keys()


def test_html_has_a_policy_and_no_script_or_address_of_a_name(
    found: Answer, tmp_path: Path
) -> None:
    (file,) = export_routes(hostile(found), "html", tmp_path / "out.html")
    text = Path(file.path).read_text(encoding="utf-8")
    assert "default-src 'none'; script-src 'sha256-" in html.unescape(text)
    page = text.split("<script>")[0]  # all that names reach; then two scripts of our own
    assert page.count("<script") == 1
    assert "<img" not in page
    assert "javascript:" not in page
    assert not re.search(r'(?:src|href)="(?!https?://)', page)


def test_format_that_is_not_known_is_named(found: Answer, tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="cannot be written as xlsx: choose from csv, json"):
        export_routes(found, "xlsx", tmp_path / "out")


def test_place_that_cannot_be_written_leaves_nothing(found: Answer, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("mine")
    with pytest.raises(BadInput, match="cannot be written"):
        export_routes(found, "json", tmp_path / "file" / "out.json")
    assert (tmp_path / "file").read_text() == "mine"


# --- the picture --------------------------------------------------------------------------------


def test_picture_is_the_same_for_the_same_answer(found: Answer) -> None:
    assert layout(found, 2) == layout(found, 2)
    assert svg(layout(found, 2)) == svg(layout(found, 2))


def test_parties_are_drawn_once_and_never_overlap(found: Answer) -> None:
    nodes = layout(found).nodes
    assert len({node.id for node in nodes}) == len(nodes)
    for one in nodes:
        for other in nodes:
            apart = abs(one.x - other.x) >= WIDTH or abs(one.y - other.y) >= HEIGHT
            assert one is other or apart


def test_hops_go_left_to_right_and_the_chosen_line_stands_out(found: Answer) -> None:
    for chosen in range(len(found.routes)):
        picture = layout(found, chosen)
        column = {node.id: node.x for node in picture.nodes}
        assert all(column[link.source] < column[link.target] for link in picture.links)
        route = found.routes[chosen]
        assert {n.id for n in picture.nodes if n.chosen} == set(route.entities)
        assert sum(link.chosen for link in picture.links) == len(route.hops)


def test_no_hop_is_drawn_through_a_party_it_does_not_touch(case: Reader) -> None:
    """A hop that skips a column bends into a lane between the boxes there."""
    view = build_view(case, dates.day_of("2025-10-15"))
    question = Question(
        origins=parse_set(view, "western-suppliers"), destinations=parse_set(view, "smartavia")
    )
    picture = layout(answer(view, question, 15, folded=True, version="test"))
    places = {node.id: (node.x, node.y) for node in picture.nodes}
    skipping = 0
    for link in picture.links:
        (x1, _), (x2, _) = places[link.source], places[link.target]
        passed = {b.x for b in picture.boxes if x1 + WIDTH < b.x and b.x + b.width < x2}
        assert [left for left, _, _ in link.bends] == sorted(passed)
        for left, right, lane in link.bends:
            in_column = [b for b in picture.boxes if b.x == left]
            assert right >= left + in_column[0].width
            assert not any(b.y <= lane <= b.y + b.height for b in in_column)
        skipping += bool(passed)
    assert skipping
    assert re.search(r"<path d=\"M[^\"]*H", svg(picture))


def test_attempts_and_contested_hops_say_so_where_they_are_drawn(found: Answer) -> None:
    hop = found.routes[0].hops[0]
    attempted = msgspec.structs.replace(hop, outcome="attempted", contested=True)
    line = msgspec.structs.replace(found.routes[0], hops=(attempted, *found.routes[0].hops[1:]))
    picture = layout(msgspec.structs.replace(found, routes=(line, *found.routes[1:])))
    (link,) = [x for x in picture.links if x.chosen and x.source == hop.origin]
    assert link.label.startswith("attempted · contested · ")


def test_documented_and_possible_are_drawn_apart(found: Answer) -> None:
    drawing = svg(layout(found))
    paths = [p for p in re.findall(r"<path [^>]*marker-end[^>]*>", drawing) if "C" in p]
    for path in paths:
        assert ("stroke-dasharray" in path) == ("#possible" in path)
    assert any("#documented" in path for path in paths)
    assert any("#possible" in path for path in paths)


def test_what_the_law_made_of_a_hop_is_told_by_shape_and_colour(found: Answer) -> None:
    law = [(OPENED, BARRED, *[""] * len(route.hops))[: len(route.hops)] for route in found.routes]
    drawing = svg(layout(found, 0, law))
    root = ET.fromstring(drawing)
    groups = [g for g in root.iter() if g.tag.endswith("}g")]
    paths = [dict(path.attrib) for g in [root, *groups] for path in g if path.tag.endswith("}path")]
    bands = [p for p in paths if p["stroke"] == LIGHT.opened and float(p["stroke-width"]) > 7]
    crosses = [p for p in paths if p["stroke"] == LIGHT.barred and "m-10 0" in p["d"]]
    links = layout(found, 0, law).links
    legend = 1
    assert len(bands) == sum(link.law == OPENED for link in links) + legend
    assert len(crosses) == sum(link.law == BARRED for link in links) + legend
    written = [t for t in root.iter() if t.text == "! restricted"]
    assert float(written[0].attrib["x"]) + 6.1 * len("! restricted") < float(root.attrib["width"])
    assert "became lawful" in drawing
    assert "prohibited" in drawing
    quiet = svg(layout(found))
    assert "became lawful" not in quiet
    assert LIGHT.opened not in re.sub("<defs>.*?</defs>", "", quiet)


def test_hop_fares_as_on_the_line_chosen_else_as_on_the_worst(found: Answer) -> None:
    """One hop can be lawful for the goods of one line and not for those of another."""
    shared = found.routes[0]
    two = msgspec.structs.replace(found, routes=(shared, shared))
    fared = [[OPENED] * len(shared.hops), [BARRED] * len(shared.hops)]
    for chosen, mark in enumerate((OPENED, BARRED)):
        assert {link.law for link in layout(two, chosen, fared).links} == {mark}
    three = msgspec.structs.replace(found, routes=(*two.routes, found.routes[1]))
    unmarked = [""] * len(found.routes[1].hops)
    marks = {link.id: link.law for link in layout(three, 2, [*fared, unmarked]).links}
    only = {f"{h.origin}>{h.target}>{h.basis}" for h in shared.hops}
    only -= {f"{h.origin}>{h.target}>{h.basis}" for h in found.routes[1].hops}
    assert {marks[name] for name in only} == {BARRED}


@pytest.mark.parametrize("dark", [False, True])
def test_hostile_names_stay_text_in_the_picture(found: Answer, dark: bool) -> None:
    drawing = svg(layout(hostile(found)), dark=dark)
    root = ET.fromstring(drawing)
    tags = {element.tag.split("}")[1] for element in root.iter()}
    assert tags == {"svg", "title", "defs", "marker", "path", "rect", "text", "g"}
    assert "\u202e" not in drawing


def test_many_lines_are_cut_and_counted(found: Answer) -> None:
    routes = tuple(
        msgspec.structs.replace(
            found.routes[0], entities=(f"a{n}", f"b{n}"), hops=(), rank=n, also_from=(), also_to=()
        )
        for n in range(100)
    )
    parties = tuple(
        Party(id=i, name=i, caption=i, kind="Company", country="", role="", person_basis="")
        for route in routes
        for i in route.entities
    )
    picture: Picture = layout(msgspec.structs.replace(found, routes=routes, parties=parties))
    assert len(picture.nodes) <= 60
    assert picture.left_out == 70
    assert "70 lines of the list are not drawn" in svg(picture)


@pytest.mark.parametrize("to_format", FORMATS["routes"])
def test_only_a_file_is_ever_replaced(found: Answer, tmp_path: Path, to_format: str) -> None:
    os.mkfifo(tmp_path / "pipe")  # stands for a device, which a broken program would replace
    for place in (Path(), Path("/"), tmp_path / "pipe"):
        with pytest.raises(BadInput, match="name the file to write"):
            export_routes(found, to_format, place)
    assert [p.name for p in tmp_path.iterdir()] == ["pipe"]
    assert (tmp_path / "pipe").is_fifo()


@pytest.mark.parametrize("to_format", ["csv", "json", "graphml", "gexf"])
def test_graph_goes_into_a_file_only(
    case: Reader, view: View, tmp_path: Path, to_format: str
) -> None:
    with pytest.raises(BadInput, match="is a folder: name the file to write"):
        export_graph(case, view, to_format, tmp_path)


def test_folder_in_the_place_of_a_second_file_is_told(found: Answer, tmp_path: Path) -> None:
    (tmp_path / "out.entities.csv").mkdir()
    with pytest.raises(BadInput, match=r"out\.entities\.csv is a folder"):
        export_routes(found, "csv", tmp_path / "out.csv")
