"""Subjects of numbers in sentences that name none: what the paragraph, the heading or the post is about."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.extract.claims.patterns import MODEL_METRICS, MONEY_OF_ORG
from pipeline.extract.claims.subject.base import made, wanted
from pipeline.extract.claims.subject.indefinite import is_guess, is_indefinite
from pipeline.extract.claims.subject.reference import FAR

if TYPE_CHECKING:
    from pipeline.extract.claims.draft import Draft, Subject
    from pipeline.extract.claims.page import Entity
    from pipeline.extract.claims.topic import Topic

_NEAR_ONLY = frozenset({"price", "training_cost", "benchmark_score", *MONEY_OF_ORG})


def by_context(draft: Draft, topic: Topic) -> Subject | None:
    """Nothing in the sentence: the paragraph so far, the item's heading, the post's own topic."""
    block = topic.page.blocks[draft.sentence.block]
    if is_indefinite(draft, topic) or (draft.modality == "hypothetical" and not is_guess(draft)):
        return None
    is_item, is_token_price = block.kind == "item", draft.metric == "price" and draft.per == "million_tokens"
    if draft.metric == "training_cost" and (trained := _trained(topic)):
        return made(trained, "subject of the sentence before")
    reaches_far = draft.metric in MODEL_METRICS - _NEAR_ONLY or is_token_price
    if reaches_far or (is_item and draft.metric != "hardware_quantity"):
        found = topic.before(draft, wanted(draft))
        return made(*found) if found and (is_item or found[1] not in FAR) else None
    if draft.metric in _NEAR_ONLY:
        found = topic.before(draft, wanted(draft))
        return made(*found) if found and found[0].start >= block.start else None
    earlier = [e for e in topic.last.get(draft.sentence.block, []) if e.kind in wanted(draft)]
    return made(earlier[-1], "subject of the sentence before") if earlier else None


def _trained(topic: Topic) -> Entity | None:
    """The model whose hours of training the sentence before has given: "… eso da 5 millones de dólares"."""
    hours = [d.subject for d in topic.previous if d.metric == "hardware_hours" and d.subject]
    return hours[-1].entity if hours else None
