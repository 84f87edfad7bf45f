"""How the hops of a picture are drawn as SVG: curves, heads, and what the law made of them.

Documented hops are solid with a filled head, possible ones dashed with an open head. A hop that became
lawful lies on a broad band, a prohibited one bears a cross: told apart by shape as well as colour.
"""

import re
from xml.sax.saxutils import escape

from graph.export.palette import Palette
from graph.picture import HEIGHT, RELATION, WIDTH, Link, Node
from graph.verdicts import BARRED, OPENED

# Control characters, and direction marks that would reorder what stands around them.
_UNSAFE = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufeff\ufffe\uffff]"
)


def bare(value: str) -> str:
    """Text without characters that an XML file cannot hold or that reorder what is around."""
    return _UNSAFE.sub("", value)


def text(value: str) -> str:
    """Text safe inside an element or a quoted attribute."""
    return escape(bare(value), {'"': "&quot;", "'": "&#39;"})


def heads(paint: Palette) -> str:
    """Arrow heads: filled for documented hops, open for possible ones."""
    law = ((OPENED, paint.opened), (BARRED, paint.barred))
    parts = []
    for name, colour in (("chosen", paint.chosen), ("rest", paint.documented), *law):
        parts.append(_marker(f"documented-{name}", f'<path d="M0 0 10 5 0 10z" fill="{colour}"/>'))
    for name, colour in (("chosen", paint.chosen), ("rest", paint.possible), *law):
        shape = f'<path d="M1 1 9 5 1 9" fill="none" stroke="{colour}" stroke-width="1.6"/>'
        parts.append(_marker(f"possible-{name}", shape))
    return f"<defs>{''.join(parts)}</defs>"


def _marker(name: str, shape: str) -> str:
    return (
        f'<marker id="{name}" viewBox="0 0 10 10" refX="9" refY="5" markerWidth="11" '
        f'markerHeight="11" orient="auto" markerUnits="userSpaceOnUse">{shape}</marker>'
    )


def curve(link: Link, places: dict[str, Node]) -> tuple[float, float, float, float]:
    """From the right edge of one node to the left edge of the next."""
    source, target = places[link.source], places[link.target]
    return source.x + WIDTH, source.y + HEIGHT / 2, target.x, target.y + HEIGHT / 2


def hop(link: Link, places: dict[str, Node], paint: Palette) -> str:
    """A hop, or a relation."""
    if link.basis == RELATION:
        return _relation(link, places, paint)
    path = _path(link, curve(link, places))
    style = f'stroke="{colour(link, paint)}" stroke-width="{link.thickness:.1f}"'
    if link.basis == "possible":
        style += ' stroke-dasharray="7 5"'
    head = f"{link.basis}-{link.law or ('chosen' if link.chosen else 'rest')}"
    drawn = (
        f'<path d="{path}" fill="none" {style} marker-end="url(#{head})">'
        f"<title>{text(link.title)}</title></path>"
    )
    if link.law == OPENED:  # a broad band below: told apart by shape as well
        drawn = (
            f'<path d="{path}" fill="none" stroke="{paint.opened}" '
            f'stroke-width="{link.thickness + 7:.1f}" opacity="0.3"/>{drawn}'
        )
    elif link.law == BARRED:
        drawn += cross(*_near_target(link, curve(link, places)), paint)
    return drawn if link.chosen else f'<g opacity="0.45">{drawn}</g>'


def colour(link: Link, paint: Palette) -> str:
    """What the law made of a hop goes before being on the route chosen, which thickness tells too."""
    ink: str = getattr(paint, link.law or ("chosen" if link.chosen else link.basis))
    return ink


def _near_target(link: Link, ends: tuple[float, float, float, float]) -> tuple[float, float]:
    """The point at nine tenths of the last curve, where no label stands."""
    x, y, x2, y2 = ends
    pull = _bend(ends)
    if link.bends:
        _, x, y = link.bends[-1]
        pull = max(24.0, (x2 - x) * 0.45)
    across = 0.001 * x + 0.027 * (x + pull) + 0.243 * (x2 - pull) + 0.729 * x2
    return across, 0.028 * y + 0.972 * y2


def cross(x: float, y: float, paint: Palette) -> str:
    """What stands on a prohibited hop, on a ground of its own."""
    shape = f"M{x - 5:.1f} {y - 5:.1f}l10 10m-10 0l10 -10"
    return "".join(
        f'<path d="{shape}" fill="none" stroke="{ink}" stroke-width="{width}"/>'
        for width, ink in ((6, paint.ground), (2.4, paint.barred))
    )


def _bend(ends: tuple[float, float, float, float]) -> float:
    return max(60.0, abs(ends[2] - ends[0]) * 0.45)


def _path(link: Link, ends: tuple[float, float, float, float]) -> str:
    """One curve, or curves from lane to lane where the hop passes between other parties."""
    x, y, x2, y2 = ends
    parts = [f"M{x:.1f} {y:.1f}"]
    for left, right, lane in (*link.bends, (x2, x2, y2)):
        pull = max(24.0, (left - x) * 0.45) if link.bends else _bend(ends)
        parts.append(f"C{x + pull:.1f} {y:.1f} {left - pull:.1f} {lane:.1f} {left:.1f} {lane:.1f}")
        if right > left:
            parts.append(f"H{right:.1f}")
        x, y = right, lane
    return "".join(parts)


def _relation(link: Link, places: dict[str, Node], paint: Palette) -> str:
    """A dotted line without a head: nothing travels on it."""
    source, target = places[link.source], places[link.target]
    return (
        f'<path d="M{source.x + WIDTH / 2:.1f} {source.y + HEIGHT / 2:.1f}'
        f'L{target.x + WIDTH / 2:.1f} {target.y + HEIGHT / 2:.1f}" fill="none" '
        f'stroke="{paint.relation}" stroke-width="1.2" stroke-dasharray="1 4" '
        f'stroke-linecap="round"><title>{text(link.title)}</title></path>'
    )
