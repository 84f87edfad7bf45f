"""Pieces of pages: a route's chain, a hop with its evidence, a line of the route list."""

from collections.abc import Callable, Mapping
from urllib.parse import quote, urlencode

import streamlit as st

from graph.cited import ClaimRecord
from graph.layout import doubts
from graph.routes.records import Answer, Hop, Party, RouteRecord
from graph.rules import RULES
from graph.show import Shown, ShownEdge, ShownEntity, ShownMeasure, ShownParty
from ui import registry
from ui.text import link, plain

LINK_COLUMN = {
    "url": st.column_config.LinkColumn("link", display_text=r"https?://(?:www\.)?([^/]+)")
}
LINK_LENGTH = 38
ENTITY_COLUMN = {"other": st.column_config.LinkColumn("name", display_text=r"#(.*)$")}
_SIGNS = {"documented": "▬▶", "possible": "┄┄▷"}


def chain(route: RouteRecord, names: Mapping[str, str]) -> str:
    """A route in one line; dashed arrows are possible hops."""
    return first(route, names) + "".join(
        f" {_SIGNS[hop.basis]} {last(route, names) if at == len(route.hops) else names[hop.target]}"
        for at, hop in enumerate(route.hops, 1)
    )


def first(route: RouteRecord, names: Mapping[str, str]) -> str:
    """The first party, and how many others stand in its place."""
    return _with_others(names[route.entities[0]], len(route.also_from))


def between(route: RouteRecord, names: Mapping[str, str]) -> str:
    """The parties between the ends."""
    return ", ".join(names[entity_id] for entity_id in route.entities[1:-1]) or "directly"


def last(route: RouteRecord, names: Mapping[str, str]) -> str:
    """The last party, and how many others stand in its place."""
    return _with_others(names[route.entities[-1]], len(route.also_to))


def _with_others(name: str, others: int) -> str:
    return f"{name} + {others_in_words(others)}" if others else name


def others_in_words(count: int) -> str:
    """How many more there are."""
    return "1 other" if count == 1 else f"{count} others"


def how(route: RouteRecord) -> str:
    """The kinds of the hops, in order."""
    return ", then ".join(
        RULES[hop.rule].title.lower() if hop.rule else hop.kind.replace("_", " ")
        for hop in route.hops
    )


def marks(route: RouteRecord) -> list[str]:
    """What a line must not be shown without."""
    return list(dict.fromkeys(mark for hop in route.hops for mark in doubts(hop)))


def short_names(parties: tuple[Party, ...]) -> dict[str, str]:
    """What to call each party where there is little room."""
    return {party.id: party.caption for party in parties}


def hop_card(answer: Answer, hop: Hop, law: Callable[[Hop], None], number: int = 0) -> None:
    """One hop with everything it rests on; `law` draws what the law says of it."""
    parties = {party.id: party for party in answer.parties}
    origin, target = parties[hop.origin], parties[hop.target]
    place = f"{number}. " if number else ""
    with st.container(border=True, gap="xsmall"):
        st.markdown(
            f"**{place}{plain(origin.caption)}** {_SIGNS[hop.basis]} **{plain(target.caption)}**"
        )
        st.markdown(_badge(hop))
        for denial in hop.denials:
            name = parties[denial.party].caption if denial.party in parties else denial.party
            st.info(f"**{plain(name)} {plain(denial.kind)}:** {plain(denial.statement)}")
        for party in (origin, target):
            if party.person_basis:
                st.warning(f"{plain(party.name)}: {plain(party.person_basis)}")
        st.caption(_facts(hop))
        if hop.reason:
            st.markdown(plain(hop.reason))
        law(hop)
        for party in (origin, target):
            if party.restricted:
                st.markdown(f":red[▲] {plain(party.caption)}: {plain(', '.join(party.restricted))}")
        st.markdown("\n".join(f"- {claim_line(claim)}" for claim in hop.claims))
        terms = " + ".join(f"{plain(name)} {cost}" for name, cost in hop.terms.items())
        also = f" · {len(hop.also)} other edges would fit here" if hop.also else ""
        st.caption(f"Cost {hop.cost} = {terms}{also}")


def edge_card(edge: ShownEdge, shown: Shown) -> None:
    """One relation with its claims, what is said against it, and the status of persons."""
    ends: dict[str, ShownEntity | ShownParty] = {party.id: party for party in shown.parties}
    ends[shown.entity.id] = shown.entity
    when = " to ".join(dict.fromkeys(filter(None, (edge.start, edge.end)))) or "undated"
    doubt = "contested" if edge.contested else ""
    facts = (when, edge.goods, edge.outcome, f"certainty: {edge.certainty}", doubt)
    with st.container(border=True, gap="xsmall"):
        st.markdown(
            f"**{plain(ends[edge.origin].name)}** {plain(edge.kind.replace('_', ' '))} "
            f"**{plain(ends[edge.target].name)}**"
        )
        st.caption(" · ".join(plain(fact) for fact in facts if fact))
        st.caption(plain(edge.says))
        for party in (ends[edge.origin], ends[edge.target]):
            if party.person_basis:
                st.warning(f"{plain(party.name)}: {plain(party.person_basis)}")
        for denial in edge.denials:
            name = ends[denial.party].name if denial.party in ends else denial.party
            st.info(f"**{plain(name)} {plain(denial.kind)}:** {plain(denial.statement)}")
        st.markdown("\n".join(f"- {claim_line(claim)}" for claim in edge.claims))


def measure_line(measure: ShownMeasure) -> str:
    """A measure in one line of Markdown: whose law, what, since when, by which text."""
    since = measure.start or f"seen {measure.observed_from}"
    text = link(measure.text or measure.programme or measure.id, measure.url)
    scope = f": {plain(measure.scope)}" if measure.scope else ""
    return f"{plain(measure.regime)} · {plain(measure.layer)}, since {plain(since)}, {text}{scope}"


def _badge(hop: Hop) -> str:
    if hop.basis == "documented":
        marks = (*doubts(hop), *(m for m in hop.marks if m == "stated in part"))
        return ":blue-badge[documented]" + "".join(f" :red-badge[{plain(m)}]" for m in marks)
    return f":orange-badge[possible, by the rule: {RULES[hop.rule or ''].title.lower()}]"


def _facts(hop: Hop) -> str:
    when = " to ".join(dict.fromkeys(filter(None, (hop.start, hop.end))))
    facts = [
        hop.kind.replace("_", " ") if hop.basis == "documented" else "",
        when or ("undated" if hop.basis == "documented" else "on the date asked about"),
        hop.goods,
        f"HS {hop.hs}" if hop.hs else "",
        f"outcome: {hop.outcome}" if hop.outcome else "",
        f"shipment {hop.shipment}" if hop.shipment else "",
        f"certainty: {hop.certainty}",
        "contested" if hop.contested else "",
        "date order unproven" if hop.order == "unproven" else "",
        *(mark for mark in hop.marks if mark != "undated"),
    ]
    return " · ".join(plain(fact) for fact in facts if fact)


def claim_line(claim: ClaimRecord) -> str:
    """A claim in one line of Markdown: who, when, where, as what, and how sure."""
    who = claim.publisher or claim.source or "source not given"
    note = f": {plain(claim.note)}" if claim.note else ""
    stated = ", ".join(filter(None, (claim.status.replace("-", " "), claim.certainty)))
    title = link(claim.title or claim.url or who, claim.url)
    return f"{plain(who)}, {plain(claim.published or 'undated')}, {title} ({plain(stated)}){note}"


def entity_link(entity_id: str, label: str, as_of: str, most: int = LINK_LENGTH) -> None:
    """A link to the page of an entity on a day. What is longer than a link can show is cut."""
    short = label if len(label) <= most else f"{label[: most - 1]}…"
    st.page_link(
        registry.path("entity"), label=plain(short), query_params={"id": entity_id, "as_of": as_of}
    )


def entity_address(entity_id: str, name: str, as_of: str) -> str:
    """The address of that page for a cell of a table; `ENTITY_COLUMN` shows the name in it."""
    query = urlencode({"id": entity_id, "as_of": as_of})
    return f"/entity?{query}#{quote(name, safe='')}"
