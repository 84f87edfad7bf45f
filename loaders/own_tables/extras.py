"""The extra tables of an export: sources, claims, named sets, refused claims and readings."""

from collections.abc import Callable, Iterator, Mapping, Set
from pathlib import Path
from typing import TypeVar

import msgspec

from graph.exc import BadInput
from graph.kinds import CERTAINTIES, STATUSES
from graph.model import DENIAL, ORIGIN, SUPPORT, Claim, Reading, Refusal, SetMember, Source
from graph.store import Outside
from loaders.base import LoadContext
from loaders.own_tables import checks
from loaders.own_tables.columns import REQUIRED, SUBJECTS
from loaders.tables import Row, read_table

R = TypeVar("R", bound=msgspec.Struct)

_ONCE = ("sources", "claims", "sets")
"""Tables in which no two rows may agree in all that is required; two may hold one reading."""


class Extras:
    """Reads the extra tables, each row checked against the ids the folder and the store hold.

    Args:
        context: counts rows, and decides what a bad one means.
        path: the folder.
        ids: the ids of its entities, edges and measures, by table.
    """

    def __init__(self, context: LoadContext, path: Path, ids: Mapping[str, Set[str]]) -> None:
        self.context = context
        self.path = path
        self.ids = ids
        self.outside: Outside = context.outside
        self.sources = {source.id: source for source in self._table("sources", self._source)}

    def claims(self) -> dict[tuple[str, str], list[Claim]]:
        """The claims of claims.csv by kind and id of what they are about."""
        found: dict[tuple[str, str], list[Claim]] = {}
        for row, claim in self._rows("claims", self._claim):
            found.setdefault((row["subject_kind"], row["subject"]), []).append(claim)
        return found

    def plain(self) -> Iterator[SetMember | Refusal | Reading]:
        """Members of sets, refused claims and readings."""
        yield from self._table("sets", self._member)
        yield from self._table("refused", self._refusal)
        yield from self._table("readings", self._reading)

    def _table(self, name: str, make: Callable[[Row], R]) -> Iterator[R]:
        yield from (record for _, record in self._rows(name, make))

    def _rows(self, name: str, make: Callable[[Row], R]) -> Iterator[tuple[Row, R]]:
        path = self.path / f"{name}.csv"
        if not path.is_file():
            return
        seen: set[tuple[str, ...]] = set()
        for row in read_table(self.context, path, REQUIRED[name]):
            key = tuple(row[column] for column in REQUIRED[name])
            try:
                if name in _ONCE and key in seen:
                    raise BadInput(f"{REQUIRED[name][-1]} {key[-1]!r} stands twice")
                record = make(row)
            except BadInput as error:
                self.context.bad(row.where, str(error))
                continue
            seen.add(key)
            yield row, record

    def _source(self, row: Row) -> Source:
        checks.identity(row)
        checks.web_address(row, "url")
        row.dates("published", "retrieved")
        return _record(Source, row)

    def _claim(self, row: Row) -> Claim:
        checks.one_of(row, "subject_kind", SUBJECTS)
        table = SUBJECTS[row["subject_kind"]]
        if row["subject"] not in self.ids[table]:
            raise BadInput(f"subject {row['subject']!r} is no row of {table}.csv")
        checks.one_of(row, "kind", (SUPPORT, DENIAL, ORIGIN))
        checks.one_of(row, "certainty", CERTAINTIES)
        checks.one_of(row, "status", STATUSES)
        self._known_source(row)
        if row.get("party"):
            self._known_entity(row, "party")
        claim = _record(Claim, row)
        return claim if claim.kind else msgspec.structs.replace(claim, kind=SUPPORT)

    def _member(self, row: Row) -> SetMember:
        checks.identity(row, "set")
        if row["set"] in self.ids["entities"] or row["set"] in self.outside.entities:
            raise BadInput(f"set {row['set']!r} is named like an entity: choose another name")
        self._known_entity(row, "entity")
        if (row["set"], row["entity"]) in self.outside.members:
            raise BadInput(
                f"entity {row['entity']!r} is in the set {row['set']!r} already, by another data "
                "set: leave the row out"
            )
        return _record(SetMember, row)

    def _refusal(self, row: Row) -> Refusal:
        self._known_source(row)
        return _record(Refusal, row)

    def _reading(self, row: Row) -> Reading:
        if row["measure"] not in {*self.ids["measures"], *self.outside.measures}:
            raise BadInput(f"measure {row['measure']!r} is none of this folder or of the store")
        self._known_source(row)
        return _record(Reading, row)

    def _known_entity(self, row: Row, column: str) -> None:
        if row[column] not in self.ids["entities"] and row[column] not in self.outside.entities:
            raise BadInput(f"{column} {row[column]!r} is no entity of this folder or of the store")

    def _known_source(self, row: Row) -> None:
        source = row.get("source", "")
        if source and source not in self.sources and source not in self.outside.sources:
            raise BadInput(f"source {source!r} is none of sources.csv or of the store")


def _record(struct: type[R], row: Row) -> R:
    return struct(**{f.name: row.get(f.name, "") for f in msgspec.structs.fields(struct)})
