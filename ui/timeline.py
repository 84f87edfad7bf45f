"""Measures over time as a chart: a row a programme, a bar an interval, open ends to today."""

import datetime as dt
from collections.abc import Iterable

import altair as alt

from graph.dates import iso, parse
from graph.show import ShownMeasure

_COLOURS = {
    "listing": "#c2410c",
    "party-order": "#7c3aed",
    "goods-rule": "#1d4ed8",
    "authorisation": "#15803d",
    "other": "#64748b",
}


def bars(measures: Iterable[ShownMeasure], today: dt.date) -> list[dict[str, str]]:
    """The rows of the chart. A measure without any date has no bar; an ending is a bar of a day."""
    rows = []
    for measure in measures:
        start = measure.start or measure.observed_from
        if not start:
            continue
        first = iso(parse(start).first)
        ended = iso(parse(measure.end).first) if measure.end else ""
        open_end = today.isoformat() if measure.in_force is not False else first
        rows.append(
            {
                "row": f"{measure.regime} · {measure.programme or measure.layer}",
                "start": first,
                "end": max(ended or open_end, first),
                "kind": measure.kind if measure.kind in _COLOURS else "other",
                "action": measure.action,
                "scope": measure.scope[:160],
                "dates": f"{start} to {measure.end or ('open' if measure.in_force else '?')}",
            }
        )
    return rows


def chart(measures: Iterable[ShownMeasure]) -> alt.LayerChart | alt.FacetChart:
    """The timeline. Text in it is drawn, never run."""
    rows = alt.InlineData(values=bars(measures, dt.date.today()))
    base = alt.Chart(rows)
    x = alt.X("start:T", title=None)
    y = alt.Y("row:N", title=None, axis=alt.Axis(labelLimit=260))
    colour = alt.Color(
        "kind:N",
        scale=alt.Scale(domain=list(_COLOURS), range=list(_COLOURS.values())),
        legend=alt.Legend(orient="bottom", title=None),
    )
    tips = ["row:N", "action:N", "dates:N", "scope:N"]
    spans = base.mark_bar(height=11, opacity=0.75, cornerRadius=2).encode(
        x=x, x2="end:T", y=y, color=colour, tooltip=tips
    )
    starts = base.mark_tick(thickness=3, height=15).encode(x=x, y=y, color=colour, tooltip=tips)
    return alt.layer(spans, starts)
