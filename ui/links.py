"""The address of a question: what a shareable link holds, and what it restores.

Pure functions between choices and query parameters. A link says only what differs from the first
question; one that names either end says all sets, so that a missing one means none.
"""

import datetime as dt
from collections.abc import Callable, Mapping, Sequence

import msgspec

from graph.cost import MAX_HOPS
from graph.kinds import CERTAINTIES
from graph.rules import RULES

FIRST_DAY = dt.date(2014, 1, 1)
LAST_DAY = dt.date(2100, 1, 1)
SETS = {"from": "origins", "to": "destinations", "via": "via", "avoid": "avoid"}
"""The parameters that hold ids and names of sets, and the fields of `Choices` they fill."""


class Choices(msgspec.Struct, frozen=True, kw_only=True):
    """What a person has chosen on the Routes page; sets hold ids and names of sets."""

    origins: tuple[str, ...] = ("western-suppliers",)
    destinations: tuple[str, ...] = ("russian-carriers",)
    via: tuple[str, ...] = ("belavia",)
    avoid: tuple[str, ...] = ()
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
    route: str = ""


FIRST = Choices()


def _day(text: str) -> dt.date:
    return min(max(dt.date.fromisoformat(text), FIRST_DAY), LAST_DAY)


def _one_of(*allowed: str) -> Callable[[str], str]:
    def read(text: str) -> str:
        if text not in allowed:
            raise ValueError(text)
        return text

    return read


# What each parameter with one value may hold. Each reader raises `ValueError` on what it cannot use.
_READERS: dict[str, Callable[[str], object]] = {
    "as_of": _day,
    "known_at": _day,
    "contested": lambda text: _one_of("yes", "no")(text) == "yes",
    "max_hops": lambda text: min(max(int(text), 1), MAX_HOPS),
    "max_possible": lambda text: min(max(int(text), 0), MAX_HOPS),
    "goods": lambda text: text[:40],
    "certainty": _one_of(*CERTAINTIES[:3]),
    "any_order": lambda text: _one_of("yes", "no")(text) == "yes",
    "distinct": lambda text: _one_of("yes", "no")(text) == "yes",
    "lawful_until_last": lambda text: _one_of("yes", "no")(text) == "yes",
    "route": lambda text: text[:40],
}


def write(choices: Choices) -> dict[str, list[str]]:
    """The query parameters of a question: every list has at least one value."""
    link: dict[str, list[str]] = {}
    if any(getattr(choices, field) != getattr(FIRST, field) for field in SETS.values()):
        sets = {name: list(getattr(choices, field)) for name, field in SETS.items()}
        link |= {name: ids for name, ids in sets.items() if ids} or {"to": ["none"]}
    if choices.rules != FIRST.rules:
        link["rules"] = list(choices.rules) or ["none"]
    for name in _READERS:
        value = getattr(choices, name)
        if value != getattr(FIRST, name):
            link[name] = [_text(value)]
    return link


def _text(value: object) -> str:
    return ("yes" if value else "no") if isinstance(value, bool) else str(value)


def read(
    parameters: Mapping[str, Sequence[str]], known: Callable[[str], bool]
) -> tuple[Choices, list[str]]:
    """The choices a link stands for, and a sentence for everything in it that could not be used.

    Args:
        parameters: the query parameters, each with all its values.
        known: whether something is the id of a party or the name of a set.
    """
    fields: dict[str, object] = {}
    faults: list[str] = []
    if SETS.keys() & parameters.keys():
        fields |= dict.fromkeys(SETS.values(), ())
    for name, values in parameters.items():
        field = SETS.get(name, name)
        try:
            fields[field] = _value(name, values, known)
        except ValueError:
            shown = ", ".join(values)[:60]
            faults.append(f"The link's {name} ({shown}) is not known here: left out.")
    return Choices(**fields), faults  # type: ignore[arg-type]


def _value(name: str, values: Sequence[str], known: Callable[[str], bool]) -> object:
    """One parameter, checked. Raises `ValueError` when it cannot be used."""
    if name in SETS or name == "rules":
        listed = () if list(values) == ["none"] else tuple(dict.fromkeys(values))
        allowed = RULES.__contains__ if name == "rules" else known
        if not all(allowed(item) for item in listed):
            raise ValueError(name)
        return listed
    if name not in _READERS or not values:
        raise ValueError(name)
    return _READERS[name](values[-1])
