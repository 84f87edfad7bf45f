"""`make bench-ui`: the app in a real browser beside a plain pyvis page, in one run.

At the curated case, and at a made-up store of 100,000 parties and 500,000 edges (`--case-only`
leaves it out). Wall-clock seconds of a browser without a graphics card.
"""

import argparse
import platform
import statistics
import tempfile
from importlib.metadata import version
from pathlib import Path

from playwright.sync_api import Browser

from benchmarks.made_up import CARRIERS, SUPPLIERS, write_store
from benchmarks.ui.browser import chromium, resident, served, spread
from benchmarks.ui.sides import App, Peer
from graph import dates
from graph.routes import Question, parse_set
from graph.routes.answer import answer
from graph.store import open_store
from graph.view import build_view
from loaders import run as loaders_run

SESSIONS = 8
STEPS = ("first screen", "click to evidence", "expand", "date change")


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--case-only", action="store_true")
    options = parser.parse_args()
    print(
        f"Python {platform.python_version()}, {platform.machine()}, Streamlit {version('streamlit')}"
    )
    with tempfile.TemporaryDirectory() as folder, chromium() as browser:
        case = str(Path(folder) / "case.db")
        loaders_run.load(case, loaders_run.case_folder())
        ends = ("western-suppliers", "russian-carriers", "belavia")
        _compare("the Belavia case", browser, case, ends, ("nordwind", "belavia"), tries=5)
        if not options.case_only:
            large = str(Path(folder) / "large.db")
            write_store(large, 100_000, 500_000)
            ends = (SUPPLIERS, CARRIERS, "")
            parties = _parties(large, ends)
            _compare("100,000 parties, 500,000 edges", browser, large, ends, parties, tries=2)


def _parties(store: str, ends: tuple[str, str, str]) -> tuple[str, str]:
    """A last and a first party of the best routes of a made-up store."""
    view = build_view(open_store(store), dates.day_of("2025-10-15"))
    origins, destinations = (parse_set(view, name) for name in ends[:2])
    question = Question(origins=origins, destinations=destinations)
    best = answer(view, question, 40, folded=True, version="bench").routes[0]
    return best.entities[-1], best.entities[0]


def _compare(
    title: str,
    browser: Browser,
    store: str,
    ends: tuple[str, str, str],
    parties: tuple[str, str],
    tries: int,
) -> None:
    sides = [side(*ends, *parties) for side in (App, Peer)]
    measured = [_measure(side, browser, store, tries) for side in sides]
    print(f"\n| {title} | {' | '.join(side.name for side in sides)} | ratio |\n|---|---|---|---|")
    for step in STEPS:
        ours, theirs = (seconds[step] for seconds, _ in measured)
        ratio = (
            f"{statistics.median(theirs) / statistics.median(ours):.1f}" if ours and theirs else ""
        )
        print(f"| {step} | {spread(ours)} | {spread(theirs)} | {ratio} |")
    memory = [f"{megabytes:.1f} MB" for _, megabytes in measured]
    print(f"| memory a session, of {SESSIONS} | {' | '.join(memory)} | |")


def _measure(
    side: App | Peer, browser: Browser, store: str, tries: int
) -> tuple[dict[str, list[float]], float]:
    """Seconds by step, and megabytes that a session adds."""
    seconds: dict[str, list[float]] = {step: [] for step in STEPS}
    environment = {"LOOPHOLE_STORE": store, **side.environment()}
    with served(side.command, **environment) as (url, _):
        for _ in range(tries):
            try:
                page, first = side.open(browser, url)
                seconds["first screen"].append(first)
                for step, act in (
                    ("click to evidence", side.click),
                    ("expand", side.expand),
                    ("date change", side.change_date),
                ):
                    seconds[step].append(act(page))
                page.context.close()
            except TimeoutError:
                continue
    return seconds, _memory(side, browser, environment)


def _memory(side: App | Peer, browser: Browser, environment: dict[str, str]) -> float:
    """Megabytes that a session adds to a server which has answered one already."""
    with served(side.command, **environment) as (url, pid):
        pages = [side.open(browser, url)[0]]
        before = resident(pid)
        pages += [side.open(browser, url)[0] for _ in range(SESSIONS)]
        after = resident(pid)
        for page in pages:
            page.context.close()
    return (after - before) / SESSIONS


if __name__ == "__main__":
    main()
