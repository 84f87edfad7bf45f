"""A Cypher script that makes a Neo4j database of a store: for cypher-shell, or Neo4j Browser.

Names are hostile text. What comes from data stands only inside what `literal` writes; labels, types and
names of properties come from the enumerations of the program.
"""

import re
from collections.abc import Container, Iterable, Iterator
from pathlib import Path
from typing import TypeVar

from graph.cited import CAUTION
from graph.export.base import Written, check_place, write_parts
from graph.export.nodes import END, SCHEMA, START, Join, joins, nodes
from graph.store.base import Reader
from graph.store.neo4j_model import Properties, Shape

H = TypeVar("H")

BATCH = 200
"""Rows of one statement: a server reads them all before it writes the first."""

_ESCAPED = {"\\": "\\\\", "'": "\\'", "\n": "\\n", "\r": "\\r", "\t": "\\t"}
_ACTING = re.compile(r"[^\x20-\x26\x28-\x5b\x5d-\x7e]")
_UNICODE = re.compile(r"(?<=\\)(?=[uU])")


def write_script(reader: Reader, out: Path) -> list[Written]:
    """The whole store as one script; to run it again changes nothing.

    Raises:
        BadInput: when the place cannot be written.
    """
    check_place(out)
    return [write_parts(out, (statement.encode("ascii") for statement in script(reader)))]


def script(reader: Reader) -> Iterator[str]:
    """The statements: constraints, nodes, and then what joins them."""
    yield f"// {CAUTION}\n// The whole store at revision {reader.revision}, whatever the date.\n"
    yield from (f"{statement};\n" for statement in SCHEMA)
    for shape, batch in _batches((row.shape, row.values) for row in nodes(reader)):
        yield _nodes(shape, batch)
    for join, batch in _batches(joins(reader)):
        yield _joins(join, batch)


def _nodes(shape: Shape, batch: list[Properties]) -> str:
    labels = ":".join(filter(None, (shape.label, shape.kind)))
    place = list(batch[0]).index(shape.key)
    return (
        f"UNWIND {_table(batch)} AS row\n"
        f"MERGE (n:{shape.label} {{{shape.key}: row[{place}]}})\n"
        f"SET n:{labels}, n += {_map(batch[0])};\n"
    )


def _joins(join: Join, batch: list[Properties]) -> str:
    start, end = (list(batch[0]).index(name) for name in (START, END))
    stored = [name for name in batch[0] if name not in (START, END)]
    named = f" {{id: row[{list(batch[0]).index('id')}]}}" if stored else ""
    return (
        f"UNWIND {_table(batch)} AS row\n"
        f"MATCH (a:{join.start.label} {{{join.start.key}: row[{start}]}})\n"
        f"MATCH (b:{join.end.label} {{{join.end.key}: row[{end}]}})\n"
        f"MERGE (a)-[r:{join.type}{named}]->(b)"
        + (f"\nSET r += {_map(batch[0], (START, END))};\n" if stored else ";\n")
    )


def _table(batch: list[Properties]) -> str:
    """Rows as lists: a server reads these several times as fast as maps."""
    return literal([list(values.values()) for values in batch])


def _map(columns: Iterable[str], without: Container[str] = ()) -> str:
    """A map from a row, which takes away what the row leaves empty and keeps what others have added."""
    given = (f"{name}: row[{place}]" for place, name in enumerate(columns) if name not in without)
    return f"{{{', '.join(given)}}}"


def _batches(rows: Iterable[tuple[H, Properties]]) -> Iterator[tuple[H, list[Properties]]]:
    """Rows that are written alike, some at a time; no more than one batch of each sort is held."""
    waiting: dict[H, list[Properties]] = {}
    for how, values in rows:
        batch = waiting.setdefault(how, [])
        batch.append(values)
        if len(batch) == BATCH:
            yield how, waiting.pop(how)
    yield from waiting.items()


def literal(value: object) -> str:
    """Text, a whole number, nothing, or a list of such, as Cypher.

    What it gives is ASCII, whatever the locale it is read under. Servers may turn `\\u` and four
    digits into a character before they read literals, so none is left of what data hold.
    """
    if isinstance(value, str):
        return " + ".join(f"'{_ACTING.sub(_escape, part)}'" for part in _UNICODE.split(value))
    if isinstance(value, list):
        return f"[{', '.join(map(literal, value))}]"
    return "null" if value is None else str(int(value))  # type: ignore[call-overload]


def _escape(found: re.Match[str]) -> str:
    char = found[0]
    if char in _ESCAPED:
        return _ESCAPED[char]
    units = char.encode("utf-16-be", "surrogatepass")
    return "".join(f"\\u{units[at : at + 2].hex()}" for at in range(0, len(units), 2))
