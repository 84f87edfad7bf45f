"""The app in a real browser: it answers, it asks nothing of other machines, it complains of nothing."""

import urllib.request
from pathlib import Path

import pytest

from graph import dates
from graph.export import export_routes
from graph.routes import Question, parse_set
from graph.routes.answer import answer
from graph.store import Reader
from graph.view import build_view
from tests.browser.conftest import Watched
from tests.graph.export.test_formats import hostile

pytestmark = pytest.mark.browser
WAIT = 60_000


def colours(watched: Watched) -> str:
    return (
        "dark"
        if watched.page.evaluate("matchMedia('(prefers-color-scheme: dark)').matches")
        else "light"
    )


def test_belavia_question_is_answered_as_the_page_opens(watched: Watched, server: str) -> None:
    page = watched.page
    page.goto(f"{server}/routes")
    page.get_by_text("No shipment of parts from Belavia").wait_for(timeout=WAIT)
    page.get_by_text("Export these routes").wait_for(timeout=WAIT)
    picture = page.locator("[data-testid=stImage] img")
    picture.wait_for(timeout=WAIT)
    assert picture.evaluate("image => image.naturalWidth") > 500
    watched.picture(f"routes-{colours(watched)}")
    assert watched.outside == []
    assert watched.complaints == []


def test_page_is_served_with_a_policy_that_shuts_other_machines_out(server: str) -> None:
    with urllib.request.urlopen(server, timeout=20) as answer:
        policy = answer.headers["content-security-policy"]
        assert "default-src 'self'" in policy
        assert "connect-src 'self'" in policy
        assert "http:" not in policy
        assert answer.headers["referrer-policy"] == "no-referrer"


def test_line_chosen_in_the_list_is_the_one_shown(watched: Watched, server: str) -> None:
    page = watched.page
    page.goto(f"{server}/routes")
    page.get_by_text("Export these routes").wait_for(timeout=WAIT)
    assert page.get_by_text("Route 1:").count() == 1
    table = page.locator("[data-testid=stDataFrame] canvas").first
    table.wait_for(timeout=WAIT)
    box = table.bounding_box()
    assert box
    page.mouse.click(box["x"] + 18, box["y"] + 35 * 3 + 17)  # the box in front of the third row
    page.get_by_text("Route 3:").wait_for(timeout=WAIT)
    assert page.get_by_text("Route 1:").count() == 0
    assert watched.complaints == []


def test_sources_page(watched: Watched, server: str) -> None:
    page = watched.page
    page.goto(f"{server}/sources")
    page.get_by_text("What this case rests on").wait_for(timeout=WAIT)
    page.get_by_text("Contested (").wait_for(timeout=WAIT)
    watched.picture(f"sources-{colours(watched)}")
    assert watched.outside == []
    assert watched.complaints == []


def test_standalone_file_draws_hostile_names_and_runs_nothing(
    watched: Watched, case: Reader, tmp_path: Path
) -> None:
    view = build_view(case, dates.day_of("2025-10-15"))
    question = Question(
        origins=parse_set(view, "western-suppliers"),
        destinations=parse_set(view, "russian-carriers"),
    )
    found = hostile(answer(view, question, 12, folded=True, version="test"))
    (file,) = export_routes(found, "html", tmp_path / "routes.html")
    page = watched.page
    page.goto(Path(file.path).as_uri())
    page.locator("#network canvas").wait_for(timeout=WAIT)
    box = page.locator("#network canvas").bounding_box()
    assert box
    for across in range(1, 20):
        page.mouse.move(box["x"] + box["width"] * across / 20, box["y"] + box["height"] / 2)
    page.wait_for_timeout(400)
    watched.picture(f"standalone-{colours(watched)}")
    assert watched.outside == []
    assert watched.complaints == []
