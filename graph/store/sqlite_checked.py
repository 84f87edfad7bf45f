"""Remembers that a large file was found whole, so that not every process reads all of it.

What is remembered is size, inode and times of the file and of its journal: a load, a copy and every
ordinary write change them. What changes bytes behind the back of the file system is then found only
where it is read.
"""

import os
import tempfile
from contextlib import suppress
from pathlib import Path

import msgspec

LEAST_BYTES = 32 * 2**20
"""Smaller files are checked every time: that takes less than a tenth of a second."""

Mark = tuple[int, ...]


def mark(path: str) -> Mark | None:
    """What tells the present state of a file from others; None where it is not worth remembering."""
    try:
        about = Path(path).stat()
        if about.st_size < LEAST_BYTES:
            return None
        return (*_of(about), *_journal(path))
    except OSError:
        return None


def is_remembered(path: str, seen: Mark | None) -> bool:
    """Whether the file was found whole in this state."""
    try:
        return seen is not None and seen == msgspec.json.decode(
            _place(path).read_bytes(), type=Mark
        )
    except (OSError, msgspec.MsgspecError):
        return False


def remember(path: str, seen: Mark | None) -> None:
    """Note that the file was found whole; a place that cannot be written is no error."""
    if seen is None:
        return
    place = _place(path)
    with suppress(OSError):
        place.parent.mkdir(exist_ok=True)
        handle, made = tempfile.mkstemp(dir=place.parent)
        with os.fdopen(handle, "wb") as file:
            file.write(msgspec.json.encode(seen))
        Path(made).replace(place)


def _of(about: os.stat_result) -> Mark:
    return about.st_size, about.st_ino, about.st_mtime_ns, about.st_ctime_ns


def _journal(path: str) -> Mark:
    """Of the journal; nothing of one that holds nothing, which readers make and remove."""
    journal = Path(f"{path}-wal")
    about = journal.stat() if journal.exists() else None
    return _of(about) if about and about.st_size else ()


def _place(path: str) -> Path:
    return Path(f"{path}.views") / "checked.json"
