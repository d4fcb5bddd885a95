"""The tables under `data/units/`: read, checked, and turned into patterns."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from pipeline.datafile import read_rows
from pipeline.extract.trie import trie_pattern
from pipeline.resources import resource

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from decimal import Decimal

    from pipeline.datafile import Row


def read_table(name: str, header: tuple[str, ...]) -> Iterator[Row]:
    """The rows of `data/units/<name>`. Raises ConfigError naming file and line where one does not fit the header."""
    for row in read_rows(resource("data", "units", name), header):
        row.required(header[0])
        yield row


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


CURRENCY_HEADER = ("alias", "code", "factor", "note")


@cache
def currencies() -> dict[str, tuple[str | None, Decimal]]:
    """ISO 4217 code (None where the name leaves it open) and factor by alias.

    As with units, an alias with a capital letter is read letter for letter: TRY is money, "try 3" is not.
    """
    rows = read_table("currencies.csv", CURRENCY_HEADER)
    return {r["alias"]: (r["code"] or None, r.decimal("factor")) for r in rows}


@cache
def currency_signs() -> frozenset[str]:
    """What may stand before a sum: a sign, or a code; names of currencies stand behind."""
    words = {"COP"}  # COP 28 is a conference
    codes = {a for a, (code, _) in currencies().items() if a.upper() in {code, "RMB", "RS"}} - words
    return frozenset(codes | {a for a in currencies() if not a.isalpha() and " " not in a})


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
