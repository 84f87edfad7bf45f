"""A real server and a real Chromium. In CI a missing one is a failure, elsewhere a skip."""

import os
import re
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page, sync_playwright

from ui.server import ADDRESS, command

ROOT = Path(__file__).resolve().parents[2]
ARTEFACTS = ROOT / "artefacts"
_FLAGS = [
    *("--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"),
    *("--disable-component-update", "--disable-sync"),
]


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    path = next(
        filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None
    )
    if path is None:
        if "LOOPHOLE_CI" in os.environ:
            pytest.fail("no Chromium on this machine: CI needs one")
        pytest.skip("no Chromium on this machine")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=_FLAGS)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def server(case_path: Path) -> Iterator[str]:
    with serving(case_path) as url:
        yield url


@contextmanager
def serving(store: Path | str, code: Path = ROOT) -> Iterator[str]:
    """A server of a store, while the block runs, from the files of the project or from others."""
    with socket.socket() as probe:
        probe.bind((ADDRESS, 0))
        port = probe.getsockname()[1]
    environment = os.environ | {"LOOPHOLE_STORE": str(store), "PYTHONPATH": str(code)}
    with subprocess.Popen(
        command(port, code),
        cwd=code,
        env=environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    ) as process:
        url = f"http://{ADDRESS}:{port}"
        _wait_for(f"{url}/_stcore/health")
        yield url
        process.terminate()


def _wait_for(url: str, seconds: float = 60) -> None:
    last = time.monotonic() + seconds
    while time.monotonic() < last:
        try:
            with urllib.request.urlopen(url, timeout=2):
                return
        except OSError:
            time.sleep(0.3)
    pytest.fail(f"{url} did not answer in {seconds:.0f} s with {sys.executable}")


class Watched:
    """A page that remembers what it asked of other machines and what it complained of."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.outside: list[str] = []
        self.complaints: list[str] = []
        page.on("request", lambda request: self._asked(request.url))
        page.on("console", self._said)
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.on("dialog", lambda dialog: self.complaints.append(f"dialog {dialog.message}"))

    def _said(self, message: ConsoleMessage) -> None:
        # Streamlit looks for its server beside the page's path first, and finds it at the root.
        if message.type == "error" and "/_stcore/" not in message.location["url"]:
            self.complaints.append(message.text)

    def _asked(self, url: str) -> None:
        if not re.match(rf"(https?|wss?)://{re.escape(ADDRESS)}[:/]|data:|blob:|file:", url):
            self.outside.append(url)

    def picture(self, name: str) -> None:
        """Keep a screenshot."""
        ARTEFACTS.mkdir(exist_ok=True)
        self.page.screenshot(path=ARTEFACTS / f"{name}.png")


@pytest.fixture(params=["light", "dark"])
def watched(request: pytest.FixtureRequest, chromium: Browser) -> Iterator[Watched]:
    context = chromium.new_context(
        viewport={"width": 1280, "height": 1240}, color_scheme=request.param
    )
    page = Watched(context.new_page())
    yield page
    context.close()
