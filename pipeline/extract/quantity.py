"""A quantity, and the text it is read from."""

from __future__ import annotations

from bisect import bisect_left
from operator import attrgetter
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from pipeline.extract.chips import Chip
    from pipeline.extract.numbers import Number


class Quantity(NamedTuple):
    """A number with its unit: `text[start:end]` is the shortest stretch that holds both.

    `dimension` is one of those of `data/units/units.csv`, or `money`, `percent`, `bare` (only a letter as suffix: 7B,
    350k) and `none` (a plain number). `value`, `lower`, `upper` are in the dimension's base unit, `unit` is its name.
    `hardware` is the chip named with it, `per` what it is counted per, read up to `per_end`; `modifier` holds the words
    between number and unit. `currency` is an ISO 4217 code, None where the text leaves it open.
    """

    start: int
    end: int
    number: Number
    dimension: str
    unit: str
    value: float
    lower: float | None = None
    upper: float | None = None
    currency: str | None = None
    per: str | None = None
    hardware: str | None = None
    modifier: str = ""
    per_end: int = 0


class QuantityText(NamedTuple):
    """A text, the same folded, and the chips that it names."""

    text: str
    folded: str
    chips: tuple[Chip, ...]

    def chip_between(self, low: int, high: int) -> Chip | None:
        """The first chip whose name starts between two offsets."""
        at = bisect_left(self.chips, low, key=attrgetter("start"))
        return self.chips[at] if at < len(self.chips) and self.chips[at].start < high else None
