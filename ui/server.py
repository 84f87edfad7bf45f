"""Serves the app on this machine only, without telemetry or outside requests."""

import os
import socket
import subprocess
import sys
from pathlib import Path

from graph.exc import BadInput

ADDRESS = "127.0.0.1"
_CODE = Path(__file__).resolve().parent.parent
_OPTIONS = {
    "server.address": ADDRESS,
    "server.headless": "true",
    "server.fileWatcherType": "none",
    "server.showEmailPrompt": "false",
    "browser.gatherUsageStats": "false",
    "client.toolbarMode": "minimal",
    "client.showErrorDetails": "none",
    "theme.light.primaryColor": "#c2410c",
    "theme.dark.primaryColor": "#fb923c",
}


def command(port: int, code: Path = _CODE) -> list[str]:
    """The command line that serves the app from the files in the folder `code`."""
    options = [f"--{name}={value}" for name, value in _OPTIONS.items()]
    return [
        *(
            sys.executable,
            "-m",
            "streamlit",
            "run",
            str(code / "ui" / "asgi.py"),
            f"--server.port={port}",
        ),
        *options,
    ]


def serve(store: str, port: int) -> int:
    """Serve until interrupted; returns the server's exit code.

    Raises:
        BadInput: when the port is taken.
    """
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((ADDRESS, port))
        except OSError:
            raise BadInput(f"port {port} is in use: choose another with --port") from None
    environment = os.environ | {"LOOPHOLE_STORE": store}
    process = subprocess.Popen(command(port), env=environment)
    try:
        return process.wait()
    except KeyboardInterrupt:
        process.terminate()
        return process.wait()
