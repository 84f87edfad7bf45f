"""The picture of routes as SVG: one drawing for the page, the reports and the files.

Documented hops are solid with a filled head, possible ones dashed with an open head: told apart by
shape as well as colour. Every string from data is escaped; nothing is fetched.
"""

import re
from xml.sax.saxutils import escape

import msgspec

from graph.picture import HEIGHT, RELATION, SEVERAL, WIDTH, Link, Node, Picture

# Control characters, and direction marks that would reorder what stands around them.
_UNSAFE = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufeff\ufffe\uffff]"
)
_LETTERS = 27
_LEGEND = 34.0


class Palette(msgspec.Struct, frozen=True):
    """Colours of a drawing."""

    ground: str
    box: str
    box_line: str
    node: str
    node_line: str
    ink: str
    faint: str
    documented: str
    possible: str
    chosen: str
    chosen_fill: str
    relation: str
    warn: str


LIGHT = Palette(
    ground="#ffffff",
    box="#f4f6f9",
    box_line="#dde3ea",
    node="#ffffff",
    node_line="#94a3b8",
    ink="#0f172a",
    faint="#64748b",
    documented="#1d4ed8",
    possible="#8493a8",
    chosen="#c2410c",
    chosen_fill="#fff4ec",
    relation="#64748b",
    warn="#b91c1c",
)
DARK = Palette(
    ground="#181714",
    box="#22201c",
    box_line="#37342e",
    node="#2b2924",
    node_line="#79746a",
    ink="#f5f3ee",
    faint="#b3ada1",
    documented="#8ab0ff",
    possible="#8f897d",
    chosen="#fb923c",
    chosen_fill="#3a2416",
    relation="#a8a29e",
    warn="#f87171",
)


def svg(picture: Picture, *, dark: bool = False) -> str:
    """The picture as one SVG document."""
    paint = DARK if dark else LIGHT
    places = {node.id: node for node in picture.nodes}
    resting = sorted(picture.links, key=lambda link: (link.chosen, link.source, link.target))
    width, height = picture.width, picture.height + _LEGEND
    parts = [
        '<svg xmlns="http://www.w3.org/2000/svg" role="img" '
        f'viewBox="{picture.left:.0f} {picture.top:.0f} {width:.0f} {height:.0f}" '
        f'width="{width:.0f}" height="{height:.0f}" '
        'font-family="system-ui, -apple-system, Segoe UI, Roboto, DejaVu Sans, sans-serif">',
        "<title>Routes: columns by place in the chain, boxes by country</title>",
        _heads(paint),
        f'<rect x="{picture.left:.0f}" y="{picture.top:.0f}" width="100%" height="100%" '
        f'fill="{paint.ground}"/>',
        *(_box(picture, number, paint) for number in range(len(picture.boxes))),
        *(_link(link, places, paint) for link in resting),
        *(_node(node, paint) for node in picture.nodes),
        *(_label(link, places, paint) for link in resting if link.chosen),
        _legend(picture, paint),
        "</svg>",
    ]
    return "\n".join(parts)


def text(value: str) -> str:
    """Text safe inside an element or a quoted attribute."""
    return escape(_UNSAFE.sub("", value), {'"': "&quot;", "'": "&#39;"})


def _cut(value: str, most: int) -> str:
    bare = _UNSAFE.sub("", value)
    return bare if len(bare) <= most else bare[: most - 1].rstrip() + "…"


def _heads(paint: Palette) -> str:
    """Arrow heads: filled for documented hops, open for possible ones."""
    parts = []
    for name, colour in (("chosen", paint.chosen), ("rest", paint.documented)):
        parts.append(_marker(f"documented-{name}", f'<path d="M0 0 10 5 0 10z" fill="{colour}"/>'))
    for name, colour in (("chosen", paint.chosen), ("rest", paint.possible)):
        shape = f'<path d="M1 1 9 5 1 9" fill="none" stroke="{colour}" stroke-width="1.6"/>'
        parts.append(_marker(f"possible-{name}", shape))
    return f"<defs>{''.join(parts)}</defs>"


def _marker(name: str, shape: str) -> str:
    return (
        f'<marker id="{name}" viewBox="0 0 10 10" refX="9" refY="5" markerWidth="11" '
        f'markerHeight="11" orient="auto" markerUnits="userSpaceOnUse">{shape}</marker>'
    )


def _box(picture: Picture, number: int, paint: Palette) -> str:
    box = picture.boxes[number]
    return (
        f'<rect x="{box.x:.1f}" y="{box.y:.1f}" width="{box.width:.1f}" height="{box.height:.1f}" '
        f'rx="6" fill="{paint.box}" stroke="{paint.box_line}"/>'
        f'<text x="{box.x + 9:.1f}" y="{box.y + 15:.1f}" font-size="11" font-weight="600" '
        f'fill="{paint.faint}">{text(box.label)}</text>'
    )


def _curve(link: Link, places: dict[str, Node]) -> tuple[float, float, float, float]:
    """From the right edge of one node to the left edge of the next."""
    source, target = places[link.source], places[link.target]
    return source.x + WIDTH, source.y + HEIGHT / 2, target.x, target.y + HEIGHT / 2


def _link(link: Link, places: dict[str, Node], paint: Palette) -> str:
    if link.basis == RELATION:
        return _relation(link, places, paint)
    x1, y1, x2, y2 = _curve(link, places)
    bend = max(60.0, abs(x2 - x1) * 0.45)
    colour = paint.chosen if link.chosen else getattr(paint, link.basis)
    style = f'stroke="{colour}" stroke-width="{link.thickness:.1f}"'
    if link.basis == "possible":
        style += ' stroke-dasharray="7 5"'
    if not link.chosen:
        style += ' opacity="0.45"'
    head = f"{link.basis}-{'chosen' if link.chosen else 'rest'}"
    return (
        f'<path d="{_path(link, (x1, y1, x2, y2), bend)}" fill="none" {style} marker-end="url(#{head})">'
        f"<title>{text(link.title)}</title></path>"
    )


def _path(link: Link, ends: tuple[float, float, float, float], bend: float) -> str:
    """One curve, or curves from lane to lane where the hop passes between other parties."""
    x, y, x2, y2 = ends
    parts = [f"M{x:.1f} {y:.1f}"]
    for left, right, lane in (*link.bends, (x2, x2, y2)):
        pull = max(24.0, (left - x) * 0.45) if link.bends else bend
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


def _node(node: Node, paint: Palette) -> str:
    line = paint.chosen if node.chosen else paint.node_line
    fill = paint.chosen_fill if node.chosen else paint.node
    dotted = ' stroke-dasharray="2 3"' if node.kind == "Unnamed" else ""
    opacity = "" if node.chosen else ' opacity="0.8"'
    frame = (
        f'<rect x="{node.x:.1f}" y="{node.y:.1f}" width="{WIDTH:.0f}" height="{HEIGHT:.0f}" '
        f'rx="{16 if node.aside else 5}" fill="{fill}" stroke="{line}" '
        f'stroke-width="{2 if node.chosen else 1}"{dotted}/>'
    )
    if node.kind in ("Group", SEVERAL):
        frame += (
            f'<rect x="{node.x + 3:.1f}" y="{node.y + 3:.1f}" width="{WIDTH - 6:.0f}" '
            f'height="{HEIGHT - 6:.0f}" rx="{13 if node.aside else 3}" fill="none" '
            f'stroke="{line}"/>'
        )
    badge = _badge(node, paint) if node.restricted else ""
    return f"<g{opacity}><title>{text(node.title)}</title>{frame}{_name(node, paint)}{badge}</g>"


def _badge(node: Node, paint: Palette) -> str:
    """A triangle with an exclamation mark: a listing or order was in force on the day."""
    x, y = node.x + WIDTH, node.y
    return (
        f'<path d="M{x - 9:.1f} {y + 7:.1f}L{x:.1f} {y - 9:.1f}L{x + 9:.1f} {y + 7:.1f}z" '
        f'fill="{paint.warn}" stroke="{paint.ground}"/>'
        f'<text x="{x:.1f}" y="{y + 5:.1f}" font-size="10" font-weight="700" '
        f'text-anchor="middle" fill="{paint.ground}">!</text>'
    )


def _name(node: Node, paint: Palette) -> str:
    middle, base = node.x + WIDTH / 2, node.y + HEIGHT / 2
    weight = ' font-weight="600"' if node.chosen else ""
    line = (
        f'<text x="{middle:.1f}" y="{base + (0 if node.more else 4):.1f}" font-size="12" '
        f'text-anchor="middle" fill="{paint.ink}"{weight} unicode-bidi="isolate">'
        f"{text(_cut(node.label, _LETTERS))}</text>"
    )
    if node.more:
        line += (
            f'<text x="{middle:.1f}" y="{base + 12:.1f}" font-size="10" text-anchor="middle" '
            f'fill="{paint.chosen}">{_more(node)}</text>'
        )
    return line


def _more(node: Node) -> str:
    return f"{node.more} of them" if node.kind == SEVERAL else f"and {node.more} more like it"


def _label(link: Link, places: dict[str, Node], paint: Palette) -> str:
    """What the chosen hop is, on a ground of its own so that no line runs through it."""
    x1, y1, x2, y2 = _curve(link, places)
    if link.bends:  # in the first gap, never on a party that is passed by
        x2, _, y2 = link.bends[0]
    words = _cut(link.label, max(int((x2 - x1 - 52) / 6.1), 6))  # the hop stays in sight beside it
    width = 6.1 * len(words) + 12
    x, y = (x1 + x2) / 2, (y1 + y2) / 2
    return (
        f'<g><title>{text(link.label)}</title><rect x="{x - width / 2:.1f}" y="{y - 10:.1f}" '
        f'width="{width:.1f}" height="20" rx="4" fill="{paint.ground}" stroke="{paint.chosen}" '
        f'stroke-width="0.8"/><text x="{x:.1f}" y="{y + 4:.1f}" font-size="11" text-anchor="middle" '
        f'fill="{paint.ink}" unicode-bidi="isolate">{text(words)}</text></g>'
    )


def _legend(picture: Picture, paint: Palette) -> str:
    y = picture.top + picture.height + _LEGEND / 2
    entries = (
        (
            f'stroke="{paint.documented}" marker-end="url(#documented-rest)"',
            "documented: a source says so",
        ),
        (
            f'stroke="{paint.possible}" stroke-dasharray="7 5" marker-end="url(#possible-rest)"',
            "possible: inferred, nobody reports it",
        ),
        (f'stroke="{paint.chosen}" stroke-width="3"', "the route chosen"),
        (f'stroke="{paint.warn}" stroke-width="6" stroke-dasharray="0 16 3 99"', "! restricted"),
    )
    parts, x = [], picture.left + 18.0
    for style, words in entries:
        parts.append(
            f'<path d="M{x:.0f} {y:.1f}h34" fill="none" {style}/>'
            f'<text x="{x + 42:.0f}" y="{y + 4:.1f}" font-size="11" fill="{paint.faint}">{words}</text>'
        )
        x += 62 + 6.0 * len(words)
    if picture.left_out:
        parts.append(
            f'<text x="{x:.0f}" y="{y + 4:.1f}" font-size="11" fill="{paint.faint}">'
            f"{picture.left_out} lines of the list are not drawn</text>"
        )
    return "".join(parts)
