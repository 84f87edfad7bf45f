"""Everything the store says about one entity."""

from collections.abc import Iterable

import msgspec

from graph.arcs import documented_arc
from graph.cited import ClaimRecord, DenialRecord, claims, denials
from graph.cost import default_costs
from graph.dates import Holds, event_span, holds
from graph.kinds import EDGE_KINDS, ROUTED
from graph.listed import standing
from graph.model import DENIAL, Claim, Edge, Entity, Identifier, Measure, Source
from graph.store.base import Reader
from graph.verdicts import LayerVerdict


class ShownEntity(msgspec.Struct, frozen=True, kw_only=True):
    """An entity with its names, identifiers and claims; denials stand apart."""

    id: str
    kind: str
    name: str
    aliases: tuple[str, ...]
    country: str
    role: str
    person_basis: str
    identifiers: tuple[Identifier, ...]
    properties: dict[str, str]
    claims: tuple[ClaimRecord, ...]
    denials: tuple[DenialRecord, ...]


class ShownMeasure(msgspec.Struct, frozen=True, kw_only=True):
    """A measure; `in_force` is null where the dates do not settle it on the day asked about."""

    id: str
    regime: str
    layer: str
    kind: str
    programme: str
    action: str
    text: str
    scope: str
    url: str
    start: str
    end: str
    observed_from: str
    observed_to: str
    in_force: bool | None


class ShownEdge(
    msgspec.Struct, frozen=True, kw_only=True, rename={"origin": "from", "target": "to"}
):
    """An edge, in the fields of a hop, what it says and the share.

    `holds` is yes, no or uncertain on the day asked about; `cost` is null where no goods travel on
    the edge, `order` always, since an edge alone comes after nothing.
    """

    edge: str
    kind: str
    says: str
    origin: str
    target: str
    basis: str
    rule: None = None
    reason: str
    start: str
    end: str
    goods: str
    hs: str | None
    families: tuple[str, ...]
    share: str
    certainty: str
    contested: bool
    cost: int | None
    terms: dict[str, int]
    order: None = None
    marks: tuple[str, ...]
    also: tuple[str, ...]
    outcome: str | None
    shipment: str | None
    holds: str
    properties: dict[str, str]
    claims: tuple[ClaimRecord, ...]
    denials: tuple[DenialRecord, ...]
    verdicts: tuple[LayerVerdict, ...] = ()


class ShownParty(msgspec.Struct, frozen=True, kw_only=True):
    """Who stands at the other end of an edge; a person's status stands with the name."""

    id: str
    name: str
    kind: str
    country: str
    person_basis: str


class Shown(msgspec.Struct, frozen=True, kw_only=True):
    """The answer of `loophole show`; `parties` are all other ends of the edges, by id."""

    entity: ShownEntity
    measures: tuple[ShownMeasure, ...]
    edges: tuple[ShownEdge, ...]
    parties: tuple[ShownParty, ...] = ()


def show(reader: Reader, entity_id: str, as_of: int) -> Shown:
    """An entity with its measures and edges, as they stand on a day.

    Raises:
        NotFound: when the store has no such entity.
    """
    entity = reader.entity(entity_id)
    sources = {source.id: source for source in reader.sources()}
    edges = reader.edges_of(entity_id)
    ends = _Ends(reader, edges)
    others = sorted(ends.found.keys() - {entity_id})
    return Shown(
        entity=_entity(entity, sources),
        measures=_measures(reader.measures_upon(entity_id), as_of),
        edges=tuple(_edge(e, ends, sources, as_of) for e in edges),
        parties=tuple(_party(ends.entity(other)) for other in others),
    )


class _Ends:
    """The ends of some edges: see `graph.arcs.Parties`."""

    def __init__(self, reader: Reader, edges: Iterable[Edge]) -> None:
        self.edges = tuple(edges)
        ids = {end for edge in self.edges for end in (edge.source, edge.target)}
        self.found = {entity_id: reader.entity(entity_id) for entity_id in ids}

    def entity(self, entity_id: str) -> Entity:
        """One of the ends."""
        return self.found[entity_id]

    def said_by(self, entity_id: str) -> tuple[Claim, ...]:
        """The party's own account of itself."""
        return tuple(c for c in self.found[entity_id].claims if c.kind == DENIAL)

    def beside(self, edge: Edge) -> tuple[str, ...]:
        """Other edges along which goods go between the same two parties."""
        if edge.kind not in ROUTED:
            return ()
        ends = edge.source, edge.target
        return tuple(
            e.id
            for e in self.edges
            if e.id != edge.id and e.kind in ROUTED and (e.source, e.target) == ends
        )


def _entity(entity: Entity, sources: dict[str, Source]) -> ShownEntity:
    return ShownEntity(
        id=entity.id,
        kind=entity.kind,
        name=entity.name,
        aliases=entity.aliases,
        country=entity.country,
        role=entity.role,
        person_basis=entity.person_basis,
        identifiers=entity.identifiers,
        properties=entity.properties,
        claims=claims(entity.claims, sources),
        denials=denials(entity.claims, sources),
    )


def _measures(found: tuple[Measure, ...], as_of: int) -> tuple[ShownMeasure, ...]:
    names = [f.name for f in msgspec.structs.fields(ShownMeasure) if f.name != "in_force"]
    stands = standing(found, as_of)
    return tuple(
        ShownMeasure(**{name: getattr(m, name) for name in names}, in_force=stands[m.id])
        for m in found
    )


def _party(entity: Entity) -> ShownParty:
    return ShownParty(
        id=entity.id,
        name=entity.name,
        kind=entity.kind,
        country=entity.country,
        person_basis=entity.person_basis,
    )


def _stands(edge: Edge, as_of: int) -> Holds:
    if EDGE_KINDS[edge.kind].event:
        return Holds.YES if event_span(edge.start, edge.end).first <= as_of else Holds.NO
    return holds(edge.start, edge.end, as_of)


def _edge(edge: Edge, ends: _Ends, sources: dict[str, Source], as_of: int) -> ShownEdge:
    arc = documented_arc(ends, default_costs(), edge)
    routed = edge.kind in ROUTED
    stated = any(claim.certainty for claim in edge.claims)
    return ShownEdge(
        edge=edge.id,
        kind=edge.kind,
        says=EDGE_KINDS[edge.kind].says,
        origin=edge.source,
        target=edge.target,
        basis=arc.basis,
        reason=arc.reason,
        start=edge.start,
        end=edge.end,
        goods=edge.goods,
        hs=edge.hs or None,
        families=edge.families,
        share=edge.share,
        certainty=arc.certainty if stated else "",
        contested=edge.contested,
        cost=arc.cost if routed else None,
        terms=arc.terms if routed else {},
        marks=arc.marks,
        also=ends.beside(edge),
        outcome=edge.outcome or None,
        shipment=edge.shipment or None,
        holds=_stands(edge, as_of).value,
        properties=edge.properties,
        claims=claims(arc.claims, sources),
        denials=denials(arc.denials, sources),
    )
