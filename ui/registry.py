"""The pages, in the order of the navigation. A new page is a file and a line here."""

from pathlib import Path

import streamlit as st
from streamlit.navigation.page import StreamlitPage

_PAGES = Path(__file__).resolve().parent / "pages"


def pages() -> list[StreamlitPage]:
    """All pages. Icons are text: symbols by name would be fetched from another machine."""
    return [
        st.Page(_PAGES / "start.py", title="Start", url_path="start", default=True),
        st.Page(_PAGES / "routes.py", title="Routes", url_path="routes"),
        st.Page(_PAGES / "entity.py", title="Entity", url_path="entity"),
        st.Page(_PAGES / "law.py", title="Law", url_path="law"),
        st.Page(_PAGES / "relief.py", title="Relief", url_path="relief"),
        st.Page(_PAGES / "sources.py", title="Sources", url_path="sources"),
    ]


def path(name: str) -> Path:
    """The file of a page, for links to it."""
    return _PAGES / f"{name}.py"
