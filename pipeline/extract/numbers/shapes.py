"""Shapes of digits that are no amounts: dates, times, addresses, resolutions; and what makes a number a name."""

from __future__ import annotations

import re
from typing import Final

from pipeline.extract.trie import trie_pattern

_MONTHS: Final = trie_pattern(
    "enero febrero marzo abril mayo junio julio agosto septiembre settiembre octubre noviembre diciembre january "
    "february march april may june july august september october november december jan feb mar apr jun jul aug sep "
    "sept oct nov dec ene abr dic".split()
)
_NOT_A_NUMBER: Final = re.compile(  # over folded text
    rf"""
    (?:\d{{4}}[-/.]\d{{1,2}}[-/.]\d{{1,2}}(?:t[\d:.]+z?)? (?!\d)          # 2024-01-21
      |\d{{1,2}}/\d{{1,2}}/\d{{2,4}} (?!\d) |\d{{1,2}}[.-]\d{{1,2}}[.-](?:19|20)\d{{2}}(?!\d)
      |\d{{1,2}}:\d{{2}}(?::\d{{2}})?(?!\d)                               # 12:30
      |\d{{1,2}}\s?[ap]\.?m\.?(?!\w)                                      # 5pm
      |\d{{3,5}}\s?[x×]\s?\d{{3,5}}(?![\d.,]*[kmbtg%])\b                  # 1024x768
      # 192.168.1.1, but not 1.234.567.890
      |(?:192\.168\.|(?!\d{{1,3}}(?:\.\d{{3}}){{3}}\b)\d{{1,3}}\.\d{{1,3}}\.)\d{{1,3}}\.\d{{1,3}}(?::\d+)?(?![\d.])
      |0x[0-9a-f]+ |[0-9a-f]{{8}}-[0-9a-f]{{4}}-[0-9a-f-]+
      |\d{{3}}[-\s]\d{{3}}[-\s]\d{{4}}(?!\d) |\d{{3}}\s\d{{2}}\s\d{{2}}\s\d{{2}}(?!\d)   # telephones
      |\d{{1,2}}(?:st|nd|rd|th|º)?\s(?:de\s|of\s)?{_MONTHS}\b(?:,?\s(?:de\s|del\s)?(?:19|20)\d{{2}}(?!\d))?
      |\d{{4}}[-–/]\d{{2}}(?!\d|[.,]\d|\s?[%kmbtg])                       # 2024-25
    )
    """,
    re.VERBOSE,
)
_DAY_AFTER_MONTH: Final = re.compile(rf"\b{_MONTHS}\.?\s$")
_DAY: Final = re.compile(r"\d{1,2}(?:st|nd|rd|th)?(?:,?\s(?:19|20)\d{2})?(?![\d.,]*\d|\s?[%KMBTkG])")
_ADDRESS: Final = re.compile(r"(?:https?://|www\.)[^\s<>\"')\]]+|@[\w-]+\.[\w.]+|\.(?:com|org|net|io|ai|es)/\S*")


def address_spans(text: str) -> list[tuple[int, int]]:
    """Where web and mail addresses stand."""
    if "/" not in text and "@" not in text and "www." not in text:
        return []
    return [(_left_end(text, found.start()), found.end()) for found in _ADDRESS.finditer(text)]


def _left_end(text: str, start: int) -> int:
    """Where the word around `start` begins: the name before an @ or a top-level domain."""
    while start and (text[start - 1].isalnum() or text[start - 1] in "._+-"):
        start -= 1
    return start


def not_a_number(text: str, folded: str, start: int) -> int | None:
    """The end of a date, time, address or resolution that starts here, or None."""
    if found := _NOT_A_NUMBER.match(folded, start):
        return found.end()
    if text[start - 1 : start] == " " and _DAY_AFTER_MONTH.search(folded, max(0, start - 12), start):
        day = _DAY.match(text, start)
        return day.end() if day else None
    return None


def is_name_part(text: str, start: int) -> bool:
    """Whether the number at `start` is glued to a name before it: H100, GPT-4, Llama-3.1-405B, v1.2, #3; not sub-10B.

    >>> [is_name_part(t, len(t) - 1) for t in ("GPT-4", "8 - 1", "sub-1", "7B-1", "8x7", "USD1", "o3")]
    [True, False, False, False, False, False, True]
    """
    before = text[start - 1 : start]
    if not before:
        return False
    if before.isalpha():
        return not _GLUED_AMOUNT.search(text, max(0, start - 4), start)
    if before == ".":
        return text[start - 2 : start - 1].isalpha()
    if before in "-‐‑":
        token = text[max(0, start - 40) : start].rsplit(None, 1)[-1].lstrip("([\"'«“$€~*")
        unit_before = start > len(token) + 1 and text[start - len(token) - 2].isdigit()  # 100 MW-200 MW
        return bool(_TOKEN.match(token)) and not _PREFIX.match(token) and not unit_before
    return before in "_#@\\"


# 8x7B, x7, USD10, 235B-A22B
_GLUED_AMOUNT: Final = re.compile(r"(?:(?<![A-Za-z])(?:USD|EUR|GBP|CNY|RMB|JPY|CHF|[uU]\$[sSdD])|(?<![^\W\d_])[xX×])$")
_TOKEN: Final = re.compile(r"[^\W\d_][\w.]*(?:[-‐‑][\w.]*)*[-‐‑]$")
_PREFIX: Final = re.compile(
    r"(?:sub|non|no|pre|post|mid|multi|under|over|anti|semi|near|all|per|us|usd|eur|de|a|to|entre)[-‐‑]$", re.IGNORECASE
)
