"""Routes: which chains could carry goods from one set of parties to another, on a date."""

import datetime as dt
from functools import partial

import msgspec
import streamlit as st

from graph.cost import MAX_HOPS
from graph.exc import UserError
from graph.export.svg import svg
from graph.layout import layout
from graph.names import caption
from graph.routes import Question, parse_set
from graph.routes.records import Answer, RouteRecord
from graph.rules import RULES
from graph.store import Reader
from graph.view import View
from ui import links, session, widgets
from ui.downloads import LABELS, routes_file
from ui.text import plain

LINES = 40


def main() -> None:
    """The page."""
    reader = session.reader()
    faults = _restore(reader)
    with st.sidebar:
        st.header("Question")
        as_of = st.date_input(
            "As of",
            key="routes.as_of",
            min_value=links.FIRST_DAY,
            help="What had happened by this day, and what held on it.",
        )
        contested = st.toggle("Use contested claims", key="routes.contested")
    key = (reader.revision, as_of.toordinal(), None, contested)
    view = session.view(reader, *key)
    choices = _choose_question(view, as_of, contested)
    _remember(choices)
    for fault in faults:
        st.warning(plain(fault))
    try:
        answer = session.answered(view, key, _question(view, choices), LINES)
    except UserError as error:
        st.warning(str(error))
        return
    _say(answer)
    if not answer.routes:
        _why_none(answer)
        return
    chosen = _choose_line(answer)
    _picture(answer, chosen)
    _hops(answer, chosen)
    _downloads(answer)


def _restore(reader: Reader) -> list[str]:
    """Take the question from the address: at first, after a link, after the back button.

    Coming back from another page, whose address holds no question, the last one stands again.
    """
    given = {name: st.query_params.get_all(name) for name in st.query_params}
    last = st.session_state.get("routes.link")
    if given == last:
        return []
    known = session.choosable(reader, reader.revision)
    choices, faults = links.read(given or last or {}, set(known).__contains__)
    for name, value in msgspec.structs.asdict(choices).items():
        st.session_state[f"routes.{name}"] = list(value) if isinstance(value, tuple) else value
    for rule in RULES:
        st.session_state[f"routes.rule.{rule}"] = rule in choices.rules
    return faults


def _remember(choices: links.Choices) -> None:
    """Write the question into the address."""
    link = links.write(choices)
    st.session_state["routes.link"] = link
    if link != {name: st.query_params.get_all(name) for name in st.query_params}:
        st.query_params.from_dict(link)


def _choose_question(view: View, as_of: dt.date, contested: bool) -> links.Choices:
    """What is chosen in the sidebar."""
    parties = session.parties(view)

    def called(choice: str) -> str:
        if choice in view.sets:
            return f"{choice.replace('-', ' ')} ({len(view.sets[choice])})"
        entity = view.entities[choice]
        name = caption(entity.name)
        return f"{name} ({entity.country})" if entity.country else name

    with st.sidebar:
        sets = {
            name: tuple(st.multiselect(label, parties, format_func=called, key=f"routes.{name}"))
            for name, label in (
                ("origins", "From"),
                ("destinations", "To"),
                ("via", "Via any of"),
                ("avoid", "Avoid"),
            )
        }
        st.subheader("Possible hops by")
        rules = tuple(
            name
            for name, rule in RULES.items()
            if st.checkbox(rule.title, key=f"routes.rule.{name}", help=rule.why)
        )
        with st.expander("More"):
            max_hops = st.slider("Most hops", 1, MAX_HOPS, key="routes.max_hops")
            goods = st.text_input("Goods (HS code)", key="routes.goods", placeholder="8807")
            any_order = st.toggle("Dates in any order", key="routes.any_order")
    return links.Choices(
        **sets,  # type: ignore[arg-type]
        as_of=as_of,
        contested=contested,
        rules=rules,
        max_hops=max_hops,
        goods=goods.strip(),
        any_order=any_order,
        route=st.session_state.get("routes.route", ""),
    )


def _question(view: View, choices: links.Choices) -> Question:
    def ids(chosen: tuple[str, ...]) -> tuple[str, ...]:
        return parse_set(view, ",".join(chosen))

    return Question(
        origins=ids(choices.origins),
        destinations=ids(choices.destinations),
        via=(ids(choices.via),) if choices.via else (),
        avoid=ids(choices.avoid),
        rules=choices.rules,
        max_hops=choices.max_hops,
        goods=choices.goods,
        order="any" if choices.any_order else "time",
        contested=choices.contested,
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


def _choose_line(answer: Answer) -> RouteRecord:
    """The lists of documented and possible lines, and the line chosen in one of them."""
    names = widgets.short_names(answer.parties)
    chosen = st.session_state.get("routes.route")
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
            on_select=partial(_take_line, basis, tuple(route.id for route in lines)),
        )
    by_id = {route.id: route for route in answer.routes}
    return by_id.get(chosen or "", answer.routes[0])


def _take_line(basis: str, ids: tuple[str, ...]) -> None:
    rows = st.session_state[f"routes.list.{basis}"].selection.rows
    if rows:
        st.session_state["routes.route"] = ids[rows[0]]


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
