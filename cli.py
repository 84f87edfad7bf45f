"""Terminal front door: the same calls as the pages. `loophole --help` lists the commands."""

import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from graph import dates
from graph.exc import UserError
from graph.export import FORMATS, export_graph, export_routes
from graph.export.json_ import encode
from graph.routes import Question, parse_set
from graph.routes.answer import answer
from graph.routes.records import Answer
from graph.rules import RULES
from graph.settings import default_store, program_version
from graph.show import show as show_entity
from graph.sources import sources as list_sources
from graph.store import Reader, open_store
from graph.view import View, build_view
from loaders import run
from loaders.template import write_template
from ui import terminal

UNFOLDED = 1000
FOLDED = 20


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
    help="The store: a file, or sqlite:///file. Default: LOOPHOLE_STORE, else the user's data folder.",
)
_format = click.option(
    "--format",
    "form",
    type=click.Choice(["table", "json", "csv"]),
    default="table",
    help="How to print the answer.",
)
_quiet = click.option("--quiet", is_flag=True, help="No progress or warnings on standard error.")


def _output(command: Callable[..., None]) -> Callable[..., None]:
    """Give a command the options --store, --format and --quiet, as one object `out`."""

    def with_out(*, store: str | None, form: str, quiet: bool, **options: Any) -> None:
        command(_Out(store or default_store(), form, quiet), **options)

    with_out.__name__ = command.__name__
    with_out.__doc__ = command.__doc__
    with_out.__click_params__ = getattr(command, "__click_params__", [])  # type: ignore[attr-defined]
    return _store(_format(_quiet(with_out)))


def _question_options(required: bool) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """The options that ask about routes; the two sets may be left out when nothing else needs them."""
    some_set = "A named set, id,id,… or @file with one id a line."
    rules = ", ".join(RULES)
    options = (
        click.option("--from", "origins", required=required, metavar="SET", help=some_set),
        click.option("--to", "destinations", required=required, metavar="SET", help=some_set),
        click.option(
            "--via",
            multiple=True,
            metavar="SET",
            help="A route must have one of these; given twice, one of each.",
        ),
        click.option("--avoid", multiple=True, metavar="SET", help="No route may have these."),
        click.option("--as-of", metavar="DATE", help="The date asked about. Default: today."),
        click.option("--known-at", metavar="DATE", help="Use only what was published by then."),
        click.option("--max-hops", type=int, default=6, show_default=True, help="At most 8."),
        click.option(
            "--k",
            type=click.IntRange(1, 100_000),
            help=f"The most routes ({UNFOLDED}), or lines when folded ({FOLDED}).",
        ),
        click.option("--kinds", metavar="KIND,…", help="Only these kinds of documented hops."),
        click.option("--rules", metavar="RULE,…", help=f"Only these rules: {rules}."),
        click.option("--no-possible", is_flag=True, help="Documented hops only."),
        click.option("--goods", default="", metavar="HS", help="Goods by HS prefix."),
        click.option(
            "--min-certainty", type=click.Choice(["high", "medium", "low"]), help="Of every hop."
        ),
        click.option("--include-contested", is_flag=True, help="Use contested claims too."),
        click.option(
            "--dwell", type=click.IntRange(min=0), metavar="DAYS", help="Most days between hops."
        ),
        click.option("--any-order", is_flag=True, help="Dates need not be in order."),
        click.option("--fold/--no-fold", default=None, help="Join routes that differ at one end."),
    )

    def with_options(command: Callable[..., None]) -> Callable[..., None]:
        for option in reversed(options):
            command = option(command)
        return command

    return with_options


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
    out.put({"loads": [report]}, terminal.loads, terminal.csv_loads)


@main.command()
@click.argument("folder", type=click.Path(path_type=Path))
@_output
def template(out: _Out, folder: Path) -> None:
    """Write empty tables into FOLDER, each with one commented example."""
    files = [str(path) for path in write_template(folder)]
    out.put({"files": files}, terminal.files, terminal.files)


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
    shown = show_entity(out.open(), entity_id, dates.day_of(as_of or dates.today()))
    out.put(shown, terminal.entity, terminal.csv_entity)


@main.command()
@_question_options(required=True)
@_output
def routes(out: _Out, fold: bool | None, **asked: Any) -> None:
    """Find the routes between two sets of parties."""
    found = _answer(out.open(), out.form == "table" if fold is None else fold, asked)
    if found.truncated:
        out.say("loophole: the search was stopped before it had seen every route")
    out.put(found, terminal.routes, terminal.csv_routes)


@main.command()
@click.option("--what", type=click.Choice(list(FORMATS)), required=True, help="What to write.")
@click.option("--to-format", required=True, metavar="FORMAT", help="csv, json, graphml, gexf, …")
@click.option(
    "--out",
    "place",
    type=click.Path(path_type=Path),
    required=True,
    help="File, or folder of tables.",
)
@_question_options(required=False)
@_output
def export(
    out: _Out, what: str, to_format: str, place: Path, fold: bool | None, **asked: Any
) -> None:
    """Write the graph, or the routes of a question, to files."""
    reader = out.open()
    if what == "graph":
        written = export_graph(reader, _view(reader, asked, asked["known_at"]), to_format, place)
    else:
        if not asked["origins"] or not asked["destinations"]:
            raise click.UsageError("routes need --from and --to")
        written = export_routes(_answer(reader, bool(fold), asked), to_format, place)
    out.put({"files": written}, terminal.written, terminal.written)


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


def _view(reader: Reader, asked: dict[str, Any], known_at: str | None) -> View:
    return build_view(
        reader,
        dates.day_of(asked["as_of"] or dates.today()),
        dates.day_of(known_at) if known_at else None,
        asked["include_contested"],
    )


def _answer(reader: Reader, folded: bool, asked: dict[str, Any]) -> Answer:
    view = _view(reader, asked, asked["known_at"])
    return answer(
        view,
        _question(view, asked),
        asked["k"] or (FOLDED if folded else UNFOLDED),
        folded=folded,
        version=program_version(),
        known_now=lambda: _view(reader, asked, None),
    )


def _question(view: View, asked: dict[str, Any]) -> Question:
    rules = _words(asked["rules"]) or tuple(RULES)
    return Question(
        origins=parse_set(view, asked["origins"]),
        destinations=parse_set(view, asked["destinations"]),
        via=tuple(parse_set(view, text) for text in asked["via"]),
        avoid=tuple(i for text in asked["avoid"] for i in parse_set(view, text)),
        max_hops=asked["max_hops"],
        goods=asked["goods"],
        order="any" if asked["any_order"] else "time",
        dwell=asked["dwell"],
        kinds=_words(asked["kinds"]),
        rules=() if asked["no_possible"] else rules,
        min_certainty=asked["min_certainty"] or "",
        contested=asked["include_contested"],
    )


def _words(text: str | None) -> tuple[str, ...]:
    return tuple(word.strip() for word in (text or "").split(",") if word.strip())


if __name__ == "__main__":
    main()
