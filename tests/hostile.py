"""Names that attack whatever shows them, and stores in which all parties and claims have some."""

import csv
import itertools
import shutil
from pathlib import Path

from loaders import run

CORPUS = (
    "<img src=x onerror=alert(1)>",
    "![x](https://evil.example/track.png) [y](https://evil.example/)",
    "</script><script>alert(1)</script>",
    "\u202eevil\u202c \u200bzero\u200b width",
    "=cmd|' /C calc'!A0",
    "long " * 60,
    "`code` $a^2$ :red[red] :smile: # _x_ **b**",
    "https://evil.example/plain",
)


def routes_store(folder: Path) -> Path:
    """A store of own tables: a chain through all hostile names, each hop documented."""
    tables = folder / "hostile-routes"
    tables.mkdir(parents=True)
    ids = [f"test-{n}" for n in range(len(CORPUS))]
    _write(
        tables / "entities.csv",
        [
            {"id": i, "kind": "Company", "name": f"{n} {name}", "country": "ZZ", "aliases": name}
            for n, (i, name) in enumerate(zip(ids, CORPUS, strict=True))
        ],
    )
    _write(
        tables / "edges.csv",
        [
            {
                "id": f"test-edge-{n}",
                "source": source,
                "target": target,
                "kind": "supplies",
                "start": "2024",
                "end": "2024",
                "goods": CORPUS[n],
                "certainty": "high",
                "source_url": "https://a.example/x",
                "source_title": CORPUS[n],
                "publisher": CORPUS[n],
                "published": "2024",
                "note": CORPUS[n],
            }
            for n, (source, target) in enumerate(itertools.pairwise(ids))
        ],
    )
    _write(
        tables / "measures.csv",
        [
            {
                "id": "test-measure",
                "entity": ids[1],
                "regime": "US",
                "layer": CORPUS[0],
                "kind": "listing",
                "start": "2024",
                "text": CORPUS[1],
                "scope": CORPUS[2],
            }
        ],
    )
    store = folder / "hostile-routes.db"
    run.load(str(store), tables)
    return store


_TEXTS = {
    "entities": ("name", "aliases", "role", "note"),
    "denials": ("statement",),
    "measures": ("text", "scope", "programme", "note"),
    "sources": ("title", "publisher"),
    "relations": ("note", "goods"),
    "capabilities": ("part", "note"),
}
"""The columns of the case that hold words, and nothing that anything is found by."""


def case_store(folder: Path) -> Path:
    """A store of the curated case in which hostile words stand where words stand; its facts stay."""
    tables = folder / "hostile-case"
    shutil.copytree(run.case_folder(), tables)
    for table, columns in _TEXTS.items():
        path = tables / f"{table}.csv"
        with path.open(encoding="utf-8", newline="") as file:
            rows = list(csv.DictReader(file))
        words = itertools.cycle(CORPUS)
        for number, row in enumerate(rows):
            row |= {name: f"{number} {next(words)}" for name in columns if row[name]}
        _write(path, rows)
    store = folder / "hostile-case.db"
    run.load(str(store), tables)
    return store


def _write(path: Path, rows: list[dict[str, str]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
