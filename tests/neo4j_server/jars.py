"""The jars of a Neo4j server, from Maven, kept outside the repository."""

import os
import re
import shutil
import subprocess
import tempfile
from pathlib import Path
from typing import NamedTuple

POM = Path(__file__).with_name("pom.xml")


class Version(NamedTuple):
    """One version of the server: what it is called, what it starts with, which Java it needs."""

    number: str
    main: str
    java: int


TESTED = Version("5.26.31", "org.neo4j.server.CommunityEntryPoint", 17)
NEWER = Version("2026.09.0", "org.neo4j.server.Neo4jCommunity", 21)
"""Tested too where such a Java is installed."""


class Missing(Exception):
    """Something that the server needs is not on this machine; says what."""


def java() -> int:
    """The version of the Java on the path; 0 when there is none."""
    found = shutil.which("java")
    if found is None:
        return 0
    said = subprocess.run([found, "-version"], capture_output=True, text=True, check=False).stderr
    number = re.search(r'version "(\d+)', said)
    return int(number[1]) if number else 0


def jars(version: Version) -> Path:
    """The folder of the jars of a version; fetched by the first who asks.

    Raises:
        Missing: when there is no Java that runs it, or nothing to fetch it with.
    """
    if java() < version.java:
        raise Missing(f"Neo4j {version.number} needs Java {version.java} or newer")
    cache = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "loophole"
    kept = cache / f"neo4j-{version.number}"
    if not kept.is_dir():
        cache.mkdir(parents=True, exist_ok=True)
        _fetch(version, cache, kept)
    return kept


def _fetch(version: Version, cache: Path, kept: Path) -> None:
    maven = shutil.which("mvn")
    if maven is None:
        raise Missing("Neo4j is fetched by Maven: there is no mvn on the path")
    with tempfile.TemporaryDirectory(dir=cache) as folder:
        shutil.copy(POM, folder)
        command = [maven, "-q", "-B", "dependency:copy-dependencies", "-DincludeScope=runtime"]
        command += ["-DoutputDirectory=jars", f"-Dneo4j.version={version.number}"]
        done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
        if done.returncode:
            raise Missing(f"Maven could not fetch Neo4j {version.number}: {done.stdout[-600:]}")
        try:
            (Path(folder) / "jars").rename(kept)
        except OSError:  # another process was faster
            if not kept.is_dir():
                raise
