"""The sentence around a number, its language, and how a text writes decimals: where a number's form leaves a doubt."""

from __future__ import annotations

import re
from typing import Final

from pipeline.language import spanish_or_english

_BREAK: Final = re.compile(r"[.!?…]\s+(?=[\"“«(¿¡]?[A-ZÁÉÍÓÚÑ])|\n")
_REACH: Final = 300
MEXICAN: Final = "es-MX"  # Spanish with a point for decimals and commas for thousands, as in Mexico and Central America
_COMMA_GROUP: Final = re.compile(r"\d,\d{3}(?!\d)")
_POINT_MEANT: Final = re.compile(  # 3.5 millones, 66,200 millones, 1,250,000
    r"(?<![\w.,-])\d{1,3}\.\d{1,2}\s?(?:%|mil\b|mill|bill|d[óo]lares)|\d,\d00(?![\d,])|\d,\d{3},\d{3}(?!\d)"
)
_COMMA_MEANT: Final = re.compile(r"\d,\d{1,2}(?![\d,])|(?<![\d.])\d{1,3}\.\d{3}(?![\d.])")  # 3,5; 12.000


def writing(text: str, language: str) -> str:
    """The language of a text's numbers: `es-MX` for Spanish that writes decimals with a point throughout.

    >>> writing("Ganó 46,743 millones, un 3.5 % más.", "es"), writing("Ganó 46,743 millones, un 3,5 % más.", "es")
    ('es-MX', 'es')
    """
    if language != "es" or not _COMMA_GROUP.search(text) or not _POINT_MEANT.search(text):
        return language
    return language if _COMMA_MEANT.search(text) else MEXICAN


def sentence_around(text: str, start: int, end: int) -> str:
    """The sentence that holds `text[start:end]`, cut at 300 characters to either side."""
    low, high = max(0, start - _REACH), min(len(text), end + _REACH)
    for found in _BREAK.finditer(text, low, start):
        low = found.end()
    after = _BREAK.search(text, end, high)
    return text[low : after.start() if after else high]


def is_spanish(text: str, start: int, end: int, language: str) -> bool:
    """Whether the sentence around `text[start:end]` is Spanish; without evidence it is in `language`, the post's.

    >>> is_spanish("un clúster de 12.000 GPUs", 14, 20, "en"), is_spanish("a cluster of 12,000 GPUs", 13, 19, "es")
    (True, False)
    """
    return spanish_or_english(sentence_around(text, start, end), language[:2]) == "es"
