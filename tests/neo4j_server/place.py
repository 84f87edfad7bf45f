"""The database that tests may fill and empty: a server of their own, or one that the user names."""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import NamedTuple

from neo4j import Driver, GraphDatabase

from tests.neo4j_server.server import USER, Server

PERMISSION = "CREATE (:LoopholeTest {may: 'be emptied'})"
"""What a user runs in a database of their own to let tests empty it."""


class Place(NamedTuple):
    """A database for tests, and how it is reached."""

    uri: str
    username: str
    password: str
    database: str = "neo4j"

    def environment(self) -> dict[str, str]:
        """What the program reads; the address is left to each test."""
        return {
            "NEO4J_USERNAME": self.username,
            "NEO4J_PASSWORD": self.password,
            "NEO4J_DATABASE": self.database,
        }

    def driver(self) -> Driver:
        """A driver apart from that of the program."""
        auth = (self.username, self.password)
        return GraphDatabase.driver(self.uri, auth=auth, notifications_min_severity="OFF")

    def empty(self) -> None:
        """Delete every node; constraints and indexes stay."""
        with self.driver() as driver:
            driver.execute_query(
                "MATCH (n) WHERE NOT n:LoopholeTest DETACH DELETE n", database_=self.database
            )


@contextmanager
def place(start: Callable[[], Server] = Server) -> Iterator[Place]:
    """The database of `NEO4J_TEST_URI`, else that of a server which runs while the block does.

    Args:
        start: makes that server, where it is not to be the one of the tests.

    Raises:
        Missing: when a server cannot be started on this machine.
        RuntimeError: when the user's database is not one that tests may empty.
    """
    if uri := os.environ.get("NEO4J_TEST_URI"):
        password = os.environ.get("NEO4J_PASSWORD", "")
        database = os.environ.get("NEO4J_DATABASE") or "neo4j"
        theirs = Place(uri, os.environ.get("NEO4J_USERNAME") or USER, password, database)
        _refuse_without_permission(theirs)
        yield theirs
        return
    with start() as server:
        ours = Place(server.uri, USER, server.password)
        with ours.driver() as driver:
            driver.execute_query(PERMISSION, database_=ours.database)
        yield ours


def _refuse_without_permission(theirs: Place) -> None:
    with theirs.driver() as driver:
        found = driver.execute_query(
            "MATCH (n:LoopholeTest {may: 'be emptied'}) RETURN count(n)", database_=theirs.database
        )
    if not found.records[0].value():
        raise RuntimeError(
            f"tests would empty the database at {theirs.uri}: to let them, run there {PERMISSION}"
        )
