"""What digits with separators mean: where a thousand ends and a decimal begins.

A separator before three digits is the question; everything else says itself (1.5, 1,234.56, 12 000, 0.125). The answer
comes from the number's own form first, then from what it counts, then from the language of its sentence:

1. Several equal separators, or blanks and apostrophes: thousands. Two kinds: the last one is the decimal.
2. A whole part of 0, or of more than three digits: decimal.
3. A scale that is a word of one language ("1.342 millones", "1,342 million") has the separators of that language.
4. "00" at the end behind a comma: thousands in both languages (50,000 GPUs in a Spanish post, 1,500 in a Mexican one);
   nobody writes 50,000 for fifty. Before "millones" one 0 is enough.
5. Before something that is counted, not measured (GPUs, tokens): thousands.
6. A letter as scale (2.788M, 1.342B): the dot is decimal, the suffix would be pointless otherwise; but a Spanish
   "1.200M" that ends in 0 has thousands, since nobody writes that zero as a decimal.
7. A percentage with a dot is decimal (99.999 %), a Spanish one that ends in 0 has thousands.
8. Else the sentence's language: dot for thousands in Spanish, comma in English. A Spanish text that writes decimals
   with a point throughout, as Mexicans do (`tongue.writing`), has the separators of English in rules 3 and 8.

Where rules 3 to 8 decide, the other reading is kept as the alternative.
"""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Final, Literal, NamedTuple

NUMERAL: Final = (
    r"\d{1,3}(?P<sep>[.,'’ \u00a0\u2009\u202f])\d{3}(?:(?P=sep)\d{3})*(?!\d)(?:(?!(?P=sep))[.,]\d+(?!\d))?"
    r"|\d+(?:[.,]\d+)*"
)
_BLANKS: Final = re.compile(r"[ \u00a0\u2009\u202f'’]")
_ONE_SEPARATOR: Final = re.compile(r"(\d+)([.,])(\d+)\Z")
_GROUPED: Final = re.compile(r"\d{1,3}(?:([.,])\d{3})(?:\1\d{3})*(?:(?!\1)[.,]\d+)?\Z")

ScaleForm = Literal["", "letter", "es", "en"]


class Context(NamedTuple):
    """What stands around the digits: the sentence's language, the scale behind them, what they count."""

    spanish: bool
    scale: ScaleForm = ""
    countable: bool = False
    percent: bool = False


class Numeral(NamedTuple):
    """The value of some digits, the other reading where there is a doubt, and whether decimals are written."""

    value: Decimal
    alternative: Decimal | None = None
    decimal: bool = False


def read_numeral(digits: str, context: Context) -> Numeral | None:
    """The value of the digits, or None for what is no number: a version (1.2.3), an IP address, a list (1,2,3).

    >>> read_numeral("12.000", Context(spanish=True)).value
    Decimal('12000')
    >>> read_numeral("1.342", Context(spanish=False)).value
    Decimal('1.342')
    >>> read_numeral("1.2.3", Context(spanish=True)) is None
    True
    """
    if digits.isdecimal():
        return Numeral(Decimal(digits))
    plain = _BLANKS.sub("", digits)
    if plain.isdecimal():
        return Numeral(Decimal(plain))
    if single := _ONE_SEPARATOR.fullmatch(plain):
        return _one_separator(single[1], single[2], single[3], context, doubt=plain == digits)
    if not (grouped := _GROUPED.fullmatch(plain)):
        return None
    separator = grouped[1]
    whole = plain.replace(separator, "").replace(",", ".")
    return Numeral(Decimal(whole), decimal="." in whole)


def _one_separator(whole: str, separator: str, rest: str, context: Context, *, doubt: bool) -> Numeral:
    decimal = Numeral(Decimal(f"{whole}.{rest}"), decimal=True)
    if len(rest) != 3 or len(whole) > 3 or whole.startswith("0") or not doubt:
        return decimal
    thousands = Decimal(whole + rest)
    if _groups(separator, rest, context):
        return Numeral(thousands, decimal.value)
    return decimal._replace(alternative=thousands)


def _groups(separator: str, rest: str, context: Context) -> bool:
    """Whether a separator before three digits sets thousands apart: rules 3 to 8."""
    native = separator == ("." if context.spanish else ",")
    if context.scale in {"es", "en"}:
        return separator == ("." if context.scale == "es" else ",") or (separator == "," and rest.endswith("0"))
    if separator == "," and rest.endswith("00"):
        return True
    if context.countable and context.scale != "letter":
        return True
    if context.scale == "letter" or context.percent:
        return native and (separator == "," or rest.endswith("0"))
    return native
