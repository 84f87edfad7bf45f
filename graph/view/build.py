"""The view of a store on a day."""

from collections.abc import Iterable, Iterator, Mapping
from functools import cache

from graph.cost import Costs, default_costs
from graph.known import Known
from graph.listed import restrictions
from graph.model import Measure
from graph.network import Network
from graph.rules import Facts
from graph.store.base import Reader
from graph.view.arcs import StoredArcs
from graph.view.inferred import Inferred
from graph.view.kept import documented_layer, possible_layer, ties_of
from graph.view.names import Places
from graph.view.traits import items_of, traits_of
from graph.view.view import View


def build_view(
    reader: Reader,
    as_of: int,
    known_at: int | None = None,
    contested: bool = False,
    costs: Costs | None = None,
) -> View:
    """The view of a store on the day `as_of`, with what had been published by `known_at`.

    Rules reason from contested claims only when asked to; contested documented hops are there, marked,
    for the question to let in or not. Documented hops are there whatever their dates: a search leaves
    out those that begin after `as_of`; possible hops stand on `as_of` itself.

    Raises:
        BadInput: when the hops are for more than `MOST_FAMILIES` families.
        StoreError: when the store is damaged.
    """
    table = costs or default_costs()
    facts = Facts(reader, as_of, known_at, contested)
    stated = documented_layer(reader, table, known_at)
    of = cache(lambda: ties_of(facts.known, table, stated))
    inferred = possible_layer(facts, table, stated, of)
    items = items_of(inferred.fleets.families, stated.traits, inferred.traits)
    return View(
        revision=reader.revision,
        as_of=as_of,
        known_at=known_at,
        contested=contested,
        costs=table,
        ids=stated.parties.ids,
        number=Places(stated.parties.ids),
        entities=facts.known.entities,
        sources=facts.known.sources,
        sets=sets_of(reader),
        items=items,
        fleet_unknown=inferred.fleets.unknown,
        fleets=inferred.fleets.flown,
        restricted=_Restricted(facts.known, as_of),
        arcs=StoredArcs(table, stated, Inferred(facts, stated.parties, inferred, of)),
        network=Network(
            parties=len(stated.parties.ids),
            layers=(stated.layer, inferred.layer),
            traits=traits_of(items, stated.traits, inferred.traits),
        ),
        never=stated.parties.never,
        ends_only=stated.parties.ends_only,
    )


class _Restricted(Mapping[str, tuple[str, ...]]):
    """What restricts a party on a day, as far as it was known; parties without are not there."""

    def __init__(self, known: Known, day: int) -> None:
        self._known = known
        self._day = day
        self._found: dict[str, tuple[str, ...]] = {}

    def __getitem__(self, entity_id: str) -> tuple[str, ...]:
        if entity_id not in self._found:
            upon = self._known.reader.measures_upon(entity_id)
            self._found[entity_id] = self._restrictions(upon).get(entity_id, ())
        if not self._found[entity_id]:
            raise KeyError(entity_id)
        return self._found[entity_id]

    def __iter__(self) -> Iterator[str]:
        return iter(self._all())

    def __len__(self) -> int:
        return len(self._all())

    def _all(self) -> dict[str, tuple[str, ...]]:
        return self._restrictions(self._known.reader.measures())

    def _restrictions(self, measures: Iterable[Measure]) -> dict[str, tuple[str, ...]]:
        known = self._known
        some = (m for m in measures if known.known_at is None or known.knows(m.claims))
        return restrictions(some, self._day)


def sets_of(reader: Reader) -> dict[str, tuple[str, ...]]:
    """The named sets and their members."""
    found: dict[str, list[str]] = {}
    for member in reader.set_members():
        found.setdefault(member.set, []).append(member.entity)
    return {name: tuple(ids) for name, ids in found.items()}
