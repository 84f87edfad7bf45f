"""What the canvas and the list of lines are sent: ids, places and words, nothing that acts."""

from collections.abc import Mapping, Sequence
from typing import Any

import msgspec

from graph.export.palette import DARK, LIGHT
from graph.picture import HEIGHT, SEVERAL, WIDTH, Link, Node, Picture
from graph.routes.records import RouteRecord
from ui import widgets
from ui.text import bare
from ui.workbench.state import Bench, passes

_PALETTES = {"light": msgspec.to_builtins(LIGHT), "dark": msgspec.to_builtins(DARK)}
_LABEL = 30
_ON_ROUTE = ("expand", "via", "avoid", "entity")
_BESIDE = ("expand", "entity")


def scene(picture: Picture, route: Sequence[str], bench: Bench, key: str) -> dict[str, Any]:
    """The canvas.

    Args:
        picture: what stands where.
        route: the parties of the line chosen, in order.
        bench: what is selected.
        key: pictures of one key share the part that is in view.
    """
    return {
        "key": key,
        "width": WIDTH,
        "height": HEIGHT,
        "nodes": [_node(node) for node in picture.nodes],
        "links": [_link(link) for link in picture.links],
        "boxes": [msgspec.to_builtins(box) for box in picture.boxes],
        "route": list(route),
        "selected": {"nodes": list(bench.nodes), "link": bench.link, "n": bench.turn},
        "palettes": _PALETTES,
        "extent": {
            "x": picture.left,
            "y": picture.top,
            "width": picture.width,
            "height": picture.height,
        },
    }


def _node(node: Node) -> dict[str, Any]:
    several = node.kind == SEVERAL
    note = f"{node.more} of them" if several else f"and {node.more} more like it"
    return {
        "id": node.id,
        "x": node.x,
        "y": node.y,
        "label": bare(node.label)[:80],
        "note": note if node.more else "",
        "title": "\n".join(bare(line) for line in node.title.split("\n")),
        "kind": node.kind,
        "restricted": bool(node.restricted),
        "chosen": node.chosen,
        "aside": node.aside,
        "menu": ("expand",) if several else _BESIDE if node.aside else _ON_ROUTE,
    }


def _link(link: Link) -> dict[str, Any]:
    label = bare(link.label)
    return {
        "id": link.id,
        "from": link.source,
        "to": link.target,
        "basis": link.basis,
        "label": label if len(label) <= _LABEL else f"{label[: _LABEL - 1].rstrip()}…",
        "title": "\n".join(bare(line) for line in f"{link.label}\n{link.title}".split("\n")),
        "width": link.thickness,
        "chosen": link.chosen,
        "bends": [list(bend) for bend in link.bends],
        "law": link.law,
    }


def lines(
    routes: Sequence[RouteRecord],
    law: Sequence[Sequence[str]],
    names: Mapping[str, str],
    bench: Bench,
    chosen: str,
) -> dict[str, Any]:
    """The list, documented lines first; lines that miss what is selected are faded.

    `law` has for each line the marks of its hops, or is empty: see `graph.picture.Link.law`.
    """
    aimed = any(passes(route, bench.nodes, bench.link) for route in routes)
    made = [
        _line(route, marks, names, aimed and not passes(route, bench.nodes, bench.link))
        for route, marks in zip(routes, law or [()] * len(routes), strict=True)
    ]
    bases = [line["basis"] for line in made]
    return {
        "sections": [
            {"basis": basis, "title": f"{title}: {_lines(bases.count(basis))}"}
            for basis, title in (
                ("documented", "Documented, a source states every hop"),
                ("possible", "Possible, at least one hop is inferred"),
            )
        ],
        "lines": made,
        "chosen": chosen,
    }


def _lines(count: int) -> str:
    return f"{count or 'no'} {'line' if count == 1 else 'lines'}"


def _line(
    route: RouteRecord, law: Sequence[str], names: Mapping[str, str], faded: bool
) -> dict[str, Any]:
    more = {0: len(route.also_from), len(route.entities) - 1: len(route.also_to)}
    return {
        "id": route.id,
        "basis": route.basis,
        "faded": faded,
        "parties": [
            {"name": bare(names[entity_id])[:80], "more": more.get(at, 0)}
            for at, entity_id in enumerate(route.entities)
        ],
        "hops": [hop.basis for hop in route.hops],
        "law": list(law),
        "how": bare(f"{widgets.how(route)}{f' · {route.family}' if route.family else ''}"),
        "marks": widgets.marks(route),
        "cost": f"cost {route.cost}",
        "title": f"{route.basis}, {route.chain}, cost {route.cost}",
    }
