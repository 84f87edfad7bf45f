"""Files for the download buttons: one file as it is, several as a zip."""

import io
import tempfile
import zipfile
from pathlib import Path

from graph.export import export_routes
from graph.routes.records import Answer

LABELS = {"html": "HTML", "csv": "CSV", "json": "JSON", "graphml": "GraphML", "gexf": "GEXF"}
_ZIPPED = frozenset({"csv"})
"""Formats that are several files: routes, edges and entities."""


def file_name(answer: Answer, to_format: str) -> str:
    """What the file of a format is called."""
    return f"routes-{answer.question['as_of']}.{to_format}{'.zip' if to_format in _ZIPPED else ''}"


def routes_file(answer: Answer, to_format: str) -> bytes:
    """The routes in a format."""
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder) / f"routes-{answer.question['as_of']}.{to_format}"
        paths = [Path(file.path) for file in export_routes(answer, to_format, place)]
        if to_format not in _ZIPPED:
            return paths[0].read_bytes()
        buffer = io.BytesIO()
        with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
            for path in paths:
                archive.writestr(zipfile.ZipInfo(path.name), path.read_bytes())
        return buffer.getvalue()
