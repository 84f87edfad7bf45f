"""Finding what may stand at an end of a question: named sets, then parties, as one types."""

from typing import Any

from graph.countries import country_name
from graph.exc import NotFound
from graph.kinds import NEVER_ON_A_ROUTE, EntityKind
from graph.names import caption, fold
from graph.store import Reader
from ui import session
from ui.text import bare

HITS = 8
PARTIES = tuple(sorted(kind.value for kind in EntityKind if kind not in NEVER_ON_A_ROUTE))


def chosen(reader: Reader, name: str) -> dict[str, str]:
    """A chosen set or party as the boxes show it."""
    members = session.sets(reader, session.stamp()).get(name)
    if members is not None:
        return _set(name, len(members))
    try:
        entity = reader.entity(name)
    except NotFound:  # a load has taken it out since it was chosen
        return {"id": name, "name": bare(name)[:80], "title": "no longer in the store"}
    about = ", ".join(filter(None, (entity.kind, _country(entity.country), entity.name)))
    return {"id": name, "name": bare(caption(entity.name))[:80], "title": bare(about)[:200]}


def found(reader: Reader, text: str) -> list[dict[str, Any]]:
    """What fits a text that may be half typed: sets by name, then parties, best first."""
    wanted = fold(text)
    sets = session.sets(reader, session.stamp())
    hits = [_set(name, len(ids)) for name, ids in sorted(sets.items()) if wanted in fold(name)]
    if wanted:
        for hit in reader.search(text, HITS, PARTIES):
            about = " · ".join(filter(None, (hit.kind, _country(hit.country), hit.why)))
            hits.append({"id": hit.id, "name": bare(hit.name)[:120], "title": about})
    return [{"id": h["id"], "name": h["name"], "about": bare(h["title"])[:160]} for h in hits]


def _set(name: str, members: int) -> dict[str, str]:
    words = name.replace("-", " ")
    return {"id": name, "name": f"{words} ({members})", "title": f"set of {members} parties"}


def _country(code: str) -> str:
    return country_name(code) if code else ""
