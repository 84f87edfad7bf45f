"""One standalone HTML file: an interactive network, and every hop with its evidence.

pyvis builds the network and vendors vis-network; the page around it is our own autoescaped template,
since pyvis's loads from other machines and runs scripts from names. A content-security policy allows
the two scripts of the file by their hash and nothing else.
"""

import base64
import hashlib
import json
from functools import lru_cache
from importlib.resources import files
from pathlib import Path

import jinja2
from markupsafe import Markup
from pyvis.network import Network

from graph.export.base import asked_lines
from graph.picture import HEIGHT, WIDTH, Picture
from graph.routes.records import Answer

_VENDORED = "templates/lib/vis-9.1.2/vis-network.min.js"
_LICENCE = "/* vis-network 9.1.2, https://visjs.org, Apache-2.0 OR MIT, as shipped with pyvis */\n"
_DRAW = """
const data = JSON.parse(document.getElementById("graph").textContent);
const network = new vis.Network(
  document.getElementById("network"),
  { nodes: new vis.DataSet(data.nodes), edges: new vis.DataSet(data.edges) },
  data.options,
);
network.fit();
"""
_OPTIONS = {
    "physics": {"enabled": False},
    "interaction": {"hover": True, "tooltipDelay": 150, "navigationButtons": False},
    "edges": {
        "smooth": {"enabled": True, "type": "cubicBezier", "forceDirection": "horizontal"},
        "arrows": {"to": {"enabled": True, "scaleFactor": 0.6}},
    },
    "nodes": {"shape": "box", "font": {"size": 13}, "margin": 8},
}


def html(answer: Answer, picture: Picture) -> bytes:
    """The file, in UTF-8. It needs nothing but itself and asks for nothing."""
    network = _network(picture)
    graph = {"nodes": network.nodes, "edges": network.edges, "options": _OPTIONS}
    scripts = (_vis_network(), _DRAW)
    return (
        _environment()
        .get_template("network.html.j2")
        .render(
            answer=answer,
            about=asked_lines(answer.question, answer.store),
            parties={party.id: party for party in answer.parties},
            graph=Markup(_json(graph)),
            scripts=[Markup(script) for script in scripts],
            policy=_policy(scripts),
            web=_is_web,
        )
        .encode("utf-8", "replace")
    )


def _network(picture: Picture) -> Network:
    """The picture as a pyvis network with fixed places."""
    network = Network(directed=True, cdn_resources="in_line")
    for node in picture.nodes:
        more = f"\nand {node.more} more like it" if node.more else ""
        network.add_node(
            node.id,
            label=f"{_short(node.label)}{more}",
            title=node.title,
            shape="box",
            x=node.x + WIDTH / 2,
            y=(node.y + HEIGHT / 2) * 1.1,
            borderWidth=3 if node.chosen else 1,
            shapeProperties={"borderDashes": [3, 3] if node.kind == "Unnamed" else False},
            color={
                "background": "#fff4ec" if node.chosen else "#ffffff",
                "border": "#c2410c" if node.chosen else "#94a3b8",
            },
        )
    for number, link in enumerate(picture.links):
        documented = link.basis == "documented"
        network.add_edge(
            link.source,
            link.target,
            id=number,
            title=f"{link.label}\n{link.title}",
            dashes=False if documented else [7, 5],
            width=3 if link.chosen else 1.3,
            color="#c2410c" if link.chosen else "#1d4ed8" if documented else "#94a3b8",
        )
    return network


def _short(name: str) -> str:
    return name if len(name) <= 30 else f"{name[:29]}…"


def _json(value: object) -> str:
    """JSON that cannot end the script element it stands in."""
    text = json.dumps(value, ensure_ascii=True)
    return text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")


def _policy(scripts: tuple[str, ...]) -> str:
    digests = (base64.b64encode(hashlib.sha256(s.encode()).digest()).decode() for s in scripts)
    allowed = " ".join(f"'sha256-{digest}'" for digest in digests)
    return f"default-src 'none'; script-src {allowed}; style-src 'unsafe-inline'; img-src data:"


def _is_web(url: str) -> bool:
    return url.startswith(("https://", "http://"))


@lru_cache(maxsize=1)
def _vis_network() -> str:
    script = (files("pyvis") / _VENDORED).read_text("utf-8").split("//# sourceMappingURL")[0]
    return _LICENCE + script.replace("</script", "<\\/script")


@lru_cache(maxsize=1)
def _environment() -> jinja2.Environment:
    return jinja2.Environment(
        loader=jinja2.FileSystemLoader(Path(__file__).parent),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
