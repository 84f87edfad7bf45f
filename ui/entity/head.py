"""Who an entity is: what must never be hidden first, then names, identifiers and details."""

import streamlit as st

from graph.countries import country_name
from graph.show import Shown
from graph.store import Reader
from ui import widgets
from ui.text import plain, spaced

_TOLD = ("note",)  # properties that are told as text, not in the table


def draw(reader: Reader, shown: Shown) -> None:
    """The head of the page."""
    entity = shown.entity
    st.subheader(plain(entity.name), anchor=False)
    country = country_name(entity.country) if entity.country else ""
    facts = [spaced(entity.kind), country, f"id {entity.id}"]
    st.markdown(" ".join(f":gray-badge[{plain(fact)}]" for fact in facts if fact))
    if entity.person_basis:
        st.warning(f"**Why this person is here.** {plain(entity.person_basis)}")
    for denial in entity.denials:
        st.info(f"**{plain(entity.name)} {plain(denial.kind)}:** {plain(denial.statement)}")
    said, listed = st.columns([3, 2], gap="medium")
    with said:
        _said(shown)
    with listed:
        _listed(shown)


def _said(shown: Shown) -> None:
    entity = shown.entity
    if entity.aliases:
        st.markdown(f"**Also called** {plain(' · '.join(entity.aliases))}")
    if entity.role:
        st.markdown(f"**Role** {plain(entity.role)}")
    for name in _TOLD:
        if entity.properties.get(name):
            st.markdown(plain(entity.properties[name]))
    with st.expander(f"Sources of this entry ({len(entity.claims)})"):
        st.markdown(
            "\n".join(f"- {widgets.claim_line(claim)}" for claim in entity.claims) or "None."
        )


def _listed(shown: Shown) -> None:
    """Identifiers with their scheme, then what else is known, as one small table."""
    rows = [(identifier.scheme, identifier.value) for identifier in shown.entity.identifiers]
    rows += [
        (name.replace("_", " "), value)
        for name, value in shown.entity.properties.items()
        if value and name not in _TOLD and value not in dict(rows).values()
    ]
    if rows:
        lines = (f"| {plain(scheme)} | {plain(value)} |" for scheme, value in rows)
        st.markdown("\n".join(("| scheme | value |", "|---|---|", *lines)))
