"""What an investigator does, in a real browser: open, ask, touch, open up, move in time, take along."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.canvas import WAIT, Canvas, until
from tests.browser.conftest import Watched

pytestmark = pytest.mark.browser


@pytest.fixture
def desk(chromium: Browser, server: str) -> Iterator[Watched]:
    """The Routes page at the size of a small laptop, with the Belavia question answered."""
    context = chromium.new_context(
        viewport={"width": 1280, "height": 720}, color_scheme="light", accept_downloads=True
    )
    watched = Watched(context.new_page())
    watched.page.goto(f"{server}/routes")
    watched.page.get_by_role("button", name="GraphML").wait_for(timeout=WAIT)
    yield watched
    assert watched.outside == []
    assert watched.complaints == []
    context.close()


def evidence(page: Page, text: str) -> None:
    expect(page.locator(".st-key-routes-evidence").get_by_text(text).first).to_be_visible(
        timeout=WAIT
    )


def headline(page: Page, text: str) -> None:
    expect(page.get_by_text(text).first).to_be_visible(timeout=WAIT)


def test_from_the_first_page_to_an_answer_one_click(watched: Watched, server: str) -> None:
    page = watched.page
    page.goto(server)
    headline(page, "No shipment of parts from Belavia")
    page.get_by_text("Open this question").first.click()
    page.wait_for_url(re.compile("/routes"), timeout=WAIT)
    assert Canvas(page).route()[1] == "belavia"
    assert watched.outside == []
    assert watched.complaints == []


def test_picture_of_the_readme(desk: Watched) -> None:
    """`make picture` takes it from here."""
    desk.page.set_viewport_size({"width": 1440, "height": 860})
    desk.page.locator(".lines .row", has_text="Smartavia").click()
    evidence(desk.page, "maintenance certificate")
    desk.page.wait_for_timeout(600)
    desk.picture("readme")


def test_click_shows_evidence_and_moves_nothing(desk: Watched) -> None:
    canvas = Canvas(desk.page)
    canvas.ask("c.network.moveTo({ scale: 0.7 })")
    canvas.settle()
    before, view = canvas.positions(), canvas.view()
    canvas.click("belavia")
    evidence(desk.page, "In force on 2025-10-15")
    assert canvas.selected() == ["belavia"]
    canvas.click("izhavia")  # a party of another line brings its line with it
    evidence(desk.page, "Izhavia")
    expect(desk.page.locator(".lines .row[aria-selected=true]")).to_contain_text("Izhavia")
    assert canvas.route()[-1] == "izhavia"
    assert canvas.positions() == before
    assert canvas.view() == view


def test_list_and_canvas_are_linked(desk: Watched) -> None:
    canvas = Canvas(desk.page)
    desk.page.locator(".lines .row", has_text="Smartavia").click()
    evidence(desk.page, "maintenance certificate")
    expect(desk.page.locator(".lines .row[aria-selected=true]")).to_contain_text("Smartavia")
    desk.page.wait_for_timeout(300)
    assert canvas.route()[-1] == "smartavia"
    x, y = canvas.where("smartavia")  # the canvas followed
    frame = desk.page.locator(".canvas .sheet").bounding_box()
    assert frame
    assert frame["x"] < x < frame["x"] + frame["width"]
    assert frame["y"] < y < frame["y"] + frame["height"]


def test_hop_clicked_shows_its_claims(desk: Watched) -> None:
    canvas = Canvas(desk.page)
    (x1, y1), (x2, y2) = canvas.where("belavia"), canvas.where(canvas.route()[-1])
    desk.page.mouse.click(x1 + (x2 - x1) * 0.6, y1 + (y2 - y1) * 0.6)
    evidence(desk.page, "by the rule: flight")
    assert canvas.ask("c.chosen.link").startswith("belavia>")


def test_double_click_opens_relations_and_moves_nothing(desk: Watched) -> None:
    canvas = Canvas(desk.page)
    before, view = canvas.positions(), canvas.view()
    built = canvas.ask("(c.network.mark = 'the same', 1)")
    canvas.double_click("belavia")
    until(desk.page, lambda: len(canvas.positions()) > len(before), "relations are drawn")
    now = canvas.positions()
    moved = {i for i in before if now[i] != before[i]}
    assert moved == set()  # 0 px
    assert canvas.view() == view
    assert built
    assert canvas.ask("c.network.mark") == "the same"  # not built again
    desk.picture("routes-opened")
    group = "belavia#operates>"
    canvas.ask("c.network.moveTo({ position: c.network.getPosition(x) })", group)
    canvas.settle()
    canvas.double_click(group)
    until(desk.page, lambda: group not in canvas.positions(), "the group is opened")
    later = canvas.positions()
    assert {i for i in now if i != group and later[i] != now[i]} == set()


def test_date_moves_across_the_relief(desk: Watched) -> None:
    page = desk.page
    page.get_by_label("As of").get_by_role("spinbutton").first.click()
    page.keyboard.type("20250911")
    page.keyboard.press("Escape")  # closes the calendar and takes the date
    headline(page, "461 possible")
    page.wait_for_url(re.compile("as_of=2025-09-11"), timeout=WAIT)
    slider = page.locator(".st-key-routes-stops input[type=range]")
    slider.focus()
    slider.press("ArrowRight")  # the next day on which something changes
    page.wait_for_url(re.compile("as_of=2025-09-12"), timeout=WAIT)
    headline(page, "On 2025-09-12")
    headline(page, "461 possible")


def test_rule_switched_off_changes_answer_and_address(desk: Watched) -> None:
    page = desk.page
    page.get_by_role("button", name="Rules and filters").click()
    page.get_by_text("Flight", exact=True).click()
    page.wait_for_url(re.compile("rules="), timeout=WAIT)
    assert "flight" not in page.url
    expect(page.locator(".lines .row", has_text="then flight")).to_have_count(0, timeout=WAIT)
    expect(page.locator(".lines .row", has_text="then open border").first).to_be_visible()
    expect(page.get_by_role("button", name="Rules and filters (1 changed)")).to_be_visible(
        timeout=WAIT
    )


def test_filters_open_as_they_are_and_change_only_what_is_touched(desk: Watched) -> None:
    """A popover that is opened after the question has changed shows the filters that answered it."""
    page = desk.page
    page.get_by_role("button", name="Take Belavia Belarusian Airlines out").click()
    page.wait_for_url(re.compile("from=western-suppliers"), timeout=WAIT)
    page.get_by_role("button", name="Rules and filters").click()
    boxes = page.get_by_role("checkbox")
    expect(boxes.first).to_be_checked(timeout=WAIT)
    assert all(box.is_checked() for box in boxes.all()[:6])
    page.get_by_text("Flight", exact=True).click()
    page.wait_for_url(re.compile("rules=supply&rules=maintenance&rules=open_border"), timeout=WAIT)
    assert "max_hops" not in page.url


def test_party_that_was_moved_stays_where_it_was_put(desk: Watched) -> None:
    canvas = Canvas(desk.page)
    x, y = canvas.where("airbus")
    desk.page.mouse.move(x, y)
    desk.page.mouse.down()
    desk.page.mouse.move(x + 60, y + 40, steps=5)
    desk.page.mouse.up()
    put = canvas.positions()["airbus"]
    evidence(desk.page, "All about it")
    desk.page.wait_for_timeout(300)
    assert canvas.positions()["airbus"] == put


def test_link_opens_the_same_question_in_another_browser(desk: Watched, chromium: Browser) -> None:
    desk.page.locator(".lines .row", has_text="Smartavia").click()
    desk.page.wait_for_url(re.compile("route="), timeout=WAIT)
    other = chromium.new_context(viewport={"width": 1280, "height": 720})
    page = other.new_page()
    page.goto(desk.page.url)
    assert Canvas(page).route()[-1] == "smartavia"
    expect(page.locator(".lines .row[aria-selected=true]")).to_contain_text("Smartavia")
    other.close()


def test_back_button_brings_the_question_back(desk: Watched) -> None:
    page = desk.page
    _avoid(page, "pobed")
    page.wait_for_url(re.compile("avoid=pobeda"), timeout=WAIT)
    expect(page.locator(".chip", has_text="Pobeda")).to_have_count(1, timeout=WAIT)
    page.go_back()
    expect(page.locator(".chip", has_text="Pobeda")).to_have_count(0, timeout=WAIT)
    headline(page, "461 possible")
    page.go_forward()
    expect(page.locator(".chip", has_text="Pobeda")).to_have_count(1, timeout=WAIT)


def _avoid(page: Page, text: str) -> None:
    box = page.locator("#ask-avoid")
    box.click()
    box.press_sequentially(text)
    page.locator("#found-avoid .option", has_text="Pobeda").first.wait_for(timeout=WAIT)
    box.press("Enter")


def test_keyboard_alone_walks_opens_and_clears(desk: Watched) -> None:
    page = desk.page
    canvas = Canvas(page)
    canvas.place.focus()
    walked = []
    for _ in canvas.route():
        page.keyboard.press("ArrowRight")
        walked += canvas.selected()
    assert walked == canvas.route()
    page.keyboard.press("ArrowLeft")
    evidence(page, "In force on 2025-10-15")
    before = len(canvas.positions())
    page.keyboard.press("Enter")
    until(page, lambda: len(canvas.positions()) > before, "relations are drawn")
    page.keyboard.press("Escape")
    assert canvas.selected() == []
    page.locator(".lines").focus()
    page.keyboard.press("ArrowDown")
    expect(page.locator(".lines .row").nth(1)).to_have_attribute("aria-selected", "true")


def test_rectangle_selects_parties(desk: Watched) -> None:
    page = desk.page
    canvas = Canvas(page)
    page.get_by_role("button", name="Drag a rectangle").click()
    (x1, y1), (x2, y2) = canvas.where("nordwind"), canvas.where("pegas-fly")
    page.mouse.move(x1 - 70, min(y1, y2) - 14)
    page.mouse.down()
    page.mouse.move(x2 + 40, max(y1, y2) + 12, steps=4)
    page.mouse.up()
    evidence(page, "2 selected")
    assert set(canvas.selected()) == {"nordwind", "pegas-fly"}


def test_menu_avoids_a_party(desk: Watched) -> None:
    canvas = Canvas(desk.page)
    canvas.click("nordwind", button="right")
    desk.page.get_by_role("button", name="Avoid in routes").click()
    desk.page.wait_for_url(re.compile("avoid=nordwind"), timeout=WAIT)
    expect(desk.page.locator(".lines .row", has_text="Nordwind")).to_have_count(0, timeout=WAIT)


def test_view_is_kept_over_another_page(desk: Watched) -> None:
    page = desk.page
    canvas = Canvas(page)
    page.get_by_role("button", name="Zoom in").click()
    view = canvas.view()
    page.get_by_role("link", name="Sources").click()
    headline(page, "What this case rests on")
    page.get_by_role("link", name="Routes").click()
    assert Canvas(page).view() == pytest.approx(view, abs=0.01)


def test_every_export_is_downloaded(desk: Watched) -> None:
    page = desk.page
    for name, holds in (
        ("HTML", b"Content-Security-Policy"),
        ("JSON", b'"routes"'),
        ("GraphML", b"<graphml"),
        ("GEXF", b"<gexf"),
        ("CSV", b"routes-2025-10-15.edges.csv"),
    ):
        with page.expect_download(timeout=WAIT) as got:
            page.get_by_role("button", name=name, exact=True).click()
        assert holds in Path(got.value.path()).read_bytes(), name
    for name, start in (("PNG", b"\x89PNG"), ("SVG", b"<svg")):
        with page.expect_download(timeout=WAIT) as got:
            page.get_by_role("button", name=f"Save the whole picture as {name}").click()
        assert Path(got.value.path()).read_bytes().startswith(start), name
