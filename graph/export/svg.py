"""The picture of routes as SVG: one drawing for the page, the reports and the files.

Documented hops are solid with a filled head, possible ones dashed with an open head: told apart by
shape as well as colour. Every string from data is escaped; nothing is fetched.
"""

from graph.export.palette import DARK, LIGHT, Palette
from graph.export.strokes import bare, colour, cross, curve, heads, hop, text
from graph.picture import HEIGHT, SEVERAL, WIDTH, Link, Node, Picture
from graph.verdicts import BARRED

_LETTERS = 27
_LEGEND = 34.0
_PROHIBITED = "prohibited"


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
        heads(paint),
        f'<rect x="{picture.left:.0f}" y="{picture.top:.0f}" width="100%" height="100%" '
        f'fill="{paint.ground}"/>',
        *(_box(picture, number, paint) for number in range(len(picture.boxes))),
        *(hop(link, places, paint) for link in resting),
        *(_node(node, paint) for node in picture.nodes),
        *(_label(link, places, paint) for link in resting if link.chosen),
        _legend(picture, paint),
        "</svg>",
    ]
    return "\n".join(parts)


def _cut(value: str, most: int) -> str:
    whole = bare(value)
    return whole if len(whole) <= most else whole[: most - 1].rstrip() + "…"


def _box(picture: Picture, number: int, paint: Palette) -> str:
    box = picture.boxes[number]
    return (
        f'<rect x="{box.x:.1f}" y="{box.y:.1f}" width="{box.width:.1f}" height="{box.height:.1f}" '
        f'rx="6" fill="{paint.box}" stroke="{paint.box_line}"/>'
        f'<text x="{box.x + 9:.1f}" y="{box.y + 15:.1f}" font-size="11" font-weight="600" '
        f'fill="{paint.faint}">{text(box.label)}</text>'
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
    x1, y1, x2, y2 = curve(link, places)
    if link.bends:  # in the first gap, never on a party that is passed by
        x2, _, y2 = link.bends[0]
    air = (
        74 if link.law == BARRED else 52
    )  # the hop stays in sight beside it, and so does its cross
    words = _cut(link.label, max(int((x2 - x1 - air) / 6.1), 6))
    width = 6.1 * len(words) + 12
    x, y = (x1 + x2) / 2, (y1 + y2) / 2
    return (
        f'<g><title>{text(link.label)}</title><rect x="{x - width / 2:.1f}" y="{y - 10:.1f}" '
        f'width="{width:.1f}" height="20" rx="4" fill="{paint.ground}" stroke="{colour(link, paint)}" '
        f'stroke-width="0.8"/><text x="{x:.1f}" y="{y + 4:.1f}" font-size="11" text-anchor="middle" '
        f'fill="{paint.ink}" unicode-bidi="isolate">{text(words)}</text></g>'
    )


def _legend(picture: Picture, paint: Palette) -> str:
    y = picture.top + picture.height + _LEGEND / 2
    told = any(link.law for link in picture.links)  # then there is less room for the rest
    law = (
        (f'stroke="{paint.opened}" stroke-width="8" opacity="0.5"', "became lawful"),
        (f'stroke="{paint.barred}" stroke-width="1.6"', _PROHIBITED),
    )
    entries = (
        *(law if told else ()),
        (
            f'stroke="{paint.documented}" marker-end="url(#documented-rest)"',
            "documented" if told else "documented: a source says so",
        ),
        (
            f'stroke="{paint.possible}" stroke-dasharray="7 5" marker-end="url(#possible-rest)"',
            "possible" if told else "possible: inferred, nobody reports it",
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
        if words == _PROHIBITED:
            parts.append(cross(x + 17, y, paint))
        x += 62 + 6.0 * len(words)
    if picture.left_out:
        parts.append(
            f'<text x="{x:.0f}" y="{y + 4:.1f}" font-size="11" fill="{paint.faint}">'
            f"{picture.left_out} lines of the list are not drawn</text>"
        )
    return "".join(parts)
