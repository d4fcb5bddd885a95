"""Benchmarks by name, and where a text names them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from pipeline.errors import ConfigError
from pipeline.extract.claims.cues import read_rows
from pipeline.resources import resource

SCALES = frozenset({"percent", "elo", "points"})


@dataclass(frozen=True, slots=True)
class Benchmark:
    """A benchmark. `plain`: its name is an ordinary word too."""

    name: str
    scale: str
    plain: bool


@dataclass(frozen=True, slots=True)
class Named:
    """A benchmark named at `text[start:end]`."""

    start: int
    end: int
    benchmark: Benchmark


_START = re.compile(r"(?<![\w-])[A-ZÀ-Þτ∞n]\S")


@cache
def _forms() -> dict[str, Benchmark]:
    path = resource("data", "cues", "benchmarks.csv")
    known: dict[str, Benchmark] = {}
    for number, row in read_rows(path, {"name", "aliases", "scale", "plain"}):
        if row["scale"] not in SCALES:
            raise ConfigError(f"{path}:{number}: scale is {row['scale']!r}; allowed: {', '.join(sorted(SCALES))}")
        benchmark = Benchmark(row["name"], row["scale"], row["plain"] == "yes")
        for form in (row["name"], *filter(None, row["aliases"].split("|"))):
            if known.setdefault(form, benchmark) is not benchmark:
                raise ConfigError(f"{path}:{number}: {form!r} is already a name of {known[form].name}")
    return known


@cache
def _drawers() -> dict[str, tuple[re.Pattern[str], dict[str, Benchmark]]]:
    """The names by their first two signs, the longest first."""
    drawers: dict[str, list[str]] = {}
    for form in sorted(_forms(), key=len, reverse=True):
        drawers.setdefault(form[:2], []).append(form)
    return {start: _drawer(forms) for start, forms in drawers.items()}


def _drawer(forms: list[str]) -> tuple[re.Pattern[str], dict[str, Benchmark]]:
    body = "|".join(re.escape(form).replace(r"\ ", r"[ \u00a0]").replace("\\-", "[-‑ ]?") for form in forms)
    return re.compile(rf"(?:{body})(?![\w]|-\w)"), {_fold(form): _forms()[form] for form in forms}


def find_benchmarks(text: str, start: int = 0, end: int | None = None) -> list[Named]:
    """The benchmarks a stretch of text names, in order.

    >>> [named.benchmark.name for named in find_benchmarks("88.5% en MMLU y 90 en GSM-8K")]
    ['MMLU', 'GSM8K']
    """
    found: list[Named] = []
    end = len(text) if end is None else end
    for place in _START.finditer(text, start, end):
        drawer = _drawers().get(place.group())
        match = drawer[0].match(text, place.start(), end) if drawer else None
        if drawer and match and not (found and found[-1].end > place.start()):
            found.append(Named(match.start(), match.end(), drawer[1][_fold(match.group())]))
    return found


def _fold(form: str) -> str:
    return re.sub(r"[-‑\s]+", "", form)
