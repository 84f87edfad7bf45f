"""Gathers records while the tables of a case are read: claims join the fact they are about."""

from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import msgspec

from graph.exc import BadInput
from graph.model import (
    SUPPORT,
    Claim,
    Edge,
    Entity,
    Measure,
    Reading,
    Record,
    Refusal,
    SetMember,
    Source,
    digest,
    edge_id,
)
from loaders.base import LoadContext
from loaders.tables import Row, read_table


class Builder:
    """The records of a case in the making.

    Attributes:
        legs: edge ids by leg id (`S006.1`).
        shipments: edge ids by shipment id.
        aircraft_families: family by ICAO type code.
    """

    def __init__(self, context: LoadContext, folder: Path) -> None:
        self.context = context
        self.folder = folder
        self.sources: dict[str, Source] = {}
        self.entities: dict[str, Entity] = {}
        self.edges: dict[str, Edge] = {}
        self.measures: dict[str, Measure] = {}
        self.plain: list[SetMember | Refusal | Reading] = []
        self.legs: dict[str, str] = {}
        self.shipments: dict[str, list[str]] = defaultdict(list)
        self.aircraft_families: dict[str, str] = {}

    def rows(self, table: str, *required: str) -> Iterator[Row]:
        """The rows of one table of the case."""
        yield from read_table(self.context, self.folder / f"{table}.csv", required)

    def dates(self, row: Row, *columns: str) -> None:
        """Raise `BadInput` with file and line for the first of the columns that holds no date."""
        try:
            row.dates(*columns)
        except BadInput as error:
            raise BadInput(f"{row.where}: {error}") from None

    def claim(self, row: Row, kind: str = SUPPORT, note: str = "", **fields: str) -> Claim:
        """The claim a row makes: its citation, status, certainty and note."""
        return self.cite(
            row,
            row.get("citation", ""),
            kind=kind,
            status=row.get("status", ""),
            certainty=row.get("certainty", ""),
            note=note or row.get("note", ""),
            **fields,
        )

    def cite(self, row: Row, citation: str, **fields: str) -> Claim:
        """A claim with the id of its content, the same in every load."""
        if citation and citation not in self.sources:
            raise BadInput(f"{row.where}: citation {citation!r} is not in sources.csv")
        table = row.where.split(".csv")[0]
        claim_id = f"{table}:{digest((citation, *fields.values(), *row.values()))}"
        return Claim(id=claim_id, source=citation, locator=table, **fields)

    def add_entity(self, row: Row, entity: Entity) -> None:
        """Add an entity, once."""
        if entity.id in self.entities:
            raise BadInput(f"{row.where}: id {entity.id!r} stands twice")
        self.entities[entity.id] = entity

    def annotate_entity(self, entity_id: str, *claims: Claim, **properties: str) -> None:
        """Add claims and properties to an entity."""
        old = self.entities[entity_id]
        self.entities[entity_id] = msgspec.structs.replace(
            old, claims=old.claims + claims, properties=old.properties | properties
        )

    def add_edge(self, row: Row, kind: str, source: str, target: str, **fields: object) -> str:
        """Add an edge, or its claims to the edge that states the same; returns the id.

        `told_apart_by` keeps two edges apart that agree in kind, ends, start and goods.
        """
        for end in (source, target):
            if end not in self.entities:
                raise BadInput(f"{row.where}: {end!r} is no entity of the case")
        self.dates(row, "start", "end")
        start = str(fields.get("start", ""))
        mark = str(fields.pop("told_apart_by", fields.get("goods", "")))
        found = edge_id(kind, source, target, start, mark)
        edge = Edge(id=found, kind=kind, source=source, target=target, **fields)  # type: ignore[arg-type]
        if found in self.edges:
            edge = _merged(row, self.edges[found], edge)
        self.edges[found] = edge
        return found

    def annotate_edge(self, edge: str, *claims: Claim) -> None:
        """Add claims to an edge."""
        old = self.edges[edge]
        fresh = tuple(c for c in claims if c.id not in {known.id for known in old.claims})
        self.edges[edge] = msgspec.structs.replace(old, claims=old.claims + fresh)

    def annotate_measure(self, measure: str, *claims: Claim) -> None:
        """Add claims to a measure."""
        old = self.measures[measure]
        self.measures[measure] = msgspec.structs.replace(old, claims=old.claims + claims)

    def records(self) -> Iterator[Record]:
        """Everything gathered."""
        yield from self.sources.values()
        yield from self.entities.values()
        yield from self.edges.values()
        yield from self.measures.values()
        yield from self.plain


def _merged(row: Row, old: Edge, new: Edge) -> Edge:
    """One edge of two rows that state it; an end date that only one of them knows is kept."""
    ends = {old.end, new.end} - {""}
    if len(ends) > 1:
        raise BadInput(f"{row.where}: ends {new.end}, another row for this edge says {old.end}")
    known = {claim.id for claim in old.claims}
    return msgspec.structs.replace(
        old,
        end=ends.pop() if ends else "",
        properties=new.properties | old.properties,
        claims=old.claims + tuple(c for c in new.claims if c.id not in known),
    )
