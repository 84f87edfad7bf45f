"""The Law page: an airline's measures, every rule that is loaded, what is stale, what is covered."""

import datetime as dt
from pathlib import Path
from typing import Any

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from graph import dates
from graph.law.regimes import STALE_AFTER, is_stale, shipped
from loaders import run

ROOT = Path(__file__).resolve().parents[2]
PAGE = str(ROOT / "ui" / "pages" / "law.py")


def opened(store: Path, monkeypatch: pytest.MonkeyPatch, today: str = "2025-10-15") -> AppTest:
    st.cache_resource.clear()  # what is cached belongs to one store
    monkeypatch.setenv("LOOPHOLE_STORE", str(store))
    monkeypatch.setattr(dates, "today", lambda: today)
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=60).run().switch_page(PAGE).run()
    assert not app.exception
    return app


def words(app: AppTest) -> str:
    parts = [*app.markdown, *app.caption, *app.info, *app.warning, *app.error]
    return "\n".join(str(part.value) for part in parts)


def table(app: AppTest, column: str) -> Any:
    found = [t.value for t in app.dataframe if column in t.value.columns]
    assert len(found) == 1
    return found[0]


def test_airline_is_shown_over_time_on_a_day(
    case_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = opened(case_path, monkeypatch)
    assert app.selectbox("law.party").value == "belavia"
    assert app.date_input("law.as_of").value == dt.date(2025, 10, 15)
    assert "On 2025-10-15: **9** in force" in words(app)
    assert len(app.get("vega_lite_chart")) == 1
    app.date_input("law.as_of").set_value(dt.date(2025, 11, 4)).run()
    assert "On 2025-11-04: **8** in force" in words(app)
    assert words(app).count("Not legal advice") == 1
    assert not app.warning


def test_every_rule_is_in_the_table_and_the_filter_narrows(
    case_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = opened(case_path, monkeypatch)
    rules = [rule for _, rule in shipped.law().rules()]
    shown = table(app, "last reviewed")
    assert dict(zip(shown["id"], shown["title"], strict=True)) == {r.id: r.title for r in rules}
    app.text_input("law.filter").set_value("US-OFAC-GL11").run()
    narrowed = table(app, "last reviewed")
    assert "us-ofac-gl11" in set(narrowed["id"])
    assert len(narrowed) < len(rules)
    assert f"{len(narrowed)} of {len(rules)} rules" in words(app)
    app.text_input("law.filter").set_value("zzqqxx").run()
    assert not app.exception
    assert f"0 of {len(rules)} rules" in words(app)


def test_rules_not_reviewed_for_long_are_counted(
    case_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rules = [rule for _, rule in shipped.law().rules()]
    reviewed = sorted(dates.parse(rule.last_reviewed).first for rule in rules)
    app = opened(case_path, monkeypatch, dates.iso(reviewed[0] + STALE_AFTER))
    assert f"**0** of {len(rules)} stale: not reviewed" in words(app)
    day = reviewed[0] + STALE_AFTER + 1
    app = opened(case_path, monkeypatch, dates.iso(day))
    stale = {rule.id for rule in rules if is_stale(rule, day)}
    assert stale
    assert f"**{len(stale)}** of {len(rules)} stale: not reviewed" in words(app)
    shown = table(app, "last reviewed")
    assert set(shown["id"][shown["stale"] == "stale"]) == stale


def test_what_silence_is_lawful_inside(case_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    rows = shipped.law().coverage
    app = opened(case_path, monkeypatch)
    shown = table(app, "parties or territory")
    assert len(shown) == len(rows)
    goods = set(zip(shown["goods"], shown["parties or territory"], strict=True))
    assert ("eccn: 9A991, 7A994", "destinations: BY") in goods
    assert ("moves none", "") in goods
    assert ("", "subject to ear: no") in goods
    assert ("", "established in COALITION") in goods
    app.date_input("law.as_of").set_value(dt.date(2026, 11, 24)).run()
    assert "**0** reach 2026-11-24" in words(app)


def test_refused_file_is_told_and_the_last_good_law_stands(
    case_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shipped.law()
    monkeypatch.setattr(shipped, "complaint", "eu.yml: entries[0] (x): `<b>`")
    app = opened(case_path, monkeypatch)
    (told,) = app.warning
    assert r"eu\.yml" in told.value
    assert r"\<b\>" in told.value
    assert "The last good law stands" in told.value
    assert len(table(app, "last reviewed")) == len(list(shipped.law().rules()))


@pytest.mark.parametrize("with_measure", [True, False])
def test_store_without_the_case(
    with_measure: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "own"
    folder.mkdir()
    (folder / "entities.csv").write_text("id,kind,name\ntest-air,Airline,Test <b> Air\n")
    if with_measure:
        (folder / "measures.csv").write_text(
            "id,entity,regime,layer,kind,start\nm1,test-air,EU,asset_freeze,listing,2024-01-01\n"
        )
    run.load(str(tmp_path / "own.db"), folder)
    app = opened(tmp_path / "own.db", monkeypatch)
    assert app.selectbox("law.party").value == ("test-air" if with_measure else None)
    assert ("No measure upon an airline is loaded" in words(app)) is not with_measure
    assert ("On 2025-10-15: **1** in force" in words(app)) is with_measure
    assert len(table(app, "last reviewed")) == len(list(shipped.law().rules()))
