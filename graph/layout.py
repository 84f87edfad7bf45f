"""Where the parties of an answer stand in a picture: columns by place in the chain, boxes by country.

A pure function: the same answer gives the same picture. The order inside a column follows the mean
place of the neighbours (barycentre method of Sugiyama, Tagawa, Toda 1981), swept both ways.
"""

from collections import defaultdict
from collections.abc import Iterable

import msgspec

from graph.routes.records import Answer, Hop, Party, RouteRecord
from graph.rules import RULES

WIDTH, HEIGHT = 200.0, 34.0
_ROW_GAP, _BOX_GAP, _HEADER, _PAD, _MARGIN = 8.0, 14.0, 22.0, 8.0, 16.0
_LEAST_GAP, _PAGE = 170.0, 1040.0
_MOST = 60
_SWEEPS = 6


class Node(msgspec.Struct, frozen=True, kw_only=True):
    """A party: `x`, `y` are its upper left corner; `more` counts parties folded into its place."""

    id: str
    label: str
    title: str
    kind: str
    x: float
    y: float
    column: int
    chosen: bool
    more: int = 0


class Box(msgspec.Struct, frozen=True):
    """The parties of one country in one column."""

    label: str
    x: float
    y: float
    width: float
    height: float


class Link(msgspec.Struct, frozen=True, kw_only=True):
    """A hop between two drawn parties."""

    source: str
    target: str
    basis: str
    label: str
    title: str
    chosen: bool


class Picture(msgspec.Struct, frozen=True, kw_only=True):
    """Everything to draw; `left_out` counts lines that did not fit."""

    width: float
    height: float
    nodes: tuple[Node, ...]
    boxes: tuple[Box, ...]
    links: tuple[Link, ...]
    left_out: int


def layout(answer: Answer, chosen: int = 0) -> Picture:
    """The picture of an answer, with the line at place `chosen` highlighted."""
    lines, left_out = _that_fit(answer, chosen)
    column = _columns(lines)
    parties = {party.id: party for party in answer.parties}
    hops = {(hop.origin, hop.target): hop for line in reversed(lines) for hop in line.hops}
    order = _ordered(column, parties, hops.keys())
    places, boxes, width, height = _placed(order, parties)
    route = lines[0] if lines else None
    on_route = set(route.entities) if route else set()
    steps = {(hop.origin, hop.target): hop for hop in route.hops} if route else {}
    nodes = tuple(
        Node(
            id=party_id,
            label=parties[party_id].caption,
            title=_title(parties[party_id]),
            kind=parties[party_id].kind,
            x=x,
            y=y,
            column=column[party_id],
            chosen=party_id in on_route,
            more=_folded(route, party_id),
        )
        for party_id, (x, y) in places.items()
    )
    links = tuple(_link(steps.get(ends, hop), ends in steps) for ends, hop in sorted(hops.items()))
    return Picture(
        width=width,
        height=height,
        nodes=nodes,
        boxes=boxes,
        links=links,
        left_out=left_out,
    )


def _that_fit(answer: Answer, chosen: int) -> tuple[list[RouteRecord], int]:
    """The chosen line first, then as many others as the budget of parties allows."""
    if not answer.routes:
        return [], 0
    lines = [answer.routes[chosen]]
    drawn = set(lines[0].entities)
    for place, line in enumerate(answer.routes):
        if place != chosen and len(drawn | set(line.entities)) <= _MOST:
            lines.append(line)
            drawn |= set(line.entities)
    return lines, len(answer.routes) - len(lines)


def _columns(lines: list[RouteRecord]) -> dict[str, int]:
    """First parties left, last parties right, the others where most hops lead up to them."""
    last = max((len(line.entities) - 1 for line in lines), default=0)
    column: dict[str, int] = {}
    for line in lines:
        for place, party_id in enumerate(line.entities):
            at_end = place == len(line.entities) - 1
            column[party_id] = max(column.get(party_id, 0), last if at_end else place)
    return column


def _ordered(
    column: dict[str, int], parties: dict[str, Party], links: Iterable[tuple[str, str]]
) -> list[list[list[str]]]:
    """By column: its boxes (one a country), each with its parties, ordered to cut crossings."""
    neighbours: dict[str, list[str]] = defaultdict(list)
    for source, target in links:
        neighbours[source].append(target)
        neighbours[target].append(source)
    by_country: dict[int, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for party_id in sorted(column):
        by_country[column[party_id]][parties[party_id].country].append(party_id)
    order = [list(by_country[c].values()) for c in range(max(column.values(), default=-1) + 1)]
    rank = _ranks(order)
    for sweep in range(_SWEEPS):
        for boxes in order if sweep % 2 else reversed(order):
            mean = {
                party_id: _mean([rank[n] for n in neighbours[party_id]], rank[party_id])
                for box in boxes
                for party_id in box
            }
            for box in boxes:
                box.sort(key=lambda party_id: (mean[party_id], party_id))
            boxes.sort(key=lambda box: (_mean([mean[p] for p in box], 0.0), box[0]))
            rank |= _ranks([boxes])
    return order


def _ranks(order: list[list[list[str]]]) -> dict[str, float]:
    """The place of each party in its column, from 0 to 1."""
    ranks: dict[str, float] = {}
    for boxes in order:
        listed = [party_id for box in boxes for party_id in box]
        ranks |= {p: (i + 0.5) / len(listed) for i, p in enumerate(listed)}
    return ranks


def _mean(values: list[float], otherwise: float) -> float:
    return sum(values) / len(values) if values else otherwise


def _placed(
    order: list[list[list[str]]], parties: dict[str, Party]
) -> tuple[dict[str, tuple[float, float]], tuple[Box, ...], float, float]:
    column_width = WIDTH + 2 * _PAD
    gaps = max(len(order) - 1, 1)
    step = column_width + max(_LEAST_GAP, (_PAGE - 2 * _MARGIN - len(order) * column_width) / gaps)
    heights = [sum(_box_height(box) + _BOX_GAP for box in boxes) - _BOX_GAP for boxes in order]
    tallest = max(heights, default=0.0)
    places: dict[str, tuple[float, float]] = {}
    drawn: list[Box] = []
    for number, boxes in enumerate(order):
        left = _MARGIN + number * step
        top = _MARGIN + (tallest - heights[number]) / 2
        for box in boxes:
            country = parties[box[0]].country or "country unknown"
            drawn.append(Box(country, left, top, column_width, _box_height(box)))
            for row, party_id in enumerate(box):
                places[party_id] = (left + _PAD, top + _HEADER + row * (HEIGHT + _ROW_GAP))
            top += _box_height(box) + _BOX_GAP
    width = max(_PAGE, 2 * _MARGIN + (len(order) - 1) * step + column_width)
    return places, tuple(drawn), width, tallest + 2 * _MARGIN


def _box_height(box: list[str]) -> float:
    return _HEADER + len(box) * (HEIGHT + _ROW_GAP) - _ROW_GAP + _PAD


def _folded(route: RouteRecord | None, party_id: str) -> int:
    if route is None:
        return 0
    if party_id == route.entities[0]:
        return len(route.also_from)
    return len(route.also_to) if party_id == route.entities[-1] else 0


def _title(party: Party) -> str:
    about = ", ".join(filter(None, (party.kind, party.country, party.role, party.person_basis)))
    return f"{party.name} ({about})"


def _link(hop: Hop, chosen: bool) -> Link:
    when = " – ".join(dict.fromkeys(filter(None, (hop.start, hop.end))))
    what = RULES[hop.rule].title if hop.rule else hop.goods or hop.kind.replace("_", " ")
    detail = ", ".join(hop.families) if hop.rule else when or "undated"
    return Link(
        source=hop.origin,
        target=hop.target,
        basis=hop.basis,
        label=" · ".join(filter(None, (what, detail))),
        title=f"{hop.basis}: {hop.reason or what}",
        chosen=chosen,
    )
