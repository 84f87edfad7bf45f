"""Terminal front door: the same calls as the pages. `loophole --help` lists the commands."""

import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from graph.exc import BadInput, UserError
from graph.export import FORMATS, UNDATED, export_graph, export_routes, export_store
from graph.export.json_ import encode
from graph.routes.answer import broken_off
from graph.settings import default_store, program_version
from graph.show import show as show_entity
from graph.sources import sources as list_sources
from graph.store import Reader, open_store
from loaders import run
from loaders.template import write_template
from ui import terminal
from ui.terminal import asking, assessing, relieving, syncing
from ui.terminal import restricted as who
from ui.text import bare


class _Program(click.Group):
    """Turns a user's mistake into one sentence and exit code 2."""

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except UserError as error:
            click.echo(f"loophole: {error}", err=True)
            ctx.exit(2)


class _Out:
    """Where answers go: JSON for programs, CSV for spreadsheets, a table for people."""

    def __init__(self, store: str, form: str, quiet: bool) -> None:
        self.store = store
        self.form = form
        self.quiet = quiet

    def open(self) -> Reader:
        return open_store(self.store)

    def say(self, text: str) -> None:
        """A progress line; never on standard output."""
        if not self.quiet:
            click.echo(text, err=True)

    def put(
        self, value: object, as_table: Callable[[Any], str], as_csv: Callable[[Any], str]
    ) -> None:
        if self.form == "json":
            click.echo(encode(value).decode(), nl=False)
        else:
            click.echo(as_csv(value) if self.form == "csv" else as_table(value), nl=False)


_store = click.option(
    "--store",
    default=None,
    metavar="URI",
    help="The store: a file, sqlite:///file, or neo4j://host. Default: LOOPHOLE_STORE, else NEO4J_URI, "
    "else a file in the user's data folder.",
)
_format = click.option(
    "--format",
    "form",
    type=click.Choice(["table", "json", "csv"]),
    default="table",
    help="How to print the answer.",
)
_quiet = click.option("--quiet", is_flag=True, help="No progress or warnings on standard error.")

_FORMATS = "; ".join(f"{what}: {', '.join(known)}" for what, known in FORMATS.items())


def _output(command: Callable[..., None]) -> Callable[..., None]:
    """Give a command the options --store, --format and --quiet, as one object `out`."""

    def with_out(*, store: str | None, form: str, quiet: bool, **options: Any) -> None:
        command(_Out(store or default_store(), form, quiet), **options)

    with_out.__name__ = command.__name__
    with_out.__doc__ = command.__doc__
    with_out.__click_params__ = getattr(command, "__click_params__", [])  # type: ignore[attr-defined]
    return _store(_format(_quiet(with_out)))


@click.group(cls=_Program, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(program_version(), prog_name="loophole")
def main() -> None:
    """Which chains could carry goods to Russian carriers, and what of them is documented."""


@main.command()
@click.argument("path", type=click.Path(path_type=Path), required=False)
@click.option("--as", "loader", default="", metavar="LOADER", help="The loader, if not recognised.")
@click.option("--skip-bad", is_flag=True, help="Load the good rows and list the others.")
@click.option("--replace", is_flag=True, help="Replace a data set of this name from elsewhere.")
@_output
def load(out: _Out, path: Path | None, loader: str, skip_bad: bool, replace: bool) -> None:
    """Load a folder of tables, or the curated case when no PATH is given."""
    report = run.load(out.store, path or run.case_folder(), loader, skip_bad, replace)
    for warning in report.warnings:
        out.say(bare(f"{warning.where}: {warning.what}"))
    out.put({"loads": [report]}, terminal.loads, terminal.csv_loads)


@main.command()
@click.argument("folder", type=click.Path(path_type=Path))
@_output
def template(out: _Out, folder: Path) -> None:
    """Write empty tables into FOLDER, each with a commented example."""
    files = [str(path) for path in write_template(folder)]
    out.put({"files": files}, terminal.files, terminal.csv_files)


@main.command()
@_output
def sources(out: _Out) -> None:
    """What is loaded, from which sources, and which claims were refused."""
    out.put(list_sources(out.open()), terminal.sources, terminal.csv_sources)


@main.command()
@click.argument("text")
@click.option("--limit", type=click.IntRange(1, 1000), default=10, show_default=True)
@_output
def search(out: _Out, text: str, limit: int) -> None:
    """Find entities by name, alias, registration, serial number or code."""
    hits = out.open().search(text, limit)
    out.put({"query": text, "hits": hits}, terminal.hits, terminal.csv_hits)


@main.command()
@click.argument("entity_id", metavar="ID")
@click.option("--as-of", metavar="DATE", help="The date asked about. Default: today.")
@_output
def show(out: _Out, entity_id: str, as_of: str | None) -> None:
    """Everything the store says about one entity."""
    shown = show_entity(out.open(), entity_id, asking.day(as_of))
    out.put(shown, terminal.entity, terminal.csv_entity)


@main.command()
@asking.question_options(required=True)
@_output
def routes(out: _Out, fold: bool | None, **asked: Any) -> None:
    """Find the routes between two sets of parties."""
    found = asking.answered(out.open(), out.form == "table" if fold is None else fold, asked)
    if found.truncated:
        out.say(f"loophole: {broken_off(found)}")
    if out.form == "csv":  # a table of hops has no room for what is said of all of them
        out.say(terminal.beside_routes(found))
    out.put(found, terminal.routes, terminal.csv_routes)


@main.command()
@who.options
@_output
def restricted(out: _Out, path: Path | None, entity_id: str | None, **asked: Any) -> None:
    """Whether an entity is restricted by itself or through its owners, by a regime's own rule.

    ID is an entity of the store; --file asks about facts of one's own, see the section Ownership
    questions in docs/cli.md.
    """
    if path is not None:
        found = who.of_file(path, asked | {"entity_id": entity_id})
        out.put(found, who.table, who.csv_answers)
    elif entity_id is None:
        raise BadInput("nothing is asked: give the ID of an entity, or --file QUESTION.json")
    else:
        out.put(who.one(out.open(), entity_id, asked), who.table_one, who.csv_one)


@main.command()
@assessing.options()
@_output
def assess(out: _Out, path: Path | None, **asked: Any) -> None:
    """What each body of law says of a transaction on its date. Not legal advice."""
    found = assessing.assessed(out.open(), path, asked)
    out.put(found, terminal.verdicts, terminal.csv_verdicts)


@main.command()
@relieving.options
@_output
def relief(out: _Out, measures: str, by_day: bool, **asked: Any) -> None:
    """Which routes a measure, or several, opened, and where these turn unlawful.

    Without --from and --to: western-suppliers to russian-carriers, by way of belavia. Every hop is
    judged with the measures off and with them on, on one date. Not legal advice.
    """
    found = relieving.relieved(out.open(), measures, by_day, asked)
    if found.truncated:
        out.say("loophole: the search was stopped before it had seen every route")
    out.put(found, relieving.table, relieving.csv_relief)


@main.command()
@click.option("--what", type=click.Choice(list(FORMATS)), required=True, help="What to write.")
@click.option("--to-format", required=True, metavar="FORMAT", help=_FORMATS)
@click.option(
    "--out",
    "place",
    type=click.Path(path_type=Path),
    required=True,
    help="File, or folder for tables and neo4j-admin.",
)
@asking.question_options(required=False)
@_output
def export(
    out: _Out, what: str, to_format: str, place: Path, fold: bool | None, **asked: Any
) -> None:
    """Write the graph, or the routes of a question, to files.

    The graph as tables, cypher or neo4j-admin is everything the store holds, whatever the date: the
    first for `loophole load`, the others for a Neo4j database to look at (docs/neo4j-queries.md).
    """
    reader = out.open()
    if what == "graph" and to_format in UNDATED:
        asking.refuse_unused((*asked, "fold"), ())
        written = export_store(reader, to_format, place)
    elif what == "graph":
        asking.refuse_unused((*asked, "fold"), asking.OF_THE_VIEW)
        view = asking.view(reader, asked, asked["known_at"])
        written = export_graph(reader, view, to_format, place)
    else:
        if not asked["origins"] or not asked["destinations"]:
            raise click.UsageError("routes need --from and --to")
        written = export_routes(asking.answered(reader, bool(fold), asked), to_format, place)
    out.put({"files": written}, terminal.written, terminal.csv_written)


@main.command()
@syncing.options
@_output
def sync(out: _Out, **asked: Any) -> None:
    """Bring another store to hold what this one holds, or this one what another holds.

    Only data sets that differ are written, each as one load; those that only the store written to
    holds stay. A run that was cut short goes on where it stopped when it is started again.
    """
    out.put(syncing.synced(out.store, out.say, **asked), syncing.table, syncing.csv_sync)


@main.command()
@click.option("--port", type=click.IntRange(1, 65535), default=8501, show_default=True)
@_output
def app(out: _Out, port: int) -> None:
    """Open the app in the browser, on this machine only. The case is loaded when it is not yet."""
    from ui.server import serve

    report = run.ensure_case(out.store)
    if report is not None:
        out.say(f"loaded {report.source}: {report.written} records, revision {report.revision}")
    sys.exit(serve(out.store, port))


if __name__ == "__main__":
    main()
