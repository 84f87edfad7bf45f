"""Answers as text for a terminal, and as CSV for a spreadsheet."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import msgspec

from graph.cited import ClaimRecord
from graph.export.base import table
from graph.routes.records import Answer, Hop, RouteRecord
from graph.show import Shown, ShownEdge
from graph.sources import Sources
from ui.text import bare as plain


def columns(rows: Sequence[Sequence[object]], limits: Sequence[int]) -> str:
    """Rows as aligned columns, each cut at its limit."""
    cells = [
        [_cut(plain(cell), most) for cell, most in zip(row, limits, strict=True)] for row in rows
    ]
    widths = [max((len(row[i]) for row in cells), default=0) for i in range(len(limits))]
    lines = (
        "  ".join(c.ljust(w) for c, w in zip(row, widths, strict=True)).rstrip() for row in cells
    )
    return "".join(f"{line}\n" for line in lines)


def _cut(text: str, most: int) -> str:
    return text if len(text) <= most else text[: most - 1] + "…"


def _csv(names: Sequence[str], rows: Iterable[Mapping[str, object]]) -> str:
    return table(names, rows).decode()


def _structs(records: Sequence[msgspec.Struct]) -> str:
    if not records:
        return ""
    rows = [msgspec.structs.asdict(record) for record in records]
    return _csv(list(rows[0]), rows)


def loads(value: dict[str, Any]) -> str:
    """The report of a load."""
    text = ""
    for report in value["loads"]:
        state = "loaded" if report.changed else "unchanged"
        text += (
            f"{plain(report.source)}: {state}, {report.read} rows read, {report.written} records, "
            f"{report.skipped} skipped, revision {report.revision}\n"
        )
        for warning in report.warnings:
            text += f"  {plain(warning.where)}: {plain(warning.what)}\n"
    return text


def csv_loads(value: dict[str, Any]) -> str:
    """The report of a load, a row a data set."""
    names = ("source", "loader", "read", "written", "skipped", "revision")
    return _csv(names, (msgspec.structs.asdict(report) for report in value["loads"]))


def files(value: dict[str, Any]) -> str:
    """Paths, one a line."""
    return "".join(f"{plain(path)}\n" for path in value["files"])


def written(value: dict[str, Any]) -> str:
    """Files that were written, with their SHA-256."""
    return columns([(f.path, f"{f.bytes} bytes", f.sha256) for f in value["files"]], (200, 20, 64))


def hits(value: dict[str, Any]) -> str:
    """What a search found."""
    found = value["hits"]
    if not found:
        return f"nothing found for {plain(value['query'])!r}: try a shorter or another spelling\n"
    rows = [(h.id, h.kind, h.name, h.country, f"{h.score:.0f}", h.why) for h in found]
    return columns(
        [("id", "kind", "name", "country", "score", "why"), *rows], (30, 14, 50, 7, 5, 60)
    )


def csv_hits(value: dict[str, Any]) -> str:
    """What a search found, a row a hit."""
    return _structs(value["hits"])


def sources(value: Sources) -> str:
    """Loads, the sources most cited, and counts of what was refused or is contested."""
    text = "".join(
        f"{plain(load.dataset)}: {load.written} records, revision {load.revision}\n"
        for load in value.loads
    )
    ranked = sorted(value.sources, key=lambda s: (-s.claims, s.id))
    rows = [(s.claims, s.published, s.publisher, s.title, s.url) for s in ranked]
    text += columns([("claims", "date", "publisher", "title", "link"), *rows], (6, 10, 30, 60, 100))
    text += f"\nrefused or qualified: {len(value.refused)}\n"
    text += columns([(r.claim, r.why) for r in value.refused], (70, 110))
    text += f"\ncontested: {len(value.contested)}\n"
    return text + columns([(c.what, c.says) for c in value.contested], (60, 120))


def csv_sources(value: Sources) -> str:
    """The sources, a row each."""
    return _structs(value.sources)


def entity(value: Shown) -> str:
    """One entity with its measures and edges."""
    shown = value.entity
    text = f"{plain(shown.name)} ({plain(shown.id)})\n{shown.kind} {shown.country} {plain(shown.role)}\n"
    if shown.person_basis:
        text += f"Why this person is here: {plain(shown.person_basis)}\n"
    if shown.aliases:
        text += f"Also: {plain('; '.join(shown.aliases))}\n"
    if shown.identifiers:
        codes = "; ".join(f"{i.scheme} {i.value}" for i in shown.identifiers)
        text += f"Identifiers: {plain(codes)}\n"
    for denial in shown.denials:
        text += (
            f"{plain(denial.kind).capitalize()}: {plain(denial.statement)} {plain(denial.url)}\n"
        )
    if value.measures:
        text += f"\nMeasures ({len(value.measures)})\n"
        states = {True: "in force", False: "not in force", None: "unknown"}
        rows = [
            (
                m.start or f"seen {m.observed_from}",
                m.end,
                m.programme,
                m.action,
                states[m.in_force],
                m.scope,
            )
            for m in value.measures
        ]
        text += columns(rows, (15, 10, 22, 12, 12, 80))
    if value.edges:
        text += f"\nEdges ({len(value.edges)})\n"
        text += columns([_edge_row(edge) for edge in value.edges], (24, 22, 24, 21, 60, 10))
    return text


def _edge_row(edge: ShownEdge) -> tuple[str, ...]:
    when = f"{edge.start} – {edge.end}".strip(" –") or "undated"
    return edge.origin, edge.kind, edge.target, when, edge.goods, edge.certainty


def csv_entity(value: Shown) -> str:
    """The edges of an entity, a row each."""
    rows = [msgspec.structs.asdict(edge) for edge in value.edges]
    names = [n for n in (rows[0] if rows else ()) if n not in ("claims", "denials", "says")]
    return _csv(names, rows)


def routes(value: Answer) -> str:
    """The routes, a line each, and the hops of each with what they rest on."""
    names = {party.id: party.caption for party in value.parties}
    text = f"{plain(value.note)}\n{_counted(value)}\n"
    text += "".join(f"{plain(statement)}\n" for statement in value.statements)
    for route in value.routes:
        text += f"\n{route.rank:>3}. {_chain(route, names)}\n     {_summary(route)}\n"
        for hop in route.hops:
            text += _hop(hop, names)
    return text + _why_none(value) + _gaps(value)


def _counted(value: Answer) -> str:
    counts = value.counts
    lines = "" if len(value.routes) == counts.routes else f" in {len(value.routes)} lines"
    more = " (and more)" if value.more else ""
    return (
        f"As of {value.question['as_of']}: {counts.routes} route{'' if counts.routes == 1 else 's'}"
        f"{lines}{more}, "
        f"{counts.documented} documented, {counts.possible} possible."
    )


def _chain(route: RouteRecord, names: dict[str, str]) -> str:
    parties = [plain(names[entity_id]) for entity_id in route.entities]
    if route.also_from:
        parties[0] += f" and {len(route.also_from)} more"
    if route.also_to:
        parties[-1] += f" and {len(route.also_to)} more"
    return " → ".join(parties)


def _summary(route: RouteRecord) -> str:
    family = (
        f", a part for the {route.family}" if route.family and route.basis == "possible" else ""
    )
    return f"{route.basis}, {route.chain}{family}, cost {route.cost}"


def _hop(hop: Hop, names: dict[str, str]) -> str:
    sign = "──▶" if hop.basis == "documented" else "╌╌▷"
    when = f"{hop.start} – {hop.end}".strip(" –") or (
        "undated" if hop.basis == "documented" else "on the date"
    )
    what = f"{hop.kind.replace('_', ' ')}, {when}"
    extra = [
        f"outcome {hop.outcome}" if hop.outcome else "",
        *hop.marks,
        "date order unproven" if hop.order == "unproven" else "",
    ]
    said = "; ".join(filter(None, extra))
    text = (
        f"       {sign} {plain(names[hop.target])}: {what}" + (f" [{said}]" if said else "") + "\n"
    )
    if hop.reason:
        text += f"           {plain(hop.reason)}\n"
    for said_by in dict.fromkeys(_claim(claim) for claim in hop.claims):
        text += f"           · {said_by}\n"
    for denial in hop.denials:
        text += f"           ! {plain(denial.party)} {denial.kind}: {plain(denial.statement)}\n"
    return text


def _claim(claim: ClaimRecord) -> str:
    stated = f"({claim.status}, {claim.certainty})"
    return f"{plain(claim.publisher)}, {claim.published or 'undated'} {stated} {plain(claim.url)}"


def _why_none(value: Answer) -> str:
    if not value.why_none:
        return ""
    text = "\nNo route. Taken away one at a time:\n"
    for eased in value.why_none:
        more = "at least " if eased.more else ""
        text += f"  without {eased.without}: {more}{eased.routes}\n"
    return text


def _gaps(value: Answer) -> str:
    if not value.fleet_unknown:
        return ""
    return (
        f"\nThe fleet of {len(value.fleet_unknown)} airlines is unknown, so no possible hop meets them: "
        f"{', '.join(value.fleet_unknown)}\n"
    )


def csv_routes(value: Answer) -> str:
    """The routes, a row a hop."""
    rows = [
        {
            "rank": route.rank,
            "route": route.id,
            "basis": route.basis,
            "chain": route.chain,
            "family": route.family,
            "hop": place,
            "from": hop.origin,
            "to": hop.target,
            "kind": hop.kind,
            "hop_basis": hop.basis,
            "start": hop.start,
            "end": hop.end,
            "goods": hop.goods,
            "certainty": hop.certainty,
            "cost": hop.cost,
            "order": hop.order,
            "sources": " ".join(dict.fromkeys(c.url for c in hop.claims)),
            "denials": " | ".join(f"{d.party} {d.kind}: {d.statement}" for d in hop.denials),
            "as_of": value.question["as_of"],
            "caution": value.note,
        }
        for route in value.routes
        for place, hop in enumerate(route.hops, 1)
    ]
    return _csv(list(rows[0]) if rows else ["rank"], rows)
