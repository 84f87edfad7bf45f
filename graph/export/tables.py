"""A store as plain tables: what `loophole load` reads back into the same store."""

from collections.abc import Iterable
from pathlib import Path
from typing import Any

import msgspec

from graph.cited import CAUTION
from graph.exc import BadInput
from graph.export.base import Written, table, write_file
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
from graph.store.base import Reader

_JOINED = "; "


def write_tables(reader: Reader, folder: Path) -> list[Written]:
    """Every record of the store, a table a kind, into a folder.

    Raises:
        BadInput: when the folder holds other files, or cannot be written.
    """
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise BadInput(f"{folder} is not an empty folder: choose another")
    entities, edges, measures = list(reader.entities()), list(reader.edges()), reader.measures()
    subjects: dict[str, Iterable[Entity | Edge | Measure]] = {
        "entity": entities,
        "edge": edges,
        "measure": measures,
    }
    claims = [
        {"subject_kind": kind, "subject": record.id} | msgspec.structs.asdict(claim)
        for kind, records in subjects.items()
        for record in records
        for claim in record.claims
    ]
    content: dict[str, tuple[tuple[str, ...], list[dict[str, Any]]]] = {
        "sources": _plain(Source, reader.sources()),
        "entities": _with_properties(Entity, entities),
        "edges": _with_properties(Edge, edges),
        "measures": _with_properties(Measure, measures),
        "claims": (("subject_kind", "subject", *_names(Claim)), claims),
        "sets": _plain(SetMember, reader.set_members()),
        "refused": _plain(Refusal, reader.refusals()),
        "readings": _plain(Reading, reader.readings()),
    }
    written = [
        write_file(folder / f"{name}.csv", table(columns, rows))
        for name, (columns, rows) in content.items()
        if rows
    ]
    about = f"{CAUTION}\n\nPlain tables of store revision {reader.revision}; load them again with\n"
    about += f"    loophole load {folder.name}\n"
    return [*written, write_file(folder / "README.md", about.encode())]


def _names(struct: type[msgspec.Struct]) -> tuple[str, ...]:
    return tuple(f.name for f in msgspec.structs.fields(struct))


def _plain(
    struct: type[msgspec.Struct], records: Iterable[msgspec.Struct]
) -> tuple[tuple[str, ...], list[dict[str, Any]]]:
    return _names(struct), [msgspec.structs.asdict(record) for record in records]


def _with_properties(
    struct: type[msgspec.Struct], records: Iterable[Any]
) -> tuple[tuple[str, ...], list[dict[str, Any]]]:
    """Fields as columns, then one column for every property that occurs."""
    fields = [n for n in _names(struct) if n not in ("claims", "properties")]
    columns = ["family" if name == "families" else name for name in fields]
    rows, extra = [], set()
    for record in records:
        row = {
            column: _cell(getattr(record, name))
            for column, name in zip(columns, fields, strict=True)
        }
        clash = record.properties.keys() & row.keys()
        row |= {f"property:{k}" if k in clash else k: v for k, v in record.properties.items()}
        extra |= row.keys() - set(columns)
        rows.append(row)
    return (*columns, *sorted(extra)), rows


def _cell(value: Any) -> str:
    if isinstance(value, tuple):
        return _JOINED.join(
            item if not isinstance(item, Identifier) else _identifier(item) for item in value
        )
    return str(value)


def _identifier(identifier: Identifier) -> str:
    if identifier.scheme == "other":
        return identifier.value
    return f"{identifier.scheme}:{identifier.value}"
