"""The options that ask about routes on a command line, and the question they make."""

from collections.abc import Callable, Iterable
from typing import Any

import click
from click.core import ParameterSource

from graph import dates
from graph.exc import BadInput
from graph.law.hops import HopJudge
from graph.law.parties import Parties
from graph.law.regimes import shipped
from graph.neighbourhood import surroundings
from graph.routes import Limits, Question, parse_set
from graph.routes.answer import answer
from graph.routes.question import Named
from graph.routes.records import Answer
from graph.rules import RULES
from graph.settings import program_version
from graph.store import Reader
from graph.view import View, build_view

UNFOLDED = 1000
FOLDED = 20
OF_THE_VIEW = ("as_of", "known_at", "include_contested")
"""The options that say how the store is seen, whatever is asked."""
_SOME_SET = "A named set, id,id,… or @file with one id a line."
_OF_THE_SEARCH = (
    click.option("--max-possible", type=int, metavar="N", help="Most possible hops in a route."),
    click.option(
        "--distinct",
        is_flag=True,
        help="Leave out routes with the same intermediaries as a cheaper one.",
    ),
    click.option(
        "--seconds",
        type=click.FloatRange(min=0),
        metavar="S",
        help="Break the search off after so many seconds, and say what may be missing.",
    ),
)


def question_options(
    required: bool, as_of: str = "today", folds: bool = True
) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """The options that ask about routes.

    Args:
        required: whether the two sets must be given.
        as_of: the date asked about when none is given, in words.
        folds: whether routes may be joined into lines.
    """
    options = (
        click.option("--from", "origins", required=required, metavar="SET", help=_SOME_SET),
        click.option("--to", "destinations", required=required, metavar="SET", help=_SOME_SET),
        click.option(
            "--via",
            multiple=True,
            metavar="SET",
            help="A route must have one of these; given twice, one of each.",
        ),
        click.option("--avoid", multiple=True, metavar="SET", help="No route may have these."),
        click.option("--as-of", metavar="DATE", help=f"The date asked about. Default: {as_of}."),
        click.option("--known-at", metavar="DATE", help="Use only what was published by then."),
        click.option("--max-hops", type=int, default=6, show_default=True, help="At most 8."),
        click.option(
            "--k",
            type=click.IntRange(1, 100_000),
            help=f"The most routes ({UNFOLDED}), or lines when folded ({FOLDED}).",
        ),
        click.option("--kinds", metavar="KIND,…", help="Only these kinds of documented hops."),
        click.option("--rules", metavar="RULE,…", help=f"Only these rules: {', '.join(RULES)}."),
        click.option("--no-possible", is_flag=True, help="Documented hops only."),
        click.option("--goods", default="", metavar="HS", help="Goods by HS prefix."),
        click.option(
            "--min-certainty", type=click.Choice(["high", "medium", "low"]), help="Of every hop."
        ),
        click.option("--include-contested", is_flag=True, help="Use contested claims too."),
        click.option(
            "--dwell", type=click.IntRange(min=0), metavar="DAYS", help="Most days between hops."
        ),
        *_OF_THE_SEARCH,
        click.option("--any-order", is_flag=True, help="Dates need not be in order."),
        click.option("--fold/--no-fold", default=None, help="Join routes that differ at one end."),
    )

    def with_options(command: Callable[..., None]) -> Callable[..., None]:
        for option in reversed(options if folds else options[:-1]):
            command = option(command)
        return command

    return with_options


def refuse_unused(asked: Iterable[str], used: Iterable[str]) -> None:
    """Refuse options of a question that were given and would be passed over.

    Raises:
        BadInput: for the first one given that is not used.
    """
    context = click.get_current_context()
    for parameter in context.command.params:
        name = parameter.name or ""
        given = context.get_parameter_source(name) is ParameterSource.COMMANDLINE
        if given and name in {*asked} - {*used}:
            raise BadInput(
                f"{parameter.opts[0]} does not apply to this export: leave it out, or export the "
                "routes of a question"
            )


def day(text: str | None) -> int:
    """The day of an --as-of; today when it was not given.

    Raises:
        BadInput: when it is no date.
    """
    return dates.day_of(dates.today() if text is None else text)


def view(reader: Reader, asked: dict[str, Any], known_at: str | None) -> View:
    """The store as the options want it seen.

    Raises:
        BadInput: when a date is none.
    """
    known = None if known_at is None else dates.day_of(known_at)
    return build_view(reader, day(asked["as_of"]), known, asked["include_contested"])


def answered(reader: Reader, folded: bool, asked: dict[str, Any]) -> Answer:
    """The answer to the question that the options ask.

    Raises:
        BadInput, NotFound: for what cannot be asked.
    """
    known_at = None if asked["known_at"] is None else dates.day_of(asked["known_at"])
    seen = day(asked["as_of"]), known_at, asked["include_contested"]
    around = surroundings(reader, *seen)
    asks = question(around.directory, asked)
    part = around.of(asks)
    return answer(
        part.view,
        asks,
        asked["k"] or (FOLDED if folded else UNFOLDED),
        folded=folded,
        version=program_version(),
        limits=Limits(seconds=asked["seconds"]),
        known_now=lambda: surroundings(reader, seen[0], None, seen[2]).of(asks),
        wider=lambda eased: around.of(eased, asks.named),
        cut=part.cut,
        judge=HopJudge(shipped.law(), Parties(reader), *seen[:2], goods=asks.goods),
    )


def question(seen: Named, asked: dict[str, Any]) -> Question:
    """The question that the options ask of a view, or of a store.

    Raises:
        BadInput, NotFound: for sets that are none.
    """
    rules = _words(asked["rules"]) or tuple(RULES)
    return Question(
        origins=parse_set(seen, asked["origins"]),
        destinations=parse_set(seen, asked["destinations"]),
        via=tuple(parse_set(seen, text) for text in asked["via"]),
        avoid=tuple(i for text in asked["avoid"] for i in _avoided(seen, text)),
        max_hops=asked["max_hops"],
        goods=asked["goods"],
        order="any" if asked["any_order"] else "time",
        dwell=asked["dwell"],
        kinds=_words(asked["kinds"]),
        rules=() if asked["no_possible"] else rules,
        min_certainty=asked["min_certainty"] or "",
        contested=asked["include_contested"],
        max_possible=asked["max_possible"],
        distinct=asked["distinct"],
    )


def _avoided(seen: Named, text: str) -> tuple[str, ...]:
    ids = parse_set(seen, text)
    if not ids:
        raise BadInput("--avoid is empty: give an entity id or a named set, or leave it out")
    return ids


def _words(text: str | None) -> tuple[str, ...]:
    return tuple(word.strip() for word in (text or "").split(",") if word.strip())
