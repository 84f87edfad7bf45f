"""Files for the download buttons: one file as it is, several as a zip."""

import io
import tempfile
import zipfile
from pathlib import Path

from graph.export import export_routes
from graph.routes.records import Answer

LABELS = {"html": "HTML", "csv": "CSV", "json": "JSON", "graphml": "GraphML", "gexf": "GEXF"}


def routes_file(answer: Answer, to_format: str) -> tuple[str, bytes]:
    """The name and content of the routes in a format."""
    with tempfile.TemporaryDirectory() as folder:
        name = f"routes-{answer.question['as_of']}"
        written = export_routes(answer, to_format, Path(folder) / f"{name}.{to_format}")
        paths = [Path(file.path) for file in written]
        if len(paths) == 1:
            return paths[0].name, paths[0].read_bytes()
        buffer = io.BytesIO()
        with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
            for path in paths:
                archive.writestr(zipfile.ZipInfo(path.name), path.read_bytes())
        return f"{name}.{to_format}.zip", buffer.getvalue()
