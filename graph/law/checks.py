"""What must hold of the law beyond the shape of its files: dates, ids, layers, countries."""

import re
from collections.abc import Iterable, Iterator
from typing import Protocol

import msgspec

from graph.dates import parse
from graph.exc import BadInput
from graph.law.files import Coverage, Group, RegimeFile
from graph.law.schema import Authorisation, Duty, Prohibition, Rule, Scope

_DATES = ("start", "end", "doubt_until", "published", "last_reviewed", "reviewed")
_CODE = re.compile(r"[A-Z]{2}")


class Law(Protocol):
    """The parts of a law that are checked against each other."""

    @property
    def regimes(self) -> dict[str, RegimeFile]:
        """Files by regime."""

    @property
    def coverage(self) -> tuple[Coverage, ...]:
        """Rows of coverage."""

    @property
    def groups(self) -> dict[str, Group]:
        """Groups of countries."""

    def rules(self) -> Iterable[tuple[str, Rule]]:
        """Every rule with its regime."""


def parts(found: msgspec.Struct) -> Iterator[tuple[msgspec.Struct, str]]:
    """Everything with dates in a file, and what to call it."""
    yield found, "the file"
    for name in found.__struct_fields__:
        value = getattr(found, name)
        rows = (
            value.items() if isinstance(value, dict) else enumerate(value) if _many(value) else ()
        )
        for key, part in rows:
            if isinstance(part, msgspec.Struct):
                where = f"{name}[{key}] ({getattr(part, 'id', key)})"
                yield part, where
                for carve_out in getattr(part, "carve_outs", ()):
                    yield carve_out, f"{where}: carve_outs ({carve_out.id})"


def _many(value: object) -> bool:
    return isinstance(value, tuple)


def check_dates(part: msgspec.Struct, where: str) -> None:
    """Raise `BadInput` for a date that is none, or an end before its start."""
    for name in _DATES:
        if text := getattr(part, name, ""):
            try:
                parse(text)
            except BadInput as error:
                key = {"start": "from", "end": "to"}.get(name, name)
                raise BadInput(f"{where}: {key}: {error}") from None
    start, end = getattr(part, "start", ""), getattr(part, "end", "")
    if start and end and parse(end).last < parse(start).first:
        raise BadInput(f"{where}: to: {end} comes before {start}")


def check(law: Law) -> None:
    """Raise `BadInput` for what one file says and another does not know."""
    seen: set[str] = set()
    known = {rule.id for _, rule in law.rules()}
    for regime, rule in law.rules():
        where = f"{regime}: {rule.id}"
        if rule.id in seen:
            raise BadInput(f"{where}: id: stands twice")
        seen.add(rule.id)
        if rule.layer not in law.regimes[regime].layers:
            raise BadInput(f"{where}: layer: {rule.layer!r} is no layer of {regime}")
        if unknown := {*getattr(rule, "lifts", ())} - known:
            raise BadInput(f"{where}: lifts: {min(unknown)!r} is no rule")
        for scope in _scopes(rule):
            _check_countries(law, scope, where)
    for row in law.coverage:
        if row.layer not in getattr(law.regimes.get(row.regime), "layers", {}):
            raise BadInput(f"coverage.yml: {row.id}: layer: {row.regime} has no {row.layer!r}")
        _check_countries(law, row.when, f"coverage.yml: {row.id}")


def _scopes(rule: Rule) -> Iterator[Scope]:
    if isinstance(rule, Prohibition | Authorisation | Duty):
        yield rule.when
    for part in (*getattr(rule, "readings", ()), *getattr(rule, "carve_outs", ())):
        yield part.when


def _check_countries(law: Law, scope: Scope | None, where: str) -> None:
    for key in ("destinations", "origins", "transit", "overland"):
        for name in getattr(scope, key, ()):
            if name not in law.groups and not _CODE.fullmatch(name):
                raise BadInput(f"{where}: {key}: {name!r} is no country code and no group")
