"""Fills the outputs in README.md with what the commands print: `python docs/readme.py`."""

import re
import shlex
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from click.testing import CliRunner

import cli
from loaders import run

_BLOCK = re.compile(r"(<!-- printed by: (.*?) -->\n```\n).*?(```\n)", re.DOTALL)


def filled(text: str) -> str:
    """The text with every block under a `printed by` mark replaced by what is printed now."""
    with tempfile.TemporaryDirectory() as folder:
        store = str(Path(folder) / "case.db")
        run.load(store, run.case_folder())

        def printed(block: re.Match[str]) -> str:
            command, *options = shlex.split(block[2])
            done = CliRunner().invoke(cli.main, [command, "--store", store, *options])
            said = f"$ loophole {block[2]}\n{done.stdout}"
            return block[1] + said + block[3]

        return _BLOCK.sub(printed, text)


if __name__ == "__main__":
    path = ROOT / "README.md"
    path.write_text(filled(path.read_text(encoding="utf-8")), encoding="utf-8")
