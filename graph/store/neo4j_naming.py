"""The names of a data set, brought in line with its entities by a load; see `neo4j_names`."""

from collections import Counter
from collections.abc import Sequence
from itertools import starmap
from typing import Any, NamedTuple

from neo4j import ManagedTransaction

from graph.model import Entity
from graph.names import fold
from graph.store.neo4j_ledger import Ledger
from graph.store.neo4j_model import MARKER, Properties, key
from graph.store.neo4j_names import gram
from graph.store.neo4j_rows import EVERYTHING, PAGE, walk
from graph.store.neo4j_turn import Turn, batches
from graph.store.spellings import SPELT, mark, spellings, trigrams

_LONGEST = 2_000
"""Characters of a folded name that are kept: an index takes no more than about 8000 bytes."""


class _Name(NamedTuple):
    entity: str
    kind: str
    text: str
    why: str


_TABLE = "name"
"""What names are called in a ledger."""
_COLUMNS = (*_Name._fields, "place", "folded", "mark", "spelt", "grams")


class NameWriter:
    """Brings the names of a data set in line with its entities.

    Args:
        turn: the turn to write.
        dataset: the data set.
        ledger: where names are written down until then.
    """

    def __init__(self, turn: Turn, dataset: str, ledger: Ledger) -> None:
        self.turn = turn
        self.dataset = dataset
        self.ledger = ledger
        self._noted = 0
        self._holding: Counter[str] = Counter()

    def note(self, entity: Entity) -> None:
        """Write down the names of an entity."""
        for text, why in spellings(entity):
            name, folded = _Name(entity.id, entity.kind, text, why), fold(text)[:_LONGEST]
            row = name._asdict() | {"folded": folded}
            self._noted += 1
            order = f"{self._noted:012}"
            if folded and self.ledger.put("after", _TABLE, key(*name), row, order):
                self._holding.update(_grams(name, folded) if why in SPELT else ())

    def write(self) -> None:
        """End what is no longer so and add what is new."""
        for row in walk(self._standing):
            name = _Name(*map(row.get, _Name._fields))  # type: ignore[arg-type]
            self.ledger.put("before", _TABLE, key(*name), row)
        for gone in batches(row["place"] for row in self.ledger.gone(_TABLE)):
            self._change(
                "UNWIND $rows AS place MATCH (n:LoopholeName {place: place}) "
                "SET n.until = $revision",
                gone,
            )
        new = (row for was, row in self.ledger.pairs(_TABLE) if was is None)
        for some in batches(starmap(_row, enumerate(new, self._next_place()))):
            self._change(_creating("LoopholeName", _COLUMNS), some)
        self._count()

    def _standing(self, after: str) -> tuple[list[Properties], str]:
        found = self._read(
            "MATCH (n:LoopholeName) WHERE n.dataset = $dataset AND n.place > $after "
            "AND n.until = $everything RETURN n.entity, n.kind, n.text, n.why, n.place "
            "ORDER BY n.place LIMIT $most",
            after=int(after or 0),
            most=PAGE,
        )
        rows = [dict(zip((*_Name._fields, "place"), values, strict=True)) for values in found]
        return rows, str(rows[-1]["place"]) if len(rows) == PAGE else ""

    def _next_place(self) -> int:
        last = (
            "MATCH (n:LoopholeName) WHERE n.place > 0 RETURN n.place ORDER BY n.place DESC LIMIT 1"
        )
        return max((place for (place,) in self._read(last)), default=0) + 1

    def _count(self) -> None:
        """Keep how many names hold each trigram: a search begins with the rarest."""
        after = self._holding
        before = dict(
            self._read(
                "MATCH (n:LoopholeGram {dataset: $dataset}) WHERE n.until = $everything "
                "RETURN n.text, n.names"
            )
        )
        gone = [text for text, names in before.items() if after.get(text) != names]
        new = [[text, names] for text, names in after.items() if before.get(text) != names]
        for some in batches(gone):
            self._change(
                "UNWIND $rows AS text MATCH (n:LoopholeGram {text: text}) WHERE "
                "n.dataset = $dataset AND n.until = $everything SET n.until = $revision",
                some,
            )
        for part in batches(new):
            self._change(_creating("LoopholeGram", ("text", "names")), part)

    def _read(self, statement: str, **more: object) -> list[list[Any]]:
        values = {"dataset": self.dataset, "everything": EVERYTHING, **more}
        return self.turn.connection.read(lambda tx: tx.run(statement, values).values())

    def _change(self, statement: str, rows: Sequence[Any]) -> None:
        values = {
            "rows": rows,
            "dataset": self.dataset,
            "revision": self.turn.revision,
            "everything": EVERYTHING,
        }
        self.turn.batch(lambda transaction: _done(transaction, statement, values))


def _creating(label: str, columns: Sequence[str]) -> str:
    """A statement that makes nodes of lists of their properties."""
    values = "".join(f"{name}: row[{place}], " for place, name in enumerate(columns))
    return (
        f"UNWIND $rows AS row CREATE (:{MARKER}:{label} {{{values}dataset: $dataset, "
        "loaded: $revision, until: $everything})"
    )


def _done(transaction: ManagedTransaction, statement: str, values: dict[str, Any]) -> None:
    transaction.run(statement, values).consume()


def _row(place: int, noted: Properties) -> list[Any]:
    name, folded = _Name(*map(noted.get, _Name._fields)), noted["folded"]  # type: ignore[arg-type]
    spelt = name.why in SPELT
    grams = " ".join(_grams(name, folded)) if spelt else None
    return [*name, place, folded, mark(name.kind), spelt, grams]


def _grams(name: _Name, folded: str) -> set[str]:
    return {*map(gram, trigrams(f" {folded}")), mark(name.kind)}
