"""How records lie in Neo4j: needs no server."""

import re

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.kinds import EDGE_KINDS, EntityKind
from graph.model import Claim, Edge, Entity, Identifier, Measure, Source
from graph.store.neo4j_model import (
    ENTITY_LABELS,
    RELATIONSHIP_TYPES,
    TABLES,
    key,
    properties,
    record,
    shape,
)

ENTITY = Entity(
    id="test-one", kind="Company", name="Test One", identifiers=(Identifier("ICAO", "TST"),)
)


def test_labels_and_types_are_plain_words_of_the_kinds() -> None:
    assert set(ENTITY_LABELS) == set(EntityKind)
    assert set(RELATIONSHIP_TYPES) == set(EDGE_KINDS)
    words = [*ENTITY_LABELS.values(), *RELATIONSHIP_TYPES.values()]
    assert all(re.fullmatch("[A-Za-z_]+", word) for word in words)
    assert len(set(words)) == len(words)


def test_what_is_empty_is_left_out_and_the_rest_is_plain() -> None:
    found = properties(ENTITY)
    assert {name: value for name, value in found.items() if value is not None} == {
        "id": "test-one",
        "kind": "Company",
        "name": "Test One",
        "identifiers": ["ICAO:TST"],
    }


texts = st.text(max_size=8)
identifiers = st.lists(st.builds(Identifier, texts, texts), max_size=3).map(tuple)
claims = st.lists(st.builds(Claim, id=texts, source=texts, note=texts), max_size=2).map(tuple)


@given(
    st.builds(Source, id=texts, title=texts)
    | st.builds(
        Entity,
        id=texts,
        kind=st.sampled_from(EntityKind).map(str),
        name=texts,
        aliases=st.lists(texts, max_size=3).map(tuple),
        identifiers=identifiers,
        properties=st.dictionaries(texts, texts, max_size=3),
    )
    | st.builds(
        Edge,
        id=texts,
        kind=st.sampled_from(sorted(EDGE_KINDS)),
        source=texts,
        target=texts,
        families=st.lists(texts, max_size=3).map(tuple),
    )
    | st.builds(Measure, id=texts, entity=texts, regime=texts, layer=texts, kind=texts)
)
def test_records_come_back_as_they_were(written: Source | Entity | Edge | Measure) -> None:
    assert record(type(written), properties(written)) == written


@pytest.mark.parametrize(
    "damage",
    [
        {"id": 1},
        {"name": None},
        {"kind": "Starship"},
        {"kind": ["Company"]},
        {"aliases": "one"},
        {"identifiers": [2]},
        {"properties": "no JSON"},
        {"properties": 3},
    ],
)
def test_what_no_record_can_have_written_is_refused(damage: dict[str, object]) -> None:
    with pytest.raises(msgspec.MsgspecError):
        record(Entity, properties(ENTITY) | damage)


def test_claims_point_at_what_they_are_about_where_that_is_a_node() -> None:
    about = {kind: shape(TABLES["claim"], {"subject_kind": kind}) for kind in ("edge", "measure")}
    assert [link.type for link in about["edge"].links] == ["CITES"]
    assert [(link.type, link.label) for link in about["measure"].links] == [
        ("CITES", "Source"),
        ("ABOUT", "Measure"),
    ]


def test_keys_tell_every_two_lists_of_texts_apart() -> None:
    assert key("a", "b/c") != key("a/b", "c")
