"""Verdicts stand on every hop of the page, with the texts they rest on, once said to be no advice."""

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from tests.ui.test_routes import ROOT, choose, words


def test_relief_opens_the_first_hop_and_not_the_second(
    case_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LOOPHOLE_STORE", str(case_path))
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=60).run()
    app.switch_page(str(ROOT / "ui" / "pages" / "routes.py")).run()
    choose(app, "Smartavia Airlines")
    text = words(app).replace("\\", "")
    assert ":violet-badge[US EAR: licensed]" in text
    assert ":red-badge[US EAR: prohibited]" in text
    assert "BIS letter to Belavia" in text
    assert "taken for granted: the part is for one of the eight 737s" in text
    assert "Not legal advice." in text


def test_lines_that_turn_unlawful_at_the_end_can_be_asked_for(
    case_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LOOPHOLE_STORE", str(case_path))
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=60).run()
    app.switch_page(str(ROOT / "ui" / "pages" / "routes.py")).run()
    everything = len(app.dataframe[-1].value)
    app.toggle("routes.lawful_until_last").set_value(True).run()
    kept = app.dataframe[-1].value
    assert 0 < len(kept) < everything
    assert "Smartavia Airlines" in set(kept["to"])
    assert f"{len(kept)} of {everything} lines are lawful up to their last hop" in words(app)
    assert app.query_params["lawful_until_last"] == "yes"
