"""The question above the Routes page beside its ends: its date, its rules and filters."""

import datetime as dt

import streamlit as st

from graph.cost import MAX_HOPS
from graph.kinds import CERTAINTIES
from graph.rules import RULES
from graph.store import Reader
from ui import links
from ui.text import plain
from ui.workbench.desk import Desk

DESK = Desk("routes", links.ROUTES)
_LONGEST = 96
_FILTERS = (
    *("max_hops", "max_possible", "goods", "certainty", "known_at", "contested", "any_order"),
    *("distinct", "lawful_until_last"),
)


def restore(reader: Reader) -> list[str]:
    """Take the question from the address; returns what could not be used. See `Desk.restore`."""
    return DESK.restore(reader, RULES)


def filters() -> None:
    """Rules and filters, behind one button that says what differs."""
    changed = _changed()
    # A closed popover has no widgets in the browser: what they hold must come with every run, or they
    # open with the values that widgets have by default, and send those back.
    for name in _FILTERS:
        st.session_state[f"routes.{name}"] = st.session_state[f"routes.{name}"]
    for name in RULES:
        st.session_state[f"routes.rule.{name}"] = name in st.session_state["routes.rules"]
    said = f" ({changed} changed)" if changed else ""
    with st.popover(f"Rules and filters{said}", width="stretch"):
        st.markdown("**Possible hops by**")
        for name, rule in RULES.items():
            st.checkbox(rule.title, key=f"routes.rule.{name}", help=rule.why, on_change=_rules)
        st.slider("Most hops", 1, MAX_HOPS, key="routes.max_hops")
        st.slider("Most possible hops", 0, MAX_HOPS, key="routes.max_possible")
        st.text_input("Goods (HS code)", key="routes.goods", placeholder="8807")
        st.selectbox(
            "Least certainty of a hop",
            ["", *CERTAINTIES[2::-1]],
            key="routes.certainty",
            format_func=lambda word: word or "any",
        )
        st.date_input(
            "Known by",
            key="routes.known_at",
            min_value=links.FIRST_DAY,
            max_value=links.LAST_DAY,
            format="YYYY-MM-DD",
            help="Use only what had been published by this day.",
        )
        st.toggle("Use contested claims", key="routes.contested")
        st.toggle("Dates in any order", key="routes.any_order")
        st.toggle(
            "New intermediaries only",
            key="routes.distinct",
            help="Leave out routes that pass the same parties as a cheaper one.",
        )
        st.toggle(
            "Lawful up to the last hop",
            key="routes.lawful_until_last",
            help="Only lines whose hops are all licensed or permitted but the last, prohibited one.",
        )


def _rules() -> None:
    chosen = tuple(rule for rule in RULES if st.session_state[f"routes.rule.{rule}"])
    st.session_state["routes.rules"] = chosen


def _changed() -> int:
    fields = ("rules", *_FILTERS)
    return sum(st.session_state[f"routes.{f}"] != getattr(links.FIRST, f) for f in fields)


def as_of(changes: dict[dt.date, str]) -> None:
    """The date asked about: a field for any day, and a slider that stops where something changes."""
    day: dt.date = st.session_state["routes.as_of"]
    field, slider, button = st.columns([1.3, 6.2, 1.8], vertical_alignment="bottom")
    field.date_input(
        "As of",
        key="routes.as_of",
        min_value=links.FIRST_DAY,
        max_value=links.LAST_DAY,
        format="YYYY-MM-DD",
    )
    stops = sorted({*changes, day})
    if st.session_state.get("routes.stop") != day:
        st.session_state["routes.stop"] = day
    with slider.container(key="routes-stops", gap="xsmall"):
        st.caption(_said(changes, day))
        if len(stops) > 1:
            st.select_slider(
                "Days on which something changes for these parties",
                stops,
                key="routes.stop",
                format_func=dt.date.isoformat,
                on_change=_stop,
                label_visibility="collapsed",
            )
    with button:
        filters()


def _stop() -> None:
    st.session_state["routes.as_of"] = st.session_state["routes.stop"]


def _said(changes: dict[dt.date, str], day: dt.date) -> str:
    """What changed last, and when something changes next, in one line."""
    before = max((d for d in changes if d <= day), default=None)
    after = min((d for d in changes if d > day), default=None)
    parts = []
    if before is not None:
        parts.append(f"{'On' if before == day else 'Since'} {before}: {_cut(changes[before])}")
    if after is not None:
        parts.append(f"next change {after}")
    return plain("; ".join(parts) or "Nothing changes for these parties.")


def _cut(text: str) -> str:
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1].rstrip()}…"
