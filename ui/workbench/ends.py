"""From, to, via, avoid: boxes that search as one types."""

from collections.abc import Callable
from typing import Any

import streamlit as st

from graph.store import Reader
from ui import components, session
from ui.workbench import parties
from ui.workbench.desk import Desk

_BOXES = (
    ("origins", "From", "suppliers, makers, anyone"),
    ("destinations", "To", "carriers, anyone"),
    ("via", "Via any of", "anyone"),
    ("avoid", "Avoid", "nobody"),
)
_WORDS = {"--from": "From", "--to": "To", "--via": "Via", "--avoid": "Avoid", "`": ""}


@st.fragment
def ends(_reader: Reader, desk: Desk[Any]) -> None:
    """The boxes of a page's question."""
    event = st.session_state.get(desk.key("search"), {})
    fields = [_box(_reader, desk, *box) for box in _BOXES]
    found = event and {**event, "hits": parties.found(_reader, event["text"])}
    key = desk.key("ends")
    components.mount("asker", {"fields": fields, "found": found}, _take(_reader, desk, key), key)
    desk.asked_anew()


def in_words(sentence: str) -> str:
    """A sentence for the command line in the words of the boxes."""
    for option, box in _WORDS.items():
        sentence = sentence.replace(option, box)
    return sentence


def _box(reader: Reader, desk: Desk[Any], name: str, label: str, hint: str) -> dict[str, Any]:
    chosen = [parties.chosen(reader, one) for one in st.session_state[desk.key(name)]]
    return {"name": name, "label": label, "hint": hint, "chosen": chosen}


def _take(reader: Reader, desk: Desk[Any], key: str) -> Callable[[], None]:
    """Handle what the boxes send: a text to search for, or a choice."""

    def take() -> None:
        event = components.sent(key)
        field, text, ids = event.get("field"), event.get("text"), event.get("ids")
        if field not in {name for name, _, _ in _BOXES}:
            return
        if event.get("type") == "search" and isinstance(text, str):
            st.session_state[desk.key("search")] = {"field": field, "text": text[:200]}
        elif event.get("type") == "choose" and isinstance(ids, list):
            known = [one for one in ids if isinstance(one, str) and session.known(reader, one)]
            desk.put(field, known)

    return take
