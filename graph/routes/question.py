"""What can be asked of a view, in the words of the user."""

from collections.abc import Container, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Protocol

import msgspec
import numpy as np

from graph.arcs import DOCUMENTED
from graph.cost import MAX_HOPS
from graph.exc import BadInput, NotFound
from graph.identifiers import hs
from graph.kinds import CERTAINTIES, ROUTED
from graph.network import Mask, Trait
from graph.rules import RULES
from graph.view import View

# Before 2022 aircraft parts were heading 8803, since then 8807: the same goods under two codes.
_RENUMBERED = {"8803": "8807"}


class Question(msgspec.Struct, frozen=True, kw_only=True):
    """A question about routes.

    Attributes:
        origins, destinations: ids of parties; a route touches each set at its own end only.
        via: groups of ids; a route has a party of every group.
        avoid: ids no route may touch.
        max_hops: at most 8.
        goods: an HS prefix; hops whose code is unknown are kept and marked.
        order: "time" (dates do not decrease along the route) or "any".
        dwell: the most days between two hops, or None.
        kinds: the documented kinds that count; all when empty.
        rules: the rules for possible hops that count.
        min_certainty: high, medium or low.
        contested: whether contested claims count.
        max_possible: the most possible hops of a route, or None.
        distinct: whether a route is left out when a cheaper one has the same intermediaries: the same
            set of parties between its two ends.
    """

    origins: tuple[str, ...]
    destinations: tuple[str, ...]
    via: tuple[tuple[str, ...], ...] = ()
    avoid: tuple[str, ...] = ()
    max_hops: int = 6
    goods: str = ""
    order: str = "time"
    dwell: int | None = None
    kinds: tuple[str, ...] = ()
    rules: tuple[str, ...] = tuple(RULES)
    min_certainty: str = ""
    contested: bool = False
    max_possible: int | None = None
    distinct: bool = False

    def check(self, view: View) -> None:
        """Raise `BadInput` or `NotFound` for what cannot be asked."""
        _check_range("max-hops", self.max_hops, 1, MAX_HOPS)
        _check_words("kind", self.kinds, sorted(ROUTED))
        _check_words("rule", self.rules, list(RULES))
        _check_words(
            "certainty", (self.min_certainty,) if self.min_certainty else (), CERTAINTIES[:3]
        )
        _check_words("order", (self.order,), ("time", "any"))
        if self.dwell is not None:
            _check_range("dwell", self.dwell, 0, 100_000)
        if self.max_possible is not None:
            _check_range("max-possible", self.max_possible, 0, MAX_HOPS)
        if self.goods and not hs.digits(self.goods):
            raise BadInput(f"{self.goods!r} is no HS code: write 2 to 10 digits, as in 8807.30")
        self._check_sets()
        for entity_id in set(self.named):
            if entity_id not in view.number:
                raise NotFound(
                    f"there is no entity {entity_id!r}: look it up with `loophole search`"
                )
        for entity_id in (*self.origins, *self.destinations, *sum(self.via, ())):
            if view.never[view.number[entity_id]]:
                kind = view.entities[entity_id].kind
                raise BadInput(
                    f"{entity_id!r} is of kind {kind}, which is never a party of a route: "
                    f"see `loophole show {entity_id}`"
                )

    def _check_sets(self) -> None:
        groups = [("from", self.origins), ("to", self.destinations)]
        for name, ids in (*groups, *(("via", group) for group in self.via)):
            if not ids:
                raise BadInput(f"--{name} is empty: give an entity id or a named set")
        if len(self.via) > self.max_hops + 1:
            raise BadInput(
                f"--via is given {len(self.via)} times, and a route of {self.max_hops} hops has "
                f"{self.max_hops + 1} parties: give it fewer times, or raise --max-hops"
            )
        origins, destinations = set(self.origins), set(self.destinations)
        if origins == destinations:
            raise BadInput("--from and --to are the same: name two different sets")
        for inner, outer, name, other in (
            (destinations, origins, "to", "from"),
            (origins, destinations, "from", "to"),
        ):
            if inner < outer:
                raise BadInput(
                    f"every party of --{name} is in --{other} too, and a route touches each set at "
                    "its own end only: name sets that differ more"
                )

    @property
    def named(self) -> tuple[str, ...]:
        """All entities that the question names."""
        return (*self.origins, *self.destinations, *self.avoid, *sum(self.via, ()))

    def takes(self, traits: Sequence[Trait]) -> Mask:
        """Which traits of arcs the question lets a route use; shape (len(traits),)."""
        wanted = self.goods and _digits(self.goods)
        floor = CERTAINTIES.index(self.min_certainty) if self.min_certainty else len(CERTAINTIES)
        return np.array([self._takes(trait, wanted, floor) for trait in traits], bool)

    def _takes(self, trait: Trait, wanted: str, floor: int) -> bool:
        if trait.basis == DOCUMENTED:
            if self.kinds and trait.kind not in self.kinds:
                return False
        elif trait.kind not in self.rules or self.max_possible == 0:
            return False
        if trait.contested and not self.contested:
            return False
        if self.min_certainty and CERTAINTIES.index(trait.certainty) > floor:
            return False
        return not wanted or not trait.hs or any(_same_goods(code, wanted) for code in trait.hs)

    def narrows(self, other: "Question") -> bool:
        """Whether every route of this question is one of the other's, between the same ends.

        The answer may be no where it could be yes.
        """
        return (
            self.origins == other.origins
            and self.destinations == other.destinations
            and set(other.via) <= set(self.via)
            and set(other.avoid) <= set(self.avoid)
            and self.max_hops <= other.max_hops
            and other.goods in ("", self.goods)
            and other.order in ("any", self.order)
            and _at_most(self.dwell, other.dwell)
            and (not other.kinds or (bool(self.kinds) and set(self.kinds) <= set(other.kinds)))
            and set(self.rules) <= set(other.rules)
            and (not other.min_certainty or self.min_certainty in _surer(other.min_certainty))
            and self.contested <= other.contested
            and _at_most(self.max_possible, other.max_possible)
        )


class Named(Protocol):
    """What a set can be made of: a view, or the directory of a store."""

    @property
    def sets(self) -> Mapping[str, tuple[str, ...]]:
        """The named sets and their members."""

    @property
    def number(self) -> Container[str]:
        """The ids of all entities."""


def parse_set(view: Named, text: str) -> tuple[str, ...]:
    """The ids that a set names: a named set, `id,id,…`, or `@file` with one id a line.

    Raises:
        NotFound: when the file is not there, or an id or set is not known.
    """
    if text.startswith("@"):
        try:
            lines = Path(text[1:]).read_text(encoding="utf-8").splitlines()
        except OSError as error:
            why = (error.strerror or "unreadable").lower()
            raise NotFound(f"the list of ids {text[1:]!r} cannot be read: {why}") from None
        except UnicodeDecodeError:
            raise BadInput(f"the list of ids {text[1:]!r} is not UTF-8 text") from None
        names: Iterable[str] = (line.split("#")[0].strip() for line in lines)
    else:
        names = (name.strip() for name in text.split(","))
    found: dict[str, None] = {}
    for name in filter(None, names):
        if name in view.sets:
            found.update(dict.fromkeys(view.sets[name]))
        elif name in view.number:
            found[name] = None
        else:
            known = ", ".join(sorted(view.sets))
            raise NotFound(
                f"there is no entity or set {name!r}: look it up with `loophole search`; "
                f"the sets are {known or 'none'}"
            )
    return tuple(found)


def _digits(code: str) -> str:
    digits = hs.digits(code)
    return _RENUMBERED.get(digits[:4], digits[:4]) + digits[4:]


def _same_goods(code: str, wanted: str) -> bool:
    """True when one code is a prefix of the other: a coarse code does not exclude a fine one."""
    have = _digits(code)
    return have.startswith(wanted) or wanted.startswith(have)


def _at_most(value: int | None, limit: int | None) -> bool:
    """Whether one limit, where None is no limit, is at least as narrow as another."""
    return limit is None or (value is not None and value <= limit)


def _surer(certainty: str) -> tuple[str, ...]:
    """The certainties that are at least as sure."""
    return tuple(CERTAINTIES[: CERTAINTIES.index(certainty) + 1])


def _check_range(name: str, value: int, least: int, most: int) -> None:
    if not least <= value <= most:
        raise BadInput(f"--{name} {value} is out of range: give {least} to {most}")


def _check_words(name: str, given: Iterable[str], known: Iterable[str]) -> None:
    listed = tuple(known)
    for word in given:
        if word not in listed:
            raise BadInput(f"there is no {name} {word!r}: choose from {', '.join(listed)}")
