"""What can travel, as bits."""

from collections.abc import Iterable

from graph.exc import BadInput

MOST_FAMILIES = 30
"""Two halves of a 64-bit mask, each with a bit to spare, less the sign."""


class Items:
    """What can travel, as bits: parts for each family, then whole aircraft of each family.

    The last bit of each half stands for families outside the list. A route is possible only while
    the masks of its hops have a bit in common: one family runs through, and parts and whole
    aircraft never join.
    """

    def __init__(self, families: Iterable[str]) -> None:
        self.families = tuple(sorted(families))
        if len(self.families) > MOST_FAMILIES:
            raise BadInput(
                f"hops are for {len(self.families)} aircraft families, {MOST_FAMILIES} is the most "
                f"that can be told apart: {', '.join(self.families[MOST_FAMILIES:])} and others; "
                "join some under one family"
            )
        self._half = len(self.families) + 1
        self._any = (1 << self._half) - 1

    @property
    def parts(self) -> int:
        """The mask of parts for any family."""
        return self._any

    def mask(self, families: Iterable[str], whole_aircraft: bool) -> int:
        """The mask of goods for some families; of any family when none is named."""
        bits = 0
        for family in families:
            known = family in self.families
            bits |= 1 << (self.families.index(family) if known else self._half - 1)
        return (bits or self._any) << (self._half if whole_aircraft else 0)

    def names(self, mask: int) -> tuple[str, ...]:
        """The families of a mask; empty when it allows any."""
        half = (mask & self._any) | (mask >> self._half)
        if half == self._any:
            return ()
        return tuple(f for i, f in enumerate(self.families) if half >> i & 1)
