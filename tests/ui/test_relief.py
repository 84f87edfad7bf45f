"""The Relief page: both sides, the opened prefixes, and the hop at which each turns unlawful."""

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def page(case_path: Path, monkeypatch: pytest.MonkeyPatch) -> AppTest:
    monkeypatch.setenv("LOOPHOLE_STORE", str(case_path))
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=60)
    return app.run().switch_page(str(ROOT / "ui" / "pages" / "relief.py")).run()


def words(page: AppTest) -> str:
    parts = [*page.markdown, *page.caption, *page.info, *page.warning]
    return "\n".join(str(part.value) for part in parts)


def test_september_2025_is_asked_first(page: AppTest) -> None:
    assert not page.exception
    said = words(page)
    assert "**0** of 461 routes lawful on the first hop" in said
    assert "**223** of 461 routes lawful on the first hop · **0** lawful to the end" in said
    assert "**207 loopholes** by 16 opened prefixes" in said
    assert ":green[**The Boeing Company → Belavia Belarusian Airlines**]:red[ → Smartavia" in said
    assert "before: prohibited, prohibited; after: licensed, prohibited" in said
    assert "explains:**" in said
    assert r"15 CFR 746\.8" in said
    assert r"Not legal advice\." in said
    assert len(page.dataframe[0].value) == 16


def test_licence_of_ofac_alone_opened_nothing(page: AppTest) -> None:
    page.multiselect("relief.measures").set_value(["us-ofac-gl11"]).run()
    said = words(page)
    assert "**0 loopholes**" in said
    assert "No route has a first part that became lawful" in said
    page.selectbox("relief.how").set_value("on the day before").run()
    assert "**Before, 2025-09-10**" in words(page)


def test_nothing_chosen_asks_for_a_measure(page: AppTest) -> None:
    page.multiselect("relief.measures").set_value([]).run()
    assert "Choose a measure" in words(page)
    assert not page.exception
