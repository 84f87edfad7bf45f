"""Identifiers of aircraft, airlines, goods and companies: parse, validate, normalise."""

import re

from graph.model import Identifier

_SCHEMES = re.compile(r"(?P<scheme>[A-Za-z][A-Za-z0-9 ]{0,30}?)\s*:\s*(?P<value>\S.*)")
_BARE = re.compile(
    r"(?P<scheme>INN|OGRN|LEI|[A-Z]{2} (?:tax|licence|CBLS|registration|IDNO|CIN))\s+(?P<value>\S+)"
)


def parse_identifiers(cell: str) -> tuple[Identifier, ...]:
    """The identifiers of a cell such as `ICAO:BRU; INN 5009049835; Minsk`.

    What names no scheme is kept under the scheme `other`.
    """
    return tuple(_one(piece.strip()) for piece in cell.split(";") if piece.strip())


def _one(piece: str) -> Identifier:
    match = _SCHEMES.fullmatch(piece) or _BARE.fullmatch(piece)
    if match is None:
        return Identifier("other", piece)
    return Identifier(match["scheme"], match["value"])
