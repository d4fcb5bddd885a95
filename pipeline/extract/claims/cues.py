"""Cues: words that say what a number measures, how exact it is and how firmly it is said. They are data."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import TYPE_CHECKING, get_args

from pipeline.datafile import read_rows
from pipeline.extract.folding import lowered
from pipeline.extract.trie import trie_pattern
from pipeline.records import Metric, Scope
from pipeline.resources import resource

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

    from pipeline.datafile import Row

ALLOWED: dict[str, dict[str, frozenset[str]]] = {
    "bounds": {
        "value": frozenset({"approx", "min", "max"}),
        "side": frozenset({"before", "after"}),
    },
    "modality": {
        "value": frozenset({"planned", "rumored", "hypothetical", "negated"}),
        "reach": frozenset({"clause", "right", "sentence", "source", "block", "bracket"}),
    },
    "metrics": {
        "dimension": frozenset({"token", "money", "byte", "person"}),
        "value": frozenset({
            "none", "context_length", "training_dataset_size", "training_cost", "price", "funding",
            "valuation", "revenue", "memory", "users",
        }),
    },
    "columns": {
        "value": frozenset({"none", *get_args(Metric)}),
        "scope": frozenset({"", *get_args(Scope)}),
    },
    "reference": {
        "value": frozenset({
            "model", "predecessor", "org", "cluster", "person", "chip", "former", "latter", "bigger", "smaller", "any",
            "system",
        }),
    },
}  # fmt: skip
LANGUAGES = frozenset({"es", "en", "*"})
HEADERS = {
    "bounds": ("cue", "language", "value", "side", "note"),
    "modality": ("cue", "language", "value", "reach", "note"),
    "metrics": ("cue", "language", "dimension", "value", "note"),
    "columns": ("cue", "language", "value", "scope", "note"),
    "reference": ("cue", "language", "value", "note"),
}
_LETTERS = re.compile(r"\w")
_SPELLED = {" ": r"\s+", "'": "['’]", "-": "[-‑]"}


@dataclass(frozen=True, slots=True)
class Cue:
    """One row of a cue file: its alternatives, what they say, and on which side or how far."""

    words: tuple[str, ...]
    language: str
    value: str
    extra: str  # side, reach, dimension or scope
    place: str  # file and line, for traces
    row: int = 0  # the line: where several cues stand in one label, the first of the file counts

    @property
    def label(self) -> str:
        """For traces: `approx (bounds.csv:4)`."""
        return f"{self.value} ({self.place})"


def read_cues(path: Path) -> tuple[Cue, ...]:
    """The cues of a file. Raises ConfigError naming file and line where a row says what it may not say."""
    allowed = ALLOWED[path.stem]
    seen: dict[tuple[str, str, str], int] = {}
    cues = []
    for row in read_rows(path, HEADERS[path.stem]):
        cue = _cue(row, allowed)
        for word in cue.words:
            first = seen.setdefault((word, cue.language, cue.extra), cue.row)
            if first != cue.row:
                raise row.error(f"{word!r} stands in line {first} already; take it out of one of them")
        cues.append(cue)
    return tuple(cues)


def _cue(row: Row, allowed: dict[str, frozenset[str]]) -> Cue:
    for column, values in [*allowed.items(), ("language", LANGUAGES)]:
        row.choice(column, values)
    words = tuple(word for word in row["cue"].split("|") if word)
    if not words or any(word != word.strip() for word in words):
        raise row.error(f"a cue is empty or has blanks around it: {row['cue']!r}")
    extra = next((row[column] for column in ("side", "reach", "dimension", "scope") if column in allowed), "")
    return Cue(words, row["language"], row["value"], extra, row.place, row.line)


def pattern_of(word: str) -> str:
    """The regular expression of a cue word: whole words, any blanks between them, `*` for any ending.

    >>> bool(re.search(pattern_of("entren*"), "lo entrenaron")), bool(re.search(pattern_of("no"), "nota"))
    (True, False)
    """
    first = word.startswith("^")
    body = r"\s+".join(re.escape(part).replace(r"\*", r"\w*") for part in word.lstrip("^").split())
    body = body.replace("'", "['’]").replace(r"\-", "[-‑]")
    left = r"(?<!\w)" if _LETTERS.match(word.lstrip("^")) else ""
    right = r"(?!\w)" if _LETTERS.match(word[-1]) else ""
    return (r"(?:^|(?<=[,;:(¿¡—–-])|(?<=[,;:(—–] )|(?<=\b[yoe] )|(?<=and )|(?<=or ))" if first else left) + body + right


class CueSet:
    """Cues of one kind and language. The longest alternative wins.

    Cues are kept by the first two letters of their first word, those of one drawer in one pattern: a pattern of all of
    them is tried in vain at every letter of the text and is fifty times slower. A drawer's pattern is compiled when the
    drawer is first opened: of the 670 of both languages a few posts open a fifth.
    """

    def __init__(self, cues: Sequence[Cue], after: str = "") -> None:
        drawers: dict[str, list[tuple[str, Cue]]] = {}
        for cue in cues:
            for word in cue.words:
                drawers.setdefault(_drawer(word.lstrip("^")), []).append((word, cue))
        self._drawers, self._after = drawers, after
        self._open: dict[str, tuple[re.Pattern[str], tuple[Cue, ...]]] = {}
        self._starts = re.compile(_starts_of({word.lstrip("^") for cue in cues for word in cue.words}))

    def find(self, text: str) -> Iterator[tuple[int, int, Cue]]:
        """Every cue in the text, with its offsets, in order and without overlap."""
        low, position = lowered(text).replace("’", "'"), 0
        while start := self._starts.search(low, position):
            position = start.start() + 1
            if found := self.at(text, start.start()):
                position = found[0]
                yield start.start(), *found

    def at(self, text: str, position: int) -> tuple[int, Cue] | None:
        """The cue that begins at a position, with its end."""
        key = _drawer(text[position : position + 2].replace("’", "'"))
        key = key if key in self._drawers else key[:1]
        if key not in self._drawers:
            return None
        if key not in self._open:
            self._open[key] = _compiled(self._drawers[key], self._after)
        pattern, cues = self._open[key]
        match = pattern.match(text, position)
        return (match.end(), cues[match.lastindex - 1]) if match and match.lastindex else None


def _starts_of(words: Iterable[str]) -> str:
    """A pattern that finds where cues begin in a text of small letters, and little else."""
    letters = {word for word in words if _LETTERS.match(word)}
    signs = {re.escape(word[0]) for word in words if word not in letters}
    return "|".join([rf"\b(?:{trie_pattern(map(_signs, letters))})", *sorted(signs)])


def _signs(word: str) -> list[str]:
    """What a cue word is spelled with, a pattern a sign, up to where any ending will do."""
    stem, star, _ = word.lower().partition("*")
    signs = [_SPELLED.get(sign) or re.escape(sign) for sign in stem]
    return [*signs, r"(?!\w)"] if _LETTERS.match(word[-1]) and not star else signs


def _drawer(word: str) -> str:
    """The first two letters of a word, or its first sign.

    >>> _drawer("Más de"), _drawer("a lo sumo"), _drawer("~"), _drawer("'ll")
    ('má', 'a', '~', "'")
    """
    return (word[:2] if word[:2].isalnum() else word[:1]).lower()


def _compiled(words: list[tuple[str, Cue]], after: str) -> tuple[re.Pattern[str], tuple[Cue, ...]]:
    words = sorted(words, key=lambda pair: -len(pair[0]))
    body = "|".join(f"({pattern_of(word)})" for word, _ in words)
    return re.compile(f"(?:{body}){after}", re.IGNORECASE), tuple(cue for _, cue in words)


@cache
def load(kind: str) -> tuple[Cue, ...]:
    """The shipped cues of a kind: bounds, modality, metrics, reference."""
    return read_cues(resource("data", "cues", f"{kind}.csv"))


@lru_cache(maxsize=64)
def cue_set(kind: str, language: str, extra: str = "", after: str = "") -> CueSet:
    """The shipped cues of a kind that count in a language; `extra` picks a side, reach or dimension, `after` is a
    pattern that has to follow.
    """
    wanted = {"*", language} if language in {"es", "en"} else {"*", "es", "en"}
    return CueSet([c for c in load(kind) if c.language in wanted and extra in {"", c.extra}], after)
