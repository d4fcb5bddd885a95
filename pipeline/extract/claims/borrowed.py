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


def lent(quantity: Quantity, following: Quantity) -> Quantity | None:
    """The quantity with the unit, and the scale in words, of the one that follows it: "16 y 24 GB", "7 o 70 mil
    millones"; None where they are not alike even so.
    """
    if quantity.value <= 0 or following.value <= 0:
        return None
    number = following.number
    unit = following.value / number.value if number.value else 1.0
    worded = not quantity.number.suffix and number.suffix.strip().lower().startswith(_WORDS)
    for factor, most in ((1.0, 1e4), (unit, ALIKE), (unit * number.power if worded else 1.0, ALIKE)):
        if 1 / most < quantity.value * factor / following.value < most:
            return _times(quantity, factor)
    return None


def _times(quantity: Quantity, factor: float) -> Quantity:
    lower, upper = (None if v is None else v * factor for v in (quantity.lower, quantity.upper))
    return quantity._replace(value=quantity.value * factor, lower=lower, upper=upper)
