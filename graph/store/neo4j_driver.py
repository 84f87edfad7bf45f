"""The way to a Neo4j server: one driver a process and address, with a limit on every wait.

Everything the driver may raise becomes one plain sentence; none of them repeats a password.
"""

import atexit
import logging
import os
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import Any, TypeVar
from urllib.parse import urlsplit

from neo4j import (
    READ_ACCESS,
    Driver,
    GraphDatabase,
    ManagedTransaction,
    Query,
    unit_of_work,
)
from neo4j.exceptions import DriverError, Neo4jError

from graph.exc import BadInput, StoreError
from graph.settings import program_version
from graph.store.neo4j_errors import plain

T = TypeVar("T")

MINIMUM = (5, 13)
"""The oldest server whose Cypher is enough; tests run against 5.26."""
OPTIONS: dict[str, Any] = {
    "connection_timeout": 5.0,
    "connection_acquisition_timeout": 10.0,
    "max_transaction_retry_time": 8.0,
    "liveness_check_timeout": 30.0,
    "notifications_min_severity": "OFF",
}
"""An address where nobody answers is told within seconds; that data lacks a label is no news."""
_READING = 60.0
_WRITING = 120.0

_drivers: dict[tuple[str, str, str], Driver] = {}
_lock = threading.Lock()


class Connection:
    """A database on a server. Cheap: the driver behind it is shared."""

    def __init__(self, uri: str) -> None:
        """Find the database at `uri` with what the environment says beside it.

        Raises:
            BadInput: for an address that cannot be one, or that holds a password.
            StoreError: when the server does not let us in, or is too old.
        """
        self.uri = _checked(uri)
        self.database = os.environ.get("NEO4J_DATABASE") or "neo4j"
        with self.plain():
            self._driver = _driver(self.uri)

    def read(self, work: Callable[[ManagedTransaction], T]) -> T:
        """What `work` reads in one transaction; it may run more than once.

        Raises:
            StoreError: when the server does not answer, or refuses.
        """
        limited = unit_of_work(metadata={"app": "loophole"}, timeout=_READING)(work)
        with (
            self.plain(),
            self._driver.session(
                database=self.database, default_access_mode=READ_ACCESS
            ) as session,
        ):
            return session.execute_read(limited)

    def write(self, work: Callable[[ManagedTransaction], T]) -> T:
        """Do `work` in one transaction; it may run more than once, so must be idempotent.

        Raises:
            StoreError: when the server does not answer, or refuses.
        """
        limited = unit_of_work(metadata={"app": "loophole"}, timeout=_WRITING)(work)
        with self.plain(), self._driver.session(database=self.database) as session:
            return session.execute_write(limited)

    @contextmanager
    def held(self, statement: str, wait: float, **values: object) -> Iterator[None]:
        """Keep the lock that a statement takes while the block runs; it goes with our process.

        Args:
            statement: writes something, and so takes its lock.
            wait: how many seconds to wait for it.
            values: parameters of the statement.

        Raises:
            StoreError: when someone else keeps it longer, or the server does not answer.
        """
        with self.plain(), self._driver.session(database=self.database) as session:
            session.run(Query(statement, timeout=wait), values).consume()
        session = self._driver.session(database=self.database)
        try:
            with self.plain():
                session.begin_transaction(timeout=0).run(statement, values).consume()
            yield
        finally:
            with suppress(DriverError, Neo4jError):  # a lock that was lost needs no giving back
                session.close()

    @contextmanager
    def plain(self) -> Iterator[None]:
        """Whatever the driver raises becomes a plain `StoreError`."""
        try:
            yield
        except (DriverError, Neo4jError) as error:
            raise StoreError(plain(error, self.uri, self.database)) from None


def forget() -> None:
    """Close the drivers of this process; the next connection opens anew."""
    with _lock:
        for driver in _drivers.values():
            driver.close()
        _drivers.clear()


atexit.register(forget)
logging.getLogger("neo4j").addHandler(logging.NullHandler())  # what it says, our sentences say


def _checked(uri: str) -> str:
    """The address as the driver takes it."""
    try:
        parts = urlsplit(uri)
        host, named = parts.hostname, parts.username is not None or parts.password is not None
        _ = parts.port
    except ValueError:
        host, named = None, "@" in uri
    if named:
        raise BadInput(
            "the address of a server must not hold a user name or a password: "
            "set NEO4J_USERNAME and NEO4J_PASSWORD instead"
        )
    if not host:
        raise BadInput(f"{uri} is no address of a server: give one like neo4j://localhost:7687")
    return uri


def _driver(uri: str) -> Driver:
    user = os.environ.get("NEO4J_USERNAME") or "neo4j"
    password = os.environ.get("NEO4J_PASSWORD")
    if not password:
        raise StoreError(f"no password is set for {uri}: set NEO4J_PASSWORD")
    with _lock:
        known = _drivers.get((uri, user, password))
        if known is not None:
            return known
        agent = f"loophole/{program_version()}"
        driver = GraphDatabase.driver(uri, auth=(user, password), user_agent=agent, **OPTIONS)
        try:
            driver.verify_connectivity()
            _refuse_old(uri, reported(driver))
        except BaseException:
            driver.close()
            raise
        _drivers[uri, user, password] = driver
        return driver


def reported(driver: Driver) -> str:
    """What a server says that it is, as in `Neo4j/5.26.0`."""
    return driver.get_server_info().agent


def _refuse_old(uri: str, agent: str) -> None:
    """Raise unless a server says that it is new enough; what is no Neo4j is taken at its word."""
    name, _, number = agent.partition("/")
    parts = number.split(".")[:2]
    if name != "Neo4j" or not all(part.isdigit() for part in parts):
        return
    if tuple(map(int, parts)) < MINIMUM:
        oldest = ".".join(map(str, MINIMUM))
        raise StoreError(f"the server at {uri} is Neo4j {number}: {oldest} or newer is needed")
