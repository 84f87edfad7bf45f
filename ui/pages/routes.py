"""Routes: which chains could carry goods from one set of parties to another, on a date."""

import datetime as dt
from functools import partial

import streamlit as st

from graph.dates import day_of
from graph.exc import UserError
from graph.export.svg import svg
from graph.layout import layout
from graph.names import caption
from graph.routes import Question, parse_set
from graph.routes.records import Answer, RouteRecord
from graph.rules import RULES
from graph.view import View
from ui import session, widgets
from ui.downloads import LABELS, routes_file
from ui.text import plain

LINES = 40
FIRST_DAY = dt.date(2025, 10, 15)
FIRST = {"from": ["western-suppliers"], "to": ["russian-carriers"], "via": ["belavia"]}


def main() -> None:
    """The page."""
    reader = session.reader()
    as_of, contested = _when()
    key = (reader.revision, as_of, None, contested)
    view = session.view(reader, *key)
    question = _ask(view, contested)
    try:
        answer = session.answered(view, key, question, LINES)
    except UserError as error:
        st.warning(str(error))
        return
    _say(answer)
    if not answer.routes:
        _why_none(answer)
        return
    chosen = _choose(answer)
    _picture(answer, chosen)
    _hops(answer, chosen)
    _downloads(answer)


def _when() -> tuple[int, bool]:
    with st.sidebar:
        st.header("Question")
        day = st.date_input(
            "As of",
            FIRST_DAY,
            key="routes.as_of",
            min_value=dt.date(2014, 1, 1),
            help="What had happened by this day, and what held on it.",
        )
        contested = st.toggle("Use contested claims", key="routes.contested")
    return day_of(str(day)), contested


def _ask(view: View, contested: bool) -> Question:
    """The question of the sidebar."""
    names = sorted(view.sets)
    parties = names + [i for i, never in zip(view.ids, view.never, strict=True) if not never]

    def called(choice: str) -> str:
        if choice in view.sets:
            return f"{choice.replace('-', ' ')} ({len(view.sets[choice])})"
        entity = view.entities[choice]
        name = caption(entity.name)
        return f"{name} ({entity.country})" if entity.country else name

    with st.sidebar:
        chosen = {
            end: st.multiselect(
                label, parties, FIRST.get(end, []), format_func=called, key=f"routes.{end}"
            )
            for end, label in (
                ("from", "From"),
                ("to", "To"),
                ("via", "Via any of"),
                ("avoid", "Avoid"),
            )
        }
        st.subheader("Possible hops by")
        rules = tuple(
            name
            for name, rule in RULES.items()
            if st.checkbox(rule.title, value=True, key=f"routes.rule.{name}", help=rule.why)
        )
        with st.expander("More"):
            max_hops = st.slider("Most hops", 1, 8, 6, key="routes.max_hops")
            goods = st.text_input("Goods (HS code)", key="routes.goods", placeholder="8807")
            any_order = st.toggle("Dates in any order", key="routes.any_order")
    ids = {end: parse_set(view, ",".join(picked)) for end, picked in chosen.items()}
    return Question(
        origins=ids["from"],
        destinations=ids["to"],
        via=(ids["via"],) if ids["via"] else (),
        avoid=ids["avoid"],
        rules=rules,
        max_hops=max_hops,
        goods=goods.strip(),
        order="any" if any_order else "time",
        contested=contested,
    )


def _say(answer: Answer) -> None:
    counts = answer.counts
    st.subheader("Routes that could carry goods")
    st.markdown(
        f"As of **{answer.question['as_of']}**: **{counts.documented} documented** and "
        f"**{counts.possible} possible** routes, in {len(answer.routes)} lines"
        f"{' (and more)' if answer.more else ''}."
    )
    for statement in answer.statements:
        st.markdown(f"**{plain(statement)}**")
    st.caption(answer.note + _unknown(answer))
    if answer.truncated:
        st.warning(
            "The search was stopped before it had seen every route: ask for fewer hops or parties."
        )


def _unknown(answer: Answer) -> str:
    if not answer.fleet_unknown:
        return ""
    return (
        f" The fleet of {len(answer.fleet_unknown)} airlines is unknown, so no possible hop "
        f"meets them: {plain(', '.join(answer.fleet_unknown))}."
    )


def _why_none(answer: Answer) -> None:
    st.info("No route. Taken away one at a time, these constraints would give:")
    for eased in answer.why_none:
        more = "at least " if eased.more else ""
        st.markdown(f"- without {plain(eased.without)}: {more}{eased.routes}")


def _choose(answer: Answer) -> RouteRecord:
    """The lists of documented and possible lines, and the line chosen in one of them."""
    names = widgets.short_names(answer.parties)
    chosen = st.session_state.get("routes.chosen")
    for basis, title in (
        ("documented", "Documented: a source states every hop"),
        ("possible", "Possible: at least one hop is only inferred"),
    ):
        lines = [route for route in answer.routes if route.basis == basis]
        st.markdown(f"**{title}**: {len(lines) or 'none'}")
        if not lines:
            continue
        rows = [
            {
                "#": route.rank,
                "from": widgets.first(route, names),
                "through": widgets.between(route, names),
                "to": widgets.last(route, names),
                "how": widgets.how(route),
                "family": route.family or "",
                "cost": route.cost,
            }
            for route in lines
        ]
        st.dataframe(
            rows,
            key=f"routes.list.{basis}",
            hide_index=True,
            width="stretch",
            height=min(36 * (len(rows) + 1) + 2, 330),
            selection_mode="single-row",
            on_select=partial(_remember, basis, tuple(route.id for route in lines)),
        )
    by_id = {route.id: route for route in answer.routes}
    return by_id.get(chosen or "", answer.routes[0])


def _remember(basis: str, ids: tuple[str, ...]) -> None:
    rows = st.session_state[f"routes.list.{basis}"].selection.rows
    if rows:
        st.session_state["routes.chosen"] = ids[rows[0]]


def _picture(answer: Answer, chosen: RouteRecord) -> None:
    place = answer.routes.index(chosen)
    dark = st.context.theme.type == "dark"
    st.image(svg(layout(answer, place), dark=dark), width="content")


def _hops(answer: Answer, chosen: RouteRecord) -> None:
    names = widgets.short_names(answer.parties)
    st.markdown(f"#### Route {chosen.rank}: {plain(widgets.chain(chosen, names))}")
    family = f" · a part for the {plain(chosen.family)}" if chosen.family else ""
    st.caption(f"{chosen.basis}, {chosen.chain}{family} · cost {chosen.cost} · id {chosen.id}")
    if chosen.also_from or chosen.also_to:
        others = [names[i] for i in (*chosen.also_from, *chosen.also_to)]
        with st.expander(f"{len(others)} others in this line"):
            st.markdown(plain(", ".join(others)))
    for number, hop in enumerate(chosen.hops, 1):
        widgets.hop_card(answer, hop, number)


def _downloads(answer: Answer) -> None:
    st.markdown("**Export these routes**, with the question, the date, the sources and the denials")
    for column, (to_format, label) in zip(st.columns(len(LABELS)), LABELS.items(), strict=True):
        name, content = routes_file(answer, to_format)
        column.download_button(
            label, content, name, key=f"routes.download.{to_format}", on_click="ignore"
        )


main()
