"""Stores: where the facts of a case are kept. `open_store` reads, `open_writer` loads."""

from graph.exc import BadInput
from graph.store import sqlite, sqlite_file
from graph.store.base import Hit, Load, Outside, Reader, Writer

__all__ = ["Hit", "Load", "Outside", "Reader", "Writer", "open_store", "open_writer", "store_state"]

SERVERS = ("neo4j", "neo4j+s", "neo4j+ssc", "bolt", "bolt+s", "bolt+ssc")
"""Schemes of addresses of a Neo4j server; its driver is only imported for them."""


def open_store(uri: str) -> Reader:
    """The store at `uri` (a file path, `sqlite:///path`, or the address of a server), for reading.

    Raises:
        BadInput: for a scheme no store answers to.
        NotFound: when there is no store.
        StoreError: when the store is damaged, is none, is of another schema or does not answer.
    """
    if is_server(uri):
        from graph.store.neo4j import Neo4jReader

        return Neo4jReader(uri)
    return sqlite.SqliteReader(_path(uri))


def open_writer(uri: str) -> Writer:
    """The store at `uri`, for loading; made when absent.

    Raises:
        BadInput: for a scheme no store answers to.
        StoreError: as `open_store`, or when the place cannot be written.
    """
    if is_server(uri):
        from graph.store.neo4j_writer import Neo4jWriter

        return Neo4jWriter(uri)
    from graph.store.sqlite_writer import SqliteWriter

    return SqliteWriter(_path(uri))


def store_state(uri: str) -> tuple[int, ...]:
    """A key that changes whenever the store at `uri` does, cheap enough to ask on every page.

    A reader stays at the revision it was opened at: open a new one when this key has changed.

    Raises:
        BadInput: for a scheme no store answers to.
        StoreError: when the store is damaged or does not answer.
    """
    if is_server(uri):
        from graph.store.neo4j import state

        return state(uri)
    return sqlite_file.state(_path(uri))


def is_server(uri: str) -> bool:
    """Whether a store is on a server, and not a file."""
    return uri.partition("://")[0] in SERVERS and "://" in uri


def _path(uri: str) -> str:
    scheme, found, rest = uri.partition("://")
    if not found:
        return uri
    if scheme == "sqlite":
        return rest.removeprefix("/") if rest.startswith("/./") else rest
    raise BadInput(
        f"no store answers to {scheme}://: give a file path, sqlite:///path or neo4j://host"
    )
