"""What every export shares: the header that travels with it, and writing files whole or not at all."""

import csv
import hashlib
import io
import os
import tempfile
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

import msgspec

from graph.cited import CAUTION
from graph.exc import BadInput

_FORMULA = ("=", "+", "-", "@", "\t", "\r", "#")


class Written(msgspec.Struct, frozen=True):
    """A file that was written."""

    path: str
    bytes: int
    sha256: str


def check_place(path: Path) -> None:
    """Raise `BadInput` unless `path` is a file, or free for one: a device is never replaced."""
    if path.exists() and not path.is_file():
        what = "a folder" if path.is_dir() else "no ordinary file"
        raise BadInput(f"{path} is {what}: name the file to write")


def write_file(path: Path, content: bytes) -> Written:
    """Write a file so that it is there whole or as it was before.

    Raises:
        BadInput: when the place cannot be written.
    """
    return write_parts(path, (content,))


def write_parts(path: Path, parts: Iterable[bytes]) -> Written:
    """Write a file as `write_file` does, part by part: the whole need not fit in memory.

    Raises:
        BadInput: when the place cannot be written.
    """
    check_place(path)
    sha, size = hashlib.sha256(), 0
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
        try:
            with os.fdopen(handle, "wb") as file:
                for part in parts:
                    size += file.write(part)
                    sha.update(part)
            os.replace(name, path)
        except BaseException:
            Path(name).unlink(missing_ok=True)
            raise
    except OSError as error:
        raise BadInput(f"{path} cannot be written: {error.strerror}") from None
    return Written(str(path), size, sha.hexdigest())


def table(columns: Sequence[str], rows: Iterable[Mapping[str, object]]) -> bytes:
    """A CSV table in UTF-8 with a header row; no cell is a formula to a spreadsheet."""
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\r\n")
    writer.writerow(columns)
    for row in rows:
        writer.writerow([harmless(row.get(column, "")) for column in columns])
    return buffer.getvalue().encode()


def harmless(value: object) -> str:
    """A cell that a spreadsheet shows and does not run (OWASP: CSV injection).

    Readers of tables take the leading apostrophe off again.
    """
    text = "" if value is None else str(value).replace("\0", "")
    return f"'{text}" if text.startswith(_FORMULA) else text


def asked_lines(question: Mapping[str, object], store: Mapping[str, object]) -> list[str]:
    """The question, the date, the revision and the caution, a line each."""
    named = question.get("sets")
    said = {**question, **named} if isinstance(named, dict) else question
    asked = "; ".join(f"{key}: {_words(said[key])}" for key in said if said[key] and key != "sets")
    return [
        CAUTION,
        f"Question: {asked}",
        f"Store revision {store['revision']}, loophole {store['loophole']}",
    ]


def _words(value: object) -> str:
    if isinstance(value, list):
        return ", ".join(_words(item) for item in value)
    return str(value)
