"""What stands behind what is selected: a party, a hop, a relation, several, or the route chosen."""

from collections.abc import Callable, Sequence
from functools import partial

import streamlit as st

from graph.dates import iso
from graph.neighbours import group_id, relations
from graph.picture import RELATION, SEVERAL, Node, Picture
from graph.routes.records import Answer, Hop, RouteRecord
from graph.show import ShownEdge, ShownMeasure, show
from graph.store import Reader
from ui import widgets
from ui.text import plain
from ui.workbench import verdicts
from ui.workbench.state import Bench, passes


def panel(
    reader: Reader,
    answer: Answer,
    route: RouteRecord,
    bench: Bench,
    picture: Picture,
    as_of: int,
    told: Callable[[], None],
) -> None:
    """The evidence for what is selected; `told` draws what a page has to say of the line chosen."""
    nodes = [node for node in picture.nodes if node.id in bench.nodes]
    if len(nodes) > 1:
        _several(answer, nodes)
    elif nodes and nodes[0].kind == SEVERAL:
        _group(reader, nodes[0], as_of)
    elif nodes:
        _party(reader, answer, nodes[0].id, as_of)
    elif bench.link.endswith(f">{RELATION}"):
        _relation(reader, bench.link, as_of)
    elif hops := _hops(answer, route, bench.link):
        for hop in hops:
            place = route.hops.index(hop) + 1 if hop in route.hops else 0
            widgets.hop_card(answer, hop, partial(verdicts.draw, reader), place)
    else:
        _route(reader, answer, route, told)


def _route(reader: Reader, answer: Answer, route: RouteRecord, told: Callable[[], None]) -> None:
    """Why this route: what it is, then hop by hop."""
    names = widgets.short_names(answer.parties)
    st.markdown(f"**{plain(widgets.chain(route, names))}**")
    goods = "an aircraft" if route.whole_aircraft else f"a part for the {plain(route.family)}"
    family = f" · {goods}" if route.whole_aircraft or route.family else ""
    st.caption(f"{route.basis}, {route.chain}{family} · cost {route.cost}")
    told()
    for number, hop in enumerate(route.hops, 1):
        widgets.hop_card(answer, hop, partial(verdicts.draw, reader), number)
    others = [names[i] for i in (*route.also_from, *route.also_to)]
    if others:
        with st.expander(f"{widgets.others_in_words(len(others))} in this line"):
            st.markdown(plain(", ".join(others)))


def _hops(answer: Answer, route: RouteRecord, link: str) -> list[Hop]:
    """The hop of a link: as the chosen line has it, else as the first line that passes it has."""
    if not link:
        return []
    for line in (route, *answer.routes):
        if passes(line, (), link):
            return [h for h in line.hops if f"{h.origin}>{h.target}>{h.basis}" == link]
    return []


def _party(reader: Reader, answer: Answer, entity_id: str, as_of: int) -> None:
    shown = show(reader, entity_id, as_of)
    entity = shown.entity
    st.markdown(f"**{plain(entity.name)}**")
    facts = (entity.kind, entity.country, entity.role)
    st.caption(" · ".join(plain(fact) for fact in facts if fact))
    if entity.person_basis:
        st.warning(f"**Why this person is here:** {plain(entity.person_basis)}")
    for denial in entity.denials:
        st.info(f"**{plain(denial.kind).capitalize()}:** {plain(denial.statement)}")
    widgets.entity_link(entity_id, "All about it", iso(as_of))
    _listed(shown.measures, as_of)
    lines = [route for route in answer.routes if entity_id in route.entities]
    if lines:
        documented = sum(route.basis == "documented" for route in lines)
        st.markdown(
            f"On **{len(lines)}** of {len(answer.routes)} lines, {documented} of them documented."
        )
    counts = relations(shown)
    if counts:
        words = (f"{kind.replace('_', ' ')} {len(edges)}" for (kind, _), edges in counts.items())
        st.caption(f"Relations on the day: {plain(', '.join(words))}. Double-click opens them.")
    if entity.aliases:
        st.caption(f"Also called: {plain('; '.join(entity.aliases))}")
    st.markdown("\n".join(f"- {widgets.claim_line(claim)}" for claim in entity.claims[:6]))


def _listed(measures: Sequence[ShownMeasure], as_of: int) -> None:
    """The measures in force upon the party itself on the day, each with its text."""
    in_force = [m for m in measures if m.in_force]
    if not in_force:
        st.caption(f"No measure upon it by name is known to be in force on {iso(as_of)}.")
        return
    st.markdown(f"**In force on {iso(as_of)}:**")
    st.markdown("\n".join(f"- {widgets.measure_line(m)}" for m in in_force))


def _relation(reader: Reader, link: str, as_of: int) -> None:
    origin, target, _ = link.split(">")
    for entity_id in (origin, target):
        if "#" in entity_id:
            owner = entity_id.split("#", 1)[0]
            st.caption(plain(f"A group of relations of {owner}: double-click to open it."))
            return
    shown = show(reader, origin, as_of)
    for edge in shown.edges:
        if (edge.origin, edge.target) == (origin, target):
            widgets.edge_card(edge, shown)


def _group(reader: Reader, node: Node, as_of: int) -> None:
    owner = node.id.split("#", 1)[0]
    st.markdown(f"**{plain(node.label)}: {node.more}**")
    st.caption("Double-click opens the group on the canvas.")
    edges: list[ShownEdge] = []
    for (kind, outgoing), found in relations(show(reader, owner, as_of)).items():
        if group_id(owner, kind, outgoing) == node.id:
            edges = found
    st.dataframe(
        [
            {
                "who": reader.entity(e.target if e.origin == owner else e.origin).name,
                "from": e.start,
                "until": e.end,
                "certainty": e.certainty,
            }
            for e in edges
        ],
        hide_index=True,
        width="stretch",
        height=240,
    )


def _several(answer: Answer, nodes: Sequence[Node]) -> None:
    st.markdown(f"**{len(nodes)} selected**")
    st.dataframe(
        [
            {
                "party": node.label,
                "country": node.country,
                "kind": node.kind,
                "restricted": node.restricted,
                "lines": sum(node.id in route.entities for route in answer.routes),
            }
            for node in nodes
        ],
        hide_index=True,
        width="stretch",
    )
    chosen = {node.id for node in nodes}
    joined = {
        (hop.origin, hop.target, hop.basis)
        for route in answer.routes
        for hop in route.hops
        if {hop.origin, hop.target} <= chosen
    }
    st.caption(f"{len(joined)} hops join them.")
