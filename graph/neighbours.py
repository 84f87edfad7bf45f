"""What stands around a party beyond the routes, drawn without moving anything that is there.

An expanded party shows the relations that hold on the day. Many of one kind become one group first,
which can be expanded in its turn, so that a hub is counted before it is opened.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

import msgspec

from graph.dates import Holds
from graph.layout import COLUMN_WIDTH, node
from graph.listed import restrictions
from graph.model import Entity
from graph.picture import HEIGHT, MARGIN, RELATION, ROW_GAP, SEVERAL, WIDTH, Link, Node, Picture
from graph.routes.records import party_of
from graph.show import Shown, ShownEdge, show
from graph.store.base import Reader

FEW = 6
"""So many relations of one kind are drawn at once; more become a group."""
MOST = 60
"""So many parties of an opened group are drawn; the group says how many are left."""
_GROUP = "#"
_UNDRAWN = frozenset({"lists", "restricts", "authorises", "delists"})  # law: shown as measures


def expanded(picture: Picture, reader: Reader, opened: Iterable[str], as_of: int) -> Picture:
    """The picture with the relations of some of its parties and groups, in the order of opening.

    Args:
        picture: nodes that stay where they are.
        reader: the store.
        opened: ids of drawn parties, or of groups (see `group_id`); others are passed over.
        as_of: relations that do not hold on that day are left out.
    """
    for opened_id in opened:
        party_id, _, kind = opened_id.partition(_GROUP)
        if any(node.id == party_id for node in picture.nodes):
            picture = _open(picture, reader, party_id, kind, as_of)
    return picture


def group_id(party_id: str, kind: str, outgoing: bool) -> str:
    """The id of the group that stands for the relations of one kind and direction of a party."""
    return f"{party_id}{_GROUP}{kind}{'>' if outgoing else '<'}"


def relations(shown: Shown) -> dict[tuple[str, bool], list[ShownEdge]]:
    """The relations of a party that hold on its day, by kind and whether they lead away from it."""
    found: dict[tuple[str, bool], list[ShownEdge]] = defaultdict(list)
    for edge in shown.edges:
        if edge.kind not in _UNDRAWN and edge.holds != Holds.NO.value:
            found[edge.kind, edge.origin == shown.entity.id].append(edge)
    return dict(sorted(found.items()))


def _open(picture: Picture, reader: Reader, party_id: str, wanted: str, as_of: int) -> Picture:
    nodes: list[Node] = []
    links: list[Link] = []
    drawn = {node.id for node in picture.nodes}
    joined = {link.id for link in picture.links}
    for (kind, outgoing), edges in relations(show(reader, party_id, as_of)).items():
        group = group_id(party_id, kind, outgoing)
        if wanted and group != f"{party_id}{_GROUP}{wanted}":
            continue
        fresh = [e for e in edges if _other(e, outgoing) not in drawn]
        if not wanted and len(fresh) > FEW:
            nodes.append(_group_node(group, kind, len(fresh)))
            links.append(_group_link(party_id, group, outgoing, kind))
            edges = [e for e in edges if e not in fresh]
        for edge in edges[:MOST] if wanted else edges:
            if (other := _other(edge, outgoing)) not in drawn:
                nodes.append(_node(reader.entity(other), reader, as_of))
                drawn.add(other)
            links.append(_relation(edge))
    if wanted:
        picture = _without(picture, f"{party_id}{_GROUP}{wanted}")
    fresh_nodes = [node for node in nodes if node.id not in {n.id for n in picture.nodes}]
    fresh_links = {link.id: link for link in links if link.id not in joined}
    return _placed(picture, party_id, fresh_nodes, list(fresh_links.values()))


def _without(picture: Picture, node_id: str) -> Picture:
    return msgspec.structs.replace(
        picture,
        nodes=tuple(n for n in picture.nodes if n.id != node_id),
        links=tuple(x for x in picture.links if node_id not in (x.source, x.target)),
    )


def _other(edge: ShownEdge, outgoing: bool) -> str:
    return edge.target if outgoing else edge.origin


def _group_node(group: str, kind: str, count: int) -> Node:
    words = kind.replace("_", " ")
    title = f"{count} relations: {words}\nopen to see them one by one"
    return Node(id=group, label=words, title=title, kind=SEVERAL, x=0, y=0, aside=True, more=count)


def _group_link(party_id: str, group: str, outgoing: bool, kind: str) -> Link:
    source, target = (party_id, group) if outgoing else (group, party_id)
    words = kind.replace("_", " ")
    return Link(source=source, target=target, basis=RELATION, label=words, title=words)


def _node(entity: Entity, reader: Reader, as_of: int) -> Node:
    restricted = restrictions(reader.measures_upon(entity.id), as_of).get(entity.id, ())
    return node(party_of(entity, restricted), aside=True)


def _relation(edge: ShownEdge) -> Link:
    when = " – ".join(dict.fromkeys(filter(None, (edge.start, edge.end)))) or "undated"
    words = edge.kind.replace("_", " ")
    doubt = ", contested" if edge.contested else ""
    return Link(
        source=edge.origin,
        target=edge.target,
        basis=RELATION,
        label=f"{words} · {when}",
        title=f"{words}, {when}{doubt}\n{edge.says}",
        certainty=edge.certainty,
    )


def _placed(
    picture: Picture, party_id: str, nodes: Sequence[Node], links: Sequence[Link]
) -> Picture:
    """New nodes in the free places nearest to their party; everything else stays."""
    centre = next(node for node in picture.nodes if node.id == party_id)
    places = _free_places(picture, centre, len(nodes))
    put = [msgspec.structs.replace(n, x=x, y=y) for n, (x, y) in zip(nodes, places, strict=True)]
    everything = (*picture.nodes, *put)
    left = min(picture.left, *(n.x - MARGIN for n in everything))
    top = min(picture.top, *(n.y - MARGIN for n in everything))
    right = max(picture.left + picture.width, *(n.x + WIDTH + MARGIN for n in everything))
    bottom = max(picture.top + picture.height, *(n.y + HEIGHT + MARGIN for n in everything))
    return msgspec.structs.replace(
        picture,
        nodes=everything,
        links=(*picture.links, *links),
        left=left,
        top=top,
        width=right - left,
        height=bottom - top,
    )


def _free_places(picture: Picture, centre: Node, count: int) -> list[tuple[float, float]]:
    """The free places of a grid around a node, nearest first: rows in its own and nearby columns."""
    taken = [(b.x, b.y, b.width, b.height) for b in picture.boxes]
    taken += [(n.x, n.y, WIDTH, HEIGHT) for n in picture.nodes if n.aside]
    found = sorted(
        (abs(x - centre.x) * 0.4 + abs(y - centre.y), x, y)
        for x, y in _grid(centre, count)
        if not any(_overlaps(x, y, other) for other in taken)
    )
    return [(x, y) for _, x, y in found[:count]]


def _grid(centre: Node, count: int) -> Iterator[tuple[float, float]]:
    """More places around a node than `count` nodes and everything drawn can fill."""
    row, column = HEIGHT + ROW_GAP, COLUMN_WIDTH + MARGIN
    rows = count + 2 * MOST
    for across in range(-2, 3):
        for down in range(-rows, rows + 1):
            yield centre.x + across * column, centre.y + down * row


def _overlaps(x: float, y: float, other: tuple[float, float, float, float]) -> bool:
    left, top, width, height = other
    apart = (
        x + WIDTH + ROW_GAP <= left
        or left + width + ROW_GAP <= x
        or y + HEIGHT + ROW_GAP <= top
        or top + height + ROW_GAP <= y
    )
    return not apart
