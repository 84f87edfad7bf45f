"""`python -m benchmarks.view`: the view of a large store, made, opened again and for another day.

The store is made up from a seed (`benchmarks.made_up`) in a temporary folder, or in `--file`, which is
made when it is not there. Every line is a process of its own: CPU seconds from before the store is
opened, wall-clock seconds, and the most memory the process took. `--big` asks for a million parties and
five million edges, which takes a quarter of an hour and 5 GiB to make up.
"""

import argparse
import resource
import subprocess
import sys
import tempfile
import time
from itertools import pairwise
from pathlib import Path

from benchmarks.made_up import CARRIERS, SUPPLIERS, print_store
from graph.dates import day_of

FIRST_DAY, ANOTHER_DAY = "2024-06-01", "2024-07-01"
LINES = (
    ("nothing kept: documented and possible arcs", "view", FIRST_DAY),
    ("the same day again", "view", FIRST_DAY),
    ("another day: the rules alone", "view", ANOTHER_DAY),
    ("another day again, and the first answer", "answer", ANOTHER_DAY),
)


def main() -> None:
    """Make a store where there is none, and print the table."""
    parser = argparse.ArgumentParser(description="Measure the view of a large store.")
    parser.add_argument("--big", action="store_true", help="a million parties")
    parser.add_argument("--file", help="a store that is there, or where to make it")
    parser.add_argument("--do", choices=["view", "answer"], help=argparse.SUPPRESS)
    parser.add_argument("--day", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.do:
        _measure(options.file, options.day, options.do == "answer")
        return
    parties, edges = (1_000_000, 5_000_000) if options.big else (100_000, 500_000)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(options.file or Path(folder) / "made-up.db")
        if not path.exists():
            print_store(str(path), parties, edges)
        _table(path)


def _table(path: Path) -> None:
    views = path.with_name(f"{path.name}.views")
    if views.exists():
        sys.exit(f"{views} is there: remove it, so that nothing is kept at first")
    print("| step | open, CPU s | view, CPU s | answer, CPU s | wall s | MiB |")
    print("|---|---|---|---|---|---|")
    for step, do, day in LINES:
        asked = ["-m", "benchmarks.view", "--file", str(path), "--do", do, "--day", day]
        done = subprocess.run([sys.executable, *asked], check=True, capture_output=True, text=True)
        print(f"| {step} | {done.stdout.strip()} |")
    size = sum(file.stat().st_size for file in views.rglob("*"))
    print(f"\n{size // 1_000_000} MB kept, {path.stat().st_size // 1_000_000} MB of store")


def _measure(path: str, day: str, ask: bool) -> None:
    """One line, measured in this process: what is imported is not counted."""
    from graph.routes import Question, parse_set
    from graph.routes.answer import answer
    from graph.store import open_store
    from graph.view import build_view

    wall, marks = time.perf_counter(), [time.process_time()]
    reader = open_store(path)
    marks.append(time.process_time())
    view = build_view(reader, day_of(day))
    marks.append(time.process_time())
    if ask:
        question = Question(
            origins=parse_set(view, SUPPLIERS), destinations=parse_set(view, CARRIERS)
        )
        answer(view, question, 20, folded=False, version="benchmark")
        marks.append(time.process_time())
    spent = [f"{end - start:.3f}" for start, end in pairwise(marks)]
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    columns = [*spent, *[""] * (3 - len(spent)), f"{time.perf_counter() - wall:.2f}", str(peak)]
    print(" | ".join(columns))


if __name__ == "__main__":
    main()
