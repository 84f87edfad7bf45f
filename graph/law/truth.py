"""Three-valued truth (Kleene's strong logic): yes, no, or unknown with the facts that are missing."""

from collections.abc import Iterable

import msgspec


class Match(msgspec.Struct, frozen=True):
    """Whether a condition holds; `missing` says what is not known when that is None."""

    truth: bool | None
    missing: tuple[str, ...] = ()

    def __invert__(self) -> "Match":
        return self if self.truth is None else Match(not self.truth)


YES, NO = Match(True), Match(False)


def unknown(*missing: str) -> Match:
    """Not known, for want of some facts."""
    return Match(None, missing)


def all_of(matches: Iterable[Match]) -> Match:
    """One no is no; else what is unknown stays unknown. Stops at the first no."""
    missing: dict[str, None] = {}
    open_ = False
    for match in matches:
        if match.truth is False:
            return NO
        if match.truth is None:
            open_ = True
            missing |= dict.fromkeys(match.missing)
    return Match(None, tuple(missing)) if open_ else YES


def any_of(matches: Iterable[Match]) -> Match:
    """One yes is yes; else what is unknown stays unknown. Stops at the first yes."""
    missing: dict[str, None] = {}
    open_ = False
    for match in matches:
        if match.truth is True:
            return YES
        if match.truth is None:
            open_ = True
            missing |= dict.fromkeys(match.missing)
    return Match(None, tuple(missing)) if open_ else NO
