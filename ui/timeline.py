"""Measures over time as a chart: lanes of bars, and the day asked about as a line.

Text from data is drawn as text marks and tooltips, which show it letter by letter; none of it
enters an expression.
"""

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import cast

import altair as alt

from graph.dates import iso
from graph.lanes import ENDING, INTERVAL, SIGHTING, Lanes, Mark

ROW = 24
_AROUND = 80  # pixels for the day above, the years and the legend below
_LANE_AT, _PROGRAMME_AT = -268, -12  # pixels left of the first day
_COLOURS = {  # light, dark
    "listing": ("#c2410c", "#f97316"),
    "party-order": ("#7c3aed", "#a78bfa"),
    "goods-rule": ("#1d4ed8", "#60a5fa"),
    "authorisation": ("#15803d", "#4ade80"),
    "carve-out": ("#a16207", "#facc15"),
    "other": ("#64748b", "#94a3b8"),
}
_INK = ("#31333f", "#e5e7eb")
_FAINT = ("#e5e7eb", "#3f3f46")
_PAPER = ("#ffffff", "#1a1a18")
_TIPS = [
    alt.Tooltip(f"{name}:N", title=title)
    for name, title in (
        *(("lane", "law"), ("programme", "programme"), ("text", "text")),
        *(("action", "action"), ("dates", "dates"), ("state", "on the date"), ("scope", "scope")),
    )
]
_STATES = {True: "in force", False: "not in force", None: "unknown"}
Row = Mapping[str, str | int]


def chart(drawn: Lanes, as_of: dt.date, dark: bool) -> alt.LayerChart:
    """The timeline of some measures on a day."""
    layers = _Layers(drawn, as_of, dark)
    drawn_over = alt.layer(*layers.names(), *layers.bars(), *layers.points(), *layers.day())
    return cast(alt.LayerChart, drawn_over).properties(
        height=ROW * len(drawn.tracks) + _AROUND,
        padding={"left": 2, "right": 10, "top": 4, "bottom": 0},
    )


def _range(marks: Sequence[Mark], as_of: int) -> tuple[int, int]:
    """From a little before the first day to a little after the last one."""
    days = [as_of, *(day for mark in marks for day in (mark.first, mark.last) if day is not None)]
    air = max(40, (max(days) - min(days)) // 25)
    return min(days) - air, max(days) + air


def _row(mark: Mark, drawn: Lanes, last: int) -> Row:
    measure = mark.measure
    start = measure.start or f"seen {measure.observed_from}"
    seen = f", last seen {measure.observed_to}" if measure.observed_to else ""
    return {
        "form": mark.form if measure.start or mark.form != INTERVAL else "unstarted",
        "track": mark.track,
        "start": iso(mark.first),
        "end": iso(last if mark.last is None else mark.last),
        "open": "open" if mark.last is None else "",
        "kind": mark.kind if mark.kind in _COLOURS else "other",
        "lane": f"{measure.regime} · {measure.layer}",
        "programme": measure.programme,
        "text": measure.text[:160],
        "action": measure.action,
        "dates": f"{start} to {measure.end or 'open'}{seen}",
        "state": _STATES[measure.in_force],
        "scope": measure.scope[:160],
    }


class _Layers:
    """The layers of one chart, which share their scales."""

    def __init__(self, drawn: Lanes, as_of: dt.date, dark: bool) -> None:
        first, last = _range(drawn.marks, as_of.toordinal())
        self.drawn, self.as_of, self.dark = drawn, as_of, dark
        self.rows = [_row(mark, drawn, last) for mark in drawn.marks]
        self.x = alt.X(
            "start:T",
            title=None,
            scale=alt.Scale(domain=[iso(first), iso(last)], nice=False),
            axis=_axis(last - first, dark),
        )
        self.y = alt.Y("track:O", axis=None, scale=alt.Scale(domain=list(range(len(drawn.tracks)))))
        used = [kind for kind in _COLOURS if any(row["kind"] == kind for row in self.rows)]
        self.scale = alt.Scale(domain=used, range=[_COLOURS[kind][dark] for kind in used])
        self.colour = alt.Color("kind:N", scale=self.scale, legend=_legend(dark))
        self.stroke = alt.Stroke("kind:N", scale=self.scale, legend=None)

    def _of(self, *forms: str) -> alt.Chart:
        return _given([row for row in self.rows if row["form"] in forms])

    def bars(self) -> list[alt.Chart]:
        """Intervals as bars, hollow where the start is unknown; an open end is an arrow."""
        x, y = self.x, self.y
        solid = self._of(INTERVAL).mark_bar(height=12, cornerRadius=2, opacity=0.85)
        hollow = self._of("unstarted").mark_bar(
            height=11, cornerRadius=2, filled=False, strokeWidth=1.5, strokeDash=[3, 2]
        )
        edge = self._of(INTERVAL).mark_tick(thickness=2, height=16, opacity=1)
        arrow = _given([row for row in self.rows if row["open"]]).mark_point(
            shape="triangle-right", size=130, filled=True, opacity=1
        )
        return [
            solid.encode(x=x, x2="end:T", y=y, color=self.colour, tooltip=_TIPS),
            hollow.encode(x=x, x2="end:T", y=y, stroke=self.stroke, tooltip=_TIPS),
            edge.encode(x=x, y=y, color=self.colour, tooltip=_TIPS),
            arrow.encode(x=alt.X("end:T"), y=y, color=self.colour, tooltip=_TIPS),
        ]

    def points(self) -> list[alt.Chart]:
        """Sightings as hollow circles, endings as crosses."""
        x, y = self.x, self.y
        seen = self._of(SIGHTING).mark_point(
            shape="circle", size=70, strokeWidth=2, fill=_PAPER[self.dark], opacity=1
        )
        ended = self._of(ENDING).mark_point(
            shape="cross", size=110, angle=45, filled=True, opacity=1
        )
        return [
            seen.encode(x=x, y=y, stroke=self.stroke, tooltip=_TIPS),
            ended.encode(x=x, y=y, color=alt.value(_INK[self.dark]), tooltip=_TIPS),
        ]

    def names(self) -> list[alt.Chart]:
        """Whose law and which layer, then the programme, left of the first day; a line above."""
        tracks = list(enumerate(self.drawn.tracks))
        lanes = _given([{"track": at, "name": track.lane} for at, track in tracks if track.lane])
        programmes = _given([{"track": at, "name": track.programme} for at, track in tracks])
        top = alt.Y("track:O", axis=None, bandPosition=0)
        line = lanes.mark_rule(color=_FAINT[self.dark])
        bold = lanes.mark_text(
            align="left", fontWeight="bold", limit=136, fontSize=12, color=_INK[self.dark]
        )
        small = programmes.mark_text(align="right", limit=124, fontSize=12, color=_INK[self.dark])
        return [
            line.encode(x=alt.value(_LANE_AT), x2=alt.value("width"), y=top),
            bold.encode(x=alt.value(_LANE_AT), y=self.y, text="name:N"),
            small.encode(x=alt.value(_PROGRAMME_AT), y=self.y, text="name:N"),
        ]

    def day(self) -> list[alt.Chart]:
        """The day asked about."""
        ink, iso_day = _INK[self.dark], self.as_of.isoformat()
        given = _given([{"start": iso_day}])
        line = given.mark_rule(color=ink, strokeDash=[5, 3], strokeWidth=1.5)
        name = given.mark_text(baseline="bottom", dy=-5, color=ink, fontWeight="bold", text=iso_day)
        return [line.encode(x=self.x), name.encode(x=self.x, y=alt.value(0))]


def _given(rows: Sequence[Row]) -> alt.Chart:
    return alt.Chart(alt.InlineData(values=list(rows)))


def _axis(days: int, dark: bool) -> alt.Axis:
    """Years, or every third month where there are few years."""
    years = days > 3 * 366
    return alt.Axis(
        format="%Y" if years else "%Y-%m",
        tickCount="year" if years else alt.TimeIntervalStep(interval="month", step=3),
        grid=True,
        gridColor=_FAINT[dark],
        labelColor=_INK[dark],
    )


def _legend(dark: bool) -> alt.Legend:
    return alt.Legend(
        orient="bottom", title=None, symbolType="square", offset=10, labelColor=_INK[dark]
    )
