"""What is chosen, selected and opened on the Routes page, and how events change it.

`reduce` is pure: the same state and event give the same state, so it is tested without a browser.
An event comes from a browser and may hold anything; what does not fit changes nothing.
"""

from collections.abc import Mapping, Sequence
from typing import Any

import msgspec

from graph.picture import RELATION
from graph.routes.records import RouteRecord

MOST_OPENED = 30


class Bench(msgspec.Struct, frozen=True, kw_only=True):
    """The state of the list, the canvas and the evidence beside them.

    Attributes:
        route: the id of the line chosen; empty for the first.
        nodes: parties selected.
        link: the hop or relation selected, see `graph.picture.Link.id`.
        opened: parties and groups whose relations are shown, in order.
        turn: the number of the selection event handled last: an older answer must not undo it.
        last: the number of the event handled last: each is handled once.
    """

    route: str = ""
    nodes: tuple[str, ...] = ()
    link: str = ""
    opened: tuple[str, ...] = ()
    turn: str = ""
    last: str = ""


class _Choose(msgspec.Struct, frozen=True, tag="choose"):
    n: str
    id: str


class _Select(msgspec.Struct, frozen=True, tag="select"):
    n: str
    nodes: tuple[str, ...]
    link: str


class _Expand(msgspec.Struct, frozen=True, tag="expand"):
    n: str
    id: str


def reduce(bench: Bench, event: Mapping[str, Any], routes: Sequence[RouteRecord]) -> Bench:
    """The state after an event; `routes` are the lines that are listed."""
    try:
        told = msgspec.convert(event, _Choose | _Select | _Expand)
    except msgspec.ValidationError:
        return bench
    if told.n == bench.last:
        return bench
    if isinstance(told, _Choose):
        return msgspec.structs.replace(bench, route=told.id, nodes=(), link="", last=told.n)
    if isinstance(told, _Expand):
        opened = tuple(o for o in bench.opened if o != told.id)
        if len(opened) == len(bench.opened):
            opened = (*opened, told.id)[-MOST_OPENED:]
        return msgspec.structs.replace(bench, opened=opened, nodes=(told.id,), link="", last=told.n)
    route = _through(routes, bench.route, told.nodes, told.link)
    return msgspec.structs.replace(
        bench, route=route, nodes=told.nodes, link=told.link, turn=told.n, last=told.n
    )


def passes(route: RouteRecord, nodes: Sequence[str], link: str) -> bool:
    """Whether a line passes all of some parties and the hop of a link."""
    hops = {f"{hop.origin}>{hop.target}>{hop.basis}" for hop in route.hops}
    return set(nodes) <= set(route.entities) and (not link or link in hops)


def _through(routes: Sequence[RouteRecord], now: str, nodes: Sequence[str], link: str) -> str:
    """The chosen line if it passes what is selected, else the first that does, else as it was."""
    if not nodes and (not link or link.endswith(f">{RELATION}")):
        return now
    passing = [route.id for route in routes if passes(route, nodes, link)]
    current = now or (routes[0].id if routes else "")
    return current if current in passing else next(iter(passing), now)
