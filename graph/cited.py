"""Claims and denials as answers show them: each with the source it cites."""

from collections.abc import Iterable, Mapping

import msgspec

from graph.model import DENIAL, Claim, Source

CAUTION = (
    "A lead, not proof. Documented hops are what a source states; possible hops are what this "
    "program infers and nobody reports."
)


class ClaimRecord(msgspec.Struct, frozen=True, kw_only=True):
    """One claim with the source it cites."""

    id: str
    source: str
    kind: str
    url: str
    title: str
    publisher: str
    published: str
    status: str
    certainty: str
    note: str


class DenialRecord(msgspec.Struct, frozen=True, kw_only=True):
    """What a party says against a claim, or of itself."""

    party: str
    kind: str
    statement: str
    url: str


def claims(given: Iterable[Claim], sources: Mapping[str, Source]) -> tuple[ClaimRecord, ...]:
    """The claims that are no denials."""
    unknown = Source(id="")
    return tuple(
        ClaimRecord(
            id=claim.id,
            source=claim.source,
            kind=claim.kind,
            url=(source := sources.get(claim.source, unknown)).url,
            title=source.title,
            publisher=source.publisher,
            published=source.published,
            status=claim.status,
            certainty=claim.certainty,
            note=claim.note,
        )
        for claim in given
        if claim.kind != DENIAL
    )


def denials(given: Iterable[Claim], sources: Mapping[str, Source]) -> tuple[DenialRecord, ...]:
    """The denials among claims: counted apart, shown beside."""
    unknown = Source(id="")
    return tuple(
        DenialRecord(
            party=claim.party,
            kind=claim.stance,
            statement=claim.note,
            url=sources.get(claim.source, unknown).url,
        )
        for claim in given
        if claim.kind == DENIAL
    )
