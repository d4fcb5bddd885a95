"""Models that a text calls by their last word alone: "Llama 4 Scout and Llama 4 Maverick. Scout has 16 experts"."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pipeline.extract.claims.clauses import VERB

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pipeline.extract.claims.page import Entity

_LAST_WORD = re.compile(r"[\w.]\s([A-Z][a-z]{4,})$")
_OF_MANY = frozenset(
    "Instruct Preview Turbo Flash Ultra Large Small Medium Vision Coder Thinking Reasoning Audio Guard Image Video "
    "Embed Distill Research Mistral Llama Gemini Claude Experimental Reasoner Latest Light".split()
)
_GOVERNS = re.compile(rf"['’]s\s|\s{VERB}")


def short_names(text: str, named: Sequence[Entity]) -> list[Entity]:
    """The places where the last word of a model's name, and of no other model's, governs a verb or owns something."""
    models = _by_last_word(named)
    if not models:
        return []
    taken = {at for entity in named for at in range(entity.start, entity.end)}
    return [
        model._replace(start=at, end=at + len(word))
        for word, model in models.items()
        for at in _places(text, word, model.start + 1)
        if at not in taken
    ]


def _by_last_word(named: Sequence[Entity]) -> dict[str, Entity]:
    found: dict[str, dict[str, Entity]] = {}
    for entity in named:
        last = _LAST_WORD.search(entity.name) if entity.kind == "model" else None
        if last and last[1] not in _OF_MANY:
            found.setdefault(last[1], {}).setdefault(entity.name, entity)
    return {word: next(iter(models.values())) for word, models in found.items() if len(models) == 1}


def _places(text: str, word: str, begin: int) -> Iterator[int]:
    at = text.find(word, begin)
    while at >= 0:
        if not (text[at - 1].isalnum() or text[at - 1] in "-_/.") and _GOVERNS.match(text, at + len(word)):
            yield at
        at = text.find(word, at + 1)
