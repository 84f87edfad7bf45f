"""Empty tables to fill, each with a commented example; the examples fit one another."""

import csv
import io
from pathlib import Path

from graph.exc import BadInput
from loaders.own_tables.columns import CLAIM_COLUMNS

_TEMPLATES: dict[str, tuple[tuple[str, ...], ...]] = {
    "entities.csv": (
        ("id", "kind", "name", "country", "aliases", "identifiers", "role", "person_basis"),
        ("example-trading", "Company", "Example Trading FZE", "AE", "Example FZE", "LEI:…", "", ""),
        ("example-air", "Airline", "Example Air", "RU", "", "ICAO:XXX", "carrier", ""),
    ),
    "edges.csv": (
        (
            *("id", "source", "target", "kind", "start", "end", "share", "share_min", "share_max"),
            *("hs", "goods", "family", *CLAIM_COLUMNS),
        ),
        (
            *("e1", "example-trading", "example-air", "supplies", "2023-05", "2023-06", "", "", ""),
            *("8807.30", "brake units", "B737NG", "medium", "own-research"),
            *("https://example.org/report", "A report", "Example publisher", "2023-07", ""),
        ),
    ),
    "measures.csv": (
        ("id", "entity", "regime", "layer", "kind", "start", "end", "text", "url", "scope"),
        (
            *("m1", "example-trading", "US", "OFAC", "listing", "2024-01-15", ""),
            *("E.O. …", "https://example.org/notice", "blocking"),
        ),
    ),
}


def write_template(folder: Path) -> tuple[Path, ...]:
    """Write the tables into a folder, made when absent; files that are there are never replaced.

    Raises:
        BadInput: when a table is there already, or the folder cannot be written.
    """
    for name in _TEMPLATES:
        if (folder / name).exists():
            raise BadInput(f"{folder / name} is there already: choose an empty folder")
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name, (header, *examples) in _TEMPLATES.items():
            text = _line(header) + "".join(f"# {_line(example)}" for example in examples)
            (folder / name).write_text(text, encoding="utf-8", newline="")
    except OSError as error:
        raise BadInput(f"{folder} cannot be written: {error.strerror}") from None
    return tuple(folder / name for name in _TEMPLATES)


def _line(cells: tuple[str, ...]) -> str:
    buffer = io.StringIO()
    csv.writer(buffer, lineterminator="\n").writerow(cells)
    return buffer.getvalue()
