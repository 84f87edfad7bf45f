"""Documents agree with the code."""

import ast
import importlib.util
import re
from pathlib import Path
from types import ModuleType

import pytest

import cli
from graph.rules import RULES

ROOT = Path(__file__).resolve().parent.parent
DOCS = [*(ROOT / "docs").glob("*.md"), ROOT / "README.md", ROOT / "CONTRIBUTING.md"]


def script(name: str) -> ModuleType:
    """A script of docs/, as a module."""
    spec = importlib.util.spec_from_file_location(name, ROOT / "docs" / f"{name}.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_command_reference_is_the_one_the_code_prints() -> None:
    assert (ROOT / "docs" / "cli.md").read_text(encoding="utf-8") == script("reference").main()


def test_page_on_the_law_is_the_one_the_law_and_the_case_give() -> None:
    assert (ROOT / "docs" / "law.md").read_text(encoding="utf-8") == script("law").main()


def test_outputs_in_the_readme_are_really_printed() -> None:
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    assert text.count("printed by:") >= 2
    assert script("readme").filled(text) == text


def test_every_rule_is_in_the_method() -> None:
    text = (ROOT / "docs" / "method.md").read_text(encoding="utf-8")
    assert all(f"| {name.replace('_', ' ')} |" in text for name in RULES)


@pytest.mark.parametrize("path", DOCS, ids=lambda p: p.name)
def test_files_and_commands_that_documents_name_exist(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    for named in re.findall(r"`([\w./-]+\.(?:py|md|yml|csv|toml|lock|j2))`", text):
        assert any(
            (ROOT / place / named).exists() for place in ("", "docs", "data/belavia", "graph")
        ) or (
            named
            in ("entities.csv", "edges.csv", "measures.csv", "run.py", "registry.py", "table.py")
        ), named
    for command in re.findall(r"\bloophole ([a-z]+)\b", "\n".join(re.findall(r"`[^`]+`", text))):
        assert command in cli.main.commands


def test_front_doors_are_imported_by_nobody_and_only_pages_draw() -> None:
    """What import-linter cannot hold: `app` and `cli` are modules, not packages."""
    for path in ROOT.glob("*/**/*.py"):
        if path.parts[len(ROOT.parts)] in (".venv", "tests", "docs", "benchmarks", ".tools"):
            continue
        names = set()
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                names |= {alias.name.split(".")[0] for alias in node.names}
            if isinstance(node, ast.ImportFrom) and node.module:
                names.add(node.module.split(".")[0])
        assert not names & {"app", "cli"}, path
    assert "streamlit" not in (ROOT / "cli.py").read_text(encoding="utf-8")
