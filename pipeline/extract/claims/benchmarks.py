"""Benchmarks by name, and where a text names them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import NamedTuple

from pipeline.datafile import read_rows
from pipeline.extract.trie import names_pattern
from pipeline.resources import resource

SCALES = frozenset({"percent", "elo", "points"})


@dataclass(frozen=True, slots=True)
class Benchmark:
    """A benchmark. `plain`: its name is an ordinary word too. `scale`: percent, elo, points; any if unknown."""

    name: str
    scale: str
    plain: bool


class Named(NamedTuple):
    """A benchmark named at `text[start:end]`."""

    start: int
    end: int
    benchmark: Benchmark


_SPELLED = {" ": r"[ \u00a0]", "-": "[-‑ ]?"}


@cache
def _forms() -> dict[str, Benchmark]:
    path = resource("data", "cues", "benchmarks.csv")
    known: dict[str, Benchmark] = {}
    for row in read_rows(path, ("name", "aliases", "scale", "plain", "note")):
        benchmark = Benchmark(row["name"], row.choice("scale", SCALES), row["plain"] == "yes")
        for form in (row["name"], *row.words("aliases")):
            if known.setdefault(form, benchmark) is not benchmark:
                raise row.error(f"{form!r} is already a name of {known[form].name}")
    return known


@cache
def _names() -> tuple[re.Pattern[str], dict[str, Benchmark]]:
    """A pattern for all names, and the benchmarks by their names folded."""
    names = names_pattern([_SPELLED.get(sign) or re.escape(sign) for sign in form] for form in _forms())
    return re.compile(names), {_fold(form): benchmark for form, benchmark in _forms().items()}


def find_benchmarks(text: str) -> list[Named]:
    """The benchmarks a text names, in order.

    >>> [named.benchmark.name for named in find_benchmarks("88.5% en MMLU y 90 en GSM-8K")]
    ['MMLU', 'GSM8K']
    """
    pattern, benchmarks = _names()
    return [Named(match.start(), match.end(), benchmarks[_fold(match.group())]) for match in pattern.finditer(text)]


def benchmark_in(text: str) -> Benchmark | None:
    """The benchmark that a text names, if it is one."""
    named = {found.benchmark.name: found.benchmark for found in find_benchmarks(text)}
    return next(iter(named.values())) if len(named) == 1 else None


@lru_cache(maxsize=1024)
def _fold(form: str) -> str:
    return re.sub(r"[-‑\s]+", "", form)
