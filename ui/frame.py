"""The look that all pages share."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import streamlit as st

from graph.exc import StoreError

_SHEET = Path(__file__).resolve().parent / "page.css"


def style() -> None:
    """Put the style sheet into the page. It is a file of this package; nothing of data is in it."""
    st.html(f"<style>{_SHEET.read_text(encoding='utf-8')}</style>")


@contextmanager
def plain() -> Iterator[None]:
    """A store that goes away while a page is drawn, as a server can, is told in its sentence."""
    try:
        yield
    except StoreError as error:
        st.error(str(error))
