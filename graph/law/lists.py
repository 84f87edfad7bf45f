"""What is asked of lists, and what is found of a party on them."""

from collections.abc import Callable

import msgspec

from graph.law.schema import Lists
from graph.law.truth import Match


class Listed(msgspec.Struct, frozen=True, kw_only=True):
    """A party that is, or may be, on a list.

    Attributes:
        measures: ids of the entries; where it is reached through owners, of the rule too.
        through: listed owners, where the party is reached only through them.
    """

    party: str
    match: Match
    measures: tuple[str, ...] = ()
    through: tuple[str, ...] = ()


class Asking(msgspec.Struct, frozen=True, kw_only=True):
    """Of which day, by whose law, with what knowledge, and which measures are taken away."""

    regime: str
    day: int
    known_at: int | None = None
    off: frozenset[str] = frozenset()


Ownership = Callable[[str, Lists, Asking], Listed | None]
"""Whether a party that is on no list is reached through its owners; None when it is not."""
