"""Verdicts as answers show them. They are made in `graph.law`; routes only carry them."""

from typing import Literal

import msgspec

Word = Literal["prohibited", "unknown", "licensed", "permitted"]
WORST_FIRST: tuple[Word, ...] = ("prohibited", "unknown", "licensed", "permitted")
LAWFUL: frozenset[Word] = frozenset(("licensed", "permitted"))
"""Verdicts under which a hop may be made."""
OPENED, BARRED = "opened", "barred"
"""What is told of a hop where measures are compared: it became lawful; it is prohibited."""
NOT_ADVICE = "Not legal advice."


class ReadingRecord(msgspec.Struct, frozen=True, kw_only=True):
    """What a contested text means when read one way; `reaches` is null where that is unknown."""

    measure: str
    reading: str
    says: str
    who: str
    url: str
    reaches: bool | None


class LayerVerdict(msgspec.Struct, frozen=True, kw_only=True):
    """What one body of rules says of a transaction.

    Attributes:
        measures: ids of what was used, in order: prohibitions, the lists they lean on,
            authorisations, carve-outs.
        missing: facts that are not known and would change the answer.
        readings: those that differ here, or agree on a contested text that was used.
        conditions: what goes with a licence.
        assumed: what was taken for granted.
    """

    regime: str
    layer: str
    verdict: Word
    measures: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    readings: tuple[ReadingRecord, ...] = ()
    conditions: tuple[str, ...] = ()
    assumed: tuple[str, ...] = ()


class Cited(msgspec.Struct, frozen=True, kw_only=True, rename={"start": "from", "end": "to"}):
    """A measure that a verdict used, with its text, address, dates and state of review."""

    id: str
    title: str
    text: str
    url: str
    start: str
    end: str
    status: str
    confidence: str
    last_reviewed: str


class Verdict(msgspec.Struct, frozen=True, kw_only=True):
    """The worst layer of the regimes that a transaction is tied to.

    Attributes:
        nexus: what ties it to each regime asked.
        missing: what is not known of the tie itself.
        cited: the measures of all layers.
    """

    verdict: Word
    nexus: tuple[str, ...] = ()
    layers: tuple[LayerVerdict, ...] = ()
    missing: tuple[str, ...] = ()
    assumed: tuple[str, ...] = ()
    cited: tuple[Cited, ...] = ()
    note: str = NOT_ADVICE


def worst(words: "tuple[Word, ...] | list[Word]") -> Word:
    """The worst of some verdicts; unknown of none."""
    return min(words, key=WORST_FIRST.index, default="unknown")
