"""The records that loaders emit and stores keep: frozen structs, no input or output.

Every fact carries claims: one source's statement behind an entity, an edge or a measure. A field
that is unknown is the empty string, never a guess.
"""

import hashlib
from collections.abc import Iterable

import msgspec

SUPPORT = "supports"
DENIAL = "denial"
ORIGIN = "origin"


class Source(msgspec.Struct, frozen=True, kw_only=True):
    """A document or data file that claims cite. `published` is a partial date, or empty."""

    id: str
    title: str = ""
    publisher: str = ""
    url: str = ""
    published: str = ""
    licence: str = ""
    retrieved: str = ""


class Claim(msgspec.Struct, frozen=True, kw_only=True):
    """One source's statement.

    Attributes:
        kind: `supports`; `denial` (a party's own account against it); `origin` (the maker named
            on the goods, which says nothing of who sold them).
        party: who speaks, for a denial.
        stance: for a denial: denies, disputes, explains or not accused.
        property: the property the claim is about; empty for the whole fact.
        locator: where in the source, or in which row of a table.
    """

    id: str
    source: str
    kind: str = SUPPORT
    status: str = ""
    certainty: str = ""
    note: str = ""
    party: str = ""
    stance: str = ""
    property: str = ""
    locator: str = ""


class Identifier(msgspec.Struct, frozen=True, order=True):
    """A registry number or code with its scheme, as in `ICAO:BRU`."""

    scheme: str
    value: str


class Entity(msgspec.Struct, frozen=True, kw_only=True):
    """A person, company, airline, public body, aircraft, airport, place or aircraft family.

    Attributes:
        country: ISO 3166-1 alpha-2 code of establishment, or empty.
        person_basis: for a person, why it is here: charge, plea, conviction, designation, office.
        shipment: for an unnamed party, the one shipment it belongs to.
    """

    id: str
    kind: str
    name: str
    country: str = ""
    aliases: tuple[str, ...] = ()
    identifiers: tuple[Identifier, ...] = ()
    role: str = ""
    person_basis: str = ""
    shipment: str = ""
    properties: dict[str, str] = {}
    claims: tuple[Claim, ...] = ()


class Edge(msgspec.Struct, frozen=True, kw_only=True):
    """A dated relation between two entities.

    Attributes:
        start, end: partial dates; an event's span or a state's half-open interval.
        hs: Harmonized System code of the goods, or empty.
        families: aircraft families the goods are for, when the source says so.
        basis: `documented`, or `stated-in-part` where the source leaves an end or the order open.
        outcome: delivered, attempted, detained, seized, unknown; empty for what is no shipment.
        share: a percentage as written (exact decimal), empty when unknown.
    """

    id: str
    kind: str
    source: str
    target: str
    start: str = ""
    end: str = ""
    goods: str = ""
    hs: str = ""
    families: tuple[str, ...] = ()
    basis: str = ""
    outcome: str = ""
    shipment: str = ""
    share: str = ""
    properties: dict[str, str] = {}
    claims: tuple[Claim, ...] = ()

    @property
    def contested(self) -> bool:
        """True when any supporting claim is contested."""
        return any(c.certainty == "contested" for c in self.claims if c.kind == SUPPORT)


class Measure(msgspec.Struct, frozen=True, kw_only=True):
    """A dated rule of law upon an entity or a class: listing, goods rule, party order, authorisation.

    `action` is what the text did: imposed, renewed, lifted, licence …; `observed_from` and
    `observed_to` are the days of the lists in which an undated entry was seen.
    """

    id: str
    entity: str
    regime: str
    layer: str
    kind: str
    programme: str = ""
    text: str = ""
    action: str = ""
    start: str = ""
    end: str = ""
    scope: str = ""
    url: str = ""
    observed_from: str = ""
    observed_to: str = ""
    properties: dict[str, str] = {}
    claims: tuple[Claim, ...] = ()


class SetMember(msgspec.Struct, frozen=True, kw_only=True):
    """Membership of an entity in a named set, with the reason."""

    set: str
    entity: str
    why: str


class Refusal(msgspec.Struct, frozen=True, kw_only=True):
    """A claim that was rejected or qualified, and why."""

    claim: str
    why: str
    source: str = ""


class Reading(msgspec.Struct, frozen=True, kw_only=True):
    """One of several readings of a contested measure, who holds it, and its weight."""

    measure: str
    reading: str
    who: str
    weight: str
    source: str = ""


Record = Source | Entity | Edge | Measure | SetMember | Refusal | Reading


def digest(parts: Iterable[str], size: int = 12) -> str:
    """A short stable hash of text parts (first `size` hex digits of SHA-256)."""
    return hashlib.sha256("\x1f".join(parts).encode()).hexdigest()[:size]


def edge_id(kind: str, source: str, target: str, start: str, goods: str) -> str:
    """The id of an edge: the same in every load and every store."""
    return f"{kind}:{digest((source, target, start, goods))}"
