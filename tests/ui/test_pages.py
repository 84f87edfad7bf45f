"""Every page runs, says what is missing, and lets no text from data act."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from graph.sources import sources
from graph.store import Reader
from ui.text import link, plain, spaced

ROOT = Path(__file__).resolve().parents[2]
PAGES = sorted((ROOT / "ui" / "pages").glob("[a-z]*.py"))


@pytest.fixture
def app(case_path: Path, monkeypatch: pytest.MonkeyPatch) -> AppTest:
    monkeypatch.setenv("LOOPHOLE_STORE", str(case_path))
    return AppTest.from_file(str(ROOT / "app.py"), default_timeout=60)


def words(app: AppTest) -> str:
    parts = [*app.markdown, *app.caption, *app.info, *app.warning, *app.error, *app.subheader]
    return "\n".join(str(part.value) for part in parts)


@pytest.mark.parametrize("page", PAGES, ids=lambda p: p.stem)
def test_every_page_runs(app: AppTest, page: Path) -> None:
    app.run().switch_page(str(page)).run()
    assert not app.exception
    assert not app.error


def test_every_page_file_is_registered() -> None:
    registry = (ROOT / "ui" / "registry.py").read_text(encoding="utf-8")
    assert PAGES
    assert all(f'"{path.name}"' in registry for path in PAGES)


def test_missing_store_says_how_to_make_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LOOPHOLE_STORE", str(tmp_path / "absent.db"))
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=60).run()
    assert "make one with `loophole load`" in app.error[0].value
    assert not app.exception


def test_sources_page_filters(app: AppTest, case: Reader) -> None:
    app.run().switch_page(str(ROOT / "ui" / "pages" / "sources.py")).run()
    everything = len(app.dataframe[0].value)
    app.text_input("sources.filter").set_value("Federal Register").run()
    assert 0 < len(app.dataframe[0].value) < everything
    listed = sources(case)
    shown = [len(table.value) for table in app.dataframe[1:]]
    assert shown == [len(listed.refused), len(listed.contested)]


@pytest.mark.parametrize(
    "hostile",
    [
        *("![x](https://evil.example/t.png)", "[x](javascript:1)", ":red[x] :smile:", "$x$"),
        *("<b>x</b>", "`x`", "# x", "https://evil.example", "a\nb", "x\u202ey"),
    ],
)
def test_plain_text_is_shown_letter_by_letter(hostile: str) -> None:
    shown = plain(hostile)
    assert "\u202e" not in shown
    assert "\n" not in shown
    for mark in "`*_[]()<>:$#/":
        assert shown.count(mark) == shown.count(f"\\{mark}")


@pytest.mark.parametrize(
    "address", ["https://evil.example/x", "HTTP://evil.example", "www.evil.example", "a@b.example"]
)
def test_address_in_text_is_not_recognised_as_one(address: str) -> None:
    """By the patterns of GitHub-flavoured Markdown, which are looked for after unescaping."""
    shown = plain(f"see {address}.").replace("\\", "")
    assert not re.search(r"(https?://|www(?=\.))([-.\w]+)|[-.\w+]+@[-\w]+", shown, re.IGNORECASE)
    assert shown.replace("\u2060", "") == f"see {address}."


def test_kind_of_an_entity_in_words() -> None:
    assert [spaced(k) for k in ("PublicBody", "MRO", "Airline")] == [
        "Public body",
        "MRO",
        "Airline",
    ]


def test_link_is_made_of_web_addresses_only() -> None:
    assert link("a", "javascript:alert(1)") == "a"
    assert link("a", "https://x.example/a)b c") == "[a](https://x.example/a%29b%20c)"


_MARKDOWN = {"markdown", "caption", "info", "warning", "error", "success", "subheader", "header"}
_MARKDOWN |= {"expander", "popover", "page_link", "button", "checkbox", "select_slider", "toggle"}
_ESCAPES = {
    "plain",
    "_badges",
    "_count",
    "link",
    "claim_line",
    "measure_line",
    "others_in_words",
    "len",
    "iso",
    "sum",
}
# Numbers, dates, and words that this program chose: never text from data.
_OURS = {
    *(
        "place",
        "said",
        "changed",
        "as_of",
        "counted",
        "count",
        "more",
        "terms",
        "also",
        "documented",
    ),
    *("holds", "contested", "family", "title", "_SIGNS[hop.basis]", "hop.cost", "node.more"),
    *("route.basis", "route.chain", "route.cost", "route.id", "question.title", "eased.routes"),
    *("counts.documented", "counts.possible", "answer.question['as_of']"),
    *(
        "picture.left_out",
        "side.as_of",
        "side.routes",
        "side.lawful",
        "side.lawful_first",
        "hole.unlawful_hop",
        "left",
    ),
    *("load.written", "load.read", "load.revision", "load.digest[:12]"),
}


def test_markdown_gets_text_from_data_only_through_an_escape() -> None:
    """Every value put into Markdown is a number, a word of our own, or went through an escape."""
    acting = [
        f"{path.relative_to(ROOT)}:{value.lineno} {ast.unparse(value)}"
        for path in (ROOT / "ui").rglob("*.py")
        for call in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(call, ast.Call) and getattr(call.func, "attr", "") in _MARKDOWN
        for text in call.args[:1]
        for value in _unescaped(text)
    ]
    assert not acting, "\n".join(acting)


def _unescaped(node: ast.AST) -> Iterator[ast.expr]:
    """Values in f-strings below a node that no escape stands around."""
    if _is_escape(node):
        return
    if isinstance(node, ast.FormattedValue):
        if ast.unparse(node.value) in _OURS or _is_escape(node.value):
            return
        if not isinstance(node.value, ast.IfExp):
            yield node.value
            return
    for child in ast.iter_child_nodes(node):
        yield from _unescaped(child)


def _is_escape(node: ast.AST) -> bool:
    """Whether a node is the call of an escape, or of a method on what one gives."""
    if not isinstance(node, ast.Call):
        return False
    if isinstance(node.func, ast.Attribute):
        return node.func.attr in _ESCAPES or _is_escape(node.func.value)
    return ast.unparse(node.func) in _ESCAPES


def test_no_page_builds_html_of_data_or_frames_a_component_of_the_first_kind() -> None:
    for path in (ROOT / "ui").rglob("*.py"):
        text = path.read_text(encoding="utf-8")
        assert "unsafe_allow_html" not in text
        assert "components.v1" not in text
        assert "st.html(" not in text or path.name == "frame.py"


def test_scripts_make_text_only_text() -> None:
    for path in (ROOT / "ui" / "frontend").glob("*.js"):
        text = path.read_text(encoding="utf-8")
        for way in (
            "innerHTML",
            "outerHTML",
            "insertAdjacentHTML",
            "document.write",
            "eval(",
            "http",
        ):
            assert way not in text, (path.name, way)
