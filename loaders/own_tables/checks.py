"""What a cell of a plain table may hold. Each check raises `BadInput` with the value and the remedy."""

import re
from collections.abc import Collection
from decimal import Decimal

from graph.dates import parse
from graph.exc import BadInput
from graph.kinds import EntityKind
from loaders.own_tables.columns import SHARES
from loaders.tables import Row

_ID = re.compile(r"[^\s\x00-\x1f\x7f]{1,200}")
_SHARE = re.compile(r"\d{1,3}(\.\d{1,12})?", re.ASCII)


def identity(row: Row, column: str = "id") -> None:
    """An id is one word of at most 200 characters."""
    if not _ID.fullmatch(row[column]):
        raise BadInput(f"{column} {row[column][:40]!r} has blanks or is too long")


def one_of(row: Row, column: str, known: Collection[str]) -> None:
    """An empty cell, or one of the known words."""
    text = row.get(column, "")
    if text and text not in known:
        raise BadInput(f"{column} {text!r} is none of {', '.join(known)}")


def interval(row: Row, first: str, last: str) -> None:
    """Two dates, of which the last is not before the first."""
    row.dates(first, last)
    start, end = row.get(first, ""), row.get(last, "")
    if start and end and parse(end).last < parse(start).first:
        raise BadInput(f"{last} {end!r} is before {first} {start!r}")


def shares(row: Row) -> None:
    """Percentages as written, and a band whose least is not above its most."""
    for column in SHARES:
        text = row.get(column, "")
        if text and not (_SHARE.fullmatch(text) and Decimal(text) <= 100):
            raise BadInput(f"{column} {text!r} is no percentage: write 0 to 100, as in 33.33")
    least, most = row.get("share_min", ""), row.get("share_max", "")
    if least and most and Decimal(least) > Decimal(most):
        raise BadInput(f"share_min {least!r} is above share_max {most!r}")


def web_address(row: Row, column: str) -> None:
    """An empty cell, or a page of the web: nothing that a browser would run."""
    text = row.get(column, "")
    if text and not re.match(r"https?://[^/\s]+", text):
        raise BadInput(f"{column} {text!r} is no web address: start it with https://")


def party(row: Row) -> None:
    """What an entity must say of itself by its kind."""
    if row["kind"] not in set(EntityKind):
        raise BadInput(f"kind {row['kind']!r} is none of {', '.join(EntityKind)}")
    if row["kind"] == EntityKind.PERSON and not row.get("person_basis"):
        raise BadInput(
            f"person {row['id']!r} has no person_basis: name the charge, plea, conviction, "
            "designation or public office for which the person is in the graph"
        )
    if (row["kind"] == EntityKind.UNNAMED) != bool(row.get("shipment")):
        raise BadInput(
            f"shipment {row.get('shipment', '')!r}: an unnamed party names the one shipment it "
            "belongs to, and no other party names one"
        )
    country = row.get("country", "")
    if country and not re.fullmatch("[A-Z]{2}", country):
        raise BadInput(f"country {country!r} is no two-letter code (ISO 3166-1)")


def own_shipment(row: Row, end: str, shipment: str) -> None:
    """An unnamed party is never joined with another, so it takes part in its shipment only."""
    if shipment and row.get("shipment", "") != shipment:
        raise BadInput(
            f"{end} {row[end]!r} is an unnamed party of shipment {shipment!r}, and this edge is of "
            f"{row.get('shipment') or 'none'!r}: give the edge that shipment, or name the party"
        )
