"""The relief diff on a command line: its options, and the answer as text and CSV."""

from collections.abc import Callable, Iterator
from typing import Any

import click

from graph.dates import iso
from graph.exc import BadInput
from graph.law.parties import Parties
from graph.law.regimes import shipped
from graph.law.relief import day_before, find_measures, switched
from graph.relief import (
    DEFAULT_FROM,
    DEFAULT_TO,
    DEFAULT_VIA,
    Change,
    Loophole,
    Relief,
    Side,
    relief,
)
from graph.routes.records import RouteRecord
from graph.settings import program_version
from graph.store import Reader
from ui.terminal import asking
from ui.terminal.text import csv
from ui.text import bare

_AS_OF = "the day the last of the measures took effect"
_SHOWN = 20
_COLUMNS = (
    *("group", "rank", "route", "route_basis", "chain", "family", "cost", "entities"),
    *("lawful_before", "lawful_after", "verdicts_before", "verdicts_after", "unlawful_hop"),
    *("under", "texts", "denials", "caution", "measure"),
)


def options(command: Callable[..., None]) -> Callable[..., None]:
    """The options of `relief`."""
    of_routes = asking.question_options(required=False, as_of=_AS_OF, folds=False)
    by_day = click.option(
        "--day-before",
        "by_day",
        is_flag=True,
        help="Compare the day before with the day, instead of with the measures off.",
    )
    return click.argument("measures", metavar="MEASURE[,MEASURE…]")(by_day(of_routes(command)))


def relieved(reader: Reader, measures: str, by_day: bool, asked: dict[str, Any]) -> Relief:
    """What some measures opened.

    Raises:
        BadInput, NotFound: for what cannot be asked.
    """
    if by_day and asked["as_of"] is not None:
        raise BadInput("--as-of does not go with --day-before: the measures give the days")
    law = shipped.law()
    found = find_measures(measures.split(","), law, reader.measures())
    given = None if asked["as_of"] is None else asking.day(asked["as_of"])
    switch = day_before(found, law) if by_day else switched(found, law, given)
    asked |= _default_sets(reader, asked) | {"as_of": iso(switch.after.day)}
    seen = asking.view(reader, asked, asked["known_at"])
    return relief(
        seen,
        asking.question(seen, asked),
        switch,
        Parties(reader),
        k=asked["k"] or asking.UNFOLDED,
        version=program_version(),
    )


def table(value: Relief) -> str:
    """Both sides in a line each, the prefixes that opened, and the loopholes with what bars them."""
    names = {party.id: party.caption for party in value.parties}
    text = f"{bare(value.note)}\n"
    for record in value.cited:
        if record.id in value.measure.split(","):
            text += bare(
                f"{record.id}: {record.title} ({record.text}), {record.start} {record.url}"
            )
            text += "\n"
    text += "".join(f"{bare(said)}\n" for said in value.statements)
    text += _side("before", value.before) + _side("after", value.after)
    text += (
        f"{len(value.gained)} gained, {len(value.lost)} lost, {len(value.changed)} changed; "
        f"{_count(len(value.loopholes), 'loophole')} by "
        f"{_count(len(value.opened), 'opened prefix', 'opened prefixes')}"
        f"{'; there are more routes: raise --k' if value.more else ''}.\n"
    )
    for opened in value.opened:
        chain = " → ".join(bare(names[i]) for i in opened.entities)
        text += f"  opened: {chain}, the start of {_count(opened.routes, 'loophole')}\n"
    text += "".join(f"taken for granted: {bare(said)}\n" for said in value.assumed)
    for hole in value.loopholes[:_SHOWN]:
        text += "".join(f"{line}\n" for line in _loophole(value, hole, names))
    left = len(value.loopholes) - _SHOWN
    return text + (f"\n… and {left} more: --format csv or json holds all.\n" if left > 0 else "")


def csv_relief(value: Relief) -> str:
    """The routes that changed and the loopholes as CSV, a row each."""
    return csv(_COLUMNS, _rows(value))


def _default_sets(reader: Reader, asked: dict[str, Any]) -> dict[str, Any]:
    """The question of the case, where the command line asks none."""
    if asked["origins"] and asked["destinations"]:
        return {}
    if asked["origins"] or asked["destinations"]:
        raise BadInput("give both --from and --to, or neither for the question of the case")
    if not (reader.set_members(DEFAULT_FROM) and reader.set_members(DEFAULT_TO)):
        raise BadInput("the store does not hold the case: say --from and --to")
    via = asked["via"] or (DEFAULT_VIA,)
    return {"origins": DEFAULT_FROM, "destinations": DEFAULT_TO, "via": via}


def _side(name: str, side: Side) -> str:
    off = f", without {', '.join(side.off)}" if side.off else ""
    return (
        f"{name}, {side.as_of}{off}: {_count(side.routes, 'route')}, {side.lawful} lawful to the end, "
        f"{side.lawful_first} lawful on the first hop\n"
    )


def _loophole(value: Relief, hole: Loophole, names: dict[str, str]) -> Iterator[str]:
    route = hole.route
    chain = " → ".join(bare(names[i]) for i in route.entities)
    texts = {record.id: record for record in value.cited}
    yield f"\n{route.rank:>3}. {chain}"
    yield f"     {route.basis}, {route.chain}, cost {route.cost}; {_words(hole)}"
    ends = f"{bare(names[route.entities[hole.unlawful_hop - 1]])} → "
    ends += bare(names[route.entities[hole.unlawful_hop]])
    yield from (f"     ! {bare(denial)}" for denial in _denials(route, names))
    yield f"     unlawful at hop {hole.unlawful_hop}, {ends}, under"
    for name in hole.under:
        record = texts.get(name)
        yield f"       {bare(name)}  {bare(f'{record.title} ({record.text})') if record else ''}"


def _words(change: Change) -> str:
    return f"by hop {', '.join(change.before)}; then {', '.join(change.after)}"


def _rows(value: Relief) -> Iterator[dict[str, object]]:
    texts = {record.id: f"{record.title} ({record.text}) {record.url}" for record in value.cited}
    about = {"caution": value.note, "measure": value.measure}
    for group, routes in (("gained", value.gained), ("lost", value.lost)):
        yield from ({"group": group} | _of_route(route) | about for route in routes)
    for group, changes in (("changed", value.changed), ("loophole", value.loopholes)):
        for change in changes:
            yield {"group": group} | _of_route(change.route) | _of_change(change, texts) | about


def _of_route(route: RouteRecord) -> dict[str, object]:
    return {
        "rank": route.rank,
        "route": route.id,
        "route_basis": route.basis,
        "chain": route.chain,
        "family": route.family,
        "cost": route.cost,
        "entities": " ".join(route.entities),
        "denials": " | ".join(_denials(route, {})),
    }


def _of_change(change: Change, texts: dict[str, str]) -> dict[str, object]:
    row: dict[str, object] = {
        "lawful_before": change.lawful_before,
        "lawful_after": change.lawful_after,
        "verdicts_before": " ".join(change.before),
        "verdicts_after": " ".join(change.after),
    }
    if isinstance(change, Loophole):
        row["unlawful_hop"] = change.unlawful_hop
        row["under"] = " ".join(change.under)
        row["texts"] = " | ".join(texts.get(name, name) for name in change.under)
    return row


def _denials(route: RouteRecord, names: dict[str, str]) -> dict[str, None]:
    """What parties deny of the hops, each once; parties by name where one is given, else by id."""
    found = (denial for hop in route.hops for denial in hop.denials)
    return {f"{names.get(d.party, d.party)} {d.kind}: {d.statement}": None for d in found}


def _count(number: int, one: str, many: str = "") -> str:
    return f"{number} {one if number == 1 else many or f'{one}s'}"
