"""What the Relief page says: both sides, the counts, and of each loophole where it turns unlawful."""

from collections.abc import Mapping

import streamlit as st

from graph.relief import Loophole, Relief, Side
from graph.routes.records import RouteRecord
from graph.verdicts import Cited
from ui import widgets
from ui.text import bare, link, plain


def sides(found: Relief) -> None:
    """Before and after, side by side."""
    for column, side, title in zip(
        st.columns(2), (found.before, found.after), ("Before", "After"), strict=True
    ):
        with column.container(border=True, height="stretch"):
            _side(side, title)


def _side(side: Side, title: str) -> None:
    off = f", without {', '.join(side.off)}" if side.off else ""
    st.markdown(
        f"**{title}, {side.as_of}**{plain(off)}: **{side.lawful_first}** of {side.routes} routes "
        f"lawful on the first hop, **{side.lawful}** to the end"
    )


def counts(found: Relief) -> None:
    """Counts, and what must be said in words."""
    st.markdown(
        f"**{_count(len(found.loopholes), 'loophole')}** by "
        f"{_count(len(found.opened), 'opened prefix', 'opened prefixes')} · "
        f"{len(found.gained)} routes gained · {len(found.lost)} lost · {len(found.changed)} changed. "
        + " ".join(f"**{plain(statement)}**" for statement in found.statements)
        + " :gray[A lead, not proof.]"
    )
    if found.more or found.truncated:
        st.warning("There are more routes than were looked at.")


def _count(number: int, one: str, many: str = "") -> str:
    return f"{number} {one if number == 1 else many or f'{one}s'}"


def assumed(found: Relief) -> None:
    """What is taken for granted where a hop is called lawful."""
    if found.assumed:
        with st.expander("Taken for granted where a hop is called lawful"):
            st.markdown("\n".join(f"- {plain(text)}" for text in found.assumed))


def opened(found: Relief) -> None:
    """The prefixes that became lawful, each once."""
    names = widgets.short_names(found.parties)
    with st.expander(f"Prefixes that became lawful ({len(found.opened)})"):
        st.dataframe(
            [
                {
                    "prefix": bare(" → ".join(names[i] for i in prefix.entities)),
                    "loopholes that begin with it": prefix.routes,
                }
                for prefix in found.opened
            ],
            hide_index=True,
            width="stretch",
        )


def table(found: Relief) -> None:
    """All loopholes as a table, for those who cannot use a canvas."""
    names = widgets.short_names(found.parties)
    with st.expander(f"All loopholes as a table ({len(found.loopholes)})"):
        st.dataframe(
            [_row(hole, names) for hole in found.loopholes], hide_index=True, width="stretch"
        )


def _row(hole: Loophole, names: Mapping[str, str]) -> dict[str, str | int]:
    parties = [names[entity_id] for entity_id in hole.route.entities]
    reached, barred = hole.lawful_after, hole.unlawful_hop
    return {
        "basis": hole.route.basis,
        "lawful now": bare(" → ".join(parties[: reached + 1])),
        "not known": bare(" → ".join(parties[reached:barred])) if barred > reached + 1 else "",
        "prohibited": bare(" → ".join(parties[barred - 1 : barred + 1])),
        "hop": barred,
        "goes on to": bare(" → ".join(parties[barred + 1 :])),
        "before": ", ".join(hole.before),
        "after": ", ".join(hole.after),
        "under": ", ".join(hole.under),
        "chain": hole.route.chain,
        "cost": hole.route.cost,
        "id": hole.route.id,
    }


def loophole(holes: Mapping[int, Loophole], texts: Mapping[str, Cited], route: RouteRecord) -> None:
    """Of the line chosen: how each hop fared, and which texts bar the one that turns unlawful."""
    hole = holes[route.rank]
    fared = "; ".join(
        f"hop {place}: {before} before, {after} after"
        if before != after
        else f"hop {place}: {after}"
        for place, (before, after) in enumerate(zip(hole.before, hole.after, strict=True), 1)
    )
    st.markdown(f":red-badge[Hop {hole.unlawful_hop} is prohibited]")
    st.caption(plain(fared.capitalize()))
    bars = [texts[name] for name in hole.under if name in texts]
    st.markdown("\n".join(f"- {plain(r.title)}, {link(r.text or r.id, r.url)}" for r in bars))
