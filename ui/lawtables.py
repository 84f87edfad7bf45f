"""Lines of the tables of the Law page."""

import msgspec

from graph.law.files import Coverage
from graph.law.regimes import is_stale
from graph.law.schema import Rule


def of_rule(regime: str, rule: Rule, today: int) -> dict[str, str]:
    """A rule, and whether its review is too long ago."""
    return {
        "regime": regime,
        "layer": rule.layer,
        "kind": type(rule).__name__.lower(),
        "title": rule.title,
        "text": rule.text,
        "url": rule.url,
        "from": rule.start,
        "to": rule.end,
        "status": rule.status.replace("_", " "),
        "text read": "yes" if rule.read else "no",
        "confidence": rule.confidence,
        "last reviewed": rule.last_reviewed,
        "stale": "stale" if is_stale(rule, today) else "",
        "id": rule.id,
    }


def of_coverage(row: Coverage) -> dict[str, str]:
    """A row of coverage: whose silence, of what, for whom and over which days."""
    scope = msgspec.structs.replace(row.when, goods=None) if row.when else None
    parties = (*row.parties, *(f"established in {name}" for name in row.countries))
    whom = ", ".join((*parties, *(("a party without a name",) if row.unnamed else ())))
    spans = {"from": row.start, "to": row.end, "reviewed": row.reviewed}
    where = {"regime": row.regime, "layer": row.layer, "silence of": row.of}
    goods = _said(row.when.goods if row.when else None).replace("none: yes", "moves none")
    who = "; ".join(filter(None, (whom, _said(scope))))
    what = {"goods": goods, "parties or territory": who}
    return where | what | spans | {"taken for granted": row.assumed, "note": row.note}


def _said(part: msgspec.Struct | None) -> str:
    """What a selector asks for, field by field; nothing of what it leaves open."""
    said = []
    for field in msgspec.structs.fields(part) if part else ():
        value = getattr(part, field.name)
        if value == field.default:
            continue
        if isinstance(value, bool):
            text = "yes" if value else "no"
        else:
            text = _said(value) if isinstance(value, msgspec.Struct) else ", ".join(value)
        said.append(f"{field.name.replace('_', ' ')}: {text}")
    return "; ".join(said)
