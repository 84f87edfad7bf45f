"""The Relief page in a real browser: what a measure opened, drawn, touched, shared and attacked."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.canvas import WAIT, Canvas
from tests.browser.conftest import Watched, serving
from tests.browser.test_app import colours
from tests.hostile import case_store

pytestmark = pytest.mark.browser
EVIDENCE = ".st-key-relief-evidence"
OPENED, BARRED = "boeing>belavia>possible", "belavia>smartavia>possible"


@pytest.fixture(scope="module")
def hostile_case(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with serving(case_store(tmp_path_factory.mktemp("hostile"))) as url:
        yield url


def law(canvas: Canvas) -> dict[str, str]:
    """What the picture tells of every hop."""
    found: dict[str, str] = canvas.ask(
        "Object.fromEntries(c.scene.links.map((l) => [l.id, l.law]))"
    )
    return found


def told(page: Page, text: str) -> None:
    expect(page.locator(EVIDENCE).get_by_text(text).first).to_be_visible(timeout=WAIT)


def test_what_was_opened_and_what_is_barred_are_drawn_apart(watched: Watched, server: str) -> None:
    page = watched.page
    page.goto(f"{server}/relief")
    page.get_by_text("207 loopholes").wait_for(timeout=WAIT)
    canvas = Canvas(page)
    marks = law(canvas)
    assert (marks[OPENED], marks[BARRED]) == ("opened", "barred")
    assert {mark for link, mark in marks.items() if link.startswith("belavia>")} == {"barred"}
    assert {mark for link, mark in marks.items() if ">belavia>" in link} == {"opened"}
    legend = page.locator(".canvas .legend .entry")
    assert legend.all_inner_texts()[:2] == ["became lawful", "prohibited"]
    colour = canvas.ask("[c.paint.opened, c.paint.barred, c.paint.documented, c.paint.possible]")
    assert len(set(colour)) == 4
    told(page, "Hop 2 is prohibited")
    told(page, "hop 1: prohibited before, licensed after".capitalize())
    page.wait_for_timeout(400)
    watched.picture(f"relief-{colours(watched)}")
    assert watched.outside == []
    assert watched.complaints == []


def test_line_and_picture_are_linked_both_ways(watched: Watched, server: str) -> None:
    page = watched.page
    page.goto(f"{server}/relief?from=boeing&to=russian-carriers&via=belavia")
    canvas = Canvas(page)
    before = canvas.positions()
    page.locator(".lines .row", has_text="Izhavia").click()
    told(page, "Izhavia")
    assert canvas.route() == ["boeing", "belavia", "izhavia"]
    page.wait_for_url(re.compile("route="), timeout=WAIT)
    canvas.click("aeroflot")
    expect(page.locator(".lines .row[aria-selected=true]")).to_contain_text("Aeroflot")
    assert canvas.route()[-1] == "aeroflot"
    canvas.place.focus()
    page.keyboard.press("Escape")
    told(page, "Hop 2 is prohibited")
    assert canvas.positions() == before
    page.locator(".lines").focus()
    page.keyboard.press("Home")
    expect(page.locator(".lines .row").first).to_have_attribute("aria-selected", "true")
    assert watched.complaints == []


def test_address_is_the_question_in_another_browser(
    watched: Watched, server: str, chromium: Browser
) -> None:
    page = watched.page
    page.goto(f"{server}/relief")
    page.get_by_text("207 loopholes").wait_for(timeout=WAIT)
    page.get_by_role("button", name="Take western suppliers").click()
    box = page.locator("#ask-origins")
    box.click()
    box.press_sequentially("boeing comp")
    page.locator("#found-origins .option", has_text="The Boeing Company").first.wait_for(
        timeout=WAIT
    )
    box.press("Enter")
    page.get_by_text("16 loopholes").wait_for(timeout=WAIT)
    page.locator(".lines .row", has_text="Pobeda").click()
    page.wait_for_url(re.compile(r"from=boeing&.*route="), timeout=WAIT)
    other = chromium.new_context().new_page()
    other.goto(page.url)
    other.get_by_text("16 loopholes").wait_for(timeout=WAIT)
    assert Canvas(other).route() == ["boeing", "belavia", "pobeda"]
    other.context.close()
    page.go_back()
    expect(page.get_by_text("16 loopholes")).to_be_visible(timeout=WAIT)
    assert watched.complaints == []


def test_hostile_address_is_told_in_a_sentence(watched: Watched, server: str) -> None:
    page = watched.page
    page.goto(
        f"{server}/relief?measures=%3Cimg%20src%3Dx%20onerror%3Dalert(1)%3E&measures=us-bis-letter"
        "&from=boeing&to=smartavia&as_of=![x](https://evil.example/t.png)&day_before=perhaps"
    )
    page.get_by_text("is not known here").first.wait_for(timeout=WAIT)
    expect(page.get_by_text("is not known here")).to_have_count(3)
    page.get_by_text("Hop 2 is prohibited").first.wait_for(timeout=WAIT)
    assert page.locator("[data-testid=stException]").count() == 0
    assert page.locator("img[src='x'], img[src*='evil'], a[href*='evil']").count() == 0
    assert watched.outside == []
    assert watched.complaints == []


def test_hostile_names_are_shown_letter_by_letter(watched: Watched, hostile_case: str) -> None:
    page = watched.page
    page.goto(f"{hostile_case}/relief")
    page.get_by_text("207 loopholes").wait_for(timeout=WAIT)
    canvas = Canvas(page)
    for party in ("boeing", "belavia", "smartavia"):
        canvas.click(party)
        page.locator(EVIDENCE).get_by_text("All about it").wait_for(timeout=WAIT)
        page.wait_for_timeout(300)
    canvas.place.focus()
    page.keyboard.press("Escape")
    told(page, "Hop 2 is prohibited")
    page.locator("#ask-avoid").fill("evil")
    page.locator("#found-avoid .option").first.wait_for(timeout=WAIT)
    page.keyboard.press("Escape")
    for fold in page.locator("[data-testid=stExpander] summary").all():
        fold.click()
    page.wait_for_timeout(800)
    watched.picture(f"hostile-relief-{colours(watched)}")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    _harmless(watched)


def test_hostile_law_is_shown_letter_by_letter(watched: Watched, hostile_case: str) -> None:
    page = watched.page
    page.goto(f"{hostile_case}/law")
    chart = page.locator("[data-testid=stVegaLiteChart] :is(canvas, svg)")
    chart.wait_for(timeout=WAIT)
    for fold in page.locator("[data-testid=stExpander] summary").all():
        fold.click()
    box = chart.bounding_box()
    assert box
    tip = page.locator("#vg-tooltip-element")
    for down in range(16, int(box["height"]), 6):
        page.mouse.move(box["x"] + box["width"] * 0.75, box["y"] + down)
        page.wait_for_timeout(50)
        if tip.count() and "onerror" in (tip.text_content() or ""):
            break
    assert "<img src=x onerror=alert(1)>" in (tip.text_content() or "")
    page.get_by_label("Airline with measures").click()
    page.get_by_role("option").first.wait_for(timeout=WAIT)
    page.wait_for_timeout(300)
    watched.picture(f"hostile-law-{colours(watched)}")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    _harmless(watched)


def _harmless(watched: Watched) -> None:
    """Nothing of data has become an element that acts, and nothing was asked of other machines."""
    acting = "a[href*='evil'], img[src*='evil'], img[src='x'], a[href^='javascript']"
    assert watched.page.locator(acting).count() == 0
    assert watched.outside == []
    assert watched.complaints == []
