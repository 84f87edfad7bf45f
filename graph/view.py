"""A store seen on a day, as compact arrays for the route search.

Parties are numbered by id in sorted order, so that comparing numbers compares ids. Arcs are the
hops a route may take, documented and possible, sorted by source and target; all arcs that join the
same two parties form one pair. Arrays (n parties, m pairs, a arcs):

    first_pair  int64 (n + 1)   pairs of party u: first_pair[u] .. first_pair[u + 1]
    head        int64 (m)       the party a pair leads to
    first_arc   int64 (m + 1)   arcs of pair p: first_arc[p] .. first_arc[p + 1]
    cost        int64 (a)       integer cost of the arc, before anything its neighbours add
    first, last int32 (a)       the days it can have happened on (ordinals, both included)
    item        int64 (a)       bit mask of what it can carry: see `Items`
"""

from collections.abc import Iterable

import msgspec
import numpy as np
from numpy.typing import NDArray

from graph.cost import Costs, default_costs
from graph.dates import Holds, Span, event_span
from graph.kinds import ENDS_ONLY, NEVER_ON_A_ROUTE, ROUTED, EntityKind
from graph.model import DENIAL, SUPPORT, Claim, Edge, Entity, Source
from graph.rules import Facts, PossibleHop, possible_hops
from graph.store.base import Reader

DOCUMENTED = "documented"
POSSIBLE = "possible"
_WHOLE_AIRCRAFT_HS = "8802"


class Arc(msgspec.Struct, frozen=True, kw_only=True):
    """One hop that a route may take, documented or possible.

    Attributes:
        terms: the named parts of its cost.
        certainty: of the best claim of a documented hop, of the weakest behind a possible one.
        marks: what a reader must be told: undated, uncertain, stated in part, together, failed.
    """

    id: str
    source: str
    target: str
    kind: str
    basis: str
    span: Span
    terms: dict[str, int]
    certainty: str
    rule: str = ""
    families: tuple[str, ...] = ()
    reason: str = ""
    start: str = ""
    end: str = ""
    goods: str = ""
    hs: tuple[str, ...] = ()
    whole_aircraft: bool = False
    contested: bool = False
    outcome: str = ""
    shipment: str = ""
    marks: tuple[str, ...] = ()
    claims: tuple[Claim, ...] = ()
    denials: tuple[Claim, ...] = ()

    @property
    def cost(self) -> int:
        """The sum of the terms."""
        return sum(self.terms.values())


class Items:
    """What can travel, as bits: parts for each family, then whole aircraft of each family.

    The last bit of each half stands for families outside the list. A route is possible only while
    the masks of its hops have a bit in common: one family runs through, and parts and whole
    aircraft never join.
    """

    def __init__(self, families: Iterable[str]) -> None:
        self.families = tuple(sorted(families))
        if len(self.families) > 30:
            raise ValueError("more than 30 aircraft families do not fit a 64-bit mask")
        self._half = len(self.families) + 1
        self._any = (1 << self._half) - 1

    def mask(self, families: Iterable[str], whole_aircraft: bool) -> int:
        """The mask of goods for some families; of any family when none is named."""
        bits = 0
        for family in families:
            known = family in self.families
            bits |= 1 << (self.families.index(family) if known else self._half - 1)
        return (bits or self._any) << (self._half if whole_aircraft else 0)

    def names(self, mask: int) -> tuple[str, ...]:
        """The families of a mask; empty when it allows any."""
        half = (mask & self._any) | (mask >> self._half)
        if half == self._any:
            return ()
        return tuple(f for i, f in enumerate(self.families) if half >> i & 1)


class View(msgspec.Struct, frozen=True, kw_only=True, eq=False):
    """Everything a route search needs: see the module for the arrays."""

    revision: int
    as_of: int
    known_at: int | None
    contested: bool
    costs: Costs
    ids: tuple[str, ...]
    number: dict[str, int]
    entities: dict[str, Entity]
    sources: dict[str, Source]
    sets: dict[str, tuple[str, ...]]
    items: Items
    fleet_unknown: tuple[str, ...]
    arcs: tuple[Arc, ...]
    first_pair: NDArray[np.int64]
    head: NDArray[np.int64]
    first_arc: NDArray[np.int64]
    cost: NDArray[np.int64]
    first: NDArray[np.int32]
    last: NDArray[np.int32]
    item: NDArray[np.int64]
    never: NDArray[np.bool_]
    ends_only: NDArray[np.bool_]


def build_view(
    reader: Reader,
    as_of: int,
    known_at: int | None = None,
    contested: bool = False,
    costs: Costs | None = None,
) -> View:
    """The view of a store on the day `as_of`, with what had been published by `known_at`.

    Rules reason from contested claims only when asked to; contested documented hops are there, marked,
    for the question to let in or not. Documented hops are there when their first possible
    day is not after `as_of`; possible hops stand on `as_of` itself.
    """
    table = costs or default_costs()
    facts = Facts(reader, as_of, known_at, contested)
    arcs = [
        *(
            documented_arc(facts, table, edge)
            for edge in facts.known_edges(sorted(ROUTED))
            if event_span(edge.start, edge.end).first <= as_of
        ),
        *(possible_arc(facts, table, hop) for hop in possible_hops(facts)),
    ]
    members: dict[str, list[str]] = {}
    for member in reader.set_members():
        members.setdefault(member.set, []).append(member.entity)
    return assemble(
        arcs,
        facts.entities,
        families=facts.families,
        as_of=as_of,
        known_at=known_at,
        contested=contested,
        costs=table,
        revision=reader.revision,
        sources={source.id: source for source in reader.sources()},
        sets={name: tuple(ids) for name, ids in members.items()},
        fleet_unknown=facts.fleet_unknown(),
    )


def assemble(
    arcs: Iterable[Arc],
    entities: dict[str, Entity],
    *,
    families: tuple[str, ...] = (),
    as_of: int,
    known_at: int | None = None,
    contested: bool = False,
    costs: Costs | None = None,
    revision: int = 0,
    sources: dict[str, Source] | None = None,
    sets: dict[str, tuple[str, ...]] | None = None,
    fleet_unknown: tuple[str, ...] = (),
) -> View:
    """The arrays over some arcs. Arcs from a party to itself are dropped."""
    ids = tuple(sorted(entities))
    number = {entity_id: i for i, entity_id in enumerate(ids)}
    items = Items(families)
    kept = sorted(
        (arc for arc in arcs if arc.source != arc.target),
        key=lambda arc: (number[arc.source], number[arc.target], arc.cost, arc.id),
    )
    ends = np.array([(number[a.source], number[a.target]) for a in kept], np.int64).reshape(-1, 2)
    opens_pair = np.ones(len(kept), bool)
    opens_pair[1:] = (ends[1:] != ends[:-1]).any(axis=1)
    first_arc = np.append(np.flatnonzero(opens_pair), len(kept))
    tails, heads = ends[first_arc[:-1], 0], ends[first_arc[:-1], 1]
    kinds = [entities[entity_id].kind for entity_id in ids]
    return View(
        revision=revision,
        as_of=as_of,
        known_at=known_at,
        contested=contested,
        costs=costs or default_costs(),
        ids=ids,
        number=number,
        entities=entities,
        sources=sources or {},
        sets=sets or {},
        items=items,
        fleet_unknown=fleet_unknown,
        arcs=tuple(kept),
        first_pair=np.searchsorted(tails, np.arange(len(ids) + 1)),
        head=heads,
        first_arc=first_arc,
        cost=np.array([arc.cost for arc in kept], np.int64),
        first=np.array([arc.span.first for arc in kept], np.int32),
        last=np.array([arc.span.last for arc in kept], np.int32),
        item=np.array([items.mask(arc.families, arc.whole_aircraft) for arc in kept], np.int64),
        never=np.array([kind in NEVER_ON_A_ROUTE for kind in kinds], bool),
        ends_only=np.array([kind in ENDS_ONLY for kind in kinds], bool),
    )


def documented_arc(facts: Facts, costs: Costs, edge: Edge) -> Arc:
    """The arc of an edge that a source states."""
    supports = [c for c in edge.claims if c.kind == SUPPORT]
    direct = [c for c in supports if not c.property] or supports
    best = min(direct, key=lambda c: (_claim_cost(costs, c), not c.note), default=None)
    span = event_span(edge.start, edge.end)
    undated = not (edge.start or edge.end)
    together = EntityKind.GROUP in (
        facts.entity(edge.source).kind,
        facts.entity(edge.target).kind,
    )
    in_part = edge.basis == "stated-in-part"
    certainty = "contested" if edge.contested else (best.certainty if best else "low")
    terms = {
        "hop": costs.hop,
        "certainty": costs.certainty.get(certainty, costs.certainty["low"]),
        "status": costs.status.get(best.status if best else "", max(costs.status.values())),
        "undated": costs.undated if undated else 0,
        "stated-in-part": costs.stated_in_part if in_part else 0,
        "group": costs.group if together else 0,
        "outcome": costs.outcome.get(edge.outcome, 0),
    }
    marks = {
        "undated": undated,
        "stated in part": in_part,
        "reported together": together,
        "an attempt, arrival not shown": edge.outcome == "attempted",
        "did not arrive": edge.outcome in ("detained", "seized"),
    }
    return Arc(
        id=edge.id,
        source=edge.source,
        target=edge.target,
        kind=edge.kind,
        basis=DOCUMENTED,
        span=span,
        terms={name: cost for name, cost in terms.items() if cost},
        certainty=certainty,
        families=edge.families,
        reason=best.note if best else "",
        start=edge.start,
        end=edge.end,
        goods=edge.goods,
        hs=(edge.hs,) if edge.hs else (),
        whole_aircraft=edge.kind == "transfers_aircraft"
        or edge.hs.replace(".", "").startswith(_WHOLE_AIRCRAFT_HS),
        contested=edge.contested,
        outcome=edge.outcome,
        shipment=edge.shipment,
        marks=tuple(name for name, true in marks.items() if true),
        claims=tuple(c for c in edge.claims if c.kind != DENIAL),
        denials=tuple(c for c in edge.claims if c.kind == DENIAL)
        + _own_words(facts, edge.source, edge.target),
    )


def possible_arc(facts: Facts, costs: Costs, hop: PossibleHop) -> Arc:
    """The arc of a hop that a rule infers: it stands on the date asked about."""
    claims = hop.claims
    supports = [c for c in claims if c.kind == SUPPORT]
    order = list(costs.certainty)
    certainty = max((c.certainty for c in supports if c.certainty), key=order.index, default="low")
    undated = any(held.undated for held in hop.states)
    uncertain = any(held.holds is Holds.UNCERTAIN for held in hop.states)
    years = [picture.years for picture in hop.fleets if picture.years is not None]
    terms = {
        "hop": costs.hop,
        "possible": costs.possible,
        "rule": costs.rule[hop.rule][hop.strength],
        "certainty": costs.certainty[certainty],
        "undated": costs.undated if undated else 0,
        "uncertain": costs.uncertain if uncertain else 0,
        "fleet": costs.fleet_year * min(max(years, default=0), costs.fleet_years),
    }
    marks = {
        "undated": undated,
        "uncertain on the date": uncertain,
    }
    return Arc(
        id=hop.id,
        source=hop.source,
        target=hop.target,
        kind=hop.rule,
        basis=POSSIBLE,
        span=Span(facts.as_of, facts.as_of),
        terms={name: cost for name, cost in terms.items() if cost},
        certainty=certainty,
        rule=hop.rule,
        families=(hop.family,) if hop.family else (),
        reason=hop.reason,
        hs=hop.hs,
        whole_aircraft=hop.whole_aircraft,
        contested=certainty == "contested",
        marks=tuple(name for name, true in marks.items() if true),
        claims=tuple(c for c in claims if c.kind != DENIAL),
        denials=_own_words(facts, hop.source, hop.target),
    )


def _claim_cost(costs: Costs, claim: Claim) -> int:
    dearest = max(costs.status.values())
    return costs.certainty.get(claim.certainty, 0) + costs.status.get(claim.status, dearest)


def _own_words(facts: Facts, *parties: str) -> tuple[Claim, ...]:
    """What the parties of a hop say of themselves in general, whatever the shipment."""
    return tuple(
        claim
        for party in parties
        for claim in facts.entity(party).claims
        if claim.kind == DENIAL and claim.property == "*"
    )
