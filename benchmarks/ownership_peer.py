"""Ownership done another way: fractions on a networkx graph, everything tried again until nothing moves.

The peer of the benchmark and the oracle of the tests. It shares no code with `graph.law.ownership` and
knows added and single holders, control, dates by the day, and unknown stakes as whole worlds: in each
world, what is left of a company belongs to one of its unknown holders, or to nobody.
"""

import itertools
from collections.abc import Iterable, Iterator
from fractions import Fraction

import networkx as nx

from graph.law.ownership import Question

STRICT = {"UK", "CH"}
"""Regimes that ask for more than half; all others ask for half (on the dates used here)."""
SINGLE = {"UK"}
CONTROL = {"EU", "UK", "CH"}
LISTS = {"US-OFAC": "US-SDN", "EU": "EU", "UK": "UK", "CH": "CH"}


def statuses(question: Question) -> dict[str, str]:
    """Restricted in every world, in none, or unknown; for every owned entity that is not listed."""
    listed = {one.id for one in question.listed if LISTS[question.regime] in one.lists}
    owned = {edge.owned for edge in question.edges} | {c.controlled for c in question.control}
    worlds = [restricted(question, graph, listed) for graph in _worlds(question)]
    found = {}
    for name in owned - listed:
        ayes = {name in world for world in worlds}
        found[name] = "unknown" if len(ayes) > 1 else _word(ayes.pop())
    return found


def _word(aye: bool) -> str:
    return "restricted" if aye else "not_restricted"


def restricted(question: Question, graph: "nx.MultiDiGraph[str]", listed: set[str]) -> set[str]:
    """The least fixpoint of one world, by trying every company again and again."""
    groups = [{one} for one in listed] if question.regime in SINGLE else [listed]
    return set().union(*(_closed(question, graph, group) for group in groups)) | listed


def _closed(question: Question, graph: "nx.MultiDiGraph[str]", seeds: set[str]) -> set[str]:
    members = set(seeds)
    while True:
        joining = {n for n in graph if n not in members and _meets(question, graph, n, members)}
        if not joining:
            return members
        members |= joining


def _meets(question: Question, graph: "nx.MultiDiGraph[str]", name: str, members: set[str]) -> bool:
    if question.regime in CONTROL and any(
        c.controlled == name and c.controller in members for c in question.control
    ):
        return True
    holdings = graph.in_edges(name, data="part")
    total = sum((part for owner, _, part in holdings if owner in members), Fraction(0))
    return bool(total > 50 if question.regime in STRICT else total >= 50)


def _worlds(question: Question) -> Iterator["nx.MultiDiGraph[str]"]:
    """Every way to hand out what is not known."""
    unknown: dict[str, list[str]] = {}
    known: dict[str, Fraction] = {}
    for edge in question.edges:
        if edge.pct is None:
            unknown.setdefault(edge.owned, []).append(edge.owner)
        else:
            known[edge.owned] = known.get(edge.owned, Fraction(0)) + Fraction(edge.pct)
    choices = [[(name, owner) for owner in (*owners, "")] for name, owners in unknown.items()]
    for choice in itertools.product(*choices):
        graph = _graph(question)
        for name, owner in choice:
            left = max(Fraction(0), 100 - known.get(name, Fraction(0)))
            if owner:
                graph.add_edge(owner, name, part=left)
        yield graph


def _graph(question: Question) -> "nx.MultiDiGraph[str]":
    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    graph.add_nodes_from(_names(question))
    for edge in question.edges:
        if edge.pct is not None:
            graph.add_edge(edge.owner, edge.owned, part=Fraction(edge.pct))
    return graph


def _names(question: Question) -> Iterable[str]:
    yield from (one.id for one in question.listed)
    for edge in question.edges:
        yield from (edge.owner, edge.owned)
    for fact in question.control:
        yield from (fact.controller, fact.controlled)
