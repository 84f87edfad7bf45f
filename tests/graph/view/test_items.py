"""How many aircraft families a view tells apart."""

from pathlib import Path

import pytest
from click.testing import CliRunner

import cli
from graph.exc import BadInput
from graph.view import MOST_FAMILIES, Items
from loaders import run
from tests.graphs import arc, view


def named(count: int) -> tuple[str, ...]:
    return tuple(f"F{number:02}" for number in range(count))


def test_families_that_no_hop_is_for_take_no_room() -> None:
    seen = view([arc("a", "b", families=("F39",))], families=named(40))
    assert seen.items.families == ("F39",)
    assert seen.items.names(seen.goods(0)) == ("F39",)


def test_most_families_are_told_apart_and_one_more_is_told() -> None:
    items = Items(named(MOST_FAMILIES))
    for whole in (False, True):
        masks = [items.mask((family,), whole) for family in items.families]
        assert [items.names(mask) for mask in masks] == [(f,) for f in items.families]
        assert max(masks) < 2**63
    with pytest.raises(BadInput, match="hops are for 31 aircraft families, 30 is the most"):
        Items(named(MOST_FAMILIES + 1))


@pytest.mark.parametrize(("flown", "code"), [(30, 0), (31, 2)])
def test_forty_families_of_ones_own_load_and_answer(tmp_path: Path, flown: int, code: int) -> None:
    folder = tmp_path / "tables"
    folder.mkdir()
    entities = ["id,kind,name", "maker,Manufacturer,Test Maker", "air,Airline,Test Air"]
    entities += [f"{family},AircraftFamily,{family}" for family in named(40)]
    edges = ["id,source,target,kind,start,certainty"]
    for family in named(flown):
        edges.append(f"m{family},maker,{family},makes_aircraft,2020,high")
        edges.append(f"f{family},air,{family},operates_family,2020,high")
    (folder / "entities.csv").write_text("\n".join(entities), encoding="utf-8")
    (folder / "edges.csv").write_text("\n".join(edges), encoding="utf-8")
    store = str(tmp_path / "store.db")
    run.load(store, folder)
    asked = ["routes", "--store", store, "--from", "maker", "--to", "air", "--as-of", "2025"]
    done = CliRunner().invoke(cli.main, asked)
    assert done.exit_code == code
    assert ("is the most that can be told apart" in done.stderr) is (code == 2)
