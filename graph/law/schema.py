"""The shape of law as data: what an entry of `data/regimes/*.yml` may say.

msgspec refuses an unknown key, a wrong type and a word outside a vocabulary. What a whole file may
say is in `files.py`.
"""

from typing import Literal

import msgspec

Status = Literal["in_force", "suspended", "scheduled_unverified", "superseded", "lapsed"]
Activity = Literal["supply", "flight", "service", "finance", "insurance", "unblocking"]
Confidence = Literal["high", "medium", "low"]

ACTIVITIES: tuple[Activity, ...] = (
    *("supply", "flight", "service"),
    *("finance", "insurance", "unblocking"),
)


class Strict(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A key that is not known is a mistake, never passed over."""


class GoodsSelector(Strict, frozen=True, kw_only=True):
    """Goods by code: any one of the lists is enough.

    Attributes:
        hs: Harmonized System codes by prefix, of the edition named.
        hs_part: codes listed only in part ("ex"): whether given goods are in that part is unknown.
        eccn: entries of the Commerce Control List by prefix; `EAR99` for what is on none.
        none: the transaction moves no goods.
    """

    hs: tuple[str, ...] = ()
    hs_part: tuple[str, ...] = ()
    edition: str = "2022"
    eccn: tuple[str, ...] = ()
    none: bool = False


class AircraftSelector(Strict, frozen=True, kw_only=True):
    """Aircraft by id, by family, or as named in a text whose list of names was not found."""

    ids: tuple[str, ...] = ()
    families: tuple[str, ...] = ()
    named: bool = False


class Scope(Strict, frozen=True, kw_only=True):
    """What a rule reaches: all that is given must hold; what is not given does not matter.

    Countries are ISO 3166-1 codes or groups of `groups.yml`; parties are ids or classes of law.

    Attributes:
        destinations: where the goods go, or the aircraft flies.
        origins: where they leave from.
        transit: countries passed on the way.
        overland: for a route that is not known: the destinations to which it may pass there.
        buyers: who receives the goods or operates the aircraft.
        subject_to_ear: whether the goods are subject to the EAR.
    """

    activities: tuple[Activity, ...] = ()
    goods: GoodsSelector | None = None
    destinations: tuple[str, ...] = ()
    origins: tuple[str, ...] = ()
    transit: tuple[str, ...] = ()
    overland: tuple[str, ...] = ()
    buyers: tuple[str, ...] = ()
    aircraft: AircraftSelector | None = None
    purposes: tuple[str, ...] = ()
    subject_to_ear: bool | None = None


class Lists(Strict, frozen=True, kw_only=True):
    """Listings and orders upon parties, which the store holds: who is on them, from when.

    Attributes:
        layer, kinds, programmes: of the measures meant.
        texts: only measures whose text names one of these; a measure without a text is unknown.
        roles: whose listing counts.
        some_aircraft: the entry of a party is about some of its aircraft, not named.
        term_days: an order without an end runs so long from its last text, and is unknown after it.
        longer: other terms, by id of the text.
        ownership: the rule of `ownership.yml` by which those owned by listed parties are reached.
    """

    layer: str
    kinds: tuple[Literal["listing", "party-order"], ...]
    programmes: tuple[str, ...] = ()
    texts: tuple[str, ...] = ()
    roles: tuple[Literal["seller", "buyer", "other", "aircraft"], ...] = (
        *("seller", "buyer"),
        *("other", "aircraft"),
    )
    some_aircraft: bool = False
    term_days: int = 0
    longer: dict[str, int] = {}
    ownership: str = ""


class Reading(Strict, frozen=True, kw_only=True):
    """One reading of a contested text, and what the text reaches when read so."""

    id: str
    says: str
    who: str
    url: str
    when: Scope


class CarveOut(Strict, frozen=True, kw_only=True, rename={"start": "from", "end": "to"}):
    """What an authorisation takes back out."""

    id: str
    text: str
    url: str
    when: Scope
    start: str = ""
    end: str = ""
    says: str = ""
    upon: tuple[str, ...] = ()
    citation: str = ""
    basis: str = ""
    certainty: str = ""


class Entry(
    Strict,
    frozen=True,
    kw_only=True,
    tag_field="kind",
    rename={"start": "from", "end": "to"},
):
    """What every rule says of itself.

    Attributes:
        title: what it does, in a line.
        text: the act and article; `url` where it or a report of it was read.
        start, end: half-open, partial dates, by the rule's own text; publication is `published`.
        doubt_until: the day up to which it may still have been in force, where the end is unsure.
        status: as found at the last review.
        binds: who must obey.
        read: whether the text itself settles it; where it decides unread, the answer is unknown.
        also: ids of the research rows that were merged into it.
        upon, programme, action, scope, citation, basis: how the store shows it, see
            `loaders/case/law.py`.
        conditions: what goes with it and is not judged.
    """

    id: str
    layer: str
    title: str
    text: str
    url: str
    status: Status
    confidence: Confidence
    last_reviewed: str
    start: str = ""
    end: str = ""
    doubt_until: str = ""
    published: str = ""
    binds: str = ""
    read: bool = True
    note: str = ""
    conditions: tuple[str, ...] = ()
    also: tuple[str, ...] = ()
    upon: tuple[str, ...] = ()
    programme: str = ""
    action: str = ""
    citation: str = ""
    basis: str = ""


class Prohibition(Entry, frozen=True, kw_only=True, tag="prohibition"):
    """A rule that forbids without a licence: upon goods, or upon parties of a list."""

    when: Scope = Scope()
    lists: Lists | None = None
    readings: tuple[Reading, ...] = ()


class Authorisation(Entry, frozen=True, kw_only=True, tag="authorisation"):
    """A licence, letter or exception: it lifts prohibitions of its own layer.

    Attributes:
        beneficiaries: for whose dealings it is; all when empty.
        owned: whether parties they own are beneficiaries too.
        lifts: ids of prohibitions; all of the layer when empty.
    """

    when: Scope = Scope()
    beneficiaries: tuple[str, ...] = ()
    owned: bool = False
    lifts: tuple[str, ...] = ()
    carve_outs: tuple[CarveOut, ...] = ()
    readings: tuple[Reading, ...] = ()


class Duty(Entry, frozen=True, kw_only=True, tag="duty"):
    """A duty that goes with a lawful deal: told as a condition, never a verdict."""

    when: Scope = Scope()


class Record(Entry, frozen=True, kw_only=True, tag="record"):
    """A text that is on record and judged by no rule here, with the reason in its note."""


Rule = Prohibition | Authorisation | Duty | Record
