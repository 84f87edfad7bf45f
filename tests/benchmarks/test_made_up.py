"""Made-up stores are the same for everybody, say that they are made up, and give the rules work."""

from collections import Counter
from pathlib import Path

from benchmarks import peers
from benchmarks.clock import HOPS, free, search
from benchmarks.made_up import CARRIERS, SUPPLIERS, records, write_store
from benchmarks.made_up_network import made_up_network, plain
from graph.dates import day_of
from graph.kinds import ROUTED
from graph.model import Edge, Entity
from graph.rules import Facts
from graph.rules.table import possible_hops
from graph.store import open_store


def test_same_seed_gives_the_same_records_and_another_seed_others() -> None:
    assert list(records(50, 400)) == list(records(50, 400))
    assert list(records(50, 400)) != list(records(50, 400, seed=1))


def test_everything_says_that_it_is_made_up() -> None:
    for record in records(50, 400):
        if isinstance(record, Entity):
            assert record.id.startswith("made-up-")
            assert record.name.endswith("(made up)")
        if isinstance(record, Edge):
            assert record.id.startswith("made-up-")


def test_store_has_the_size_asked_for_and_its_sets(tmp_path: Path) -> None:
    path = str(tmp_path / "made-up.db")
    write_store(path, 300, 2_000)
    reader = open_store(path)
    edges = list(reader.edges())
    assert len(edges) == 2_000
    assert sum(edge.kind in ROUTED for edge in edges) > 1_000
    assert {edge.start[:4] for edge in edges} == {str(year) for year in range(2019, 2027)}
    assert all(edge.claims for edge in edges)
    assert sum(entity.id.startswith("made-up-person-") for entity in reader.entities()) == 30
    sets = Counter(member.set for member in reader.set_members())
    assert sets == {SUPPLIERS: 50, CARRIERS: 20}
    reader.close()


def test_rules_have_something_to_do(tmp_path: Path) -> None:
    path = str(tmp_path / "made-up.db")
    write_store(path, 300, 2_000)
    reader = open_store(path)
    hops = Counter(hop.rule for hop in possible_hops(Facts(reader, day_of("2026-06-30"))))
    assert {"supply", "maintenance", "flight", "open_border", "corporate"} <= set(hops)
    reader.close()


def test_network_has_the_ends_asked_for_and_is_the_same_from_the_same_seed() -> None:
    view, origins, targets = made_up_network(200, 800, seed=3)
    assert (len(origins), len(targets)) == (50, 20)
    assert not set(origins) & set(targets)
    assert 700 < view.network.arcs <= 800
    again = made_up_network(200, 800, seed=3)[0]
    assert (view.network.layers[0].cost == again.network.layers[0].cost).all()


def test_peers_find_what_the_search_finds() -> None:
    view, origins, targets = made_up_network(400, 1_600, seed=5)
    routes, _ = search(plain(view), free(origins, targets))
    arcs = peers.simple_arcs(view, origins, targets)
    found = peers.by_networkx(peers.as_networkx(arcs), arcs, 20, HOPS, seconds=60)
    assert found == [route.cost for route in routes[:20]]
