"""One entity of a store: its owners up to the last, their listings, and the answer."""

from collections import defaultdict
from collections.abc import Iterable, Iterator

import msgspec

from graph.cited import ClaimRecord, DenialRecord, claims, denials
from graph.dates import Holds, holds, iso, parse
from graph.exc import BadInput
from graph.kinds import COMPANIES, EntityKind
from graph.law.dossiers import Dossier
from graph.law.ownership.answer import NOTE, Bounds, RuleUsed, answered
from graph.law.ownership.case import Case, Status
from graph.law.ownership.law import law_of
from graph.law.ownership.percent import Scale
from graph.law.ownership.proof import Step, proof_of
from graph.law.ownership.question import Control, Listed, Question, Stake, check, ends_of
from graph.law.ownership.rules import Regime, RuleBook, default_rules
from graph.law.ownership.warn import Warn
from graph.listed import standing
from graph.model import Edge, Entity, Measure
from graph.show import ShownParty

_OWNED = {*COMPANIES, EntityKind.PUBLIC_BODY, EntityKind.GROUP, EntityKind.UNNAMED}


class ListingUsed(msgspec.Struct, frozen=True, kw_only=True):
    """A measure that puts a party on a list; `in_force` is null where that is not settled."""

    entity: str
    list: str
    measure: str
    programme: str
    text: str
    start: str
    end: str
    observed_from: str
    url: str
    in_force: bool | None


class Evidence(msgspec.Struct, frozen=True, kw_only=True):
    """The claims behind an edge, and what is said against it."""

    edge: str
    claims: tuple[ClaimRecord, ...]
    denials: tuple[DenialRecord, ...]


class Restricted(msgspec.Struct, frozen=True, kw_only=True):
    """Whether one entity is restricted.

    Attributes:
        answer: restricted when it is listed itself, or through its owners.
        listings: of the entity and of all who are above it, in force on the day or doubtful.
        parties: everybody named, with the status of persons.
    """

    entity: str
    regime: str
    as_of: str
    law_known_at: str
    answer: Status
    rebuttable: bool
    bounds: Bounds | None
    proof: tuple[Step, ...]
    warnings: tuple[Warn, ...]
    listings: tuple[ListingUsed, ...]
    evidence: tuple[Evidence, ...]
    parties: tuple[ShownParty, ...]
    rules: tuple[RuleUsed, ...]
    revision: int
    note: str = NOTE


def restricted(
    dossier: Dossier,
    entity_id: str,
    regime: Regime,
    as_of: int,
    law_known_at: str = "",
    book: RuleBook | None = None,
) -> Restricted:
    """Whether an entity is restricted under a regime's rule on a day, by what the store says.

    Args:
        dossier: what the store says of it and of all who stand above it.
        entity_id: the entity asked about.
        regime: whose rule.
        as_of: the day of the facts.
        law_known_at: the law as it could be known by then; empty: the guidance of the day.
        book: the rules, those that ship with the program by default.

    Raises:
        NotFound: when the store has no such entity.
        BadInput: when an edge of the store has a stake or date that is none.
    """
    rules = book or default_rules()
    above = _Above(dossier, entity_id, as_of, rules)
    question = Question(
        id=entity_id,
        regime=regime,
        as_of=iso(as_of),
        law_known_at=law_known_at,
        listed=tuple(above.listed()),
        edges=tuple(above.stakes),
        control=tuple(above.control()),
    )
    check(question, rules)
    case = Case(question, law_of(question, rules))
    found = answered(case)
    listings = tuple(used for used in above.listings if used.list in case.law.lists)
    return Restricted(
        entity=entity_id,
        regime=regime,
        as_of=found.as_of,
        law_known_at=law_known_at,
        answer=case.answer(entity_id),
        rebuttable=entity_id in found.rebuttable,
        bounds=found.bounds.get(entity_id),
        proof=proof_of(found.proof, entity_id),
        warnings=tuple(sorted({*found.warnings, *above.warnings(listings)})),
        listings=listings,
        evidence=above.evidence(),
        parties=tuple(_party(above.entities[i]) for i in sorted(above.entities)),
        rules=found.rules,
        revision=dossier.revision,
    )


class _Above:
    """An entity and all who stand above it, with the edges between them."""

    def __init__(self, dossier: Dossier, entity_id: str, as_of: int, book: RuleBook) -> None:
        self.dossier, self.entity_id, self.as_of, self.book = dossier, entity_id, as_of, book
        self.entities: dict[str, Entity] = {entity_id: dossier.entity(entity_id)}
        self.edges = tuple(sorted(self._climb(), key=lambda edge: edge.id))
        self.parallel: list[tuple[Stake, int]] = []
        self.stakes = list(self._stakes())
        self.listings = tuple(self._listings())

    def _climb(self) -> Iterator[Edge]:
        todo = [self.entity_id]
        while todo:
            for edge in self.dossier.over(todo.pop()):
                yield edge
                if edge.source not in self.entities:
                    self.entities[edge.source] = self.dossier.entity(edge.source)
                    todo.append(edge.source)

    def _stakes(self) -> Iterator[Stake]:
        """Stakes, those between the same two that hold at one time joined into a band.

        Two reports can be of one holding or of two: stakes of overlapping reports are never summed.
        """
        groups: dict[tuple[str, str, str], list[Stake]] = defaultdict(list)
        for edge in self.edges:
            if edge.kind == "owns":
                stake = _stake(edge)
                live = holds(stake.start, stake.end, self.as_of) is Holds.YES
                if live and not stake.contested:
                    groups[stake.owner, stake.owned, stake.right].append(stake)
                else:
                    yield stake
        for stakes in groups.values():
            if len(stakes) > 1:
                self.parallel.append((stakes[0], len(stakes)))
            yield _one_band(stakes) if len(stakes) > 1 else stakes[0]

    def control(self) -> Iterator[Control]:
        """Control facts, and offices held, which alone are no control."""
        for edge in self.edges:
            if edge.kind != "owns":
                yield Control(
                    controller=edge.source,
                    controlled=edge.target,
                    basis=edge.properties.get("basis", edge.kind),
                    office=edge.kind == "directs",
                    contested=edge.contested,
                    start=edge.start,
                    end=edge.end,
                    ref=edge.id,
                )

    def listed(self) -> Iterator[Listed]:
        """Entries on lists; whether they stand on the day is settled already."""
        for used in self.listings:
            begun = bool(used.start) and parse(used.start).last <= self.as_of
            yield Listed(
                id=used.entity,
                lists=(used.list,),
                program=used.programme,
                perhaps=used.in_force is None,
                start=used.start if begun else "",
            )

    def _listings(self) -> Iterator[ListingUsed]:
        sources = {source.id: source.url for source in self.dossier.sources()}
        for entity_id in sorted(self.entities):
            measures = self.dossier.measures(entity_id)
            stands = standing(measures, self.as_of)
            for measure in measures:
                for name, entry in self.book.lists.items():
                    match = entry.matches(measure)
                    if match is not False and stands[measure.id] is not False:
                        sure = match and stands[measure.id]
                        yield _listing(measure, name, True if sure else None, sources)

    def evidence(self) -> tuple[Evidence, ...]:
        """The claims behind every edge that holds or may hold on the day."""
        sources = {source.id: source for source in self.dossier.sources()}
        return tuple(
            Evidence(
                edge=edge.id,
                claims=claims(edge.claims, sources),
                denials=denials(edge.claims, sources),
            )
            for edge in self.edges
            if holds(edge.start, edge.end, self.as_of) is not Holds.NO
        )

    def warnings(self, listings: Iterable[ListingUsed]) -> Iterator[Warn]:
        """What the store leaves open."""
        entity = self.entities[self.entity_id]
        if any(used.entity == entity.id and used.in_force for used in listings):
            yield Warn(entity=entity.id, code="listed_itself", text="it is on a list itself")
        if entity.kind not in _OWNED:
            text = f"it is of the kind {entity.kind}: rules of ownership are about companies and bodies"
            yield Warn(entity=entity.id, code="not_an_owned_entity", text=text)
        elif not any(edge.target == entity.id and edge.kind == "owns" for edge in self.edges):
            text = "no owner of it is recorded: who owns it is not known"
            yield Warn(entity=entity.id, code="no_owner_recorded", text=text)
        for stake, count in self.parallel:
            yield Warn(
                entity=stake.owned,
                code="parallel_stakes",
                text=f"{count} edges state what this owner holds: they are not summed, and bound it",
                about=(stake.owner,),
            )
        for stake in self.stakes:
            if not stake.start and not stake.end:
                text = "the stake has no date: it is taken to hold on the day"
                yield Warn(
                    entity=stake.owned, code="undated_stake", text=text, about=(stake.owner,)
                )


def _stake(edge: Edge) -> Stake:
    right = edge.properties.get("right", "") or "shares"
    if right not in ("shares", "votes"):
        raise BadInput(f"edge {edge.id}: right {right[:40]!r} is neither shares nor votes")
    return Stake(
        owner=edge.source,
        owned=edge.target,
        pct=edge.share or None,
        pct_min=edge.properties.get("share_min") or None,
        pct_max=edge.properties.get("share_max") or None,
        right="votes" if right == "votes" else "shares",
        contested=edge.contested,
        start=edge.start,
        end=edge.end,
        ref=edge.id,
    )


def _one_band(stakes: list[Stake]) -> Stake:
    """From the least that any report with a figure states, to all of them added."""
    stated = [s for s in stakes if s.pct or s.pct_min]
    ends = [(s, ends_of(s.pct, s.pct_min, s.pct_max)) for s in stakes]
    scale = Scale(text for _, pair in ends for text in ("0", *pair))
    low = min((low for s, (low, _) in ends if s in stated), key=scale.of, default="0")
    high = min(scale.whole, sum(scale.of(high) for _, (_, high) in ends))
    return msgspec.structs.replace(
        stakes[0], pct=None, pct_min=low, pct_max=scale.text(high), start="", end=""
    )


def _listing(
    measure: Measure, name: str, in_force: bool | None, sources: dict[str, str]
) -> ListingUsed:
    cited = (sources.get(claim.source, "") for claim in measure.claims)
    return ListingUsed(
        entity=measure.entity,
        list=name,
        measure=measure.id,
        programme=measure.programme,
        text=measure.text,
        start=measure.start,
        end=measure.end,
        observed_from=measure.observed_from,
        url=measure.url or next(filter(None, cited), ""),
        in_force=in_force,
    )


def _party(entity: Entity) -> ShownParty:
    return ShownParty(
        id=entity.id,
        name=entity.name,
        kind=entity.kind,
        country=entity.country,
        person_basis=entity.person_basis,
    )
