"""Shipments as hand-overs from party to party, the relations that restate them, and denials."""

import msgspec

from graph.exc import BadInput
from graph.kinds import EDGE_KINDS
from graph.model import DENIAL, ORIGIN, Claim
from graph.names import caption
from loaders.case.builder import Builder
from loaders.tables import Row

SUMMARY = "summary"
_WHOLE_AIRCRAFT = "8802"
_LEG_PROPERTIES = ("seq", "role_from", "role_to", "declared_destination", "actual_destination")
_SHIPMENT_PROPERTIES = ("route", "quantity", "value", "currency", "hs_basis", "final_user")


def add(build: Builder) -> None:
    """Legs first, then what restates them, then all other relations, then denials."""
    relations = list(build.rows("relations", "source", "target", "kind"))
    _legs(build, _kinds_of_legs(build, relations))
    for row in relations:
        _relation(build, row)
    _denials(build)


def _kinds_of_legs(build: Builder, relations: list[Row]) -> dict[str, str]:
    """The kind of the relation a leg repeats, by leg id."""
    kinds: dict[str, str] = {}
    for row in relations:
        if row["kind"] not in EDGE_KINDS:
            raise BadInput(f"{row.where}: {row['kind']!r} is no kind of edge")
        if row["restates"]:
            kinds.setdefault(row["restates"], row["kind"])
    return kinds


def _legs(build: Builder, kinds: dict[str, str]) -> None:
    shipments = {row["id"]: row for row in build.rows("shipments", "id")}
    for row in build.rows("legs", "id", "shipment", "from", "to"):
        shipment = shipments.get(row["shipment"])
        if shipment is None:
            raise BadInput(f"{row.where}: {row['shipment']!r} is no shipment of the case")
        properties = {key: row[key] for key in (*_LEG_PROPERTIES, "via_countries") if row[key]}
        properties |= {f"shipment_{k}": shipment[k] for k in _SHIPMENT_PROPERTIES if shipment[k]}
        notes = dict.fromkeys(filter(None, (row["note"], shipment["note"])))
        edge = build.add_edge(
            row,
            kinds.get(row["id"]) or _kind(row),
            row["from"],
            row["to"],
            start=row["start"],
            end=row["end"],
            goods=row["goods"],
            hs=row["hs"],
            basis=row["basis"],
            outcome=row["outcome"],
            shipment=row["shipment"],
            properties=properties,
            claims=(_claim_of_leg(build, row, shipment, "; ".join(notes)),),
        )
        build.legs[row["id"]] = edge
        build.shipments[row["shipment"]].append(edge)


def _claim_of_leg(build: Builder, leg: Row, shipment: Row, note: str) -> Claim:
    """The shipment's claim; a leg that is surer or less sure than the whole says so itself."""
    claim = build.claim(shipment, note=note)
    if leg["certainty"]:
        claim = msgspec.structs.replace(claim, certainty=leg["certainty"])
    return claim


def _kind(row: Row) -> str:
    if row["role_from"] == "carrier":
        return "transports_for"
    return "transfers_aircraft" if row["hs"].startswith(_WHOLE_AIRCRAFT) else "supplies"


def _relation(build: Builder, row: Row) -> None:
    restated = row["restates"]
    if restated in build.measures:
        build.annotate_measure(restated, build.claim(row))
    elif restated in build.legs:
        build.annotate_edge(build.legs[restated], _claim(build, row))
    elif restated in build.shipments:
        for edge in build.shipments[restated]:
            build.annotate_edge(edge, _summary(build, row))
    elif restated:
        raise BadInput(f"{row.where}: {restated!r} is no leg, shipment or measure of the case")
    else:
        build.add_edge(
            row,
            row["kind"],
            row["source"],
            row["target"],
            start=row["start"],
            end=row["end"],
            goods=row["goods"],
            hs=row["hs"],
            families=row.texts("family"),
            share=row["share"],
            properties={k: row[k] for k in ("quantity", "value", "currency") if row[k]},
            claims=(_claim(build, row),),
        )


def _claim(build: Builder, row: Row) -> Claim:
    stated = " ".join(filter(None, (row["quantity"], row["value"], row["currency"])))
    note = "; ".join(filter(None, (row["note"], stated and f"stated: {stated}")))
    return build.claim(row, note=note)


def _summary(build: Builder, row: Row) -> Claim:
    """A relation whose ends are not those of one leg: it sums up the whole shipment."""
    source, target = _called(build, row["source"]), _called(build, row["target"])
    goods = row["goods"] or "goods"
    if row["kind"] == "origin_of_goods":
        note = f"{source} is the maker named on goods for {target}: {goods}; {row['note']}"
        return build.claim(row, kind=ORIGIN, party=row["source"], note=note)
    says = f"{row['kind'].replace('_', ' ')}, {source} → {target}: {goods}"
    return build.claim(row, note=f"sums up the shipment ({says}); {row['note']}", property=SUMMARY)


def _called(build: Builder, party: str) -> str:
    """What to call a party in a sentence; its id where the case has no such entity."""
    return caption(build.entities[party].name) if party in build.entities else party


def _denials(build: Builder) -> None:
    """A denial stands beside its party, and beside every edge of the shipment it is about."""
    for row in build.rows("denials", "party", "about", "statement"):
        if row["party"] not in build.entities:
            raise BadInput(f"{row.where}: {row['party']!r} is no entity of the case")
        if row["about"] != "*" and row["about"] not in build.shipments:
            raise BadInput(f"{row.where}: {row['about']!r} is no shipment of the case")
        claim = build.cite(
            row,
            row["citation"],
            kind=DENIAL,
            note=row["statement"],
            party=row["party"],
            stance=row["kind"],
            property=row["about"],
        )
        build.annotate_entity(row["party"], claim)
        for edge in build.shipments.get(row["about"], ()):
            build.annotate_edge(edge, claim)
