"""The relations of an entity, by family: each edge with the other party and what it rests on."""

import streamlit as st

from graph.names import caption
from graph.portrait import Family, Kind, Relation
from graph.show import ShownEdge
from ui import widgets
from ui.text import plain, spaced

CARDS = 8
"""Kinds with more edges than this are a table."""
# A value or a quantity is that of the whole shipment, never of one hand-over in it.
_TOLD = {
    "role": "role:",
    "count": "number:",
    "in_service": "in service:",
    "declared_destination": "declared for",
    "actual_destination": "went to",
    "shipment_route": "route of the shipment:",
}
_ARROWS = {"to": "→", "from": "←", "with": "↔"}


def draw(families: tuple[Family, ...], as_of: str) -> None:
    """The section: a family is open when it is short."""
    count = sum(family.count for family in families)
    st.markdown(f"#### Relations ({count})")
    if not count:
        st.caption("None is loaded.")
    for family in families:
        kinds = ", ".join(
            f"{kind.kind.replace('_', ' ')} {len(kind.relations)}" for kind in family.kinds
        )
        label = f"**{family.name.capitalize()}** ({family.count}): {plain(kinds)}"
        with st.expander(label, expanded=family.count <= CARDS):
            for kind in family.kinds:
                _kind(kind, as_of)


def _kind(kind: Kind, as_of: str) -> None:
    st.markdown(f"**{plain(kind.kind.replace('_', ' ').capitalize())}** :gray[{plain(kind.says)}]")
    if len(kind.relations) > CARDS:
        _table(kind.relations, as_of)
        return
    for relation in kind.relations:
        with st.container(border=True):
            _card(relation, as_of)


def _card(relation: Relation, as_of: str) -> None:
    edge, other = relation.edge, relation.other
    who, what = st.columns([2, 5], gap="medium")
    with who:
        widgets.entity_link(other.id, f"{_ARROWS[relation.way]} {caption(other.name)}", as_of)
        full = other.name if len(other.name) >= widgets.LINK_LENGTH else ""
        about = (full, spaced(other.kind), other.country, other.person_basis)
        st.caption(plain(" · ".join(filter(None, about))))
    with what:
        st.markdown(
            f"{plain(_when(edge))} {_badges(edge, as_of)}  \n{plain(' · '.join(_facts(edge)))}"
        )
        for denial in edge.denials:
            st.info(f"**{plain(denial.party)} {plain(denial.kind)}:** {plain(denial.statement)}")
        st.markdown("\n".join(f"- {widgets.claim_line(claim)}" for claim in edge.claims))


def _when(edge: ShownEdge) -> str:
    return " to ".join(dict.fromkeys(filter(None, (edge.start, edge.end)))) or "undated"


def _facts(edge: ShownEdge) -> list[str]:
    facts = (
        edge.goods,
        f"HS {edge.hs}" if edge.hs else "",
        f"share {edge.share} %" if edge.share else "",
        f"shipment {edge.shipment}" if edge.shipment else "",
        *(
            f"{says} {edge.properties[name]}"
            for name, says in _TOLD.items()
            if edge.properties.get(name)
        ),
    )
    return [fact for fact in facts if fact]


def _marks(edge: ShownEdge, as_of: str) -> dict[str, str]:
    """What an edge must not be shown without, each with its colour."""
    holds = {"no": f"not on {as_of}", "uncertain": f"uncertain on {as_of}"}
    marks = {
        f"outcome {edge.outcome}" if edge.outcome else "": "orange",
        "stated in part" if edge.basis != "documented" else "": "orange",
        "contested" if edge.contested else "": "red",
        f"{edge.certainty} certainty" if edge.certainty and not edge.contested else "": "gray",
        holds.get(edge.holds, ""): "gray",
    }
    return {mark: colour for mark, colour in marks.items() if mark}


def _badges(edge: ShownEdge, as_of: str) -> str:
    return " ".join(
        f":{colour}-badge[{plain(mark)}]" for mark, colour in _marks(edge, as_of).items()
    )


def _table(relations: tuple[Relation, ...], as_of: str) -> None:
    """A row a claim: many edges with everything they rest on."""
    rows = [
        {
            "": _ARROWS[relation.way],
            "other": widgets.entity_address(relation.other.id, relation.other.name, as_of),
            "dates": _when(relation.edge),
            "what": " · ".join(_facts(relation.edge)),
            "marks": ", ".join(_marks(relation.edge, as_of)),
            "denied": "; ".join(
                f"{d.party} {d.kind}: {d.statement}" for d in relation.edge.denials
            ),
            "person": relation.other.person_basis,
            "publisher": claim.publisher,
            "published": claim.published,
            "status": claim.status,
            "note": claim.note,
            "url": claim.url,
        }
        for relation in relations
        for claim in relation.edge.claims
    ]
    st.dataframe(
        _without_empty(rows),
        hide_index=True,
        width="stretch",
        column_config=widgets.LINK_COLUMN | widgets.ENTITY_COLUMN,
    )


def _without_empty(rows: list[dict[str, str]]) -> list[dict[str, str]]:
    kept = [name for name in rows[0] if any(row[name] for row in rows)] if rows else []
    return [{name: row[name] for name in kept} for row in rows]
