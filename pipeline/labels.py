"""The words and numbers of what editors read, in the language of its reader."""

from __future__ import annotations

import math
import tomllib
from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING, Any

from pipeline.resources import resource

if TYPE_CHECKING:
    from collections.abc import Mapping

_SUPERSCRIPT = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")
_SHORT = ((1e12, "T"), (1e9, "B"), (1e6, "M"))


@dataclass(frozen=True, slots=True)
class Words:
    """The labels of a language (`data/report/labels.toml`), and how it writes numbers."""

    language: str
    labels: Mapping[str, str]

    def __getitem__(self, key: str) -> str:
        return escape(self.labels.get(key, key))

    def raw(self, key: str) -> str:
        """A label that is not escaped, to be filled in first."""
        return self.labels[key]

    def number(self, value: float) -> str:
        """A number as a reader expects it: grouped, short of a million millions of millions.

        >>> words("es").number(25000.0), words("en").number(0.14), words("es").number(5e25)
        ('25.000', '0.14', '5 × 10²⁵')
        """
        if value != 0 and not 1e-4 <= abs(value) < 1e15:
            exponent = math.floor(math.log10(abs(value)))
            digits = self._local(f"{value / 10**exponent:.4g}")
            return f"{digits} × 10{str(exponent).translate(_SUPERSCRIPT)}"
        text = f"{value:,.0f}" if float(value).is_integer() else f"{value:,.4f}".rstrip("0")
        return self._local(text)

    def short(self, value: float) -> str:
        """A number for an axis: 405B, 1,8T, 25.000.

        >>> words("es").short(1.8e12), words("es").short(25000.0), words("en").short(7e10)
        ('1,8T', '25.000', '70B')
        """
        for size, letter in _SHORT:
            if size <= abs(value) < 1e15:
                return self._local(f"{value / size:.4g}") + letter
        return self.number(value)

    def percent(self, share: float, *, signed: bool = False) -> str:
        """A share as percent.

        >>> words("es").percent(0.0375, signed=True)
        '+3,8 %'
        """
        return self._local(f"{100 * share:{'+' if signed else ''}.1f}") + " %"

    def money(self, row: Mapping[str, Any]) -> str:
        """A claim's value with bound, currency and unit."""
        parts = [f"{self.labels[row['bound']]}\u00a0{self.number(row['value'])}".strip()]
        if row["bound"] == "range" and row["lower"] is not None and row["upper"] is not None:
            parts = [f"{self.number(row['lower'])}–{self.number(row['upper'])}"]
        parts += [str(row["currency"])] if row["currency"] else []
        parts += [f"/ {self.labels.get(row['per'], row['per'].replace('_', ' '))}"] if row["per"] else []
        return " ".join(parts)

    def _local(self, text: str) -> str:
        swap = {",": self.labels["thousands"], ".": self.labels["decimal"]}
        return "".join(swap.get(character, character) for character in text)


def words(language: str) -> Words:
    """The words of a language: es or en."""
    labels = tomllib.loads(resource("data", "report", "labels.toml").read_text("utf-8"))
    return Words(language, labels[language])
