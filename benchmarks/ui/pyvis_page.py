"""The peer: a Streamlit page as such pages are usually made, a pyvis network in a frame.

Same store, same question, same answer, same lines drawn; pyvis and Streamlit as they come. It asks
for what a frame cannot tell it (which party) by a select box.
"""

import datetime as dt
import os

import networkx as nx
import streamlit as st
from pyvis.network import Network

from graph.export.graphs import route_graph
from graph.routes import Question, parse_set
from graph.routes.answer import answer
from graph.routes.records import Answer
from graph.store import Reader, open_store
from graph.view import build_view


@st.cache_resource
def store() -> Reader:
    """The store."""
    return open_store(os.environ["LOOPHOLE_STORE"])


@st.cache_resource
def ask(day: int, origins: str, destinations: str, via: str) -> Answer:
    """The answer to the question."""
    view = build_view(store(), day)
    question = Question(
        origins=parse_set(view, origins),
        destinations=parse_set(view, destinations),
        via=(parse_set(view, via),) if via else (),
    )
    return answer(view, question, 40, folded=True, version="peer")


def main() -> None:
    """The page."""
    st.title("Routes")
    day = st.date_input("As of", dt.date(2025, 10, 15))
    origins, destinations, via = os.environ["PEER_QUESTION"].split("|")
    found = ask(day.toordinal(), origins, destinations, via)
    graph = route_graph(found)
    names = {party.id: party.name for party in found.parties}
    party = st.selectbox("Party", sorted(graph), format_func=lambda i: names.get(i, i))
    if st.checkbox("Its relations"):
        for edge in store().edges_of(party):
            graph.add_edge(edge.source, edge.target)
    st.iframe(_html(graph), height=600)
    st.caption(f"Answered for {day:%Y%m%d}")
    st.subheader(f"Evidence: {names.get(party, party)}")
    for route in found.routes:
        for hop in route.hops:
            if party in (hop.origin, hop.target):
                st.text(f"{hop.origin} > {hop.target}: {hop.reason}")


def _html(graph: "nx.MultiDiGraph[str]") -> str:
    network = Network(height="580px", directed=True, cdn_resources="in_line")
    for node in graph:
        network.add_node(node, label=node, title=node)
    for source, target in dict.fromkeys((s, t) for s, t, *_ in graph.edges(keys=True)):
        network.add_edge(source, target)
    html: str = network.generate_html()
    return html


main()
