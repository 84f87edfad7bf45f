"""Start: what this is for, three worked questions with their answers, and what is loaded."""

from functools import partial

import streamlit as st

from graph.routes.records import Answer, RouteRecord
from graph.stock import Stock
from graph.store import Reader
from ui import asking, registry, session, widgets, worked
from ui.text import plain

LINES = 1
WIDTHS = (4, 3, 3)  # of the cards: the first answer needs the most words
NO_CASE = (
    "None of the worked questions fits what is loaded. Ask your own on the Routes page, or load "
    "the curated case beside it with `loophole load`."
)
EMPTY = (
    "The store is empty. Load the curated case with `loophole load`, or tables of your own with "
    "`loophole load FOLDER`; `loophole template FOLDER` writes the tables to fill in."
)


def main() -> None:
    """The page."""
    reader = session.reader()
    st.subheader("Which chains could carry goods from one party to another?", anchor=False)
    st.markdown(
        "Name two sets of parties and a date: loophole finds the chains between them, and says of "
        "every hop whether a source states it or the program only infers it."
    )
    stock = session.stocked(reader, session.stamp())
    if not stock.entities:
        st.info(EMPTY)
        return
    _questions(reader)
    _loaded(stock)


def _questions(reader: Reader) -> None:
    """A card for each worked question whose parties are loaded."""
    asked = [q for q in worked.WORKED if worked.fits(q, partial(session.known, reader))]
    if not asked:
        st.info(NO_CASE)
        return
    for column, question in zip(st.columns(WIDTHS[-len(asked) :]), asked, strict=True):
        with column.container(border=True, height="stretch"):
            _card(reader, question)


def _card(reader: Reader, question: worked.Worked) -> None:
    choices = question.choices
    key = (session.stamp(), choices.as_of.toordinal(), None, choices.contested)
    question_asked = asking.question(session.sets(reader, session.stamp()), choices)
    answer = session.answered(reader, key, question_asked, LINES)
    st.markdown(f"##### {question.title}")
    st.caption(question.shows)
    with st.container(height="stretch", gap="xsmall"):
        _answer(answer)
    st.page_link(
        registry.path("routes"),
        label=":primary[**Open this question →**]",
        query_params=worked.address(choices),
        width="stretch",
    )


def _answer(answer: Answer) -> None:
    """The counts, what must be said in words, and the first lines with what is said against them."""
    counts = answer.counts
    st.markdown(
        f":blue-badge[{counts.documented} documented] :orange-badge[{counts.possible} possible]"
    )
    for statement in answer.statements:
        st.markdown(f"**{plain(statement)}**")
    names = widgets.short_names(answer.parties)
    for route in answer.routes:
        st.markdown(plain(widgets.chain(route, names)) + _marks(route))
        for denial in dict.fromkeys(denial for hop in route.hops for denial in hop.denials):
            name = names.get(denial.party, denial.party)
            st.caption(f"{plain(name)} {plain(denial.kind)}: {plain(denial.statement)}")
    _more(answer)


def _more(answer: Answer) -> None:
    """How many routes stand behind the lines that are shown."""
    shown = sum(1 + len(route.also_from) + len(route.also_to) for route in answer.routes)
    if more := answer.counts.routes - shown:
        st.caption(f"and {more} more routes")


def _marks(route: RouteRecord) -> str:
    """Badges for what a line must not be shown without."""
    return "".join(f" :gray-badge[{plain(mark)}]" for mark in widgets.marks(route))


def _loaded(stock: Stock) -> None:
    """How much is loaded, how fresh it is, and what was left out."""
    numbers = {
        "parties, aircraft and places": stock.entities,
        "relations": stock.edges,
        "measures of law": stock.measures,
        "claims": stock.claims,
        "sources": stock.sources,
    }
    counted = " · ".join(f"**{number:,}** {label}" for label, number in numbers.items())
    st.markdown(f"{counted}{plain(_dated(stock))}")
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.caption(plain(_written(stock)), width="content")
        st.page_link(
            registry.path("sources"),
            label=f"{stock.contested} contested, {stock.refused} refused: Sources →",
        )
        st.caption("A lead, not proof. Not legal advice.", width="content")


def _dated(stock: Stock) -> str:
    if not stock.oldest:
        return ", none of them dated"
    undated = f", {stock.undated} undated" if stock.undated else ""
    return f" of {stock.oldest} to {stock.newest}{undated}"


def _written(stock: Stock) -> str:
    sets = ", ".join(load.dataset for load in stock.loads)
    when = session.loaded_at()
    return f"Loaded: {sets}" + (f" · store written {when:%Y-%m-%d %H:%M}" if when else "")


main()
