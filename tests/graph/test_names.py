"""Spellings of one name fold alike, whatever the script; hostile text never raises."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.names import caption, fold, similarity


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Белавия", "Belaviya"),
        ("Белавія", "Belavia"),
        ("Аэрофлот", "Aeroflot"),
        ("Победа", "POBEDA"),
        ("С7 Инжиниринг", "S7 Inzhiniring"),
        ("Havaş", "HAVAS"),
        ("Rolls-Royce", "rolls royce"),
        ("EW-254PA", "ew 254pa"),
    ],
)
def test_spellings_fold_alike(one: str, other: str) -> None:
    assert fold(one) == fold(other)


@pytest.mark.parametrize(
    ("one", "other"), [("Belavia", "Belawia"), ("Беловия", "Белавия"), ("Aeroflot", "Aeroflt")]
)
def test_near_spellings_are_similar(one: str, other: str) -> None:
    assert similarity(one, other) >= 85


def test_other_names_are_not_similar() -> None:
    assert similarity("Belavia", "Turboshaft") < 50


@given(st.text())
def test_folding_is_idempotent_and_never_raises(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@pytest.mark.parametrize("mark", ["\u202e", "\u200b", "\u2066", "\ufeff", "\x00", "\x1b"])
def test_marks_that_hide_or_steer_vanish(mark: str) -> None:
    assert fold(f"Bel{mark}avia") == "belavia"


@pytest.mark.parametrize(
    ("name", "short"),
    [
        ("Open Joint Stock Company Belavia Belarusian Airlines", "Belavia Belarusian Airlines"),
        ("PJSC Aeroflot - Russian Airlines", "Aeroflot - Russian Airlines"),
        ("MIC P&I, LLC", "MIC P&I"),
        ("Mitsubishi Heavy Industries, Ltd.", "Mitsubishi Heavy Industries"),
        ("The Boeing Company", "The Boeing Company"),
        ("LLC", "LLC"),
        ("", ""),
    ],
)
def test_caption_is_the_name_people_use(name: str, short: str) -> None:
    assert caption(name) == short
