"""Measures over time as lanes: one lane a regime and layer, in it one or more tracks a programme.

A renewal goes on in the track of what it renews; what runs beside it gets a track of its own.
Intervals are half-open. An entry that was only seen on a list has no start: it is a sighting.
"""

from collections.abc import Iterable, Iterator, Sequence

import msgspec

from graph.dates import parse
from graph.listed import ENDINGS
from graph.show import ShownMeasure

INTERVAL, SIGHTING, ENDING = "interval", "sighting", "ending"
_GOES_ON = ("renewed", "modified")
_CARVE_OUT = {"forbidden": "carve-out"}


class Mark(msgspec.Struct, frozen=True, kw_only=True):
    """Something to draw on a track: an interval, a sighting or an ending.

    Attributes:
        first: the ordinal of its first day.
        last: the first day on which it no longer holds; None for an open end.
        kind: that of the measure, or carve-out for what a licence takes back out.
    """

    form: str
    track: int
    first: int
    last: int | None
    kind: str
    measure: ShownMeasure


class Track(msgspec.Struct, frozen=True, kw_only=True):
    """A row: `lane` and `programme` are empty where the row above already says them."""

    lane: str
    programme: str


class Lanes(msgspec.Struct, frozen=True, kw_only=True):
    """Everything to draw, and the measures that have no date to draw them at."""

    tracks: tuple[Track, ...]
    marks: tuple[Mark, ...]
    undated: tuple[ShownMeasure, ...]


def lanes(measures: Iterable[ShownMeasure]) -> Lanes:
    """The lanes of some measures: regimes, lanes and programmes by their first day."""
    dated = [measure for measure in measures if _begins(measure)]
    undated = tuple(measure for measure in measures if not _begins(measure))
    lane_of: dict[tuple[str, str], dict[str, list[ShownMeasure]]] = {}
    for measure in sorted(dated, key=lambda m: (_first(m), m.action in _CARVE_OUT, m.id)):
        programmes = lane_of.setdefault((measure.regime, measure.layer), {})
        programmes.setdefault(measure.programme or measure.regime, []).append(measure)
    regimes = list(dict.fromkeys(regime for regime, _ in lane_of))
    tracks: list[Track] = []
    marks: list[Mark] = []
    for regime, layer in sorted(lane_of, key=lambda lane: regimes.index(lane[0])):
        lane = f"{regime} · {layer}"
        for programme, rows in lane_of[regime, layer].items():
            packed = _Programme(len(tracks))
            marks += packed.marks(rows)
            for _ in range(packed.height):
                tracks.append(Track(lane=lane, programme=programme))
                lane = programme = ""
    return Lanes(tracks=tuple(tracks), marks=tuple(marks), undated=undated)


def _begins(measure: ShownMeasure) -> str:
    return measure.start or measure.observed_from


def _first(measure: ShownMeasure) -> int:
    return parse(_begins(measure)).first


class _Programme:
    """Lays the rows of one programme on as few tracks as do not overlap."""

    def __init__(self, first_track: int) -> None:
        self.first_track = first_track
        self.tracks: list[list[Mark]] = []

    @property
    def height(self) -> int:
        return max(1, len(self.tracks))

    def marks(self, rows: Sequence[ShownMeasure]) -> Iterator[Mark]:
        """The marks of rows that are sorted by first day."""
        points = [row for row in rows if not row.start or row.action in ENDINGS]
        for row in rows:
            if row not in points:
                self._lay(row)
        drawn = [mark for track in self.tracks for mark in track]
        yield from drawn
        for row in points:
            yield from self._points(row, drawn)

    def _lay(self, row: ShownMeasure) -> None:
        first = _first(row)
        last = parse(row.end).first if row.end else None
        place = self._place(row, first)
        mark = _mark(INTERVAL, self.first_track + place, first, last, row)
        if place == len(self.tracks):
            self.tracks.append([])
        elif (before := self.tracks[place][-1]).last is None or before.last > first:
            self.tracks[place][-1] = msgspec.structs.replace(before, last=first)
        self.tracks[place].append(mark)

    def _place(self, row: ShownMeasure, first: int) -> int:
        """The first track that is free, or that holds what the row renews; else a new one."""
        for place, track in enumerate(self.tracks):
            ended = track[-1].last is not None and track[-1].last <= first
            if ended or (row.action in _GOES_ON and track[-1].first < first):
                return place
        return len(self.tracks)

    def _points(self, row: ShownMeasure, drawn: list[Mark]) -> Iterator[Mark]:
        """An ending on the track it ends; a sighting on the first one, open when nothing else is."""
        first = _first(row)
        if row.action in ENDINGS:
            ended = (mark.track for mark in drawn if mark.last == first)
            yield _mark(ENDING, next(ended, self.first_track), first, first, row)
            return
        covered = any(mark.first <= first and (mark.last or first + 1) > first for mark in drawn)
        if not covered:
            drawn.append(_mark(INTERVAL, self.first_track, first, None, row))
            yield drawn[-1]
        for seen in dict.fromkeys((row.observed_from, row.observed_to or row.observed_from)):
            day = parse(seen).first
            yield _mark(SIGHTING, self.first_track, day, day, row)


def _mark(form: str, track: int, first: int, last: int | None, row: ShownMeasure) -> Mark:
    kind = _CARVE_OUT.get(row.action, row.kind)
    return Mark(form=form, track=track, first=first, last=last, kind=kind, measure=row)
