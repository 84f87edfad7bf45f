"""A new process, from its start to the first hundred routes of a network mapped from files.

The network is written once as `.npy` files; every process then maps them (warm file cache), and reports
its CPU time and the memory it took beyond an interpreter that has loaded the same modules.
"""

import json
import statistics
import subprocess
import sys
import tempfile
import time
from functools import partial
from pathlib import Path

import numpy as np

from benchmarks.clock import free, search, timed
from benchmarks.made_up_network import TRAITS, made_up_network, plain, view_of
from graph.network import Layer, Network

PARTIES, TRIES = 1_000_000, 5


def main() -> None:
    """Print the table."""
    with tempfile.TemporaryDirectory() as place:
        warm = _write(Path(place))
        runs = [_in_new_process(place) for _ in range(TRIES)]
    first = statistics.median(run["cpu"] for run in runs)
    loaded = statistics.median(run["loaded"] for run in runs)
    memory = statistics.median(run["memory"] for run in runs)
    print(f"| a new process, {PARTIES:,} parties, {5 * PARTIES:,} arcs | |\n|---|---|")
    print(f"| start to first answer, CPU ms | {first:.0f} |")
    print(f"| of it, Python and its modules | {loaded:.0f} |")
    print(f"| the same question in a warm process, CPU ms | {warm:.0f} |")
    print(f"| memory beyond the interpreter and its modules, MiB | {memory:.0f} |")


def _write(place: Path) -> float:
    """Write the network; CPU milliseconds of the question in this process, asked a second time."""
    view, origins, targets = made_up_network(PARTIES, 5 * PARTIES, 0)
    (layer,) = view.network.layers
    for name in Layer.__struct_fields__:
        np.save(place / f"{name}.npy", getattr(layer, name))
    (place / "ends.json").write_text(json.dumps([origins, targets]))
    question = free(origins, targets)
    search(plain(view), question)
    return timed(partial(search, plain(view), question))[0]


def _in_new_process(place: str) -> dict[str, float]:
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks.new_process", place],
        check=True,
        capture_output=True,
        text=True,
    )
    found: dict[str, float] = json.loads(done.stdout)
    return found


def _child(place: Path) -> None:
    """Map the network and ask; print what it took as JSON."""
    loaded, before = time.process_time() * 1000, _resident()
    arrays = {
        name: np.load(place / f"{name}.npy", mmap_mode="r")
        for name in Layer.__struct_fields__
        if name != "dearest"
    }
    layer = Layer(**arrays, dearest=int(np.load(place / "dearest.npy")))
    view = plain(view_of(Network(parties=PARTIES, layers=(layer,), traits=TRAITS)))
    origins, targets = map(tuple, json.loads((place / "ends.json").read_text()))
    routes, _ = search(view, free(origins, targets))
    assert len(routes) == 100
    print(
        json.dumps(
            {
                "cpu": time.process_time() * 1000,
                "loaded": loaded,
                "memory": _resident() - before,
            }
        )
    )


def _resident() -> float:
    """The most memory that this process held so far, in MiB."""
    status = Path("/proc/self/status").read_text()
    return int(status.split("VmHWM:")[1].split()[0]) / 1024


if __name__ == "__main__":
    _child(Path(sys.argv[1])) if len(sys.argv) > 1 else main()
