"""Charts as SVG text, drawn by Vega-Lite from the specifications of `data/report/charts`.

A string of a specification that begins with @ stands for a value given by the caller or a label of the reader's
language. Colours are CSS variables of the page, so that a chart follows it into the dark and onto paper. Rows are
data to Vega, never expressions; what is text in them is text in the image.
"""

from __future__ import annotations

import json
import math
from html import escape
from typing import TYPE_CHECKING, Any, Literal

import vl_convert

from pipeline.resources import resource

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from pipeline.labels import Words

HEDGES = ("stated", "planned", "rumored")
ROW = 22  # pixels a name needs on an axis
_VERSION = "5.21"
_BASE = 'xlink:href="https://vega.github.io/vega-datasets/#'  # Vega's idea of where a link within the page leads
_LOCALES: dict[str, Literal["es-ES", "en-US"]] = {"es": "es-ES", "en": "en-US"}
_COUNT = (
    "datum.value >= 1e15 ? replace(format(datum.value, '~e'), '+', '') : datum.value >= 1e12 ? datum.value / 1e12 + 'T'"
    " : datum.value >= 1e9 ? datum.value / 1e9 + 'B' : datum.value >= 1e6 ? datum.value / 1e6 + 'M'"
    " : datum.value >= 1e3 ? datum.value / 1e3 + 'k' : format(datum.value, '~g')"
)
_SI = "format(datum.value, '~s')"
_SI_METRICS = {"power", "energy", "memory"}


def draw(name: str, alt: str, rows: Sequence[Mapping[str, Any]], w: Words, **given: Any) -> str:
    """The chart `name` of the rows as an SVG element; `alt` says what is in it to those who cannot see it."""
    folder = resource("data", "report", "charts")
    spec = _fill(json.loads((folder / f"{name}.vl.json").read_text("utf-8")), w, given)
    spec["config"] = json.loads((folder / "theme.json").read_text("utf-8"))
    spec["data"] = {"values": list(rows)}
    locale = _LOCALES[w.language]
    svg = vl_convert.vegalite_to_svg(spec, vl_version=_VERSION, format_locale=locale, time_format_locale=locale)
    svg = svg.replace(_BASE, 'href="#')
    return svg.replace("<svg ", f'<svg role="group" aria-label="{escape(alt)}" ', 1)


def log_axis(values: Iterable[float], metric: str = "") -> dict[str, Any]:
    """What a logarithmic axis is given: a mark at each power of ten (every second or third of many), how it is written.

    >>> log_axis([3.0, 2e12])["decades"]
    [1.0, 1000.0, 1000000.0, 1000000000.0, 1000000000000.0]
    """
    logs = [math.log10(value) for value in values]
    low, high = math.floor(min(logs)), math.ceil(max(logs))
    step = 1 + (high - low) // 6
    decades = [10.0**exponent for exponent in range(low, high + 1, step)]
    return {"decades": decades, "tick": _SI if metric in _SI_METRICS else _COUNT}


def _fill(part: Any, w: Words, given: Mapping[str, Any]) -> Any:
    if isinstance(part, dict):
        return {key: _fill(value, w, given) for key, value in part.items()}
    if isinstance(part, list):
        return [_fill(value, w, given) for value in part]
    if isinstance(part, str) and part.startswith("@"):
        key = part[1:]
        return [w.raw(hedge) for hedge in HEDGES] if key == "hedges" else given[key] if key in given else w.raw(key)
    return part
