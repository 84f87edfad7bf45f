"""The columns of plain tables, and which of them a row must fill."""

CLAIM_COLUMNS = (
    "certainty",
    "status",
    "source_url",
    "source_title",
    "publisher",
    "published",
    "note",
)
ENTITY_COLUMNS = (
    "id",
    "kind",
    "name",
    "country",
    "aliases",
    "identifiers",
    "role",
    "person_basis",
    "shipment",
)
EDGE_COLUMNS = (
    "id",
    "source",
    "target",
    "kind",
    "start",
    "end",
    "share",
    "hs",
    "goods",
    "family",
    "basis",
    "outcome",
    "shipment",
)
MEASURE_COLUMNS = (
    "id",
    "entity",
    "regime",
    "layer",
    "kind",
    "start",
    "end",
    "text",
    "url",
    "scope",
    "programme",
    "action",
    "observed_from",
    "observed_to",
)
SHARES = ("share", "share_min", "share_max")

KNOWN = {"entities": ENTITY_COLUMNS, "edges": EDGE_COLUMNS, "measures": MEASURE_COLUMNS}
REQUIRED = {
    "entities": ("id", "kind", "name"),
    "edges": ("id", "source", "target", "kind"),
    "measures": ("id", "entity", "regime", "layer", "kind"),
    "claims": ("subject_kind", "subject", "id"),
    "sources": ("id",),
    "sets": ("set", "entity"),
    "refused": ("claim",),
    "readings": ("measure", "reading"),
}
SUBJECTS = {"entity": "entities", "edge": "edges", "measure": "measures"}
"""What a claim may be about, and the table in which it stands."""
