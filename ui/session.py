"""All cached reading: one store a process, one view a date, one answer a question."""

import datetime as dt
import os

import msgspec
import streamlit as st

from graph.changes import LAW, changes
from graph.exc import NotFound, UserError
from graph.law.hops import HopJudge
from graph.law.parties import Parties
from graph.law.regimes import Law, shipped
from graph.law.relief import day_before, find_measures, switched
from graph.neighbourhood import Surroundings, Whole, surroundings
from graph.relief import Relief, relief
from graph.routes import Question
from graph.routes.answer import answer
from graph.routes.follow import FollowUps
from graph.routes.records import Answer
from graph.rules import Facts
from graph.settings import default_store, program_version
from graph.sources import Sources, sources
from graph.stock import Stock, stock
from graph.store import Reader, open_store, store_state
from graph.view import View, build_view

Stamp = tuple[str | int, ...]
"""Which store, in which state: what is cached belongs to one stamp."""
RELIEF_ROUTES = 1000
"""The most routes that a relief diff looks at."""
ViewKey = tuple[Stamp, int, int | None, bool]
"""Stamp, as-of, known-at, contested: what a view is made from."""


@st.cache_resource(max_entries=2, show_spinner=False)
def _open(stamp: Stamp) -> Reader:
    return open_store(str(stamp[0]))


def reader() -> Reader:
    """The store of this server. Stops the page with a plain sentence when there is none."""
    uri = default_store()
    try:
        st.session_state["stamp"] = (uri, *store_state(uri))
        return _open(stamp())
    except UserError as error:
        st.error(str(error))
        st.stop()


def stamp() -> Stamp:
    """The stamp of the store that this run of a page reads; `reader` sets it."""
    found: Stamp = st.session_state["stamp"]
    return found


@st.cache_resource(max_entries=16, show_spinner="Reading the store …")
def view(_reader: Reader, key: ViewKey) -> View:
    """The store on a date."""
    _, as_of, known_at, contested = key
    return build_view(_reader, as_of, known_at, contested)


@st.cache_resource(max_entries=16, show_spinner=False)
def _around(_reader: Reader, key: ViewKey) -> Surroundings:
    """Where questions about a date are answered from: the whole store, or parts of a large one."""
    _, as_of, known_at, contested = key
    if _reader.near is None:
        return Whole(view(_reader, key))
    return surroundings(_reader, as_of, known_at, contested)


@st.cache_resource(max_entries=16, show_spinner=False)
def _follow_ups(key: ViewKey) -> FollowUps:
    """What was read for earlier questions about a view."""
    return FollowUps()


@st.cache_resource(
    max_entries=64, show_spinner="Searching …", hash_funcs={Question: msgspec.json.encode}
)
def _answered(
    _reader: Reader, key: ViewKey, question: Question, k: int, _law: Law, edition: int
) -> Answer:
    part, now = _around(_reader, key).of(question), (*key[:2], None, key[3])
    return answer(
        part.view,
        question,
        k,
        folded=True,
        version=program_version(),
        find=_follow_ups(key),
        known_now=lambda: _around(_reader, now).of(question),
        wider=lambda eased: _around(_reader, key).of(eased, question.named),
        cut=part.cut,
        judge=HopJudge(_law, Parties(_reader), key[1], key[2], goods=question.goods),
    )


def answered(reader: Reader, key: ViewKey, question: Question, k: int) -> Answer:
    """The answer to a question, folded into lines, by the law as its files stand."""
    law = shipped.law()
    return _answered(reader, key, question, k, law, shipped.edition)


@st.cache_resource(
    max_entries=16,
    show_spinner="Judging every hop twice …",
    hash_funcs={Question: msgspec.json.encode},
)
def _relieved(
    _reader: Reader,
    stamp: Stamp,
    question: Question,
    measures: tuple[str, ...],
    day: int | None,
    by_day: bool,
    _law: Law,
    edition: int,
) -> Relief:
    chosen = find_measures(measures, _law, _reader.measures())
    switch = day_before(chosen, _law) if by_day else switched(chosen, _law, day)
    seen = view(_reader, (stamp, switch.after.day, None, False))
    version = program_version()
    return relief(seen, question, switch, Parties(_reader), k=RELIEF_ROUTES, version=version)


def relieved(
    reader: Reader, question: Question, measures: tuple[str, ...], day: int | None, by_day: bool
) -> Relief:
    """What some measures opened, by the law as its files stand.

    Args:
        reader: the store.
        question: which routes.
        measures: their ids.
        day: the day of both states of the law; None for that on which the last measure took effect.
        by_day: whether the day before they took effect is compared instead; `day` does not matter then.

    Raises:
        BadInput, NotFound: for what cannot be asked.
    """
    law = shipped.law()
    when = None if by_day else day
    return _relieved(reader, stamp(), question, measures, when, by_day, law, shipped.edition)


@st.cache_resource(max_entries=2, show_spinner=False)
def sets(_reader: Reader, stamp: Stamp) -> dict[str, tuple[str, ...]]:
    """The named sets and their members."""
    found: dict[str, list[str]] = {}
    for member in _reader.set_members():
        found.setdefault(member.set, []).append(member.entity)
    return {name: tuple(ids) for name, ids in found.items()}


@st.cache_resource(max_entries=2, show_spinner=False)
def measured(_reader: Reader, stamp: Stamp, kind: str) -> dict[str, str]:
    """The names, by id, of all entities of a kind upon which there are measures."""
    upon = {measure.entity for measure in _reader.measures()}
    found = {e.id: e.name for e in _reader.entities((kind,)) if e.id in upon}
    return dict(sorted(found.items(), key=lambda item: (item[1].casefold(), item[0])))


def known(reader: Reader, name: str) -> bool:
    """Whether something is the name of a set or the id of an entity."""
    if name in sets(reader, stamp()):
        return True
    try:
        return bool(reader.entity(name))
    except NotFound:
        return False


@st.cache_resource(max_entries=32, show_spinner=False)
def changed(_reader: Reader, stamp: Stamp, parties: tuple[str, ...]) -> dict[dt.date, str]:
    """What changes for some parties, a sentence a day."""
    days: dict[dt.date, list[str]] = {}
    for change in sorted(changes(_reader, parties), key=lambda c: (c.day, c.kind != LAW)):
        days.setdefault(dt.date.fromordinal(change.day), []).append(change.what)
    return {
        day: what[0] + (f" and {len(what) - 1} more" if what[1:] else "")
        for day, what in days.items()
    }


@st.cache_resource(max_entries=2, show_spinner=False)
def listed_sources(_reader: Reader, stamp: Stamp) -> Sources:
    """What the store rests on."""
    return sources(_reader)


@st.cache_resource(max_entries=2, show_spinner=False)
def stocked(_reader: Reader, stamp: Stamp) -> Stock:
    """What the store holds, in numbers."""
    return stock(_reader, listed_sources(_reader, stamp))


def loaded_at() -> dt.datetime | None:
    """When the store was last written to; None where that cannot be told."""
    try:
        return dt.datetime.fromtimestamp(os.path.getmtime(default_store())).astimezone()
    except OSError:
        return None


@st.cache_resource(max_entries=8, show_spinner=False)
def facts(_reader: Reader, stamp: Stamp, as_of: int) -> Facts:
    """What holds on a day, as rules take it."""
    return Facts(_reader, as_of)
