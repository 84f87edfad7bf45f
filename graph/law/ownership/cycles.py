"""Circles of ownership: companies that own each other, and themselves."""

from bisect import bisect_left
from collections import defaultdict

from graph.law.ownership.network import Network


def circles(network: Network) -> list[list[int]]:
    """The strongly connected components of more than one entity, each sorted.

    What is owned by nobody is taken off first, again and again; Tarjan's algorithm (1972) then looks
    only at what is left.
    """
    left = _knotted(network)
    return _components(network, left) if left else []


def _knotted(network: Network) -> set[int]:
    """The nodes of circles, and those below them."""
    owners: dict[int, int] = defaultdict(int)
    nodes = range(len(network.names))
    for node in nodes:
        for target in network.below(node):
            if target != node:
                owners[target] += 1
    bare = [node for node in nodes if node not in owners]
    left = set(owners)
    while bare:
        node = bare.pop()
        for target in network.below(node):
            if target != node:
                owners[target] -= 1
                if owners[target] == 0:
                    left.discard(target)
                    bare.append(target)
    return left


class _Walk:
    """The state of Tarjan's algorithm, without recursion: chains of companies can be long."""

    def __init__(self, network: Network, nodes: set[int]) -> None:
        self.below = {n: [t for t in network.below(n) if t in nodes] for n in nodes}
        self.number: dict[int, int] = {}
        self.lowest: dict[int, int] = {}
        self.open: list[int] = []
        self.closed: set[int] = set()

    def enter(self, node: int) -> None:
        self.number[node] = self.lowest[node] = len(self.number)
        self.open.append(node)

    def leave(self, node: int) -> list[int]:
        """The component that ends with the node; empty while it goes on above.

        Open nodes are in the order of their numbers.
        """
        if self.lowest[node] != self.number[node]:
            return []
        at = bisect_left(self.open, self.number[node], key=self.number.__getitem__)
        component, self.open[at:] = self.open[at:], []
        self.closed.update(component)
        return component


def _components(network: Network, nodes: set[int]) -> list[list[int]]:
    walk = _Walk(network, nodes)
    found = []
    for start in sorted(nodes):
        if start not in walk.number:
            found += _from(walk, start)
    return sorted(sorted(component) for component in found if len(component) > 1)


def _from(walk: _Walk, start: int) -> list[list[int]]:
    found = []
    walk.enter(start)
    path = [(start, iter(walk.below[start]))]
    while path:
        node, rest = path[-1]
        target = next(rest, None)
        if target is None:
            path.pop()
            if path:
                above = path[-1][0]
                walk.lowest[above] = min(walk.lowest[above], walk.lowest[node])
            found.append(walk.leave(node))
        elif target not in walk.number:
            walk.enter(target)
            path.append((target, iter(walk.below[target])))
        elif target not in walk.closed:
            walk.lowest[node] = min(walk.lowest[node], walk.number[target])
    return found
