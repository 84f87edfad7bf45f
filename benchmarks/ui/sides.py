"""The same four things a person does, in the app and on the peer's page.

Each returns the seconds from the hand's move to the moment the answer can be read: the evidence
stands, or the picture has what was asked for and holds still.
"""

import itertools
import sys
import time
from collections.abc import Iterator
from typing import Any

from playwright.sync_api import Browser, Page
from playwright.sync_api import Error as PlaywrightError

from benchmarks.ui.browser import ROOT, until
from tests.browser.canvas import Canvas
from ui.server import command as app_command

_STILL = 1.0  # pixels that a node may move between two looks and still hold still
_POSITIONS = "() => typeof network === 'undefined' || !network ? {} : network.getPositions()"


class App:
    """The Routes page of the app."""

    name = "the app"

    def __init__(self, origins: str, destinations: str, via: str, first: str, hub: str) -> None:
        """What to ask, a party to click and one to open."""
        ends = {"from": origins, "to": destinations, "via": via, "as_of": "2025-10-15"}
        self.address = "/routes?" + "&".join(f"{k}={v}" for k, v in ends.items() if v)
        self.first, self.hub = first, hub

    def command(self, port: int) -> list[str]:
        """How it is served."""
        return app_command(port)

    def environment(self) -> dict[str, str]:
        """What its server must know."""
        return {}

    def open(self, browser: Browser, url: str) -> tuple[Page, float]:
        """A fresh browser on the question, until list, canvas and evidence stand."""
        page = browser.new_context(viewport={"width": 1280, "height": 720}).new_page()
        start = time.perf_counter()
        page.goto(url + self.address)
        canvas = page.locator(".canvas")
        until(lambda: canvas.count() > 0 and bool(canvas.evaluate("p => !!p.canvas?.chosen")), page)
        evidence = page.locator(".st-key-routes-evidence").get_by_text("Cost")
        until(lambda: evidence.count() > 0, page)
        return page, time.perf_counter() - start

    def click(self, page: Page) -> float:
        """A party, until its evidence stands."""
        canvas = Canvas(page)
        canvas.ask("c.network.moveTo({ position: c.network.getPosition(x), scale: 1 })", self.first)
        canvas.settle()
        place = canvas.where(self.first)
        evidence = page.locator(".st-key-routes-evidence").get_by_text("All about it")
        page.mouse.click(*place)
        return until(lambda: evidence.count() > 0, page)

    def expand(self, page: Page) -> float:
        """A party with relations, until they are drawn."""
        canvas = Canvas(page)
        canvas.ask("c.network.moveTo({ position: c.network.getPosition(x), scale: 1 })", self.hub)
        canvas.settle()
        before = len(canvas.positions())
        canvas.double_click(self.hub)
        return until(lambda: len(canvas.positions()) > before, page)

    def change_date(self, page: Page) -> float:
        """To the next day on which something changes, until the canvas shows it."""
        slider = page.locator(".st-key-routes-stops input[type=range]")
        slider.focus()
        canvas = Canvas(page)
        canvas.ask("(c.seen = c.scene, 1)")
        before = page.url
        slider.press("ArrowLeft")
        return until(lambda: page.url != before and bool(canvas.ask("c.scene !== c.seen")), page)


class Peer:
    """The pyvis page."""

    name = "a pyvis page"

    def __init__(self, origins: str, destinations: str, via: str, first: str, hub: str) -> None:
        """The same question and parties."""
        self.question = f"{origins}|{destinations}|{via}"
        self.first, self.hub = first, hub
        self.days = itertools.cycle(("20250912", "20250911"))

    def command(self, port: int) -> list[str]:
        """How it is served."""
        script = ROOT / "benchmarks" / "ui" / "pyvis_page.py"
        return [
            *(sys.executable, "-m", "streamlit", "run", str(script), f"--server.port={port}"),
            *("--server.headless=true", "--browser.gatherUsageStats=false"),
            "--server.address=127.0.0.1",
        ]

    def environment(self) -> dict[str, str]:
        """What its server must know."""
        return {"PEER_QUESTION": self.question}

    def open(self, browser: Browser, url: str) -> tuple[Page, float]:
        """A fresh browser, until the picture holds still."""
        page = browser.new_context(viewport={"width": 1280, "height": 720}).new_page()
        page.route(lambda asked: "127.0.0.1" not in asked, lambda route: route.abort())
        start = time.perf_counter()
        page.goto(url)
        self._still(page)
        return page, time.perf_counter() - start

    def click(self, page: Page) -> float:
        """Choose a party, until its evidence stands."""
        evidence = page.get_by_text("Evidence:")
        before = evidence.inner_text()
        start = time.perf_counter()
        self._choose(page, self.first)
        until(lambda: evidence.inner_text() != before, page)
        return time.perf_counter() - start

    def expand(self, page: Page) -> float:
        """Tick a box, until the picture with the relations holds still."""
        self._choose(page, self.hub)
        self._still(page)
        before = len(self._positions(page))
        start = time.perf_counter()
        page.get_by_text("Its relations").click()
        self._still(page, more_than=before)
        return time.perf_counter() - start

    def change_date(self, page: Page) -> float:
        """Another day, until its picture holds still: nothing says when it stands but its stillness."""
        page.get_by_label("As of").get_by_role("spinbutton").first.click()
        day = next(self.days)
        page.keyboard.type(day)
        start = time.perf_counter()
        page.keyboard.press("Escape")
        said = page.get_by_text(f"Answered for {day}")
        until(lambda: said.count() > 0, page)
        self._still(page)
        return time.perf_counter() - start

    def _choose(self, page: Page, party: str) -> None:
        box = page.get_by_role("combobox").first
        box.fill(party)
        page.keyboard.press("Enter")

    def _still(self, page: Page, more_than: int = 0) -> None:
        """Wait until the frame has a picture of more than so many nodes, and none of them moves."""
        looks = self._looks(page)
        until(lambda: next(looks) > more_than, page)

    def _looks(self, page: Page) -> Iterator[int]:
        """How many nodes stand still, look after look."""
        before: dict[str, Any] = {}
        while True:
            now = self._positions(page)
            still = now.keys() == before.keys() and _furthest(now, before) < _STILL
            yield len(now) if still else 0
            before = now
            page.wait_for_timeout(80)

    def _positions(self, page: Page) -> dict[str, Any]:
        """Where the nodes stand; nothing while the frame is being replaced."""
        frame = next((f for f in page.frames if f is not page.main_frame), None)
        try:
            return {} if frame is None else dict(frame.evaluate(_POSITIONS))
        except PlaywrightError:
            return {}


def _furthest(now: dict[str, Any], before: dict[str, Any]) -> float:
    moves = (abs(now[i]["x"] - before[i]["x"]) + abs(now[i]["y"] - before[i]["y"]) for i in now)
    return max(map(float, moves), default=0.0)
