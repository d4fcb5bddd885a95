"""What reading numbers gives back."""

from __future__ import annotations

from typing import Literal, NamedTuple

Kind = Literal[
    "cardinal", "decimal", "words", "scientific", "range", "fraction", "percent", "multiple", "ordinal", "year", "name",
    "group",
]  # fmt: skip
Relation = Literal["", "times", "each", "active", "low", "high"]

NOT_AMOUNTS: frozenset[Kind] = frozenset({"multiple", "ordinal", "year", "name", "fraction"})


class Number(NamedTuple):
    """A number as the text writes it, `text[start:end]`, and what it means.

    `kind`:
        cardinal, decimal, words, scientific, range, percent  an amount ("88,5 %" has the value 88.5)
        group     dozens and hundreds ("dos docenas")
        multiple  "10x", "3 veces": says how often, not how much
        fraction  "1/3"
        ordinal   "3rd", "2.º"
        year      four bare digits from 1900 to 2099 (but 2048): an amount only where a unit follows at once
        name      glued to letters or a hyphen: GPT-4, o3, Llama-3.1-405B
    `suffix` is the scale as written ("k", "B", "mil millones") and `power` its factor.
    `relation`: of "8x7B" the 8 is `times` and the 7B `each`; of "235B-A22B" the 22B is `active`; of "from 8B to 70B",
    two numbers, the first is `low` and the second `high`.
    `alternative` is the other reading of a number whose writing leaves a doubt (1.342 GB; 3 billones), else None.
    """

    start: int
    end: int
    value: float
    lower: float | None = None
    upper: float | None = None
    suffix: str = ""
    kind: Kind = "cardinal"
    power: float = 1.0
    relation: Relation = ""
    alternative: float | None = None

    @property
    def is_amount(self) -> bool:
        """Whether it can be the number of a claim by its form alone."""
        return self.kind not in NOT_AMOUNTS
