"""The list and the canvas, linked both ways, and the evidence beside them: one fragment.

An event changes the state before the fragment is drawn again; the page around it stays.
"""

from functools import partial
from typing import Any

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
from ui.workbench import evidence, question
from ui.workbench.scene import lines, scene
from ui.workbench.state import Bench, reduce

_CANVAS, _LINES = "routes.canvas", "routes.lines"
_ASKING = ("via", "avoid")


@st.fragment
def bench(_reader: Reader, _answer: Answer, as_of: int) -> None:
    """Draw list, canvas and evidence for an answer that has routes."""
    state = _state()
    route = _chosen(_answer, state)
    picture = _picture(_reader, _answer, route, state, as_of)
    left, right = st.columns([2.15, 1], gap="small")
    with left:
        data = scene(picture, route.entities, state, "routes")
        data["file"] = _file(picture)
        components.mount("canvas", data, partial(_take, _CANVAS, _answer), _CANVAS)
    with right:
        names = widgets.short_names(_answer.parties)
        listed = lines(_answer.routes, names, state, route.id)
        components.mount("lines", listed, partial(_take, _LINES, _answer), _LINES)
        with st.container(key="routes-evidence"):
            evidence.panel(_reader, _answer, route, state, picture, as_of)
    if page := st.session_state.pop("routes.page", ""):
        asked = {"id": page, "as_of": iso(as_of)}
        st.switch_page(registry.path("entity"), query_params=asked)
    if st.session_state.pop("routes.asked", False):
        st.rerun(scope="app")
    question.remember(question.now())


def _state() -> Bench:
    """What is chosen and selected; the line chosen may come from the address."""
    state: Bench = st.session_state.get("routes.bench", Bench())
    return msgspec.structs.replace(state, route=st.session_state.get("routes.route", ""))


def _chosen(answer: Answer, state: Bench) -> RouteRecord:
    return next((r for r in answer.routes if r.id == state.route), answer.routes[0])


def _picture(
    reader: Reader, answer: Answer, route: RouteRecord, state: Bench, as_of: int
) -> Picture:
    drawn = layout(answer, answer.routes.index(route))
    return expanded(drawn, reader, state.opened, as_of)


def _take(component: str, answer: Answer) -> None:
    """Handle what the list or the canvas sends."""
    event = components.sent(component)
    kind, entity_id = event.get("type"), event.get("id")
    if kind in _ASKING and isinstance(entity_id, str):
        now = st.session_state[f"routes.{kind}"] if kind == "avoid" else ()
        question.put(kind, (*now, entity_id))
    elif kind == "entity" and isinstance(entity_id, str):
        st.session_state["routes.page"] = entity_id
    elif kind == "svg":
        st.session_state["routes.file"] = event.get("n")
    else:
        state = reduce(_state(), event, answer.routes)
        st.session_state["routes.bench"] = state
        st.session_state["routes.route"] = state.route


def _file(picture: Picture) -> dict[str, Any] | None:
    """The picture as a file, once after it was asked for."""
    turn = st.session_state.pop("routes.file", None)
    return turn and {"n": turn, "name": "routes.svg", "text": svg(picture)}
