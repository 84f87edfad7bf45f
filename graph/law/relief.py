"""What a measure opened or closed: the same hops under two states of the law.

- A hop is lawful when the worst verdict of its layers is licensed or permitted. Unknown is not
  lawful, and a hop that no layer was asked about is unknown.
- A route is lawful up to hop n when its hops 1 to n are; the greatest such n is its lawful prefix.
- Gained: the prefix grew to the whole route. Lost: it was the whole route and is no more. Changed:
  any other route whose prefix has another length.
- Loophole: the prefix grew, and some hop after it is prohibited: goods may lawfully be sent off on a
  way that the law bars further on. The first prohibited hop is told, with what bars it.

The two states are the law with the measures off and on, on one date; or all the law on the day before
the first of them took effect and on the day the last of them did.
"""

from collections.abc import Iterable, Mapping, Sequence
from difflib import get_close_matches
from itertools import takewhile
from typing import Literal

import msgspec

from graph.dates import Holds, holds, iso, parse
from graph.exc import BadInput, NotFound
from graph.law.citing import of_measure, of_rule
from graph.law.regimes import Law
from graph.law.schema import Authorisation, Duty, Prohibition, Record
from graph.listed import ENDINGS
from graph.model import Measure
from graph.verdicts import LAWFUL, Cited, LayerVerdict, worst

Hops = Sequence[Sequence[LayerVerdict]]
"""For each hop of a route, its verdicts."""
LISTS = ("listing", "party-order")
"""Kinds of measures of the store that lists of the law lean on; see `graph.law.schema.Lists`."""
_SUGGESTIONS = 5


class Move(msgspec.Struct, frozen=True, kw_only=True):
    """How a route fares in two states of the law.

    Attributes:
        before, after: the length of the lawful prefix, in hops.
        hops: of the route.
        barred: the place of the first hop prohibited after the prefix, from 1; 0 when there is none.
        under: ids of what bars it, in the order of use.
    """

    before: int
    after: int
    hops: int
    barred: int = 0
    under: tuple[str, ...] = ()

    @property
    def kind(self) -> Literal["gained", "lost", "changed", "same"]:
        """The group that the route belongs to."""
        if self.before == self.after:
            return "same"
        if self.after == self.hops:
            return "gained"
        return "lost" if self.before == self.hops else "changed"

    @property
    def is_loophole(self) -> bool:
        """Whether a prefix became lawful and a later hop is prohibited."""
        return self.after > self.before and self.barred > 0


def move(before: Hops, after: Hops) -> Move:
    """How a route fares whose hops have some verdicts before, and others after."""
    reached = lawful_to(after)
    barred = next((n for n, hop in enumerate(after, 1) if n > reached and _is_barred(hop)), 0)
    bars = [layer for layer in after[barred - 1] if layer.verdict == "prohibited"] if barred else []
    return Move(
        before=lawful_to(before),
        after=reached,
        hops=len(after),
        barred=barred,
        under=tuple(dict.fromkeys(name for layer in bars for name in layer.measures)),
    )


def lawful_to(hops: Hops) -> int:
    """The length of the lawful prefix, in hops."""
    return sum(1 for _ in takewhile(lambda hop: overall(hop) in LAWFUL, hops))


def overall(hop: Iterable[LayerVerdict]) -> str:
    """The worst verdict on a hop; unknown when no layer was asked."""
    return worst([layer.verdict for layer in hop])


def _is_barred(hop: Iterable[LayerVerdict]) -> bool:
    return overall(hop) == "prohibited"


class State(msgspec.Struct, frozen=True, kw_only=True):
    """The law as it is applied to every hop: on a day, perhaps with measures off."""

    day: int
    law: Law


class Switch(msgspec.Struct, frozen=True, kw_only=True):
    """Two states of the law that differ in some measures.

    Attributes:
        measures: those measures, in the order of their ids.
        statements: what must be said of them, such as that one was not in force.
    """

    measures: tuple[Cited, ...]
    before: State
    after: State
    statements: tuple[str, ...] = ()


def switched(measures: Sequence[Cited], law: Law, day: int | None = None) -> Switch:
    """The law without measures and with them, on a day: that on which the last took effect.

    Raises:
        BadInput: when no day is given and one of them has no date, or when one ends an order.
    """
    rules = {record.id for _, rule in law.rules() for record in of_rule(rule)}
    for measure in measures:
        if measure.status in ENDINGS and measure.id not in rules:
            raise BadInput(
                f"{measure.id!r} ends an order and is itself no rule to switch off: compare the day "
                "before with the day by --day-before"
            )
    on = max(map(_effect, measures)) if day is None else day
    idle = (m for m in measures if holds(m.start, m.end, on) is Holds.NO)
    return Switch(
        measures=tuple(measures),
        before=State(day=on, law=law.without(*(measure.id for measure in measures))),
        after=State(day=on, law=law),
        statements=tuple(f"{m.id} was not in force on {iso(on)}." for m in idle),
    )


def day_before(measures: Sequence[Cited], law: Law) -> Switch:
    """All the law on the day before the first measure took effect, and on the day the last did.

    Raises:
        BadInput: when one of them has no date.
    """
    days = sorted(map(_effect, measures))
    between = "" if days[0] == days[-1] else " or between them"
    return Switch(
        measures=tuple(measures),
        before=State(day=days[0] - 1, law=law),
        after=State(day=days[-1], law=law),
        statements=(f"Whatever else took effect on these days{between} counts too.",),
    )


def switchable(law: Law) -> dict[str, str]:
    """The ids and titles of the rules that have a date and bear verdicts: licences, then prohibitions."""
    rules = [rule for _, rule in law.rules()]
    return {
        rule.id: rule.title
        for kind in (Authorisation, Prohibition)
        for rule in rules
        if isinstance(rule, kind) and rule.start
    }


def find_measures(names: Iterable[str], law: Law, stored: Iterable[Measure]) -> tuple[Cited, ...]:
    """Measures by their ids, each once and in order of id: rules, carve-outs, listings and orders.

    Raises:
        NotFound: when there is none of an id; the message names those that come close.
        BadInput: when none is asked for, or for a text that no verdict rests on.
    """
    wanted = [name for name in (text.strip() for text in names) if name]
    if not wanted:
        raise BadInput(
            "no measure is asked about: give an id, as in us-ofac-gl11, or several with commas"
        )
    known, silent = _by_id(law, stored)
    found = {}
    for name in wanted:
        if (measure := known.get(name.casefold())) is None:
            raise NotFound(_no_measure(name, known))
        if measure.id in silent:
            raise BadInput(
                f"{measure.id!r} is on record and no verdict rests on it: choose a rule or a licence"
            )
        found[measure.id] = measure
    return tuple(found[name] for name in sorted(found))


def _by_id(law: Law, stored: Iterable[Measure]) -> tuple[dict[str, Cited], set[str]]:
    """Every measure by its id in lower case, and the ids of those that no verdict rests on.

    A rule is also found by the ids of the rows merged into it and of the measures that the store
    makes of it.
    """
    known: dict[str, Cited] = {}
    silent: set[str] = set()
    for _, rule in law.rules():
        own, *outs = of_rule(rule)
        dated = [msgspec.structs.replace(out, start=out.start or own.start) for out in outs]
        known |= {record.id.casefold(): record for record in (own, *dated)}
        silent |= {own.id} if isinstance(rule, Record | Duty) else set()
        known |= {name.casefold(): own for name in rule.also if name.casefold() not in known}
    for measure in stored:
        key, of = measure.id.casefold(), measure.id.partition(":")[0].casefold()
        if of in known:
            known.setdefault(key, known[of])
            continue
        known[key] = of_measure(measure)
        silent |= set() if measure.kind in LISTS else {measure.id}
    return known, silent


def _no_measure(name: str, known: Mapping[str, Cited]) -> str:
    text = name.casefold()
    holding = sorted(key for key in known if _marks_off(text) in _marks_off(key))
    close = [*holding, *get_close_matches(text, known, _SUGGESTIONS, 0.5)]
    ids = list(dict.fromkeys(known[key].id for key in close))[:_SUGGESTIONS]
    hint = "`loophole show ID` lists those upon a party"
    if ids:
        hint = f"close to it are {', '.join(ids)}"
    return f"there is no measure {name!r}: {hint}"


def _marks_off(text: str) -> str:
    return "".join(filter(str.isalnum, text))


def _effect(measure: Cited) -> int:
    """The day a measure took effect; known to the month or year only, the last it can have been."""
    if not measure.start:
        raise BadInput(f"when {measure.id!r} took effect is not known: give a date with --as-of")
    return parse(measure.start).last
