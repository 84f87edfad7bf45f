"""The shape of an answer about routes: what pages draw, exports write and JSON holds (docs/cli.md)."""

from collections.abc import Iterable

import msgspec

from graph.cited import CAUTION, ClaimRecord, DenialRecord
from graph.model import Entity
from graph.names import caption
from graph.routes.why_none import Relaxed
from graph.verdicts import LayerVerdict


class Hop(msgspec.Struct, frozen=True, kw_only=True, rename={"origin": "from", "target": "to"}):
    """One hop of a route. `order` is proven, unproven, or backwards (only when any order goes).

    `verdicts` are what each layer of law says of the hop; empty when nobody was asked to judge.
    """

    origin: str
    target: str
    kind: str
    edge: str
    basis: str
    rule: str | None
    reason: str
    start: str
    end: str
    goods: str
    hs: str | None
    families: tuple[str, ...]
    certainty: str
    contested: bool
    cost: int
    terms: dict[str, int]
    order: str
    marks: tuple[str, ...]
    also: tuple[str, ...]
    claims: tuple[ClaimRecord, ...]
    denials: tuple[DenialRecord, ...]
    shipment: str | None
    outcome: str | None
    verdicts: tuple[LayerVerdict, ...] = ()


class Party(msgspec.Struct, frozen=True, kw_only=True):
    """A party as it must be shown: a person's status stands with the name. `caption` is short.

    `restricted` names the regimes and layers whose listings or orders were in force on the day.
    """

    id: str
    name: str
    caption: str
    kind: str
    country: str
    role: str
    person_basis: str
    restricted: tuple[str, ...] = ()


def party_of(entity: Entity, restricted: tuple[str, ...]) -> Party:
    """An entity as a party, with what restricts it on the day."""
    return Party(
        id=entity.id,
        name=entity.name,
        caption=caption(entity.name),
        kind=entity.kind,
        country=entity.country,
        role=entity.role,
        person_basis=entity.person_basis,
        restricted=restricted,
    )


class RouteRecord(msgspec.Struct, frozen=True, kw_only=True):
    """One route; `families` are all that could run through it, `family` the one it was priced for.

    `whole_aircraft` tells that an aircraft travels, not parts for one.
    """

    rank: int
    id: str
    basis: str
    chain: str
    family: str | None
    families: tuple[str, ...]
    whole_aircraft: bool
    cost: int
    terms: dict[str, int]
    entities: tuple[str, ...]
    hops: tuple[Hop, ...]
    also_from: tuple[str, ...] = ()
    also_to: tuple[str, ...] = ()


def named(routes: Iterable[RouteRecord]) -> list[str]:
    """The ids of all parties that some routes name, those folded into a line included; sorted."""
    found = {
        entity_id
        for route in routes
        for entity_id in (*route.entities, *route.also_from, *route.also_to)
    }
    return sorted(found)


class Counts(msgspec.Struct, frozen=True):
    """How many of the routes found are of which basis."""

    routes: int
    documented: int
    possible: int


class Answer(msgspec.Struct, frozen=True, kw_only=True):
    """The whole answer.

    Attributes:
        counts: of the routes found, before any folding into lines.
        more: True when `k`, or the cap on routes that folding reads, cut the list.
        truncated: True when the search was stopped before it had seen all, or had not all to see.
        cut: what is said when some of the store around the question was not read; else None.
        why_none: when there is no route, what each constraint taken away alone would give.
        statements: what must be said in words, such as that no shipment is documented.
        no_takers: a sentence for each destination that flies nothing the parts could fit.
        fleet_unknown: airlines whose fleet no source gives: no possible hop starts or ends there.
    """

    question: dict[str, object]
    store: dict[str, object]
    truncated: bool
    explored_to_cost: int | None
    counts: Counts
    more: bool
    routes: tuple[RouteRecord, ...]
    parties: tuple[Party, ...]
    why_none: tuple[Relaxed, ...]
    statements: tuple[str, ...]
    no_takers: tuple[str, ...]
    fleet_unknown: tuple[str, ...]
    note: str = CAUTION
    cut: str | None = None
