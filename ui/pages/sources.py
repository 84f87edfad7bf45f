"""Sources: what the case rests on, what was refused, what is contested."""

import msgspec
import streamlit as st

from ui import session, widgets
from ui.text import plain


def main() -> None:
    """The page."""
    reader = session.reader()
    listed = session.listed_sources(reader, session.stamp())
    st.subheader("What this case rests on")
    for load in listed.loads:
        st.markdown(
            f"**{plain(load.dataset)}**: {load.written} records from {load.read} rows, "
            f"store revision {load.revision}, content {load.digest[:12]}"
        )
    st.caption(
        "Counts say how often a source is cited, not how much it proves. Totals of different "
        "reports overlap and are never added."
    )
    wanted = st.text_input("Filter", key="sources.filter", placeholder="publisher, title or year")
    rows = [msgspec.structs.asdict(source) for source in listed.sources]
    rows = [row for row in rows if wanted.casefold() in _text(row)]
    rows.sort(key=lambda row: (-row["claims"], row["id"]))
    shown = ("publisher", "title", "published", "claims", "entities", "edges", "measures")
    st.dataframe(
        [{name: row[name] for name in (*shown, "licence", "url", "id")} for row in rows],
        hide_index=True,
        width="stretch",
        height=420,
        column_config=widgets.LINK_COLUMN,
    )
    st.caption(f"{len(rows)} of {len(listed.sources)} sources")
    _table(
        "Refused or qualified", listed.refused, "What was claimed, and why it is not in the graph."
    )
    _table("Contested", listed.contested, "Sources disagree: left out of routes unless asked for.")


def _text(row: dict[str, object]) -> str:
    return " ".join(str(row[name]) for name in ("publisher", "title", "published", "id")).casefold()


def _table(title: str, records: tuple[msgspec.Struct, ...], says: str) -> None:
    st.markdown(f"#### {title} ({len(records)})")
    st.caption(says)
    st.dataframe(
        [msgspec.structs.asdict(record) for record in records],
        hide_index=True,
        width="stretch",
        column_config=widgets.LINK_COLUMN,
    )


main()
