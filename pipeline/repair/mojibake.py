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
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from pipeline.repair.edits import Edit
from pipeline.repair.entities import ENTITY_RUN, resolve
from pipeline.repair.lossy import alone_edits, lossy_edits
from pipeline.repair.plausible import naturalness
from pipeline.repair.scopes import BLOCKS, LINES, Scopes, covered, strangers_in
from pipeline.repair.tables import DAMAGES, Damage, name_of
from pipeline.repair.talk import is_example

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

CERTAIN = 5.5  # natural logarithm of the odds at which a piece needs no support
_ESTABLISHED = 3.0  # and what it needs where the same damage is certain elsewhere in the text
TOGETHER = 12.0  # what different doubtful pieces must add up to, with no certain one among them
_UNUSUAL = 3.0  # encodings that text is seldom mistaken for need that much more evidence in each place
_STRAY = 4.0  # what a piece loses for each neighbour that looks like the rest of a longer sequence
_IMPOSSIBLE = -8.0
_THROUGHOUT = 0.8
_FEW = 4
_RIVAL = 4.5
_SHORT = 40  # longer runs do not come again, and are not kept
_RUNS = re.compile(r"[^\x00-\x7f][^\x00-\x7f]+")


class Run(NamedTuple):
    """Characters beyond ASCII that stand together, entities resolved.

    `places` are the offsets of each character and of the end, where entities make them differ from `start + i`.
    """

    start: int
    end: int
    text: str
    places: tuple[int, ...] = ()


class Piece(NamedTuple):
    """A stretch that could be broken text.

    `gain`: how much more natural it would be; `strangers`: how many of its characters are written beyond ASCII, not as
    entities.
    """

    start: int
    end: int
    text: str
    new: str
    gain: float
    strangers: int


def runs_of(text: str) -> list[Run]:
    """Where a sequence can be: at least two characters beyond ASCII in a row, entities counted as what they mean."""
    if "&" not in text:
        return [Run(m.start(), m.end(), m[0]) for m in _RUNS.finditer(text)]
    found: list[Run] = []
    at = 0
    for spelled in ENTITY_RUN.finditer(text):
        found += (Run(m.start(), m.end(), m[0]) for m in _RUNS.finditer(text, at, spelled.start()))
        chars, places = resolve(spelled[0], spelled.start())
        found.append(Run(spelled.start(), spelled.end(), chars, places))
        at = spelled.end()
    found += (Run(m.start(), m.end(), m[0]) for m in _RUNS.finditer(text, at))
    return found


def tiles_of(name: str, run: str) -> tuple[tuple[int, int, str], ...]:
    """The pieces within one run, as start, end, and what they would become.

    >>> tiles_of("macroman", "“√±”")
    ((1, 3, 'ñ'),)
    """
    return _tiles(name, run) if len(run) <= _SHORT else _tiles.__wrapped__(name, run)


def gains_of(name: str, left: str, run: str, right: str) -> tuple[float, ...]:
    """How much more natural each piece of a run would be, for the text around it (two characters on each side)."""
    return (_gains if len(run) <= _SHORT else _gains.__wrapped__)(name, left, run, right)


@lru_cache(maxsize=16384)
def _tiles(name: str, run: str) -> tuple[tuple[int, int, str], ...]:
    damage = DAMAGES[name]
    found = []
    for match in damage.pieces.finditer(run):
        try:
            found.append((match.start(), match.end(), damage.read(match[0])))
        except UnicodeDecodeError:
            continue
    return tuple(found)


@lru_cache(maxsize=65536)
def _gains(name: str, left: str, run: str, right: str) -> tuple[float, ...]:
    damage = DAMAGES[name]
    gains = []
    for start, end, new in tiles_of(name, run):
        before, after = (left + run[:start])[-2:], (run[end:] + right)[:2]
        gain = naturalness(before, new, after) - naturalness(before, run[start:end], after)
        gain -= _STRAY * (start > 0 and run[start - 1] in damage.continuations)
        gain -= _STRAY * (end < len(run) and run[end] in damage.continuations)
        gains.append(gain - (0.0 if name in {"cp1252", "macroman"} else _UNUSUAL))
    return tuple(gains)


def pieces_of(text: str, runs: Iterable[Run], damage: Damage, bonus: float = 0.0) -> list[Piece]:
    """The pieces of all runs under one damage, with their gain."""
    return list(_pieces(text, runs, damage, bonus))


def _pieces(text: str, runs: Iterable[Run], damage: Damage, bonus: float) -> Iterator[Piece]:
    name = damage.name
    for start, stop, run, places in runs:
        tiles = tiles_of(name, run)
        if tiles:
            gains = gains_of(name, text[max(0, start - 2) : start], run, text[stop : stop + 2])
            for (first, last, new), gain in zip(tiles, gains, strict=True):
                if places:
                    begin, end = places[first], places[last]
                    yield Piece(begin, end, run[first:last], new, gain + bonus, strangers_in(text[begin:end]))
                else:
                    yield Piece(start + first, start + last, run[first:last], new, gain + bonus, last - first)


def find(text: str, *, language: str | None = None, prior: frozenset[str] = frozenset()) -> list[Edit]:
    """The edits of one round: of the damage that explains most. Empty where there is nothing to repair.

    `prior` names damages that are known to have happened close by.
    """
    runs = runs_of(text)
    samples = {run.text: run for run in runs}
    damages = [d for d in DAMAGES.values() if any(tiles_of(d.name, run) for run in samples)]
    if not damages:
        return alone_edits(text, language=language)
    return _whole(text, runs, samples, damages) or _parts(text, runs, damages, language, prior)


def _whole(text: str, runs: Sequence[Run], samples: dict[str, Run], damages: Sequence[Damage]) -> list[Edit]:
    """The edits for a text where one damage explains all that is not ASCII; a sample of each run is evidence enough."""
    if len(runs) < _FEW or any(run.places for run in runs):
        return []  # entities need their places, and a few pieces a closer look
    if sum(len(run.text) for run in runs) != strangers_in(text):
        return []
    best: tuple[float, str] = (0.0, "")
    readings = {d: pieces_of(text, samples.values(), d) for d in damages}
    for damage, pieces in _without_rivals(readings, samples.values()).items():
        if covered(pieces) == sum(map(len, samples)) and _convincing(pieces):
            best = max(best, (sum(piece.gain for piece in pieces), damage.name))
    name = best[1]
    if not name:
        return []
    codec = name_of(name, "".join(samples))
    reason = f"UTF-8 read as {codec}"
    new = {run: "".join(tile[2] for tile in tiles_of(name, run)) for run in samples}
    return [Edit(start, end, new[run], codec, reason) for start, end, run, _ in runs]


def _parts(
    text: str, runs: Sequence[Run], damages: Sequence[Damage], language: str | None, prior: frozenset[str]
) -> list[Edit]:
    """The edits for a text that is broken here and there, by the damage that explains most."""
    strangers = strangers_in(text)
    best: tuple[float, Damage, list[Piece], list[Piece]] = (0.0, damages[0], [], [])
    readings = {d: pieces_of(text, runs, d, CERTAIN - 1.0 if d.name in prior else 0.0) for d in damages}
    for damage, pieces in _without_rivals(readings, runs).items():
        accepted = _decide(text, pieces, strangers)
        total = sum(piece.gain for piece in accepted)
        if total > best[0]:
            best = (total, damage, accepted, pieces)
    _, found, accepted, pieces = best
    if 2 * covered(accepted) < strangers or len(accepted) < _FEW:
        accepted = [p for p in accepted if not is_example(text, p.start, p.end, p.new)]
    if not accepted:
        return alone_edits(text, language=language)
    codec = name_of(found.name, "".join({piece.text for piece in accepted}))
    edits = _edits(accepted, codec)
    lossy = lossy_edits(text, found, edits, language=language)
    return _with_neighbours([*edits, *lossy], pieces, codec) if lossy else edits


def _without_rivals(readings: dict[Damage, list[Piece]], runs: Iterable[Run]) -> dict[Damage, list[Piece]]:
    """The readings, each without the runs that another damage explains far better: `Ã±` is ñ rather than U+0331."""
    if len(readings) < 2:
        return readings
    starts = sorted(run.start for run in runs)
    totals = {damage: _by_run(pieces, starts) for damage, pieces in readings.items()}
    best: dict[int, tuple[int, float]] = {}  # of those that explain most of a run, the highest gain
    for total in totals.values():
        for run, found in total.items():
            best[run] = max(found, best.get(run, found))
    kept = {}
    for damage, pieces in readings.items():
        beaten = {r for r, (size, gain) in totals[damage].items() if size <= best[r][0] and gain + _RIVAL < best[r][1]}
        kept[damage] = [p for p in pieces if bisect_right(starts, p.start) not in beaten] if beaten else pieces
    return kept


def _by_run(pieces: Iterable[Piece], starts: Sequence[int]) -> dict[int, tuple[int, float]]:
    """How many characters of each run the pieces take up, and their gain."""
    total: dict[int, tuple[int, float]] = {}
    for piece in pieces:
        run = bisect_right(starts, piece.start)
        size, gain = total.get(run, (0, 0.0))
        total[run] = (size + len(piece.text), gain + piece.gain)
    return total


def _edits(pieces: Iterable[Piece], codec: str) -> list[Edit]:
    reason = f"UTF-8 read as {codec}"
    return [Edit(start, end, new, codec, reason) for start, end, _, new, *_ in pieces]


def _with_neighbours(edits: list[Edit], pieces: Sequence[Piece], codec: str) -> list[Edit]:
    """The edits, and the doubtful pieces that touch one: what is joined to broken text without a gap is broken."""
    starts, ends = {edit.start for edit in edits}, {edit.end for edit in edits}
    joined = [p for p in pieces if p.start not in starts and (p.start in ends or p.end in starts)]
    return sorted([*edits, *_edits(joined, codec)])


def _decide(text: str, pieces: list[Piece], strangers: int) -> list[Piece]:
    if covered(pieces) == strangers and _convincing(pieces):
        return pieces
    # damage that is seen elsewhere in the text needs less evidence in each place
    enough = _ESTABLISHED if _total(p for p in pieces if p.gain >= CERTAIN) >= 2 * TOGETHER else CERTAIN
    doubtful = [piece for piece in pieces if piece.gain < enough]
    if not doubtful:
        return pieces
    # in a text that is broken throughout but for a few characters, a line needs no evidence of its own
    throughout = covered(pieces) >= _THROUGHOUT * strangers and _convincing(pieces)
    supported: set[int] = set()
    for borders in (LINES, BLOCKS):
        scopes = Scopes(text, pieces, borders, _likely if throughout else _convincing)
        supported |= {p.start for p in doubtful if p.gain > _IMPOSSIBLE and scopes.support(p.start)}
    return [piece for piece in pieces if piece.gain >= enough or piece.start in supported]


def _total(pieces: Iterable[Piece]) -> float:
    """The evidence of some pieces. The same piece again is no new evidence."""
    return sum({piece.text: piece.gain for piece in pieces}.values())


def _likely(pieces: Iterable[Piece]) -> bool:
    return sum(piece.gain for piece in pieces) > 0


def _convincing(pieces: Iterable[Piece]) -> bool:
    """Whether pieces that make up all of a stretch show it to be broken. The same piece again is no new evidence."""
    gains = {piece.text: piece.gain for piece in pieces}
    total = sum(gains.values())
    return total >= TOGETHER or (total >= CERTAIN and max(gains.values()) >= CERTAIN)
