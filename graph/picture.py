"""A picture of parties and what joins them: what every drawing (page, SVG, HTML) is made from.

Lengths are in pixels at scale 1; y grows downwards.
"""

import msgspec

WIDTH, HEIGHT = 200.0, 34.0
"""The size of a node."""
ROW_GAP, BOX_GAP, BOX_HEADER, BOX_PAD, MARGIN = 8.0, 14.0, 22.0, 8.0, 16.0
SEVERAL = "Several"
"""The kind of a node that stands for many relations of one kind."""
RELATION = "relation"
"""The basis of a link that is no hop: shown beside a route, never on one."""

_THICKNESS = {"high": 1.8, "medium": 1.4, "low": 1.0}


class Node(msgspec.Struct, frozen=True, kw_only=True):
    """A party, or something beside the routes.

    Attributes:
        x, y: its upper left corner.
        restricted: regimes and layers whose listings or orders were in force, in words.
        chosen: stands on the route chosen.
        aside: drawn on demand, on none of the lines.
        more: parties folded into its place, or things that a group stands for.
    """

    id: str
    label: str
    title: str
    kind: str
    x: float
    y: float
    country: str = ""
    restricted: str = ""
    chosen: bool = False
    aside: bool = False
    more: int = 0


class Box(msgspec.Struct, frozen=True):
    """The parties of one country in one column."""

    label: str
    x: float
    y: float
    width: float
    height: float


class Link(msgspec.Struct, frozen=True, kw_only=True):
    """A hop, or a relation, between two drawn nodes.

    Attributes:
        bends: where it crosses columns it skips: left, right and height of a lane free of boxes.
        law: `OPENED` or `BARRED` of `graph.verdicts`; empty where neither is told.
    """

    source: str
    target: str
    basis: str
    label: str
    title: str
    certainty: str = ""
    chosen: bool = False
    bends: tuple[tuple[float, float, float], ...] = ()
    law: str = ""

    @property
    def id(self) -> str:
        """One link for each pair and basis."""
        return f"{self.source}>{self.target}>{self.basis}"

    @property
    def thickness(self) -> float:
        """How thick to draw it: by certainty, thickest on the route chosen."""
        return _THICKNESS.get(self.certainty, 1.0) + (1.6 if self.chosen else 0.0)


class Picture(msgspec.Struct, frozen=True, kw_only=True):
    """Everything to draw. `left`, `top` are its upper left corner; `left_out` counts lines not drawn."""

    width: float
    height: float
    nodes: tuple[Node, ...]
    boxes: tuple[Box, ...]
    links: tuple[Link, ...]
    left: float = 0.0
    top: float = 0.0
    left_out: int = 0
