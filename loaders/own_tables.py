"""Tables of one's own: a folder with entities.csv, edges.csv, measures.csv (see docs/cli.md).

The same folder is what `export --to-format tables` writes; the extra tables of such an export
(claims.csv, sources.csv, sets.csv, refused.csv, readings.csv) are read when they are there, so that
nothing is lost between the two.
"""

import re
from collections.abc import Callable, Collection, Iterator
from pathlib import Path
from typing import TypeVar

import msgspec

from graph.exc import BadInput
from graph.identifiers import parse_identifiers
from graph.kinds import CERTAINTIES, EDGE_KINDS, OUTCOMES, STATUSES, EntityKind
from graph.model import (
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
)
from loaders.base import LoadContext, Loader
from loaders.tables import Row, read_table

R = TypeVar("R", bound=Record)

_ID = re.compile(r"\S{1,200}")
_SHARE = re.compile(r"\d{1,3}(\.\d{1,12})?", re.ASCII)
_SHARES = ("share", "share_min", "share_max")

CLAIM_COLUMNS = (
    "certainty",
    "status",
    "source_url",
    "source_title",
    "publisher",
    "published",
    "note",
)
ENTITY_COLUMNS = (
    "id",
    "kind",
    "name",
    "country",
    "aliases",
    "identifiers",
    "role",
    "person_basis",
    "shipment",
)
EDGE_COLUMNS = (
    "id",
    "source",
    "target",
    "kind",
    "start",
    "end",
    "share",
    "hs",
    "goods",
    "family",
    "basis",
    "outcome",
    "shipment",
)
MEASURE_COLUMNS = (
    "id",
    "entity",
    "regime",
    "layer",
    "kind",
    "start",
    "end",
    "text",
    "url",
    "scope",
    "programme",
    "action",
    "observed_from",
    "observed_to",
)
EXTRA_TABLES: dict[str, type[msgspec.Struct]] = {
    "sources": Source,
    "sets": SetMember,
    "refused": Refusal,
    "readings": Reading,
}
"""Optional tables whose columns are the fields of a record."""


def recognises(path: Path) -> bool:
    """A folder with at least one of the plain tables."""
    return any((path / f"{name}.csv").is_file() for name in ("entities", "edges", "measures"))


def load(context: LoadContext, path: Path) -> Iterator[Record]:
    """All records of a folder of plain tables.

    Raises:
        BadInput: for the first bad row, or for any when bad rows are not skipped; see `LoadContext`.
    """
    yield from _Folder(context, path).records()


LOADER = Loader(
    name="tables",
    title="plain tables of your own: entities.csv, edges.csv, measures.csv",
    recognises=recognises,
    load=load,
)


class _Folder:
    def __init__(self, context: LoadContext, path: Path) -> None:
        self.context = context
        self.path = path
        self.sources: dict[str, Source] = {}
        self.entities: set[str] = set()
        self.claims: dict[tuple[str, str], list[Claim]] = {}
        self.claims_apart = (path / "claims.csv").is_file()

    def records(self) -> Iterator[Record]:
        extras = [record for name in EXTRA_TABLES for record in self._extra(name)]
        self.sources = {r.id: r for r in extras if isinstance(r, Source)}
        self._read_claims()
        facts: list[Record] = list(self._table("entities", ("id", "kind", "name"), self._entity))
        facts += self._table("edges", ("id", "source", "target", "kind"), self._edge)
        facts += self._table("measures", ("id", "entity", "regime", "layer", "kind"), self._measure)
        yield from self.sources.values()
        yield from (record for record in extras if not isinstance(record, Source))
        yield from facts

    def _table(self, name: str, required: tuple[str, ...], make: Callable[[Row], R]) -> Iterator[R]:
        path = self.path / f"{name}.csv"
        if not path.is_file():
            return
        seen: set[str] = set()
        for number, row in enumerate(read_table(self.context, path, required)):
            if number == 0:
                self._note_unknown_columns(name, row)
            try:
                if row["id"] in seen:
                    raise BadInput(f"id {row['id']!r} stands twice")
                if not _ID.fullmatch(row["id"]):
                    raise BadInput(f"id {row['id'][:40]!r} has blanks or is too long")
                record = make(row)
            except BadInput as error:
                self.context.bad(row.where, str(error))
                continue
            seen.add(row["id"])
            yield record

    def _entity(self, row: Row) -> Entity:
        if row["kind"] not in set(EntityKind):
            raise BadInput(f"kind {row['kind']!r} is none of {', '.join(EntityKind)}")
        if row["kind"] == EntityKind.PERSON and not row.get("person_basis"):
            raise BadInput(
                f"person {row['id']!r} has no person_basis: name the charge, plea, conviction, "
                "designation or public office for which the person is in the graph"
            )
        country = row.get("country", "")
        if country and not re.fullmatch("[A-Z]{2}", country):
            raise BadInput(f"country {country!r} is no two-letter code (ISO 3166-1)")
        self.entities.add(row["id"])
        return Entity(
            id=row["id"],
            kind=row["kind"],
            name=row["name"],
            country=country,
            aliases=row.texts("aliases"),
            identifiers=parse_identifiers(row.get("identifiers", "")),
            role=row.get("role", ""),
            person_basis=row.get("person_basis", ""),
            shipment=row.get("shipment", ""),
            properties=_rest(row, ENTITY_COLUMNS, self.claims_apart),
            claims=self._claims_of("entity", row),
        )

    def _edge(self, row: Row) -> Edge:
        for end in ("source", "target"):
            if row[end] not in self.entities and row[end] not in self.context.known_entities:
                raise BadInput(f"{end} {row[end]!r} is no entity of this folder or of the store")
        _one_of(row, "kind", EDGE_KINDS)
        _one_of(row, "outcome", OUTCOMES)
        row.dates("start", "end")
        for column in _SHARES:
            text = row.get(column, "")
            if text and not (_SHARE.fullmatch(text) and float(text) <= 100):
                raise BadInput(f"{column} {text!r} is no percentage: write 0 to 100, as in 33.33")
        return Edge(
            **{column: row.get(column, "") for column in EDGE_COLUMNS if column != "family"},
            families=row.texts("family"),
            properties=_rest(row, EDGE_COLUMNS, self.claims_apart),
            claims=self._claims_of("edge", row),
        )

    def _measure(self, row: Row) -> Measure:
        if row["entity"] not in self.entities | self.context.known_entities:
            raise BadInput(f"entity {row['entity']!r} is none of this folder or of the store")
        row.dates("start", "end", "observed_from", "observed_to")
        return Measure(
            **{column: row.get(column, "") for column in MEASURE_COLUMNS},
            properties=_rest(row, MEASURE_COLUMNS, self.claims_apart),
            claims=self._claims_of("measure", row),
        )

    def _claims_of(self, subject_kind: str, row: Row) -> tuple[Claim, ...]:
        """The claims of claims.csv, or the one that the row itself makes."""
        if self.claims_apart:
            return tuple(self.claims.get((subject_kind, row["id"]), ()))
        _one_of(row, "certainty", CERTAINTIES)
        _one_of(row, "status", STATUSES)
        row.dates("published")
        cells = tuple(row.get(column, "") for column in CLAIM_COLUMNS)
        if not any(cells):
            return ()
        fields = dict(zip(CLAIM_COLUMNS, cells, strict=True))
        source = self._source(fields)
        return (
            Claim(
                id=f"own:{digest((subject_kind, row['id'], *cells))}",
                source=source,
                status=fields["status"] or "own-research",
                certainty=fields["certainty"],
                note=fields["note"],
                locator=row.where,
            ),
        )

    def _source(self, fields: dict[str, str]) -> str:
        url = fields["source_url"]
        if url and not re.match(r"https?://[^/\s]+", url):
            raise BadInput(f"source_url {url!r} is no web address: start it with https://")
        cells = tuple(fields[c] for c in ("source_url", "source_title", "publisher", "published"))
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

    def _extra(self, name: str) -> Iterator[Source | SetMember | Refusal | Reading]:
        path = self.path / f"{name}.csv"
        if path.is_file():
            columns = [f.name for f in msgspec.structs.fields(EXTRA_TABLES[name])]
            for row in read_table(self.context, path, (columns[0],)):
                record = EXTRA_TABLES[name](**{c: row.get(c, "") for c in columns})
                yield record  # type: ignore[misc]

    def _read_claims(self) -> None:
        if not self.claims_apart:
            return
        columns = [f.name for f in msgspec.structs.fields(Claim)]
        required = ("subject_kind", "subject", "id")
        for row in read_table(self.context, self.path / "claims.csv", required):
            claim = Claim(**{column: row.get(column, "") for column in columns})
            self.claims.setdefault((row["subject_kind"], row["subject"]), []).append(claim)

    def _note_unknown_columns(self, name: str, row: Row) -> None:
        known = {"entities": ENTITY_COLUMNS, "edges": EDGE_COLUMNS, "measures": MEASURE_COLUMNS}
        for column in row:
            if column not in {*known[name], *CLAIM_COLUMNS, *_SHARES} and not self.claims_apart:
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


def _one_of(row: Row, column: str, known: Collection[str]) -> None:
    text = row.get(column, "")
    if text and text not in known:
        raise BadInput(f"{column} {text!r} is none of {', '.join(known)}")
