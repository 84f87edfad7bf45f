"""Which rules of the book answer a question: two clocks, the day of the facts and that of the law."""

from typing import TypeVar

import msgspec

from graph.dates import day_of, parse
from graph.law.ownership.question import Question
from graph.law.ownership.rules import (
    UNVERIFIED,
    Divestment,
    Joint,
    Presumption,
    Rule,
    RuleBook,
    Sectoral,
    Settings,
    Threshold,
)

R = TypeVar("R", bound=Rule)


class Law(msgspec.Struct, frozen=True, kw_only=True):
    """The rules for one question.

    Attributes:
        day: the day of the facts.
        lists: the listings that feed the regime's rule.
        main: the threshold rule; None where none is recorded for the day.
        presumption: a court's reading that is applied; `unapplied` is one the question leaves out.
    """

    day: int
    settings: Settings
    lists: tuple[str, ...]
    main: Threshold | None
    presumption: Presumption | None
    unapplied: Presumption | None
    joint: Joint | None
    divestment: Divestment | None
    sectoral: Sectoral | None

    @property
    def counts(self) -> bool:
        """Whether stakes restrict anybody under this law."""
        return self.main is not None and self.main.counts

    @property
    def unverified(self) -> bool:
        """Whether nobody has confirmed that the law stands as its text says."""
        return self.main is not None and self.main.status == UNVERIFIED

    @property
    def control_counts(self) -> bool:
        """Whether a control fact restricts by itself."""
        return self.main is not None and self.main.counts and self.main.control == "counts"

    def rules(self) -> tuple[Rule, ...]:
        """All rules of the regime for the day, the threshold rule first."""
        of_the_court = self.presumption or self.unapplied
        rules = (self.main, of_the_court, self.joint, self.divestment, self.sectoral)
        return tuple(rule for rule in rules if rule is not None)


def law_of(question: Question, book: RuleBook) -> Law:
    """The law of a question."""
    day = day_of(question.as_of)
    rules = book.on(question.regime, day)
    presumption = _first(rules, Presumption)
    main = _first(rules, Threshold)
    applied = presumption is not None and _is_known(presumption, question, day)
    return Law(
        day=day,
        settings=book.settings,
        lists=main.lists if main else _lists(question.regime, book),
        main=main,
        presumption=presumption if applied else None,
        unapplied=None if applied else presumption,
        joint=_first(rules, Joint),
        divestment=_first(rules, Divestment),
        sectoral=_first(rules, Sectoral),
    )


def _first(rules: tuple[Rule, ...], kind: type[R]) -> R | None:
    return next((rule for rule in rules if isinstance(rule, kind)), None)


def _lists(regime: str, book: RuleBook) -> tuple[str, ...]:
    """All lists that ever feed a rule of the regime: a listing restricts by itself, with no rule."""
    mains = (r for r in book.rules if isinstance(r, Threshold) and r.regime == regime)
    return tuple(dict.fromkeys(name for rule in mains for name in rule.lists))


def _is_known(rule: Rule, question: Question, day: int) -> bool:
    """Whether a rule that reads earlier facts is to be used: asked for, or known by then."""
    if question.eu_case_law or not rule.known_from:
        return True
    known_at = day_of(question.law_known_at) if question.law_known_at else day
    return parse(rule.known_from).first <= known_at
