"""Routes as text."""

from graph.cited import ClaimRecord
from graph.export import csv_
from graph.routes.records import Answer, Hop, RouteRecord
from graph.verdicts import NOT_ADVICE
from ui.terminal.law import hop_lines
from ui.text import bare


def routes(value: Answer) -> str:
    """The routes, a line each, and the hops of each with what they rest on."""
    names = {party.id: party.caption for party in value.parties}
    text = _said_first(value)
    for route in value.routes:
        text += f"\n{route.rank:>3}. {_chain(route, names)}\n     {_summary(route)}\n"
        for hop in route.hops:
            text += _hop(hop, names)
    judged = any(hop.verdicts for route in value.routes for hop in route.hops)
    return text + _why_none(value) + _gaps(value) + (f"\n{NOT_ADVICE}\n" if judged else "")


def beside_routes(value: Answer) -> str:
    """What is said of the answer as a whole."""
    return (_said_first(value) + _why_none(value) + _gaps(value)).rstrip()


def _said_first(value: Answer) -> str:
    said = "".join(f"{bare(statement)}\n" for statement in (*value.statements, *value.no_takers))
    return f"{bare(value.note)}\n{_counted(value)}\n{said}"


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
    parties = [bare(names[entity_id]) for entity_id in route.entities]
    if route.also_from:
        parties[0] += f" and {len(route.also_from)} more"
    if route.also_to:
        parties[-1] += f" and {len(route.also_to)} more"
    return " → ".join(parties)


def _summary(route: RouteRecord) -> str:
    what = "an aircraft itself," if route.whole_aircraft else "a part for"
    family = f", {what} the {route.family}" if route.family and route.basis == "possible" else ""
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
        f"       {sign} {bare(names[hop.target])}: {what}" + (f" [{said}]" if said else "") + "\n"
    )
    if hop.reason:
        text += f"           {bare(hop.reason)}\n"
    for said_by in dict.fromkeys(_claim(claim) for claim in hop.claims):
        text += f"           · {said_by}\n"
    for denial in hop.denials:
        who = names.get(denial.party, denial.party)
        text += f"           ! {bare(who)} {denial.kind}: {bare(denial.statement)}\n"
    text += "".join(f"           {line}\n" for line in hop_lines(hop.verdicts))
    return text


def _claim(claim: ClaimRecord) -> str:
    stated = f"({claim.status}, {claim.certainty})"
    return f"{bare(claim.publisher)}, {claim.published or 'undated'} {stated} {bare(claim.url)}"


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
    """The routes, a row a hop, as `export --to-format csv` writes them."""
    return csv_.route_table(value).decode()
