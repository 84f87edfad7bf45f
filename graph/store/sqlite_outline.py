"""The columns of a SQLite store that a view is made from, read in one pass in the order of ids."""

import sqlite3
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import compress
from operator import ne
from typing import Any

import msgspec

from graph.kinds import CERTAINTIES, ROUTED, EntityKind
from graph.store.outline import AT_ONCE, HandOvers, Said, Stated

Row = tuple[Any, ...]

_PARTIES = "SELECT id, kind, shipment FROM entity ORDER BY id"
# What many rows have in common comes as one text: cheaper to make and to look up than its parts.
_HAND_OVERS = """
SELECT e.id, e.source, e.target, e.start, e."end", e.shipment,
  json_array(e.kind, e.hs, e.families, e.basis, e.outcome, c.kind, c.status, c.certainty,
    c.note <> '', c.property <> '', s.published)
FROM edge e
LEFT JOIN claim c ON c.subject_kind = 'edge' AND c.subject = e.id
LEFT JOIN source s ON s.pk = c.source
WHERE {kind} IN ({marks}) ORDER BY e.id, c.id
"""
_KINDS = frozenset(EntityKind)
_CERTAINTIES = frozenset({"", *CERTAINTIES})
_families = msgspec.json.Decoder(tuple[str, ...]).decode


class _Row(msgspec.Struct, frozen=True, array_like=True, forbid_unknown_fields=True):
    """What many rows have in common; the claim's part is null for an edge without claims."""

    kind: str
    hs: str
    families: str
    basis: str
    outcome: str
    said: str | None
    status: str | None
    certainty: str | None
    noted: int | None
    of_property: int | None
    published: str | None


def parties(db: sqlite3.Connection) -> Iterator[tuple[str, str, str]]:
    """See `graph.store.base.Reader.parties`."""
    for row in db.execute(_PARTIES):
        if row[1] not in _KINDS or type(row[0]) is not str or type(row[2]) is not str:
            raise msgspec.ValidationError("a row of entity holds no text, or a kind not known")
        yield row


def hand_overs(db: sqlite3.Connection, kinds: Iterable[str]) -> Iterator[HandOvers]:
    """See `graph.store.base.Reader.hand_overs`."""
    wanted = sorted(kinds)
    # Most edges are routed: the plus keeps SQLite from an index by kind and then sorting them all.
    select = _HAND_OVERS.format(
        kind="e.kind" if wanted else "+e.kind", marks=", ".join("?" * len(wanted or ROUTED))
    )
    keys = db.execute("SELECT pk FROM entity ORDER BY id")
    place = {key: number for number, (key,) in enumerate(keys)}
    for rows in _pieces(db.execute(select, wanted or sorted(ROUTED))):
        ids, source, target, start, end, shipment, texts = zip(*rows, strict=True)
        if any(set(map(type, column)) != {str} for column in (ids, start, end, shipment)):
            raise msgspec.ValidationError("a row of edge holds no text")
        try:
            ends = [place[key] for key in source], [place[key] for key in target]
        except KeyError:
            raise msgspec.ValidationError("an end of an edge is gone") from None
        stated = list(map(_stated, texts))
        columns = HandOvers(ids, *ends, start, end, shipment, stated)
        yield columns if len(set(ids)) == len(ids) else _joined(columns)


def _pieces(cursor: sqlite3.Cursor) -> Iterator[list[Row]]:
    """The rows, a list at a time; all rows of an edge stand in one list."""
    left: list[Row] = []
    while rows := cursor.fetchmany(AT_ONCE):
        rows = left + rows
        whole = next((n for n in range(len(rows), 0, -1) if rows[n - 1][0] != rows[-1][0]), 0)
        left = rows[whole:]
        if whole:
            yield rows[:whole]
    if left:
        yield left


def _joined(columns: HandOvers) -> HandOvers:
    """Each edge once, with the claims of all its rows."""
    first = [True, *map(ne, columns.id, columns.id[1:])]
    once = [list(compress(column, first)) for column in columns[:-1]]
    stated = list(compress(columns.stated, first))
    number = -1
    for begins, row in zip(first, columns.stated, strict=True):
        number += begins
        if not begins:
            stated[number] = stated[number]._replace(claims=stated[number].claims + row.claims)
    return HandOvers._make([*once, stated])


@lru_cache(maxsize=65536)
def _stated(text: str) -> Stated:
    """What an edge and one claim of it state: few combinations, though there are many edges."""
    row = msgspec.json.decode(text, type=_Row)
    claims = () if row.said is None else (_said(row, row.said),)
    return Stated(row.kind, row.hs, _families(row.families), row.basis, row.outcome, claims)


def _said(row: _Row, kind: str) -> Said:
    if row.status is None or row.certainty not in _CERTAINTIES:
        raise msgspec.ValidationError(f"certainty {row.certainty!r} is not known")
    noted, of_property = bool(row.noted), bool(row.of_property)
    return Said(kind, row.status, row.certainty, noted, of_property, row.published or "")
