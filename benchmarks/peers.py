"""The k cheapest paths by libraries that can answer that, on the same arcs.

None knows sets, a limit on hops or parallel arcs: each gets the cheapest arc of a pair, a source before
the origins and a sink behind the destinations, and what it gives is sorted out afterwards. networkx gives
paths one by one and is read until k of them keep the limit on hops; the others are asked for k whatever
their hops.
"""

import time
from typing import Any, NamedTuple

import networkx as nx
import numpy as np

from graph.network import Numbers
from graph.view import View

Costs = list[int]


class Arcs(NamedTuple):
    """The cheapest arc of each pair, with a source and a sink that cost one each to leave and enter."""

    tail: Numbers
    head: Numbers
    cost: Numbers
    source: int
    sink: int


def simple_arcs(view: View, origins: tuple[str, ...], targets: tuple[str, ...]) -> Arcs:
    """The arcs of a view of one layer, as peers take them."""
    (layer,) = view.network.layers
    starts, ends = ([view.number[i] for i in ids] for ids in (origins, targets))
    order = np.lexsort((layer.cost, layer.head, layer.tail))
    tail, head, cost = (
        column[order].astype(np.int64) for column in (layer.tail, layer.head, layer.cost)
    )
    kept = np.ones(len(tail), bool)
    kept[1:] = (tail[1:] != tail[:-1]) | (head[1:] != head[:-1])
    kept &= ~np.isin(tail, ends) & ~np.isin(head, starts)
    source, sink = view.network.parties, view.network.parties + 1
    return Arcs(
        np.concatenate([tail[kept], np.full(len(starts), source), ends]),
        np.concatenate([head[kept], starts, np.full(len(ends), sink)]),
        np.concatenate([cost[kept], np.ones(len(starts) + len(ends), np.int64)]),
        source,
        sink,
    )


def as_networkx(arcs: Arcs) -> "nx.DiGraph[int]":
    """The graph that networkx searches."""
    graph: nx.DiGraph[int] = nx.DiGraph()
    rows = zip(arcs.tail.tolist(), arcs.head.tolist(), arcs.cost.tolist(), strict=True)
    graph.add_weighted_edges_from(rows)
    return graph


def by_networkx(graph: "nx.DiGraph[int]", arcs: Arcs, k: int, hops: int, seconds: float) -> Costs:
    """Costs of the k cheapest simple paths of at most so many hops, or of those found in some seconds."""
    end = time.process_time() + seconds
    found: Costs = []
    for path in nx.shortest_simple_paths(graph, arcs.source, arcs.sink, weight="weight"):
        if len(path) - 3 <= hops:
            found.append(nx.path_weight(graph, path, "weight") - 2)
        if len(found) == k or time.process_time() > end:
            break
    return found


def as_igraph(arcs: Arcs) -> Any:
    """The graph that igraph searches."""
    import igraph

    edges = np.column_stack([arcs.tail, arcs.head])
    graph = igraph.Graph(n=arcs.sink + 1, edges=edges, directed=True)
    graph.es["weight"] = arcs.cost
    return graph


def by_igraph(graph: Any, arcs: Arcs, k: int, hops: int) -> Costs:
    """Costs of those of the k cheapest simple paths that have at most so many hops."""
    found = graph.get_k_shortest_paths(
        arcs.source, arcs.sink, k=k, mode="out", weights="weight", output="epath"
    )
    return [int(arcs.cost[path].sum()) - 2 for path in found if len(path) - 2 <= hops]


def as_scipy(arcs: Arcs) -> Any:
    """The matrix that scipy searches."""
    from scipy.sparse import csr_array

    ends = arcs.tail.astype(np.int32), arcs.head.astype(np.int32)
    return csr_array((arcs.cost.astype(float), ends), shape=(arcs.sink + 1,) * 2)


def by_scipy(matrix: Any, arcs: Arcs, k: int, hops: int) -> Costs:
    """As `by_igraph`."""
    from scipy.sparse.csgraph import yen

    costs, before = yen(matrix, arcs.source, arcs.sink, k, return_predecessors=True)
    short = [cost for cost, row in zip(costs, before, strict=True) if _hops(row, arcs) <= hops]
    return [round(cost) - 2 for cost in short]


def _hops(before: Numbers, arcs: Arcs) -> int:
    count, at = -2, arcs.sink
    while at != arcs.source:
        at, count = int(before[at]), count + 1
    return count
