"""Shapes of digits that are no amounts: dates, times, addresses, resolutions; and what makes a number a name."""

from __future__ import annotations

import re
from typing import Final

_MONTHS: Final = (
    "enero|febrero|marzo|abril|mayo|junio|julio|agosto|se[pt]tiembre|octubre|noviembre|diciembre|january|february|march"
    "|april|may|june|july|august|september|october|november|december|jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec|ene|abr|dic"
)
NOT_A_NUMBER: Final = re.compile(
    rf"""
    (?:\d{{4}}[-/.]\d{{1,2}}[-/.]\d{{1,2}}(?:T[\d:.]+Z?)? (?!\d)          # 2024-01-21
      |\d{{1,2}}/\d{{1,2}}/\d{{2,4}} (?!\d) |\d{{1,2}}[.-]\d{{1,2}}[.-](?:19|20)\d{{2}}(?!\d)
      |\d{{1,2}}:\d{{2}}(?::\d{{2}})?(?!\d)                               # 12:30
      |\d{{1,2}}\s?[ap]\.?m\.?(?!\w)                                      # 5pm
      |\d{{3,5}}\s?[x×]\s?\d{{3,5}}(?![\d.,]*[KMBTkG%])\b                 # 1024x768
      |\d{{1,3}}(?:\.\d{{1,3}}){{3}}(?::\d+)?(?![\d.])                    # 192.168.1.1
      |0x[0-9a-f]+ |[0-9a-f]{{8}}-[0-9a-f]{{4}}-[0-9a-f-]+
      |\d{{3}}[-\s]\d{{3}}[-\s]\d{{4}}(?!\d) |\d{{3}}\s\d{{2}}\s\d{{2}}\s\d{{2}}(?!\d)   # telephones
      |\d{{1,2}}(?:st|nd|rd|th|º)?\s(?:de\s|of\s)?(?:{_MONTHS})\b(?:,?\s(?:de\s|del\s)?(?:19|20)\d{{2}}(?!\d))?
      |\d{{4}}[-–/]\d{{2}}(?!\d|[.,]\d|\s?[%KMBTGkg])                     # 2024-25
    )
    """,
    re.VERBOSE | re.IGNORECASE,
)
_DAY_AFTER_MONTH: Final = re.compile(rf"\b(?:{_MONTHS})\.?\s$", re.IGNORECASE)
_DAY: Final = re.compile(r"\d{1,2}(?:st|nd|rd|th)?(?:,?\s(?:19|20)\d{2})?(?![\d.,]*\d|\s?[%KMBTkG])")
_ADDRESS: Final = re.compile(r"(?:https?://|www\.)[^\s<>\"')\]]+|[\w.+-]+@[\w-]+\.[\w.]+|\b[\w-]+(?:\.[\w-]+)*\.(?:com|org|net|io|ai|es)/\S+")
_GLUE: Final = frozenset("-_‐‑#@\\")


def address_spans(text: str) -> list[tuple[int, int]]:
    """Where web and mail addresses stand."""
    if not any(mark in text for mark in ("://", "www.", "@", ".com/", ".org/", ".io/", ".ai/", ".net/", ".es/")):
        return []
    return [found.span() for found in _ADDRESS.finditer(text)]


def not_a_number(text: str, start: int) -> int | None:
    """The end of a date, time, address or resolution that starts here, or None."""
    if found := NOT_A_NUMBER.match(text, start):
        return found.end()
    if text[start - 1 : start] == " " and _DAY_AFTER_MONTH.search(text, max(0, start - 12), start):
        day = _DAY.match(text, start)
        return day.end() if day else None
    return None


def is_name_part(text: str, start: int) -> bool:
    """Whether the number at `start` is glued to letters before it: H100, GPT-4, Llama-3.1, v1.2, #3.

    >>> is_name_part("GPT-4", 4), is_name_part("8 - 16", 4), is_name_part("sub-10B", 4)
    (True, False, False)
    """
    before = text[start - 1 : start]
    if not before:
        return False
    if before.isalpha() or before in {"_", "#", "@", "\\"}:
        return not _money_or_range(text, start)
    if before in {".", "/"} and start > 1 and text[start - 2].isalpha() and before == ".":
        return True
    if before in _GLUE and start > 1:
        return text[start - 2].isalnum() and not text[start - 2].isdigit() and not _PREFIX.search(text, max(0, start - 8), start)
    return False


_PREFIX: Final = re.compile(r"(?<!\w)(?:sub|non|no|pre|post|mid|multi|under|over|anti|super|semi|near|all|cross|per|x|US|USD|EUR)-$", re.IGNORECASE)
_MONEY_LETTERS: Final = re.compile(r"(?<![A-Za-z])(?:USD|EUR|GBP|CNY|RMB|JPY|CHF|x|X|A)$")


def _money_or_range(text: str, start: int) -> bool:
    found = _MONEY_LETTERS.search(text, max(0, start - 4), start)
    if found is None:
        before = text[max(0, start - 3) : start]
        return len(before) >= 2 and before[-1] in "xX×" and (before[-2].isdigit() or before[-2] == " ")
    if found[0] in {"x", "X"}:
        return True
    return found[0] != "A"
