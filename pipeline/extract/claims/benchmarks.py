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


@cache
def _table() -> tuple[re.Pattern[str], dict[str, Benchmark]]:
    path = resource("data", "cues", "benchmarks.csv")
    known: dict[str, Benchmark] = {}
    for number, row in read_rows(path, {"name", "aliases", "scale", "plain"}):
        if row["scale"] not in SCALES:
            raise ConfigError(f"{path}:{number}: scale is {row['scale']!r}; allowed: {', '.join(sorted(SCALES))}")
        benchmark = Benchmark(row["name"], row["scale"], row["plain"] == "yes")
        for form in (row["name"], *filter(None, row["aliases"].split("|"))):
            if known.setdefault(form, benchmark) is not benchmark:
                raise ConfigError(f"{path}:{number}: {form!r} is already a name of {known[form].name}")
    forms = sorted(known, key=len, reverse=True)
    body = "|".join(re.escape(form).replace(r"\ ", r"[ \u00a0]").replace("\\-", "[-‑ ]?") for form in forms)
    return re.compile(rf"(?<![\w-])(?:{body})(?![\w]|-\w)"), known


def find_benchmarks(text: str, start: int = 0, end: int | None = None) -> list[Named]:
    """The benchmarks a stretch of text names, in order.

    >>> [named.benchmark.name for named in find_benchmarks("88.5% en MMLU y 90 en GSM-8K")]
    ['MMLU', 'GSM8K']
    """
    pattern, known = _table()
    folded = {_fold(form): benchmark for form, benchmark in known.items()} if not _FOLDED else _FOLDED
    _FOLDED.update(folded)
    return [
        Named(match.start(), match.end(), folded[_fold(match.group())])
        for match in pattern.finditer(text, start, len(text) if end is None else end)
    ]


_FOLDED: dict[str, Benchmark] = {}


def _fold(form: str) -> str:
    return re.sub(r"[-‑\s]+", "", form)
