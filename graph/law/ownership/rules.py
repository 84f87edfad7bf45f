"""Ownership rules as data: `data/regimes/ownership.yml`, checked when it is read.

Every scalar of the file is read as text, so that a threshold is the decimal as written and a date is
no guess of the YAML reader.
"""

from collections.abc import Hashable, Iterator, Sequence
from functools import lru_cache
from itertools import pairwise
from pathlib import Path
from typing import Any, Literal

import msgspec
import yaml

from graph.dates import NO_END, parse
from graph.exc import BadInput
from graph.law.ownership.percent import split
from graph.model import Measure
from graph.settings import data_root

Regime = Literal["US-OFAC", "EU", "UK", "CH", "CA", "BIS-AFF"]
Comparison = Literal["", ">=", ">"]
UNVERIFIED = "scheduled_unverified"


class Rule(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, tag_field="role"):
    """What every rule says of itself; the file explains the fields.

    `[valid_from, valid_to)` are the days of the facts it is for; from `known_from` on it could be known.
    """

    id: str
    regime: Regime
    authority: str
    instrument: str
    valid_from: str
    valid_to: str = ""
    known_from: str = ""
    status: Literal["in_force", "superseded", "lapsed", "suspended", "scheduled_unverified"]
    text: str
    url: str
    published: str
    confidence: Literal["high", "medium", "low"]
    last_reviewed: str
    note: str = ""

    def holds(self, day: int) -> bool:
        """Whether facts of the day are under this rule."""
        return parse(self.valid_from).first <= day < self.until

    @property
    def until(self) -> int:
        """The first day after it."""
        return parse(self.valid_to).first if self.valid_to else NO_END


class Threshold(Rule, frozen=True, kw_only=True, tag="threshold"):
    """Who is restricted through owners. Without a threshold only listed names count."""

    threshold: str
    comparison: Comparison = ""
    votes: Comparison = ""
    aggregate: Literal["", "added", "single", "debatable"] = ""
    cascade: bool = True
    control: Literal["counts", "warns"]
    rebuttable: bool = False
    lists: tuple[str, ...]

    @property
    def counts(self) -> bool:
        """Whether stakes restrict: not under a rule of listed names, nor a suspended one."""
        return bool(self.threshold) and self.status != "suspended"


class Presumption(Rule, frozen=True, kw_only=True, tag="presumption"):
    """One holder at the threshold is presumed to control; the company may rebut."""

    threshold: str


class Joint(Rule, frozen=True, kw_only=True, tag="joint"):
    """Each holder in a joint arrangement is treated as holding the combined stake."""


class Divestment(Rule, frozen=True, kw_only=True, tag="divestment"):
    """What is to be looked at after an owner has sold."""


class Sectoral(Rule, frozen=True, kw_only=True, tag="sectoral"):
    """A channel of its own that never blocks."""

    threshold: str
    comparison: Comparison
    lists: tuple[str, ...]


class ListEntry(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """How a measure of a store is recognised as an entry on a list."""

    regime: str
    layer: str
    kind: str
    programme: str = ""
    words: tuple[str, ...] = ()

    def matches(self, measure: Measure) -> bool | None:
        """Whether a measure is such an entry; None where its text leaves that open."""
        named = measure.regime, measure.layer, measure.kind
        if named != (self.regime, self.layer, self.kind):
            return False
        if self.programme and measure.programme != self.programme:
            return False
        return True if not self.words or any(w in measure.text for w in self.words) else None


class Settings(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Thresholds of warnings. They are ours, no authority's."""

    near_margin: str
    transfer_days: int


class RuleBook(msgspec.Struct, frozen=True):
    """All of the file."""

    settings: Settings
    lists: dict[str, ListEntry]
    rules: tuple[Rule, ...]

    def on(self, regime: str, day: int) -> tuple[Rule, ...]:
        """The rules of a regime for facts of a day."""
        return tuple(rule for rule in self.rules if rule.regime == regime and rule.holds(day))


class _Reader(yaml.BaseLoader):
    """YAML with text for every scalar, and no key twice."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Hashable, Any]:
        keys = [self.construct_object(key, deep=True) for key, _ in node.value]
        for key in keys:
            if keys.count(key) > 1:
                raise yaml.constructor.ConstructorError(
                    None, None, f"the key {key!r} stands twice", node.start_mark
                )
        return super().construct_mapping(node, deep)


_ROLES = Threshold | Presumption | Joint | Divestment | Sectoral


def load_rules(path: Path | None = None) -> RuleBook:
    """The ownership rules at `path`, or those that ship with the program.

    Raises:
        BadInput: for a malformed entry, with the file, the key and the reason.
    """
    place = path or data_root() / "regimes" / "ownership.yml"
    try:
        content = yaml.load(place.read_text(encoding="utf-8"), Loader=_Reader)
    except (OSError, UnicodeDecodeError, yaml.YAMLError, RecursionError) as error:
        raise BadInput(f"{place} cannot be read as YAML: {' '.join(str(error).split())}") from None
    if not isinstance(content, dict) or set(content) != {"settings", "lists", "rules"}:
        raise BadInput(f"{place}: the file must have the keys settings, lists and rules, no others")
    if not isinstance(content["rules"], list):
        raise BadInput(f"{place}: rules: must be a list of entries")
    book = RuleBook(
        settings=_entry(place, "settings", content["settings"], Settings),
        lists=_entry(place, "lists", content["lists"], dict[str, ListEntry]),
        rules=tuple(_rule(place, n, raw) for n, raw in enumerate(content["rules"], 1)),
    )
    for at, why in _faults(book):
        raise BadInput(f"{place}: {at}: {why}")
    return book


@lru_cache(maxsize=1)
def default_rules() -> RuleBook:
    """The rules that ship with the program, read once."""
    return load_rules()


def _rule(place: Path, number: int, raw: Any) -> Rule:
    named = raw.get("id") if isinstance(raw, dict) else None
    rule: Rule = _entry(place, named if isinstance(named, str) else f"rule {number}", raw, _ROLES)
    return rule


def _entry(place: Path, at: str, raw: Any, kind: Any) -> Any:
    try:
        return msgspec.convert(raw, kind, strict=False)
    except msgspec.ValidationError as error:
        why, _, key = str(error).partition(" - at `$")
        key = key.rstrip("`").lstrip(".")
        raise BadInput(f"{place}: {at}: {key}: {why}" if key else f"{place}: {at}: {why}") from None


def _faults(book: RuleBook) -> Iterator[tuple[str, str]]:
    """What the types do not see, with where it is."""
    seen: set[str] = set()
    yield from _percentages("settings", (("near_margin", book.settings.near_margin),))
    for rule in book.rules:
        if not rule.id or rule.id in seen:
            yield rule.id or "a rule", "id: must be given, and once only"
        seen.add(rule.id)
        yield from _dated(rule)
        yield from _complete(rule)
        for name in getattr(rule, "lists", ()):
            if name not in book.lists:
                yield rule.id, f"lists: {name!r} is none of {', '.join(book.lists)}"
    yield from _overlaps(book.rules)


def _dated(rule: Rule) -> Iterator[tuple[str, str]]:
    for key in ("valid_from", "valid_to", "known_from", "last_reviewed"):
        text = getattr(rule, key)
        try:
            if (text or key in ("valid_from", "last_reviewed")) and not parse(text).exact:
                yield rule.id, f"{key}: {text!r} must be a day, YYYY-MM-DD"
        except BadInput as error:
            yield rule.id, f"{key}: {error}"
    if not rule.url.startswith(("https://", "http://")):
        yield rule.id, f"url: {rule.url!r} is no web address"
    if rule.valid_to and rule.valid_to <= rule.valid_from:
        yield rule.id, f"valid_to: {rule.valid_to} is not after valid_from"


def _complete(rule: Rule) -> Iterator[tuple[str, str]]:
    threshold = getattr(rule, "threshold", "")
    if threshold or not isinstance(rule, Threshold | Joint | Divestment):
        yield from _percentages(rule.id, (("threshold", threshold),))
    if isinstance(rule, Threshold) and rule.threshold:
        for key in ("comparison", "aggregate"):
            if not getattr(rule, key):
                yield rule.id, f"{key}: must be given where there is a threshold"


def _percentages(at: str, given: Sequence[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    for key, text in given:
        try:
            number, decimals = split(text)
        except BadInput as error:
            yield at, f"{key}: {error}"
        else:
            if not 0 < number <= 100 * 10**decimals:
                yield at, f"{key}: {text} must be above 0 and at most 100"


def _overlaps(rules: Sequence[Rule]) -> Iterator[tuple[str, str]]:
    """At most one threshold rule a regime and day."""
    mains = [rule for rule in rules if isinstance(rule, Threshold)]
    ordered = sorted(mains, key=lambda rule: (rule.regime, parse(rule.valid_from).first))
    for one, other in pairwise(ordered):
        if one.regime == other.regime and parse(other.valid_from).first < one.until:
            yield other.id, f"valid_from: {other.valid_from} overlaps {one.id}"
