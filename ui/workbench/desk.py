"""The question of a page that asks about routes: its choices in the session and in the address.

Every key of the session begins with the name of the page, so that two such pages know nothing of each
other's question.
"""

from collections.abc import Container, Sequence
from functools import partial
from typing import Generic

import msgspec
import streamlit as st

from graph.store import Reader
from ui import session
from ui.links import SETS, Address, C


class Desk(Generic[C]):
    """One page's question.

    Attributes:
        page: the name of the page.
    """

    def __init__(self, page: str, address: Address[C]) -> None:
        self.page = page
        self._address = address

    def key(self, name: str) -> str:
        """The key of something in the session."""
        return f"{self.page}.{name}"

    def restore(self, reader: Reader, words: Container[str]) -> list[str]:
        """Take the question from the address: at first, after a link, after the back button.

        Coming back from another page, whose address holds no question, the last one stands again.
        Returns a sentence for everything in the address that could not be used.

        Args:
            reader: the store.
            words: see `ui.links.Address.read`.
        """
        given = {name: st.query_params.get_all(name) for name in st.query_params}
        last = st.session_state.get(self.key("link"))
        # What other pages do not show, Streamlit forgets.
        here = all(self.key(name) in st.session_state for name in self._fields)
        if here and given == last:
            return []
        wanted = given if here else given or last or {}
        choices, faults = self._address.read(wanted, partial(session.known, reader), words)
        for name in self._fields:
            value = getattr(choices, name)
            if name in SETS.values():  # the first question is of the case, which may not be loaded
                value = tuple(one for one in value if session.known(reader, one))
            st.session_state[self.key(name)] = value
        return faults

    def now(self) -> C:
        """What is chosen."""
        chosen = {name: st.session_state[self.key(name)] for name in self._fields}
        # A box of several choices holds a list.
        fixed = {k: tuple(v) if isinstance(v, list) else v for k, v in chosen.items()}
        return msgspec.structs.replace(self._address.first, **fixed)

    def remember(self) -> None:
        """Write the question into the address."""
        link = self._address.write(self.now())
        st.session_state[self.key("link")] = link
        if link != {name: st.query_params.get_all(name) for name in st.query_params}:
            st.query_params.from_dict(link)

    def put(self, field: str, ids: Sequence[str]) -> None:
        """Change one end of the question; the whole page answers anew."""
        st.session_state[self.key(field)] = tuple(dict.fromkeys(ids))
        st.session_state[self.key("asked")] = True
        st.session_state.pop(self.key("search"), None)

    def asked_anew(self) -> None:
        """Run the whole page where a fragment has changed the question."""
        if st.session_state.pop(self.key("asked"), False):
            st.rerun(scope="app")

    @property
    def _fields(self) -> tuple[str, ...]:
        return self._address.first.__struct_fields__
