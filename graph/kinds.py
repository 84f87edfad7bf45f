"""The kinds of entities and edges: names, direction, what they carry.

`ROUTED` kinds carry goods from source to target and are the documented hops of a route. All others
stand beside a route as evidence and are never one of its hops.
"""

import enum

import msgspec


class EntityKind(enum.StrEnum):
    """What an entity is. The value is the word used in tables and JSON."""

    AIRLINE = "Airline"
    COMPANY = "Company"
    MANUFACTURER = "Manufacturer"
    MRO = "MRO"
    PUBLIC_BODY = "PublicBody"
    PERSON = "Person"
    GROUP = "Group"
    AIRCRAFT = "Aircraft"
    AIRCRAFT_FAMILY = "AircraftFamily"
    AIRPORT = "Airport"
    PLACE = "Place"
    COUNTRY = "Country"
    TERRITORY = "Territory"
    UNNAMED = "Unnamed"


COMPANIES = frozenset(
    {EntityKind.AIRLINE, EntityKind.COMPANY, EntityKind.MANUFACTURER, EntityKind.MRO}
)
NEVER_ON_A_ROUTE = frozenset(
    {
        EntityKind.PERSON,
        EntityKind.AIRCRAFT,
        EntityKind.AIRCRAFT_FAMILY,
        EntityKind.AIRPORT,
        EntityKind.PLACE,
        EntityKind.COUNTRY,
        EntityKind.TERRITORY,
    }
)
ENDS_ONLY = frozenset({EntityKind.PUBLIC_BODY})


class EdgeKind(msgspec.Struct, frozen=True):
    """One kind of edge.

    Attributes:
        name: the word used in tables and JSON.
        family: goods, ownership, control, group, operation, service, law, contact or place.
        event: True for something that happened within a span, False for a state with an interval.
        routed: True when goods travel on it from source to target.
        symmetric: True when source and target may be swapped.
        says: how the edge reads, and what it does not show.
    """

    name: str
    family: str
    event: bool
    says: str
    routed: bool = False
    symmetric: bool = False


EDGE_KINDS: dict[str, EdgeKind] = {
    kind.name: kind
    for kind in (
        EdgeKind(
            "supplies",
            "goods",
            True,
            "hand-overs from seller to buyer within a period",
            routed=True,
        ),
        EdgeKind(
            "ships_to",
            "goods",
            True,
            "physical consignment from sender to receiver",
            routed=True,
        ),
        EdgeKind(
            "transfers_aircraft",
            "goods",
            True,
            "whole aircraft change hands",
            routed=True,
        ),
        EdgeKind(
            "transports_for",
            "goods",
            True,
            "the carrier brings goods to the target; it is not the seller",
            routed=True,
        ),
        EdgeKind(
            "buys_for", "goods", True, "buyer of record to the party it buys for", routed=True
        ),
        EdgeKind(
            "origin_of_goods",
            "goods",
            False,
            "maker named on the goods: says nothing of who sold them",
        ),
        EdgeKind(
            "owns",
            "ownership",
            False,
            "owner to what it owns; an empty share is unknown",
        ),
        EdgeKind(
            "common_owner",
            "ownership",
            False,
            "same owners, not named by the source",
            symmetric=True,
        ),
        EdgeKind("controls", "control", False, "as found by the authority named"),
        EdgeKind("directs", "control", False, "office held by a person"),
        EdgeKind(
            "affiliated_with",
            "control",
            False,
            "tie stated, share or control not",
            symmetric=True,
        ),
        EdgeKind(
            "related_person",
            "control",
            False,
            "finding of the authority in a denial order, not a share",
            symmetric=True,
        ),
        EdgeKind(
            "member_of_group",
            "group",
            False,
            "reported together; members are never made into pairs",
        ),
        EdgeKind("leases_to", "operation", False, "lessor to operator"),
        EdgeKind("operates", "operation", False, "operator to aircraft"),
        EdgeKind(
            "flies_to",
            "operation",
            False,
            "carrier to airport or city; undated: a service that existed once",
        ),
        EdgeKind("based_at", "operation", False, "carrier to airport: base, hub or headquarters"),
        EdgeKind(
            "operates_family",
            "operation",
            False,
            "carrier to aircraft family: a dated picture of its fleet",
        ),
        EdgeKind("trains_crew", "service", False, "trainer to trained carrier"),
        EdgeKind(
            "authorised_to_maintain",
            "service",
            False,
            "capacity under a certificate, not an act",
        ),
        EdgeKind(
            "holds_certificate_from",
            "law",
            False,
            "holder of a maintenance certificate to the authority that issued it",
        ),
        EdgeKind(
            "lists_as_customer",
            "service",
            False,
            "self-description on a web site; no delivery shown",
        ),
        EdgeKind("brokers_for", "service", False, "person or firm acting for the target"),
        EdgeKind(
            "maintains",
            "service",
            True,
            "maintenance work done or reported; no part is shown to have been fitted",
        ),
        EdgeKind("makes_part_for", "service", False, "maker of a part for an aircraft family"),
        EdgeKind("makes_engine_for", "service", False, "maker of an engine for an aircraft family"),
        EdgeKind("makes_aircraft", "service", False, "airframer of an aircraft family"),
        EdgeKind("distributes_parts_for", "service", False, "distributor of parts for a family"),
        EdgeKind("teardown_of", "service", False, "sells used parts of a family"),
        EdgeKind("maintains_family", "service", False, "maintains a family; no certificate"),
        EdgeKind("leases_family", "operation", False, "leases aircraft of a family"),
        EdgeKind("regulates", "law", False, "supervising authority"),
        EdgeKind("lists", "law", True, "authority to listed party; the measure carries the dates"),
        EdgeKind("restricts", "law", True, "authority to restricted party"),
        EdgeKind("authorises", "law", True, "licence or letter"),
        EdgeKind("delists", "law", True, "ends a listing; never erases it"),
        EdgeKind("shares_address", "contact", False, "address equality only", symmetric=True),
        EdgeKind("partners_with", "contact", False, "tie stated, no delivery", symmetric=True),
        EdgeKind("offers_to", "contact", True, "offer made, no delivery"),
        EdgeKind("approached_by", "contact", True, "source was approached by target; no delivery"),
        EdgeKind("negotiates_with", "contact", True, "talks reported", symmetric=True),
        EdgeKind("warns_of_refusal", "contact", True, "service provider to carrier"),
        EdgeKind("located_in", "place", False, "airport to the city it lies in"),
        EdgeKind("member_of", "place", False, "country to customs territory"),
    )
}

ROUTED = frozenset(name for name, kind in EDGE_KINDS.items() if kind.routed)
CAPABILITIES = (
    "makes_aircraft",
    "makes_engine_for",
    "makes_part_for",
    "distributes_parts_for",
    "teardown_of",
)
"""What a supplier can do for a family, the airframer first: feeds the supply rule."""

CERTAINTIES = ("high", "medium", "low", "contested")
STATUSES = (
    "court-convicted",
    "official-order",
    "official-listing",
    "court-charged",
    "court-alleged",
    "company-published",
    "press-reported",
    "own-research",
)
OUTCOMES = ("delivered", "attempted", "detained", "seized", "unknown")
