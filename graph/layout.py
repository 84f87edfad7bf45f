"""Where the parties of an answer stand in a picture: columns by place in the chain, boxes by country.

A pure function: the same answer gives the same picture, and choosing another line moves nothing. The
order inside a column follows the mean place of the neighbours (barycentre method of Sugiyama, Tagawa,
Toda 1981), swept both ways.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence

from graph.countries import country_name
from graph.picture import (
    BOX_GAP,
    BOX_HEADER,
    BOX_PAD,
    HEIGHT,
    MARGIN,
    ROW_GAP,
    WIDTH,
    Box,
    Link,
    Node,
    Picture,
)
from graph.routes.records import Answer, Hop, Party, RouteRecord
from graph.rules import RULES
from graph.verdicts import BARRED, OPENED

_LEAST_GAP, _PAGE = 165.0, 1040.0
_MOST = 60
_SWEEPS = 6
_LAW = {OPENED: ", became lawful", BARRED: ", prohibited", "": ""}
COLUMN_WIDTH = WIDTH + 2 * BOX_PAD


def layout(answer: Answer, chosen: int = 0, law: Sequence[Sequence[str]] = ()) -> Picture:
    """The picture of an answer, with the line at place `chosen` highlighted.

    Args:
        answer: the lines.
        chosen: the place of one of them.
        law: for each line the marks of its hops, see `Link.law`; empty where the law is not told.
    """
    lines = _that_fit(answer, chosen)
    column = _columns(lines)
    parties = {party.id: party for party in answer.parties}
    hops = {_ends(hop): hop for line in lines[::-1] for hop in line.hops}
    order = _ordered(column, parties, hops.keys())
    places, boxes, width, height = _placed(order, parties)
    route = answer.routes[chosen] if lines else None
    steps = {_ends(hop): hop for hop in route.hops} if route else {}
    marks = _marks(answer.routes, chosen, law)
    nodes = tuple(
        node(
            parties[party_id],
            x,
            y,
            chosen=route is not None and party_id in route.entities,
            more=_folded(route, party_id),
        )
        for party_id, (x, y) in places.items()
    )
    links = tuple(
        _link(
            steps.get(ends, hop),
            ends in steps,
            _bends(places[ends[0]], places[ends[1]], boxes),
            marks.get(ends, ""),
        )
        for ends, hop in sorted(hops.items())
    )
    return Picture(
        width=width,
        height=height,
        nodes=nodes,
        boxes=boxes,
        links=links,
        left_out=len(answer.routes) - len(lines),
    )


def _ends(hop: Hop) -> tuple[str, str, str]:
    return hop.origin, hop.target, hop.basis


def _marks(
    routes: Sequence[RouteRecord], chosen: int, law: Sequence[Sequence[str]]
) -> dict[tuple[str, str, str], str]:
    """What the law made of each hop: as the chosen line has it, else the worst that any line has.

    One hop can fare differently on two lines, since goods of US origin stay under US law.
    """
    marks: dict[tuple[str, str, str], str] = {}
    for route, of_route in zip(routes, law, strict=False):
        for hop, mark in zip(route.hops, of_route, strict=True):
            if mark == BARRED or (mark and not marks.get(_ends(hop))):
                marks[_ends(hop)] = mark
    if law and routes:
        marks |= dict(zip(map(_ends, routes[chosen].hops), law[chosen], strict=True))
    return marks


def node(
    party: Party,
    x: float = 0.0,
    y: float = 0.0,
    *,
    chosen: bool = False,
    aside: bool = False,
    more: int = 0,
) -> Node:
    """The node of a party; its title says in full who it is and what restricts it."""
    country = country_name(party.country) if party.country else ""
    about = ", ".join(filter(None, (party.kind, country, party.role, party.person_basis)))
    listed = f"restricted on the day: {', '.join(party.restricted)}" if party.restricted else ""
    return Node(
        id=party.id,
        label=party.caption,
        title="\n".join(filter(None, (party.name, about, listed))),
        kind=party.kind,
        country=party.country,
        restricted=", ".join(party.restricted),
        x=x,
        y=y,
        chosen=chosen,
        aside=aside,
        more=more,
    )


def _that_fit(answer: Answer, chosen: int) -> list[RouteRecord]:
    """As many lines as the budget of parties allows; the chosen one is always among them."""
    lines: list[RouteRecord] = []
    drawn: set[str] = set()
    for line in answer.routes:
        if len(drawn | set(line.entities)) <= _MOST:
            lines.append(line)
            drawn |= set(line.entities)
    if answer.routes and answer.routes[chosen] not in lines:
        lines.append(answer.routes[chosen])
    return lines


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
    column: dict[str, int], parties: dict[str, Party], links: Iterable[tuple[str, str, str]]
) -> list[list[list[str]]]:
    """By column: its boxes (one a country), each with its parties, ordered to cut crossings."""
    neighbours: dict[str, list[str]] = defaultdict(list)
    for source, target, _ in links:
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
    gaps = max(len(order) - 1, 1)
    step = COLUMN_WIDTH + max(_LEAST_GAP, (_PAGE - 2 * MARGIN - len(order) * COLUMN_WIDTH) / gaps)
    heights = [sum(_box_height(box) + BOX_GAP for box in boxes) - BOX_GAP for boxes in order]
    tallest = max(heights, default=0.0)
    places: dict[str, tuple[float, float]] = {}
    drawn: list[Box] = []
    for number, boxes in enumerate(order):
        left = MARGIN + number * step
        top = MARGIN + (tallest - heights[number]) / 2
        for box in boxes:
            country = country_name(parties[box[0]].country)
            drawn.append(Box(country, left, top, COLUMN_WIDTH, _box_height(box)))
            for row, party_id in enumerate(box):
                places[party_id] = (left + BOX_PAD, top + BOX_HEADER + row * (HEIGHT + ROW_GAP))
            top += _box_height(box) + BOX_GAP
    width = max(_PAGE, 2 * MARGIN + (len(order) - 1) * step + COLUMN_WIDTH)
    return places, tuple(drawn), width, tallest + 2 * MARGIN


def _bends(
    origin: tuple[float, float], target: tuple[float, float], boxes: tuple[Box, ...]
) -> tuple[tuple[float, float, float], ...]:
    """Where a hop crosses the columns it skips: left, right, and the height of the free lane there."""
    (x1, y1), (x2, y2) = origin, target
    columns: dict[float, list[Box]] = defaultdict(list)
    for box in boxes:
        if x1 + WIDTH < box.x and box.x + box.width < x2:
            columns[box.x].append(box)
    found = []
    for left, stack in sorted(columns.items()):
        straight = y1 + (y2 - y1) * (left - x1) / (x2 - x1) + HEIGHT / 2
        lanes = [
            min(b.y for b in stack) - BOX_GAP / 2,
            *(b.y + b.height + BOX_GAP / 2 for b in stack),
        ]
        found.append((left, left + COLUMN_WIDTH, min(lanes, key=lambda y: abs(y - straight))))
    return tuple(found)


def _box_height(box: list[str]) -> float:
    return BOX_HEADER + len(box) * (HEIGHT + ROW_GAP) - ROW_GAP + BOX_PAD


def _folded(route: RouteRecord | None, party_id: str) -> int:
    if route is None:
        return 0
    if party_id == route.entities[0]:
        return len(route.also_from)
    return len(route.also_to) if party_id == route.entities[-1] else 0


def _link(hop: Hop, chosen: bool, bends: tuple[tuple[float, float, float], ...], law: str) -> Link:
    when = " – ".join(dict.fromkeys(filter(None, (hop.start, hop.end))))
    what = RULES[hop.rule].title if hop.rule else hop.goods or hop.kind.replace("_", " ")
    detail = ", ".join(hop.families) if hop.rule else when or "undated"
    return Link(
        source=hop.origin,
        target=hop.target,
        basis=hop.basis,
        label=" · ".join(filter(None, (*doubts(hop), what, detail))),
        title=f"{hop.basis}{_LAW[law]}: {hop.reason or what}",
        certainty=hop.certainty,
        chosen=chosen,
        bends=bends,
        law=law,
    )


def doubts(hop: Hop) -> tuple[str, ...]:
    """What a documented hop must not be shown without: how it ended, and that sources disagree."""
    ended = hop.outcome if hop.outcome in ("attempted", "detained", "seized") else ""
    return tuple(filter(None, (ended, "contested" if hop.contested else "")))
