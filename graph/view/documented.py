"""The documented arcs of a store revision, whatever their dates, in one pass and bounded memory."""

from collections.abc import Sequence
from itertools import compress
from typing import NamedTuple

import msgspec
import numpy as np

from graph.arcs import stated_arc
from graph.cost import Costs
from graph.dates import NO_END, NO_START, event_span, known
from graph.known import as_known
from graph.model import Claim, Edge
from graph.network import Layer, layer_of
from graph.store.base import Reader
from graph.store.outline import HandOvers, Stated
from graph.view.names import Gathering, Names
from graph.view.parties import Ints, Mask, Parties, parties
from graph.view.traits import Raw, raw


class Documented(msgspec.Struct, frozen=True, kw_only=True, eq=False):
    """The first layer of a network.

    Attributes:
        edges: ids of the edges behind the arcs.
        edge: which of these is behind an arc; int32 (arcs).
        traits: what the numbers in `layer.trait` stand for.
    """

    parties: Parties
    edges: Names
    edge: Ints
    layer: Layer
    traits: tuple[Raw, ...]


class _Columns(NamedTuple):
    """Arcs in the order of the ids of their edges; `code` is that of what is stated of each."""

    tail: Ints
    head: Ints
    first: Ints
    last: Ints
    code: Ints


def documented(reader: Reader, costs: Costs, known_at: int | None) -> Documented:
    """The documented arcs as known at a date.

    Dropped are arcs from a party to itself, and those that join an unnamed party to another
    shipment than its own.
    """
    codes = _Codes(costs, known_at)
    edges = Gathering()
    gathered = _Gathered(*parties(reader.parties()))
    pieces = [gathered.piece(some, codes, edges) for some in reader.hand_overs()]
    columns = [_joined([piece[n] for piece in pieces]) for n in range(len(_Columns._fields))]
    del pieces
    layer, edge = _in_order(columns, gathered.parties, codes)
    return Documented(
        parties=gathered.parties,
        edges=edges.names(),
        edge=edge,
        layer=layer,
        traits=tuple(codes.traits),
    )


class _Codes(dict[Stated, int]):
    """A code for what is stated of an edge, or -1 when nobody knew it; few, though edges are many.

    `cost[4 * code + 2 * undated + together]` and `trait[code]` say what follows from it.
    """

    def __init__(self, costs: Costs, known_at: int | None) -> None:
        self.cost: list[int] = []
        self.trait: list[int] = []
        self.traits: dict[Raw, int] = {}
        self._costs = costs
        self._known_at = known_at
        self._by_edge: dict[str, int] = {}

    def __missing__(self, stated: Stated) -> int:
        published = tuple(known(said.published, self._known_at) for said in stated.claims)
        edge = as_known(example(stated), published, self._known_at)
        # What differs only in the days of publication is the same from here on.
        self[stated] = -1 if edge is None else self._by_edge.setdefault(repr(edge), len(self.trait))
        if edge is not None and self[stated] == len(self.trait):
            self._follow(edge)
        return self[stated]

    def _follow(self, edge: Edge) -> None:
        undated = msgspec.structs.replace(edge, start="")
        arcs = [
            stated_arc(self._costs, e, group) for e in (edge, undated) for group in (False, True)
        ]
        self.cost += [arc.cost for arc in arcs]
        self.trait.append(self.traits.setdefault(raw(arcs[0]), len(self.traits)))


def example(stated: Stated) -> Edge:
    """An edge of which this is stated, and which is dated."""
    claims = tuple(
        Claim(
            id="",
            source="",
            kind=said.kind,
            status=said.status,
            certainty=said.certainty,
            note="noted" if said.noted else "",
            property="some" if said.of_property else "",
        )
        for said in stated.claims
    )
    return Edge(
        id="",
        kind=stated.kind,
        source="",
        target="",
        start="2000",
        hs=stated.hs,
        families=stated.families,
        basis=stated.basis,
        outcome=stated.outcome,
        claims=claims,
    )


class _Firsts(dict[str, int]):
    def __missing__(self, start: str) -> int:
        self[start] = event_span(start, "").first
        return self[start]


class _Lasts(dict[str, int]):
    def __missing__(self, end: str) -> int:
        self[end] = event_span("", end).last
        return self[end]


class _Gathered:
    """Turns pieces of a store into columns."""

    def __init__(self, of: Parties, shipments: dict[str, int]) -> None:
        self.parties = of
        self._shipments = shipments
        self._first, self._last = _Firsts(), _Lasts()

    def piece(self, some: HandOvers, codes: _Codes, edges: Gathering) -> _Columns:
        """The columns of some edges; the ids of those that are kept go to `edges`."""
        count = len(some.id)
        columns = _Columns(
            tail=np.array(some.source, np.int32),
            head=np.array(some.target, np.int32),
            first=np.fromiter(map(self._first.__getitem__, some.start), np.int32, count),
            last=np.fromiter(map(self._last.__getitem__, some.end), np.int32, count),
            code=np.fromiter(map(codes.__getitem__, some.stated), np.int32, count),
        )
        kept = (columns.code >= 0) & (columns.tail != columns.head)
        kept &= self._of_one_shipment(columns, some.shipment)
        edges.add(compress(some.id, kept))
        return _Columns(*(column[kept] for column in columns))

    def _of_one_shipment(self, columns: _Columns, shipments: Sequence[str]) -> Mask:
        """Whether each end of an arc is of no shipment or of that of the arc."""
        number = self._shipments.get
        own = np.fromiter((number(name, -1) for name in shipments), np.int32, len(shipments))
        ends = (self.parties.shipment[end] for end in (columns.tail, columns.head))
        fits: list[Mask] = [(end == 0) | (end == own) for end in ends]
        return fits[0] & fits[1]


def _joined(pieces: list[Ints]) -> Ints:
    return np.concatenate([np.zeros(0, np.int32), *pieces])


def _in_order(columns: list[Ints], of: Parties, codes: _Codes) -> tuple[Layer, Ints]:
    """The layer by tail, cost, head and id of the edge, and which edge is behind each arc.

    `columns` are those of `_Columns`; they are dropped one by one, so as not to be there twice.
    """
    tail, head, first, last, code = columns
    columns.clear()
    undated = (first == NO_START) & (last == NO_END)
    together = of.together[tail] | of.together[head]
    cost = np.array(codes.cost, np.int32)[4 * code + 2 * undated + together]
    edge = np.lexsort((head, cost, tail)).astype(np.int32)
    tail, head, cost = tail[edge], head[edge], cost[edge]
    first, last, code = first[edge], last[edge], code[edge]
    trait = np.array(codes.trait, np.int32)[code]
    return layer_of(len(of.ids), tail, head, cost, first, last, trait), edge
