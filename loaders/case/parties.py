"""Sources, parties, aircraft, places, families and named sets."""

from graph.exc import BadInput
from graph.identifiers import parse_identifiers, tail
from graph.kinds import EntityKind
from graph.model import Entity, Identifier, Refusal, SetMember, Source
from loaders.case.builder import Builder
from loaders.tables import Row

_FAMILY_OF_OTHER_TYPES = "OTHER"


def add(build: Builder) -> None:
    """Everything that later tables refer to."""
    _sources(build)
    _entities(build)
    _airports(build)
    _families(build)
    _aircraft(build)
    _unnamed(build)
    _territories(build)
    _classes(build)
    _sets(build)
    _refused(build)


def _sources(build: Builder) -> None:
    for row in build.rows("sources", "id"):
        build.dates(row, "published", "retrieved")
        if row["id"] in build.sources:
            raise BadInput(f"{row.where}: id {row['id']!r} stands twice")
        build.sources[row["id"]] = Source(**row)


def _entities(build: Builder) -> None:
    for row in build.rows("entities", "id", "kind", "name"):
        _check_kind(row)
        build.add_entity(
            row,
            Entity(
                id=row["id"],
                kind=row["kind"],
                name=row["name"],
                country=row["country"],
                aliases=row.texts("aliases"),
                identifiers=parse_identifiers(row["identifiers"]),
                role=row["role"],
                person_basis=row["person_basis"],
                properties={"note": row["note"]} if row["note"] else {},
                claims=(build.claim(row),),
            ),
        )


def _check_kind(row: Row) -> None:
    if row["kind"] not in set(EntityKind):
        raise BadInput(f"{row.where}: {row['kind']!r} is no kind of entity")
    if row["kind"] == EntityKind.PERSON and not row["person_basis"]:
        raise BadInput(
            f"{row.where}: person {row['id']!r} has no person_basis: a person enters only with a "
            "charge, plea, conviction, designation or public office"
        )


def _airports(build: Builder) -> None:
    for row in build.rows("airports", "id"):
        build.annotate_entity(
            row["id"],
            build.claim(row, property="place"),
            city=row["city"],
            latitude=row["latitude"],
            longitude=row["longitude"],
        )
    for row in build.rows("places", "airport", "place"):
        where = [c for c in build.entities[row["airport"]].claims if c.property == "place"]
        build.add_edge(row, "located_in", row["airport"], row["place"], claims=tuple(where))


def _families(build: Builder) -> None:
    for row in build.rows("families", "id"):
        family = row["id"]
        build.aircraft_families |= dict.fromkeys(row.texts("type_icao"), family)
        if family not in build.entities:
            build.add_entity(
                row,
                Entity(id=family, kind=EntityKind.AIRCRAFT_FAMILY, name=family, role=row["note"]),
            )
        if not row["citation"]:  # a family of the list that no source was read for: no edge
            continue
        build.annotate_entity(family, build.claim(row))
        if row["airframer"]:
            build.add_edge(
                row,
                "makes_aircraft",
                row["airframer"],
                family,
                goods="the aircraft itself",
                claims=(build.claim(row),),
            )


def _aircraft(build: Builder) -> None:
    for row in build.rows("aircraft", "id"):
        family = build.aircraft_families.get(row["type_icao"], _FAMILY_OF_OTHER_TYPES)
        marks = (
            (tail.SCHEME, row["registration"]),
            ("MSN", row["msn"]),
            ("ICAO24", row["icao24"]),
        )
        kept = (
            "type_icao",
            "model",
            "msn",
            "year_built",
            "owner_or_lessor",
            "status_of_aircraft",
            "bis_listed",
            "ofac_blocked",
        )
        build.add_entity(
            row,
            Entity(
                id=row["id"],
                kind=EntityKind.AIRCRAFT,
                name=row["registration"] or row["id"],
                country=tail.country(row["registration"]) or "",
                identifiers=tuple(Identifier(scheme, value) for scheme, value in marks if value),
                role=row["model"] or row["type_icao"],
                properties={"family": family} | {key: row[key] for key in kept if row[key]},
                claims=(build.claim(row),),
            ),
        )
        if row["operator"]:
            build.add_edge(
                row,
                "operates",
                row["operator"],
                row["id"],
                start=row["start"],
                end=row["end"],
                claims=(build.claim(row),),
            )


def _unnamed(build: Builder) -> None:
    for row in build.rows("unnamed_parties", "id", "shipment", "label"):
        build.add_entity(
            row,
            Entity(
                id=row["id"],
                kind=EntityKind.UNNAMED,
                name=row["label"],
                country=row["country"],
                role=row["role"],
                shipment=row["shipment"],
                properties={"note": row["note"]} if row["note"] else {},
            ),
        )


def _territories(build: Builder) -> None:
    for row in build.rows("territories", "territory", "country"):
        country = f"country:{row['country']}"
        nodes = (
            (country, EntityKind.COUNTRY, row["country_name"], row["country"]),
            (row["territory"], EntityKind.TERRITORY, row["territory_name"], ""),
        )
        for entity_id, kind, name, code in nodes:
            if entity_id not in build.entities:
                build.add_entity(row, Entity(id=entity_id, kind=kind, name=name, country=code))
        build.add_edge(
            row,
            "member_of",
            country,
            row["territory"],
            start=row["start"],
            end=row["end"],
            claims=(build.claim(row),),
        )


def _classes(build: Builder) -> None:
    for row in build.rows("classes", "id", "predicate"):
        kept = {name: row[name] for name in ("predicate", "member_kinds", "how_decided")}
        build.annotate_entity(row["id"], **kept)


def _sets(build: Builder) -> None:
    for row in build.rows("sets", "set", "entity", "why"):
        if row["set"] in build.entities:
            raise BadInput(f"{row.where}: set {row['set']!r} is named like an entity")
        if row["entity"] not in build.entities:
            raise BadInput(f"{row.where}: {row['entity']!r} is no entity of the case")
        build.plain.append(SetMember(set=row["set"], entity=row["entity"], why=row["why"]))


def _refused(build: Builder) -> None:
    for row in build.rows("refused", "claim", "why"):
        build.plain.append(Refusal(claim=row["claim"], why=row["why"], source=row["citation"]))
