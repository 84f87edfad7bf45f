"""The only runner of loaders: from a path to a changed store, or to one plain sentence."""

import hashlib
from pathlib import Path

import msgspec

from graph.exc import BadInput, NotFound
from graph.settings import data_root
from graph.store import Load, open_store, open_writer
from loaders.base import LoadContext, Warned
from loaders.registry import loader_for

CASE = "belavia"


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


def load(uri: str, path: Path, loader_name: str = "", skip_bad: bool = False) -> LoadReport:
    """Load a path into the store at `uri`, in one transaction.

    Raises:
        UserError: when the path or the store is at fault; the store is then as it was.
    """
    loader = loader_for(path, loader_name)
    dataset = dataset_name(path)
    held = _held(uri)
    context = LoadContext(_known_entities(uri, dataset) if held else frozenset(), skip_bad)
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
    """Load the curated case unless the store already holds exactly its content."""
    path = case_folder()
    held = _held(uri).get(dataset_name(path))
    if held and held.digest == content_digest(path, held.loader):
        return None
    return load(uri, path)


def dataset_name(path: Path) -> str:
    """The name of a data set: that of its folder or file."""
    return path.resolve().name


def content_digest(path: Path, loader: str) -> str:
    """SHA-256 over the loader's name and the name and content of every CSV file, in order."""
    sha = hashlib.sha256(loader.encode())
    files = [path] if path.is_file() else sorted(path.glob("*.csv"))
    for file in files:
        sha.update(b"\0" + file.name.encode() + b"\0")
        sha.update(hashlib.sha256(file.read_bytes()).digest())
    return sha.hexdigest()


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


def _known_entities(uri: str, dataset: str) -> frozenset[str]:
    """Ids that other data sets hold: edges of this one may end there."""
    reader = open_store(uri)
    try:
        own = {load.dataset for load in reader.loads()} == {dataset}
        return frozenset() if own else frozenset(e.id for e in reader.entities())
    finally:
        reader.close()
