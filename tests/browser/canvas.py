"""The canvas as a person meets it: found by what is on it, touched where it is drawn."""

from collections.abc import Callable
from typing import Any

from playwright.sync_api import Page

WAIT = 60_000


def until(page: Page, holds: Callable[[], bool], what: str) -> None:
    """Wait for something that only Python can see."""
    for _ in range(WAIT // 50):
        if holds():
            return
        page.wait_for_timeout(50)
    raise AssertionError(f"never: {what}")


class Canvas:
    """The canvas of the Routes page."""

    def __init__(self, page: Page) -> None:
        """Wait until it is drawn."""
        self.page = page
        self.place = page.locator(".canvas")
        page.locator(".canvas canvas").wait_for(timeout=WAIT)
        until(page, lambda: bool(self.ask("!!c?.network && !!c.chosen")), "the canvas is drawn")
        self.settle()

    def settle(self) -> None:
        """Let what was begun come to its end."""
        self.page.wait_for_timeout(150)

    def ask(self, expression: str, argument: object = None) -> Any:
        """Evaluate with `c`, the canvas, and `x`, the argument."""
        return self.place.evaluate(
            f"(place, x) => {{ const c = place.canvas; return {expression} }}", argument
        )

    def positions(self) -> dict[str, dict[str, float]]:
        """Where every node stands, in the picture's own lengths."""
        found: dict[str, dict[str, float]] = self.ask("c.network.getPositions()")
        return found

    def view(self) -> tuple[float, float, float]:
        """The part in view: its centre and scale."""
        found = self.ask("({ p: c.network.getViewPosition(), s: c.network.getScale() })")
        return found["p"]["x"], found["p"]["y"], found["s"]

    def where(self, node_id: str) -> tuple[float, float]:
        """The place of a node on the screen."""
        frame = self.page.locator(".canvas .sheet").bounding_box()
        assert frame
        at = self.ask("c.network.canvasToDOM(c.network.getPosition(x))", node_id)
        return frame["x"] + at["x"], frame["y"] + at["y"]

    def click(self, node_id: str, **how: Any) -> None:
        """Click a party."""
        self.page.mouse.click(*self.where(node_id), **how)

    def double_click(self, node_id: str) -> None:
        """Double-click a party."""
        self.page.mouse.dblclick(*self.where(node_id))

    def selected(self) -> list[str]:
        """The parties selected."""
        found: list[str] = self.ask("c.chosen.nodes")
        return found

    def route(self) -> list[str]:
        """The parties of the line chosen."""
        found: list[str] = self.ask("c.scene.route")
        return found
