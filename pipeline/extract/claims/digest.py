"""Digests: posts whose paragraphs are each about something else, so that none goes on about the one before."""

from __future__ import annotations

import re
from collections import Counter
from itertools import pairwise
from typing import TYPE_CHECKING

from pipeline.extract.fillers import COMPANY

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pipeline.extract.claims.page import Entity, Page

_AROUND = 4  # paragraphs looked at before and after
_FEWEST = 4  # of them that name something; a shorter text is no digest
_KINDS = frozenset({"model", "org", "cluster", "person"})
_POINTS = re.compile(
    r"\W*(?:(?:and|but|y|pero|ahora|now|also|también|además)\s)?(?:this|that|these|those|it|its|they|their|he|she|"
    rf"(?:the|la|el) (?:{COMPANY})|est[ea]s?|es[eao]s?|dich[oa]s?|sus?)\b",
    re.IGNORECASE,
)  # words that go on about the paragraph before, even in a digest


def stands_alone(page: Page, at: int) -> bool:
    """Whether a paragraph is an entry of a digest: it points at nothing, and those around have no name in common."""
    block = page.blocks[at]
    if block.kind != "paragraph" or _POINTS.match(page.text, block.start):
        return False
    around = [*_run(page, at, -1)[::-1], *_run(page, at, 1)]
    told = [entities for index in around if (entities := _named(page, index))]
    if len(told) < _FEWEST or len(told) * 3 < len(around) * 2:
        return False
    times = Counter(name for entities in told for name in {e.family or e.name for e in entities})
    again = sum(count - 1 for count in times.values())
    goes_on = sum(bool(first & second) for first, second in pairwise(_makers(page, entities) for entities in told))
    return max(again, goes_on) <= 1  # one may come back


def _run(page: Page, at: int, step: int) -> list[int]:
    """The paragraphs on one side, up to a heading, a list or a table."""
    found: list[int] = []
    index = at + step
    while 0 <= index < len(page.blocks) and page.blocks[index].kind == "paragraph" and len(found) < _AROUND:
        found.append(index)
        index += step
    return found


def _named(page: Page, index: int) -> list[Entity]:
    block = page.blocks[index]
    return [e for e in page.between(block.start, block.end) if e.kind in _KINDS]


def _makers(page: Page, entities: Sequence[Entity]) -> set[str]:
    return {page.known.makers.get(entity.family or "") or entity.name for entity in entities}
