"""The value of a number that leaves out its unit or its scale.

"2 GW … y podría llegar a 10", "75.000 millones … Microsoft 80.000 y Amazon 100.000".
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pipeline.extract.claims.draft import Draft
    from pipeline.extract.quantity import Quantity

ALIKE = 50.0  # how many times larger one of two numbers of a kind may be
_WORDS = ("mill", "bill", "mil", "trill", "thous")


def borrowed(quantity: Quantity, twin: Draft) -> Quantity:
    """The quantity with the factor of its twin's unit, and of its twin's scale too where only that makes them alike.

    The scale is taken from words (millones, billion) only: a letter (100k, 7B) would have been repeated.
    """
    if quantity.dimension not in {"none", "bare"} or quantity.value <= 0 or twin.value <= 0:
        return quantity
    worded = not quantity.number.suffix and twin.suffix.strip().lower().startswith(_WORDS)
    for factor in (1.0, twin.unit_factor, twin.unit_factor * twin.power if worded else 1.0):
        if 1 / ALIKE <= quantity.value * factor / twin.value <= ALIKE:
            return _times(quantity, factor)
    return quantity


def _times(quantity: Quantity, factor: float) -> Quantity:
    lower, upper = (None if v is None else v * factor for v in (quantity.lower, quantity.upper))
    return quantity._replace(value=quantity.value * factor, lower=lower, upper=upper)
