"""The app's own components (Streamlit Components v2): scripts served once, data sent on each change.

The scripts are files of this package, served by `ui.asgi` from a path that holds their digest, so
that a browser may keep them and never mixes two versions.
"""

import hashlib
from collections.abc import Callable, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

import streamlit as st

FOLDER = Path(__file__).resolve().parent / "frontend"
_BOOT = (
    'const module = await import(new URL("{path}/{name}.js", document.baseURI).href);\n'
    "export default module.default;\n"
)


@lru_cache(maxsize=1)
def path() -> str:
    """Where the scripts are served, below the address of the app."""
    digest = hashlib.sha256()
    for file in sorted(FOLDER.rglob("*")):
        if file.is_file():
            digest.update(file.name.encode() + file.read_bytes())
    return f"frontend/{digest.hexdigest()[:12]}"


def mount(name: str, data: Mapping[str, Any], on_action: Callable[[], None], key: str) -> None:
    """Draw a component. `on_action` runs when it sends an event: see `sent`."""
    component = st.components.v2.component(
        f"loophole_{name}",
        html=f'<div class="{name}"></div>',
        js=_BOOT.format(path=path(), name=name),
    )
    component(key=key, data=dict(data), on_action_change=on_action)


def sent(key: str) -> dict[str, Any]:
    """The event that a component has sent; empty when it sent none, or no such thing."""
    event = st.session_state.get(key, {}).get("action")
    return dict(event) if isinstance(event, Mapping) else {}
