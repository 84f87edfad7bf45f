"""The Entity page: deep links, the date, hostile names, and what must never be hidden."""

import csv
import datetime as dt
import re
from pathlib import Path

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from loaders import run

ROOT = Path(__file__).resolve().parents[2]
PAGE = str(ROOT / "ui" / "pages" / "entity.py")
HOSTILE = (
    "![x](https://evil.example/t.png) [go](javascript:alert(1)) <img src=x onerror=alert(1)> "
    "</script><script>alert(1)</script> :red[x] $a$ `c` | =cmd|'/c calc'!A0 "
    "\u202eright\u202c zero\u200bwidth " + "long " * 60
)
ENTITY = {"kind": "Company", "country": "BY", "aliases": HOSTILE, "role": HOSTILE}
OTHERS = {
    "test-hostile": ENTITY
    | {"name": HOSTILE, "identifiers": "INN:=cmd|![y](https://evil.example)"},
    "test-person": ENTITY
    | {"kind": "Person", "name": HOSTILE, "person_basis": f"charge: {HOSTILE}"},
}
CLAIM = {"source_url": "https://a.example/x", "source_title": HOSTILE, "publisher": HOSTILE}
FACTS = CLAIM | {"note": HOSTILE, "status": "press-reported", "certainty": "contested"}


def opened(store: Path, monkeypatch: pytest.MonkeyPatch, **parameters: str) -> AppTest:
    st.cache_resource.clear()  # what is cached belongs to one store
    monkeypatch.setenv("LOOPHOLE_STORE", str(store))
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=60).run()
    app.switch_page(PAGE)
    for name, value in parameters.items():
        app.query_params[name] = value
    app.run()
    assert not app.exception
    return app


def address(app: AppTest) -> str:
    """The date in the address."""
    return "".join(app.query_params["as_of"])


def marked(app: AppTest) -> list[str]:
    """Every string that is read as Markdown."""
    parts = [*app.markdown, *app.caption, *app.info, *app.warning, *app.error, *app.subheader]
    links = [element.proto.label for element in app.get("page_link")]
    folds = [fold.label for fold in app.expander]
    return [*(str(part.value) for part in parts), *links, *folds]


def words(app: AppTest) -> str:
    return "\n".join(marked(app))


def test_deep_link_shows_the_entity_on_its_date(
    case_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = opened(case_path, monkeypatch, id="belavia", as_of="2025-10-15")
    text = words(app)
    assert app.date_input("entity.as_of").value == dt.date(2025, 10, 15)
    assert "Open Joint Stock Company Belavia" in text
    assert "Белавія" in text
    assert "On 2025-10-15: **9** in force" in text
    assert "Measures over time (19)" in text
    assert "Belarusian air carriers" in text
    assert "public office\\: director general" in text  # the person's status, beside the name
    assert address(app) == "2025-10-15"


def test_date_decides_what_is_in_force_and_stands_in_the_address(
    case_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = opened(case_path, monkeypatch, id="belavia", as_of="2025-10-15")
    app.date_input("entity.as_of").set_value(dt.date(2025, 11, 4)).run()
    assert address(app) == "2025-11-04"
    assert "On 2025-11-04: **8** in force" in words(app)


def test_without_a_date_it_is_today(case_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    app = opened(case_path, monkeypatch, id="boeing")
    assert address(app) == str(app.date_input("entity.as_of").value)
    assert "says it complied" in words(app)


def test_date_that_is_none_is_told(case_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    app = opened(case_path, monkeypatch, id="boeing", as_of="soon")
    assert "The link's date (soon) is none" in words(app)


def test_airline_has_its_fleet_and_aircraft_and_an_aircraft_its_operators(
    case_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = opened(case_path, monkeypatch, id="belavia", as_of="2025-10-15")
    by_columns = {tuple(table.value.columns): table.value for table in app.dataframe}
    (fleet,) = (t for columns, t in by_columns.items() if "picture" in columns)
    assert "2 B737NG as of 2023-03-17" in set(fleet["picture"])
    (tails,) = (t for columns, t in by_columns.items() if "serial" in columns)
    assert len(tails) == 43
    assert "26294" in set(tails["serial"])
    text = words(opened(case_path, monkeypatch, id="ew-254pa"))
    assert "Operators in sequence (1)" in text
    assert "1\\. Belavia Belarusian Airlines" in text


def test_person_is_shown_with_the_reason_on_top_and_in_the_hits(
    case_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = opened(case_path, monkeypatch, id="patsulya")
    assert "conviction" in app.warning[0].value
    app.text_input("entity.text").set_value("Haimovich").run()
    assert "plea\\: guilty" in "\n".join(str(part.value) for part in app.caption)


def test_unknown_id_is_told(case_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    app = opened(case_path, monkeypatch, id="nobody<b>")
    assert "there is no entity" in app.warning[0].value


def test_empty_page_and_empty_search_say_what_to_do(
    case_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = opened(case_path, monkeypatch)
    assert "Search for a name" in app.info[0].value
    app.text_input("entity.text").set_value("zzqqxx").run()
    assert "Nothing found" in app.info[0].value
    app.text_input("entity.text").set_value("белавия").run()
    assert "alias\\: Белавия" in words(app) or "id\\: belavia" in words(app)


def write(folder: Path, name: str, rows: list[dict[str, str]]) -> None:
    columns = list(dict.fromkeys(column for row in rows for column in row))
    with (folder / f"{name}.csv").open("w", encoding="utf-8", newline="") as handle:
        table = csv.DictWriter(handle, columns, restval="")
        table.writeheader()
        table.writerows(rows)


def hostile_store(folder: Path) -> Path:
    """Own tables in which every text acts up."""
    tables = folder / "hostile"
    tables.mkdir()
    write(tables, "entities", [{"id": i} | row | FACTS for i, row in OTHERS.items()])
    ends = {"source": "test-person", "target": "test-hostile"}
    kinds = ("directs", "brokers_for", *("offers_to",) * 12)
    edges = [
        {"id": f"test-{n}", "kind": kind, "start": "2024", "goods": f"{n} {HOSTILE}", **ends}
        for n, kind in enumerate(kinds)
    ]
    write(tables, "edges", [edge | FACTS for edge in edges])
    law = dict.fromkeys(("programme", "text", "scope", "action"), HOSTILE)
    measure = {"entity": "test-hostile", "regime": "US", "layer": HOSTILE, "kind": "listing"}
    write(tables, "measures", [{"id": "test-m", "start": "2024"} | measure | law | FACTS])
    run.load(str(folder / "hostile.db"), tables)
    return folder / "hostile.db"


@pytest.mark.parametrize("entity_id", ["test-hostile", "test-person"])
def test_hostile_text_is_shown_and_never_acts(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, entity_id: str
) -> None:
    app = opened(hostile_store(tmp_path), monkeypatch, id=entity_id, as_of="2025-01-01")
    app.text_input("entity.text").set_value("evil example").run()
    assert not app.exception
    given = marked(app)
    assert sum("evil" in text for text in given) > 8
    for text in given:
        assert not re.search(r"(?<!\\)<(?:img|/?script|b)", text)
        assert not re.search(r"(?<!\\)!\[", text)
        assert not re.search(r"(?<!\\)\]\((?!https://a\.example/x\))", text)
        assert not re.search(r"(?<!\\):red\[", text)
        assert not re.search(r"(?<!\\)`c`|(?<!\\)\$a", text)
        assert not re.search("[\u202a-\u202e\u200b]", text)
