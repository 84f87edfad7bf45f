"""`make bench`: the times of the case, then the route search (`benchmarks.routes`)."""

import platform
import tempfile
from pathlib import Path

import networkx as nx

from benchmarks import routes
from benchmarks.clock import timed
from graph import dates
from graph.routes import Question, parse_set
from graph.routes.answer import answer
from graph.store import open_store
from graph.view import build_view
from loaders import run as loaders_run


def main() -> None:
    """Print the tables."""
    print(f"Python {platform.python_version()}, {platform.machine()}, networkx {nx.__version__}\n")
    _case()
    print()
    routes.main()


def _case() -> None:
    """The Belavia question from an empty place to the answer, step by step."""
    with tempfile.TemporaryDirectory() as folder:
        store = str(Path(folder) / "case.db")
        load, _ = timed(lambda: loaders_run.load(store, loaders_run.case_folder()))
        reader = open_store(store)
        build, view = timed(lambda: build_view(reader, dates.day_of("2025-10-15")))
        question = Question(
            origins=parse_set(view, "western-suppliers"),
            destinations=parse_set(view, "russian-carriers"),
            via=(("belavia",),),
        )
        ask, found = timed(lambda: answer(view, question, 40, folded=True, version="bench"))
    print("| the Belavia question | CPU s |\n|---|---|")
    for name, milliseconds in (("load", load), ("view of a date", build), ("answer", ask)):
        print(f"| {name} | {milliseconds / 1000:.3f} |")
    print(f"\n{found.counts.routes} routes in {len(found.routes)} lines")


if __name__ == "__main__":
    main()
