"""Percentages as exact integers: no float is ever made of a stake.

All stakes of one question share a scale, the number of decimals of the longest of them, so that sums
and comparisons are those of whole numbers.
"""

import re
from collections.abc import Iterable

from graph.exc import BadInput

_PERCENT = re.compile(r"(\d{1,9})(?:\.(\d{1,60}))?", re.ASCII)
_SHOWN = 40


def split(text: str) -> tuple[int, int]:
    """A percentage as a whole number and the decimals it has: `33.30` is (3330, 2).

    Raises:
        BadInput: when it is no plain decimal, negative, or absurdly long.
    """
    match = _PERCENT.fullmatch(text)
    if match is None:
        raise BadInput(
            f"{short(text)} is no percentage: write a plain decimal such as 33.33, or leave it out "
            "when it is unknown"
        )
    decimals = match[2] or ""
    return int(match[1] + decimals), len(decimals)


def short(text: str) -> str:
    """A text in quotation marks, cut where it is long."""
    return repr(text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…")


class Scale:
    """Turns percentages into whole numbers and back, exactly.

    Args:
        texts: every percentage that will be asked for.
    """

    def __init__(self, texts: Iterable[str]) -> None:
        parts = {text: split(text) for text in {"100", *texts}}
        self.decimals = max(decimals for _, decimals in parts.values())
        self._known: dict[str, int] = {
            text: number * int(10 ** (self.decimals - decimals))
            for text, (number, decimals) in parts.items()
        }
        self.whole = self._known["100"]

    def of(self, text: str) -> int:
        """The whole number of a percentage that the scale was made for."""
        return self._known[text]

    def text(self, number: int) -> str:
        """A whole number as the percentage it stands for, without empty decimals."""
        whole, rest = divmod(number, 10**self.decimals)
        return f"{whole}.{rest:0{self.decimals}d}".rstrip("0").rstrip(".") if rest else str(whole)
