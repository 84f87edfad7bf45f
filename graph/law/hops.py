"""Verdicts on the hops of routes: a documented hop on its own days, a possible one on the as-of day.

The search knows no law; what it found is judged here, and the answer is put together above both.
"""

from collections.abc import Iterator, Sequence

import msgspec

from graph.arcs import DOCUMENTED, Arc
from graph.dates import NO_START, Span
from graph.law.parties import Parties
from graph.law.question import digits, with_typical_eccn
from graph.law.regimes import Law
from graph.law.transaction import Goods, Party, Transaction
from graph.law.within import HAND_OVER, assess_within
from graph.verdicts import LayerVerdict, Verdict

_SERVICES = frozenset(("maintenance",))
"""Rules whose hops are a service rather than a sale."""


class HopJudge:
    """Judges hops; the same hand-over of the same goods on the same days is judged once.

    Args:
        law: the rules.
        parties: who the parties are.
        as_of: the day of possible hops, and the last day that documented ones can have happened on.
        known_at: only law and listings published by then.
        goods: the HS code that the question asks about, for hops whose own code is unknown.
    """

    def __init__(
        self, law: Law, parties: Parties, as_of: int, known_at: int | None = None, goods: str = ""
    ) -> None:
        self.law = law
        self.parties = parties
        self.as_of = as_of
        self.known_at = known_at
        self.goods = digits(goods)
        self._judged: dict[tuple[Transaction, Span], tuple[LayerVerdict, ...]] = {}

    def __call__(
        self, routes: Sequence[Sequence[Arc]]
    ) -> list[tuple[tuple[LayerVerdict, ...], ...]]:
        """The verdicts on each hop of some routes; what the store says of parties is read at once."""
        self.parties.gather({end for arcs in routes for a in arcs for end in (a.source, a.target)})
        return [self.route(arcs) for arcs in routes]

    def route(self, arcs: Sequence[Arc]) -> tuple[tuple[LayerVerdict, ...], ...]:
        """The verdicts on each hop of a route.

        Goods once exported from the United States stay subject to the EAR on the hops that follow,
        as far as they are the same goods: one shipment, or a possible hop.
        """
        verdicts: list[tuple[LayerVerdict, ...]] = []
        subject: bool | None = None
        before: Arc | None = None
        for arc in arcs:
            transaction = self.transaction(arc, subject if _same_goods(before, arc) else None)
            verdicts.append(self.verdicts(transaction, self.days(arc)))
            subject, before = transaction.subject_to_ear, arc
        return tuple(verdicts)

    def days(self, arc: Arc) -> Span:
        """The days on which a hop can have happened, none after the as-of day."""
        if arc.basis != DOCUMENTED:
            return Span(self.as_of, self.as_of)
        return Span(arc.span.first, max(arc.span.first, min(arc.span.last, self.as_of)))

    def transaction(self, arc: Arc, subject_to_ear: bool | None = None) -> Transaction:
        """A hop as the law sees it; `subject_to_ear` as found on the hop before."""
        goods, assumed = self._goods(arc, subject_to_ear)
        named = self._is_named(arc)
        via = arc.properties.get("via_countries", "")
        return Transaction(
            seller=self._party(arc.source),
            buyer=self._party(arc.target),
            activity="service" if arc.rule in _SERVICES else "supply",
            goods=goods,
            bound_for=_code(arc.properties.get("actual_destination", "")),
            via=tuple(via.split(";")) if via else None,
            named=True if named else None,
            assumed=(*assumed, self.law.goods.named.says) if named else assumed,
        )

    def verdicts(self, transaction: Transaction, days: Span) -> tuple[LayerVerdict, ...]:
        """What all regimes with a tie say of a transaction that happened on one of some days.

        Where the answer is not the same on all of them it is unknown.
        """
        key = transaction, days
        if key not in self._judged:
            self._judged[key] = tuple(self._over(transaction, days))
        return self._judged[key]

    def _over(self, transaction: Transaction, days: Span) -> Iterator[LayerVerdict]:
        undated = days.first == NO_START
        verdict = assess_within(
            transaction,
            "",
            Span(self.as_of, self.as_of) if undated else days,
            known_at=self.known_at,
            law=self.law,
            parties=self.parties,
        )
        for layer in _layers(verdict, transaction.assumed):
            yield _undated(layer) if undated else layer

    def _party(self, entity_id: str) -> Party:
        return Party(id=entity_id, country=self.parties.country(entity_id))

    def _goods(self, arc: Arc, subject: bool | None) -> tuple[Goods, tuple[str, ...]]:
        families = tuple(arc.families)
        if arc.whole_aircraft and subject is None and self._made_in_us(families):
            subject = True
        code = digits(arc.hs[0]) if len(arc.hs) == 1 else "" if arc.hs else self.goods
        if code and not (arc.whole_aircraft and len(code) < 6):
            return with_typical_eccn(
                self.law, Goods(hs=code, families=families, subject_to_ear=subject)
            )
        if not (arc.whole_aircraft or families):
            return Goods(subject_to_ear=subject), ()
        item = self.law.goods.aircraft if arc.whole_aircraft else self.law.goods.part
        goods = Goods(hs=item.hs, eccn=item.eccn, families=families, subject_to_ear=subject)
        return goods, (item.says,)

    def _made_in_us(self, families: tuple[str, ...]) -> bool:
        return bool(families) and set(families) <= self.parties.made_in("US")

    def _is_named(self, arc: Arc) -> bool:
        """Whether a possible hop may be taken to be for an aircraft that a letter names."""
        named = self.law.goods.named
        return (
            arc.basis != DOCUMENTED
            and arc.target in named.buyers
            and bool(arc.families)
            and set(arc.families) <= set(named.families)
        )


def hop_verdicts(
    hop: Arc,
    *,
    law: Law,
    parties: Parties,
    as_of: int,
    known_at: int | None = None,
    subject_to_ear: bool | None = None,
) -> tuple[LayerVerdict, ...]:
    """The verdicts on one hop by itself; for the hops of a route use `HopJudge`."""
    judge = HopJudge(law, parties, as_of, known_at)
    return judge.verdicts(judge.transaction(hop, subject_to_ear), judge.days(hop))


def _same_goods(before: Arc | None, arc: Arc) -> bool:
    if before is None:
        return False
    return arc.basis != DOCUMENTED or (bool(arc.shipment) and arc.shipment == before.shipment)


def _layers(verdict: Verdict, assumed: tuple[str, ...]) -> tuple[LayerVerdict, ...]:
    """The layers, and one without a name for what is unknown of the tie to any regime.

    What was assumed of the hop itself is said with each.
    """
    found = verdict.layers
    if verdict.missing:
        none = LayerVerdict(regime="", layer="", verdict="unknown", missing=verdict.missing)
        found = (*found, none)
    return tuple(
        msgspec.structs.replace(layer, assumed=tuple(dict.fromkeys((*assumed, *layer.assumed))))
        for layer in found
    )


def _undated(layer: LayerVerdict) -> LayerVerdict:
    return LayerVerdict(
        regime=layer.regime, layer=layer.layer, verdict="unknown", missing=(HAND_OVER,)
    )


def _code(text: str) -> str:
    return text if len(text) == 2 and text.isupper() else ""
