"""The search against exhaustive enumeration, under every constraint, and against networkx."""

import itertools
from collections.abc import Iterator

import msgspec
import networkx as nx
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph.arcs import Arc
from graph.network import Layer, Network, layer_of
from graph.routes import Limits, Question, RouteSearch, search, walk
from graph.view import View
from tests.graph.routes.oracle import (
    EXAMPLES,
    PARTIES,
    Routes,
    expected,
    graphs_of_arcs,
    named,
    questions,
)
from tests.graphs import arc, view


@pytest.fixture(autouse=True, scope="module")
def none_is_small() -> Iterator[None]:
    """Graphs that can be enumerated are small; they are searched here as if they were large."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(search, "_SMALL", -1)
        yield


def over(made: list[Arc]) -> View:
    return view(made, also=PARTIES[:6])


def searched(v: View, q: Question) -> Routes:
    return named(v, RouteSearch(v, q))


@settings(max_examples=EXAMPLES, deadline=None)
@given(graphs_of_arcs, questions)
def test_search_finds_what_exhaustive_enumeration_finds(made: list[Arc], q: Question) -> None:
    v = over(made)
    assert searched(v, q) == expected(v, q)


@settings(max_examples=EXAMPLES, deadline=None)
@given(graphs_of_arcs, questions)
def test_network_read_at_one_go_gives_the_same_routes(made: list[Arc], q: Question) -> None:
    v = over(made)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(search, "_SMALL", 1000)
        assert searched(v, q) == expected(v, q)


@settings(max_examples=EXAMPLES, deadline=None)
@given(graphs_of_arcs, questions)
def test_sharp_bound_small_bunches_and_steps_change_nothing(made: list[Arc], q: Question) -> None:
    v = over(made)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(search, "_EASY", -1)
        patch.setattr(search, "_DEAD_ENDS", 0)
        patch.setattr(search, "_PLENTY", 0)
        patch.setattr(walk, "BUNCH", 2)
        assert searched(v, q) == expected(v, q)


@settings(max_examples=EXAMPLES, deadline=None)
@given(graphs_of_arcs, questions)
def test_arcs_in_two_layers_give_the_same_routes(made: list[Arc], q: Question) -> None:
    v = over(made)
    assert searched(_in_two_layers(v), q) == expected(v, q)


@settings(max_examples=EXAMPLES, deadline=None)
@given(graphs_of_arcs, questions, st.integers(0, 2**14 - 1))
def test_mask_of_usable_arcs_is_a_graph_without_the_others(
    made: list[Arc], q: Question, bits: int
) -> None:
    v = over(made)
    usable = np.array([bits >> n & 1 == 1 for n in range(len(v.arcs))], bool)
    without = over([a for a, use in zip(v.arcs, usable, strict=True) if use])
    assert named(v, RouteSearch(v, q, usable=usable)) == expected(without, q)


@settings(max_examples=EXAMPLES, deadline=None)
@given(graphs_of_arcs, questions, questions, st.integers(0, 3))
def test_what_a_looser_search_read_is_used_again_and_changes_nothing(
    made: list[Arc], q: Question, other: Question, taken: int
) -> None:
    v = over(made)
    fields = ("avoid", "kinds", "rules", "min_certainty", "max_possible", "via", "dwell")
    loose = {"avoid": (), "kinds": (), "rules": ("supply", "flight"), "min_certainty": ""}
    looser = msgspec.structs.replace(q, **loose, max_possible=None, via=(), dwell=None)
    narrow = msgspec.structs.replace(q, **{f: getattr(other, f) for f in fields})
    assert narrow.narrows(looser)
    before = RouteSearch(v, looser, wanted=1)
    list(itertools.islice(before, taken))
    assert named(v, RouteSearch(v, narrow, looser=before)) == expected(v, narrow)
    assert named(v, RouteSearch(v, other, looser=before)) == expected(v, other)


@settings(max_examples=EXAMPLES, deadline=None)
@given(graphs_of_arcs, questions, st.integers(1, 12))
def test_broken_off_search_missed_nothing_cheaper_than_it_says(
    made: list[Arc], q: Question, cap: int
) -> None:
    v = over(made)
    q = msgspec.structs.replace(q, distinct=False)
    broken = RouteSearch(v, q, Limits(steps=cap))
    found, everything = named(v, broken), expected(v, q)
    if not broken.truncated:
        assert found == everything
        return
    bound = broken.explored_to_cost
    assert bound is not None
    assert [r for r in found if r[0] < bound] == [r for r in everything if r[0] < bound]
    assert set(found) <= set(everything)


@settings(max_examples=150, deadline=None)
@given(
    st.dictionaries(
        st.tuples(st.sampled_from(PARTIES), st.sampled_from(PARTIES)).filter(
            lambda p: p[0] != p[1]
        ),
        st.integers(1, 50),
        max_size=20,
    )
)
def test_search_agrees_with_networkx_where_that_can_answer(
    weights: dict[tuple[str, str], int],
) -> None:
    v = view([arc(a, b, w) for (a, b), w in weights.items()], also=PARTIES)
    q = Question(origins=("a",), destinations=("b",), max_hops=5, order="any")
    graph: nx.DiGraph[str] = nx.DiGraph()
    graph.add_nodes_from(PARTIES)
    graph.add_weighted_edges_from((a, b, w) for (a, b), w in weights.items())
    theirs = []
    if nx.has_path(graph, "a", "b"):
        for path in nx.shortest_simple_paths(graph, "a", "b", weight="weight"):
            if len(path) <= 6:
                theirs.append((nx.path_weight(graph, path, "weight"), tuple(path)))
    assert searched(v, q) == sorted(theirs, key=lambda item: (item[0], len(item[1]), item[1]))


def _in_two_layers(v: View) -> View:
    """The same view with every other arc in a layer of its own."""
    (layer,) = v.network.layers
    halves = [np.arange(start, len(v.arcs), 2) for start in (0, 1)]
    network = Network(
        parties=v.network.parties,
        layers=tuple(_part(layer, half, v.network.parties) for half in halves),
        traits=v.network.traits,
    )
    arcs = tuple(v.arcs[number] for half in halves for number in half)
    return msgspec.structs.replace(v, network=network, arcs=arcs)


def _part(layer: Layer, which: np.ndarray[tuple[int], np.dtype[np.int64]], parties: int) -> Layer:
    names = ("tail", "head", "cost", "first", "last", "trait")
    return layer_of(parties, *(getattr(layer, name)[which] for name in names))
