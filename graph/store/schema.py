"""The SQLite schema, and how records become rows.

Integer keys join; the public ids are unique text. Every row of a data set carries the revision that
last wrote it, so that a reload can tell what is gone.
"""

from collections.abc import Callable, Collection
from typing import Any, TypeVar

import msgspec

from graph.kinds import CERTAINTIES, EDGE_KINDS, EntityKind
from graph.model import Claim, Edge, Entity, Identifier, Measure, Source

R = TypeVar("R", bound=msgspec.Struct)

APPLICATION_ID = 0x4C4F4F50  # "LOOP"
VERSION = 2

TABLES = """
CREATE TABLE meta (key TEXT PRIMARY KEY, value INTEGER NOT NULL) STRICT;
CREATE TABLE load (
  dataset TEXT PRIMARY KEY, loader TEXT NOT NULL, digest TEXT NOT NULL,
  revision INTEGER NOT NULL, read INTEGER NOT NULL, written INTEGER NOT NULL,
  skipped INTEGER NOT NULL, origin TEXT NOT NULL) STRICT;
CREATE TABLE source (
  pk INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, title TEXT NOT NULL, publisher TEXT NOT NULL,
  url TEXT NOT NULL, published TEXT NOT NULL, licence TEXT NOT NULL, retrieved TEXT NOT NULL,
  dataset TEXT NOT NULL, loaded INTEGER NOT NULL) STRICT;
CREATE TABLE entity (
  pk INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, kind TEXT NOT NULL, name TEXT NOT NULL,
  country TEXT NOT NULL, aliases TEXT NOT NULL, identifiers TEXT NOT NULL, role TEXT NOT NULL,
  person_basis TEXT NOT NULL, shipment TEXT NOT NULL, properties TEXT NOT NULL,
  dataset TEXT NOT NULL, loaded INTEGER NOT NULL) STRICT;
CREATE INDEX entity_kind ON entity (kind);
CREATE TABLE edge (
  pk INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, kind TEXT NOT NULL,
  source INTEGER NOT NULL REFERENCES entity DEFERRABLE INITIALLY DEFERRED,
  target INTEGER NOT NULL REFERENCES entity DEFERRABLE INITIALLY DEFERRED,
  start TEXT NOT NULL, "end" TEXT NOT NULL, goods TEXT NOT NULL, hs TEXT NOT NULL,
  families TEXT NOT NULL, basis TEXT NOT NULL, outcome TEXT NOT NULL, shipment TEXT NOT NULL,
  share TEXT NOT NULL, properties TEXT NOT NULL,
  dataset TEXT NOT NULL, loaded INTEGER NOT NULL) STRICT;
CREATE INDEX edge_source ON edge (source, target, kind);
CREATE INDEX edge_target ON edge (target);
CREATE INDEX edge_kind ON edge (kind);
CREATE TABLE measure (
  pk INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE,
  entity INTEGER NOT NULL REFERENCES entity DEFERRABLE INITIALLY DEFERRED,
  regime TEXT NOT NULL, layer TEXT NOT NULL, kind TEXT NOT NULL, programme TEXT NOT NULL,
  text TEXT NOT NULL, action TEXT NOT NULL, start TEXT NOT NULL, "end" TEXT NOT NULL,
  scope TEXT NOT NULL, url TEXT NOT NULL, observed_from TEXT NOT NULL, observed_to TEXT NOT NULL,
  properties TEXT NOT NULL, dataset TEXT NOT NULL, loaded INTEGER NOT NULL) STRICT;
CREATE INDEX measure_entity ON measure (entity);
CREATE TABLE claim (
  pk INTEGER PRIMARY KEY, id TEXT NOT NULL, subject_kind TEXT NOT NULL, subject TEXT NOT NULL,
  source INTEGER REFERENCES source DEFERRABLE INITIALLY DEFERRED,
  kind TEXT NOT NULL, status TEXT NOT NULL, certainty TEXT NOT NULL, note TEXT NOT NULL,
  party TEXT NOT NULL, stance TEXT NOT NULL, property TEXT NOT NULL, locator TEXT NOT NULL,
  dataset TEXT NOT NULL, UNIQUE (subject_kind, subject, id)) STRICT;
CREATE TABLE set_member (
  "set" TEXT NOT NULL, entity INTEGER NOT NULL REFERENCES entity DEFERRABLE INITIALLY DEFERRED,
  why TEXT NOT NULL, dataset TEXT NOT NULL, PRIMARY KEY ("set", entity)) STRICT, WITHOUT ROWID;
CREATE TABLE refusal (
  claim TEXT NOT NULL, why TEXT NOT NULL, source TEXT NOT NULL, dataset TEXT NOT NULL) STRICT;
CREATE TABLE reading (
  measure TEXT NOT NULL, reading TEXT NOT NULL, who TEXT NOT NULL, weight TEXT NOT NULL,
  source TEXT NOT NULL, dataset TEXT NOT NULL) STRICT;
CREATE TABLE name (
  pk INTEGER PRIMARY KEY, entity INTEGER NOT NULL REFERENCES entity ON DELETE CASCADE,
  mark TEXT NOT NULL, text TEXT NOT NULL, folded TEXT NOT NULL, why TEXT NOT NULL,
  spelt INTEGER NOT NULL) STRICT;
CREATE INDEX name_folded ON name (folded, mark);
CREATE INDEX name_start ON name (mark, folded) WHERE spelt;
CREATE INDEX name_entity ON name (entity);
CREATE VIEW name_padded AS SELECT pk, ' ' || folded AS padded, mark FROM name WHERE spelt;
CREATE VIRTUAL TABLE trigram_index USING fts5 (
  padded, mark, content='name_padded', content_rowid='pk', tokenize='trigram case_sensitive 1',
  detail='none', columnsize=0);
CREATE VIRTUAL TABLE trigram_vocabulary USING fts5vocab (trigram_index, 'row');
CREATE TABLE trigram (text TEXT PRIMARY KEY, names INTEGER NOT NULL) STRICT, WITHOUT ROWID;
"""

REINDEX = (
    "INSERT INTO trigram_index (trigram_index) VALUES ('rebuild')",
    "DELETE FROM trigram",
    "INSERT INTO trigram SELECT term, doc FROM trigram_vocabulary",
)
"""What brings the search index in line with the names, in this order."""

COLUMNS: dict[type, tuple[str, ...]] = {
    struct: tuple(f.name for f in msgspec.structs.fields(struct) if f.name != "claims")
    for struct in (Source, Entity, Edge, Measure, Claim)
}
"""The columns of each table, in the order of the record's fields."""

_ENCODE: dict[str, Callable[[Any], Any]] = {
    name: lambda value: msgspec.json.encode(value).decode()
    for name in ("aliases", "identifiers", "families", "properties")
}
_DECODE: dict[str, Callable[[str], Any]] = {
    "aliases": msgspec.json.Decoder(tuple[str, ...]).decode,
    "identifiers": msgspec.json.Decoder(tuple[Identifier, ...]).decode,
    "families": msgspec.json.Decoder(tuple[str, ...]).decode,
    "properties": msgspec.json.Decoder(dict[str, str]).decode,
}


_DECODED = {struct: [c for c in columns if c in _DECODE] for struct, columns in COLUMNS.items()}
_TEXT = frozenset({str})


def to_row(record: msgspec.Struct) -> dict[str, Any]:
    """A record's fields as column values; sequences and maps become JSON text."""
    row = {}
    for column in COLUMNS[type(record)]:
        value = getattr(record, column)
        row[column] = _ENCODE[column](value) if column in _ENCODE else value
    return row


_KNOWN: dict[type, dict[str, Collection[str]]] = {
    Entity: {"kind": frozenset(EntityKind)},
    Edge: {"kind": EDGE_KINDS.keys()},
    Claim: {"certainty": {"", *CERTAINTIES}},
}
"""Words on which everything after depends: another one there means a damaged file."""


def from_row(struct: type[R], values: tuple[Any, ...], **extra: Any) -> R:
    """The record that `to_row` wrote, from its column values in the order of `COLUMNS`.

    Raises:
        msgspec.MsgspecError: for cells that `to_row` cannot have written.
    """
    if not _TEXT.issuperset(map(type, values)):
        raise msgspec.ValidationError(f"a row of {struct.__name__.lower()} holds no text")
    fields = dict(zip(COLUMNS[struct], values, strict=True))
    for column in _DECODED[struct]:
        fields[column] = _DECODE[column](fields[column])
    for column, known in _KNOWN.get(struct, {}).items():
        if fields[column] not in known:
            raise msgspec.ValidationError(f"{column} {fields[column]!r} is not known")
    return struct(**fields, **extra)
