"""The days on which something changes for some parties: what law does, who hands over, what begins.

Intervals are half-open, so a measure or a state changes on its end day. A partial date counts on its
first day and is not exact: what it speaks of may have changed on a later day of it.
"""

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain

import msgspec

from graph.classes import classes_over
from graph.dates import parse
from graph.kinds import EDGE_KINDS, ROUTED
from graph.known import Entities
from graph.model import DENIAL, Edge, Measure
from graph.names import caption
from graph.store.base import Reader

LAW, HAND_OVER, STATE = "law", "hand-over", "state"

# What rules for possible hops lean on. Events among them begin and never end.
_LEANED_ON = frozenset(
    (
        *("flies_to", "based_at", "operates", "operates_family"),
        *("holds_certificate_from", "authorised_to_maintain", "maintains"),
        *("owns", "controls", "directs", "common_owner", "related_person"),
        *("affiliated_with", "shares_address", "member_of"),
    )
)
_CHANGING = _LEANED_ON | ROUTED
_BEGINS = {
    "renewed": "is renewed",
    "modified": "is modified",
    "lifted": "is lifted",
    "lapsed": "lapses",
    "kept": "is kept",
    "charged": "is charged",
    "issued": "is issued",
    "appeal dismissed": "stands: the appeal is dismissed",
}
"""How a text that took effect on a day reads, by its action; all others take effect."""
_LONGEST = 70


class Change(msgspec.Struct, frozen=True):
    """One thing that changes on one day.

    Attributes:
        day: the ordinal of the day, the first one of a partial date.
        exact: whether the date behind it is one day.
        entity: whom it is about: the party or class a measure is upon, the source of an edge.
        what: one short sentence.
        kind: law, hand-over or state.
    """

    day: int
    exact: bool
    entity: str
    what: str
    kind: str


def changes(reader: Reader, parties: Iterable[str]) -> tuple[Change, ...]:
    """What changes for some parties, by day.

    Raises:
        NotFound: when the store has no such party.
    """
    wanted = sorted(set(parties))
    entities = Entities(reader)
    classes = classes_over(reader, wanted)
    edges = reader.edges_of(*wanted, kinds=_CHANGING)
    subjects = {*wanted, *(law_class.id for law_class in classes)}
    entities.fetch({*subjects, *(end for edge in edges for end in (edge.source, edge.target))})
    upon: dict[str, list[Measure]] = {}
    for measure in reader.measures_upon(*subjects):
        upon.setdefault(measure.entity, []).append(measure)
    of_law = (_of_law(entities[subject].name, of_one) for subject, of_one in upon.items())
    of_edges = (_of_edge(entities, edge) for edge in edges)
    found = {*chain.from_iterable(of_law), *chain.from_iterable(of_edges)}
    return tuple(sorted(found, key=lambda c: (c.day, c.kind, c.entity, c.what)))


def _of_law(name: str, measures: Sequence[Measure]) -> Iterator[Change]:
    """What measures upon one party or class change."""
    upon, subject = caption(name), measures[0].entity
    for measure in measures:
        law = _law(measure)
        if measure.start:
            does = _BEGINS.get(measure.action, "takes effect")
            yield _change(measure.start, subject, f"{law} {does} for {upon}", LAW)
        elif measure.observed_from and not _began(measures, measure):
            seen = _change(measure.observed_from, subject, f"{law} is first seen upon {upon}", LAW)
            yield msgspec.structs.replace(seen, exact=False)  # it began some day before
        if measure.end and not _told(measures, measure):
            yield _change(measure.end, subject, f"{law} ends for {upon}", LAW)


def _law(measure: Measure) -> str:
    """A measure in a few words: whose law, which layer, which programme, which text."""
    words = " · ".join(dict.fromkeys((measure.regime, measure.layer, measure.programme)))
    text = f" ({measure.text})" if measure.text else ""
    whole = words.removesuffix(" · ") + text
    return whole if len(whole) <= _LONGEST else whole[: _LONGEST - 1].rstrip() + "…"


def _same_line(one: Measure, other: Measure) -> bool:
    return (one.regime, one.layer, one.programme) == (other.regime, other.layer, other.programme)


def _began(measures: Sequence[Measure], seen: Measure) -> bool:
    """Whether a dated row of the same programme tells when what was seen on a list began."""
    return any(
        _same_line(other, seen)
        and other.start
        and parse(other.start).first <= parse(seen.observed_from).first
        for other in measures
    )


def _told(measures: Sequence[Measure], ended: Measure) -> bool:
    """Whether another row of the same programme says what happened on the end day.

    A renewal without a gap ends nothing, and a lifting is one change, not two.
    """
    return any(_same_line(other, ended) and other.start == ended.end for other in measures)


def _of_edge(entities: Entities, edge: Edge) -> Iterator[Change]:
    kind = EDGE_KINDS[edge.kind]
    says = _says(entities, edge)
    if kind.event:
        if edge.start:
            what = f"{says}: could first have happened{_doubts(edge)}"
            yield _change(edge.start, edge.source, what, HAND_OVER if kind.routed else STATE)
        return
    # A picture of a fleet holds from its day on until a newer one: it begins and never ends.
    begins = "pictured" if edge.kind == "operates_family" else "starts"
    for date, happens in ((edge.start, begins), (edge.end, "ends")):
        if date:
            yield _change(date, edge.source, f"{says}: {happens}{_doubts(edge)}", STATE)


def _says(entities: Entities, edge: Edge) -> str:
    source, target = (caption(entities[end].name) for end in (edge.source, edge.target))
    if edge.kind == "operates_family":
        stored = ", not in service" if edge.properties.get("in_service") == "no" else ""
        counted = f"{edge.properties.get('count', '')} {target}".strip()
        return f"{source}, fleet of {counted}{stored}"
    goods = f", {edge.goods}" if edge.goods and EDGE_KINDS[edge.kind].routed else ""
    return f"{source} {edge.kind.replace('_', ' ')} {target}{goods}"


def _doubts(edge: Edge) -> str:
    """What must stand beside the statement: how it ended, that it is contested or denied."""
    denials = {f"{c.party} {c.stance}" for c in edge.claims if c.kind == DENIAL}
    doubts = (
        edge.outcome if edge.outcome not in ("", "delivered", "unknown") else "",
        "contested" if edge.contested else "",
        *sorted(denials),
    )
    said = ", ".join(filter(None, doubts))
    return f" ({said})" if said else ""


def _change(date: str, entity: str, what: str, kind: str) -> Change:
    span = parse(date)
    return Change(span.first, span.exact, entity, what, kind)
