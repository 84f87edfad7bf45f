"""The Routes page without a browser: its question, its answer, its evidence, its words."""

import datetime as dt
from collections.abc import Iterable
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from graph.store import Reader
from graph.view import build_view
from ui.asking import question
from ui.links import FIRST
from ui.workbench.state import Bench

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def app(case_path: Path, monkeypatch: pytest.MonkeyPatch) -> AppTest:
    """The Routes page, as it opens."""
    monkeypatch.setenv("LOOPHOLE_STORE", str(case_path))
    opened = AppTest.from_file(str(ROOT / "app.py"), default_timeout=60).run()
    opened.switch_page(str(ROOT / "ui" / "pages" / "routes.py")).run()
    assert not opened.exception
    return opened


def words(app: AppTest) -> str:
    parts = [*app.markdown, *app.caption, *app.info, *app.warning, *app.error]
    return "\n".join(str(part.value) for part in parts)


def ask(app: AppTest, **ends: Iterable[str]) -> AppTest:
    for name, ids in ends.items():
        app.session_state[f"routes.{name}"] = tuple(ids)
    return app.run()


def choose(app: AppTest, last: str) -> None:
    """Choose the line that ends at a party, as the list does."""
    table = app.dataframe[-1].value
    app.session_state["routes.route"] = table[table["to"] == last].iloc[0]["id"]
    app.run()


def test_belavia_question_is_answered_as_the_page_opens(app: AppTest) -> None:
    text = words(app)
    assert "**0 documented**" in text
    assert "461 possible" in text
    assert "No shipment of parts from Belavia Belarusian Airlines" in text
    assert "A lead, not proof" in text
    (table,) = app.dataframe
    assert len(table.value) == 17
    assert "Smartavia Airlines" in set(table.value["to"])
    assert set(table.value["basis"]) == {"possible"}


def test_rules_can_be_switched_off(app: AppTest) -> None:
    for rule in ("flight", "maintenance", "open_border", "corporate", "aircraft_itself"):
        app.checkbox(f"routes.rule.{rule}").uncheck()
    app.run()
    text = words(app)
    assert "0 possible" in text
    assert "without the choice of rules: at least 100" in text
    assert app.query_params["rules"] == "supply"


def test_another_question_and_another_date(app: AppTest) -> None:
    app.date_input("routes.as_of").set_value(dt.date(2024, 1, 1))
    ask(app, via=(), origins=("mic-pi",))
    text = words(app)
    assert "**1 documented**" in text
    assert "outcome\\: attempted" in text
    assert app.query_params["from"] == "mic-pi"
    assert app.query_params["as_of"] == "2024-01-01"


def test_chosen_line_is_shown_with_its_evidence(app: AppTest) -> None:
    choose(app, "Smartavia Airlines")
    text = words(app)
    assert "maintenance certificate" in text
    assert "work reported" in text
    assert "**The Boeing Company explains:**" in text


def test_party_selected_is_shown_with_what_restricts_it(app: AppTest) -> None:
    app.session_state["routes.bench"] = Bench(nodes=("belavia",))
    text = words(app.run())
    assert "In force on 2025-10-15" in text
    assert "744\\.8" in text
    assert "On **17** of 17 lines" in text


@pytest.mark.parametrize(("day", "freed"), [("2025-09-11", False), ("2025-09-12", True)])
def test_same_routes_on_the_day_before_the_letter_and_on_its_day(
    app: AppTest, day: str, freed: bool
) -> None:
    app.session_state["routes.bench"] = Bench(nodes=("belavia",))
    app.date_input("routes.as_of").set_value(dt.date.fromisoformat(day)).run()
    text = words(app)
    assert "461 possible" in text
    assert ("736\\.2\\(b\\)\\(10\\)" not in text) is freed


def test_slider_stops_on_the_days_of_the_relief(app: AppTest) -> None:
    slider = app.select_slider("routes.stop")
    assert {"2025-09-11", "2025-09-12", "2025-11-04"} <= set(slider.options)
    slider.set_value(dt.date(2025, 9, 12)).run()
    assert app.date_input("routes.as_of").value == dt.date(2025, 9, 12)
    assert "On 2025\\-09\\-12" in words(app)


def test_bad_goods_code_and_empty_end_are_told_in_words(app: AppTest) -> None:
    app.text_input("routes.goods").set_value("parts").run()
    assert "is no HS code" in app.warning[0].value
    app.text_input("routes.goods").set_value("")
    ask(app, destinations=())
    assert "empty" in app.warning[0].value
    assert not app.exception


def test_link_restores_question_and_line(case_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LOOPHOLE_STORE", str(case_path))
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=60).run()
    for name, value in (
        ("from", "right-direction"),
        ("to", "i-fly"),
        ("contested", "yes"),
        ("as_of", "2025-01-01"),
        ("certainty", "gut"),
    ):
        app.query_params[name] = value
    app.switch_page(str(ROOT / "ui" / "pages" / "routes.py")).run()
    text = words(app)
    assert "The link's certainty" in text.replace("\\", "")
    assert "Right Direction" in text
    assert "**1 documented**" in text


def test_question_of_a_link_never_reads_a_file(case: Reader) -> None:
    """In the terminal `@file` is a list of ids; in an address it is nothing but a name."""
    view = build_view(case, FIRST.as_of.toordinal())
    named = type(FIRST)(origins=("@/etc/passwd",), destinations=("a,b",))
    asked = question(view.sets, named)
    assert (asked.origins, asked.destinations) == (("@/etc/passwd",), ("a,b",))
