"""The options that ask what the law says, and the transaction or questions they make."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import click
import msgspec

from graph.dates import Span, day_of, parse
from graph.exc import BadInput, NotFound
from graph.law.citing import cited
from graph.law.parties import Parties
from graph.law.question import Asked, Asker, digits, no_regime, with_typical_eccn
from graph.law.regimes import Law, shipped
from graph.law.schema import ACTIVITIES
from graph.law.transaction import Goods, Party, Transaction
from graph.law.within import assess_within
from graph.store import Reader
from graph.verdicts import Verdict

_YES_NO = {"yes": True, "no": False, "unknown": None}
_NO_GOODS = "none"


class Answered(Verdict, frozen=True, kw_only=True):
    """The verdict on one question of a file."""

    id: str


def options() -> Callable[[Callable[..., None]], Callable[..., None]]:
    """The options of `assess`."""
    found = (
        click.option("--goods", metavar="CODES", help="HS code, ECCN, both with a comma; or none."),
        click.option("--from", "seller", metavar="WHO", help="The seller: an id, or a country code."),
        click.option("--to", "buyer", metavar="WHO", help="The buyer: an id, or a country code."),
        click.option("--on", "date", metavar="DATE", help="The date of the facts."),
        click.option("--regime", metavar="NAME", help="One of the regimes; all with a tie if not given."),
        click.option("--activity", type=click.Choice(ACTIVITIES), default="supply", show_default=True),
        click.option("--destination", metavar="COUNTRY", help="Where it goes, if not to the buyer."),
        click.option("--via", metavar="COUNTRY,…", help="Countries passed on the way."),
        click.option("--aircraft", metavar="ID", help="The aircraft: an id; or named, other."),
        click.option("--purpose", "purposes", multiple=True, metavar="TEXT", help="What it serves."),
        click.option(
            "--subject-to-ear", type=click.Choice(list(_YES_NO)), default="unknown",
            help="Whether the goods are subject to the EAR; exports from the US are.",
        ),
        click.option("--known-at", metavar="DATE", help="Only law and listings published by then."),
        click.option("--file", "path", type=click.Path(path_type=Path), help="Questions as JSON."),
    )  # fmt: skip

    def with_options(command: Callable[..., None]) -> Callable[..., None]:
        for option in reversed(found):
            command = option(command)
        return command

    return with_options


def assessed(reader: Reader, path: Path | None, asked: dict[str, Any]) -> object:
    """A verdict, or `answers` for a file of questions.

    Raises:
        BadInput, NotFound: for what cannot be asked.
    """
    law = shipped.law()
    parties = Parties(reader)
    asker = Asker(reader, law, parties)
    if path is not None:
        answers = [_answer(question, law, parties) for question in asker.file(_read(path))]
        return {"answers": answers}
    regime, days, known_at = _asked(law, asked)
    transaction = _transaction(law, asker, parties, asked)
    verdict = assess_within(transaction, regime, days, known_at=known_at, law=law, parties=parties)
    return cited(verdict, law, parties)


def _answer(question: Asked, law: Law, parties: Parties) -> Answered:
    verdict = assess_within(
        question.transaction,
        question.regime,
        question.days,
        known_at=question.known_at,
        law=law,
        parties=parties,
    )
    full = cited(verdict, law, parties)
    return Answered(id=question.id, **{f: getattr(full, f) for f in full.__struct_fields__})


def _read(path: Path) -> object:
    try:
        return msgspec.json.decode(path.read_bytes())
    except OSError as error:
        raise NotFound(f"{path} cannot be read: {error.strerror}") from None
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise BadInput(f"{path} is no JSON: {error}") from None


def _asked(law: Law, asked: dict[str, Any]) -> tuple[str, Span, int | None]:
    for option, name in (("--from", "seller"), ("--to", "buyer"), ("--on", "date")):
        if not asked[name]:
            raise BadInput(f"{option} is missing: say who, to whom and when, or give --file")
    regime = asked["regime"] or ""
    if regime and regime not in law.regimes:
        raise BadInput(no_regime(law, regime))
    known_at = day_of(asked["known_at"]) if asked["known_at"] else None
    return regime, parse(asked["date"]), known_at


def _transaction(law: Law, asker: Asker, parties: Parties, asked: dict[str, Any]) -> Transaction:
    goods, assumed = _goods(law, asked["goods"] or "", _YES_NO[asked["subject_to_ear"]])
    aircraft = asked["aircraft"] or ""
    named = {"named": True, "other": False}.get(aircraft)
    if named is not None:
        aircraft = ""
    elif aircraft and parties.entity(aircraft) is None:
        raise NotFound(f"there is no aircraft {aircraft!r}: `loophole search` finds its id")
    for purpose in set(asked["purposes"]) - law.words.purposes.keys():
        raise BadInput(f"no rule asks for {purpose!r}: choose from {', '.join(law.words.purposes)}")
    via = asked["via"]
    return Transaction(
        seller=_party(asker, asked["seller"]),
        buyer=_party(asker, asked["buyer"]),
        activity=asked["activity"],
        goods=goods,
        destination=_country(asked["destination"] or ""),
        via=None if via is None else tuple(_country(c) for c in via.split(",") if c.strip()),
        aircraft=aircraft,
        named=named,
        purposes=tuple(asked["purposes"]) or None,
        assumed=assumed,
    )


def _party(asker: Asker, text: str) -> Party:
    found = asker.party(text)
    if not found.id and not (len(text) == 2 and text.isupper()):
        raise NotFound(
            f"there is no party {text!r}: give an id that `loophole search` finds, or a country code"
        )
    return found


def _country(text: str) -> str:
    code = text.strip().upper()
    if code and not (len(code) == 2 and code.isalpha()):
        raise BadInput(f"{text!r} is no country code: write two letters, as in TR")
    return code


def _goods(law: Law, text: str, subject: bool | None) -> tuple[Goods | None, tuple[str, ...]]:
    if text.strip().casefold() == _NO_GOODS:
        return None, ()
    hs = eccn = ""
    for code in filter(None, (part.strip() for part in text.split(","))):
        if digits(code).isdigit():
            hs = digits(code)
        elif code[:1].isdigit() or code.upper() == "EAR99":
            eccn = code
        else:
            raise BadInput(f"{code!r} is neither an HS code nor an ECCN, as in 8807.30 or 9A991.d")
    return with_typical_eccn(law, Goods(hs=hs, eccn=eccn, subject_to_ear=subject))
