"""Ties between companies as columns, and the possible hops that the corporate rule makes of them.

Ownership is by far the most of what rules reason from: of a million companies there are hundreds of
thousands of ties. What the rule says of all pairs is found here on arrays, and the rule itself says it
in words of one pair when an answer names it; a test compares the two.
"""

from collections.abc import Iterable
from typing import NamedTuple

import msgspec
import numpy as np
from numpy.typing import NDArray

from graph.arcs import Arc, inferred_arc
from graph.cost import Costs
from graph.dates import NO_END, NO_START, Holds, Span, known, parse
from graph.known import as_known
from graph.model import SUPPORT, Claim, Edge
from graph.network import Numbers, spans
from graph.rules import PossibleHop
from graph.rules.corporate import BELOW, CONTROL, TIES
from graph.rules.hop import Held
from graph.store.base import Reader
from graph.store.outline import Stated
from graph.view.documented import example
from graph.view.names import Gathering, Names
from graph.view.parties import Ints, Mask, Parties

CORPORATE = "corporate"
_OPEN_START, _OPEN_END = Span(NO_START, NO_START), Span(NO_END, NO_END)


class Ties(msgspec.Struct, frozen=True, kw_only=True, eq=False):
    """The edges that tie companies, as known at a date, by id; int32 columns over them.

    Attributes:
        kind: place in `TIES`.
        certainty: of the weakest supporting claim, as a place in the cost table; -1 for none.
        contested: 1 when a supporting claim is.
        start_first, start_last, end_first, end_last: days of the partial dates of the interval.
    """

    edges: Names
    kind: Ints
    certainty: Ints
    contested: Ints
    tail: Ints
    head: Ints
    start_first: Ints
    start_last: Ints
    end_first: Ints
    end_last: Ints


class Tied(NamedTuple):
    """Hops from one company to another with a tie of it; int32 columns, a hop for each direction.

    `code` is that of the arc that `arcs_of` gives for it.
    """

    tail: Ints
    head: Ints
    code: Ints


class _Pairs(NamedTuple):
    """Two companies and the ties in which they stand to each other, a row for each tie."""

    one: Ints
    other: Ints
    tie: Numbers


def ties(reader: Reader, costs: Costs, known_at: int | None) -> Ties:
    """All ties of a store, in one pass."""
    codes = _Codes(costs, known_at)
    edges = Gathering()
    pieces = [np.zeros((0, len(_COLUMNS)), np.int32)]
    for some in reader.hand_overs(TIES):
        stated = np.array([codes[text] for text in some.stated], np.int32)
        starts = [parse(text) if text else _OPEN_START for text in some.start]
        ends = [parse(text) if text else _OPEN_END for text in some.end]
        days = [(s.first, s.last, e.first, e.last) for s, e in zip(starts, ends, strict=True)]
        ends_of = np.array([some.source, some.target], np.int32).T
        rows = np.hstack([stated[:, 1:], ends_of, np.array(days, np.int32)])
        kept = stated[:, 0] == 1
        edges.add(text for text, keep in zip(some.id, kept.tolist(), strict=True) if keep)
        pieces.append(rows[kept])
    columns = np.ascontiguousarray(np.concatenate(pieces).T)
    return Ties(edges=edges.names(), **dict(zip(_COLUMNS, columns, strict=True)))


_COLUMNS = tuple(name for name in Ties.__struct_fields__ if name != "edges")


class _Codes(dict[Stated, tuple[int, int, int, int]]):
    """Of what is stated: whether anybody knew it, kind, certainty, contested."""

    def __init__(self, costs: Costs, known_at: int | None) -> None:
        self._order = list(costs.certainty)
        self._known_at = known_at

    def __missing__(self, stated: Stated) -> tuple[int, int, int, int]:
        published = tuple(known(said.published, self._known_at) for said in stated.claims)
        edge = as_known(example(stated), published, self._known_at)
        found = (0, 0, 0, 0)
        if edge is not None:
            said = (c.certainty for c in edge.claims if c.kind == SUPPORT and c.certainty)
            weakest = max(map(self._order.index, said), default=-1)
            found = (1, TIES.index(edge.kind), weakest, edge.contested)
        self[stated] = found
        return found


def tied(of: Ties, parties: Parties, day: int, contested: bool) -> Tied:
    """The hops between companies that are tied on a day; those to an airline are left out.

    An airline takes only what fits its fleet, see `to_airlines`.
    """
    rows, unsure = _holding(of, day, contested)
    rows = rows[parties.company[of.head[rows]]]
    pairs = _pairs(of, rows, parties)
    key = pairs.one.astype(np.int64) * len(parties.ids) + pairs.other
    order = np.argsort(key, kind="stable")
    key, tie = key[order], pairs.tie[order]
    begins = np.flatnonzero(np.diff(key, prepend=-1))
    code = _code(of, tie, unsure, begins)
    one, other = (part.astype(np.int32) for part in np.divmod(key[begins], len(parties.ids)))
    both = Tied(np.append(one, other), np.append(other, one), np.append(code, code))
    kept = ~parties.airline[both.head]
    kept &= (parties.shipment[both.tail] == 0) & (parties.shipment[both.head] == 0)
    return Tied(*(column[kept] for column in both))


def arcs_of(codes: Iterable[int], costs: Costs, day: int) -> list[Arc]:
    """An arc that costs what those of each code do, and has what they have in common."""
    order = ("", *costs.certainty)
    found = []
    for code in codes:
        rest, flags = divmod(code, 8)
        edge = Edge(
            id="",
            kind=TIES[0],
            source="",
            target="",
            start="" if flags & 2 else "2000",
            claims=(Claim(id="", source="", certainty=order[rest]),),
        )
        held = Held(edge, Holds.UNCERTAIN if flags & 1 else Holds.YES)
        hop = PossibleHop(
            rule=CORPORATE,
            source="",
            target="",
            reason="",
            strength="strong" if flags & 4 else "plain",
            leans_on=(held,),
        )
        found.append(inferred_arc(costs, hop, day))
    return found


def between(of: Ties, one: int, other: int) -> list[str]:
    """The edges from which it is seen how two companies are tied."""
    return [of.edges[int(row)] for row in np.flatnonzero((of.head == one) | (of.head == other))]


def to_airlines(of: Ties, parties: Parties) -> list[str]:
    """The edges from which it is seen with whom airlines are tied."""
    upon = parties.airline[of.head]
    above = np.zeros(len(parties.ids), bool)
    above[of.tail[upon]] = True
    return [
        of.edges[int(row)]
        for row in np.flatnonzero(upon | parties.airline[of.tail] | above[of.tail])
    ]


def _holding(of: Ties, day: int, contested: bool) -> tuple[Numbers, Mask]:
    """The ties that hold on a day as `graph.dates.holds` says, and which of all do not surely."""
    exact = of.end_first == of.end_last
    over = np.where(exact, day >= of.end_first, day > of.end_last)
    unsure = (day < of.start_last) | (~exact & (day >= of.end_first))
    held = (day >= of.start_first) & ~over & (contested | (of.contested == 0))
    return np.flatnonzero(held), unsure


def _pairs(of: Ties, rows: Numbers, parties: Parties) -> _Pairs:
    """Companies tied directly, and those under one owner, controller or director."""
    direct = rows[parties.company[of.tail[rows]] & (of.tail[rows] != of.head[rows])]
    least = np.minimum(of.tail[direct], of.head[direct])
    most = np.maximum(of.tail[direct], of.head[direct])
    below = rows[np.isin(of.kind[rows], [TIES.index(kind) for kind in BELOW])]
    below = below[np.argsort(of.tail[below], kind="stable")]
    above = of.tail[below]
    low, high = np.searchsorted(above, above), np.searchsorted(above, above, side="right")
    second, first = spans(low, high)
    smaller = of.head[below[first]] < of.head[below[second]]
    first, second = below[first[smaller]], below[second[smaller]]
    one, other = of.head[first], of.head[second]
    return _Pairs(
        np.concatenate([least, one, one]),
        np.concatenate([most, other, other]),
        np.concatenate([direct, first, second]),
    )


def _code(of: Ties, tie: Numbers, unsure: Mask, begins: Numbers) -> Ints:
    """For each pair, whose ties begin at `begins`: the weakest certainty and three flags."""
    if not len(begins):
        return np.zeros(0, np.int32)
    certainty = np.maximum.reduceat(of.certainty[tie], begins) + 1
    strong = np.maximum.reduceat(of.kind[tie] < len(CONTROL), begins)
    undated = (of.start_first == NO_START) & (of.end_last == NO_END)
    flags = 4 * strong + 2 * np.maximum.reduceat(undated[tie], begins)
    code: NDArray[np.int64] = 8 * certainty + flags + np.maximum.reduceat(unsure[tie], begins)
    return code.astype(np.int32)
