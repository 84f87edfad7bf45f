"""The loaders, in the order in which they are asked whether they recognise a path."""

from pathlib import Path

from graph.exc import BadInput, NotFound
from loaders import case, own_tables
from loaders.base import Loader

LOADERS: tuple[Loader, ...] = (case.LOADER, own_tables.LOADER)


def loader_for(path: Path, name: str = "") -> Loader:
    """The loader with a name, or the first that recognises the path.

    Raises:
        NotFound: when there is nothing at the path.
        BadInput: when no loader has that name, or none recognises the path.
    """
    if not path.exists():
        raise NotFound(f"there is no file or folder {path}: check the spelling")
    names = ", ".join(loader.name for loader in LOADERS)
    if name:
        for loader in LOADERS:
            if loader.name == name:
                return loader
        raise BadInput(f"there is no loader {name!r}: choose from {names}")
    for loader in LOADERS:
        if loader.recognises(path):
            return loader
    raise BadInput(
        f"{path} is of no kind that is known here: give a folder with entities.csv, edges.csv or "
        "measures.csv (`loophole template FOLDER` writes empty ones)"
    )
