"""Entity: who somebody is, what law says of them over time, and every edge with its claims."""

import datetime as dt

import streamlit as st

from graph.exc import NotFound
from graph.show import Shown, ShownEdge, show
from graph.store import Hit, Reader
from ui import session, timeline, widgets
from ui.text import plain

HITS = 8


def main() -> None:
    """The page."""
    reader = session.reader()
    asked = st.query_params.get("id", "")
    hits = _search(reader)
    if not asked:
        st.info("Search for a name, an alias, a registration, a serial number or a code.")
        return
    try:
        shown = show(reader, asked, dt.date.today().toordinal())
    except NotFound as error:
        if not hits:
            st.warning(plain(error))
        return
    _head(shown)
    _measures(shown)
    _edges(shown)


def _search(reader: Reader) -> tuple[Hit, ...]:
    """The search box, and one button a hit."""
    text = st.text_input(
        "Find", key="entity.text", placeholder="Белавия, aeroflot, EW-254PA, 26294, SU …"
    )
    if not text.strip():
        return ()
    hits = reader.search(text, HITS)
    if not hits:
        st.caption("Nothing found: try a shorter or another spelling.")
    for hit in hits:
        label = f"{hit.name} · {hit.kind} {hit.country} · {hit.why}"
        if st.button(plain(label), key=f"entity.hit.{hit.id}", type="tertiary"):
            st.query_params["id"] = hit.id
            st.rerun()
    return hits


def _head(shown: Shown) -> None:
    entity = shown.entity
    st.subheader(plain(entity.name))
    facts = (entity.kind, entity.country, entity.role, f"id {entity.id}")
    st.markdown(" · ".join(plain(fact) for fact in facts if fact))
    if entity.person_basis:
        st.warning(f"**Why this person is here:** {plain(entity.person_basis)}")
    for denial in entity.denials:
        st.info(f"**{plain(denial.kind).capitalize()}:** {plain(denial.statement)}")
    if entity.aliases:
        st.markdown(f"Also called: {plain('; '.join(entity.aliases))}")
    codes = "; ".join(f"{i.scheme} {i.value}".removeprefix("other ") for i in entity.identifiers)
    if codes:
        st.markdown(f"Identifiers: {plain(codes)}")
    kept = {key: value for key, value in entity.properties.items() if value}
    if kept:
        st.caption(plain(" · ".join(f"{key}: {value}" for key, value in kept.items())))
    with st.expander(f"{len(entity.claims)} sources of this entry"):
        st.markdown(
            "\n".join(f"- {widgets.claim_line(claim)}" for claim in entity.claims) or "None."
        )


def _measures(shown: Shown) -> None:
    st.markdown(f"#### Measures over time ({len(shown.measures)})")
    if not shown.measures:
        st.caption("No measure upon this entity is loaded. That is not the same as none in force.")
        return
    st.altair_chart(timeline.chart(shown.measures), width="stretch")
    states = {True: "in force", False: "not in force", None: "unknown"}
    st.dataframe(
        [
            {
                "from": m.start or f"seen {m.observed_from}",
                "until": m.end,
                "today": states[m.in_force],
                "regime": m.regime,
                "layer": m.layer,
                "programme": m.programme,
                "action": m.action,
                "scope": m.scope,
                "text": m.text,
                "url": m.url,
            }
            for m in shown.measures
        ],
        hide_index=True,
        width="stretch",
        column_config=widgets.LINK_COLUMN,
    )


def _edges(shown: Shown) -> None:
    st.markdown(f"#### Relations ({len(shown.edges)})")
    by_kind: dict[str, list[ShownEdge]] = {}
    for edge in shown.edges:
        by_kind.setdefault(edge.kind, []).append(edge)
    for kind, edges in sorted(by_kind.items()):
        with st.expander(f"{kind.replace('_', ' ')} ({len(edges)}): {plain(edges[0].says)}"):
            for edge in edges:
                _edge(edge)


def _edge(edge: ShownEdge) -> None:
    when = " to ".join(dict.fromkeys(filter(None, (edge.start, edge.end)))) or "undated"
    facts = (when, edge.goods, edge.outcome and f"outcome: {edge.outcome}", edge.certainty)
    st.markdown(
        f"**{plain(edge.origin)} → {plain(edge.target)}** · "
        + " · ".join(plain(fact) for fact in facts if fact)
    )
    for denial in edge.denials:
        st.info(f"**{plain(denial.party)} {plain(denial.kind)}:** {plain(denial.statement)}")
    st.markdown("\n".join(f"- {widgets.claim_line(claim)}" for claim in edge.claims))


main()
