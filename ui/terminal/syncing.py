"""Bringing stores in line from a command line: its options, and the report as text and CSV."""

from collections.abc import Callable

import click

from graph.exc import BadInput
from graph.store.sync import Change, Sync, sync
from ui.terminal.text import columns, structs
from ui.text import bare

_STATES = {
    "new": "new",
    "changed": "changed",
    "unchanged": "unchanged",
    "only_there": "only there, kept",
}


def options(command: Callable[..., None]) -> Callable[..., None]:
    """The options of `sync`."""
    for option in reversed(
        (
            click.option("--to", "to", metavar="URI", help="The store to write; made when absent."),
            click.option("--from", "origin", metavar="URI", help="The store to read."),
            click.option("--dry-run", is_flag=True, help="Say what would change; write nothing."),
            click.option(
                "--replace", is_flag=True, help="Replace data sets that came from elsewhere."
            ),
        )
    ):
        command = option(command)
    return command


def synced(
    store: str,
    say: Callable[[str], None],
    *,
    to: str | None,
    origin: str | None,
    dry_run: bool,
    replace: bool,
) -> Sync:
    """One of two stores brought to hold what the other holds.

    Raises:
        UserError: unless one other store is named, and both can be used.
    """
    if bool(to) == bool(origin):
        raise BadInput("name one other store: --to the one to write, or --from the one to read")
    return sync(
        origin or store,
        to or store,
        dry_run=dry_run,
        replace=replace,
        say=lambda text: say(bare(text)),
    )


def table(value: Sync) -> str:
    """A line a data set, and the revision of the target."""
    names = ("data set", "state", "added", "changed", "removed", "records", "conflict")
    rows = [
        (c.dataset, _STATES[c.state], c.added, c.changed, c.removed, c.records, c.conflict)
        for c in value.datasets
    ]
    text = columns([names, *rows], (40, 16, 9, 9, 9, 9, 80))
    done = "nothing was written" if value.dry_run else f"revision {value.revision}"
    return f"{text}{bare(value.origin)} → {bare(value.target)}: {done}\n"


def csv_sync(value: Sync) -> str:
    """A row a data set."""
    return structs(Change, value.datasets)
