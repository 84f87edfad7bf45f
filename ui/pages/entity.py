"""Entity: who somebody is, what law says of them over time, their aircraft and their relations."""

import datetime as dt

import streamlit as st

from graph import aircraft, dates
from graph.exc import BadInput, NotFound
from graph.kinds import EntityKind
from graph.portrait import families
from graph.show import Shown, show
from graph.store import Hit, Reader
from ui import links, session, widgets
from ui.entity import aircraft as hangar
from ui.entity import head, law, relations
from ui.text import plain, spaced

HITS = 8


def main() -> None:
    """The page."""
    reader = session.reader()
    asked = st.query_params.get("id", "")
    box, day = st.columns([4, 1])
    with day:
        as_of = _as_of()
    with box:
        text = _text(asked)
    hits = _search(reader, text, as_of)
    if not asked:
        if not text:
            st.info("Search for a name, an alias, a registration, a serial number or a code.")
        return
    try:
        shown = show(reader, asked, as_of.toordinal())
    except NotFound as error:
        if not hits:
            st.warning(plain(error))
        return
    # Always written: a link from this page to itself changes the address only so.
    st.query_params["as_of"] = st.session_state["entity.link"] = as_of.isoformat()
    head.draw(reader, shown)
    law.draw(reader, shown, as_of)
    apart = _aircraft(reader, shown, as_of)
    relations.draw(families(shown, apart), as_of.isoformat())


def _as_of() -> dt.date:
    """The day asked about: from the address when that has changed, else from the box."""
    given = st.query_params.get("as_of", "")
    if given and given != st.session_state.get("entity.link"):
        try:
            day = dt.date.fromordinal(dates.day_of(given))
            st.session_state["entity.as_of"] = min(max(day, links.FIRST_DAY), links.LAST_DAY)
        except BadInput:
            st.warning(f"The link's date ({plain(given[:40])}) is none: left out.")
    return st.date_input(
        "As of",
        key="entity.as_of",
        min_value=links.FIRST_DAY,
        max_value=links.LAST_DAY,
        format="YYYY-MM-DD",
        help="Which measures are in force and which relations hold on this day.",
    )


def _text(asked: str) -> str:
    """The search box, which is emptied when another entity is opened."""
    if asked != st.session_state.get("entity.shown"):
        st.session_state["entity.shown"] = asked
        st.session_state["entity.text"] = ""
    return st.text_input(
        "Find", key="entity.text", placeholder="Белавия, aeroflot, EW-254PA, 26294, SU …"
    ).strip()


def _search(reader: Reader, text: str, as_of: dt.date) -> tuple[Hit, ...]:
    """The hits as a list: name, kind, country, why it was found."""
    hits = reader.search(text, HITS) if text else ()
    if text and not hits:
        st.info("Nothing found: try a shorter or another spelling.")
    if hits:
        with st.container(border=True, gap="xsmall"):
            for hit in hits:
                _hit(reader, hit, as_of)
    return hits


def _hit(reader: Reader, hit: Hit, as_of: dt.date) -> None:
    name, kind, why = st.columns([3, 2, 3], vertical_alignment="center")
    with name:
        widgets.entity_link(hit.id, hit.name, as_of.isoformat(), most=50)
    kind.caption(plain(" · ".join(filter(None, (spaced(hit.kind), hit.country)))))
    why.caption(plain(hit.why))
    if hit.kind == EntityKind.PERSON:
        st.caption(plain(reader.entity(hit.id).person_basis))


def _aircraft(reader: Reader, shown: Shown, as_of: dt.date) -> frozenset[str]:
    """What an operator flies or who flew an aircraft; returns the kinds of edges told there."""
    day = as_of.isoformat()
    if shown.entity.kind == EntityKind.AIRCRAFT:
        hangar.draw_operators(aircraft.operators_of(reader, shown, as_of.toordinal()), day)
        return frozenset(("operates",))
    operated = aircraft.aircraft_of(reader, shown)
    pictures = aircraft.pictures(shown)
    if shown.entity.kind != EntityKind.AIRLINE and not operated:
        return frozenset()
    st.markdown("#### Aircraft")
    facts = session.facts(reader, session.stamp(), as_of.toordinal())
    hangar.draw_fleet(aircraft.fleet(facts, shown.entity.id), day)
    if pictures:
        hangar.draw_pictures(pictures)
    if operated:
        hangar.draw_aircraft(operated, day)
    return aircraft.APART


main()
