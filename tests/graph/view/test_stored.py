"""The arrays of a store say of every hop exactly what the hop says of itself."""

import msgspec
import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from graph.arcs import documented_arc, possible_arc
from graph.cost import default_costs
from graph.dates import day_of
from graph.kinds import CERTAINTIES, OUTCOMES, ROUTED, STATUSES, EntityKind
from graph.model import DENIAL, ORIGIN, SUPPORT, Claim, Edge, Entity, Source
from graph.rules import Facts, possible_hops
from graph.rules.corporate import TIES
from graph.store import Reader
from graph.view import View, assemble, build_view
from tests.graphs import MemoryReader

COSTS = default_costs()
AS_OF = day_of("2025-06-15")
SOURCES = [Source(id=f"s{n}", published=day) for n, day in enumerate(("", "2021", "2024-02-03"))]

claims = st.builds(
    Claim,
    id=st.uuids().map(str),
    source=st.sampled_from(["", "s0", "s1", "s2"]),
    kind=st.sampled_from([SUPPORT, SUPPORT, DENIAL, ORIGIN]),
    status=st.sampled_from(["", *STATUSES]),
    certainty=st.sampled_from(["", *CERTAINTIES]),
    note=st.sampled_from(["", "a note"]),
    property=st.sampled_from(["", "", "goods"]),
)
KINDS = (
    *("Company", "Company", "MRO", "Airline", "Group"),
    *("PublicBody", "Unnamed", "Person", "AircraftFamily"),
)
entities = st.lists(
    st.builds(
        Entity,
        id=st.just(""),
        kind=st.sampled_from(KINDS),
        name=st.just("Test"),
        shipment=st.sampled_from(["", "S1", "S2"]),
        claims=st.lists(claims, max_size=1).map(tuple),
    ),
    min_size=2,
    max_size=6,
).map(lambda found: [_numbered(entity, n) for n, entity in enumerate(found)])
edges = st.builds(
    Edge,
    id=st.uuids().map(str),
    kind=st.sampled_from([*sorted(ROUTED), *TIES, *TIES, "operates_family", "makes_aircraft"]),
    source=st.integers(0, 5).map(str),
    target=st.integers(0, 5).map(str),
    start=st.sampled_from(["", "2020", "2023-05", "2024-01-02"]),
    end=st.sampled_from(["", "2024", "2026-05"]),
    hs=st.sampled_from(["", "8807.30", "8802.40"]),
    families=st.sampled_from([(), ("e0",), ("e1", "e2")]),
    basis=st.sampled_from(["", "documented", "stated-in-part"]),
    outcome=st.sampled_from(["", *OUTCOMES]),
    shipment=st.sampled_from(["", "S1", "S2", "S3"]),
    claims=st.lists(claims, max_size=3).map(
        lambda found: tuple(sorted(found, key=lambda claim: claim.id))
    ),
)


def _numbered(entity: Entity, number: int) -> Entity:
    shipment = entity.shipment if entity.kind == EntityKind.UNNAMED else ""
    return msgspec.structs.replace(entity, id=f"e{number}", shipment=shipment)


@settings(max_examples=300, deadline=None)
@given(
    entities, st.lists(edges, max_size=12), st.sampled_from([None, "2022", "2025"]), st.booleans()
)
def test_arrays_of_any_store_are_those_of_its_hops(
    parties: list[Entity], drawn: list[Edge], known_at: str | None, contested: bool
) -> None:
    ends = [f"e{n % len(parties)}" for n in range(6)]
    joined = [
        msgspec.structs.replace(e, source=ends[int(e.source)], target=ends[int(e.target)])
        for e in drawn
    ]
    reader = MemoryReader(parties, joined, SOURCES)
    day = None if known_at is None else day_of(known_at)
    _check(build_view(reader, AS_OF, day, contested), reader)


def test_arrays_of_the_case_are_those_of_its_hops(case: Reader) -> None:
    for known_at in (None, day_of("2023-06-01")):
        for contested in (False, True):
            view = build_view(case, AS_OF, known_at, contested)
            assert view.network.arcs > 50
            _check(view, case)


def _check(view: View, reader: Reader) -> None:
    """Against a view over the hops themselves, made one by one in memory."""
    facts = Facts(reader, view.as_of, view.known_at, view.contested)
    stated = [documented_arc(facts, COSTS, e) for e in facts.known_edges(sorted(ROUTED))]
    inferred = [possible_arc(facts, COSTS, hop, view.as_of) for hop in possible_hops(facts)]
    everybody = {entity.id: entity for entity in reader.entities()}
    plain = [
        assemble(arcs, everybody, families=facts.families, as_of=view.as_of)
        for arcs in (stated, inferred)
    ]
    assert list(view.arcs) == [*plain[0].arcs, *plain[1].arcs]
    assert [view.arcs[number] for number in range(len(view.arcs))] == list(view.arcs)
    assert list(view.ids) == list(plain[0].ids)
    assert (view.never == plain[0].never).all()
    assert (view.ends_only == plain[0].ends_only).all()
    numbers = np.arange(view.network.arcs)
    told = view.network.columns(numbers)
    for number, arc in enumerate(view.arcs):
        assert (told.cost[number], told.first[number], told.last[number]) == (
            arc.cost,
            arc.span.first,
            arc.span.last,
        )
        assert (view.ids[told.tail[number]], view.ids[told.head[number]]) == (
            arc.source,
            arc.target,
        )
        trait = view.network.traits[told.trait[number]]
        assert (trait.basis, trait.kind) == (arc.basis, arc.kind)
        assert (trait.certainty, trait.contested, trait.hs) == (
            arc.certainty,
            arc.contested,
            arc.hs,
        )
        assert trait.goods == view.items.mask(arc.families, arc.whole_aircraft)
        assert view.arcs.named(arc.id) == (arc if arc.basis == "documented" else None)
        assert arc in list(view.joining(arc.source, arc.target))


def test_names_are_found_and_nothing_else_is(case: Reader) -> None:
    view = build_view(case, AS_OF)
    for number, entity_id in enumerate(view.ids):
        assert view.number[entity_id] == number
    for absent in ("", "zz", view.ids[0] + "x", "ÿ"):
        assert absent not in view.number
        assert absent not in view.entities
    assert "\ud800" not in view.number
    assert view.entities[view.ids[0]] == case.entity(view.ids[0])
    assert len(view.entities) == len(list(view.entities)) == len(view.ids) == len(view.number)
    assert view.ids[-1] == view.ids[len(view.ids) - 1]
    assert view.arcs[:2] == (view.arcs[0], view.arcs[1])


def test_restrictions_of_one_party_are_those_among_all(case: Reader) -> None:
    view = build_view(case, AS_OF)
    restricted = dict(view.restricted)
    assert restricted
    assert {i: view.restricted[i] for i in view.ids if i in view.restricted} == restricted
