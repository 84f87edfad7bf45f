"""The page the app opens on: three worked questions, answered, and what is loaded."""

from pathlib import Path

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from graph.rules import RULES
from graph.sources import sources
from graph.stock import stock
from graph.store import Reader
from loaders import run
from ui.links import ROUTES
from ui.worked import WORKED, Worked, address, fits

ROOT = Path(__file__).resolve().parents[2]


def start(store: Path, monkeypatch: pytest.MonkeyPatch) -> AppTest:
    st.cache_resource.clear()  # what is cached belongs to one store
    monkeypatch.setenv("LOOPHOLE_STORE", str(store))
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=60).run()
    assert not app.exception
    return app


def words(app: AppTest) -> str:
    parts = [*app.markdown, *app.caption, *app.info, *app.warning, *app.error, *app.subheader]
    return "\n".join(str(part.value) for part in parts)


def test_three_questions_are_answered_from_what_is_loaded(
    case_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = words(start(case_path, monkeypatch))
    assert all(worked.title in text for worked in WORKED)
    assert "0 documented] :orange-badge[461 possible]" in text
    assert "No shipment of parts from Belavia Belarusian Airlines" in text
    assert "Intermodal Maldives" in text
    assert ":gray-badge[attempted]" in text
    assert ":gray-badge[contested]" in text
    assert "Right Direction Aero explains" in text
    assert "Not legal advice" in text


def test_what_is_loaded_is_counted(
    case: Reader, case_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    listed = sources(case)
    held = stock(case, listed)
    text = words(start(case_path, monkeypatch))
    for number in (held.entities, held.edges, held.measures, held.claims, held.sources):
        assert f"**{number:,}**" in text
    assert held.entities == sum(1 for _ in case.entities())
    assert (held.contested, held.refused) == (len(listed.contested), len(listed.refused))
    assert held.oldest < "2000" < "2026" <= held.newest
    assert "Loaded\\: belavia" in text


@pytest.mark.parametrize("worked", WORKED, ids=lambda worked: worked.title)
def test_card_leads_to_exactly_its_question(worked: Worked, case: Reader) -> None:
    known = {entity.id for entity in case.entities()} | {m.set for m in case.set_members()}
    assert fits(worked, known.__contains__)
    link = address(worked.choices)
    assert link  # a bare address would mean the last question asked
    assert all(values and all(values) for values in link.values())
    assert ROUTES.read(link, known.__contains__, RULES) == (worked.choices, [])


def test_without_the_case_the_page_says_what_to_do(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "own"
    folder.mkdir()
    (folder / "entities.csv").write_text("id,kind,name\ntest-air,Airline,Test Air\n")
    run.load(str(tmp_path / "own.db"), folder)
    text = words(start(tmp_path / "own.db", monkeypatch))
    assert "None of the worked questions fits" in text
    assert "**1** parties" in text
    assert "none of them dated" in text
    assert "documented]" not in text


def test_missing_store_says_how_to_make_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert "make one with `loophole load`" in words(start(tmp_path / "absent.db", monkeypatch))


def test_empty_store_says_how_to_fill_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from graph.store import open_writer

    with open_writer(str(tmp_path / "empty.db")):
        pass
    assert "The store is empty" in words(start(tmp_path / "empty.db", monkeypatch))
