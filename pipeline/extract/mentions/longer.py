"""Longer names, of which a family's name is the end: Meta-Llama-3-70B, Qwen/Qwen2.5-7B, Nous-Hermes-Llama-2-7B."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from pipeline.extract.folding import slug

if TYPE_CHECKING:
    from pipeline.extract.mentions.candidates import FoldedText
    from pipeline.extract.mentions.items import Item
    from pipeline.lexicon import Lexicon

_PREFIX = re.compile(r"(?<![\w-])((?:[A-Za-z][A-Za-z0-9.]*-)+)$")
_NAMESPACE = re.compile(r"(?<![\w./-])[A-Za-z][\w.-]{1,40}/$")
_REST = re.compile(r"(?:-\w+(?:\.\w+)*)*")


def joined(items: list[Item], page: FoldedText, lexicon: Lexicon) -> list[Item]:
    """Longer names: Meta-Llama-3-70B, Qwen/Qwen2.5-7B, Nous-Hermes-Llama-2-7B."""
    neutral = lexicon.words.get("prefix", frozenset())
    longer: list[Item] = []
    for item in items:
        start = item.mention.start
        if item.family is not None and item.parts and page.plain[start - 1 : start] in {"-", "/"}:
            longer = _swallow(longer, item, page, neutral)
        else:
            longer.append(item)
    return longer


def _swallow(before: list[Item], item: Item, page: FoldedText, neutral: frozenset[str]) -> list[Item]:
    text, mention = page.plain, item.mention
    namespace = _NAMESPACE.search(text, max(0, mention.start - 45), mention.start)
    glued = "-" in mention.surface or ":" in mention.surface
    prefix = namespace if namespace and glued else _PREFIX.search(text, max(0, mention.start - 45), mention.start)
    if prefix is None or (namespace is None and prefix.group(1).rstrip("-").lower() in neutral):
        return [*before, item]
    last = before[-1] if before and before[-1].mention.end > prefix.start() else None
    if last is not None and last.family is not None and last.parts:
        return [*before, item]
    kept = before[:-1] if last is not None else before
    renamed = replace(mention, start=prefix.start(), surface=page.text[prefix.start() : mention.end])
    if namespace is None and last is None:
        end = mention.end + len(_REST.match(text, mention.end)[0])  # type: ignore[index]  # matches always
        name = page.text[prefix.start() : end]
        renamed = replace(
            renamed,
            name=name,
            surface=name,
            end=end,
            entity_id=f"model:{slug(name)}",
            emerging=True,
            rule="derived",
        )
    return [*kept, replace(item, mention=renamed)]
