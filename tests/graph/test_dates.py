"""Partial dates are spans; states are half-open; inside a partial start or end nothing is certain."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.dates import NO_END, NO_START, Holds, day_of, event_span, holds, iso, known, parse
from graph.exc import BadInput


def day(text: str) -> int:
    return dt.date.fromisoformat(text).toordinal()


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2024", "2024-01-01", "2024-12-31"),
        ("2024-02", "2024-02-01", "2024-02-29"),
        ("2023-02", "2023-02-01", "2023-02-28"),
        ("2025-09-12", "2025-09-12", "2025-09-12"),
    ],
)
def test_partial_date_is_the_span_of_its_days(text: str, first: str, last: str) -> None:
    assert (parse(text).first, parse(text).last) == (day(first), day(last))
    assert day_of(text) == day(last)


@pytest.mark.parametrize(
    "text",
    [
        *("", "24", "2024-13", "2024-00", "2023-02-29", "2024-1", "2024/01/01", "2024-01-01T00"),
        *("0000", "٢٠٢٤", "2024-06-31", " 2024", "9999", "today"),
    ],
)
def test_what_is_no_date_is_refused_in_words(text: str) -> None:
    with pytest.raises(BadInput, match="is no date: write YYYY"):
        parse(text)


@given(st.text())
def test_any_text_is_a_date_or_refused(text: str) -> None:
    try:
        span = parse(text)
    except BadInput:
        return
    assert span.first <= span.last


@given(st.dates(min_value=dt.date(1000, 1, 1), max_value=dt.date(9998, 12, 31)))
def test_day_month_and_year_nest(date: dt.date) -> None:
    text = date.isoformat()
    assert parse(text).exact
    assert iso(parse(text).first) == text
    for shorter in (text[:7], text[:4]):
        assert parse(shorter).first <= parse(text).first <= parse(shorter).last


@pytest.mark.parametrize(
    ("start", "end", "on", "answer"),
    [
        ("2022-06-16", "2022-12-13", "2022-06-15", Holds.NO),
        ("2022-06-16", "2022-12-13", "2022-06-16", Holds.YES),
        ("2022-06-16", "2022-12-13", "2022-12-12", Holds.YES),
        ("2022-06-16", "2022-12-13", "2022-12-13", Holds.NO),
        ("2023-12", "", "2023-11-30", Holds.NO),
        ("2023-12", "", "2023-12-01", Holds.UNCERTAIN),
        ("2023-12", "", "2023-12-31", Holds.YES),
        ("", "2024-12", "2024-11-30", Holds.YES),
        ("", "2024-12", "2024-12-15", Holds.UNCERTAIN),
        ("", "2024-12", "2025-01-01", Holds.NO),
        ("2024-12", "2024-12", "2024-12-15", Holds.UNCERTAIN),
        ("", "", "1999-01-01", Holds.YES),
    ],
)
def test_state_holds_in_its_half_open_interval(
    start: str, end: str, on: str, answer: Holds
) -> None:
    assert holds(start, end, day(on)) is answer


def test_event_without_an_end_is_open() -> None:
    assert event_span("2023-09", "").last == NO_END
    assert event_span("", "2024-01").first == NO_START
    assert event_span("2023", "2023-06") == event_span("2023-01-01", "2023-06-30")


@pytest.mark.parametrize(
    ("published", "known_at", "answer"),
    [
        ("2024-05", None, True),
        ("", None, True),
        ("", "2030-01-01", False),
        ("2024-05", "2024-05-30", False),
        ("2024-05", "2024-05-31", True),
    ],
)
def test_known_is_published_by_then(published: str, known_at: str | None, answer: bool) -> None:
    assert known(published, day(known_at) if known_at else None) is answer
