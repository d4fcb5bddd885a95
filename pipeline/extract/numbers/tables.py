"""The tables under `data/units/`: read, checked, and turned into patterns."""

from __future__ import annotations

import csv
import re
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from pipeline.errors import ConfigError
from pipeline.extract.trie import trie_pattern
from pipeline.resources import resource

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a table, with its place for messages."""

    place: str
    fields: dict[str, str]

    def __getitem__(self, key: str) -> str:
        return self.fields[key]

    def decimal(self, key: str) -> Decimal:
        """The field as a number. Raises ConfigError naming file and line."""
        try:
            return Decimal(self.fields[key])
        except InvalidOperation:
            raise ConfigError(f"{self.place}: {key} is {self.fields[key]!r}, not a number") from None

    def choice(self, key: str, allowed: Iterable[str]) -> str:
        """The field, which must be one of those allowed. Raises ConfigError naming file and line."""
        if self.fields[key] not in set(allowed):
            raise ConfigError(f"{self.place}: {key} is {self.fields[key]!r}, allowed are {', '.join(sorted(allowed))}")
        return self.fields[key]


def read_table(name: str, header: tuple[str, ...]) -> Iterator[Row]:
    """The rows of `data/units/<name>`. Raises ConfigError naming file and line where one does not fit the header."""
    path = resource("data", "units", name)
    with path.open(encoding="utf-8", newline="") as file:
        rows = csv.reader(file)
        seen = tuple(next(rows, ()))
        if seen != header:
            raise ConfigError(f"{path}:1: the header is {','.join(seen)}, expected {','.join(header)}")
        for fields in rows:
            place = f"{path}:{rows.line_num}"
            if len(fields) != len(header):
                raise ConfigError(f"{place}: {len(fields)} fields, expected {len(header)}")
            if not fields[0].strip():
                raise ConfigError(f"{place}: {header[0]} is empty")
            yield Row(place, dict(zip(header, fields, strict=True)))


def alternation(words: Iterable[str], *, optional_blanks: bool = False) -> str:
    r"""A pattern for any of the words, the longest first, blanks standing for one blank or hyphen of any kind.

    With `optional_blanks` blanks and hyphens may also be missing.

    >>> alternation(["mes", "meses", "GPU hour"])
    '(?:GPU[\\s-]hour|mes(?:es)?)'
    """
    blanks = dict.fromkeys(" -", r"[\s-]?") if optional_blanks else {" ": r"[\s-]"}
    return trie_pattern([blanks.get(sign) or re.escape(sign) for sign in word] for word in words)


SCALE_HEADER = ("alias", "language", "factor", "form", "note")
WORD_HEADER = ("word", "language", "value", "role", "note")
SCALE_FORMS = ("suffix", "attached", "money", "weak", "word", "compound")
ROLES = ("unit", "one", "teen", "tens", "hundreds", "group", "half")


class Scale(NamedTuple):
    """A scale: its language (es, en, any), factor, and the form that it may take."""

    language: str
    factor: Decimal
    form: str


class Word(NamedTuple):
    """A number word: its language, value, and role in the grammar."""

    language: str
    value: Decimal
    role: str


@cache
def scales() -> dict[str, Scale]:
    """All scales by alias."""
    rows = list(read_table("scales.csv", SCALE_HEADER))
    languages = ("es", "en", "any")
    return {
        r["alias"]: Scale(r.choice("language", languages), r.decimal("factor"), r.choice("form", SCALE_FORMS))
        for r in rows
    }


@cache
def number_words() -> dict[str, tuple[Word, ...]]:
    """All number words; a few mean something in both languages."""
    words: dict[str, tuple[Word, ...]] = {}
    for r in read_table("number_words.csv", WORD_HEADER):
        entry = Word(r.choice("language", ("es", "en")), r.decimal("value"), r.choice("role", ROLES))
        words[r["word"]] = (*words.get(r["word"], ()), entry)
    return words


UNIT_HEADER = ("alias", "language", "dimension", "factor", "unit", "note")
COUNTED = frozenset({"accelerator", "parameter", "expert", "token", "person", "accelerator_hour"})
DIMENSIONS = COUNTED | {
    "flop", "flop_per_second", "watt", "watt_hour", "byte", "bit", "money", "hour", "token_per_second", "percent",
    "other",
}  # fmt: skip


class Unit(NamedTuple):
    """What an alias measures, the factor to its base unit, and its canonical name."""

    dimension: str
    factor: Decimal
    name: str


@cache
def unit_rows() -> dict[str, Unit]:
    """All units by alias. An alias with a capital letter is read letter for letter, others in any case."""
    rows = read_table("units.csv", UNIT_HEADER)
    return {r["alias"]: Unit(r.choice("dimension", DIMENSIONS), r.decimal("factor"), r["unit"]) for r in rows}
