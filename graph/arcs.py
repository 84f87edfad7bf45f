"""Hops that a route may take, documented and possible, with what they cost and rest on."""

from typing import Protocol

import msgspec

from graph.cost import Costs
from graph.dates import Holds, Span, event_span
from graph.kinds import EntityKind
from graph.model import DENIAL, SUPPORT, Claim, Edge, Entity
from graph.rules import PossibleHop

DOCUMENTED = "documented"
POSSIBLE = "possible"
_WHOLE_AIRCRAFT_HS = "8802"


class Arc(msgspec.Struct, frozen=True, kw_only=True):
    """One hop that a route may take, documented or possible.

    Attributes:
        terms: the named parts of its cost.
        certainty: of the best claim of a documented hop, of the weakest behind a possible one.
        marks: what a reader must be told: undated, uncertain, stated in part, together, failed.
        properties: those of a documented edge.
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
    properties: dict[str, str] = {}

    @property
    def cost(self) -> int:
        """The sum of the terms."""
        return sum(self.terms.values())


class Parties(Protocol):
    """What must be known of the two ends of an edge."""

    def entity(self, entity_id: str) -> Entity:
        """One of the ends."""

    def said_by(self, entity_id: str) -> tuple[Claim, ...]:
        """The party's own account of itself."""


def documented_arc(facts: Parties, costs: Costs, edge: Edge) -> Arc:
    """The arc of an edge that a source states."""
    kinds = {facts.entity(end).kind for end in (edge.source, edge.target)}
    arc = stated_arc(costs, edge, EntityKind.GROUP in kinds)
    denials = _denials(facts, edge.source, edge.target, edge.claims)
    return msgspec.structs.replace(arc, denials=denials) if denials else arc


def stated_arc(costs: Costs, edge: Edge, together: bool) -> Arc:
    """The arc of an edge without what is said against it: all that its cost depends on.

    Args:
        costs: the cost table.
        edge: the edge, with the claims that count.
        together: whether one of its ends is several parties that are reported together.
    """
    supports = [c for c in edge.claims if c.kind == SUPPORT]
    direct = [c for c in supports if not c.property] or supports
    best = min(direct, key=lambda c: (_claim_cost(costs, c), not c.note), default=None)
    span = event_span(edge.start, edge.end)
    undated = not (edge.start or edge.end)
    in_part = edge.basis == "stated-in-part"
    stated = best.certainty if best else ""
    certainty = "contested" if edge.contested else stated or "low"
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
        properties=edge.properties,
    )


def possible_arc(facts: Parties, costs: Costs, hop: PossibleHop, as_of: int) -> Arc:
    """The arc of a hop that a rule infers: it stands on the date asked about."""
    arc = inferred_arc(costs, hop, as_of)
    denials = _denials(facts, hop.source, hop.target, hop.claims)
    return msgspec.structs.replace(arc, denials=denials) if denials else arc


def inferred_arc(costs: Costs, hop: PossibleHop, as_of: int) -> Arc:
    """The arc of a possible hop without what is said against it: all that its cost depends on."""
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
        span=Span(as_of, as_of),
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
    )


def _claim_cost(costs: Costs, claim: Claim) -> int:
    dearest = max(costs.status.values())
    return costs.certainty.get(claim.certainty, 0) + costs.status.get(claim.status, dearest)


def _denials(
    facts: Parties, source: str, target: str, claims: tuple[Claim, ...]
) -> tuple[Claim, ...]:
    """What is said against the hop, and what its two parties say of themselves anywhere."""
    of_parties = (*facts.said_by(source), *facts.said_by(target))
    said = {claim.id: claim for claim in (*claims, *of_parties) if claim.kind == DENIAL}
    return tuple(said.values())
