"""The question: who is listed, who holds what in whom, and under whose law on which day.

The records are the shape of a question file. `Question` objects made in code are checked like files.
"""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, Literal, get_args

import msgspec

from graph.dates import day_of, parse
from graph.exc import BadInput
from graph.law.ownership.percent import Scale, short, split
from graph.law.ownership.rules import Regime, RuleBook, default_rules

_LONGEST = 1000
ASIDE = ("title", "expected", "flags", "rebuttable", "derivation", "origin")
"""What a test vector says beside its question; not read."""


class Dated(
    msgspec.Struct,
    frozen=True,
    kw_only=True,
    forbid_unknown_fields=True,
    gc=False,
    rename={"start": "from", "end": "to"},
):
    """A fact that holds in the half-open interval [from, to) of partial dates; empty is open."""

    start: str = ""
    end: str = ""


class Listed(Dated, frozen=True, kw_only=True, gc=False):
    """A person on lists. `perhaps`: whether the entry is one of them is open."""

    id: str
    lists: tuple[str, ...]
    program: str = ""
    perhaps: bool = False


class Stake(Dated, frozen=True, kw_only=True, gc=False):
    """A direct holding.

    Attributes:
        pct: an exact decimal; None when unknown, then `pct_min` and `pct_max` bound it.
        contested: a claim that is contested counts only as a bound.
        ref: the edge of a store that states it.
    """

    owner: str
    owned: str
    pct: str | None = None
    pct_min: str | None = None
    pct_max: str | None = None
    right: Literal["shares", "votes"] = "shares"
    contested: bool = False
    ref: str = ""


class Control(Dated, frozen=True, kw_only=True, gc=False):
    """A control fact. `office`: a post held in the company, which alone is no control."""

    controller: str
    controlled: str
    basis: str = ""
    contested: bool = False
    office: bool = False
    ref: str = ""


class Arrangement(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A joint arrangement over the holdings in one company, on the day asked about."""

    company: str
    holders: tuple[str, ...]


class Question(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Who is restricted?

    Attributes:
        as_of: the day of the facts.
        law_known_at: the law as it could be known by then; empty: the guidance of the day.
        eu_case_law: take in judgments that read earlier facts, whenever they were given.
        debate: the competing reading, where the author of the question names one.
    """

    id: str
    regime: Regime
    as_of: str
    listed: tuple[Listed, ...] = ()
    edges: tuple[Stake, ...] = ()
    control: tuple[Control, ...] = ()
    joint: tuple[Arrangement, ...] = ()
    eu_case_law: bool = False
    law_known_at: str = ""
    debate: str = ""
    confidence: str = ""
    source_url: str = ""
    source_date: str = ""


def check(question: Question, book: RuleBook | None = None) -> None:
    """Whether a question can be answered.

    Raises:
        BadInput: for the first value that cannot stand, with its place and the remedy.
    """
    known = (book or default_rules()).lists
    for place, text in _names(question):
        if not text:
            raise BadInput(f"{place} is empty: name it")
        if len(text) > _LONGEST:
            raise BadInput(f"{place} is longer than {_LONGEST} characters: shorten it")
    _dates(question)
    for n, one in enumerate(question.listed):
        for name in one.lists:
            if name not in known:
                raise BadInput(f"listed[{n}].lists: {short(name)} is none of {', '.join(known)}")
    for n, stake in enumerate(question.edges):
        _band(f"edges[{n}]", stake)


def _names(question: Question) -> Iterator[tuple[str, str]]:
    """Every text that names somebody, with its place."""
    yield "id", question.id
    for n, one in enumerate(question.listed):
        yield f"listed[{n}].id", one.id
    for n, stake in enumerate(question.edges):
        yield from ((f"edges[{n}].owner", stake.owner), (f"edges[{n}].owned", stake.owned))
    for n, fact in enumerate(question.control):
        yield f"control[{n}].controller", fact.controller
        yield f"control[{n}].controlled", fact.controlled
    for n, joint in enumerate(question.joint):
        yield f"joint[{n}].company", joint.company
        yield from ((f"joint[{n}].holders", holder) for holder in joint.holders)


def _dates(question: Question) -> None:
    _date("as_of", question.as_of)
    if question.law_known_at:
        _date("law_known_at", question.law_known_at)
    for part in ("listed", "edges", "control"):
        for n, fact in enumerate(getattr(question, part)):
            for key, text in (("from", fact.start), ("to", fact.end)):
                if text:
                    _date(f"{part}[{n}].{key}", text)
            if fact.start and fact.end and parse(fact.end).last < parse(fact.start).first:
                raise BadInput(f"{part}[{n}].to: {fact.end} is before from, {fact.start}")


def _date(place: str, text: str) -> None:
    try:
        day_of(text[:_LONGEST])
    except BadInput:
        raise BadInput(
            f"{place}: {short(text)} is no date: write YYYY, YYYY-MM or YYYY-MM-DD"
        ) from None


def _band(place: str, stake: Stake) -> None:
    for key in ("pct", "pct_min", "pct_max"):
        text = getattr(stake, key)
        if text is not None:
            try:
                split(text)
            except BadInput as error:
                raise BadInput(f"{place}.{key}: {error}") from None
    given = [text for text in (stake.pct_min, stake.pct, stake.pct_max) if text is not None]
    if len(given) > 1:
        scale = Scale(given)
        if sorted(given, key=scale.of) != given:
            raise BadInput(
                f"{place}: pct_min, pct and pct_max contradict each other: {', '.join(given)}"
            )


def ends_of(pct: str | None, pct_min: str | None, pct_max: str | None) -> tuple[str, str]:
    """The least and the most that a stake with these figures can be, as written."""
    if pct is not None:
        return pct, pct
    return pct_min or "0", pct_max or "100"


def read_questions(path: Path) -> tuple[Question, ...]:
    """The questions of a JSON file: one, a list of them, or an object with `vectors` or `questions`.

    Raises:
        BadInput: with the file, the place in it, and the remedy.
    """
    raw = _json(path)
    listed = _list(path, raw)
    questions = tuple(_question(f"{path}: {at}", one) for at, one in listed)
    ids = [question.id for question in questions]
    if len(set(ids)) < len(ids):
        twice = next(i for i in ids if ids.count(i) > 1)
        raise BadInput(f"{path}: the id {short(twice)} stands twice: give every question its own")
    return questions


def _json(path: Path) -> Any:
    try:
        return msgspec.json.decode(path.read_bytes())
    except OSError as error:
        raise BadInput(f"{path} cannot be read: {error.strerror or error}") from None
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as error:
        raise BadInput(
            f"{path} is no JSON: {error}: write the questions as docs/cli.md says"
        ) from None


def _list(path: Path, raw: Any) -> Sequence[tuple[str, Any]]:
    if isinstance(raw, list):
        return [(f"[{n}]", one) for n, one in enumerate(raw)]
    if not isinstance(raw, dict):
        raise BadInput(f"{path}: must be a question, or a list of questions")
    for name in ("vectors", "questions"):
        if name in raw:
            _only(path, raw, {name, "meta"})
            if not isinstance(raw[name], list):
                raise BadInput(f"{path}: {name}: must be a list of questions")
            return [(f"{name}[{n}]", one) for n, one in enumerate(raw[name])]
    return [("question", raw)]


def _only(path: Path, raw: dict[str, Any], known: set[str]) -> None:
    for key in raw:
        if key not in known:
            raise BadInput(
                f"{path}: the field {short(key)} is unknown here: known are {', '.join(sorted(known))}"
            )


def _question(place: str, raw: Any) -> Question:
    if isinstance(raw, dict):
        raw = {key: _stated(value) for key, value in raw.items() if key not in ASIDE}
    try:
        question = msgspec.convert(raw, Question)
    except msgspec.ValidationError as error:
        raise BadInput(f"{place}{_reason(str(error))}") from None
    try:
        check(question)
    except BadInput as error:
        raise BadInput(f"{place}.{error}") from None
    return question


def _stated(value: Any) -> Any:
    """The facts of a list without the fields that are null: they say nothing."""
    if not isinstance(value, list):
        return value
    return [
        {k: v for k, v in fact.items() if v is not None} if isinstance(fact, dict) else fact
        for fact in value
    ]


def _reason(message: str) -> str:
    """What msgspec says, with the place first and the remedy after."""
    why, _, key = message.partition(" - at `$")
    key = key.rstrip("`").removeprefix("[...]")
    why = why.replace("`", "'")
    if "pct" in key:
        return f'{key}: {why}: write a percentage as text, such as "33.33", or null when unknown'
    if key == ".regime":
        return f"{key}: {why}: the regimes are {', '.join(get_args(Regime))}"
    if why.startswith("Object contains unknown field"):
        return f"{key}: {why[:200]}: leave it out, or see docs/cli.md for the fields"
    return f"{key}: {why[:200]}: see docs/cli.md for the fields"
