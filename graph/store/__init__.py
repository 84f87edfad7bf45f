"""Stores: where the facts of a case are kept. `open_store` reads, `open_writer` loads."""

from graph.exc import BadInput
from graph.store import sqlite, sqlite_file
from graph.store.base import Hit, Load, Outside, Reader, Writer

__all__ = ["Hit", "Load", "Outside", "Reader", "Writer", "open_store", "open_writer", "store_state"]


def open_store(uri: str) -> Reader:
    """The store at `uri` (a file path, or `sqlite:///path`), for reading.

    Raises:
        BadInput: for a scheme no store answers to.
        NotFound: when there is no store.
        StoreError: when the file is damaged, not a store, or of another schema.
    """
    return sqlite.SqliteReader(_path(uri))


def open_writer(uri: str) -> Writer:
    """The store at `uri`, for loading; made when absent.

    Raises:
        BadInput: for a scheme no store answers to.
        StoreError: as `open_store`, or when the place cannot be written.
    """
    from graph.store.sqlite_writer import SqliteWriter

    return SqliteWriter(_path(uri))


def store_state(uri: str) -> tuple[int, ...]:
    """A key that changes whenever the store at `uri` does, cheap enough to ask on every page.

    A reader stays at the revision it was opened at: open a new one when this key has changed.

    Raises:
        BadInput: for a scheme no store answers to.
        StoreError: when the file is damaged.
    """
    return sqlite_file.state(_path(uri))


def _path(uri: str) -> str:
    scheme, found, rest = uri.partition("://")
    if not found:
        return uri
    if scheme == "sqlite":
        return rest.removeprefix("/") if rest.startswith("/./") else rest
    raise BadInput(f"no store answers to {scheme}://: give a file path or sqlite:///path")
