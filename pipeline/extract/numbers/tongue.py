"""The sentence around a number, and its language, where the form of the number leaves a doubt."""

from __future__ import annotations

import re
from typing import Final

from pipeline.language import spanish_or_english

_BREAK: Final = re.compile(r"[.!?…]\s+(?=[\"“«(¿¡]?[A-ZÁÉÍÓÚÑ])|\n")
_REACH: Final = 300


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
    return spanish_or_english(sentence_around(text, start, end), language) == "es"
