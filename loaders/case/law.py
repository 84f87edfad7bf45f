"""Measures and the readings of contested ones.

Listings and orders upon named parties are rows of measures.csv. Goods rules and licences are written
once, in `data/regimes`; those upon an entity or class of the case become measures of it, so that a
party's page and timeline show them beside its listings.
"""

from collections.abc import Iterator

from graph.exc import BadInput
from graph.law.regimes import load_law
from graph.law.schema import Authorisation, CarveOut, Rule
from graph.model import Claim, Measure, Reading, digest
from loaders.case.builder import Builder

CARVE_OUT = "forbidden"
"""The action of what a licence takes back out."""


def add(build: Builder) -> None:
    """Rows of measures.csv, then the rules of law upon parties of the case, then readings."""
    _rows(build)
    for regime, rule in load_law().rules():
        for measure in _of_rule(build, regime, rule):
            build.measures[measure.id] = measure
    _readings(build)


def _rows(build: Builder) -> None:
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


def _of_rule(build: Builder, regime: str, rule: Rule) -> Iterator[Measure]:
    kind = "authorisation" if isinstance(rule, Authorisation) else "goods-rule"
    parts = getattr(rule, "carve_outs", ())
    for entity in _upon(build, rule):
        yield Measure(
            id=measure_id(rule, entity),
            entity=entity,
            regime=regime,
            layer=rule.layer.replace("_", " "),
            kind=kind,
            programme=rule.programme,
            text=rule.text,
            action=rule.action,
            start=rule.start,
            end=rule.end,
            scope=rule.title,
            url=rule.url,
            claims=(_claim(rule, rule.confidence, rule.note),),
        )
    for part in parts:
        for entity in _upon(build, part):
            yield Measure(
                id=measure_id(part, entity),
                entity=entity,
                regime=regime,
                layer=rule.layer.replace("_", " "),
                kind=kind,
                programme=rule.programme,
                text=part.text,
                action=CARVE_OUT,
                start=part.start,
                end=part.end,
                scope=part.says,
                url=part.url,
                claims=(_claim(part, part.certainty, ""),),
            )


def measure_id(rule: Rule | CarveOut, entity: str) -> str:
    """The id of a rule as a measure upon an entity: the rule's own where it is upon one only."""
    return rule.id if len(rule.upon) == 1 else f"{rule.id}:{entity}"


def _upon(build: Builder, rule: Rule | CarveOut) -> Iterator[str]:
    """The entities of this case that a rule is upon; none when its source is not of the case."""
    if rule.citation in build.sources:
        yield from (entity for entity in rule.upon if entity in build.entities)


def _claim(rule: Rule | CarveOut, certainty: str, note: str) -> Claim:
    return Claim(
        id=f"regimes:{digest((rule.id, rule.citation, note))}",
        source=rule.citation,
        status=rule.basis,
        certainty=certainty,
        note=note,
        locator=rule.id,
    )


def _readings(build: Builder) -> None:
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
