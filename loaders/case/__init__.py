"""The curated case: tidy tables of facts, each row with its source, become a graph.

How relations, shipments and pictures of fleets become edges is told in docs/method.md.
"""

from collections.abc import Iterator
from pathlib import Path

from graph.law.regimes import law_files
from graph.model import Record
from loaders.base import LoadContext, Loader
from loaders.case import goods, law, parties, states
from loaders.case.builder import Builder


def recognises(path: Path) -> bool:
    """A folder with the tables of a curated case."""
    return (path / "legs.csv").is_file() and (path / "relations.csv").is_file()


def load(context: LoadContext, path: Path) -> Iterator[Record]:
    """All records of a curated case.

    Raises:
        BadInput: for the first row that cannot be used; curated facts are loaded whole or not.
    """
    build = Builder(context, path)
    parties.add(build)
    law.add(build)
    goods.add(build)
    states.add(build)
    yield from build.records()


LOADER = Loader(
    name="case",
    title="a curated case: tidy tables of facts with sources",
    recognises=recognises,
    load=load,
    also_reads=law_files,
)
