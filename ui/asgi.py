"""The app behind security headers: what is not of this server is blocked by the browser itself.

`streamlit run` of this file serves `app.py` (Streamlit's ASGI entry point, `st.App`).
"""

import base64
import hashlib
import importlib
import re
from importlib.resources import files
from pathlib import Path

import streamlit as st
from starlette.middleware import Middleware
from starlette.routing import Mount
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from ui import components

# Imported before the server answers, so that nobody waits for them on the first screen.
for _module in ("pandas", "pyarrow", "ui.workbench.bench"):
    importlib.import_module(_module)

_FRONT_DOOR = Path(__file__).resolve().parent.parent / "app.py"


def _own_inline_scripts() -> str:
    """The scripts inside Streamlit's own page, each allowed by its hash."""
    page = (files("streamlit") / "static" / "index.html").read_text("utf-8")
    scripts = re.findall(r"<script>(.*?)</script>", page, re.DOTALL)
    digests = (base64.b64encode(hashlib.sha256(s.encode()).digest()).decode() for s in scripts)
    return " ".join(f"'sha256-{digest}'" for digest in digests)


# Streamlit compiles templates and WebAssembly in the page and sets styles inline; all else is shut.
POLICY = "; ".join(
    (
        "default-src 'self'",
        f"script-src 'self' 'unsafe-eval' 'wasm-unsafe-eval' blob: {_own_inline_scripts()}",
        "style-src 'self' 'unsafe-inline'",
        "img-src 'self' data: blob:",
        "font-src 'self' data:",
        "connect-src 'self' blob: data:",
        "worker-src 'self' blob:",
        "frame-src 'none'",
        "object-src 'none'",
        "base-uri 'self'",
        "form-action 'self'",
        "frame-ancestors 'none'",
    )
)
HEADERS = (
    (b"content-security-policy", POLICY.encode()),
    (b"referrer-policy", b"no-referrer"),
    (b"x-content-type-options", b"nosniff"),
)


class SecurityHeaders:
    """Adds the headers to every answer over HTTP."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on; answers get the headers."""

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                message["headers"] = [*message["headers"], *HEADERS]
            await send(message)

        await self.app(scope, receive, send_with_headers if scope["type"] == "http" else send)


app = st.App(
    _FRONT_DOOR,
    routes=[Mount(f"/{components.path()}", StaticFiles(directory=components.FOLDER))],
    middleware=[Middleware(SecurityHeaders)],
)
