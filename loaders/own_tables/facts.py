"""Rows of entities.csv, edges.csv and measures.csv become records, with the claims they make."""

from collections.abc import Callable, Iterator, Set
from pathlib import Path
from typing import TypeVar

from graph.exc import BadInput
from graph.identifiers import parse_identifiers
from graph.kinds import CERTAINTIES, EDGE_KINDS, OUTCOMES, STATUSES
from graph.model import Claim, Edge, Entity, Measure, Record, Source, digest
from loaders.base import LoadContext
from loaders.own_tables import checks
from loaders.own_tables.columns import (
    CLAIM_COLUMNS,
    EDGE_COLUMNS,
    ENTITY_COLUMNS,
    KNOWN,
    MEASURE_COLUMNS,
    REQUIRED,
    SHARES,
)
from loaders.own_tables.extras import Extras
from loaders.tables import Row, read_table

R = TypeVar("R", bound=Record)


def records(context: LoadContext, path: Path) -> Iterator[Record]:
    """All records of a folder; see `loaders.own_tables.load`."""
    yield from _Folder(context, path).records()


class _Folder:
    def __init__(self, context: LoadContext, path: Path) -> None:
        self.context = context
        self.path = path
        self.named_sets = {name for name, _ in context.outside.members}
        self.entities: dict[str, str] = {}
        self.ids: dict[str, set[str]] = {name: set() for name in KNOWN}
        self.sources: dict[str, Source] = {}
        self.claims: dict[tuple[str, str], list[Claim]] = {}
        self.claims_apart = (path / "claims.csv").is_file()

    def records(self) -> Iterator[Record]:
        extras = Extras(self.context, self.path, {name: self._ahead(name) for name in KNOWN})
        self.sources = extras.sources
        self.claims = extras.claims()
        facts: list[Record] = [*self._table("entities", self._entity)]
        facts += self._table("edges", self._edge)
        facts += self._table("measures", self._measure)
        extras.ids = self.ids
        yield from self.sources.values()
        yield from extras.plain()
        yield from facts

    def _ahead(self, name: str) -> Set[str]:
        """The ids of a table, read ahead: the extra tables refer to them."""
        path = self.path / f"{name}.csv"
        if not path.is_file():
            return frozenset()
        ahead = LoadContext(skip_bad=True)
        return frozenset(row["id"] for row in read_table(ahead, path, REQUIRED[name]))

    def _table(self, name: str, make: Callable[[Row], R]) -> Iterator[R]:
        path = self.path / f"{name}.csv"
        if not path.is_file():
            return
        seen = self.ids[name]
        for number, row in enumerate(read_table(self.context, path, REQUIRED[name])):
            if number == 0:
                self._note_unknown_columns(name, row)
            try:
                if row["id"] in seen:
                    raise BadInput(f"id {row['id']!r} stands twice")
                checks.identity(row)
                record = make(row)
            except BadInput as error:
                self.context.bad(row.where, str(error))
                continue
            seen.add(row["id"])
            yield record

    def _entity(self, row: Row) -> Entity:
        checks.party(row)
        if row["id"] in self.named_sets:
            raise BadInput(f"id {row['id']!r} is the name of a set: choose another id")
        entity = Entity(
            id=row["id"],
            kind=row["kind"],
            name=row["name"],
            country=row.get("country", ""),
            aliases=row.texts("aliases"),
            identifiers=parse_identifiers(row.get("identifiers", "")),
            role=row.get("role", ""),
            person_basis=row.get("person_basis", ""),
            shipment=row.get("shipment", ""),
            properties=_rest(row, ENTITY_COLUMNS, self.claims_apart),
            claims=self._claims_of("entity", row),
        )
        self.entities[entity.id] = entity.shipment
        return entity

    def _edge(self, row: Row) -> Edge:
        for end in ("source", "target"):
            checks.own_shipment(row, end, self._shipment_of(row, end))
        checks.one_of(row, "kind", EDGE_KINDS)
        checks.one_of(row, "outcome", OUTCOMES)
        checks.interval(row, "start", "end")
        checks.shares(row)
        return Edge(
            **{column: row.get(column, "") for column in EDGE_COLUMNS if column != "family"},
            families=row.texts("family"),
            properties=_rest(row, EDGE_COLUMNS, self.claims_apart),
            claims=self._claims_of("edge", row),
        )

    def _shipment_of(self, row: Row, end: str) -> str:
        """The shipment an unnamed end belongs to; empty for every other party."""
        for known in (self.entities, self.context.outside.entities):
            if row[end] in known:
                return known[row[end]]
        raise BadInput(f"{end} {row[end]!r} is no entity of this folder or of the store")

    def _measure(self, row: Row) -> Measure:
        if row["entity"] not in self.entities | self.context.outside.entities:
            raise BadInput(f"entity {row['entity']!r} is none of this folder or of the store")
        checks.interval(row, "start", "end")
        checks.interval(row, "observed_from", "observed_to")
        return Measure(
            **{column: row.get(column, "") for column in MEASURE_COLUMNS},
            properties=_rest(row, MEASURE_COLUMNS, self.claims_apart),
            claims=self._claims_of("measure", row),
        )

    def _claims_of(self, subject_kind: str, row: Row) -> tuple[Claim, ...]:
        """The claims of claims.csv, or the one that the row itself makes."""
        if self.claims_apart:
            return tuple(self.claims.get((subject_kind, row["id"]), ()))
        checks.one_of(row, "certainty", CERTAINTIES)
        checks.one_of(row, "status", STATUSES)
        row.dates("published")
        cells = tuple(row.get(column, "") for column in CLAIM_COLUMNS)
        if not any(cells):
            return ()
        fields = dict(zip(CLAIM_COLUMNS, cells, strict=True))
        claim = Claim(
            id=f"own:{digest((subject_kind, row['id'], *cells))}",
            source=self._source(row),
            status=fields["status"] or "own-research",
            certainty=fields["certainty"],
            note=fields["note"],
            locator=row.where,
        )
        return (claim,)

    def _source(self, row: Row) -> str:
        checks.web_address(row, "source_url")
        columns = ("source_url", "source_title", "publisher", "published")
        cells = tuple(row.get(column, "") for column in columns)
        if not any(cells):
            return ""
        source = Source(
            id=f"own:{digest((self.path.name, *cells))}",
            url=cells[0],
            title=cells[1],
            publisher=cells[2],
            published=cells[3],
        )
        self.sources[source.id] = source
        return source.id

    def _note_unknown_columns(self, name: str, row: Row) -> None:
        for column in row:
            if column not in {*KNOWN[name], *CLAIM_COLUMNS, *SHARES} and not self.claims_apart:
                self.context.warn(f"{name}.csv", f"column {column!r} kept as a property")


def _rest(row: Row, columns: tuple[str, ...], claims_apart: bool) -> dict[str, str]:
    """Every other column that has a value, kept as a property.

    A property named like a column stands in a column `property:NAME`.
    """
    known = {*columns} if claims_apart else {*columns, *CLAIM_COLUMNS}
    return {
        column.removeprefix("property:"): value
        for column, value in row.items()
        if value and column not in known
    }
