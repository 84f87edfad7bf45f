"""What a load is refused for, in the same words by every store."""

from graph.exc import BadInput

LEANING = {
    "edge": "edges to it",
    "measure": "measures upon it",
    "set_member": "sets that hold it",
}
"""What may lean on an entity of another data set, in the order in which it is looked for."""


def taken(table: str, record_id: str, owner: str) -> BadInput:
    """An id is that of a record of another data set."""
    return BadInput(
        f"{table} {record_id!r} is already in the data set {owner!r}: "
        "use another id, or name the existing one as an end of your edges"
    )


def unknown(where: str, table: str, record_id: str) -> BadInput:
    """A record names something that is nowhere."""
    return BadInput(f"{where}: {table} {record_id!r} is not known")


def leaned_on(entity_id: str, owner: str, what: str) -> BadInput:
    """An entity is gone on which another data set leans."""
    return BadInput(
        f"entity {entity_id!r} is no longer in the data, but the data set {owner!r} "
        f"has {what}: load that data set again without them first"
    )


def twice(dataset: str, why: object) -> BadInput:
    """Two rows are one and the same, or what is gone is needed elsewhere."""
    return BadInput(
        f"the data set {dataset!r} contradicts itself or another one ({why}): "
        "nothing was changed; look for a row that stands twice"
    )
