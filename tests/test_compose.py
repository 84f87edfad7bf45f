"""`compose.yaml` serves this machine only, and keeps its password out of files and process lists."""

import os
import re
import subprocess
from pathlib import Path
from typing import Any

import pytest
import yaml

ROOT = Path(__file__).resolve().parent.parent
PASSWORD = 'test $pass\'word/with "marks"'


@pytest.fixture
def server() -> Any:
    return yaml.safe_load((ROOT / "compose.yaml").read_text(encoding="utf-8"))["services"]["neo4j"]


def test_every_port_is_bound_to_this_machine(server: Any) -> None:
    assert server["ports"] == ["127.0.0.1:7474:7474", "127.0.0.1:7687:7687"]


def test_password_comes_from_outside_and_is_never_empty(server: Any) -> None:
    assert re.fullmatch(r"neo4j/\$\{NEO4J_PASSWORD:\?[^}]+\}", server["environment"]["NEO4J_AUTH"])
    assert "env_file" not in server


def test_data_outlives_the_container(server: Any) -> None:
    whole = yaml.safe_load((ROOT / "compose.yaml").read_text(encoding="utf-8"))
    (volume,) = server["volumes"]
    name, place = volume.split(":")
    assert (name in whole["volumes"], place) == (True, "/data")


def test_server_is_the_long_term_release_and_says_nothing_to_its_makers(server: Any) -> None:
    assert server["image"] == "neo4j:5.26-community"
    assert server["environment"]["NEO4J_dbms_usage__report_enabled"] == "false"


def test_health_is_a_query_with_the_password_in_no_argument(server: Any, tmp_path: Path) -> None:
    shell = tmp_path / "cypher-shell"
    shell.write_text('#!/bin/sh\nprintf "%s|" "$@" "$NEO4J_USERNAME" "$NEO4J_PASSWORD"\n')
    shell.chmod(0o755)
    kind, command = server["healthcheck"]["test"]
    assert kind == "CMD-SHELL"
    assert "'RETURN 1'" in command
    ran = subprocess.run(
        ["sh", "-c", command.replace("$$", "$")],
        env={"PATH": f"{tmp_path}:{os.environ['PATH']}", "NEO4J_AUTH": f"neo4j/{PASSWORD}"},
        capture_output=True,
        text=True,
        check=True,
    )
    *arguments, user, password, _ = ran.stdout.split("|")
    assert arguments == ["--format", "plain", "RETURN 1"]
    assert (user, password) == ("neo4j", PASSWORD)


def test_example_names_what_is_needed_and_holds_no_password() -> None:
    lines = (ROOT / ".env.example").read_text(encoding="utf-8").splitlines()
    given = dict(line.split("=", 1) for line in lines if not line.startswith("#"))
    assert given == {
        "NEO4J_URI": "neo4j://127.0.0.1:7687",
        "NEO4J_USERNAME": "neo4j",
        "NEO4J_PASSWORD": "",
        "NEO4J_DATABASE": "neo4j",
    }
    assert ".env" in (ROOT / ".gitignore").read_text(encoding="utf-8").splitlines()
