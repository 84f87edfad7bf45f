"""Start and Entity in a real browser: one screen, links that lead on, and text that never acts."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.browser.conftest import Watched, serving
from tests.browser.test_app import WAIT, colours
from tests.ui.test_entity import hostile_store

pytestmark = pytest.mark.browser
HEIGHT = 720


@pytest.fixture(scope="module")
def hostile_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder: Path = tmp_path_factory.mktemp("hostile")
    with serving(hostile_store(folder)) as url:
        yield url


def test_start_is_one_screen_and_a_card_opens_its_question(watched: Watched, server: str) -> None:
    page = watched.page
    page.set_viewport_size({"width": 1280, "height": HEIGHT})
    page.goto(server)
    page.get_by_text("Not legal advice").wait_for(timeout=WAIT)
    page.wait_for_timeout(500)
    watched.picture(f"start-{colours(watched)}")
    box = page.get_by_text("Not legal advice").bounding_box()
    assert box
    assert box["y"] + box["height"] <= HEIGHT
    page.get_by_text("Open this question").nth(1).click()
    page.wait_for_url("**/routes?*to=smartavia*", timeout=WAIT)
    page.get_by_role("button", name="GraphML").wait_for(timeout=WAIT)
    assert watched.outside == []
    assert watched.complaints == []


def test_entity_is_drawn_and_leads_to_another_and_back(watched: Watched, server: str) -> None:
    page = watched.page
    page.goto(f"{server}/entity?id=belavia&as_of=2025-10-15")
    page.locator("[data-testid=stVegaLiteChart] :is(canvas, svg)").wait_for(timeout=WAIT)
    page.get_by_text("Relations (").wait_for(timeout=WAIT)
    page.wait_for_timeout(500)
    watched.picture(f"entity-{colours(watched)}")
    page.get_by_text("Igor Cherginets").first.click()
    page.get_by_text("Why this person is here").wait_for(timeout=WAIT)
    assert "id=igor-cherginets&as_of=2025-10-15" in page.url
    page.go_back()
    page.get_by_text("Open Joint Stock Company Belavia").first.wait_for(timeout=WAIT)
    assert watched.outside == []
    assert watched.complaints == []


def test_hostile_entity_is_shown_letter_by_letter(watched: Watched, hostile_server: str) -> None:
    page = watched.page
    page.goto(f"{hostile_server}/entity?id=test-hostile&as_of=2025-01-01")
    chart = page.locator("[data-testid=stVegaLiteChart] :is(canvas, svg)")
    chart.wait_for(timeout=WAIT)
    page.get_by_text("Relations (").wait_for(timeout=WAIT)
    for fold in page.locator("[data-testid=stExpander] summary").all():
        fold.click()
    box = chart.bounding_box()
    assert box
    tip = page.locator("#vg-tooltip-element")
    for down in range(16, 56, 4):
        page.mouse.move(box["x"] + box["width"] * 2 / 3, box["y"] + down)
        page.wait_for_timeout(60)
        if tip.count() and "evil" in (tip.text_content() or ""):
            break
    assert "<img src=x onerror=alert(1)>" in (tip.text_content() or "")
    watched.picture(f"hostile-{colours(watched)}")
    assert page.get_by_text("<img src=x onerror=alert(1)>").count() > 0
    assert page.locator("a[href*='evil'], img[src*='evil'], img[src='x']").count() == 0
    assert watched.outside == []
    assert watched.complaints == []
