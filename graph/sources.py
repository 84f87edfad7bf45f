"""What a case rests on: its sources, what each supports, what was refused and what is contested."""

import msgspec

from graph.model import SUPPORT
from graph.store.base import Load, Reader


class SourceRecord(msgspec.Struct, frozen=True, kw_only=True):
    """A source and how many facts cite it; `sha256` is null where no copy of it was kept."""

    id: str
    publisher: str
    title: str
    url: str
    published: str
    licence: str
    retrieved: str
    sha256: str | None
    entities: int
    edges: int
    claims: int
    measures: int


class RefusedRecord(msgspec.Struct, frozen=True, kw_only=True):
    """A claim that was rejected or qualified, and why."""

    claim: str
    why: str
    url: str


class ContestedRecord(msgspec.Struct, frozen=True, kw_only=True):
    """Something sources disagree on: left out of routes unless asked for."""

    what: str
    says: str
    who: str
    url: str


class Sources(msgspec.Struct, frozen=True, kw_only=True):
    """The answer of `loophole sources`."""

    loads: tuple[Load, ...]
    sources: tuple[SourceRecord, ...]
    refused: tuple[RefusedRecord, ...]
    contested: tuple[ContestedRecord, ...]


def sources(reader: Reader) -> Sources:
    """Everything that can be said of where the facts of a store come from."""
    counts = reader.counts()
    known = {source.id: source for source in reader.sources()}
    urls = {source.id: source.url for source in known.values()}
    return Sources(
        loads=reader.loads(),
        sources=tuple(
            SourceRecord(
                id=source.id,
                publisher=source.publisher,
                title=source.title,
                url=source.url,
                published=source.published,
                licence=source.licence,
                retrieved=source.retrieved,
                sha256=None,  # stores keep addresses and data sets, no copies of documents
                entities=counts.get(source.id, {}).get("entity", 0),
                edges=counts.get(source.id, {}).get("edge", 0),
                claims=counts.get(source.id, {}).get("claim", 0),
                measures=counts.get(source.id, {}).get("measure", 0),
            )
            for source in known.values()
        ),
        refused=tuple(
            RefusedRecord(claim=r.claim, why=r.why, url=urls.get(r.source, ""))
            for r in reader.refusals()
        ),
        contested=(*_edges(reader, urls), *_readings(reader, urls)),
    )


def _edges(reader: Reader, urls: dict[str, str]) -> tuple[ContestedRecord, ...]:
    return tuple(
        ContestedRecord(
            what=f"{edge.source} {edge.kind.replace('_', ' ')} {edge.target}",
            says=claim.note,
            who=claim.status,
            url=urls.get(claim.source, ""),
        )
        for edge in reader.edges()
        if edge.contested
        for claim in edge.claims
        if claim.kind == SUPPORT
    )


def _readings(reader: Reader, urls: dict[str, str]) -> tuple[ContestedRecord, ...]:
    return tuple(
        ContestedRecord(
            what=f"reading of {reading.measure}",
            says=f"{reading.reading} ({reading.weight})",
            who=reading.who,
            url=urls.get(reading.source, ""),
        )
        for reading in reader.readings()
    )
