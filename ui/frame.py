"""The look that all pages share."""

from pathlib import Path

import streamlit as st

_SHEET = Path(__file__).resolve().parent / "page.css"


def style() -> None:
    """Put the style sheet into the page. It is a file of this package; nothing of data is in it."""
    st.html(f"<style>{_SHEET.read_text(encoding='utf-8')}</style>")
