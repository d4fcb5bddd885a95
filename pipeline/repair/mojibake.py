"""Find the places where UTF-8 was read as something else, and decide which of them to repair.

A round looks for one encoding. Each *piece* (a stretch made of nothing but UTF-8 sequences in that encoding) is
weighed by itself: how much more natural is what it would be repaired to? A piece that is beyond doubt is repaired
anywhere. A doubtful one is judged by the company it keeps, from near to far: its line, its block, the document. Where
all that is not ASCII consists of such pieces, everything was broken at once and everything is repaired, the odd ones
too; a single character that cannot come from that damage shows that the stretch is mixed, and then only evidence of its
own counts.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from itertools import accumulate
from typing import TYPE_CHECKING

from pipeline.repair.edits import Edit
from pipeline.repair.entities import ENTITY_RUN, resolve
from pipeline.repair.lossy import alone_edits, lossy_edits
from pipeline.repair.plausible import naturalness
from pipeline.repair.tables import DAMAGES, Damage, name_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

CERTAIN = 5.5  # natural logarithm of the odds at which a piece needs no support
TOGETHER = 12.0  # what different doubtful pieces must add up to, with no certain one among them
_UNUSUAL = 3.5  # encodings that text is seldom mistaken for need that much more evidence in each place
_IMPOSSIBLE = -8.0
_RUNS = re.compile(r"[^\x00-\x7f]{2,}")
_BREAKS = re.compile(r"\n[ \t\r]*\n")


@dataclass(frozen=True, slots=True)
class Run:
    """Characters beyond ASCII that stand together, entities resolved, and what stands to the left and right of them.

    `places` are the offsets of each character and of the end, where entities make them differ from `start + i`.
    """

    start: int
    text: str
    left: str
    right: str
    places: tuple[int, ...] = ()

    def offset(self, i: int) -> int:
        """Where the i-th character is in the text."""
        return self.places[i] if self.places else self.start + i


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch that could be broken text. `gain`: how much more natural it would be."""

    start: int
    end: int
    text: str
    new: str
    gain: float


def runs_of(text: str) -> list[Run]:
    """Where a sequence can be: at least two characters beyond ASCII in a row, entities counted as what they mean."""
    if "&" not in text:
        return [_run(text, m.start(), m.end(), m[0]) for m in _RUNS.finditer(text)]
    found: list[Run] = []
    at = 0
    for spelled in ENTITY_RUN.finditer(text):
        found += (_run(text, m.start(), m.end(), m[0]) for m in _RUNS.finditer(text, at, spelled.start()))
        chars, places = resolve(spelled[0], spelled.start())
        found.append(_run(text, spelled.start(), spelled.end(), chars, places))
        at = spelled.end()
    found += (_run(text, m.start(), m.end(), m[0]) for m in _RUNS.finditer(text, at))
    return found


def _run(text: str, start: int, end: int, chars: str, places: tuple[int, ...] = ()) -> Run:
    return Run(start, chars, text[max(0, start - 2) : start], text[end : end + 2], places)


def pieces_of(runs: Iterable[Run], damage: Damage, bonus: float = 0.0) -> list[Piece]:
    """The pieces of all runs under one damage, with their gain. The same run in the same place is weighed once."""
    found: list[Piece] = []
    memo: dict[tuple[str, str, str], list[Piece]] = {}
    for run in runs:
        key = (run.left, run.text, run.right)
        local = memo.get(key)
        if local is None:
            local = memo[key] = _pieces_of_run(run, damage)
        found += (Piece(run.offset(p.start), run.offset(p.end), p.text, p.new, p.gain + bonus) for p in local)
    return found


def _pieces_of_run(run: Run, damage: Damage) -> list[Piece]:
    found = []
    for match in damage.pieces.finditer(run.text):
        start, end = match.span()
        left = (run.left + run.text[:start])[-2:]
        right = (run.text[end:] + run.right)[:2]
        try:
            new = damage.read(match[0])
        except UnicodeDecodeError:
            continue
        gain = naturalness(left, new, right) - naturalness(left, match[0], right)
        stray = (start > 0 and run.text[start - 1] in damage.continuations) + (
            end < len(run.text) and run.text[end] in damage.continuations
        )
        unusual = 0.0 if damage.name in {"cp1252", "macroman"} else _UNUSUAL
        found.append(Piece(start, end, match[0], new, gain - 4.0 * stray - unusual))
    return found


def find(text: str, *, language: str | None = None, prior: frozenset[str] = frozenset()) -> list[Edit]:
    """The edits of one round: of the damage that explains most. Empty where there is nothing to repair.

    `prior` names damages that are known to have happened close by.
    """
    runs = runs_of(text)
    strangers = len(text) - len(text.encode("ascii", "ignore")) if runs else 0
    best: tuple[float, Damage | None, list[Piece], list[Piece]] = (0.0, None, [], [])
    for damage in DAMAGES.values():
        pieces = pieces_of(runs, damage, CERTAIN - 1.0 if damage.name in prior else 0.0)
        accepted = _decide(text, pieces, strangers) if pieces else []
        total = sum(piece.gain for piece in accepted)
        if total > best[0]:
            best = (total, damage, accepted, pieces)
    _, found, accepted, pieces = best
    if found is None:
        return alone_edits(text, language=language)
    codec = name_of(found.name, "".join(piece.text for piece in accepted))
    edits = [_edit(piece, codec) for piece in accepted]
    lossy = lossy_edits(text, found, edits, language=language)
    if lossy:
        edits = _with_neighbours(sorted([*edits, *lossy], key=lambda edit: edit.start), pieces, codec)
    return edits


def _edit(piece: Piece, codec: str) -> Edit:
    return Edit(piece.start, piece.end, piece.new, codec, f"UTF-8 read as {codec}")


def _with_neighbours(edits: list[Edit], pieces: Sequence[Piece], codec: str) -> list[Edit]:
    """The edits, and the doubtful pieces that touch one: what is joined to broken text without a gap is broken."""
    starts, ends = {edit.start for edit in edits}, {edit.end for edit in edits}
    joined = [p for p in pieces if p.start not in starts and (p.start in ends or p.end in starts)]
    return sorted([*edits, *(_edit(piece, codec) for piece in joined)], key=lambda edit: edit.start)


def _decide(text: str, pieces: list[Piece], strangers: int) -> list[Piece]:
    if sum(len(piece.text) for piece in pieces) == strangers and _convincing(pieces):
        return pieces
    doubtful = [piece for piece in pieces if piece.gain < CERTAIN]
    if not doubtful:
        return pieces
    sure = [piece for piece in pieces if piece.gain >= CERTAIN]
    scopes = [_Scopes(text, pieces, _lines(text)), _Scopes(text, pieces, _blocks(text))]
    supported = [piece for piece in doubtful if piece.gain > _IMPOSSIBLE and any(s.support(piece) for s in scopes)]
    return sorted([*sure, *supported], key=lambda piece: piece.start)


def _convincing(pieces: Iterable[Piece]) -> bool:
    """Whether pieces that make up all of a stretch show it to be broken. The same piece again is no new evidence."""
    gains = {piece.text: piece.gain for piece in pieces}
    total = sum(gains.values())
    return total >= TOGETHER or (total >= CERTAIN and max(gains.values()) >= CERTAIN)


def _lines(text: str) -> list[int]:
    return [0, *accumulate(map(len, text.splitlines(keepends=True)))]


def _blocks(text: str) -> list[int]:
    return [0, *(match.end() for match in _BREAKS.finditer(text)), len(text)]


class _Scopes:
    """The lines or the blocks of a text, with the evidence in each."""

    def __init__(self, text: str, pieces: Sequence[Piece], borders: list[int]) -> None:
        self._text = text
        self._borders = borders
        self._inside: dict[int, list[Piece]] = {}
        for piece in pieces:
            self._inside.setdefault(self._at(piece), []).append(piece)
        self._verdicts: dict[int, bool] = {}

    def _at(self, piece: Piece) -> int:
        return bisect_right(self._borders, piece.start) - 1

    def support(self, piece: Piece) -> bool:
        """True when all that is not ASCII in the scope is broken the same way, and convincingly so."""
        at = self._at(piece)
        if at not in self._verdicts:
            self._verdicts[at] = self._covered(at) and _convincing(self._inside[at])
        return self._verdicts[at]

    def _covered(self, at: int) -> bool:
        end = self._borders[at + 1] if at + 1 < len(self._borders) else len(self._text)
        part = self._text[self._borders[at] : end]
        strangers = len(part) - len(part.encode("ascii", "ignore"))
        return strangers == sum(len(piece.text) for piece in self._inside[at])
