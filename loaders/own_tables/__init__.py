"""Tables of one's own: a folder with entities.csv, edges.csv, measures.csv (see docs/cli.md).

The same folder is what `export --to-format tables` writes; the extra tables of such an export
(claims.csv, sources.csv, sets.csv, refused.csv, readings.csv) are read when they are there, so that
nothing is lost between the two.
"""

from collections.abc import Iterator
from pathlib import Path

from graph.model import Record
from loaders.base import LoadContext, Loader
from loaders.own_tables import facts


def recognises(path: Path) -> bool:
    """A folder with at least one of the plain tables."""
    return any((path / f"{name}.csv").is_file() for name in ("entities", "edges", "measures"))


def load(context: LoadContext, path: Path) -> Iterator[Record]:
    """All records of a folder of plain tables.

    Raises:
        BadInput: for the first bad row, or for any when bad rows are not skipped; see `LoadContext`.
    """
    yield from facts.records(context, path)


LOADER = Loader(
    name="tables",
    title="plain tables of your own: entities.csv, edges.csv, measures.csv",
    recognises=recognises,
    load=load,
)
