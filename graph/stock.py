"""What a store holds, in numbers, and how fresh it is."""

import msgspec

from graph.sources import Sources
from graph.store.base import Load, Reader


class Stock(msgspec.Struct, frozen=True, kw_only=True):
    """Counts of what is loaded; `oldest` and `newest` are the dates of its dated sources."""

    loads: tuple[Load, ...]
    entities: int
    edges: int
    claims: int
    measures: int
    sources: int
    undated: int
    oldest: str
    newest: str
    contested: int
    refused: int


def stock(reader: Reader, listed: Sources) -> Stock:
    """The numbers of a store; `listed` is what it rests on."""
    entities = [len(entity.claims) for entity in reader.entities()]
    edges = [len(edge.claims) for edge in reader.edges()]
    measures = [len(measure.claims) for measure in reader.measures()]
    published = sorted(source.published for source in listed.sources if source.published)
    return Stock(
        loads=listed.loads,
        entities=len(entities),
        edges=len(edges),
        claims=sum(entities) + sum(edges) + sum(measures),
        measures=len(measures),
        sources=len(listed.sources),
        undated=len(listed.sources) - len(published),
        oldest=published[0] if published else "",
        newest=published[-1] if published else "",
        contested=len(listed.contested),
        refused=len(listed.refused),
    )
