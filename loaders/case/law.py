"""Measures and the readings of contested ones."""

from graph.exc import BadInput
from graph.model import Measure, Reading
from loaders.case.builder import Builder


def add(build: Builder) -> None:
    """Every row of measures.csv is one measure; readings stand beside it."""
    for row in build.rows("measures", "id", "entity", "regime"):
        build.dates(row, "start", "end", "observed_from", "observed_to")
        if row["entity"] not in build.entities:
            raise BadInput(f"{row.where}: {row['entity']!r} is no entity of the case")
        if row["id"] in build.measures:
            raise BadInput(f"{row.where}: id {row['id']!r} stands twice")
        claim = build.claim(row)
        build.measures[row["id"]] = Measure(
            id=row["id"],
            entity=row["entity"],
            regime=row["regime"],
            layer=row["layer"],
            kind=row["kind"],
            programme=row["programme"],
            text=row["text"],
            action=row["action"],
            start=row["start"],
            end=row["end"],
            scope=row["scope"],
            url=build.sources[claim.source].url if claim.source else "",
            observed_from=row["observed_from"],
            observed_to=row["observed_to"],
            claims=(claim,),
        )
    for row in build.rows("readings", "measure", "reading", "who_says"):
        if row["measure"] not in build.measures:
            raise BadInput(f"{row.where}: {row['measure']!r} is no measure of the case")
        build.plain.append(
            Reading(
                measure=row["measure"],
                reading=row["reading"],
                who=row["who_says"],
                weight=row["weight"],
                source=row["citation"],
            )
        )
