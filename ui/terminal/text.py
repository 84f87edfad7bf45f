"""Text that a terminal shows and does not obey: aligned columns, and CSV."""

from collections.abc import Iterable, Mapping, Sequence

import msgspec

from graph.export.base import table
from ui.text import bare


def columns(rows: Sequence[Sequence[object]], limits: Sequence[int]) -> str:
    """Rows as aligned columns, each cut at its limit."""
    cells = [
        [_cut(bare(cell), most) for cell, most in zip(row, limits, strict=True)] for row in rows
    ]
    widths = [max((len(row[i]) for row in cells), default=0) for i in range(len(limits))]
    lines = (
        "  ".join(c.ljust(w) for c, w in zip(row, widths, strict=True)).rstrip() for row in cells
    )
    return "".join(f"{line}\n" for line in lines)


def _cut(text: str, most: int) -> str:
    return text if len(text) <= most else text[: most - 1] + "…"


def csv(names: Sequence[str], rows: Iterable[Mapping[str, object]]) -> str:
    """Rows as CSV, with a header."""
    return table(names, rows).decode()


def structs(struct: type[msgspec.Struct], records: Sequence[msgspec.Struct]) -> str:
    """Records as CSV, a row each and a column a field."""
    names = [field.name for field in msgspec.structs.fields(struct)]
    return csv(names, (msgspec.structs.asdict(record) for record in records))
