"""Every page runs; the Routes page answers the Belavia question as it opens."""

import datetime as dt
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from graph.sources import sources
from graph.store import Reader
from ui.text import link, plain

ROOT = Path(__file__).resolve().parents[2]
PAGES = sorted((ROOT / "ui" / "pages").glob("[a-z]*.py"))


@pytest.fixture
def app(case_path: Path, monkeypatch: pytest.MonkeyPatch) -> AppTest:
    monkeypatch.setenv("LOOPHOLE_STORE", str(case_path))
    return AppTest.from_file(str(ROOT / "app.py"), default_timeout=60)


def routes(app: AppTest) -> AppTest:
    """The Routes page, as it opens."""
    return app.run().switch_page(str(ROOT / "ui" / "pages" / "routes.py")).run()


def words(app: AppTest) -> str:
    parts = [*app.markdown, *app.caption, *app.info, *app.warning, *app.error, *app.subheader]
    return "\n".join(str(part.value) for part in parts)


@pytest.mark.parametrize("page", PAGES, ids=lambda p: p.stem)
def test_every_page_runs(app: AppTest, page: Path) -> None:
    app.run().switch_page(str(page)).run()
    assert not app.exception
    assert not app.error


def test_every_page_file_is_registered() -> None:
    registry = (ROOT / "ui" / "registry.py").read_text(encoding="utf-8")
    assert PAGES
    assert all(f'"{path.name}"' in registry for path in PAGES)


def test_belavia_question_is_answered_as_the_page_opens(app: AppTest) -> None:
    routes(app)
    text = words(app)
    assert "**0 documented**" in text
    assert "461 possible" in text
    assert "No shipment of parts from Belavia Belarusian Airlines" in text
    assert "A lead, not proof" in text
    (possible,) = app.dataframe
    assert len(possible.value) == 17
    assert "Smartavia Airlines" in set(possible.value["to"])


def test_rules_can_be_switched_off(app: AppTest) -> None:
    routes(app)
    for rule in ("flight", "maintenance", "open_border", "corporate", "aircraft_itself"):
        app.checkbox(f"routes.rule.{rule}").uncheck()
    app.run()
    text = words(app)
    assert "0 possible" in text
    assert "without the choice of rules: at least 100" in text


def test_another_question_and_another_date(app: AppTest) -> None:
    routes(app)
    app.multiselect("routes.via").set_value([])
    app.multiselect("routes.origins").set_value(["mic-pi"])
    app.date_input("routes.as_of").set_value(dt.date(2024, 1, 1)).run()
    text = words(app)
    assert "**1 documented**" in text
    assert "outcome\\: attempted" in text
    assert not app.exception


def test_chosen_line_is_shown_with_its_evidence(app: AppTest) -> None:
    routes(app)
    ids = app.session_state
    ids["routes.route"] = next(iter(_route_ids(app, "smartavia")))
    app.run()
    assert "maintenance certificate" in words(app)
    assert "work reported" in words(app)


def _route_ids(app: AppTest, last: str) -> list[str]:
    from graph import dates
    from graph.routes import Question, parse_set
    from graph.routes.answer import answer
    from graph.settings import default_store
    from graph.store import open_store
    from graph.view import build_view

    view = build_view(open_store(default_store()), dates.day_of("2025-10-15"))
    question = Question(
        origins=parse_set(view, "western-suppliers"),
        destinations=parse_set(view, "russian-carriers"),
        via=(("belavia",),),
    )
    found = answer(view, question, 40, folded=True, version="test")
    return [route.id for route in found.routes if route.entities[-1] == last]


def test_bad_goods_code_and_empty_set_are_told_in_words(app: AppTest) -> None:
    routes(app)
    app.text_input("routes.goods").set_value("parts").run()
    assert "'parts' is no HS code" in app.warning[0].value
    app.text_input("routes.goods").set_value("")
    app.multiselect("routes.destinations").set_value([]).run()
    assert "--to is empty" in app.warning[0].value
    assert not app.exception


def test_missing_store_says_how_to_make_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LOOPHOLE_STORE", str(tmp_path / "absent.db"))
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=60).run()
    assert "make one with `loophole load`" in app.error[0].value
    assert not app.exception


def test_sources_page_filters(app: AppTest, case: Reader) -> None:
    app.run().switch_page(str(ROOT / "ui" / "pages" / "sources.py")).run()
    everything = len(app.dataframe[0].value)
    app.text_input("sources.filter").set_value("Federal Register").run()
    assert 0 < len(app.dataframe[0].value) < everything
    listed = sources(case)
    shown = [len(table.value) for table in app.dataframe[1:]]
    assert shown == [len(listed.refused), len(listed.contested)]


@pytest.mark.parametrize(
    "hostile",
    [
        *("![x](https://evil.example/t.png)", "[x](javascript:1)", ":red[x] :smile:", "$x$"),
        *("<b>x</b>", "`x`", "# x", "https://evil.example", "a\nb", "x\u202ey"),
    ],
)
def test_plain_text_is_shown_letter_by_letter(hostile: str) -> None:
    shown = plain(hostile)
    assert "\u202e" not in shown
    assert "\n" not in shown
    for mark in "`*_[]()<>:$#/":
        assert shown.count(mark) == shown.count(f"\\{mark}")


def test_link_is_made_of_web_addresses_only() -> None:
    assert link("a", "javascript:alert(1)") == "a"
    assert link("a", "https://x.example/a)b c") == "[a](https://x.example/a%29b%20c)"


def test_pages_draw_data_only_through_plain_or_widgets_that_show_text() -> None:
    """No page builds HTML, and none lets Markdown act on text from data."""
    for path in (ROOT / "ui").rglob("*.py"):
        text = path.read_text(encoding="utf-8")
        assert "unsafe_allow_html" not in text
        assert "components.v1" not in text
