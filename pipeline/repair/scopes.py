"""Which pieces stand together: in a line, in a block, in the whole text; and whether anything else stands there."""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import TYPE_CHECKING, Generic, Protocol, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

LINES = re.compile(r"\n")
BLOCKS = re.compile(r"\n[ \t\r]*\n")


class Located(Protocol):
    """Something of the text, and where."""

    @property
    def start(self) -> int:
        """Its offset."""

    @property
    def strangers(self) -> int:
        """How many characters beyond ASCII it has."""


P = TypeVar("P", bound=Located)


def strangers_in(text: str) -> int:
    """How many characters beyond ASCII the text has.

    >>> strangers_in("peque√±o")
    2
    """
    return len(text) - len(text.encode("ascii", "ignore"))


def covered(pieces: Sequence[Located]) -> int:
    """How many characters beyond ASCII the pieces take up."""
    return sum(piece.strangers for piece in pieces)


class Scopes(Generic[P]):
    """The stretches between borders, with the pieces in each. A stretch is judged once, when first asked for."""

    def __init__(
        self, text: str, pieces: Sequence[P], border: re.Pattern[str], verdict: Callable[[list[P]], bool]
    ) -> None:
        self._text = text
        self._verdict = verdict
        self._borders = [0, *(match.end() for match in border.finditer(text)), len(text)]
        self._inside: dict[int, list[P]] = {}
        for piece in pieces:
            self._inside.setdefault(self._at(piece.start), []).append(piece)
        self._known: dict[int, bool] = {}

    def support(self, start: int) -> bool:
        """True when all that is not ASCII around an offset is broken the same way, and convincingly so."""
        at = self._at(start)
        if at not in self._known:
            self._known[at] = self._covered(at) and self._verdict(self._inside[at])
        return self._known[at]

    def _at(self, start: int) -> int:
        return min(bisect_right(self._borders, start), len(self._borders) - 1) - 1

    def _covered(self, at: int) -> bool:
        part = self._text[self._borders[at] : self._borders[at + 1]]
        return covered(self._inside[at]) == strangers_in(part)
