"""`make bench`: the route search against networkx in the same run, and the times of the case.

Graphs are made up from a seed, so that anyone gets the same ones; times are CPU seconds of this
process. Costs are asserted equal before a ratio is printed.
"""

import itertools
import platform
import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import networkx as nx

from benchmarks.made_up import made_up_view
from graph import dates
from graph.routes import Question, RouteSearch, parse_set
from graph.routes.answer import answer
from graph.store import open_store
from graph.view import View, build_view
from loaders import run as loaders_run

T = TypeVar("T")
SEEDS = range(8)
HOPS, K, ORIGINS, TARGETS = 6, 100, 50, 20


def main() -> None:
    """Print the tables."""
    print(f"Python {platform.python_version()}, {platform.machine()}, networkx {nx.__version__}\n")
    _case()
    print()
    _against_networkx(parties=2_000, arcs=10_000, k=10)
    _against_networkx(parties=10_000, arcs=50_000, k=K)


def _timed(work: Callable[[], T]) -> tuple[float, T]:
    start = time.process_time()
    value = work()
    return time.process_time() - start, value


def _case() -> None:
    """The Belavia question from an empty place to the answer, step by step."""
    with tempfile.TemporaryDirectory() as folder:
        store = str(Path(folder) / "case.db")
        load, _ = _timed(lambda: loaders_run.load(store, loaders_run.case_folder()))
        reader = open_store(store)
        build, view = _timed(lambda: build_view(reader, dates.day_of("2025-10-15")))
        question = Question(
            origins=parse_set(view, "western-suppliers"),
            destinations=parse_set(view, "russian-carriers"),
            via=(("belavia",),),
        )
        ask, found = _timed(lambda: answer(view, question, 40, folded=True, version="bench"))
    print("| the Belavia question | CPU s |\n|---|---|")
    for name, seconds in (("load", load), ("view of a date", build), ("answer", ask)):
        print(f"| {name} | {seconds:.3f} |")
    print(f"\n{found.counts.routes} routes in {len(found.routes)} lines")


def _against_networkx(parties: int, arcs: int, k: int) -> None:
    """The k cheapest routes of at most six hops between two sets, by both, on fresh graphs."""
    ratios, ours_all = [], []
    for seed in SEEDS:
        view, origins, targets = made_up_view(parties, arcs, seed, ORIGINS, TARGETS)
        question = Question(origins=origins, destinations=targets, max_hops=HOPS, order="any")
        ours, costs = _timed(
            lambda view=view, question=question: [  # type: ignore[misc]
                route.cost for route in itertools.islice(RouteSearch(view, question), k)
            ]
        )
        graph = as_networkx(view, origins, targets)
        theirs, expected = _timed(lambda graph=graph: networkx_costs(graph, k))  # type: ignore[misc]
        assert costs == expected, (seed, costs[:5], expected[:5])
        ratios.append(theirs / ours)
        ours_all.append(ours)
    print(
        f"{parties} parties, {arcs} arcs, k = {k}, {ORIGINS} x {TARGETS}: "
        f"ours {statistics.median(ours_all) * 1000:.1f} ms, networkx takes "
        f"{statistics.median(ratios):.0f} times as long (median of {len(ratios)} seeds; "
        f"{min(ratios):.0f} to {max(ratios):.0f})"
    )


def as_networkx(
    view: View, origins: tuple[str, ...], targets: tuple[str, ...]
) -> "nx.DiGraph[str]":
    """The same graph with one source and one sink; sets are touched at their own end only."""
    graph: nx.DiGraph[str] = nx.DiGraph()
    graph.add_weighted_edges_from(
        (arc.source, arc.target, arc.cost)
        for arc in view.arcs
        if arc.source not in targets and arc.target not in origins
    )
    graph.add_weighted_edges_from(("from", origin, 0) for origin in origins)
    graph.add_weighted_edges_from((target, "to", 0) for target in targets)
    return graph


def networkx_costs(graph: "nx.DiGraph[str]", k: int) -> list[int]:
    """Costs of the k cheapest simple paths within the hop limit, which networkx does not know."""
    found = []
    for path in nx.shortest_simple_paths(graph, "from", "to", weight="weight"):
        if len(path) - 3 <= HOPS:
            found.append(sum(graph[a][b]["weight"] for a, b in itertools.pairwise(path)))
            if len(found) == k:
                break
    return found


if __name__ == "__main__":
    main()
