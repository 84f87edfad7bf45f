"""`python -m benchmarks.routes`: the route search against its peers, by size, and when asked again.

Networks are made up from seeds (`benchmarks.made_up_network`), so that anyone gets the same ones; times
are CPU milliseconds of this process, medians and ranges over the seeds. Costs are asserted equal before a
ratio is printed.
"""

import argparse
import itertools
import math
import statistics
from functools import partial

import msgspec
import numpy as np

from benchmarks import chart, new_process, peers
from benchmarks.clock import HOPS, K, free, search, spread, timed
from benchmarks.made_up_network import DAYS, START, hubs, made_up_network, plain
from graph.routes import Question, RouteSearch
from graph.routes.search import Route
from graph.view import View

NETWORKX_SECONDS = {10_000: 15.0, 100_000: 50.0}
"""CPU time after which networkx is stopped; the ratio is then a lower bound."""
Ends = tuple[tuple[str, ...], tuple[str, ...]]


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--seeds", type=int, default=8)
    parser.add_argument("--no-peers", action="store_true", help="only ours")
    parser.add_argument("--sizes", default="10000,100000,1000000,5000000")
    parser.add_argument("--chart", help="file to draw the growth into")
    options = parser.parse_args()
    search(*_asked(10_000, 99)[:2])  # what is loaded on first use is loaded
    if not options.no_peers:
        print("| arcs, peer | ours | the peer takes |\n|---|---|---|")
        for parties in (10_000, 100_000):
            _against_peers(parties, range(options.seeds))
    sizes = [int(size) for size in options.sizes.split(",")]
    found = {size: _of_size(size, range(options.seeds)) for size in sizes}
    _print_growth(found)
    if options.chart:
        chart.write(options.chart, {size: line["unconstrained"] for size, line in found.items()})
    print()
    new_process.main()


def _asked(parties: int, seed: int) -> tuple[View, Question, Ends]:
    view, origins, targets = made_up_network(parties, 5 * parties, seed)
    return plain(view), free(origins, targets), (origins, targets)


def _against_peers(parties: int, seeds: range) -> None:
    ours: list[float] = []
    ratios: dict[str, list[float]] = {"networkx": [], "igraph": [], "scipy": []}
    complete = 0
    for seed in seeds:
        view, question, ends = _asked(parties, seed)
        took, (routes, _) = timed(partial(search, view, question))
        ours.append(took)
        arcs, costs = peers.simple_arcs(view, *ends), [route.cost for route in routes]
        limit = NETWORKX_SECONDS[parties]
        graph = peers.as_networkx(arcs)
        theirs, found = timed(partial(peers.by_networkx, graph, arcs, K, HOPS, limit))
        complete += len(found) == len(costs)
        _compare(ratios["networkx"], theirs / took, found, costs)
        made = peers.as_igraph(arcs)
        theirs, found = timed(partial(peers.by_igraph, made, arcs, K, HOPS))
        _compare(ratios["igraph"], theirs / took, found, costs)
        if parties <= 10_000:
            matrix = peers.as_scipy(arcs)
            theirs, found = timed(partial(peers.by_scipy, matrix, arcs, K, HOPS))
            _compare(ratios["scipy"], theirs / took, found, costs)
    for name, found_ratios in ratios.items():
        if found_ratios:
            at_least = "more than " if name == "networkx" and complete < len(seeds) else ""
            print(
                f"| {5 * parties:,}, {name} | {spread(ours, 1)} ms | "
                f"{at_least}{spread(found_ratios)} times as long |",
                flush=True,
            )
    print(f"| | | networkx was done in {complete} of {len(seeds)} runs before it was stopped |")


def _compare(ratios: list[float], ratio: float, found: list[int], ours: list[int]) -> None:
    assert found == ours[: len(found)], (found[:5], ours[:5])
    ratios.append(ratio)


def _of_size(parties: int, seeds: range) -> dict[str, list[float]]:
    """Everything that is measured at one size, for each seed."""
    found: dict[str, list[float]] = {
        name: [] for name in ("unconstrained", "all together", "follow-up", "afresh", "floor")
    }
    for seed in seeds if parties <= 1_000_000 else seeds[:3]:
        view, origins, targets = made_up_network(parties, 5 * parties, seed)
        unbound, question = plain(view), free(origins, targets)
        took, (routes, one) = timed(partial(search, unbound, question))
        found["unconstrained"].append(took)
        found["floor"].append(timed(partial(_gather, view))[0])
        bound = msgspec.structs.replace(question, order="time", dwell=365, avoid=hubs(view, 20))
        dated = msgspec.structs.replace(view, as_of=START + DAYS * 4 // 5)
        found["all together"].append(timed(partial(search, dated, bound))[0])
        again, afresh = _followed_up(unbound, question, routes, one)
        found["follow-up"].append(again)
        found["afresh"].append(afresh)
    return found


def _followed_up(
    view: View, question: Question, routes: list[Route], one: RouteSearch
) -> tuple[float, float]:
    """Avoiding each intermediary of the ten cheapest routes in turn: from what was read, and afresh."""
    passed = dict.fromkeys(party for route in routes[:10] for party in route.parties[1:-1])
    again, afresh = [], []
    for party in list(passed)[:8]:
        narrower = msgspec.structs.replace(question, avoid=(view.ids[party],))
        took, (reused, _) = timed(partial(search, view, narrower, one))
        again.append(took)
        took, (fresh, _) = timed(partial(search, view, narrower))
        afresh.append(took)
        assert [route.parties for route in reused] == [route.parties for route in fresh]
    return statistics.median(again), statistics.median(afresh)


def _gather(view: View) -> int:
    """What five passes over all arcs cost that only read a value at the far end of each and add to it."""
    (layer,) = view.network.layers
    best = np.zeros(view.network.parties, np.int64)
    return sum(int((best[layer.head] + layer.cost)[0]) for _ in range(5))


def _print_growth(found: dict[int, dict[str, list[float]]]) -> None:
    print(
        "\n| parties, arcs | unconstrained, ms | all together, ms | ratio | follow-up, ms | of a fresh "
        "search | five gather passes, ms |\n|---|---|---|---|---|---|---|"
    )
    medians = {
        size: {name: statistics.median(values) for name, values in line.items()}
        for size, line in found.items()
    }
    for size, line in found.items():
        middle = medians[size]
        print(
            f"| {size:,}, {5 * size:,} | {spread(line['unconstrained'], 1)} | "
            f"{spread(line['all together'], 1)} | "
            f"{middle['all together'] / middle['unconstrained']:.1f} | "
            f"{spread(line['follow-up'], 1)} | "
            f"{middle['follow-up'] / middle['afresh']:.2f} | {middle['floor']:.1f} |",
            flush=True,
        )
    for small, large in itertools.pairwise(found):
        grown = medians[large]["unconstrained"] / medians[small]["unconstrained"]
        exponent = math.log(grown) / math.log(large / small)
        print(f"\ngrowth {small:,} -> {large:,} parties: exponent {exponent:.2f}")


if __name__ == "__main__":
    main()
