"""Charts as SVG text. Pure; every text that goes in is escaped here, and no style stands in the marks (the page's
content policy allows none): they carry classes that the page's style sheet knows.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from datetime import date

WIDTH = 640
LEFT = 190  # room for names
LOWEST = 1e-12


@dataclass(frozen=True, slots=True)
class Mark:
    """A point or bar: where, which class draws it, its name on the axis, and what a tooltip says."""

    value: float
    label: str
    tooltip: str
    kind: str = "stated"
    day: date | None = None


def figure(title: str, width: int, height: int, parts: Iterable[str]) -> str:
    """An SVG image with its name for those who cannot see it.

    >>> figure("a < b", 10, 5, [])
    '<svg viewBox="0 0 10 5" role="img" aria-label="a &lt; b"><title>a &lt; b</title></svg>'
    """
    name = escape(title)
    inside = "".join(parts)
    return f'<svg viewBox="0 0 {width} {height}" role="img" aria-label="{name}"><title>{name}</title>{inside}</svg>'


def text(x: float, y: float, words: str, kind: str = "") -> str:
    """A line of text."""
    return f'<text x="{x:.1f}" y="{y:.1f}" class="{kind}">{escape(words)}</text>'


def line(x1: float, y1: float, x2: float, y2: float) -> str:
    """A grid line."""
    return f'<line class="grid" x1="{x1:.1f}" y1="{y1:.1f}" x2="{x2:.1f}" y2="{y2:.1f}"/>'


def months(name: str, shares: Sequence[tuple[str, float, str]], top: float) -> str:
    """Bars for one entity: a (month, share, tooltip) each; `top` is the largest share of all panels."""
    width, height, base = 240, 96, 76
    step = width / max(len(shares), 1)
    parts = [line(0, base, width, base)]
    for index, (_, share, tooltip) in enumerate(shares):
        tall = (base - 6) * share / top if top else 0
        bar = f'x="{index * step + 1:.1f}" y="{base - tall:.1f}" width="{max(step - 2, 1):.1f}" height="{tall:.1f}"'
        parts.append(f'<rect class="bar" {bar}><title>{escape(tooltip)}</title></rect>')
    if shares:
        parts += [text(0, 91, shares[0][0], "soft"), text(width, 91, shares[-1][0], "soft end")]
    return figure(f"{name}: {shares[0][0]}–{shares[-1][0]}" if shares else name, width, height, parts)


def diverging(title: str, marks: Sequence[Mark]) -> str:
    """A bar a name, to the right for what rises and to the left for what falls."""
    row, middle = 22, LEFT + (WIDTH - LEFT) / 2
    most = max((abs(mark.value) for mark in marks), default=0) or 1
    reach = (WIDTH - LEFT) / 2 - 8
    parts = [line(middle, 0, middle, row * len(marks))]
    for index, mark in enumerate(marks):
        y, wide = index * row, reach * abs(mark.value) / most
        x = middle if mark.value >= 0 else middle - wide
        kind = "up" if mark.value >= 0 else "down"
        bar = f'<rect class="{kind}" x="{x:.1f}" y="{y + 4}" width="{max(wide, 1):.1f}" height="{row - 8}">'
        parts += [text(LEFT - 8, y + 15, mark.label, "end"), f"{bar}<title>{escape(mark.tooltip)}</title></rect>"]
    return figure(title, WIDTH, row * len(marks), parts)


def decades(values: Sequence[float]) -> tuple[int, int]:
    """The powers of ten that hold all values, as exponents.

    >>> decades([25000.0, 100000.0]), decades([5.0])
    ((4, 5), (0, 1))
    """
    logs = [math.log10(max(value, LOWEST)) for value in values]
    low, high = math.floor(min(logs)), math.ceil(max(logs))
    return low, max(high, low + 1)


def log_rows(title: str, marks: Sequence[Mark], tick: Callable[[float], str]) -> str:
    """A point a name on a logarithmic axis."""
    row, low, high = 22, *decades([mark.value for mark in marks])
    bottom = row * len(marks) + 4

    def place(value: float) -> float:
        return LEFT + 8 + (WIDTH - LEFT - 40) * (math.log10(max(value, LOWEST)) - low) / (high - low)

    parts = [line(place(10.0**e), 0, place(10.0**e), bottom) for e in range(low, high + 1)]
    parts += [text(place(10.0**e), bottom + 14, tick(10.0**e), "soft middle") for e in range(low, high + 1)]
    for index, mark in enumerate(marks):
        y = index * row + row / 2
        parts += [text(LEFT - 8, y + 4, mark.label, "end"), point(place(mark.value), y, mark)]
    return figure(title, WIDTH, bottom + 20, parts)


def log_days(title: str, marks: Sequence[Mark], tick: Callable[[float], str]) -> str:
    """Points by day (across) and value (up, logarithmic)."""
    dated = [(mark, mark.day.toordinal()) for mark in marks if mark.day]
    low, high = decades([mark.value for mark, _ in dated])
    first, last = min(day for _, day in dated), max(day for _, day in dated)
    height, left, right, bottom = 320, 60, WIDTH - 16, 290

    def across(day: int) -> float:
        return left + 8 + (right - left - 16) * (day - first) / max(last - first, 1)

    def up(value: float) -> float:
        return bottom - (bottom - 12) * (math.log10(max(value, LOWEST)) - low) / (high - low)

    parts = [line(left, up(10.0**e), right, up(10.0**e)) for e in range(low, high + 1)]
    parts += [text(left - 6, up(10.0**e) + 4, tick(10.0**e), "soft end") for e in range(low, high + 1)]
    ends = {min(dated, key=lambda d: d[1])[0].day: "soft", max(dated, key=lambda d: d[1])[0].day: "soft end"}
    parts += [text(left if kind == "soft" else right, 308, str(day), kind) for day, kind in ends.items()]
    parts += [point(across(day), up(mark.value), mark) for mark, day in dated]
    return figure(title, WIDTH, height, parts)


def point(x: float, y: float, mark: Mark) -> str:
    """A point whose shape and outline say how firm it is: a disc stated, a ring planned, a dashed diamond rumored."""
    tooltip = f"<title>{escape(mark.tooltip)}</title>"
    if mark.kind == "rumored":
        corners = f"{x:.1f},{y - 6:.1f} {x + 6:.1f},{y:.1f} {x:.1f},{y + 6:.1f} {x - 6:.1f},{y:.1f}"
        return f'<polygon class="rumored" points="{corners}">{tooltip}</polygon>'
    return f'<circle class="{escape(mark.kind)}" cx="{x:.1f}" cy="{y:.1f}" r="5">{tooltip}</circle>'
