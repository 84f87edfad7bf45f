"""Reading CSV tables strictly: every column accounted for, every fault with its file and line."""

import csv
from collections.abc import Iterator
from pathlib import Path

from graph.dates import parse
from graph.exc import BadInput
from loaders.base import LoadContext

csv.field_size_limit(1_000_000)


class Row(dict[str, str]):
    """The cells of one row by column, stripped; `where` is the file and line for messages."""

    where: str

    def texts(self, column: str) -> tuple[str, ...]:
        """The pieces of a cell that holds several values parted by semicolons."""
        return tuple(piece.strip() for piece in self.get(column, "").split(";") if piece.strip())

    def dates(self, *columns: str) -> None:
        """Raise `BadInput` for the first of the columns that holds no date."""
        for column in columns:
            if text := self.get(column, ""):
                try:
                    parse(text)
                except BadInput as error:
                    raise BadInput(f"{column} {error}") from None


def read_table(context: LoadContext, path: Path, required: tuple[str, ...]) -> Iterator[Row]:
    """The rows of a UTF-8 CSV file with a header row. Empty lines and lines that start with # are
    passed over.

    Raises:
        BadInput: when the file is no such table: not UTF-8, no header, a required column missing, a
            column twice; or when a row has the wrong number of cells (see `LoadContext.bad`).
    """
    try:
        with path.open(encoding="utf-8-sig", newline="") as handle:
            reader = csv.reader(handle, strict=True)
            numbered = ((reader.line_num, cells) for cells in reader)
            yield from _rows(context, path.name, numbered, required)
    except UnicodeDecodeError:
        raise BadInput(f"{path.name} is not UTF-8 text: save it as CSV in UTF-8") from None
    except OSError as error:
        raise BadInput(f"{path.name} cannot be read: {error.strerror}") from None
    except csv.Error as error:
        raise BadInput(f"{path.name} is no CSV table: {error}") from None


def _rows(
    context: LoadContext,
    name: str,
    lines: Iterator[tuple[int, list[str]]],
    required: tuple[str, ...],
) -> Iterator[Row]:
    header = [column.strip() for column in next(lines, (0, []))[1]]
    if not header:
        raise BadInput(f"{name} is empty: its first line must name the columns")
    if missing := [column for column in required if column not in header]:
        raise BadInput(f"{name} line 1: column {missing[0]!r} is missing")
    if len(set(header)) < len(header):
        twice = next(column for column in header if header.count(column) > 1)
        raise BadInput(f"{name} line 1: column {twice!r} stands twice")
    for number, cells in lines:
        if not cells or cells[0].startswith("#"):
            continue
        where = f"{name} line {number}"
        context.read += 1
        if len(cells) != len(header):
            context.bad(where, f"{len(cells)} cells, {len(header)} expected")
            continue
        if nul := [column for column, cell in zip(header, cells, strict=True) if "\0" in cell]:
            context.bad(where, f"{nul[0]} holds a NUL character: take it out")
            continue
        row = Row(zip(header, map(_plain, cells), strict=True))
        row.where = where
        if empty := [column for column in required if not row[column]]:
            context.bad(where, f"{empty[0]} is empty")
            continue
        yield row


def _plain(cell: str) -> str:
    """The cell without surrounding blanks, and without the apostrophe that keeps a spreadsheet from
    running it (see `graph.export.base.harmless`).
    """
    cell = cell.strip()
    return cell[1:] if cell[:1] == "'" and cell[1:2] in set("=+-@#") else cell
