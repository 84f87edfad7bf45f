"""Law: what is upon an airline over time, every rule that is loaded, and where silence is lawful."""

import datetime as dt

import streamlit as st

from graph import dates
from graph.exc import UserError
from graph.kinds import EntityKind
from graph.law.files import Coverage
from graph.law.regimes import STALE_AFTER, Law, shipped
from graph.show import show
from graph.store import Reader
from graph.verdicts import NOT_ADVICE
from ui import lawtables, links, session, widgets
from ui.entity import law as upon
from ui.text import bare, plain

FIRST_SHOWN = "belavia"


def main() -> None:
    """The page."""
    reader = session.reader()
    st.subheader("What the law says, and since when")
    try:
        law = shipped.law()
    except UserError as error:
        st.error(plain(error))
        return
    if shipped.complaint:
        st.warning(f"{plain(shipped.complaint)}: refused. The last good law stands.")
    as_of = _party(reader)
    _rules(law, dates.day_of(dates.today()))
    _coverage(law.coverage, as_of)
    st.caption(plain(NOT_ADVICE))


def _party(reader: Reader) -> dt.date:
    """The measures upon an airline as lanes; returns the day asked about."""
    names = session.measured(reader, session.stamp(), EntityKind.AIRLINE)
    ids = list(names)
    box, day = st.columns([4, 1])
    as_of = day.date_input(
        "As of",
        dt.date.fromisoformat(dates.today()),
        key="law.as_of",
        min_value=links.FIRST_DAY,
        max_value=links.LAST_DAY,
        format="YYYY-MM-DD",
    )
    party = box.selectbox(
        "Airline with measures",
        ids,
        index=ids.index(FIRST_SHOWN) if FIRST_SHOWN in names else 0,
        format_func=lambda name: bare(f"{names[name]} · {name}"),
        key="law.party",
    )
    if party is None:
        st.info("No measure upon an airline is loaded. That is not the same as none in force.")
    else:
        upon.draw(reader, show(reader, party, as_of.toordinal()), as_of)
    return as_of


def _rules(law: Law, today: int) -> None:
    rows = [lawtables.of_rule(regime, rule, today) for regime, rule in law.rules()]
    stale = [row for row in rows if row["stale"]]
    st.markdown(f"#### Rules of law loaded ({len(rows)})")
    st.markdown(
        f"**{len(stale)}** of {len(rows)} stale: not reviewed for {plain(STALE_AFTER)} days."
    )
    wanted = st.text_input("Filter", key="law.filter", placeholder="regime, title, text or id")
    found = [row for row in rows if wanted.strip().casefold() in " ".join(row.values()).casefold()]
    st.dataframe(
        found, hide_index=True, width="stretch", height=420, column_config=widgets.LINK_COLUMN
    )
    st.caption(f"{len(found)} of {len(rows)} rules")


def _coverage(rows: tuple[Coverage, ...], as_of: dt.date) -> None:
    day = as_of.toordinal()
    here = [r for r in rows if dates.parse(r.start).first <= day < dates.parse(r.end).first]
    st.markdown(f"#### Where silence is lawful ({len(rows)})")
    st.markdown(
        "Where no measure is found, that means permitted only inside these rows, of which "
        f"**{len(here)}** reach {as_of}; everywhere else it is unknown."
    )
    st.dataframe([lawtables.of_coverage(row) for row in rows], hide_index=True, width="stretch")


main()
