"""The law upon an entity over time: a chart, a table, and the classes that hold it."""

import datetime as dt
from collections import Counter

import streamlit as st

from graph.classes import classes_over
from graph.lanes import lanes
from graph.show import Shown, ShownMeasure
from graph.store import Reader
from ui import timeline, widgets

_STATES = {True: "in force", False: "not in force", None: "unknown"}


def draw(reader: Reader, shown: Shown, as_of: dt.date) -> None:
    """The section."""
    st.markdown(f"#### Measures over time ({len(shown.measures)})")
    if shown.measures:
        _measures(shown, as_of)
    else:
        st.caption("None upon this entity is loaded. That is not the same as none in force.")
    _classes(reader, shown.entity.id, as_of)


def _measures(shown: Shown, as_of: dt.date) -> None:
    states = Counter(_STATES[measure.in_force] for measure in shown.measures)
    counted = " · ".join(f"**{states[s]}** {s}" for s in _STATES.values() if states[s])
    st.markdown(f"On {as_of}: {counted}")
    drawn = lanes(shown.measures)
    if drawn.marks:
        dark = st.context.theme.type == "dark"
        st.altair_chart(timeline.chart(drawn, as_of, dark), width="stretch")
        st.caption(
            "An arrow is an open end, a cross an ending, a circle a day on which a list was seen; "
            "a hollow bar has no known start. A partial date is drawn at its first day."
        )
    if drawn.undated:
        st.caption(f"{len(drawn.undated)} without any date: in the table only.")
    with st.expander(
        f"Table of the measures ({len(shown.measures)}), with their texts and sources"
    ):
        st.dataframe(
            [_row(measure) for measure in shown.measures],
            hide_index=True,
            width="stretch",
            column_config=widgets.LINK_COLUMN,
        )


def _row(measure: ShownMeasure) -> dict[str, str]:
    return {
        "from": measure.start or f"seen {measure.observed_from}".removesuffix("seen "),
        "until": measure.end,
        "on the date": _STATES[measure.in_force],
        "regime": measure.regime,
        "layer": measure.layer,
        "programme": measure.programme,
        "action": measure.action,
        "scope": measure.scope,
        "text": measure.text,
        "url": measure.url,
        "last seen": measure.observed_to,
    }


def _classes(reader: Reader, entity_id: str, as_of: dt.date) -> None:
    """Measures that name a class, not this entity, and hold for it all the same."""
    held = [(c, len(reader.measures_upon(c.id))) for c in classes_over(reader, (entity_id,))]
    held = [(law_class, count) for law_class, count in held if count]
    if not held:
        return
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.markdown("Also upon classes that hold it:", width="content")
        for law_class, count in held:
            label = f"{count}: {law_class.name}"
            widgets.entity_link(law_class.id, label, as_of.isoformat(), most=90)
