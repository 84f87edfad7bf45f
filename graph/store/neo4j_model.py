"""How records lie in Neo4j: labels, relationship types and properties. Needs no driver.

    (:Loophole:Entity:Company {id, name, country, …})-[:SUPPLIES {id, start, end, hs, …}]->(:Entity)
    (:Loophole:Claim)-[:ABOUT]->(:Entity | :Measure)   (:Claim)-[:CITES]->(:Source)
    (:Loophole:Measure)-[:UPON]->(:Entity)             (:Loophole:SetMember)-[:HOLDS]->(:Entity)

Labels and types come from the enumerations of `graph.kinds`, never from data. Everything carries
`dataset` and `loaded`, the revision that wrote it, which tells it from what others have put there.
"""

from collections.abc import Callable, Mapping
from functools import cache
from typing import Any, NamedTuple, TypeVar

import msgspec

from graph.kinds import CERTAINTIES, EDGE_KINDS, EntityKind
from graph.model import (
    Claim,
    Edge,
    Entity,
    Identifier,
    Measure,
    Reading,
    Refusal,
    SetMember,
    Source,
)
from graph.store.base import Load

R = TypeVar("R", bound=msgspec.Struct)
Properties = dict[str, Any]

MARKER = "Loophole"
"""The label of every node that this program wrote."""


class Link(NamedTuple):
    """A relationship that says again what a property says: from a node to the one it names."""

    property: str
    type: str
    label: str


class Shape(NamedTuple):
    """How one row lies: a node with labels and links, or a relationship of a type.

    Attributes:
        label: the label under which `key` is unique; empty for a relationship.
        key: the property that tells rows apart.
        kind: a second label of the node; the type of the relationship.
        links: relationships that start at the node.
    """

    label: str
    key: str
    kind: str = ""
    links: tuple[Link, ...] = ()


class Table(NamedTuple):
    """All rows of one sort."""

    name: str
    struct: type[msgspec.Struct]
    label: str
    key: str = "key"
    links: tuple[Link, ...] = ()


_SUBJECTS = {
    "entity": Link("subject", "ABOUT", "Entity"),
    "measure": Link("subject", "ABOUT", "Measure"),
}
"""What a claim may point to. Nothing points to a relationship: its claims name it by `subject`."""

TABLES: dict[str, Table] = {
    table.name: table
    for table in (
        Table("source", Source, "Source", "id"),
        Table("entity", Entity, "Entity", "id"),
        Table("edge", Edge, "", "id"),
        Table("measure", Measure, "Measure", "id", (Link("entity", "UPON", "Entity"),)),
        Table("claim", Claim, "Claim", links=(Link("source", "CITES", "Source"),)),
        Table("set_member", SetMember, "SetMember", links=(Link("entity", "HOLDS", "Entity"),)),
        Table("refusal", Refusal, "Refusal"),
        Table("reading", Reading, "Reading"),
        Table("load", Load, "DataSet", "dataset"),
    )
}
"""In the order in which rows can be written, each behind those it names."""

ENTITY_LABELS: dict[str, str] = {kind.value: kind.value for kind in EntityKind}
RELATIONSHIP_TYPES: dict[str, str] = {name: name.upper() for name in EDGE_KINDS}
EDGE_KIND_OF: dict[str, str] = {found: name for name, found in RELATIONSHIP_TYPES.items()}


def shape(table: Table, row: Mapping[str, Any]) -> Shape:
    """How one row of a table lies.

    Raises:
        KeyError: for a kind that is not in the enumerations.
    """
    if table.name == "edge":
        return Shape("", table.key, RELATIONSHIP_TYPES[row["kind"]])
    if table.name == "entity":
        return Shape(table.label, table.key, ENTITY_LABELS[row["kind"]])
    if table.name == "claim" and row["subject_kind"] in _SUBJECTS:
        links = (*table.links, _SUBJECTS[row["subject_kind"]])
        return Shape(table.label, table.key, links=links)
    return Shape(table.label, table.key, links=table.links)


def key(*parts: str) -> str:
    """One text for what only several tell apart."""
    return msgspec.json.encode(parts).decode()


def _identifier(identifier: Identifier) -> str:
    scheme = identifier.scheme.replace("%", "%25").replace(":", "%3A")
    return f"{scheme}:{identifier.value}"


def _parsed(text: str) -> Identifier:
    scheme, _, value = text.partition(":")
    return Identifier(scheme.replace("%3A", ":").replace("%25", "%"), value)


_ENCODE: dict[str, Callable[[Any], Any]] = {
    "aliases": list,
    "families": list,
    "identifiers": lambda found: [_identifier(i) for i in found],
    "properties": lambda found: msgspec.json.encode(found).decode() if found else "",
}
_texts = msgspec.json.Decoder(dict[str, str]).decode
_DECODE: dict[str, Callable[[Any], Any]] = {
    "aliases": lambda found: msgspec.convert(found or [], tuple[str, ...]),
    "families": lambda found: msgspec.convert(found or [], tuple[str, ...]),
    "identifiers": lambda found: tuple(map(_parsed, msgspec.convert(found or [], list[str]))),
    "properties": lambda found: _texts(msgspec.convert(found, str)) if found else {},
}
_KNOWN: dict[type, dict[str, tuple[str, ...]]] = {
    Entity: {"kind": tuple(EntityKind)},
    Edge: {"kind": tuple(EDGE_KINDS)},
    Claim: {"certainty": ("", *CERTAINTIES)},
}
"""Words on which everything after depends: another one there means a damaged store."""


@cache
def _fields(struct: type[msgspec.Struct]) -> tuple[msgspec.structs.FieldInfo, ...]:
    return msgspec.structs.fields(struct)  # reads annotations anew each time


def properties(record: msgspec.Struct) -> Properties:
    """The fields of a record as Neo4j holds them; what is empty and need not be there is None.

    Claims of a record are rows of their own. An edge keeps its kind in the type of its relationship
    and its ends in the nodes; `kind`, `source` and `target` are given all the same, and whoever
    writes a relationship leaves them out (`UNSTORED`).
    """
    found: Properties = {}
    for field in _fields(type(record)):
        if field.name == "claims":
            continue
        value = getattr(record, field.name)
        value = _ENCODE[field.name](value) if field.name in _ENCODE else value
        found[field.name] = value if value or field.required or value == 0 else None
    return found


UNSTORED = ("kind", "source", "target")
"""Fields of an edge that its relationship says by its type and its ends."""


def record(struct: type[R], row: Mapping[str, Any], **extra: Any) -> R:
    """The record that `properties` laid out.

    Raises:
        msgspec.MsgspecError: for properties that `properties` cannot have written.
    """
    fields = {f.name: row.get(f.name) for f in _fields(struct)}
    decoded = {name: _DECODE[name](fields[name]) for name in fields.keys() & _DECODE.keys()}
    given = {name: value for name, value in fields.items() if value is not None} | decoded | extra
    for column, known in _KNOWN.get(struct, {}).items():
        if given.get(column, "") not in known:
            raise msgspec.ValidationError(f"{column} {given.get(column)!r} is not known")
    return msgspec.convert(given, struct)
