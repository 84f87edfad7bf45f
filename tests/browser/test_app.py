"""The app in a real browser: it answers, it asks nothing of other machines, it complains of nothing."""

import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from graph import dates
from graph.export import export_routes
from graph.routes import Question, parse_set
from graph.routes.answer import answer
from graph.store import Reader
from graph.view import build_view
from tests.browser.canvas import Canvas
from tests.browser.conftest import Watched, serving
from tests.graph.export.test_formats import hostile
from tests.hostile import routes_store

pytestmark = pytest.mark.browser
WAIT = 60_000


def colours(watched: Watched) -> str:
    return (
        "dark"
        if watched.page.evaluate("matchMedia('(prefers-color-scheme: dark)').matches")
        else "light"
    )


@pytest.mark.parametrize("size", [(1280, 720), (1920, 1080)], ids=lambda size: f"{size[0]}")
def test_belavia_question_is_answered_as_the_page_opens(
    watched: Watched, server: str, size: tuple[int, int]
) -> None:
    """Everything that matters stands on one screen, at both sizes, light and dark."""
    page = watched.page
    page.set_viewport_size({"width": size[0], "height": size[1]})
    page.goto(f"{server}/routes")
    page.get_by_text("No shipment of parts from Belavia").wait_for(timeout=WAIT)
    assert Canvas(page).route()[1] == "belavia"
    for part in (".canvas", ".lines", ".st-key-routes-evidence"):
        box = page.locator(part).bounding_box()
        assert box
        assert box["y"] + box["height"] <= size[1]
        assert box["x"] + box["width"] <= size[0]
    page.wait_for_timeout(400)
    watched.picture(f"routes-{size[0]}-{colours(watched)}")
    assert watched.outside == []
    assert watched.complaints == []


def test_page_is_served_with_a_policy_that_shuts_other_machines_out(server: str) -> None:
    with urllib.request.urlopen(server, timeout=20) as answer:
        policy = answer.headers["content-security-policy"]
        assert "default-src 'self'" in policy
        assert "connect-src 'self'" in policy
        assert "http:" not in policy
        assert answer.headers["referrer-policy"] == "no-referrer"


def test_sources_page(watched: Watched, server: str) -> None:
    page = watched.page
    page.goto(f"{server}/sources")
    page.get_by_text("What this case rests on").wait_for(timeout=WAIT)
    page.get_by_text("Contested (").wait_for(timeout=WAIT)
    watched.picture(f"sources-{colours(watched)}")
    assert watched.outside == []
    assert watched.complaints == []


@pytest.fixture(scope="module")
def hostile_routes(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with serving(routes_store(tmp_path_factory.mktemp("hostile"))) as url:
        yield url


def test_hostile_routes_are_shown_letter_by_letter(watched: Watched, hostile_routes: str) -> None:
    page = watched.page
    page.goto(f"{hostile_routes}/routes?from=test-0&to=test-7&max_hops=8&as_of=2025-01-01")
    canvas = Canvas(page)
    assert len(canvas.route()) == 8
    canvas.ask("c.fit()")
    for node_id in ("test-0", "test-1", "test-3"):
        canvas.click(node_id)
        page.locator(".st-key-routes-evidence").get_by_text("All about it").wait_for(timeout=WAIT)
        page.wait_for_timeout(300)
    page.locator("#ask-avoid").fill("evil")
    page.locator("#found-avoid .option").first.wait_for(timeout=WAIT)
    page.keyboard.press("Escape")
    page.get_by_text("as a table").click()
    canvas.double_click("test-1")
    page.wait_for_timeout(800)
    watched.picture(f"hostile-routes-{colours(watched)}")
    assert page.get_by_text("<img src=x onerror=alert(1)>").count() > 0
    assert page.locator("a[href*='evil'], img[src*='evil'], img[src='x']").count() == 0
    assert watched.outside == []
    assert watched.complaints == []


def test_hostile_start_and_sources(watched: Watched, hostile_routes: str) -> None:
    page = watched.page
    page.goto(hostile_routes)
    page.get_by_text("None of the worked questions").wait_for(timeout=WAIT)
    page.goto(f"{hostile_routes}/sources")
    page.get_by_text("What this case rests on").wait_for(timeout=WAIT)
    page.wait_for_timeout(500)
    assert page.locator("a[href*='evil'], img[src*='evil']").count() == 0
    assert watched.outside == []
    assert watched.complaints == []


def test_routes_of_a_store_without_the_case_ask_for_parties(
    watched: Watched, hostile_routes: str
) -> None:
    page = watched.page
    page.goto(f"{hostile_routes}/routes")
    page.get_by_text("empty").first.wait_for(timeout=WAIT)
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
