"""What a quantity is counted per: the table of `data/units/per.csv`."""

from __future__ import annotations

import re
from functools import cache
from typing import Final

from pipeline.extract.folding import without_accents
from pipeline.extract.numbers.tables import alternation, read_table

_HEADER = ("alias", "per", "form", "note")


_PER_NEXT: Final = re.compile(r"[\s(/-]")


@cache
def _per_nouns() -> dict[str, str]:
    return {r["alias"]: r["per"] for r in read_table("per.csv", _HEADER) if r["form"] == "noun"}


@cache
def _per_adjectives() -> dict[str, str]:
    return {r["alias"]: r["per"] for r in read_table("per.csv", _HEADER) if r["form"] == "adjective"}


@cache
def _per() -> re.Pattern[str]:
    nouns, adjectives = alternation(_per_nouns()), alternation(_per_adjectives())
    flow = r"(?:de\s+)?(?:input|output|entrada|salida|cached|in|out|texto|text|prompt|generad[oa]s)"
    count = (
        r"(?P<million>(?:1|un|one|a)?\s?(?:m|mm|mill\w*|million)(?=[\s\)]|tok|$|[.,;:/])|1[.,\s]?000[.,\s]?000|"
        r"m(?=tok))"
        r"|(?P<thousand>(?:1|un|one|a)?\s?(?:k|mil|thousand)(?=[\s\)]|tok|$|[.,;:/])|1[.,\s]?000)"
    )
    return re.compile(
        rf"(?:\s(?:activ[oa]s|active))?\s\(?(?P<adjective>{adjectives})(?!\w)"
        rf"|(?:\s(?:activ[oa]s|active)|\s(?:de\s+|for\s+)?{flow})?(?P<link>\s?\(?/\s?(?:cada\s|por\s)?"
        rf"|[\s-]\(?(?:por|per|cada|each|every|al|a la|an?|el|la|the)[\s-](?:cada\s|each\s|every\s)?)"
        rf"(?:(?:(?:{count})\s?(?:de\s+|of\s+)?)(?P<tokens>(?:{flow}\s)?(?:tokens?|tokenes|toks?)\b)?"
        rf"|(?P<noun>(?:{flow}\s)?(?:{nouns}))(?!\w))"
    )


def per_after(folded: str, end: int) -> tuple[int, str] | None:
    """What a quantity that ends at `end` is counted per, and where the words for it end.

    >>> per_after("$0.14 por millon de tokens", 5), per_after("20 euros al mes", 8)
    ((26, 'million_tokens'), (15, 'month'))
    """
    found = _per().match(folded, end) if _PER_NEXT.match(folded, end) else None
    if found is None or "\n" in found[0]:
        return None
    if found["adjective"]:
        return found.end(), _per_adjectives()[re.sub(r"[\s-]", " ", found["adjective"])]
    if found["million"] or found["thousand"]:
        if not found["tokens"] and not _counts_tokens(folded, found):
            return None
        return found.end(), "million_tokens" if found["million"] else "thousand_tokens"
    noun = re.sub(r"[\s-]", " ", found["noun"]).split(" ")
    name = _per_nouns().get(" ".join(noun)) or _per_nouns().get(noun[-1]) or "unit"
    return found.end(), name


_OTHERS: Final = re.compile(
    r"(?:(?<=\bde\s)|(?<=\bof\s)|\s(?:de|of)\s)(?!input|output|entrada|salida|cache|esos|them)\w"
)


def _counts_tokens(folded: str, found: re.Match[str]) -> bool:
    """Whether tokens are meant where only so many are named: "$0.27 por millón", "$0.0024/1k"."""
    if found["thousand"]:
        return "/" in found["link"] and found["thousand"].endswith("k")
    return bool(re.match(r"\s?\(?/|\s?(?:por|per|el)\b", found["link"])) and not _OTHERS.match(folded, found.end())


def per_noun(word: str) -> str | None:
    """What a noun is in the table: "tareas" is task."""
    return _per_nouns().get(without_accents(word))


def per_adjective(words: str) -> str | None:
    """The time in the words before a unit: "weekly active" is week."""
    return next((per for word in words.lower().split() if (per := _per_adjectives().get(word))), None)
