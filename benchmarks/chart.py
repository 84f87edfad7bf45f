"""A small chart as SVG: how long the search takes by the size of the network, both on powers of ten."""

import math
import statistics
from pathlib import Path

_WIDTH, _HEIGHT, _LEFT, _BOTTOM, _TOP = 520, 260, 60, 40, 20
_INK, _LINE = "#1f2937", "#2563eb"


def write(place: str, times: dict[int, list[float]]) -> None:
    """Draw medians and ranges of CPU milliseconds by number of parties.

    Args:
        place: the file to write.
        times: milliseconds of each seed, by number of parties.
    """
    Path(place).write_text(_svg(times), encoding="utf-8")


def _svg(times: dict[int, list[float]]) -> str:
    sizes = sorted(times)
    low = math.floor(math.log10(min(min(values) for values in times.values())))
    high = math.ceil(math.log10(max(max(values) for values in times.values())))

    def x(size: float) -> float:
        share = math.log10(size / sizes[0]) / math.log10(sizes[-1] / sizes[0])
        return _LEFT + 20 + share * (_WIDTH - _LEFT - 60)

    def y(milliseconds: float) -> float:
        share = (math.log10(milliseconds) - low) / (high - low)
        return _HEIGHT - _BOTTOM - share * (_HEIGHT - _BOTTOM - _TOP)

    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {_HEIGHT}" role="img" '
        'font-family="sans-serif" font-size="12">',
        "<title>CPU time of the hundred cheapest routes by size of the network</title>",
        f'<rect width="{_WIDTH}" height="{_HEIGHT}" fill="#ffffff"/>',
    ]
    for power in range(low, high + 1):
        at = y(10**power)
        parts.append(f'<path d="M{_LEFT} {at:.1f}H{_WIDTH - 20}" stroke="#e5e7eb"/>')
        parts.append(_text(_LEFT - 8, at + 4, f"{10**power:g} ms", "end"))
    for size in sizes:
        parts.append(_text(x(size), _HEIGHT - 18, f"{size:,}", "middle"))
        least, most = y(min(times[size])), y(max(times[size]))
        parts.append(f'<path d="M{x(size):.1f} {least:.1f}V{most:.1f}" stroke="{_LINE}"/>')
    points = " ".join(f"{x(s):.1f},{y(statistics.median(times[s])):.1f}" for s in sizes)
    parts.append(f'<polyline points="{points}" fill="none" stroke="{_LINE}" stroke-width="2"/>')
    parts.append(_text(_WIDTH / 2, _HEIGHT - 3, "parties, with five times as many arcs", "middle"))
    return "\n".join([*parts, "</svg>", ""])


def _text(x: float, y: float, words: str, anchor: str) -> str:
    return f'<text x="{x:.1f}" y="{y:.1f}" fill="{_INK}" text-anchor="{anchor}">{words}</text>'
