"""Relief: which routes measures opened, and at which hop these turn unlawful under which text."""

import streamlit as st

from graph.exc import UserError
from graph.export.json_ import encode
from graph.law.regimes import shipped
from graph.law.schema import Authorisation, Prohibition
from graph.relief import DEFAULT_FROM, DEFAULT_TO, DEFAULT_VIA, Loophole, Relief, Side
from graph.verdicts import Cited
from ui import session, widgets
from ui.text import bare, link, plain

FIRST_ASKED = ("us-bis-letter", "us-ofac-gl11")
LINES = 40
_OFF, _DAY_BEFORE = "with the measures off", "on the day before"
_NOBODY = ""
_BADGES = {"documented": "blue", "possible": "orange"}


def main() -> None:
    """The page."""
    reader = session.reader()
    st.subheader("What a measure opened")
    asked = _asked(session.sets(reader, session.stamp()))
    if asked is None:
        return
    try:
        found = session.relieved(reader, asked)
    except UserError as error:
        st.warning(plain(error))
        return
    _sides(found)
    _said(found)
    _opened(found)
    _loopholes(found)
    st.download_button(
        "JSON",
        encode(found),
        file_name=f"relief-{found.after.as_of}.json",
        mime="application/json",
        on_click="ignore",
    )
    st.caption(plain(found.note))


def _asked(sets: dict[str, tuple[str, ...]]) -> session.ReliefKey | None:
    """What is asked, or None while something is missing."""
    titles = _titles()
    measures = st.multiselect(
        "Measures",
        list(titles),
        default=[name for name in FIRST_ASKED if name in titles],
        format_func=lambda name: bare(f"{titles[name]} · {name}"),
        key="relief.measures",
    )
    names = sorted(sets)
    first, second, third, fourth = st.columns(4)
    origins = first.selectbox("From", names, index=_place(names, DEFAULT_FROM), key="relief.from")
    to = second.selectbox("To", names, index=_place(names, DEFAULT_TO), key="relief.to")
    ways = [*([DEFAULT_VIA] if DEFAULT_FROM in sets else []), _NOBODY, *names]
    via = third.selectbox(
        "By way of", ways, format_func=lambda name: name or "anybody", key="relief.via"
    )
    how = fourth.selectbox("Compared", [_OFF, _DAY_BEFORE], key="relief.how")
    if not measures or origins is None or to is None:
        st.info("Choose a measure and two named sets of parties.")
        return None
    return session.ReliefKey(tuple(sorted(measures)), origins, to, via or "", how == _DAY_BEFORE)


def _titles() -> dict[str, str]:
    """Licences first, then prohibitions: what can be switched."""
    rules = [rule for _, rule in shipped.law().rules()]
    return {
        rule.id: rule.title
        for kind in (Authorisation, Prohibition)
        for rule in rules
        if isinstance(rule, kind) and rule.start
    }


def _place(names: list[str], name: str) -> int | None:
    return names.index(name) if name in names else None


def _sides(found: Relief) -> None:
    for column, side, title in zip(
        st.columns(2), (found.before, found.after), ("Before", "After"), strict=True
    ):
        with column.container(border=True):
            _side(side, title)


def _side(side: Side, title: str) -> None:
    off = f", without {', '.join(side.off)}" if side.off else ""
    st.markdown(f"**{title}, {side.as_of}**{plain(off)}")
    st.markdown(
        f"**{side.lawful_first}** of {side.routes} routes lawful on the first hop · "
        f"**{side.lawful}** lawful to the end"
    )


def _said(found: Relief) -> None:
    """Counts, what must be said in words, and what is taken for granted."""
    st.markdown(
        f"**{len(found.loopholes)} loopholes** by {len(found.opened)} opened prefixes · "
        f"{len(found.gained)} routes gained · {len(found.lost)} lost · {len(found.changed)} changed"
    )
    if found.more or found.truncated:
        st.warning("There are more routes than were looked at.")
    for statement in found.statements:
        st.markdown(plain(statement))
    if found.assumed:
        with st.expander("Taken for granted where a hop is called lawful"):
            st.markdown("\n".join(f"- {plain(text)}" for text in found.assumed))


def _opened(found: Relief) -> None:
    if not found.opened:
        return
    names = widgets.short_names(found.parties)
    st.markdown("#### Prefixes that became lawful")
    st.dataframe(
        [
            {
                "prefix": bare(" → ".join(names[i] for i in opened.entities)),
                "loopholes that begin with it": opened.routes,
            }
            for opened in found.opened
        ],
        hide_index=True,
        width="stretch",
    )


def _loopholes(found: Relief) -> None:
    """Each route with its lawful part in green and the rest in red, and what bars it."""
    if not found.loopholes:
        st.info("No route has a first part that became lawful and a later hop that is prohibited.")
        return
    st.markdown("#### Where they turn unlawful")
    names = widgets.short_names(found.parties)
    texts = {record.id: record for record in found.cited}
    for hole in found.loopholes[:LINES]:
        with st.container(border=True, gap="xsmall"):
            _loophole(hole, names, texts)
    left = len(found.loopholes) - LINES
    if left > 0:
        st.caption(f"and {left} more: the download holds all")


def _loophole(hole: Loophole, names: dict[str, str], texts: dict[str, Cited]) -> None:
    route = hole.route
    lawful, between, barred = _parts([names[entity_id] for entity_id in route.entities], hole)
    st.markdown(
        f":green[**{plain(lawful)}**]{plain(between)}:red[{plain(barred)}] "
        + f":{_BADGES[route.basis]}-badge[{route.basis}]"
    )
    st.caption(
        f"Hop {hole.unlawful_hop} is prohibited. Hop by hop, before: {plain(', '.join(hole.before))}; "
        f"after: {plain(', '.join(hole.after))}. {route.chain}, cost {route.cost}"
    )
    for said in dict.fromkeys(denial for hop in route.hops for denial in hop.denials):
        who = names.get(said.party, said.party)
        st.info(f"**{plain(who)} {plain(said.kind)}:** {plain(said.statement)}")
    bars = [texts[name] for name in hole.under if name in texts]
    st.markdown("\n".join(f"- {plain(r.title)}, {link(r.text or r.id, r.url)}" for r in bars))


def _parts(parties: list[str], hole: Loophole) -> tuple[str, str, str]:
    """The lawful prefix; the unknown hops after it; what begins with the prohibited hop."""
    arrows = [parties[0], *(f" → {name}" for name in parties[1:])]
    first, second = hole.lawful_after + 1, hole.unlawful_hop
    return "".join(arrows[:first]), "".join(arrows[first:second]), "".join(arrows[second:])


main()
