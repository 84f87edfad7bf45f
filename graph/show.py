"""Everything the store says about one entity."""

import msgspec

from graph.cited import ClaimRecord, DenialRecord, claims, denials
from graph.dates import Holds, event_span, holds
from graph.kinds import EDGE_KINDS
from graph.listed import in_force
from graph.model import DENIAL, Edge, Entity, Identifier, Measure, Source
from graph.store.base import Reader


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
    """An edge; `holds` is yes, no or uncertain on the day asked about."""

    edge: str
    kind: str
    says: str
    origin: str
    target: str
    basis: str
    start: str
    end: str
    goods: str
    hs: str
    share: str
    certainty: str
    contested: bool
    outcome: str
    shipment: str
    holds: str
    properties: dict[str, str]
    claims: tuple[ClaimRecord, ...]
    denials: tuple[DenialRecord, ...]


class Shown(msgspec.Struct, frozen=True, kw_only=True):
    """The answer of `loophole show`."""

    entity: ShownEntity
    measures: tuple[ShownMeasure, ...]
    edges: tuple[ShownEdge, ...]


def show(reader: Reader, entity_id: str, as_of: int) -> Shown:
    """An entity with its measures and edges, as they stand on a day.

    Raises:
        NotFound: when the store has no such entity.
    """
    entity = reader.entity(entity_id)
    sources = {source.id: source for source in reader.sources()}
    return Shown(
        entity=_entity(entity, sources),
        measures=tuple(_measure(m, as_of) for m in reader.measures(entity_id)),
        edges=tuple(_edge(e, sources, as_of) for e in reader.edges_of(entity_id)),
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


def _measure(measure: Measure, as_of: int) -> ShownMeasure:
    names = [f.name for f in msgspec.structs.fields(ShownMeasure) if f.name != "in_force"]
    fields = {name: getattr(measure, name) for name in names}
    return ShownMeasure(**fields, in_force=in_force(measure, as_of))


def _edge(edge: Edge, sources: dict[str, Source], as_of: int) -> ShownEdge:
    kind = EDGE_KINDS[edge.kind]
    if kind.event:
        stands = Holds.YES if event_span(edge.start, edge.end).first <= as_of else Holds.NO
    else:
        stands = holds(edge.start, edge.end, as_of)
    supports = [c for c in edge.claims if c.kind != DENIAL]
    return ShownEdge(
        edge=edge.id,
        kind=edge.kind,
        says=kind.says,
        origin=edge.source,
        target=edge.target,
        basis=edge.basis or "documented",
        start=edge.start,
        end=edge.end,
        goods=edge.goods,
        hs=edge.hs,
        share=edge.share,
        certainty=supports[0].certainty if supports else "",
        contested=edge.contested,
        outcome=edge.outcome,
        shipment=edge.shipment,
        holds=stands.value,
        properties=edge.properties,
        claims=claims(edge.claims, sources),
        denials=denials(edge.claims, sources),
    )
