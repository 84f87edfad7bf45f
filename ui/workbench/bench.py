"""The list and the canvas, linked both ways, and the evidence beside them: one fragment.

An event changes the state before the fragment is drawn again; the page around it stays.
"""

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any, NamedTuple

import msgspec
import streamlit as st

from graph.dates import iso
from graph.export.svg import svg
from graph.layout import layout
from graph.neighbours import expanded
from graph.picture import Picture
from graph.routes.records import Answer, RouteRecord
from graph.store import Reader
from ui import components, registry, widgets
from ui.workbench import evidence
from ui.workbench.desk import Desk
from ui.workbench.scene import lines, scene
from ui.workbench.state import Bench, reduce

_ASKING = ("via", "avoid")


def _nothing(_: RouteRecord) -> None:
    return None


class Drawn(NamedTuple):
    """What a page has drawn.

    Attributes:
        answer: the lines.
        law: for each line the marks of its hops, see `graph.picture.Link.law`; empty for none.
        told: draws what the page says of a line above its evidence.
    """

    answer: Answer
    law: Sequence[Sequence[str]] = ()
    told: Callable[[RouteRecord], None] = _nothing


@st.fragment
def bench(_reader: Reader, drawn: Drawn, desk: Desk[Any], as_of: int) -> None:
    """Draw list, canvas and evidence for an answer that has routes."""
    answer, state = drawn.answer, _state(desk)
    route = _chosen(answer, state)
    picture = _picture(_reader, drawn, route, state, as_of)
    left, right = st.columns([2.15, 1], gap="small")
    with left:
        data = scene(picture, route.entities, state, desk.page)
        data["file"] = _file(picture, desk)
        _mount("canvas", data, answer, desk)
        if picture.left_out:
            st.caption(f"Lines of the list that are not drawn until chosen: {picture.left_out}")
    with right:
        names = widgets.short_names(answer.parties)
        _mount("lines", lines(answer.routes, drawn.law, names, state, route.id), answer, desk)
        with st.container(key=f"{desk.page}-evidence"):
            told = partial(drawn.told, route)
            evidence.panel(_reader, answer, route, state, picture, as_of, told)
    if page := st.session_state.pop(desk.key("page"), ""):
        asked = {"id": page, "as_of": iso(as_of)}
        st.switch_page(registry.path("entity"), query_params=asked)
    desk.asked_anew()
    desk.remember()


def _mount(name: str, data: dict[str, Any], answer: Answer, desk: Desk[Any]) -> None:
    key = desk.key(name)
    components.mount(name, data, partial(_take, key, answer, desk), key)


def _state(desk: Desk[Any]) -> Bench:
    """What is chosen and selected; the line chosen may come from the address."""
    state: Bench = st.session_state.get(desk.key("bench"), Bench())
    return msgspec.structs.replace(state, route=st.session_state.get(desk.key("route"), ""))


def _chosen(answer: Answer, state: Bench) -> RouteRecord:
    return next((r for r in answer.routes if r.id == state.route), answer.routes[0])


def _picture(reader: Reader, drawn: Drawn, route: RouteRecord, state: Bench, as_of: int) -> Picture:
    answer = drawn.answer
    laid_out = layout(answer, answer.routes.index(route), drawn.law)
    return expanded(laid_out, reader, state.opened, as_of)


def _take(component: str, answer: Answer, desk: Desk[Any]) -> None:
    """Handle what the list or the canvas sends."""
    event = components.sent(component)
    kind, entity_id = event.get("type"), event.get("id")
    if kind in _ASKING and isinstance(entity_id, str):
        now = st.session_state[desk.key(kind)] if kind == "avoid" else ()
        desk.put(kind, (*now, entity_id))
    elif kind == "entity" and isinstance(entity_id, str):
        st.session_state[desk.key("page")] = entity_id
    elif kind == "svg":
        st.session_state[desk.key("file")] = event.get("n")
    else:
        state = reduce(_state(desk), event, answer.routes)
        st.session_state[desk.key("bench")] = state
        st.session_state[desk.key("route")] = state.route


def _file(picture: Picture, desk: Desk[Any]) -> dict[str, Any] | None:
    """The picture as a file, once after it was asked for."""
    turn = st.session_state.pop(desk.key("file"), None)
    return turn and {"n": turn, "name": f"{desk.page}.svg", "text": svg(picture)}
