"""The only runner of loaders: from a path to a changed store, or to one plain sentence."""

import hashlib
from pathlib import Path

import msgspec

from graph.exc import BadInput, NotFound
from graph.model import digest
from graph.settings import data_root
from graph.store import Load, Outside, open_store, open_writer
from loaders.base import LoadContext, Warned
from loaders.registry import loader_for

CASE = "belavia"
SHIPPED = "shipped"
"""The origin of the curated case, wherever the program is installed."""


class LoadReport(msgspec.Struct, frozen=True, kw_only=True):
    """What one load read and wrote; `changed` is False when the store already held it."""

    source: str
    loader: str
    read: int
    written: int
    skipped: int
    warnings: tuple[Warned, ...]
    revision: int
    changed: bool


def case_folder() -> Path:
    """The curated case that ships with the program."""
    return data_root() / CASE


def load(
    uri: str, path: Path, loader_name: str = "", skip_bad: bool = False, replace: bool = False
) -> LoadReport:
    """Load a path into the store at `uri`, in one transaction.

    Args:
        uri: the store; made when absent.
        path: what to load.
        loader_name: the loader; the first that recognises the path when empty.
        skip_bad: load the good rows and list the others.
        replace: take the place of a data set of this name that came from elsewhere.

    Raises:
        UserError: when the path or the store is at fault; the store is then as it was.
    """
    loader = loader_for(path, loader_name)
    dataset = dataset_name(path)
    held = _held(uri)
    if not replace:
        _refuse_another(path, loader.name, held.get(dataset))
    context = LoadContext(_outside(uri, dataset) if held else None, skip_bad)
    records = list(loader.load(context, path))
    if not records:
        raise BadInput(f"{path} holds no rows: fill its tables, or choose another folder")
    with open_writer(uri) as writer:
        after = writer.write(
            Load(
                dataset=dataset,
                loader=loader.name,
                digest=content_digest(path, loader.name),
                read=context.read,
                skipped=context.skipped,
                origin=_origin(path),
            ),
            records,
        )
    return LoadReport(
        source=dataset,
        loader=loader.name,
        read=after.read,
        written=after.written,
        skipped=after.skipped,
        warnings=tuple(context.warnings),
        revision=after.revision,
        changed=after != held.get(dataset),
    )


def ensure_case(uri: str) -> LoadReport | None:
    """Load the curated case unless the store holds its content, or what was put in its place."""
    path = case_folder()
    held = _held(uri).get(dataset_name(path))
    if held and (held.origin != SHIPPED or held.digest == content_digest(path, held.loader)):
        return None
    return load(uri, path)


def dataset_name(path: Path) -> str:
    """The name of a data set: that of its folder or file."""
    return path.resolve().name


def content_digest(path: Path, loader: str) -> str:
    """SHA-256 over the loader's name and the name and content of every file it reads, in order."""
    sha = hashlib.sha256(loader.encode())
    files = [path] if path.is_file() else sorted(path.glob("*.csv"))
    for file in (*files, *loader_for(path, loader).also_reads()):
        sha.update(b"\0" + file.name.encode() + b"\0")
        sha.update(hashlib.sha256(file.read_bytes()).digest())
    return sha.hexdigest()


def _origin(path: Path) -> str:
    """Which folder of its name this is: a mark that says nothing of where it lies."""
    place = path.resolve()
    return SHIPPED if place == case_folder().resolve() else digest([str(place)], 16)


def _refuse_another(path: Path, loader: str, held: Load | None) -> None:
    """Raise `BadInput` when the name of a data set is that of another one."""
    if held is not None and held.digest == content_digest(path, loader):
        return
    name, origin = dataset_name(path), _origin(path)
    reserved = name == dataset_name(case_folder()) and origin != SHIPPED
    if held is None and reserved:
        taken = f"the name {name!r} is kept for the case that ships with the program"
    elif held is not None and (held.loader, held.origin) != (loader, origin):
        taken = f"the store holds another data set named {name!r}, which {path} would replace"
    else:
        return
    raise BadInput(f"{taken}: rename the folder, or give --replace to put it in its place")


def _held(uri: str) -> dict[str, Load]:
    """The manifest of the store by data set; empty when there is no store yet."""
    try:
        reader = open_store(uri)
    except NotFound:
        return {}
    try:
        return {load.dataset: load for load in reader.loads()}
    finally:
        reader.close()


def _outside(uri: str, dataset: str) -> Outside:
    """What the other data sets of a store hold."""
    reader = open_store(uri)
    try:
        return reader.outside(dataset)
    finally:
        reader.close()
