"""The Relief page: both sides, what was opened, the hop at which each turns unlawful, its address."""

import datetime as dt
from collections.abc import Mapping
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from loaders import run
from ui.workbench.state import Bench

ROOT = Path(__file__).resolve().parents[2]
NOTHING: Mapping[str, list[str] | str] = {}


def opened(
    store: Path, monkeypatch: pytest.MonkeyPatch, link: Mapping[str, list[str] | str] = NOTHING
) -> AppTest:
    monkeypatch.setenv("LOOPHOLE_STORE", str(store))
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=60).run()
    for name, value in link.items():
        app.query_params[name] = value
    app.switch_page(str(ROOT / "ui" / "pages" / "relief.py")).run()
    assert not app.exception
    return app


@pytest.fixture
def page(case_path: Path, monkeypatch: pytest.MonkeyPatch) -> AppTest:
    return opened(case_path, monkeypatch)


def words(page: AppTest) -> str:
    parts = [*page.markdown, *page.caption, *page.info, *page.warning]
    return "\n".join(str(part.value) for part in parts)


def test_september_2025_is_asked_first(page: AppTest) -> None:
    said = words(page)
    assert ": **0** of 461 routes lawful on the first hop" in said
    assert "**223** of 461 routes lawful on the first hop, **0** to the end" in said
    assert "**207 loopholes** by 16 opened prefixes" in said
    assert "No shipment of parts from Belavia" in said
    assert ":red-badge[Hop 2 is prohibited]" in said
    assert r"Hop 1\: prohibited before, licensed after; hop 2\: prohibited" in said
    assert "explains:**" in said
    assert r"15 CFR 746\.8" in said
    assert r"Not legal advice\." in said
    prefixes, table = (frame.value for frame in page.dataframe)
    assert (len(prefixes), len(table)) == (16, 207)
    assert table.iloc[0]["prohibited"] == "Belavia Belarusian Airlines → Smartavia Airlines"
    assert page.query_params == {}


def test_line_chosen_and_party_selected_are_told(page: AppTest) -> None:
    table = page.dataframe[1].value
    line = table[table["prohibited"].str.endswith("Izhavia")].iloc[0]["id"]
    page.session_state["relief.route"] = line
    assert "Izhavia" in words(page.run())
    assert page.query_params["route"] == line
    page.session_state["relief.bench"] = Bench(nodes=("belavia",))
    said = words(page.run())
    assert "In force on 2025-09-12" in said
    assert "On **207** of 207 lines" in said


def test_licence_of_ofac_alone_opened_nothing(page: AppTest) -> None:
    page.multiselect("relief.measures").set_value(["us-ofac-gl11"]).run()
    said = words(page)
    assert "**0 loopholes**" in said
    assert "No route has a first part that became lawful" in said
    page.selectbox("relief.day_before").set_value(True).run()
    assert "**Before, 2025-09-10**" in words(page)
    assert page.query_params["measures"] == "us-ofac-gl11"
    assert page.query_params["day_before"] == "yes"
    assert page.date_input("relief.as_of").disabled


def test_day_asked_about_goes_before_that_of_the_measures(page: AppTest) -> None:
    page.date_input("relief.as_of").set_value(dt.date(2025, 12, 1)).run()
    assert "**After, 2025-12-01**" in words(page)
    assert page.query_params["as_of"] == "2025-12-01"
    page.date_input("relief.as_of").set_value(dt.date(2024, 1, 1)).run()
    assert r"us\-bis\-letter was not in force on 2024\-01\-01" in words(page)


def test_nothing_chosen_asks_for_a_measure(page: AppTest) -> None:
    page.multiselect("relief.measures").set_value([]).run()
    assert "Choose a measure" in words(page)
    assert not page.exception
    assert page.query_params["measures"] == "none"


def test_ends_are_any_party_and_faults_are_told_in_the_words_of_the_boxes(page: AppTest) -> None:
    page.session_state["relief.origins"] = ("boeing",)
    page.session_state["relief.destinations"] = ("smartavia", "izhavia")
    assert "**2 loopholes** by 1 opened prefix" in words(page.run())
    page.session_state["relief.destinations"] = ("boeing",)
    page.run()
    assert "--" not in page.warning[0].value
    assert not page.exception


def test_link_restores_what_was_asked(case_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    link: dict[str, list[str] | str] = {
        "from": "boeing",
        "to": ["smartavia", "izhavia"],
        "via": "belavia",
        "measures": "us-bis-letter",
        "as_of": "2025-10-15",
    }
    page = opened(case_path, monkeypatch, link)
    assert page.multiselect("relief.measures").value == ["us-bis-letter"]
    assert page.date_input("relief.as_of").value == dt.date(2025, 10, 15)
    assert "**2 loopholes**" in words(page)
    assert not page.warning


@pytest.mark.parametrize(
    "link",
    [
        {"measures": "<img src=x onerror=alert(1)>"},
        {"measures": "belavia"},
        {"to": "![x](https://evil.example)"},
        {"as_of": "yesterday"},
        {"day_before": "perhaps"},
        {"colour": "red"},
        {"max_hops": "3"},
    ],
)
def test_what_a_link_holds_and_nobody_knows_is_told(
    case_path: Path, monkeypatch: pytest.MonkeyPatch, link: dict[str, str]
) -> None:
    page = opened(case_path, monkeypatch, link)
    (warning,) = page.warning
    assert "is not known here" in warning.value
    assert "(<" not in warning.value
    assert ("Choose a measure" in words(page)) is bool({"measures", "to"} & link.keys())


def test_store_without_the_case_asks_who(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "own"
    folder.mkdir()
    (folder / "entities.csv").write_text("id,kind,name\ntest-air,Airline,Test Air\n")
    run.load(str(tmp_path / "own.db"), folder)
    page = opened(tmp_path / "own.db", monkeypatch)
    assert "Choose a measure, and who the routes begin and end with" in words(page)
