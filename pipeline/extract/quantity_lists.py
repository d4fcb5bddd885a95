"""Quantities that stand together: ranges of two, lists that share what they are counted per."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from pipeline.extract.numbers.ranges import BETWEEN, FROM, is_change

if TYPE_CHECKING:
    from pipeline.extract.quantity import Quantity, QuantityText

_BETWEEN: Final = re.compile(rf"{BETWEEN}\Z")
_FROM: Final = re.compile(rf"{FROM}\Z")
_AND: Final = re.compile(r"\s(?:y|and|e)\s(?:los\s|las\s)?\Z")
_TO: Final = re.compile(r"\s?[-–—]\s?\Z|\s(?:a|to)\s(?:los\s|las\s)?\Z")
_FLOW: Final = re.compile(r"input|output|entrada|salida|\s(?:y|and|a|to)\s|/|,")


def disjoint(quantities: list[Quantity]) -> list[Quantity]:
    """Without those that begin inside another, or inside what another is counted per; "1024 80GB A100s" is two."""
    kept: list[Quantity] = []
    reached = 0
    for quantity in quantities:
        of_chips = quantity.dimension in {"byte", "watt"} and kept and kept[-1].dimension == "accelerator"
        if of_chips and quantity.end < reached:
            kept.append(quantity)
        elif quantity.start >= reached:
            kept.append(quantity)
            reached = max(quantity.end, quantity.per_end)
    return kept


def merged(page: QuantityText, quantities: list[Quantity]) -> list[Quantity]:
    """Entre 5 GW y 10 GW: one quantity."""
    merged: list[Quantity] = []
    for quantity in quantities:
        pair = _one_range(page, merged[-1], quantity) if merged else None
        merged[-1 if pair else len(merged) :] = [pair or quantity]
    return merged


def _one_range(page: QuantityText, first: Quantity, second: Quantity) -> Quantity | None:
    gap = page.folded[first.end : second.start]
    if len(gap) > 8 or first.dimension != second.dimension or first.dimension in {"none", "bare", "other"}:
        return None
    if (
        first.lower is not None
        or second.lower is not None
        or not first.value < second.value
        or first.currency != second.currency
    ):
        return None
    before = page.folded[max(0, first.start - 48) : first.start]
    if (second.value >= 4 * first.value and is_change(before)) or (
        not (_AND.match(gap) and _BETWEEN.search(before)) and not (_TO.match(gap) and not _FROM.search(before))
    ):
        return None
    middle = float((Decimal(str(first.value)) + Decimal(str(second.value))) / 2)
    number = second.number._replace(
        start=first.number.start, value=middle, lower=first.value, upper=second.value, kind="range"
    )
    return second._replace(start=first.start, number=number, value=middle, lower=first.value, upper=second.value)


def shared_per(page: QuantityText, quantities: list[Quantity]) -> list[Quantity]:
    """$3 de entrada y $15 de salida por millón de tokens: the first is per million tokens too."""
    shared = list(quantities)
    for i in range(len(shared) - 2, -1, -1):
        here, after = shared[i], shared[i + 1]
        if here.dimension != "money" or after.dimension != "money" or here.per or not after.per:
            continue
        gap = page.folded[here.end : after.start]
        if after.per.endswith("tokens") and len(gap) < 60 and _FLOW.search(gap) and not re.search(r"[.;\n]", gap):
            shared[i] = here._replace(per=after.per)
    return shared
