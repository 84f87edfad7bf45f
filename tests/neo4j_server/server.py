"""Starts and stops a Neo4j server in a folder of its own, on a free port of this machine."""

import secrets
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Self

from neo4j import GraphDatabase
from neo4j.exceptions import DriverError, Neo4jError

from tests.neo4j_server.jars import TESTED, Version, jars

USER = "neo4j"
_SECONDS = 60
_ADMIN = "org.neo4j.server.startup.Neo4jAdminCommand"
_OPENED = ("java.nio", "java.io", "sun.nio.ch", "java.util.concurrent", "java.lang")
_QUICK = ("-Xms256m", "-Xmx512m", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC")
"""Compiled fast rather than well: tests are over before the better code is there."""
_SETTINGS = (
    "server.http.enabled=false",
    "server.https.enabled=false",
    "dbms.security.auth_enabled=true",
    "dbms.security.auth_max_failed_attempts=0",  # tests give wrong passwords
    "server.memory.pagecache.size=128m",
    "dbms.usage_report.enabled=false",
    "db.transaction.timeout=60s",
)


class Server:
    """A server that runs while the block does; what it holds goes with it.

    Attributes:
        uri: its address.
        password: of the user `neo4j`.
    """

    def __init__(
        self,
        version: Version = TESTED,
        settings: Iterable[str] = (),
        java: Sequence[str] = _QUICK,
    ) -> None:
        self.version = version
        self.java = tuple(java)
        self.settings = tuple(settings)
        self.password = secrets.token_hex(8)
        self.port = _free_port()
        self.uri = f"bolt://127.0.0.1:{self.port}"
        self._home = Path()
        self._process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Self:
        """Start it.

        Raises:
            Missing: when something that it needs is not on this machine.
            TimeoutError: when it does not answer in a minute.
        """
        self._jars = jars(self.version)
        self._home = Path(tempfile.mkdtemp(prefix="loophole-neo4j-"))
        try:
            self._configure()
            self.start()
        except BaseException:
            self.__exit__()
            raise
        return self

    def __exit__(self, *exc: object) -> None:
        """End it and delete its folder; nothing there is worth a shutdown in good order."""
        if self._process is not None:
            self.kill()
        shutil.rmtree(self._home, ignore_errors=True)

    def start(self, settings: Iterable[str] = ()) -> None:
        """Start its process on what its folder holds, with more settings, and wait until it answers."""
        self._write_settings((*self.settings, *settings))
        opens = [f"--add-opens=java.base/{package}=ALL-UNNAMED" for package in _OPENED]
        command = ["java", *self.java, *opens, "-cp", f"{self._jars}/*"]
        command += [self.version.main, f"--home-dir={self._home}", "--console-mode"]
        command += [f"--config-dir={self._home / 'conf'}"]
        with (self._home / "console.log").open("ab") as log:
            self._process = subprocess.Popen(command, stdout=log, stderr=subprocess.STDOUT)
        self._wait()

    def stop(self) -> None:
        """End its process in good order."""
        if self._process is not None:
            self._process.terminate()
            self._process.wait(timeout=_SECONDS)
            self._process = None

    def kill(self) -> None:
        """End its process as a crash would."""
        assert self._process is not None
        self._process.kill()
        self._process.wait(timeout=_SECONDS)
        self._process = None

    def admin(self, *arguments: str, folder: Path | None = None) -> None:
        """Run `neo4j-admin` in a folder, on what the server holds while it is stopped."""
        command = ["java", f"-Dbasedir={self._home}", "-cp", f"{self._jars}/*", _ADMIN, *arguments]
        subprocess.run(command, check=True, capture_output=True, timeout=_SECONDS, cwd=folder)

    def _configure(self) -> None:
        (self._home / "conf").mkdir()
        self._write_settings(self.settings)
        self.admin("dbms", "set-initial-password", self.password)

    def _write_settings(self, settings: Iterable[str]) -> None:
        address = f"127.0.0.1:{self.port}"
        places = [
            f"server.directories.{name}={self._home / name}"
            for name in ("data", "logs", "run", "plugins", "import")
        ]
        bolt = [f"server.bolt.{which}_address={address}" for which in ("listen", "advertised")]
        given = {line.partition("=")[0]: line for line in (*places, *bolt, *_SETTINGS, *settings)}
        text = "\n".join(given.values())  # the last word counts: none may be said twice
        (self._home / "conf" / "neo4j.conf").write_text(text, encoding="utf-8")

    def _wait(self) -> None:
        last = time.monotonic() + _SECONDS
        auth = (USER, self.password)
        while time.monotonic() < last and self._process and self._process.poll() is None:
            try:
                with GraphDatabase.driver(self.uri, auth=auth, connection_timeout=2) as driver:
                    driver.verify_connectivity()
                    return
            except (DriverError, Neo4jError):
                time.sleep(0.3)
        said = (self._home / "console.log").read_text(encoding="utf-8", errors="replace")
        raise TimeoutError(f"Neo4j {self.version.number} does not answer: {said[-600:]}")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
