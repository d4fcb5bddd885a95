"""Currencies before and behind a number: the table of `data/units/currencies.csv`."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Final

from pipeline.extract.numbers.tables import alternation, currencies, currency_signs
from pipeline.extract.units import CLOSING

if TYPE_CHECKING:
    from decimal import Decimal


@cache
def _last_of_signs() -> frozenset[str]:
    return frozenset(sign[-1] for sign in currency_signs())


@cache
def _currency_before() -> re.Pattern[str]:
    glued = r"(?<=[a-zñ])(?P<glued>[$€£])\Z"  # "costs$20": the space was lost with a link
    return re.compile(rf"(?<![A-Za-z])(?P<sign>{alternation(currency_signs())})[^\S\n]?\Z|{glued}")


@cache
def _currency_after() -> tuple[re.Pattern[str], re.Pattern[str]]:
    aliases = currencies()
    exact, folded = (alternation(a for a in aliases if (a == a.lower()) is low) for low in (False, True))
    link = r"[^\S\n]?(?:-|de[^\S\n]+|of[^\S\n]+)?"
    end = r"(?![A-Za-zñÑ])"
    return re.compile(rf"{link}(?P<sign>{exact}){end}"), re.compile(rf"{link}(?P<sign>{folded}){end}")


_NEXT_SUM: Final = re.compile(r"[$€£]\d")  # 3,000 $400 chips: the sign belongs to what follows


def currency_before(text: str, start: int) -> tuple[int, str | None] | None:
    """Where a currency sign before the number starts, and its code."""
    window = text[max(0, start - 6) : start]
    if window.rstrip()[-1:] not in _last_of_signs():  # most numbers have none, and need no search
        return None
    found = _currency_before().search(window)
    if found is None:
        return None
    return start - len(window) + found.start(), currencies()[found["sign"] or found["glued"]][0]


def currency_after(text: str, folded: str, end: int) -> tuple[int, str | None, Decimal] | None:
    """Where a currency behind the number ends, its code and factor (cents)."""
    if end >= len(text) or text[end] in CLOSING:
        return None
    exact, in_any_case = _currency_after()
    found = exact.match(text, end) or in_any_case.match(folded, end)
    if found is None or _NEXT_SUM.match(text, found.start("sign")):
        return None
    code, factor = currencies()[re.sub(r"[\s-]", " ", found["sign"])]
    return found.end(), code, factor
