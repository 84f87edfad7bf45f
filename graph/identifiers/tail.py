"""Aircraft registration marks: nationality prefix (ICAO Annex 7) and what follows."""

SCHEME = "registration"

_PREFIXES = {
    "EW": "BY", "RA": "RU", "VP-B": "BM", "VQ-B": "BM", "VP-C": "KY", "C5": "GM", "EP": "IR",
    "P4": "AW", "LX": "LU", "TC": "TR", "A6": "AE", "4X": "IL", "EI": "IE", "UP": "KZ", "EX": "KG",
    "UK": "UZ", "EY": "TJ", "4K": "AZ", "EK": "AM", "4L": "GE", "OD": "LB", "N": "US", "G": "GB",
}  # fmt: skip


def country(mark: str) -> str | None:
    """The country (ISO 3166-1 alpha-2) whose prefix a mark bears, or None."""
    bare = mark.strip().upper()
    for length in (4, 2, 1):
        if bare[:length] in _PREFIXES and ("-" in bare or length == 1):
            return _PREFIXES[bare[:length]]
    return None


def compact(mark: str) -> str:
    """The mark as it is painted and typed by many: without hyphen and blanks. `EW-254PA`: `EW254PA`."""
    return mark.upper().replace("-", "").replace(" ", "")
