"""The curated tables: every end resolves, every row has a source, nothing handed over is lost."""

import csv
import hashlib
import os
import re
from collections import Counter
from pathlib import Path

import pytest

from graph import dates
from graph.kinds import CERTAINTIES, EDGE_KINDS, STATUSES
from graph.law.regimes import load_law
from graph.law.schema import Authorisation, CarveOut, Rule
from graph.model import SUPPORT, Edge, Measure
from graph.rules import Facts
from graph.store import Reader
from loaders.case.law import measure_id
from loaders.run import case_folder

FOLDER = case_folder()

# Rows whose source is known to lack a date or an address; shown as such wherever they stand.
UNDATED_SOURCES = {"southdiario", "officelife", "euroradio_747"}
UNSOURCED_REFUSALS = {
    "EW-254PA, EW-366PA, EW-456PA and others with year of building as in a student example database"
}
PERSON_BASES = ("charge:", "plea:", "conviction:", "designation:", "public office:")
DATES = ("start", "end", "as_of", "published", "observed_from", "observed_to")
WITH_A_REASON = {"sets": "why", "classes": "how_decided", "places": "place"}
UNSOURCED_FAMILIES = {"A350", "B787", "OTHER"}  # in the list for their type codes; make no edge
BY_ITS_SHIPMENT = {"legs", "unnamed_parties"}


def table(name: str) -> list[dict[str, str]]:
    with (FOLDER / f"{name}.csv").open(encoding="utf-8", newline="") as handle:
        return list(csv.DictReader(handle))


TABLES = {path.stem: table(path.stem) for path in sorted(FOLDER.glob("*.csv"))}
REGIMES = {
    name: part
    for _, rule in load_law().rules()
    for part in (rule, *getattr(rule, "carve_outs", ()))
    for name in (part.id, *(measure_id(part, entity) for entity in part.upon))
}
"""Rules of `data/regimes` by the id they have in the store."""
FACTS = [name for name in TABLES if name not in {"sources", "ledger"}]


@pytest.mark.parametrize("name", sorted(TABLES))
def test_dates_parse(name: str) -> None:
    for row in TABLES[name]:
        for column in DATES:
            if row.get(column):
                dates.parse(row[column])


@pytest.mark.parametrize("name", FACTS)
def test_every_row_has_a_source_its_own_or_its_shipments(name: str) -> None:
    known = {row["id"] for row in TABLES["sources"]}
    shipments = {row["id"]: row for row in TABLES["shipments"]}
    for row in TABLES[name]:
        if name in WITH_A_REASON:
            assert row[WITH_A_REASON[name]]
        elif name in BY_ITS_SHIPMENT:
            assert shipments[row["shipment"]]["citation"] in known
        elif name == "families" and row["id"] in UNSOURCED_FAMILIES:
            assert row["note"]
        elif row.get("claim") not in UNSOURCED_REFUSALS:
            assert row["citation"] in known, row


def test_sources_are_complete_but_for_the_known_gaps() -> None:
    gaps = {row["id"] for row in TABLES["sources"] if not row["published"]}
    cited = Counter(row["citation"] for name in FACTS for row in TABLES[name] if "citation" in row)
    unexplained = {
        gap for gap in gaps - UNDATED_SOURCES if cited[gap] and not _undated_is_said(gap)
    }
    assert not unexplained
    for row in TABLES["sources"]:
        assert row["title"], row
        assert row["publisher"], row
        assert row["url"].startswith(("http://", "https://")), row


def _undated_is_said(source: str) -> bool:
    """Suppliers', fleets' and bases' sources may be undated: certainty and cost carry it."""
    users = {n for n in FACTS for row in TABLES[n] if row.get("citation") == source}
    return users <= {
        "entities",
        "capabilities",
        "families",
        "fleets",
        "bases",
        "measures",
        "airports",
    }


def test_statuses_and_certainties_are_of_the_vocabulary() -> None:
    for name in FACTS:
        for row in TABLES[name]:
            assert row.get("status", "") in {"", *STATUSES}
            assert row.get("certainty", "") in {"", *CERTAINTIES}


def test_relations_are_of_the_vocabulary() -> None:
    assert {row["kind"] for row in TABLES["relations"]} <= EDGE_KINDS.keys()


def test_every_person_has_a_basis_and_only_persons_have_one() -> None:
    for row in TABLES["entities"]:
        assert (row["kind"] == "Person") == row["person_basis"].startswith(PERSON_BASES), row["id"]


def test_persons_are_in_no_set() -> None:
    persons = {row["id"] for row in TABLES["entities"] if row["kind"] == "Person"}
    assert not persons & {row["entity"] for row in TABLES["sets"]}


@pytest.mark.parametrize(
    ("as_of", "flies"), [("2022-06-01", False), ("2024-07-31", False), ("2024-09-01", True)]
)
def test_belavia_flies_the_a330_only_since_they_were_delivered(
    case: Reader, as_of: str, flies: bool
) -> None:
    assert ("A330" in Facts(case, dates.day_of(as_of)).fleet("belavia")) is flies


def test_contested_measure_keeps_both_readings() -> None:
    readings = {row["reading"].split(":")[0] for row in TABLES["readings"]}
    assert readings == {"wider", "narrower"}


def test_every_edge_and_measure_in_the_store_has_a_claim_with_a_source(case: Reader) -> None:
    records: list[Edge | Measure] = [*case.edges(), *case.measures()]
    for record in records:
        supports = [claim for claim in record.claims if claim.kind == SUPPORT]
        assert supports, record.id
        assert all(claim.source for claim in supports), record.id


def test_legs_of_a_shipment_stay_distinct_edges(case: Reader) -> None:
    stored = Counter(edge.shipment for edge in case.edges() if edge.shipment)
    assert stored == Counter(row["shipment"] for row in TABLES["legs"])


def test_denials_stand_beside_edges_and_parties(case: Reader) -> None:
    for row in TABLES["denials"]:
        said = row["statement"]
        assert said in {c.note for c in case.entity(row["party"]).claims if c.kind == "denial"}
        if row["about"] != "*":
            edges = [edge for edge in case.edges() if edge.shipment == row["about"]]
            assert edges
            assert all(said in {c.note for c in edge.claims} for edge in edges)


def _keys(name: str) -> set[str]:
    """The keys a ledger row may name: an id, the pair of a set, or the number of a row."""
    if name == "regimes":
        return set(REGIMES)
    if name == "kinds":
        return set(EDGE_KINDS) | {"maintains", "leases"}
    if name == "sets":
        return {f"{row['set']}/{row['entity']}" for row in TABLES["sets"]}
    rows = TABLES[name]
    ids = {row["id"] for row in rows if "id" in row}
    return ids | {str(number) for number in range(1, len(rows) + 1)}


def test_ledger_accounts_for_every_row(capsys: pytest.CaptureFixture[str]) -> None:
    """Every row of the tables the case was made from is found again; prints the reconciliation."""
    found: Counter[tuple[str, str]] = Counter()
    rows: dict[str, list[int]] = {}
    for row in TABLES["ledger"]:
        assert row["key"] in _keys(row["becomes"]), row
        found[row["table"], row["becomes"]] += 1
        rows.setdefault(row["table"], []).append(int(row["row"]))
    for name, numbers in rows.items():
        assert numbers == list(range(1, len(numbers) + 1)), name
    with capsys.disabled():
        print("\n  reconciliation of the curated tables")
        for (origin, becomes), count in sorted(found.items()):
            print(f"  {origin:24} {count:5} rows -> {becomes:16} {len(TABLES.get(becomes, ())):5}")


@pytest.mark.samples
@pytest.mark.skipif(
    "LOOPHOLE_HANDOVER" not in os.environ, reason="LOOPHOLE_HANDOVER names no folder of originals"
)
def test_ledger_agrees_with_the_tables_handed_over() -> None:
    """Row for row: each original's digest is in the ledger, and its cells are in our row."""
    root = Path(os.environ["LOOPHOLE_HANDOVER"])
    ledger = {(row["table"], row["row"]): row for row in TABLES["ledger"]}
    seen = 0
    for folder, prefix in (
        ("facts", ""),
        ("facts_suppliers", "suppliers."),
        ("facts_fleets", "fleets."),
        ("reference", "reference."),
    ):
        for path in sorted((root / folder).glob("*.csv")):
            if folder == "reference" and path.stem != "licence_timeline":
                continue
            with path.open(encoding="utf-8", newline="") as handle:
                header, *lines = list(csv.reader(handle))
            for number, cells in enumerate(lines, 1):
                entry = ledger[prefix + path.stem, str(number)]
                digest = hashlib.sha256("\x1f".join(cells).encode()).hexdigest()[:16]
                assert entry["digest"] == digest, (path.name, number)
                if entry["becomes"] == "regimes":
                    _assert_merged(dict(zip(header, cells, strict=True)), entry)
                elif folder != "reference":
                    _assert_kept(dict(zip(header, cells, strict=True)), entry)
                seen += 1
    assert seen == len(ledger)


def _assert_merged(original: dict[str, str], entry: dict[str, str]) -> None:
    """Two tables became one: the wording is one of the two, the days are both's."""
    rule = REGIMES[entry["key"]]
    start = original.get("start_date", original.get("valid_from", ""))
    assert start in {rule.start, getattr(rule, "end", "")} | _listed_since(rule), entry
    if "id" in original and not isinstance(rule, CarveOut):
        assert original["id"] in rule.also, entry


def _listed_since(rule: Rule | CarveOut) -> set[str]:
    """A rule that leans on listings has no day of its own: theirs count, and its sunset."""
    if getattr(rule, "lists", None) is None:
        return set()
    return {row["start"] for row in TABLES["measures"]} | {"2026-02-26"}


# The tables handed over had working words in their notes, which readers of a claim could not follow.
_REWORDED = (
    (r"overlaps:(S\d+)", r"counts goods that shipment \1 counts too"),
    (
        r"summarises:(S\d+), outcome there: (.*)",
        r"sums up shipment \1; by the outcome given there this \2",
    ),
    (r"summarises:(S\d+), outcome there", r"sums up shipment \1, which gives the outcome"),
    (r"; summarises:S\d+$", ""),  # the loader says so with what it sums up
    (r"\b(as|of) (S\d{3})", r"\1 shipment \2"),
    (r": see refused\.csv", "; that claim was refused"),
    (r" \(see legs\.csv\)", ", a leg of its own"),
    (r", see legs\.csv", ", each a leg of its own"),
    (r"(from|in|of) aircraft\.csv", r"\1 the table of aircraft"),
    (r"2018, see capabilities\.csv", "2018, a source of the table of capabilities"),
    (r"from the CFM56 and IAE sources in", "from the sources on the CFM56 and of IAE in"),
    (r"in capabilities\.csv", "in the table of capabilities"),
    (r"\(as_of is the middle row\)", "(the date is that of the middle row)"),
    (r"a row of capabilities\.csv names", "a capability on record is for"),
    (r"a row of capabilities\.csv says it maintains", "a capability on record is to maintain"),
    (r"= (BY|RU) in entities\.csv", r"is \1 in the table of entities"),
)
_WORKING = re.compile(
    r"\w\.csv|(overlaps|summarises):|as_of|\([a-z]+_[a-z0-9_]+\)|\b(as|of) S\d{3}"
)


def test_notes_hold_no_words_of_the_workshop() -> None:
    """Notes stand with claims on the pages: a name of a file or a key says nothing there."""
    read = {"note", "why", "how_decided", "statement", "scope"}
    found = [
        (name, value)
        for name in FACTS
        for row in TABLES[name]
        for column, value in row.items()
        if column in read and _WORKING.search(value)
    ]
    assert not found


def _reworded(text: str) -> str:
    for working, plain in _REWORDED:
        text = re.sub(working, plain, text)
    return text


def _assert_kept(original: dict[str, str], entry: dict[str, str]) -> None:
    if entry["becomes"] == "kinds":
        return
    ours = _row(entry["becomes"], entry["key"])
    sources = {row["id"]: row for row in TABLES["sources"]}
    cited = sources.get(ours.get("citation", ""), {})
    kept = {*ours.values(), *cited.values()}
    for column, value in original.items():
        if column == "note" or column == "notes":
            assert _reworded(value) in ours.get("note", ""), (entry, column)
        elif column == "measure":
            rule = REGIMES[ours["measure"]]
            assert isinstance(rule, Authorisation)
            told = {*rule.upon, rule.programme, rule.action, rule.start}
            assert set(value.split("|")) <= told
        elif column == "why" and entry["becomes"] == "sets":
            assert _reworded(value) in ours["why"], entry
        elif column.startswith("source_") and entry["becomes"] == "readings":
            assert value in kept
        else:
            assert _reworded(value) in kept or value == "", (entry, column, value)


def _row(name: str, key: str) -> dict[str, str]:
    if name == "sets":
        return next(r for r in TABLES["sets"] if f"{r['set']}/{r['entity']}" == key)
    rows = TABLES[name]
    if key.isdigit() and "id" not in rows[0]:
        return rows[int(key) - 1]
    if name == "families":
        return rows[int(key) - 1]
    return next(row for row in rows if row["id"] == key)
