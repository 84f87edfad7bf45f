"""The terminal: documented JSON, plain sentences, exit codes. A user's mistake is no traceback."""

import csv
import io
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

import cli
from loaders import run

BELAVIA = [
    *("routes", "--from", "western-suppliers", "--to", "russian-carriers", "--via", "belavia"),
    *("--as-of", "2025-10-15"),
]


def call(case_path: Path | str, *args: str) -> Result:
    command, *rest = args
    return CliRunner().invoke(cli.main, [command, "--store", str(case_path), *rest])


def value(case_path: Path | str, *args: str) -> Any:
    result = call(case_path, *args, "--format", "json")
    assert result.exit_code == 0, result.output
    return json.loads(result.stdout)


def test_search_broken_off_says_what_may_be_missing_and_gives_no_reasons(case_path: Path) -> None:
    result = call(case_path, *BELAVIA, "--seconds", "0", "--format", "json")
    found = json.loads(result.stdout)
    assert (found["truncated"], found["explored_to_cost"], found["why_none"]) == (True, 0, [])
    assert "broken off before it had seen every route: none that costs less than 0" in result.stderr


def test_most_possible_hops_and_distinct_routes(case_path: Path) -> None:
    asked = ("routes", "--from", "western-suppliers", "--to", "russian-carriers", "--k", "40")
    one = value(case_path, *asked, "--max-possible", "1")["routes"]
    assert {sum(hop["basis"] == "possible" for hop in route["hops"]) for route in one} == {0, 1}
    between = [
        frozenset(r["entities"][1:-1]) for r in value(case_path, *asked, "--distinct")["routes"]
    ]
    assert len(set(between)) == len(between) > 5


def test_belavia_question_in_json(case_path: Path) -> None:
    found = value(case_path, *BELAVIA)
    assert found["question"]["from"][0] == "aar-corp"
    assert found["question"]["as_of"] == "2025-10-15"
    assert found["store"]["revision"] == 1
    assert (found["truncated"], found["explored_to_cost"], found["more"]) == (False, None, False)
    assert found["counts"]["routes"] == len(found["routes"]) > 300
    assert len({tuple(route["entities"]) for route in found["routes"]}) == len(found["routes"])
    route = found["routes"][0]
    assert {
        "rank",
        "id",
        "basis",
        "chain",
        "family",
        "cost",
        "terms",
        "entities",
        "hops",
    } <= route.keys()
    hop = route["hops"][0]
    assert {
        *("from", "to", "kind", "edge", "basis", "rule", "reason", "start", "end", "goods", "hs"),
        *("certainty", "contested", "cost", "order", "also", "claims", "denials", "shipment"),
        *("outcome", "verdicts"),
    } <= hop.keys()
    assert {
        *("id", "source", "url", "title", "publisher", "published", "status", "certainty", "note")
    } <= hop["claims"][0].keys()
    assert {"party", "kind", "statement", "url"} == hop["denials"][0].keys()


def test_same_question_same_bytes(case_path: Path) -> None:
    once, again = (call(case_path, *BELAVIA, "--format", "json").stdout_bytes for _ in range(2))
    assert once == again


def test_k_counts_routes_in_json_and_lines_when_folded(case_path: Path) -> None:
    cut = value(case_path, *BELAVIA, "--k", "7")
    assert (len(cut["routes"]), cut["more"], cut["counts"]["routes"]) == (7, True, 7)
    folded = value(case_path, *BELAVIA, "--k", "7", "--fold")
    assert (len(folded["routes"]), folded["more"]) == (7, True)
    assert folded["counts"]["routes"] > 300
    assert folded["routes"][0]["also_from"]


def test_table_says_what_is_not_documented(case_path: Path) -> None:
    text = call(case_path, *BELAVIA).stdout
    assert "A lead, not proof" in text
    assert "No shipment of parts from Belavia Belarusian Airlines" in text
    assert "╌╌▷" in text
    assert "──▶" not in text


def test_options_reach_the_search(case_path: Path) -> None:
    documented = value(
        case_path, "routes", "--from", "mic-pi", "--to", "russian-carriers", "--no-possible"
    )
    assert [r["entities"] for r in documented["routes"]] == [
        ["mic-pi", "intermodal-maldives", "smartavia"]
    ]
    one_rule = value(case_path, *BELAVIA, "--rules", "supply,maintenance")
    assert {h["rule"] for r in one_rule["routes"] for h in r["hops"]} == {"supply", "maintenance"}
    avoided = value(case_path, *BELAVIA, "--avoid", "belavia")
    assert avoided["routes"] == []
    assert {"without": "the parties to avoid", "routes": 100, "more": True} in avoided["why_none"]
    early = value(case_path, *BELAVIA, "--known-at", "2020-01-01")
    assert early["counts"]["routes"] == 0
    assert early["why_none"][-1]["without"] == "the date by which it had to be known"
    assert early["why_none"][-1]["routes"] == 100
    sure = value(case_path, *BELAVIA, "--min-certainty", "high")
    assert {h["certainty"] for r in sure["routes"] for h in r["hops"]} == {"high"}


def test_set_from_a_file(case_path: Path, tmp_path: Path) -> None:
    listed = tmp_path / "ids.txt"
    listed.write_text("boeing  # a maker\n\nairbus\n", encoding="utf-8")
    found = value(
        case_path, "routes", "--from", f"@{listed}", "--to", "aeroflot", "--as-of", "2025-10-15"
    )
    assert found["question"]["from"] == ["boeing", "airbus"]


def test_sources_lists_what_was_refused_and_contested(case_path: Path) -> None:
    found = value(case_path, "sources")
    assert {
        *("id", "publisher", "title", "url", "licence", "retrieved", "sha256"),
        *("entities", "edges", "claims", "measures"),
    } <= found["sources"][0].keys()
    assert {source["sha256"] for source in found["sources"]} == {None}
    assert found["loads"][0]["digest"] == run.content_digest(run.case_folder(), "case")
    assert {"claim", "why", "url"} == found["refused"][0].keys()
    assert any("ter-assala" in c["what"] for c in found["contested"])
    assert any("narrower" in c["says"] for c in found["contested"])


def test_search_and_show(case_path: Path) -> None:
    (first, *_) = value(case_path, "search", "Белавия")["hits"]
    assert (first["id"], first["score"]) == ("belavia", 100.0)
    shown = value(case_path, "show", "belavia", "--as-of", "2025-10-15")
    assert {"id", "kind", "name", "aliases", "country", "identifiers", "claims"} <= shown[
        "entity"
    ].keys()
    forced = {m["id"]: m["in_force"] for m in shown["measures"]}
    assert forced["belavia-ofac-sdn-imposed-2023-08-09"] is True
    assert forced["belavia-bis-tdo-imposed-2022-06-16"] is False
    assert {"id", "regime", "layer", "kind", "text", "url", "start", "end"} <= shown["measures"][
        0
    ].keys()
    assert any(e["kind"] == "authorised_to_maintain" for e in shown["edges"])


def test_person_is_shown_with_the_reason_for_being_here(case_path: Path) -> None:
    text = call(case_path, "show", "chistyakov").stdout
    assert "Why this person is here: charge" in text
    assert "not guilty" in text


def test_person_is_never_named_without_the_reason(case_path: Path) -> None:
    for args in (("search", "Patsulya"), ("show", "mic-pi")):
        assert "conviction: pleaded guilty Apr 2024" in call(case_path, *args).stdout
        assert "conviction: pleaded" in call(case_path, *args, "--format", "csv").stdout
    (hit, *_) = value(case_path, "search", "Patsulya")["hits"]
    assert hit["person_basis"].startswith("conviction:")
    parties = {party["id"]: party for party in value(case_path, "show", "mic-pi")["parties"]}
    assert parties["patsulya"]["person_basis"].startswith("conviction:")
    assert parties["rossiya"] == {
        **{"id": "rossiya", "name": "Rossiya Airlines JSC", "kind": "Airline", "country": "RU"},
        "person_basis": "",
    }


def test_what_is_said_against_an_edge_and_of_it_stands_under_it(case_path: Path) -> None:
    lines = call(case_path, "show", "i-fly").stdout.splitlines()
    (place,) = (i for i, line in enumerate(lines) if line.startswith("cargoline  supplies"))
    assert "contested  [outcome delivered; stated in part]" in lines[place]
    assert lines[place + 1].startswith("    ! right-direction explains: sold to Cargoline")


def test_edge_is_shown_with_the_fields_of_a_hop(case_path: Path) -> None:
    found = value(case_path, "routes", "--from", "mic-pi", "--to", "smartavia", "--no-possible")
    shown = {e["edge"]: e for e in value(case_path, "show", "mic-pi")["edges"]}
    hop = found["routes"][0]["hops"][0]
    edge = shown[hop["edge"]]
    assert hop.keys() <= edge.keys()
    for name in hop.keys() - {"order", "verdicts"}:
        assert edge[name] == hop[name], name
    assert edge["order"] is None
    assert edge["verdicts"] == []  # an edge by itself is not judged
    assert {v["regime"] for v in hop["verdicts"]} == {"US"}
    controls = next(e for e in shown.values() if e["kind"] == "controls")
    assert [controls[n] for n in ("rule", "cost", "hs", "shipment", "outcome")] == [None] * 5
    assert controls["verdicts"] == controls["also"] == []


def test_csv_of_routes_is_the_one_that_is_exported(case_path: Path, tmp_path: Path) -> None:
    asked = ("--from", "cargoline", "--to", "i-fly", "--include-contested")
    printed = call(case_path, "routes", *asked, "--format", "csv").stdout_bytes
    place = tmp_path / "routes.csv"
    export = ("export", "--what", "routes", "--to-format", "csv", "--out", str(place))
    assert call(case_path, *export, *asked).exit_code == 0
    (row,) = csv.DictReader(io.StringIO(printed.decode(), newline=""))
    assert (row["outcome"], row["contested"], row["rule"]) == ("delivered", "True", "")
    assert row["marks"] == "stated in part"
    assert row["reason"]
    assert list(csv.DictReader(io.StringIO(place.read_text(encoding="utf-8")))) == [row]


def test_denial_is_shown_with_the_party(case_path: Path) -> None:
    assert (
        "Explains: says it complies with all sanctions" in call(case_path, "show", "airbus").stdout
    )
    denials = value(case_path, "show", "griffon")["entity"]["denials"]
    assert [d["kind"] for d in denials] == ["denies"]


@pytest.mark.parametrize(
    "args",
    [["sources"], ["search", "belavia"], ["show", "belavia"], BELAVIA],
)
def test_csv_is_a_table(case_path: Path, args: list[str]) -> None:
    text = call(case_path, *args, "--format", "csv").stdout
    rows = list(csv.reader(io.StringIO(text)))
    assert len(rows) > 1
    assert {len(row) for row in rows} == {len(rows[0])}


def test_csv_of_files_and_of_nothing_is_a_table_too(case_path: Path, tmp_path: Path) -> None:
    def rows(*args: str) -> list[dict[str, str]]:
        text = call(case_path, *args, "--format", "csv").stdout
        return list(csv.DictReader(io.StringIO(text, newline="")))

    made = rows("template", str(tmp_path / "own"))
    assert [Path(row["path"]).name for row in made] == ["entities.csv", "edges.csv", "measures.csv"]
    place = str(tmp_path / "r.json")
    asked = ("--from", "mic-pi", "--to", "smartavia", "--out", place)
    (file,) = rows("export", "--what", "routes", "--to-format", "json", *asked)
    assert file["path"] == place
    assert int(file["bytes"]) == Path(place).stat().st_size
    assert call(case_path, "search", "xqzxqz", "--format", "csv").stdout.startswith("id,kind,name")


def test_csv_of_routes_says_what_stands_beside_them_on_standard_error(case_path: Path) -> None:
    asked = ("--from", "boeing", "--to", "severstal-air", "--as-of", "2025-10-15")
    result = call(case_path, "routes", *asked, "--format", "csv")
    assert result.stdout.startswith("rank,route,route_basis,")
    assert len(result.stdout.splitlines()) == 1
    assert "Severstal Aircompany is no taker" in result.stderr
    assert "No route. Taken away one at a time:" in result.stderr
    assert call(case_path, "routes", *asked, "--format", "csv", "--quiet").stderr == ""


@pytest.mark.parametrize("form", ["table", "csv", "json"])
def test_warnings_of_a_load_go_to_standard_error(tmp_path: Path, form: str) -> None:
    folder = tmp_path / "tables"
    folder.mkdir()
    (folder / "entities.csv").write_text("id,kind,name,ceo\na,Company,Test A,x\n", encoding="utf-8")
    result = call(tmp_path / "store.db", "load", str(folder), "--format", form)
    assert "entities.csv: column 'ceo' kept as a property" in result.stderr
    assert form == "json" or "ceo" not in result.stdout


def test_load_template_and_export(tmp_path: Path) -> None:
    store = str(tmp_path / "new.db")
    (report,) = value(store, "load")["loads"]
    assert {
        "source",
        "loader",
        "read",
        "written",
        "skipped",
        "warnings",
        "revision",
    } <= report.keys()
    assert value(store, "load")["loads"][0]["changed"] is False
    assert len(value(store, "template", str(tmp_path / "own"))["files"]) == 3
    asked = ("--from", "mic-pi", "--to", "smartavia", "--out", str(tmp_path / "r.html"))
    (file,) = value(store, "export", "--what", "routes", "--to-format", "html", *asked)["files"]
    assert Path(file["path"]).stat().st_size == file["bytes"]
    assert {"path", "bytes", "sha256"} == file.keys()
    graph = ("--what", "graph", "--to-format", "csv", "--out", str(tmp_path / "g.csv"))
    assert len(value(store, "export", *graph)["files"]) == 2


@pytest.mark.parametrize(
    ("args", "says"),
    [
        (["routes", "--from", "boeng", "--to", "aeroflot"], "there is no entity or set 'boeng'"),
        (["routes", "--from", "boeing", "--to", ","], "--to is empty"),
        (
            ["routes", "--from", "chistyakov", "--to", "aeroflot"],
            "is of kind Person, which is never",
        ),
        (["routes", "--from", "boeing", "--to", "svo"], "is of kind Airport, which is never"),
        ([*BELAVIA[:5], "--as-of", "15.10.2025"], "'15.10.2025' is no date: write YYYY"),
        ([*BELAVIA, "--known-at", "soon"], "'soon' is no date"),
        ([*BELAVIA, "--max-hops", "9"], "--max-hops 9 is out of range: give 1 to 8"),
        ([*BELAVIA, "--rules", "guess"], "there is no rule 'guess': choose from supply"),
        ([*BELAVIA, "--kinds", "smuggles"], "there is no kind 'smuggles': choose from"),
        ([*BELAVIA, "--goods", "parts"], "'parts' is no HS code"),
        (
            [*BELAVIA, "--avoid", "@absent.txt"],
            "the list of ids 'absent.txt' cannot be read: no such file or directory",
        ),
        ([*BELAVIA, "--avoid", "@/"], "the list of ids '/' cannot be read: is a directory"),
        ([*BELAVIA, "--avoid", ""], "--avoid is empty"),
        ([*BELAVIA, "--via", ""], "--via is empty"),
        ([*BELAVIA, *["--via", "belavia"] * 70], "--via is given 71 times, and a route of 6 hops"),
        ([*BELAVIA[:5], "--as-of", ""], "'' is no date"),
        ([*BELAVIA, "--known-at", ""], "'' is no date"),
        (["show", "belavia", "--as-of", ""], "'' is no date"),
        (["routes", "--from", "boeing", "--to", "boeing"], "--from and --to are the same"),
        (
            ["routes", "--from", "western-suppliers", "--to", "boeing"],
            "every party of --to is in --from too",
        ),
        (["show", "belavja"], "there is no entity 'belavja'"),
        (["load", "absent-folder"], "there is no file or folder absent-folder"),
        (
            ["export", "--what", "graph", "--to-format", "pptx", "--out", "x"],
            "cannot be written as pptx",
        ),
    ],
)
def test_mistake_gets_one_plain_sentence_and_exit_code_2(
    case_path: Path, args: list[str], says: str
) -> None:
    result = call(case_path, *args)
    assert result.exit_code == 2
    assert result.stdout == ""
    (line,) = result.stderr.strip().splitlines()
    assert line.startswith("loophole: ")
    assert says in line


@pytest.mark.parametrize(
    "args",
    [
        ["routes", "--from", "boeing"],
        [*BELAVIA, "--k", "0"],
        [*BELAVIA, "--k", "many"],
        [*BELAVIA, "--format", "xml"],
        [*BELAVIA, "--min-certainty", "absolute"],
        ["export", "--what", "dreams", "--to-format", "csv", "--out", "x"],
        ["export", "--what", "routes", "--to-format", "csv", "--out", "x"],
        ["frobnicate"],
    ],
)
def test_wrong_options_exit_with_2(case_path: Path, args: list[str]) -> None:
    result = (
        call(case_path, *args) if args[0] != "frobnicate" else CliRunner().invoke(cli.main, args)
    )
    assert result.exit_code == 2
    assert result.stdout == ""
    assert "Traceback" not in result.stderr


@pytest.mark.parametrize(
    "args", [["routes", "--from", "a", "--to", "b"], ["sources"], ["search", "x"], ["show", "x"]]
)
def test_missing_store_says_how_to_make_one(tmp_path: Path, args: list[str]) -> None:
    result = call(tmp_path / "absent.db", *args)
    assert result.exit_code == 2
    assert "make one with `loophole load`" in result.stderr
    assert list(tmp_path.iterdir()) == []


def test_damaged_store_is_told_and_left_as_it_is(tmp_path: Path) -> None:
    path = tmp_path / "broken.db"
    path.write_bytes(b"SQLite format 3\x00" + b"\x13" * 5000)
    for args in (["sources"], ["load"]):
        result = call(path, *args)
        assert result.exit_code == 2
        assert result.stderr.startswith("loophole: ")
    assert path.read_bytes() == b"SQLite format 3\x00" + b"\x13" * 5000


def test_failed_load_leaves_the_store_as_it_was(tmp_path: Path) -> None:
    store = tmp_path / "store.db"
    run.load(str(store), run.case_folder())
    bad = tmp_path / "bad"
    bad.mkdir()
    (bad / "entities.csv").write_text("id,kind,name\nx,Nothing,X\n", encoding="utf-8")
    before = call(store, "sources", "--format", "json").stdout
    result = call(store, "load", str(bad))
    assert result.exit_code == 2
    assert "entities.csv line 2: kind 'Nothing'" in result.stderr
    assert call(store, "sources", "--format", "json").stdout == before


def test_store_is_taken_from_the_environment(
    case_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LOOPHOLE_STORE", str(case_path))
    result = CliRunner().invoke(cli.main, ["search", "belavia"])
    assert result.exit_code == 0
    assert "belavia" in result.stdout


@pytest.mark.parametrize(
    ("to_format", "option"),
    [
        *(("json", o) for o in ("--no-possible", "--any-order", "--fold", "--no-fold")),
        *(("json", o) for o in ("--rules supply", "--kinds supplies", "--min-certainty high")),
        *(
            ("json", o)
            for o in ("--goods 8807", "--avoid belavia", "--from boeing", "--max-hops 6")
        ),
        *(("tables", o) for o in ("--as-of 2025", "--known-at 2025", "--include-contested")),
    ],
)
def test_export_of_the_graph_refuses_what_it_would_pass_over(
    case_path: Path, tmp_path: Path, to_format: str, option: str
) -> None:
    place = tmp_path / "graph"
    args = ("export", "--what", "graph", "--to-format", to_format, "--out", str(place))
    result = call(case_path, *args, *option.split())
    assert result.exit_code == 2
    assert f"{option.split()[0].replace('--no-fold', '--fold')} does not apply" in result.stderr
    assert not place.exists()


def test_export_of_the_graph_holds_what_was_known_by_then_and_says_so(
    case_path: Path, tmp_path: Path
) -> None:
    def exported(*options: str) -> Any:
        place = tmp_path / "graph.json"
        args = ("export", "--what", "graph", "--to-format", "json", "--out", str(place))
        assert call(case_path, *args, "--as-of", "2025-10-15", *options).exit_code == 0
        return json.loads(place.read_text(encoding="utf-8"))

    whole, known = exported(), exported("--known-at", "2023-01-01")
    assert "as known by" not in whole["about"]
    assert "as of 2025-10-15 as known by 2023-01-01" in known["about"]
    assert 0 < len(known["edges"]) < len(whole["edges"])
    ends = {e[end] for e in known["edges"] for end in ("from", "to")}
    assert ends <= {entity["id"] for entity in known["entities"]}
    assert len(known["entities"]) < len(whole["entities"])
    assert any(e["shipment"] == "S007" for e in whole["edges"])
    assert not any(e["shipment"] == "S007" for e in known["edges"])  # published in May 2023


def test_version_and_help() -> None:
    assert "loophole" in CliRunner().invoke(cli.main, ["--version"]).stdout
    listed = CliRunner().invoke(cli.main, ["--help"]).stdout
    for name in ("load", "template", "sources", "search", "show", "routes", "export", "app"):
        assert name in listed
        assert CliRunner().invoke(cli.main, [name, "--help"]).exit_code == 0


def test_whole_aircraft_is_not_called_a_part(tmp_path: Path) -> None:
    folder = tmp_path / "tables"
    folder.mkdir()
    (folder / "entities.csv").write_text(
        "id,kind,name,family,msn\na,Airline,Test A,,\nb,Airline,Test B,,\n"
        "x,Aircraft,ZZ-1,A330,491\ny,Aircraft,ZZ-2,A330,491\nA330,AircraftFamily,A330,,\n",
        encoding="utf-8",
    )
    (folder / "edges.csv").write_text(
        "id,source,target,kind,start,end\n1,a,x,operates,2020,2023-01-01\n2,b,y,operates,2024,\n",
        encoding="utf-8",
    )
    store = tmp_path / "store.db"
    run.load(str(store), folder)
    asked = ("routes", "--from", "a", "--to", "b", "--as-of", "2025-06")
    assert "an aircraft itself, the A330, cost" in call(store, *asked).stdout
    assert value(store, *asked)["routes"][0]["whole_aircraft"] is True


def test_installed_program_is_the_one_that_is_edited() -> None:
    """An editable install copies nothing: a copy beside the packages would run instead."""
    program = Path(sys.executable).with_name("loophole")
    told = subprocess.run([program, "--help"], capture_output=True, text=True, check=True).stdout
    assert all(f"  {name} " in told for name in cli.main.commands)
