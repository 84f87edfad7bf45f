"""Arrays kept in a folder beside a store, mapped from there when the same are wanted again.

An entry is a folder of .npy files and a manifest. It is written under another name and renamed, so
that it is there whole or not at all, and never changed after. An entry that does not fit its manifest
is passed over and made again. Opening compares of every file its size, inode and times, and a digest
over sampled blocks: reading whole files would cost as much as an answer. A file with other times, as
in a copied folder, is compared as a whole. What changes bytes behind the back of the file system,
between the samples, is not seen.
"""

import hashlib
import os
import shutil
import tempfile
import time
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

import msgspec
import numpy as np
from numpy.typing import NDArray

from graph.store.base import Shelf

Arrays = dict[str, NDArray[Any]]

MOST_ENTRIES = 12
"""So many entries of one content are kept, those last used."""
_BLOCK = 4096
_SAMPLES = 16
_MANIFEST = "manifest.json"
_UNFINISHED = "unfinished-"
_A_DAY = 86_400


class _File(msgspec.Struct, frozen=True):
    """`state` is inode and times, which every ordinary write changes."""

    size: int
    state: tuple[int, ...]
    sampled: str
    sha256: str


class _Manifest(msgspec.Struct, frozen=True):
    key: str
    stamp: str
    files: dict[str, _File]


def find(shelf: Shelf, key: str) -> Arrays | None:
    """The arrays that were kept under a key, mapped; None when they are not there or not whole."""
    place = _place(shelf, key)
    try:
        manifest = msgspec.json.decode((place / _MANIFEST).read_bytes(), type=_Manifest)
        if (manifest.key, manifest.stamp) != (key, shelf.stamp):
            return None
        if any(not _fits(place / name, file) for name, file in manifest.files.items()):
            return None
        found = {name.removesuffix(".npy"): _mapped(place / name) for name in manifest.files}
    except (OSError, ValueError, msgspec.MsgspecError):
        return None
    with suppress(OSError):
        os.utime(place)
    return found


def keep(shelf: Shelf, key: str, arrays: Mapping[str, NDArray[Any]]) -> None:
    """Keep arrays under a key, and clear away what is of no use any more; a full disk is no error."""
    with suppress(OSError):
        shelf.folder.mkdir(exist_ok=True)
        made = Path(tempfile.mkdtemp(prefix=_UNFINISHED, dir=shelf.folder))
        try:
            _write(made, key, shelf.stamp, arrays)
            place = _place(shelf, key)
            shutil.rmtree(place, ignore_errors=True)  # there already, though not whole
            made.rename(place)
        finally:
            shutil.rmtree(made, ignore_errors=True)
        _clear(shelf)


def _place(shelf: Shelf, key: str) -> Path:
    return shelf.folder / f"{_prefix(shelf)}{_short(key)}"


def _prefix(shelf: Shelf) -> str:
    """What the names of all entries of one content begin with."""
    return f"{_short(shelf.stamp)}-"


def _short(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def _write(folder: Path, key: str, stamp: str, arrays: Mapping[str, NDArray[Any]]) -> None:
    files = {}
    for name, array in arrays.items():
        path = folder / f"{name}.npy"
        np.save(path, array)
        size, state = path.stat().st_size, _state(path)
        files[path.name] = _File(size, state, _sampled(path), _sha256(path))
    manifest = _Manifest(key=key, stamp=stamp, files=files)
    (folder / _MANIFEST).write_bytes(msgspec.json.encode(manifest))


def _mapped(path: Path) -> NDArray[Any]:
    array: NDArray[Any] = np.load(path, mmap_mode="r", allow_pickle=False)
    # The same memory, without what a memmap does at every index.
    return array.view(np.ndarray)


def _fits(path: Path, file: _File) -> bool:
    if path.stat().st_size != file.size:
        return False
    if _state(path) == file.state:
        return _sampled(path) == file.sampled
    return _sha256(path) == file.sha256


def _state(path: Path) -> tuple[int, ...]:
    about = path.stat()
    return about.st_ino, about.st_mtime_ns, about.st_ctime_ns


def _sampled(path: Path) -> str:
    """A digest over blocks at even distances, the first and the last included."""
    found = hashlib.sha256()
    with path.open("rb", buffering=0) as file:
        last = max(0, path.stat().st_size - _BLOCK)
        for start in sorted({last * n // _SAMPLES for n in range(_SAMPLES + 1)}):
            file.seek(start)
            found.update(file.read(_BLOCK))
    return found.hexdigest()


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _clear(shelf: Shelf) -> None:
    """Remove entries of other contents, and the longest unused of this one.

    A process that has mapped such an entry goes on with it. What another process is writing is left
    alone; what a killed one left unfinished goes after a day.
    """
    mine = [entry for entry in _entries(shelf) if entry.name.startswith(_prefix(shelf))]
    mine.sort(key=lambda entry: entry.stat().st_mtime, reverse=True)
    kept = {entry.name for entry in mine[:MOST_ENTRIES]}
    left = [entry for entry in shelf.folder.glob(f"{_UNFINISHED}*") if _age(entry) > _A_DAY]
    for entry in (*_entries(shelf), *left):
        if entry.name not in kept:
            shutil.rmtree(entry, ignore_errors=True)


def _entries(shelf: Shelf) -> list[Path]:
    entries = (entry for entry in shelf.folder.iterdir() if (entry / _MANIFEST).is_file())
    return [entry for entry in entries if not entry.name.startswith(_UNFINISHED)]


def _age(entry: Path) -> float:
    """Seconds since something was last written to a folder."""
    return time.time() - entry.stat().st_mtime
