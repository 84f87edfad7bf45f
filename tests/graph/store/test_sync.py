"""Two stores brought in line: what moves, what stays, and what is refused."""

from pathlib import Path

import msgspec
import pytest

from graph.exc import BadInput, NotFound
from graph.model import Claim, Edge, Entity, Measure, Record, Refusal, SetMember, Source
from graph.store import Load, open_store, open_writer
from graph.store.sync import Change, sync
from tests.graphs import edge, entity
from tests.neo4j_server.place import Place

SOURCE = Source(id="test-report", published="2024-05")
FIRM, OTHER = entity("test-firm"), entity("test-other")
TIE = edge("owns", "test-firm", "test-other")
MINE = entity("my-firm")
MY_TIE = edge("owns", "my-firm", "test-firm")


def load(
    uri: str, dataset: str, digest: str, *records: Record, origin: str = "", loader: str = "test"
) -> None:
    with open_writer(uri) as writer:
        asked = Load(dataset=dataset, loader=loader, digest=digest, origin=origin)
        writer.write(asked, records)


def holds(uri: str) -> dict[str, list[Record]]:
    reader = open_store(uri)
    found = {each.dataset: list(reader.records(each.dataset)) for each in reader.loads()}
    reader.close()
    return found


@pytest.fixture(params=[pytest.param("file"), pytest.param("neo4j", marks=pytest.mark.neo4j)])
def stores(request: pytest.FixtureRequest, tmp_path: Path) -> tuple[str, str]:
    """Two stores without anything in them; the second is a file or a real server."""
    here = str(tmp_path / "here.db")
    if request.param == "neo4j":
        place: Place = request.getfixturevalue("neo4j")
        return here, place.uri
    return here, str(tmp_path / "there.db")


def test_new_store_holds_everything_afterwards_and_a_second_run_does_nothing(
    stores: tuple[str, str],
) -> None:
    here, there = stores
    load(here, "test", "d1", SOURCE, FIRM, OTHER, TIE)
    load(here, "mine", "d1", MINE, MY_TIE)
    found = sync(here, there)
    assert [(c.dataset, c.state, c.added, c.records) for c in found.datasets] == [
        ("mine", "new", 2, 2),
        ("test", "new", 4, 4),
    ]
    assert holds(there) == holds(here)
    again = sync(here, there)
    assert {c.state for c in again.datasets} == {"unchanged"}
    assert again.revision == found.revision == 2


def test_store_that_came_by_way_of_another_is_the_same(
    stores: tuple[str, str], tmp_path: Path
) -> None:
    here, there = stores
    load(here, "test", "d1", SOURCE, FIRM, OTHER, TIE)
    load(here, "mine", "d1", MINE, MY_TIE, SetMember(set="s", entity="test-firm", why="x"))
    sync(here, there)
    again = str(tmp_path / "again.db")
    sync(there, again)
    assert holds(again) == holds(here)
    assert {c.state for c in sync(again, here).datasets} == {"unchanged"}


def test_only_what_differs_moves_and_is_counted(stores: tuple[str, str]) -> None:
    here, there = stores
    member = SetMember(set="test-set", entity="test-firm", why="x")
    load(here, "test", "d1", SOURCE, FIRM, OTHER, TIE, member, Refusal(claim="a", why="b"))
    load(here, "mine", "d1", MINE, MY_TIE)
    sync(here, there)
    renamed = msgspec.structs.replace(OTHER, name="Test renamed")
    because = msgspec.structs.replace(member, why="y")
    late = Refusal(claim="a", why="c")
    load(here, "test", "d2", SOURCE, FIRM, renamed, entity("test-new"), because, late)
    found = sync(here, there)
    assert found.datasets == (
        Change(dataset="mine", state="unchanged", records=2),
        Change(dataset="test", state="changed", added=2, changed=2, removed=2, records=6),
    )
    assert holds(there) == holds(here)


def test_dry_run_says_the_same_and_writes_nothing(stores: tuple[str, str]) -> None:
    here, there = stores
    load(here, "test", "d1", SOURCE, FIRM)
    said: list[str] = []
    looked = sync(here, there, dry_run=True, say=said.append)
    with pytest.raises(NotFound):
        open_store(there)
    assert (looked.revision, said) == (0, [])
    assert looked.datasets == sync(here, there, say=said.append).datasets
    assert said == ["test: 2 records"]
    load(here, "test", "d2", SOURCE, FIRM, OTHER)
    before = holds(there)
    looked = sync(here, there, dry_run=True)
    assert (looked.datasets[0].added, looked.revision) == (1, 1)
    assert holds(there) == before


def test_what_only_the_target_has_is_left_alone_and_said(stores: tuple[str, str]) -> None:
    here, there = stores
    load(here, "test", "d1", FIRM)
    load(there, "theirs", "d1", OTHER)
    found = sync(here, there)
    assert [(c.dataset, c.state) for c in found.datasets] == [
        ("test", "new"),
        ("theirs", "only_there"),
    ]
    assert holds(there) == {"test": [FIRM], "theirs": [OTHER]}


@pytest.mark.parametrize(
    ("theirs", "why"),
    [
        ({"origin": "elsewhere"}, "loaded from another place"),
        ({"loader": "another"}, "loaded from another place"),
    ],
)
def test_data_set_of_the_same_name_from_elsewhere_is_replaced_only_when_told(
    stores: tuple[str, str], theirs: dict[str, str], why: str
) -> None:
    here, there = stores
    load(here, "fine", "d1", MINE)
    load(here, "test", "d1", FIRM)
    load(there, "test", "d2", OTHER, **theirs)
    looked = sync(here, there, dry_run=True)
    assert why in looked.datasets[1].conflict
    with pytest.raises(BadInput, match=f"'test' of .* is another one .*{why}.*--replace"):
        sync(here, there)
    assert list(holds(there)) == ["test"]
    sync(here, there, replace=True)
    assert holds(there) == holds(here)


def test_older_copy_does_not_replace_a_newer_one_unasked(stores: tuple[str, str]) -> None:
    here, there = stores
    load(here, "test", "d1", SOURCE, FIRM)
    load(there, "test", "d2", msgspec.structs.replace(SOURCE, published="2025-01"), FIRM)
    with pytest.raises(BadInput, match="newest source there is of 2025-01, here of 2024-05"):
        sync(here, there)
    assert [c.conflict for c in sync(there, here).datasets] == [""]


def test_data_sets_that_lean_on_others_come_after_them(stores: tuple[str, str]) -> None:
    here, there = stores
    load(here, "test", "d1", SOURCE, FIRM, OTHER)
    cites = msgspec.structs.replace(MINE, claims=(Claim(id="c", source="test-report"),))
    load(here, "mine", "d1", cites, MY_TIE)
    load(here, "test", "d2", SOURCE, FIRM, OTHER, TIE)  # now the later load of the two
    sync(here, there)
    assert holds(there) == holds(here)


def test_data_sets_that_lean_on_each_other_are_brought_over(stores: tuple[str, str]) -> None:
    here, there = stores
    load(here, "test", "d1", FIRM, OTHER)
    load(here, "mine", "d1", MINE, MY_TIE)
    back = edge("owns", "test-firm", "my-firm")
    load(here, "test", "d2", FIRM, OTHER, back)
    sync(here, there)
    assert holds(there) == holds(here)
    assert {c.state for c in sync(here, there).datasets} == {"unchanged"}


def test_entity_that_goes_together_with_what_leaned_on_it_is_gone_there_too(
    stores: tuple[str, str],
) -> None:
    here, there = stores
    load(here, "test", "d1", FIRM, OTHER)
    load(here, "mine", "d1", MINE, MY_TIE)
    sync(here, there)
    load(here, "mine", "d2", MINE)
    load(here, "test", "d2", OTHER, entity("test-new"))
    load(here, "mine", "d3", MINE, edge("owns", "my-firm", "test-new"))
    sync(here, there)
    assert holds(there) == holds(here)


def test_what_the_target_cannot_hold_is_told_with_what_was_done_before(
    stores: tuple[str, str],
) -> None:
    here, there = stores
    load(here, "mine", "d1", MINE)
    load(here, "test", "d1", FIRM, OTHER)
    load(there, "theirs", "d1", FIRM)
    with pytest.raises(BadInput, match=r"already in the data set 'theirs'.*; brought over .* mine"):
        sync(here, there)
    assert holds(there) == {"mine": [MINE], "theirs": [FIRM]}


def test_run_that_was_cut_short_goes_on_where_it_stopped(
    stores: tuple[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    here, there = stores
    load(here, "a", "d1", FIRM)
    load(here, "b", "d1", OTHER, TIE)

    def cut(text: str) -> None:
        if text.startswith("b:"):
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        sync(here, there, say=cut)
    assert list(holds(there)) == ["a"]
    assert [c.state for c in sync(here, there).datasets] == ["unchanged", "new"]
    assert holds(there) == holds(here)


def test_nothing_to_read_and_one_store_twice_are_told(stores: tuple[str, str]) -> None:
    here, there = stores
    with pytest.raises(NotFound, match="there is no store"):
        sync(here, there)
    with pytest.raises(BadInput, match="both sides are the same store"):
        sync(here, here)


def test_measures_and_edges_keep_their_claims(stores: tuple[str, str]) -> None:
    here, there = stores
    claim = Claim(id="c", source="test-report", note="n", certainty="low")
    tie = Edge(id="e", kind="owns", source="test-firm", target="test-other", claims=(claim,))
    law = Measure(
        id="m", entity="test-firm", regime="EU", layer="x", kind="listing", claims=(claim,)
    )
    load(
        here,
        "test",
        "d1",
        SOURCE,
        Entity(id="test-firm", kind="Company", name="F"),
        OTHER,
        tie,
        law,
    )
    sync(here, there)
    assert holds(there)["test"][-2:] == [tie, law]
