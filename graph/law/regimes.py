"""Reads `data/regimes/*.yml` into one immutable `Law`, or refuses with file, key and reason."""

import re
from collections.abc import Iterable, Iterator
from functools import cached_property
from pathlib import Path
from typing import Any, TypeVar

import msgspec
import yaml

from graph.dates import parse
from graph.exc import BadInput, NotFound
from graph.law.checks import check, check_dates, parts
from graph.law.files import (
    FILES,
    Coverage,
    CoverageFile,
    GoodsFile,
    Group,
    GroupsFile,
    RegimeFile,
    WordsFile,
)
from graph.law.schema import Authorisation, Duty, Prohibition, Rule
from graph.settings import data_root

FOLDER = "regimes"
READ_ELSEWHERE = frozenset({"ownership.yml"})
"""Files of the folder that another module reads."""
STALE_AFTER = 180
"""Days after which a rule should have been reviewed again."""
R = TypeVar("R", Prohibition, Authorisation, Duty)


class Law(msgspec.Struct, frozen=True, kw_only=True, dict=True, eq=False):
    """All rules, where they cover, and the words and groups they use.

    `off` are ids of rules, carve-outs and measures of the store that are taken not to exist.
    """

    regimes: dict[str, RegimeFile]
    coverage: tuple[Coverage, ...]
    groups: dict[str, Group]
    goods: GoodsFile
    words: WordsFile
    off: frozenset[str] = frozenset()

    def without(self, *ids: str) -> "Law":
        """The law as if some measures were not there: rules, carve-outs, listings, by id."""
        return msgspec.structs.replace(self, off=self.off | frozenset(ids))

    def with_rule(self, regime: str, rule: Rule) -> "Law":
        """The law with one rule more."""
        file = self.regimes[regime]
        more = msgspec.structs.replace(file, entries=(*file.entries, rule))
        return msgspec.structs.replace(self, regimes=self.regimes | {regime: more})

    def entries(self, regime: str, layer: str, kind: type[R]) -> tuple[R, ...]:
        """The rules of one kind in a layer, in the order of their dates; none that is off."""
        return self._by_layer.get((regime, layer, kind.__name__), ())  # type: ignore[return-value]

    def find(self, name: str) -> tuple[str, Rule]:
        """A rule and its regime, by its id or that of a row merged into it, in any case.

        Raises:
            NotFound: when there is none.
        """
        for regime, rule in self.rules():
            if name.casefold() in {rule.id, *(other.casefold() for other in rule.also)}:
                return regime, rule
        raise NotFound(f"there is no measure {name!r} in the law: `loophole show ID` lists some")

    def rules(self) -> Iterator[tuple[str, Rule]]:
        """Every rule with its regime, those that are off too."""
        for name, file in self.regimes.items():
            yield from ((name, rule) for rule in file.entries)

    def countries(self, names: Iterable[str]) -> frozenset[str]:
        """Codes of countries, groups resolved to their members."""
        found: set[str] = set()
        for name in names:
            found |= set(self.groups[name].members) if name in self.groups else {name}
        return frozenset(found)

    @cached_property
    def days(self) -> tuple[int, ...]:
        """The days on which some rule may begin or end, in order."""
        texts = {
            text
            for _, rule in self.rules()
            for text in (rule.start, rule.end, rule.doubt_until, *_of_carve_outs(rule))
            if text
        } | {text for row in self.coverage for text in (row.start, row.end) if text}
        spans = [parse(text) for text in texts]
        return tuple(sorted({s.first for s in spans} | {s.last + 1 for s in spans if not s.exact}))

    @cached_property
    def terms(self) -> tuple[int, ...]:
        """The terms of orders, in days."""
        lists = [rule.lists for _, rule in self.rules() if isinstance(rule, Prohibition)]
        found = {t for of in lists if of for t in (of.term_days, *of.longer.values())}
        return tuple(sorted(found - {0}))

    @cached_property
    def _by_layer(self) -> dict[tuple[str, str, str], tuple[Rule, ...]]:
        found: dict[tuple[str, str, str], list[Rule]] = {}
        for regime, rule in self.rules():
            if rule.id not in self.off:
                found.setdefault((regime, rule.layer, type(rule).__name__), []).append(rule)
        return {key: tuple(sorted(rules, key=_first_day)) for key, rules in found.items()}


def load_law(folder: Path | None = None) -> Law:
    """The law in a folder, or the one that ships with the program.

    Raises:
        BadInput: for the first thing that cannot be used, with its file, key and reason.
    """
    place = folder or data_root() / FOLDER
    files = law_files(place)
    regimes: dict[str, RegimeFile] = {}
    for path in files:
        if path.name not in FILES:
            file = _read(path, RegimeFile)
            regimes[file.regime] = _joined(path, regimes.get(file.regime), file)
    law = Law(
        regimes=regimes,
        coverage=_read(place / "coverage.yml", CoverageFile).coverage,
        groups=_read(place / "groups.yml", GroupsFile).groups,
        goods=_read(place / "goods.yml", GoodsFile),
        words=_read(place / "words.yml", WordsFile),
    )
    check(law)
    return law


def _joined(path: Path, known: RegimeFile | None, file: RegimeFile) -> RegimeFile:
    """A regime may stand in several files, a layer in one only."""
    if known is None:
        return file
    if twice := known.layers.keys() & file.layers.keys():
        raise BadInput(f"{path.name}: layers: {min(twice)!r} stands in another file too")
    return msgspec.structs.replace(
        known, layers=known.layers | file.layers, entries=(*known.entries, *file.entries)
    )


def is_stale(rule: Rule, day: int) -> bool:
    """Whether a rule was last reviewed more than `STALE_AFTER` days before a day."""
    return day - parse(rule.last_reviewed).first > STALE_AFTER


def law_files(folder: Path | None = None) -> list[Path]:
    """The files of law that this module reads, by name."""
    place = folder or data_root() / FOLDER
    return sorted(path for path in place.glob("*.yml") if path.name not in READ_ELSEWHERE)


class Shelf:
    """The law of a folder, read again when a file changes.

    A file that cannot be used leaves the law that was read before; `complaint` says what is wrong.
    `edition` grows with every reading: what is cached of verdicts belongs to one.
    """

    def __init__(self, folder: Path | None = None) -> None:
        self.folder = folder
        self.complaint = ""
        self.edition = 0
        self._seen: tuple[tuple[str, int, int], ...] = ()
        self._law: Law | None = None

    def law(self) -> Law:
        """The law as it stands.

        Raises:
            BadInput: when it cannot be used, and none was read before.
        """
        seen = tuple((p.name, *_stamp(p)) for p in law_files(self.folder))
        if self._law is None or seen != self._seen:
            try:
                self._law, self.complaint = load_law(self.folder), ""
                self.edition += 1
            except BadInput as error:
                if self._law is None:
                    raise
                self.complaint = str(error)
            self._seen = seen
        return self._law


shipped = Shelf()
"""The law that ships with the program."""


class _Loader(yaml.SafeLoader):
    """Reads as a lawyer writes: `2022` and `2022-03-02` are dates, `NO` is Norway."""


_Loader.yaml_implicit_resolvers = {}
for _tag, _pattern, _first in (
    ("bool", r"true|false", "tf"),
    ("int", r"\d{1,3}", "0123456789"),
    ("null", r"null|", ["n", ""]),
    ("merge", r"<<", "<"),
):
    _Loader.add_implicit_resolver(
        f"tag:yaml.org,2002:{_tag}", re.compile(f"(?:{_pattern})\\Z"), _first
    )
F = TypeVar("F", bound=msgspec.Struct)


def _read(path: Path, kind: type[F]) -> F:
    try:
        raw: Any = yaml.load(path.read_text(encoding="utf-8"), _Loader)
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        raise BadInput(f"{path.name} cannot be read: {' '.join(str(error).split())}") from None
    try:
        found = msgspec.convert(raw, kind)
    except msgspec.ValidationError as error:
        raise BadInput(f"{path.name}: {_where(raw, str(error))}") from None
    for part, where in parts(found):
        check_dates(part, f"{path.name}: {where}")
    return found


def _where(raw: Any, message: str) -> str:
    """The key first, with the id of the entry it stands in, then the reason."""
    reason, _, place = message.partition(" - at `$")
    key = place.rstrip("`").lstrip(".")
    if number := re.match(r"(\w+)\[(\d+)\]", key):
        entry = raw[number[1]][int(number[2])]
        key += f" ({entry.get('id', 'without an id')})" if isinstance(entry, dict) else ""
    return f"{key or 'the file'}: {reason}"


def _of_carve_outs(rule: Rule) -> Iterator[str]:
    for part in getattr(rule, "carve_outs", ()):
        yield from (part.start, part.end)


def _first_day(rule: Rule) -> tuple[int, str]:
    return parse(rule.start).first if rule.start else 0, rule.id


def _stamp(path: Path) -> tuple[int, int]:
    stat = path.stat()
    return stat.st_mtime_ns, stat.st_size
