"""Identifiers as they stand in curated cells."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.identifiers import hs, parse_identifiers, tail
from graph.model import Identifier


def test_cell_of_several_identifiers() -> None:
    cell = "IATA:B2; ICAO: BRU; INN 5009049835; BY tax 600436180; Smolevichi"
    assert parse_identifiers(cell) == (
        Identifier("IATA", "B2"),
        Identifier("ICAO", "BRU"),
        Identifier("INN", "5009049835"),
        Identifier("BY tax", "600436180"),
        Identifier("other", "Smolevichi"),
    )


@given(st.text())
def test_nothing_of_a_cell_is_dropped(cell: str) -> None:
    pieces = [piece.strip() for piece in cell.split(";") if piece.strip()]
    found = parse_identifiers(cell)
    assert len(found) == len(pieces)
    for identifier, piece in zip(found, pieces, strict=True):
        assert identifier.value in piece


@pytest.mark.parametrize(
    ("code", "digits"),
    [("8807.30", "880730"), ("88", "88"), ("8411 91", "841191"), ("8", ""), ("88x", ""), ("", "")],
)
def test_harmonized_system_codes(code: str, digits: str) -> None:
    assert hs.digits(code) == digits


@pytest.mark.parametrize(
    ("mark", "country"),
    [
        *(("EW-254PA", "BY"), ("RA-73700", "RU"), ("VP-BJR", "BM"), ("C5-TAB", "GM")),
        *(("N12345", "US"), ("P4-BDL", "AW"), ("", None), ("EW254PA", None), ("ZZ-1", None)),
    ],
)
def test_country_of_a_registration(mark: str, country: str | None) -> None:
    assert tail.country(mark) == country


def test_compact_mark_has_no_hyphen() -> None:
    assert tail.compact("ew-254pa") == "EW254PA"
