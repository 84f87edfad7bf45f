"""A server, a browser and a clock: what both sides of the comparison share."""

import os
import shutil
import socket
import statistics
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

ROOT = Path(__file__).resolve().parents[2]
PATIENCE = 120.0
"""Seconds after which something that has not happened counts as not happening."""
_FLAGS = [
    *("--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"),
    *("--disable-component-update", "--disable-sync"),
]


@contextmanager
def chromium() -> Iterator[Browser]:
    """The distribution's Chromium, without a window."""
    path = shutil.which("chromium") or shutil.which("google-chrome")
    if path is None:
        sys.exit("no Chromium on this machine: install it to measure the app")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=_FLAGS)
        yield browser
        browser.close()


@contextmanager
def served(command: Callable[[int], list[str]], **environment: str) -> Iterator[tuple[str, int]]:
    """The address and process id of a server, from the moment it answers."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    given = os.environ | {"PYTHONPATH": str(ROOT)} | environment
    with subprocess.Popen(
        command(port), env=given, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    ) as process:
        until(lambda: _answers(port))
        yield f"http://127.0.0.1:{port}", process.pid
        process.terminate()


def _answers(port: int) -> bool:
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/_stcore/health", timeout=2):
            return True
    except OSError:
        return False


def until(holds: Callable[[], bool], page: Page | None = None) -> float:
    """Seconds until something holds.

    Raises:
        TimeoutError: when it does not within `PATIENCE`.
    """
    start = time.perf_counter()
    while not holds():
        if time.perf_counter() - start > PATIENCE:
            raise TimeoutError
        if page is None:
            time.sleep(0.02)
        else:
            page.wait_for_timeout(15)
    return time.perf_counter() - start


def resident(pid: int) -> float:
    """Memory of a process and its children that is in use, in MB (Linux)."""
    total = 0
    for place in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = place.read_text().rsplit(")", 1)[1].split()
        except OSError:
            continue
        if int(place.parent.name) == pid or int(fields[1]) == pid:
            total += int(fields[21]) * os.sysconf("SC_PAGE_SIZE")
    return total / 1e6


def spread(seconds: Sequence[float]) -> str:
    """A median with its range."""
    if not seconds:
        return f"not within {PATIENCE:.0f} s"
    low, high = min(seconds), max(seconds)
    return f"{statistics.median(seconds):.2f} s ({low:.2f} to {high:.2f})"
