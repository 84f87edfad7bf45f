"""`make bench-search`: search as you type over a million made-up entities, against plain trigram OR.

Both answer the same texts on the same store in the same run; times are CPU milliseconds of this
process. The peer is what the store did before: every trigram of the text, ranked by bm25, and the best
300 compared. It takes seconds for some texts, so it is asked fewer of them, and a ratio is over those
that both were asked. "Found" counts the texts whose entity is among the first ten hits; where hundreds
of names start alike it cannot be.
"""

import argparse
import platform
import random
import sqlite3
import statistics
import string
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import msgspec

from benchmarks.made_up import print_store
from graph.kinds import COMPANIES
from graph.names import fold, similarity
from graph.store import Hit, open_store

_FORMER_INDEX = (
    "CREATE VIRTUAL TABLE former_index USING fts5 "
    "(folded, content='name', content_rowid='pk', tokenize='trigram')",
    "INSERT INTO former_index (former_index) VALUES ('rebuild')",
)
_FORMER_EXACT = """
SELECT e.id, n.text, n.why FROM name n JOIN entity e ON e.pk = n.entity WHERE n.folded = ?
"""
_FORMER_RANKED = """
SELECT e.id, n.text, n.why FROM name n JOIN entity e ON e.pk = n.entity
JOIN (SELECT rowid AS pk FROM former_index WHERE former_index MATCH ? ORDER BY rank LIMIT 300) f
ON f.pk = n.pk
"""

Find = Callable[[str], tuple[str, ...]]
Name = tuple[str, str]
"""An entity's id and one of its names."""

_PARTIES = 1_000_000
_EACH = 25
_PEER = 5
_HITS = 10
_TYPED = ("b", "be", "bel", "бел", "aer", "аэро", "zz-2", "made", "carriers", "carriers aero")


class Asked(msgspec.Struct, frozen=True):
    """A text to search for, and the entity it was made from; none for what stands for itself."""

    text: str
    wanted: str = ""


def main() -> None:
    """Make the store, then print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--parties", type=int, default=_PARTIES)
    parser.add_argument("--edges", type=int, default=0)
    parser.add_argument("--peer", type=int, default=_PEER, help="texts the peer is asked a line")
    parser.add_argument("--store", default="", help="keep the store here, or use the one there")
    options = parser.parse_args()
    print(
        f"Python {platform.python_version()}, {platform.machine()}, SQLite {sqlite3.sqlite_version}"
    )
    with tempfile.TemporaryDirectory() as folder:
        path = Path(options.store or Path(folder) / "made-up.db")
        if not path.exists():
            _make(path, options.parties, options.edges)
        _compare(path, options.peer)


def _make(path: Path, parties: int, edges: int) -> None:
    print_store(str(path), parties, edges)
    with sqlite3.connect(path) as db:
        for statement in _FORMER_INDEX:
            db.execute(statement)
    db.close()


def _compare(path: Path, peers: int) -> None:
    reader = open_store(str(path))
    db = sqlite3.connect(f"file:{path}?mode=ro", uri=True)
    (entities, spelt) = db.execute("SELECT count(DISTINCT entity), count(*) FROM name").fetchone()
    print(f"{entities} entities, {spelt} names and codes; median and p95 in CPU ms\n")
    print("| typed | texts | all kinds | found | companies | found | trigram OR takes | found |")
    print("|---|---|---|---|---|---|---|---|")
    for title, asked in _groups(_sample(db)):
        ours = _measure(lambda text: _ids(reader.search(text, _HITS)), asked)
        some = _measure(lambda text: _ids(reader.search(text, _HITS, COMPANIES)), asked)
        peer = _measure(lambda text: former(db, text), asked[:peers])
        print(
            f"| {title} | {len(asked)} | {_cells(ours)} | {_cells(some)} | {_ratio(peer, ours)} |"
        )
    reader.close()
    db.close()


class Measured(msgspec.Struct, frozen=True):
    """One way over one group of texts: CPU milliseconds of each, and how many found what they should."""

    times: list[float]
    found: str


def _measure(find: Find, asked: list[Asked]) -> Measured:
    times, found = [], 0
    for one in asked:
        start = time.process_time()
        ids = find(one.text)
        times.append((time.process_time() - start) * 1000)
        found += one.wanted in ids
    return Measured(times, f"{found} of {len(asked)}" if asked[0].wanted else "")


def _cells(seen: Measured) -> str:
    p95 = sorted(seen.times)[-1 - len(seen.times) // 20]
    return f"{statistics.median(seen.times):.1f}, {p95:.1f} | {seen.found}"


def _ratio(peer: Measured, ours: Measured) -> str:
    median = statistics.median(peer.times)
    ratio = median / statistics.median(ours.times[: len(peer.times)])
    return f"{ratio:.1f} times as long ({median:.1f} ms) | {peer.found}"


def _groups(names: list[Name]) -> Iterator[tuple[str, list[Asked]]]:
    """What people type, by how they type it."""
    source = random.Random(7)
    for text in _TYPED:
        yield f"`{text}`", [Asked(text)] * _PEER
    makers: dict[str, Callable[[str], str]] = {
        "first two letters": lambda name: name[:2],
        "first three letters": lambda name: name[:3],
        "first seven letters": lambda name: name[:7],
        "second word and start of the first": lambda name: f"{name.split()[1]} {name[:5]}",
        "the whole name": lambda name: name,
        "first word, a letter wrong": lambda name: _misspelt(source, name.split()[0]),
        "first two words, two letters wrong": lambda name: _misspelt(
            source, _misspelt(source, " ".join(name.split()[:2]))
        ),
        "the whole name, three letters wrong": lambda name: _misspelt(
            source, _misspelt(source, _misspelt(source, name))
        ),
    }
    for title, make in makers.items():
        yield title, [Asked(make(name), entity) for entity, name in source.sample(names, _EACH)]
    noise = ["".join(source.choices(string.ascii_lowercase, k=12)) for _ in range(_EACH)]
    yield "letters at random", [Asked(text) for text in noise]


def _misspelt(source: random.Random, text: str) -> str:
    """The text with two neighbours swapped, or a letter lost, doubled or replaced."""
    at = source.randrange(1, len(text) - 1)
    letter = source.choice(string.ascii_lowercase)
    return source.choice(
        (
            text[:at] + text[at + 1] + text[at] + text[at + 2 :],
            text[:at] + text[at + 1 :],
            text[:at] + text[at] + text[at:],
            text[:at] + letter + text[at + 1 :],
        )
    )


def _sample(db: sqlite3.Connection) -> list[Name]:
    """Names of companies, spread over the store."""
    rows = db.execute(
        "SELECT e.id, n.text FROM name n JOIN entity e ON e.pk = n.entity "
        "WHERE n.why IN ('name', 'alias') AND e.kind = 'Company' AND n.pk % 97 = 0 ORDER BY n.pk"
    )
    return [(entity_id, text) for entity_id, text in rows]


def _ids(hits: tuple[Hit, ...]) -> tuple[str, ...]:
    return tuple(hit.id for hit in hits)


def former(db: sqlite3.Connection, text: str) -> tuple[str, ...]:
    """The search before this one, kept as the peer: ids of the first ten hits."""
    folded = fold(text)
    best: dict[str, float] = {}
    for entity_id, spelling, why in _candidates(db, folded):
        exact = fold(spelling) == folded
        if not exact and why not in ("name", "alias", "id", "registration"):
            continue
        score = 100.0 if exact else min(99.0, similarity(text, spelling))
        best[entity_id] = max(score, best.get(entity_id, 0.0))
    ranked = sorted(best.items(), key=lambda item: (-round(item[1], 1), item[0]))
    return tuple(entity_id for entity_id, score in ranked if score >= 60)[:_HITS]


def _candidates(db: sqlite3.Connection, folded: str) -> Iterator[tuple[str, str, str]]:
    yield from db.execute(_FORMER_EXACT, (folded,))
    trigrams = sorted({folded[i : i + 3] for i in range(len(folded) - 2)})[:64]
    if trigrams:
        match = " OR ".join(f'"{trigram}"' for trigram in trigrams)
        yield from db.execute(_FORMER_RANKED, (match,))


if __name__ == "__main__":
    main()
