"""Chips named in a text, by `data/units/hardware.csv`, and whether a number beside one counts it."""

from __future__ import annotations

import re
from collections import defaultdict
from functools import cache
from typing import Final, NamedTuple

from pipeline.extract.fillers import CARD_MAKERS
from pipeline.extract.numbers.tables import alternation, read_table
from pipeline.extract.units import NO_GAP

_HEADER = ("alias", "name", "maker", "note")
_MAKER: Final = (
    rf"(?:(?:{CARD_MAKERS})"
    r"\s+(?:\((?:nasdaq|nyse)[^()]{0,12}\)\s+)?){0,2}"
)


class Chip(NamedTuple):
    """A chip named in a text."""

    start: int
    end: int
    name: str


@cache
def _chips() -> dict[str, str]:
    rows = read_table("hardware.csv", _HEADER)
    return {re.sub(r"[\s-]", "", r["alias"]).lower(): r["name"] for r in rows}


def numbered_chips() -> dict[str, str]:
    """The chips whose names have a number, so that they are no common words, by their aliases.

    >>> numbered_chips()["TPUv4"]
    'TPU v4'
    """
    rows = read_table("hardware.csv", _HEADER)
    return {row["alias"]: row["name"] for row in rows if re.search(r"\d", row["alias"])}


@cache
def _chip() -> re.Pattern[str]:
    groups: dict[str, list[str]] = defaultdict(list)
    for row in read_table("hardware.csv", _HEADER):
        groups[row["alias"][0]].append(row["alias"][1:])
    parts = (
        rf"{first}(?<![^\W\d_x×]{first})(?<![\d.]-{first})(?:{alternation(rest, optional_blanks=True)})"
        for first, rest in groups.items()
    )
    return re.compile(rf"(?P<chip>{'|'.join(parts)})(?:s|'s)?(?!\w)")


def chips(text: str) -> list[Chip]:
    """The chips named in a text, in order."""
    names = _chips()
    found = [Chip(m.start(), m.end(), names[re.sub(r"[\s-]", "", m["chip"]).lower()]) for m in _chip().finditer(text)]
    cards = [Chip(m.start(), m.end(), _card_name(m)) for m in _CARD.finditer(text) if _is_card(text, m)]
    taken = {at for chip in found for at in range(chip.start, chip.end)} if cards else ()
    return sorted([*found, *(card for card in cards if card.start not in taken)])


_CARD: Final = re.compile(r"(?P<card>[345]0[6-9]0)(?P<ti>\s?Ti\b)?(?P<many>s)?(?!\w|[.,]\d|\s?%)")
_COUNTED_CARD: Final = re.compile(r"(?<![\d.,])\d{1,2}\s?[x×]\s?\Z|\b(?:tarjetas?|gráficas?|cards?|GPUs?|RTX)\s\(?\Z")
_CARD_NOUN: Final = re.compile(r"\s(?:cards?|GPUs?|Founders|FE\b|tarjetas)")


def _card_name(match: re.Match[str]) -> str:
    """3090s are RTX 3090, 3090ti is RTX 3090 Ti."""
    return f"RTX {match['card']}{' Ti' if match['ti'] else ''}"


def _is_card(text: str, match: re.Match[str]) -> bool:
    """Whether four digits are a card's name: 3090s, 8x3090, two 4090 cards; a plain number they are otherwise."""
    before = text[max(0, match.start() - 12) : match.start()]
    if before[-1:].isalnum() and not before.endswith(("x", "×")):
        return False
    named = match["many"] or match["ti"]
    return bool(named or _COUNTED_CARD.search(before) or _CARD_NOUN.match(text, match.end()))


_TO_CHIP: Final = re.compile(
    rf"\+?(?:[\s-]+|\s?[x×]\s?|(?![a-z]*\s))(?:(?:de|of)\s+(?:(?:[a-z][\w.]*['’]s?|its|their|sus)\s+)?)?(?:(?:the|las|"
    rf"los)\s(?=new|lat|old|nuev|últim|más))?"
    rf"(?:equivalentes (?:a|de) (?:la\s|una\s)?)?"
    rf"(?:(?!(?:gpus?|chips?|tpus?|{'|'.join(NO_GAP)})\b)[a-zñ][a-zñ-]*\s+){{0,2}}?{_MAKER}"
    rf"(?:\d{{2,4}}\s?(?:gb|w)\s(?:tdp\s)?{_MAKER})?\Z"  # 1024 80GB A100s
)
_CHIP_AFTER: Final = re.compile(
    r"(?:[\s-]+|\s?\()(?:(?:de|of)\s+)?"
    rf"(?:(?:tipo|modelo|type|model|la serie|the)\s+)?{_MAKER}(?:(?:gpus?|tarjetas?)\s+)?\Z"
)


def leads_to_chip(folded: str, start: int, chip: Chip) -> bool:
    """Whether a number that ends at `start` counts the chip: "2.048 potentes Nvidia H800"."""
    return chip.start >= start and chip.start - start < 48 and bool(_TO_CHIP.match(folded[start : chip.start]))


def names_chip(folded: str, end: int, chip: Chip) -> bool:
    """Whether the chip stands behind a unit that ends at `end`: "GPUs Nvidia H100", "GPU (H100)"."""
    return chip.start > end and chip.start - end < 32 and bool(_CHIP_AFTER.match(folded[end : chip.start]))
