"""What is kept beside a store is used while it fits, and made again when it does not."""

import multiprocessing
import os
import shutil
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from graph.dates import day_of
from graph.network import Layer
from graph.store import Load, Reader, open_store, open_writer
from graph.store.base import Shelf
from graph.view import View, build_view, kept, shelf
from loaders import run

AS_OF = day_of("2025-10-15")
ARRAYS: dict[str, NDArray[Any]] = {
    "numbers": np.arange(100_000),
    "few": np.array([1, 2, 3], np.int32),
    "none": np.zeros(0),
}


@pytest.fixture
def store(case_path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the case, small as it is kept like a large one."""
    monkeypatch.setattr(kept, "LEAST_ARCS", 1)
    path = tmp_path / "case.db"
    shutil.copy(case_path, path)
    return path


def entries(path: Path) -> list[Path]:
    folder = path.with_name(f"{path.name}.views")
    return sorted(folder.iterdir()) if folder.exists() else []


def said(view: View) -> list[object]:
    return [
        list(view.arcs),
        view.network.traits,
        list(view.ids),
        view.fleets,
        view.fleet_unknown,
        view.items.families,
        [array.tolist() for layer in view.network.layers for array in _arrays(layer)],
    ]


def _arrays(layer: Layer) -> list[NDArray[Any]]:
    return [np.asarray(getattr(layer, name)) for name in layer.__struct_fields__]


def seen(path: Path, as_of: int = AS_OF, contested: bool = False) -> list[object]:
    reader = open_store(str(path))
    found = said(build_view(reader, as_of, contested=contested))
    reader.close()
    return found


def test_kept_view_says_the_same_and_is_not_made_again(
    store: Path, case: Reader, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert seen(store) == said(build_view(case, AS_OF))
    made = entries(store)
    assert len(made) == 3  # documented arcs, ties, possible arcs
    for function in ("documented", "ties", "possible"):
        monkeypatch.setattr(kept, function, None)
    assert seen(store) == said(build_view(case, AS_OF))
    assert entries(store) == made


def test_another_day_makes_only_what_changes_with_the_day(
    store: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen(store)
    for function in ("documented", "ties"):
        monkeypatch.setattr(kept, function, None)
    seen(store, AS_OF + 1)
    seen(store, contested=True)
    assert len(entries(store)) == 5


def test_load_makes_what_was_kept_stale(store: Path) -> None:
    seen(store)
    before = entries(store)
    with open_writer(str(store)) as writer:
        writer.write(Load(dataset="more", loader="test", digest="d"), [])
    seen(store)
    assert not {*before} & {*entries(store)}


def test_other_store_under_the_same_name_and_revision_is_not_taken_for_the_first(
    store: Path, tmp_path: Path
) -> None:
    seen(store)
    other = tmp_path / "other.db"
    run.load(str(other), run.case_folder())
    first, second = (open_store(str(path)) for path in (store, other))
    assert first.revision == second.revision
    assert first.shelf is not None
    assert second.shelf is not None
    assert first.shelf.stamp != second.shelf.stamp


def damage_every_file(entry: Path, how: str) -> None:
    for path in entry.iterdir():
        content = path.read_bytes()
        if how == "gone":
            path.unlink()
        elif how == "cut":
            path.write_bytes(content[: len(content) // 2])
        elif how == "empty":
            path.write_bytes(b"")
        else:
            path.write_bytes(bytes(byte ^ 0x55 for byte in content))


@pytest.mark.parametrize("how", ["gone", "cut", "empty", "changed"])
def test_damage_to_what_was_kept_is_mended(store: Path, how: str) -> None:
    whole = seen(store)
    for entry in entries(store):
        damage_every_file(entry, how)
    assert seen(store) == whole
    shelf_of = open_store(str(store)).shelf
    assert shelf_of is not None
    assert all((entry / "manifest.json").stat().st_size for entry in entries(store))


def test_damage_to_one_file_of_an_entry_is_mended(store: Path) -> None:
    whole = seen(store)
    names = [path.relative_to(store.parent) for entry in entries(store) for path in entry.iterdir()]
    for name in names:
        path = store.parent / name
        path.write_bytes(path.read_bytes()[:-1] + b"?")
        assert seen(store) == whole


def test_entries_that_changed_places_are_not_taken_for_each_other(store: Path) -> None:
    first, second = seen(store), seen(store, AS_OF - 2000)
    assert first != second
    known = entries(store)
    spare = store.parent / "spare"
    for one, other in pairwise(known):
        one.rename(spare)
        other.rename(one)
        spare.rename(other)
    assert (seen(store), seen(store, AS_OF - 2000)) == (first, second)


@pytest.mark.parametrize("in_the_way", [True, False])
def test_place_that_cannot_be_written_is_no_error(store: Path, in_the_way: bool) -> None:
    folder = store.with_name(f"{store.name}.views")
    if in_the_way:
        folder.write_text("a file")
    else:
        folder.symlink_to(store.parent / "nowhere" / "at" / "all")
    whole = seen(store)
    assert whole == seen(store)


def test_small_store_keeps_nothing(case_path: Path, tmp_path: Path) -> None:
    path = tmp_path / "case.db"
    shutil.copy(case_path, path)
    seen(path)
    assert not entries(path)


def test_only_the_last_used_entries_stay(tmp_path: Path) -> None:
    place = Shelf(tmp_path / "views", "stamp")
    for number in range(shelf.MOST_ENTRIES + 3):
        shelf.keep(place, f"key {number}", ARRAYS)
        for entry in place.folder.iterdir():
            os.utime(entry, ns=(entry.stat().st_atime_ns, entry.stat().st_mtime_ns - 10**9))
        assert shelf.find(place, "key 0") is not None
    assert len(list(place.folder.iterdir())) == shelf.MOST_ENTRIES
    assert shelf.find(place, "key 1") is None
    assert shelf.find(place, f"key {shelf.MOST_ENTRIES + 2}") is not None


def test_one_bit_changed_anywhere_is_seen(tmp_path: Path) -> None:
    place = Shelf(tmp_path / "views", "stamp")
    shelf.keep(place, "key", ARRAYS)
    (entry,) = place.folder.iterdir()
    path = entry / "numbers.npy"
    content = bytearray(path.read_bytes())
    for byte in (0, len(content) // 3 + 7000, len(content) - 1):
        path.write_bytes(content[:byte] + bytes([content[byte] ^ 1]) + content[byte + 1 :])
        assert shelf.find(place, "key") is None
    path.write_bytes(content)
    assert shelf.find(place, "key") is not None


def test_copied_folder_is_as_good_as_the_first(tmp_path: Path) -> None:
    place = Shelf(tmp_path / "views", "stamp")
    shelf.keep(place, "key", ARRAYS)
    shutil.copytree(place.folder, tmp_path / "copy")
    found = shelf.find(place._replace(folder=tmp_path / "copy"), "key")
    assert found is not None
    assert {name: array.tolist() for name, array in found.items()} == {
        name: array.tolist() for name, array in ARRAYS.items()
    }


def test_two_processes_may_keep_the_same_at_once(tmp_path: Path) -> None:
    place = Shelf(tmp_path / "views", "stamp")
    spawn = multiprocessing.get_context("spawn")
    others = [spawn.Process(target=_keep_often, args=(place,)) for _ in range(2)]
    for process in others:
        process.start()
    for process in others:
        process.join(60)
        assert process.exitcode == 0
    found = shelf.find(place, "key 0")
    assert found is not None
    assert (found["numbers"] == ARRAYS["numbers"]).all()
    assert all("unfinished" not in entry.name for entry in place.folder.iterdir())


def _keep_often(place: Shelf) -> None:
    for number in range(30):
        shelf.keep(place, f"key {number % 2}", ARRAYS)
        found = shelf.find(place, f"key {number % 2}")
        assert found is None or (found["numbers"] == ARRAYS["numbers"]).all()
