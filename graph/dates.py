"""Partial dates, spans of days, and what holds on a date.

A day is an ordinal of the proleptic Gregorian calendar (`datetime.date.toordinal`). A partial date
(`2025`, `2025-09`) is the span of all its days (ISO 8601 reduced precision). An interval of a state
is half-open, `[start, end)`: on its end day it holds no more.
"""

import datetime as dt
import enum
import re
from calendar import monthrange
from functools import lru_cache

import msgspec

from graph.exc import BadInput

NO_START = dt.date.min.toordinal()
NO_END = dt.date.max.toordinal()
_PARTIAL = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?", re.ASCII)


class Span(msgspec.Struct, frozen=True, order=True, gc=False):
    """All days from `first` to `last`, both included."""

    first: int
    last: int

    @property
    def exact(self) -> bool:
        """True when the span is one day."""
        return self.first == self.last


class Holds(enum.Enum):
    """Whether a state holds on a day."""

    YES = "yes"
    NO = "no"
    UNCERTAIN = "uncertain"


@lru_cache(maxsize=65536)
def parse(text: str) -> Span:
    """The span of a partial date.

    Raises:
        BadInput: when `text` is not `YYYY`, `YYYY-MM` or `YYYY-MM-DD`, or no day of the calendar.
    """
    match = _PARTIAL.fullmatch(text)
    try:
        if match is None:
            raise ValueError
        year, month, day = (int(part) if part else None for part in match.groups())
        assert year is not None
        if not 1000 <= year <= 9998:
            raise ValueError
        if month is None:
            return Span(dt.date(year, 1, 1).toordinal(), dt.date(year, 12, 31).toordinal())
        if day is None:
            start = dt.date(year, month, 1).toordinal()
            return Span(start, start + monthrange(year, month)[1] - 1)
        return Span(*(dt.date(year, month, day).toordinal(),) * 2)
    except ValueError:
        raise BadInput(f"{text!r} is no date: write YYYY, YYYY-MM or YYYY-MM-DD") from None


def day_of(text: str) -> int:
    """The one day that an as-of or known-at date names; a partial date means its last day.

    Raises:
        BadInput: as `parse`.
    """
    return parse(text).last


def iso(day: int) -> str:
    """A day as `YYYY-MM-DD`."""
    return dt.date.fromordinal(day).isoformat()


def today() -> str:
    """The current day as `YYYY-MM-DD`, by the clock of this machine."""
    return dt.datetime.now().astimezone().date().isoformat()


def event_span(start: str, end: str) -> Span:
    """The days on which an event, or hand-overs within a period, can have happened.

    A missing start or end is open: nothing is known to bound the event on that side.
    """
    first = parse(start).first if start else NO_START
    last = parse(end).last if end else NO_END
    return Span(first, last)


def holds(start: str, end: str, day: int) -> Holds:
    """Whether a state with the half-open interval `[start, end)` holds on `day`.

    An empty start or end is open. Inside a start or end known to the month or year only the answer
    is `UNCERTAIN`.
    """
    answers = {_since(start, day), _until(end, day)}
    if Holds.NO in answers:
        return Holds.NO
    return Holds.UNCERTAIN if Holds.UNCERTAIN in answers else Holds.YES


def _since(start: str, day: int) -> Holds:
    if not start:
        return Holds.YES
    span = parse(start)
    if day < span.first:
        return Holds.NO
    return Holds.UNCERTAIN if day < span.last else Holds.YES


def _until(end: str, day: int) -> Holds:
    if not end:
        return Holds.YES
    span = parse(end)
    if span.exact:
        return Holds.NO if day >= span.first else Holds.YES
    if day > span.last:
        return Holds.NO
    return Holds.UNCERTAIN if day >= span.first else Holds.YES


def known(published: str, known_at: int | None) -> bool:
    """Whether a claim published on `published` was known on the day `known_at`.

    Without `known_at` every claim is known; with one, an undated claim is not, and a partial date
    counts from its last day.
    """
    if known_at is None:
        return True
    return bool(published) and parse(published).last <= known_at
