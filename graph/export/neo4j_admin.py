"""A folder that `neo4j-admin database import` makes a Neo4j database of: for millions of rows at once.

Its rows are as in the data, so that the database is: names may be formulas to a spreadsheet. The files
of rows are named so that none opens them.
"""

import hashlib
import os
import shutil
import tempfile
from collections.abc import Mapping
from contextlib import ExitStack
from itertools import chain
from pathlib import Path
from typing import IO

import msgspec

from graph.cited import CAUTION
from graph.exc import BadInput
from graph.export.base import Written
from graph.export.nodes import END, SCHEMA, START, Join, Row, joins, nodes
from graph.store.base import Reader
from graph.store.neo4j_model import TABLES, Properties

COMMAND, CONSTRAINTS = "import.txt", "constraints.cypher"
_DELIMITERS = ("\x1f", "\x1e", "\x1d", "\x1c", *map(chr, range(0xE000, 0xE100)))
"""What may stand between the items of a list: the first that no item holds."""
_ONE_LINE = {str: "string", int: "long"}
_TYPES = {
    field.name: _ONE_LINE.get(field.type, "string[]")
    for table in TABLES.values()
    for field in msgspec.structs.fields(table.struct)
    if field.name != "properties"
} | {"place": "long"}
"""The type of each property; texts where nothing else is said."""
_HOW = """\
In this folder, while the server is stopped and its database `neo4j` does not exist yet (add
--overwrite-destination=true to replace it):

{command}

Start the server and make the constraints:

cypher-shell -f {constraints}
"""


def write_folder(reader: Reader, folder: Path) -> list[Written]:
    """The whole store as CSV files with their headers, and the command that imports them.

    A list that holds nothing but one empty text is written as no list: the format has no other.

    Raises:
        BadInput: when the folder holds other files, or cannot be written.
    """
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise BadInput(f"{folder} is not an empty folder: choose another")
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        made = Path(tempfile.mkdtemp(dir=folder.parent, prefix=f".{folder.name}."))
        try:
            made.chmod(0o755)  # the server may run as another user
            _fill(reader, made)
            os.replace(made, folder)
        except BaseException:
            shutil.rmtree(made)
            raise
    except OSError as error:
        raise BadInput(f"{folder} cannot be written: {error.strerror}") from None
    return [_written(path) for path in sorted(folder.iterdir())]


def _fill(reader: Reader, folder: Path) -> None:
    with ExitStack() as stack:
        files = _Files(folder, stack, _delimiter(reader))
        for row in nodes(reader):
            files.add_node(row)
        for join, values in joins(reader):
            files.add_join(join, values)
    about = f"{CAUTION}\nThe whole store at revision {reader.revision}, whatever the date.\n\n"
    (folder / COMMAND).write_text(f"{about}{files.command()}", encoding="utf-8")
    statements = "".join(f"{statement};\n" for statement in SCHEMA)
    (folder / CONSTRAINTS).write_text(statements, encoding="utf-8")


class _Files:
    """The files of a folder, each open from its first row on."""

    def __init__(self, folder: Path, stack: ExitStack, delimiter: str) -> None:
        self.folder = folder
        self.stack = stack
        self.delimiter = delimiter
        self.open: dict[str, IO[str]] = {}
        self.nodes: list[str] = []
        self.relationships: list[str] = []

    def add_node(self, row: Row) -> None:
        """One node; the first of its sort gives the file its header."""
        labels = list(filter(None, (row.shape.label, row.shape.kind)))
        space = {row.table.key: f"{row.table.key}:ID({row.table.label})"}
        self._add(self.nodes, row.table.name, row.values | {":LABEL": labels}, space)

    def add_join(self, join: Join, values: Properties) -> None:
        """One relationship; the first of its sort gives the file its header."""
        stored = len(values) > 2
        name = "edge" if stored else f"{join.start.name}_{join.type.lower()}_{join.end.name}"
        ends = {START: f":START_ID({join.start.label})", END: f":END_ID({join.end.label})"}
        self._add(self.relationships, name, values | {":TYPE": join.type}, ends)

    def command(self) -> str:
        """What imports the files, and what to do before and after."""
        options = [
            *(f"--nodes={name}-header.csv,{name}.rows" for name in self.nodes),
            *(f"--relationships={name}-header.csv,{name}.rows" for name in self.relationships),
            "--id-type=string",
            f"--array-delimiter=U+{ord(self.delimiter):04X}",
            "--multiline-fields=true",
        ]
        command = " \\\n  ".join(("neo4j-admin database import full neo4j", *options))
        return _HOW.format(command=command, constraints=CONSTRAINTS)

    def _add(
        self, known: list[str], name: str, values: Properties, heads: Mapping[str, str]
    ) -> None:
        if name not in self.open:
            known.append(name)
            header = ",".join(heads.get(c, c if c[0] == ":" else _typed(c)) for c in values)
            (self.folder / f"{name}-header.csv").write_text(f"{header}\n", encoding="utf-8")
            place = self.folder / f"{name}.rows"
            opened = place.open("w", encoding="utf-8", newline="")
            self.open[name] = self.stack.enter_context(opened)
        self.open[name].write(",".join(map(self._cell, values.values())) + "\n")

    def _cell(self, value: object) -> str:
        """A cell in quotes, in which nothing acts; empty without them where there is none."""
        if value is None or value == []:
            return ""
        text = self.delimiter.join(value) if isinstance(value, list) else str(value)
        return '"' + text.replace('"', '""') + '"'


def _typed(column: str) -> str:
    return f"{column}:{_TYPES.get(column, 'string')}"


def _delimiter(reader: Reader) -> str:
    """A character that no item of a list holds."""
    used: set[str] = set()
    rows = (row.values for row in nodes(reader))
    for values in chain(rows, (values for _, values in joins(reader))):
        for value in values.values():
            if isinstance(value, list):
                used.update(*value)
    return next(char for char in _DELIMITERS if char not in used)


def _written(path: Path) -> Written:
    with path.open("rb") as file:
        return Written(
            str(path), path.stat().st_size, hashlib.file_digest(file, "sha256").hexdigest()
        )
