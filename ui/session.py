"""All cached reading: one store a process, one view a date, one answer a question."""

import os

import msgspec
import streamlit as st

from graph.exc import UserError
from graph.routes import Question
from graph.routes.answer import answer
from graph.routes.records import Answer
from graph.settings import default_store, program_version
from graph.sources import Sources, sources
from graph.store import Reader, open_store
from graph.view import View, assemble, build_view


@st.cache_resource(max_entries=2, show_spinner=False)
def _open(uri: str, changed: float) -> Reader:
    return open_store(uri)


def reader() -> Reader:
    """The store of this server. Stops the page with a plain sentence when there is none."""
    uri = default_store()
    try:
        return _open(uri, os.path.getmtime(uri) if os.path.exists(uri) else 0.0)
    except UserError as error:
        st.error(str(error))
        st.stop()


@st.cache_resource(max_entries=16, show_spinner="Reading the store …")
def view(_reader: Reader, revision: int, as_of: int, known_at: int | None, contested: bool) -> View:
    """The store on a date."""
    return build_view(_reader, as_of, known_at, contested)


def parties(view: View) -> list[str]:
    """What may stand at an end of a question: named sets, then all parties of routes."""
    return [*sorted(view.sets), *(i for i, n in zip(view.ids, view.never, strict=True) if not n)]


@st.cache_resource(max_entries=2, show_spinner=False)
def choosable(_reader: Reader, revision: int) -> list[str]:
    """The names a link may hold, whatever its date."""
    return parties(
        assemble([], {e.id: e for e in _reader.entities()}, as_of=0, sets=_sets(_reader))
    )


def _sets(reader: Reader) -> dict[str, tuple[str, ...]]:
    return {member.set: () for member in reader.set_members()}


@st.cache_resource(
    max_entries=64, show_spinner="Searching …", hash_funcs={Question: msgspec.json.encode}
)
def answered(
    _view: View, key: tuple[int, int, int | None, bool], question: Question, k: int
) -> Answer:
    """The answer to a question, folded into lines. `key` stands for the view."""
    return answer(_view, question, k, folded=True, version=program_version())


@st.cache_resource(max_entries=2, show_spinner=False)
def listed_sources(_reader: Reader, revision: int) -> Sources:
    """What the store rests on."""
    return sources(_reader)
