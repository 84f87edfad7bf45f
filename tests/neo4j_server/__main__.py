"""`python -m tests.neo4j_server` starts a server by hand, and stops it on Ctrl-C."""

import signal
from contextlib import suppress

from tests.neo4j_server.server import USER, Server


def main() -> None:
    """Start a server, say how it is reached, and wait."""
    with Server() as server, suppress(KeyboardInterrupt):
        print(f"export NEO4J_URI={server.uri} NEO4J_USERNAME={USER}")
        print(f"export NEO4J_PASSWORD={server.password}", flush=True)
        signal.pause()


if __name__ == "__main__":
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    main()
