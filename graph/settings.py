"""Where data lies and which store is used by default. Nothing is created at import."""

import os
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from graph.exc import BadInput

_MOST_HAND_OVERS = 200_000
PROJECT = Path(__file__).resolve().parent.parent


def data_root() -> Path:
    """The folder of curated facts, law and reference tables that ships with the program."""
    beside = PROJECT / "data"
    return beside if beside.is_dir() else PROJECT / "loophole_data"


def default_store() -> str:
    """`LOOPHOLE_STORE`, else `NEO4J_URI`, else `loophole.db` in the user's XDG data folder."""
    if chosen := os.environ.get("LOOPHOLE_STORE") or os.environ.get("NEO4J_URI"):
        return chosen
    home = os.environ.get("XDG_DATA_HOME") or str(Path.home() / ".local" / "share")
    return str(Path(home) / "loophole" / "loophole.db")


def most_hand_overs() -> int:
    """`LOOPHOLE_MOST_HAND_OVERS`: how many a server is asked for in one round around a question.

    Raises:
        BadInput: when it is no number of hand-overs.
    """
    chosen = os.environ.get("LOOPHOLE_MOST_HAND_OVERS") or str(_MOST_HAND_OVERS)
    if not (chosen.isascii() and chosen.isdigit()):
        raise BadInput(f"LOOPHOLE_MOST_HAND_OVERS is {chosen!r}: give it a number, or leave it out")
    return int(chosen)


def program_version() -> str:
    """The version of the installed distribution; `unknown` when it is not installed."""
    try:
        return version("loophole")
    except PackageNotFoundError:
        return "unknown"
