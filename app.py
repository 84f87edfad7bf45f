"""Web front door: page config and navigation, nothing else."""

import streamlit as st

from ui import frame
from ui.registry import pages

st.set_page_config(page_title="loophole", page_icon="🛫", layout="wide")
frame.style()
with frame.plain():
    st.navigation(pages(), position="top").run()
