"""The address of a question: what a shareable link holds, and what it restores.

Nothing here but the way between choices and query parameters, one `Address` a page. A link says only what
differs from the first question; one that names either end says all sets, so that a missing one means
none.
"""

import datetime as dt
from collections.abc import Callable, Container, Mapping, Sequence
from typing import Generic, TypeVar

import msgspec

from graph.cost import MAX_HOPS
from graph.kinds import CERTAINTIES
from graph.rules import RULES

FIRST_DAY = dt.date(2014, 1, 1)
LAST_DAY = dt.date(2100, 1, 1)
SETS = {"from": "origins", "to": "destinations", "via": "via", "avoid": "avoid"}
"""The parameters that hold ids and names of sets, and the fields of `Choices` they fill."""


class Ends(msgspec.Struct, frozen=True, kw_only=True):
    """The ends of a question, ids and names of sets, and the line chosen of its answer."""

    origins: tuple[str, ...] = ("western-suppliers",)
    destinations: tuple[str, ...] = ("russian-carriers",)
    via: tuple[str, ...] = ("belavia",)
    avoid: tuple[str, ...] = ()
    route: str = ""


class Choices(Ends, frozen=True, kw_only=True):
    """What a person has chosen on the Routes page."""

    as_of: dt.date = dt.date(2025, 10, 15)
    known_at: dt.date | None = None
    contested: bool = False
    rules: tuple[str, ...] = tuple(RULES)
    max_hops: int = 6
    max_possible: int = MAX_HOPS
    goods: str = ""
    certainty: str = ""
    any_order: bool = False
    distinct: bool = False
    lawful_until_last: bool = False


class Switched(Ends, frozen=True, kw_only=True):
    """What a person has chosen on the Relief page; without a day, that of the measures counts."""

    measures: tuple[str, ...] = ("us-bis-letter", "us-ofac-gl11")
    as_of: dt.date | None = None
    day_before: bool = False


FIRST = Choices()


def _day(text: str) -> dt.date:
    return min(max(dt.date.fromisoformat(text), FIRST_DAY), LAST_DAY)


def _one_of(*allowed: str) -> Callable[[str], str]:
    def read(text: str) -> str:
        if text not in allowed:
            raise ValueError(text)
        return text

    return read


def _yes(text: str) -> bool:
    return _one_of("yes", "no")(text) == "yes"


# What each parameter with one value may hold. Each reader raises `ValueError` on what it cannot use.
_READERS: dict[str, Callable[[str], object]] = {
    "as_of": _day,
    "known_at": _day,
    "contested": _yes,
    "max_hops": lambda text: min(max(int(text), 1), MAX_HOPS),
    "max_possible": lambda text: min(max(int(text), 0), MAX_HOPS),
    "goods": lambda text: text[:40],
    "certainty": _one_of(*CERTAINTIES[:3]),
    "any_order": _yes,
    "distinct": _yes,
    "lawful_until_last": _yes,
    "day_before": _yes,
    "route": lambda text: text[:40],
}
C = TypeVar("C", bound=Ends)


class Address(Generic[C]):
    """How the choices of one page become query parameters and come back.

    Attributes:
        first: what is chosen where an address says nothing.
        listed: the parameter, and field, whose values are words of a list, as rules are.
    """

    def __init__(self, first: C, listed: str) -> None:
        self.first = first
        self.listed = listed
        self._fields = [name for name in _READERS if name in first.__struct_fields__]

    def write(self, choices: C) -> dict[str, list[str]]:
        """The query parameters of a question: every list has at least one value."""
        link: dict[str, list[str]] = {}
        if any(getattr(choices, field) != getattr(self.first, field) for field in SETS.values()):
            sets = {name: list(getattr(choices, field)) for name, field in SETS.items()}
            link |= {name: ids for name, ids in sets.items() if ids} or {"to": ["none"]}
        if (words := getattr(choices, self.listed)) != getattr(self.first, self.listed):
            link[self.listed] = list(words) or ["none"]
        for name in self._fields:
            value = getattr(choices, name)
            if value != getattr(self.first, name):
                link[name] = [_text(value)]
        return link

    def read(
        self,
        parameters: Mapping[str, Sequence[str]],
        known: Callable[[str], bool],
        words: Container[str],
    ) -> tuple[C, list[str]]:
        """The choices a link stands for, and a sentence for everything in it that could not be used.

        Args:
            parameters: the query parameters, each with all its values.
            known: whether something is the id of a party or the name of a set.
            words: what the values of the parameter `listed` may be.
        """
        fields: dict[str, object] = {}
        faults: list[str] = []
        if SETS.keys() & parameters.keys():
            fields |= dict.fromkeys(SETS.values(), ())
        for name, values in parameters.items():
            if name in SETS or name == self.listed:
                allowed = known if name in SETS else words.__contains__
                asked = () if list(values) == ["none"] else tuple(dict.fromkeys(values))
                fields[SETS.get(name, name)] = tuple(filter(allowed, asked))
                left_out: Sequence[str] = [one for one in asked if not allowed(one)]
            else:
                left_out = self._take(name, values, fields)
            if left_out:
                shown = ", ".join(left_out)[:60]
                faults.append(f"The link's {name[:60]} ({shown}) is not known here: left out.")
        return msgspec.structs.replace(self.first, **fields), faults

    def _take(self, name: str, values: Sequence[str], fields: dict[str, object]) -> Sequence[str]:
        """Put a parameter with one value into the fields; returns what cannot be used of it."""
        if name not in self._fields or not values:
            return values or [""]
        try:
            fields[name] = _READERS[name](values[-1])
        except ValueError:
            return values
        return ()


ROUTES = Address(FIRST, "rules")
RELIEF = Address(Switched(), "measures")


def _text(value: object) -> str:
    return ("yes" if value else "no") if isinstance(value, bool) else str(value)
