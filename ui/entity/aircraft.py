"""What an airline flies, and who has operated an aircraft."""

import streamlit as st

from graph.aircraft import FleetRow, Operated
from graph.cited import ClaimRecord
from graph.names import caption
from graph.show import ShownEdge
from ui import widgets
from ui.text import plain

_HOLDS = {"yes": "holds", "no": "does not hold", "uncertain": "uncertain"}


def draw_aircraft(rows: tuple[Operated, ...], as_of: str) -> None:
    """The aircraft of an operator, a row each."""
    with st.expander(f"**Aircraft** ({len(rows)}), by registration"):
        st.dataframe(
            [_aircraft(row, as_of) for row in rows],
            hide_index=True,
            width="stretch",
            column_config=widgets.LINK_COLUMN | widgets.ENTITY_COLUMN,
        )
        st.caption("A register entry without dates says who operated it, not when.")


def draw_operators(rows: tuple[Operated, ...], as_of: str) -> None:
    """Who has operated one aircraft, in sequence."""
    st.markdown(f"#### Operators in sequence ({len(rows)})")
    if not rows:
        st.caption("None is loaded.")
    for number, row in enumerate(rows, 1):
        with st.container(border=True):
            who, what = st.columns([2, 5], gap="medium")
            with who:
                widgets.entity_link(row.operator, f"{number}. {caption(row.called)}", as_of)
                st.caption(f"as {plain(row.tail)}")
            with what:
                when = " to ".join(filter(None, (row.start, row.end))) or "undated"
                contested = " :red-badge[contested]" if row.contested else ""
                holds = plain(f"{_HOLDS[row.holds]} on {as_of}")
                st.markdown(f"{plain(when)} :gray-badge[{holds}]{contested}")
                st.markdown("\n".join(f"- {widgets.claim_line(claim)}" for claim in row.claims))


def draw_fleet(fleet: tuple[FleetRow, ...], as_of: str) -> None:
    """The families an airline flies on the day, each with its newest picture."""
    if not fleet:
        st.caption(f"No picture of its fleet on {as_of} is loaded: unknown, not none.")
        return
    st.markdown(f"**Fleet by family on {as_of}**, each by its newest picture")
    st.dataframe(
        [
            {
                "family": row.family,
                "picture": row.says,
                "years old": row.years,
                "flown": "perhaps" if row.uncertain else "yes",
            }
            for row in fleet
        ],
        hide_index=True,
        width="content",
    )


def draw_pictures(pictures: tuple[ShownEdge, ...]) -> None:
    """Every picture of the fleet that a source gives; they overlap and are never added."""
    with st.expander(f"**All pictures of the fleet** ({len(pictures)}), never to be added up"):
        st.dataframe(
            [
                {
                    "as of": edge.start or "undated",
                    "family": edge.target,
                    "number": edge.properties.get("count", ""),
                    "in service": edge.properties.get("in_service", ""),
                    "contested": "contested" if edge.contested else "",
                }
                | _claim(edge.claims)
                for edge in pictures
            ],
            hide_index=True,
            width="stretch",
            column_config=widgets.LINK_COLUMN,
        )


def _aircraft(row: Operated, as_of: str) -> dict[str, str]:
    return {
        "other": widgets.entity_address(row.aircraft, row.tail, as_of),
        "family": row.family,
        "model": row.model,
        "serial": row.serial,
        "built": row.built,
        "from": row.start,
        "until": row.end,
        "on the date": _HOLDS[row.holds],
        "contested": "contested" if row.contested else "",
    } | _claim(row.claims)


def _claim(claims: tuple[ClaimRecord, ...]) -> dict[str, str]:
    """The first claim as cells; how many more there are."""
    if not claims:
        return {}
    first = claims[0]
    more = f" and {len(claims) - 1} more" if len(claims) > 1 else ""
    return {
        "note": first.note,
        "certainty": first.certainty,
        "publisher": first.publisher + more,
        "published": first.published,
        "url": first.url,
    }
