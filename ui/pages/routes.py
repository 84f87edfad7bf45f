"""Routes: which chains could carry goods from one set of parties to another, on a date."""

import datetime as dt
from functools import partial

import streamlit as st

from graph.exc import UserError
from graph.routes.answer import broken_off
from graph.routes.lawful import lawful_until_last
from graph.routes.records import Answer
from graph.store import Reader
from ui import session, widgets
from ui.asking import question as asked
from ui.downloads import LABELS, file_name, routes_file
from ui.links import Choices
from ui.text import plain
from ui.workbench import question
from ui.workbench.bench import Drawn, bench
from ui.workbench.ends import ends, in_words

LINES = 40


def main() -> None:
    """The page."""
    reader = session.reader()
    for fault in question.restore(reader):
        st.warning(plain(fault))
    ends(reader, question.DESK)
    choices = question.DESK.now()
    question.as_of(_changes(reader, choices))
    question.DESK.remember()
    known_at = choices.known_at.toordinal() if choices.known_at else None
    key = (session.stamp(), choices.as_of.toordinal(), known_at, choices.contested)
    try:
        answer = session.answered(
            reader, key, asked(session.sets(reader, session.stamp()), choices), LINES
        )
    except UserError as error:
        st.warning(plain(in_words(str(error))))
        return
    _say(answer)
    if not answer.routes:
        _why_none(answer)
        return
    if choices.lawful_until_last:
        answer = _turning(answer)
    if not answer.routes:
        return
    bench(reader, Drawn(answer), question.DESK, key[1])
    _table(answer)
    _downloads(answer)


def _changes(reader: Reader, choices: Choices) -> dict[dt.date, str]:
    """The days on which something changes for the parties of the question."""
    sets = session.sets(reader, session.stamp())
    chosen = (*choices.origins, *choices.via, *choices.destinations)
    parties = {one for name in chosen for one in sets.get(name, (name,))}
    return session.changed(reader, session.stamp(), tuple(sorted(parties)))


def _say(answer: Answer) -> None:
    """How many, of which basis, and what must be said in words."""
    counts = answer.counts
    more = " and more" if answer.more else ""
    st.markdown(
        f"**{counts.documented} documented** and **{counts.possible} possible** routes{more}, "
        f"in {len(answer.routes)} {'line' if len(answer.routes) == 1 else 'lines'}, "
        f"as of **{answer.question['as_of']}**. "
        + " ".join(f"**{plain(statement)}**" for statement in answer.statements)
        + " :gray[A lead, not proof.]"
    )
    if answer.truncated:
        st.warning(f"{plain(broken_off(answer))} Ask for fewer hops or parties to see all.")


def _turning(answer: Answer) -> Answer:
    """Only the lines that turn unlawful at their last hop, and how many those are."""
    turning = lawful_until_last(answer)
    st.info(
        f"{len(turning.routes)} of {len(answer.routes)} lines are lawful up to their last hop, which "
        "is prohibited. A line is judged by the parties it names, not by those folded into it. "
        "Not legal advice."
    )
    return turning


def _why_none(answer: Answer) -> None:
    helping = [eased for eased in answer.why_none if eased.routes]
    if answer.truncated and not answer.why_none:
        st.info("No route was found before the search was broken off; there may be some.")
    elif not helping:
        st.info("No route, and no single constraint taken away would give one.")
    else:
        st.info("No route. Taken away one at a time, these constraints would give:")
    for eased in helping:
        more = "at least " if eased.more else ""
        st.markdown(f"- without {plain(eased.without)}: {more}{eased.routes}")
    for sentence in answer.no_takers:
        st.markdown(plain(sentence))
    _notes(answer)


def _notes(answer: Answer) -> None:
    """What bounds the answer: the caution, unknown fleets, destinations that nothing fits."""
    unknown = ""
    if answer.fleet_unknown:
        unknown = (
            f" The fleet of {len(answer.fleet_unknown)} airlines is unknown, so no possible hop "
            f"meets them: {plain(', '.join(answer.fleet_unknown))}."
        )
    st.caption(answer.note + unknown)
    if answer.routes and answer.no_takers:
        with st.expander(f"{len(answer.no_takers)} destinations are no takers: nothing fits"):
            st.markdown("\n".join(f"- {plain(sentence)}" for sentence in answer.no_takers))


def _table(answer: Answer) -> None:
    """The same lines as a table, for those who cannot use a canvas."""
    names = widgets.short_names(answer.parties)
    _notes(answer)
    with st.expander(f"The {len(answer.routes)} lines as a table"):
        st.dataframe(
            [
                {
                    "#": route.rank,
                    "basis": route.basis,
                    "from": widgets.first(route, names),
                    "through": widgets.between(route, names),
                    "to": widgets.last(route, names),
                    "how": widgets.how(route),
                    "family": route.family or "",
                    "chain": route.chain,
                    "cost": route.cost,
                    "id": route.id,
                }
                for route in answer.routes
            ],
            hide_index=True,
            width="stretch",
        )


def _downloads(answer: Answer) -> None:
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown("**Export**, with question, date, sources and denials:", width="content")
        for to_format, label in LABELS.items():
            st.download_button(
                label,
                partial(routes_file, answer, to_format),
                file_name(answer, to_format),
                key=f"routes.download.{to_format}",
                on_click="ignore",
            )
        st.caption("The address of this page is the question: copy it to share it.")


main()
