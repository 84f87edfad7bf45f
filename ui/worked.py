"""Worked questions: where an investigator can begin, as data."""

from collections.abc import Callable

import msgspec

from ui.links import FIRST, ROUTES, SETS, Choices


class Worked(msgspec.Struct, frozen=True):
    """A question in words, what its answer shows, and the choices that ask it."""

    title: str
    shows: str
    choices: Choices


WORKED = (
    Worked(
        "Could parts reach Russia through Belavia?",
        "Western suppliers to Russian carriers by way of Belavia on 15 October 2025, a month after "
        "the United States gave the airline relief.",
        FIRST,
    ),
    Worked(
        "What do sources state?",
        "Western suppliers to Smartavia, with every rule for possible hops switched off.",
        Choices(origins=("western-suppliers",), destinations=("smartavia",), via=(), rules=()),
    ),
    Worked(
        "Where do sources disagree?",
        "Right Direction to I Fly with contested claims let in: customs data name one buyer, the "
        "seller another.",
        Choices(
            origins=("right-direction",),
            destinations=("i-fly",),
            via=(),
            rules=(),
            contested=True,
        ),
    ),
)


def fits(worked: Worked, known: Callable[[str], bool]) -> bool:
    """Whether everything a question names is in the store."""
    return all(known(name) for field in SETS.values() for name in getattr(worked.choices, field))


def address(choices: Choices) -> dict[str, list[str]]:
    """Query parameters that restore the choices whatever was asked before.

    The first question has the bare address, which on the Routes page means the last one asked.
    """
    sets = {name: list(getattr(choices, field)) for name, field in SETS.items()}
    return ROUTES.write(choices) or {name: ids for name, ids in sets.items() if ids}
