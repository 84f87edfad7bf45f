"""What a loader is, and what it is given to work with."""

from collections.abc import Callable, Iterator
from pathlib import Path

import msgspec

from graph.exc import BadInput
from graph.model import Record
from graph.store import Outside


class Warned(msgspec.Struct, frozen=True):
    """Something a reader of the load report should know."""

    where: str
    what: str


class LoadContext:
    """Counts what was read, and decides what a bad row means.

    Args:
        outside: what other data sets of the store hold; edges may end there.
        skip_bad: skip and list bad rows instead of failing.
    """

    def __init__(self, outside: Outside | None = None, skip_bad: bool = False) -> None:
        self.outside = outside or Outside()
        self.skip_bad = skip_bad
        self.read = 0
        self.skipped = 0
        self.warnings: list[Warned] = []

    def warn(self, where: str, what: str) -> None:
        """Note something for the report."""
        self.warnings.append(Warned(where, what))

    def bad(self, where: str, what: str) -> None:
        """Refuse a row: raise, or skip it and say so, as the user chose.

        Raises:
            BadInput: unless bad rows are to be skipped.
        """
        if not self.skip_bad:
            raise BadInput(f"{where}: {what}")
        self.skipped += 1
        self.warn(where, what)


class Loader(msgspec.Struct, frozen=True, kw_only=True):
    """A loader: its name, what it reads, how to recognise it, and the generator of records.

    `also_reads` gives the files outside the path that its records come from.
    """

    name: str
    title: str
    recognises: Callable[[Path], bool]
    load: Callable[[LoadContext, Path], Iterator[Record]]
    also_reads: Callable[[], list[Path]] = list
