"""What the Relief page asks: the measures and how the law is compared, beside the ends."""

import streamlit as st

from graph.law.regimes import shipped
from graph.law.relief import switchable
from graph.store import Reader
from ui import links
from ui.text import bare
from ui.workbench.desk import Desk

DESK = Desk("relief", links.RELIEF)
_COMPARED = {False: "with the measures off", True: "on the day before"}


def restore(reader: Reader) -> list[str]:
    """Take the question from the address; returns what could not be used. See `Desk.restore`."""
    titles = switchable(shipped.law())
    faults = DESK.restore(reader, titles)
    # A rule that has left the files since it was chosen would be no choice of its box.
    chosen = st.session_state["relief.measures"]
    st.session_state["relief.measures"] = [name for name in chosen if name in titles]
    return faults


def switch() -> None:
    """What is asked, the two states of the law that are compared, and by which measures they differ."""
    title, how, day = st.columns([3.4, 1.3, 1.1], vertical_alignment="bottom")
    title.subheader("What a measure opened", anchor=False)
    by_day = how.selectbox(
        "Compared", list(_COMPARED), format_func=_COMPARED.__getitem__, key="relief.day_before"
    )
    day.date_input(
        "As of",
        key="relief.as_of",
        min_value=links.FIRST_DAY,
        max_value=links.LAST_DAY,
        format="YYYY-MM-DD",
        disabled=by_day,
        help="Left empty: the day on which the last of the measures took effect.",
    )
    titles = switchable(shipped.law())
    st.multiselect(
        "Measures",
        list(titles),
        format_func=lambda name: bare(f"{titles[name]} · {name}"),
        key="relief.measures",
        placeholder="a licence or a prohibition, or several",
    )
