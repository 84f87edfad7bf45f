"""What suppliers can do for a family, what carriers fly and where they are based."""

from graph.exc import BadInput
from graph.kinds import EDGE_KINDS
from loaders.case.builder import Builder

_FAMILY_KINDS = {"maintains": "maintains_family", "leases": "leases_family"}
_CAPABILITY_PROPERTIES = ("ata_chapter", "exclusive", "hs_basis", "eccn", "eccn_basis")
_UNLISTED = "OTHER"


def add(build: Builder) -> None:
    """Capabilities, pictures of fleets, and bases: evidence for rules, never hops."""
    _capabilities(build)
    _fleets(build)
    _bases(build)


def _capabilities(build: Builder) -> None:
    for row in build.rows("capabilities", "supplier", "relation", "family"):
        kind = _FAMILY_KINDS.get(row["relation"], row["relation"])
        if kind not in EDGE_KINDS:
            raise BadInput(f"{row.where}: {row['relation']!r} is no kind of edge")
        build.add_edge(
            row,
            kind,
            row["supplier"],
            _family(build, row["family"]),
            start=row["start"],
            end=row["end"],
            goods=row["part"],
            hs=row["hs"],
            properties={key: row[key] for key in _CAPABILITY_PROPERTIES if row[key]},
            claims=(build.claim(row),),
        )


def _fleets(build: Builder) -> None:
    for row in build.rows("fleets", "carrier", "family"):
        build.dates(row, "as_of")
        counted = f"{row['count']} {row['family']}".strip()
        build.add_edge(
            row,
            "operates_family",
            row["carrier"],
            _family(build, row["family"]),
            start=row["as_of"],
            told_apart_by=f"{counted}, in service: {row['in_service']}",
            properties={key: row[key] for key in ("count", "in_service", "family") if row[key]},
            claims=(build.claim(row),),
        )


def _bases(build: Builder) -> None:
    for row in build.rows("bases", "carrier", "airport", "role"):
        build.add_edge(
            row,
            "based_at",
            row["carrier"],
            row["airport"],
            start=row["start"],
            end=row["end"],
            told_apart_by=f"{row['role']} until {row['end']}",
            properties={"role": row["role"]},
            claims=(build.claim(row),),
        )


def _family(build: Builder, name: str) -> str:
    """The family's node; types outside the list of families share one that matches nothing."""
    return name if name in build.entities else _UNLISTED
