"""What can be asked, which hops a question lets in, and what is refused in words."""

from pathlib import Path

import numpy as np
import pytest

from graph.exc import BadInput, NotFound
from graph.routes import Question, parse_set
from graph.routes.choice import Choice
from tests.graphs import arc, view

HOPS = [
    arc("a", "b", hs=("8807.30",), name="gear"),
    arc("a", "b", 2, hs=("4011",), name="tyre"),
    arc("a", "b", 3, name="unknown"),
    arc("a", "b", 4, kind="ships_to", certainty="low", name="sent"),
    arc("a", "b", 5, certainty="contested", name="contested"),
    arc("a", "b", 6, basis="possible", kind="supply", name="supply"),
    arc("a", "b", 7, basis="possible", kind="flight", name="flight"),
]
VIEW = view(HOPS, kinds={"who": "Person"}, also=["who"], sets={"test-set": ("a", "b")})
A_TO_B = {"origins": ("a",), "destinations": ("b",)}


def let_in(**options: object) -> set[str]:
    question = Question(**A_TO_B, **options)  # type: ignore[arg-type]
    question.check(VIEW)
    counts = Choice(VIEW, question).of(np.arange(VIEW.network.arcs))
    return {VIEW.arcs[number].id for number in np.flatnonzero(counts)}


def test_everything_but_the_contested_by_default() -> None:
    assert let_in() == {"gear", "tyre", "unknown", "sent", "supply", "flight"}
    assert let_in(contested=True) == {a.id for a in HOPS}


@pytest.mark.parametrize("code", ["8807", "88", "8807.30", "880730", "8803", "8803.30"])
def test_goods_by_prefix_keep_unknown_codes_and_the_old_heading(code: str) -> None:
    assert let_in(goods=code) == {"gear", "unknown", "sent", "supply", "flight"}


def test_finer_and_coarser_codes_do_not_exclude_each_other() -> None:
    assert "tyre" in let_in(goods="401130")
    assert "gear" not in let_in(goods="8807.20")


def test_kinds_rules_and_certainty() -> None:
    assert let_in(kinds=("ships_to",)) == {"sent", "supply", "flight"}
    assert let_in(rules=("supply",)) == {"gear", "tyre", "unknown", "sent", "supply"}
    assert let_in(rules=()) == {"gear", "tyre", "unknown", "sent"}
    assert let_in(min_certainty="medium") == {"gear", "tyre", "unknown", "supply", "flight"}


@pytest.mark.parametrize(
    ("options", "says"),
    [
        ({"max_hops": 0}, "--max-hops 0 is out of range"),
        ({"max_hops": 9}, "--max-hops 9 is out of range"),
        ({"dwell": -1}, "--dwell -1 is out of range"),
        ({"goods": "x"}, "is no HS code"),
        ({"kinds": ("owns",)}, "there is no kind 'owns'"),
        ({"rules": ("luck",)}, "there is no rule 'luck'"),
        ({"min_certainty": "total"}, "there is no certainty 'total'"),
        ({"order": "backwards"}, "there is no order 'backwards'"),
        ({"origins": ()}, "--from is empty"),
        ({"destinations": ("who",)}, "is of kind Person, which is never a party"),
        ({"via": (("who",),)}, "is of kind Person, which is never a party"),
    ],
)
def test_what_cannot_be_asked_is_refused_in_words(options: dict[str, object], says: str) -> None:
    with pytest.raises(BadInput, match=says):
        Question(**{**A_TO_B, **options}).check(VIEW)  # type: ignore[arg-type]


def test_unknown_party_is_named() -> None:
    with pytest.raises(NotFound, match="there is no entity 'nobody'"):
        Question(**A_TO_B, avoid=("nobody",)).check(VIEW)  # type: ignore[arg-type]


def test_set_is_a_name_ids_or_a_file(tmp_path: Path) -> None:
    assert parse_set(VIEW, "test-set") == ("a", "b")
    assert parse_set(VIEW, "b, a,b") == ("b", "a")
    listed = tmp_path / "ids"
    listed.write_text("# mine\na # first\n\n", encoding="utf-8")
    assert parse_set(VIEW, f"@{listed}") == ("a",)
    with pytest.raises(NotFound, match="the sets are test-set"):
        parse_set(VIEW, "no-set")
    with pytest.raises(NotFound, match=r"the list of ids .* cannot be read: is a directory$"):
        parse_set(VIEW, f"@{tmp_path}")
    listed.write_bytes(b"\xff\xfe")
    with pytest.raises(BadInput, match="is not UTF-8 text"):
        parse_set(VIEW, f"@{listed}")
