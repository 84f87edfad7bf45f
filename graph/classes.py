"""Classes of law: measures may be upon a class, such as all Belarusian carriers, not upon a name.

Who is in a class is never a list of pairs. It is decided by kind and country, as `classes.csv` of the
case says of each class; a class without `member_kinds` holds nobody.
"""

from collections.abc import Iterable, Sequence

from graph.kinds import EntityKind
from graph.model import Entity
from graph.store.base import Reader

MEMBER_KINDS = "member_kinds"


def holds_member(law_class: Entity, entity: Entity) -> bool:
    """Whether a class holds an entity: one of its kinds, of its country.

    The country of an aircraft is that of its registration mark.
    """
    kinds = law_class.properties.get(MEMBER_KINDS, "").casefold().split(";")
    alike = entity.kind.casefold() in (kind.strip() for kind in kinds)
    return alike and bool(entity.country) and entity.country == law_class.country


def classes_over(reader: Reader, parties: Iterable[str]) -> tuple[Entity, ...]:
    """The classes that hold one of the parties, or an aircraft that one of them operates, by id.

    A rule upon the aircraft of a country is a rule upon those who fly them.

    Raises:
        NotFound: when the store has no such party.
    """
    members = _with_aircraft(reader, sorted(set(parties)))
    return tuple(
        law_class
        for law_class in reader.entities((EntityKind.GROUP,))
        if any(holds_member(law_class, member) for member in members)
    )


def _with_aircraft(reader: Reader, parties: Sequence[str]) -> list[Entity]:
    operated = reader.edges_of(*parties, kinds=("operates",), end="source")
    flown = (edge.target for edge in operated)
    found = {entity.id: entity for entity in reader.entities(ids={*parties, *flown})}
    for missing in set(parties) - found.keys():
        reader.entity(missing)  # raises
    return list(found.values())
