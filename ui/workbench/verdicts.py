"""What the law says of a hop: a badge a layer, and on opening the texts it rests on."""

import streamlit as st

from graph.law.citing import cited
from graph.law.parties import Parties
from graph.law.regimes import shipped
from graph.routes.records import Hop
from graph.store import Reader
from graph.verdicts import NOT_ADVICE, Cited, LayerVerdict, Verdict, worst
from ui.text import link, plain

_COLOURS = {"prohibited": "red", "unknown": "gray", "licensed": "violet", "permitted": "green"}


def draw(reader: Reader, hop: Hop) -> None:
    """The verdicts of a hop; nothing where no regime is tied to it."""
    if not hop.verdicts:
        return
    st.markdown(" ".join(_badge(layer) for layer in hop.verdicts))
    whole = Verdict(verdict=worst([layer.verdict for layer in hop.verdicts]), layers=hop.verdicts)
    texts = {one.id: one for one in cited(whole, shipped.law(), Parties(reader)).cited}
    with st.expander("By which texts"):
        for layer in hop.verdicts:
            st.markdown(_told(layer, texts))
        st.caption(NOT_ADVICE)


def _badge(layer: LayerVerdict) -> str:
    words = plain(f"{layer.regime} {layer.layer}: {layer.verdict}")
    return f":{_COLOURS[layer.verdict]}-badge[{words}]"


def _told(layer: LayerVerdict, texts: dict[str, Cited]) -> str:
    """One layer: its verdict, its measures in order, what is missing, assumed or read in two ways."""
    lines = [f"**{plain(f'{layer.regime} · {layer.layer}')}: {plain(layer.verdict)}**"]
    lines += [_text(texts[name]) for name in layer.measures if name in texts]
    lines += [
        f"- reading: {plain(r.reading)}: {plain(r.says)} ({plain(r.who)})" for r in layer.readings
    ]
    for says, words in (
        ("not known", layer.missing),
        ("on condition", layer.conditions),
        ("taken for granted", layer.assumed),
    ):
        lines += [f"- {says}: {plain(word)}" for word in words]
    return "\n".join((lines[0], "", *lines[1:]))


def _text(one: Cited) -> str:
    dates = " to ".join(filter(None, (one.start, one.end)))
    return f"- {link(one.title, one.url)} ({plain(', '.join(filter(None, (one.text, dates))))})"
