"""Loads, files, searches and sources as text."""

from typing import Any

import msgspec

from graph.export import Written
from graph.sources import SourceRecord, Sources
from graph.store import Hit
from ui.terminal.text import columns, csv, structs
from ui.text import bare


def loads(value: dict[str, Any]) -> str:
    """The report of a load; its warnings go to standard error."""
    text = ""
    for report in value["loads"]:
        state = "loaded" if report.changed else "unchanged"
        text += (
            f"{bare(report.source)}: {state}, {report.read} rows read, {report.written} records, "
            f"{report.skipped} skipped, revision {report.revision}\n"
        )
    return text


def csv_loads(value: dict[str, Any]) -> str:
    """The report of a load, a row a data set."""
    names = ("source", "loader", "read", "written", "skipped", "revision", "changed")
    return csv(names, (msgspec.structs.asdict(report) for report in value["loads"]))


def files(value: dict[str, Any]) -> str:
    """Paths, one a line."""
    return "".join(f"{bare(path)}\n" for path in value["files"])


def csv_files(value: dict[str, Any]) -> str:
    """Paths, a row each."""
    return csv(("path",), ({"path": path} for path in value["files"]))


def written(value: dict[str, Any]) -> str:
    """Files that were written, with their SHA-256."""
    return columns([(f.path, f"{f.bytes} bytes", f.sha256) for f in value["files"]], (200, 20, 64))


def csv_written(value: dict[str, Any]) -> str:
    """Files that were written, a row each."""
    return structs(Written, value["files"])


def hits(value: dict[str, Any]) -> str:
    """What a search found."""
    found = value["hits"]
    if not found:
        return f"nothing found for {bare(value['query'])!r}: try a shorter or another spelling\n"
    names = ("id", "kind", "name", "country", "score", "why")
    rows = [(h.id, h.kind, h.name, h.country, f"{h.score:.0f}", h.why) for h in found]
    lines = columns([names, *rows], (30, 14, 50, 7, 5, 60)).splitlines()
    for place, hit in enumerate(found, 1):
        if hit.person_basis:
            lines[place] += f"\n    Why this person is here: {bare(hit.person_basis)}"
    return "".join(f"{line}\n" for line in lines)


def csv_hits(value: dict[str, Any]) -> str:
    """What a search found, a row a hit."""
    return structs(Hit, value["hits"])


def sources(value: Sources) -> str:
    """Loads, the sources most cited, and counts of what was refused or is contested."""
    text = "".join(
        f"{bare(load.dataset)}: {load.written} records, revision {load.revision}\n"
        for load in value.loads
    )
    ranked = sorted(value.sources, key=lambda s: (-s.claims, s.id))
    rows = [(s.claims, s.published, s.publisher, s.title, s.url) for s in ranked]
    text += columns([("claims", "date", "publisher", "title", "link"), *rows], (6, 10, 30, 60, 100))
    text += f"\nrefused or qualified: {len(value.refused)}\n"
    text += columns([(r.claim, r.why) for r in value.refused], (70, 110))
    text += f"\ncontested: {len(value.contested)}\n"
    return text + columns([(c.what, c.says) for c in value.contested], (60, 120))


def csv_sources(value: Sources) -> str:
    """The sources, a row each."""
    return structs(SourceRecord, value.sources)
