"""Relief: which routes measures opened, and at which hop these turn unlawful under which text."""

from functools import partial

import streamlit as st

from graph import dates
from graph.exc import UserError
from graph.export.json_ import encode
from graph.relief import Relief, as_answer, marks
from graph.store import Reader
from ui import asking, session
from ui.relief import question, told
from ui.terminal.relieving import csv_relief
from ui.text import plain
from ui.workbench.bench import Drawn, bench
from ui.workbench.ends import ends, in_words

LINES = 250


def main() -> None:
    """The page."""
    reader = session.reader()
    for fault in question.restore(reader):
        st.warning(plain(fault))
    question.switch()
    ends(reader, question.DESK)
    question.DESK.remember()
    try:
        found = _found(reader)
    except UserError as error:
        st.warning(plain(in_words(str(error))))
        return
    if found is None:
        st.info("Choose a measure, and who the routes begin and end with.")
        return
    told.sides(found)
    told.counts(found)
    _loopholes(reader, found)
    told.assumed(found)
    _downloads(found)
    st.caption(plain(found.note))


def _found(reader: Reader) -> Relief | None:
    """The answer, or None while something to ask with is missing."""
    choices = question.DESK.now()
    if not (choices.measures and choices.origins and choices.destinations):
        return None
    day = choices.as_of.toordinal() if choices.as_of else None
    sets = session.sets(reader, session.stamp())
    asked = asking.of_ends(sets, choices)
    measures = tuple(sorted(choices.measures))
    return session.relieved(reader, asked, measures, day, choices.day_before)


def _loopholes(reader: Reader, found: Relief) -> None:
    """The loopholes drawn and listed: what became lawful in one colour, what is barred in another."""
    if not found.loopholes:
        st.info("No route has a first part that became lawful and a later hop that is prohibited.")
        return
    drawn = found.loopholes[:LINES]
    holes = {hole.route.rank: hole for hole in drawn}
    texts = {record.id: record for record in found.cited}
    bench(
        reader,
        Drawn(
            as_answer(found, LINES),
            tuple(map(marks, drawn)),
            partial(told.loophole, holes, texts),
        ),
        question.DESK,
        dates.day_of(found.after.as_of),
    )
    if left := len(found.loopholes) - len(drawn):
        st.caption(f"and {left} more: the table and the downloads hold all")
    told.opened(found)
    told.table(found)


def _downloads(found: Relief) -> None:
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown("**Export**, with question, dates, sources and denials:", width="content")
        for label, made, mime in (
            ("JSON", encode, "application/json"),
            ("CSV", csv_relief, "text/csv"),
        ):
            st.download_button(
                label,
                partial(made, found),
                file_name=f"relief-{found.after.as_of}.{label.lower()}",
                mime=mime,
                key=f"relief.download.{label}",
                on_click="ignore",
            )
        st.caption("The address of this page is the question: copy it to share it.")


main()
