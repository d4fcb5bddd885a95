"""Mentions in the making: a mention with what its name was read as, and how more of them find their place."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pipeline.extract.mentions.recalled import Named

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from pipeline.extract.mentions.parts import Part
    from pipeline.lexicon import Family
    from pipeline.records import Mention


@dataclass(frozen=True, slots=True)
class Item:
    """A mention in the making."""

    mention: Mention
    family: Family | None = None
    parts: tuple[Part, ...] = ()


def named_in(items: Sequence[Item]) -> list[Named]:
    """The models among them, by their families and the parts of their names."""
    return [Named(item.family, item.parts) for item in items if item.family is not None]


def spread(items: Sequence[Item], more: Iterable[Item]) -> list[Item]:
    """Both in the order of the text; where two overlap, the one that was there stays, unless the new one holds it whole
    and is longer (a name within a longer name is none).
    """
    kept = sorted(items, key=lambda item: item.mention.start)
    starts = [item.mention.start for item in kept]
    for new in sorted(more, key=lambda item: item.mention.start):
        start, end = new.mention.start, new.mention.end
        first = last = bisect_left(starts, end)
        while first and kept[first - 1].mention.end > start:
            first -= 1
        clashes = [item.mention for item in kept[first:last]]
        inside = all(start <= old.start and old.end <= end for old in clashes)
        if not clashes or (inside and end - start > max(old.end - old.start for old in clashes)):
            kept[first:last], starts[first:last] = [new], [start]
    return kept
