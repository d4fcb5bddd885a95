"""What a reference means, of the names before it: not the last one where that is no startup, or has another size."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pipeline.extract.claims.subject.base import contradicts

if TYPE_CHECKING:
    from pipeline.extract.claims.draft import Draft
    from pipeline.extract.claims.page import Entity
    from pipeline.extract.claims.topic import Topic


def meant(draft: Draft, topic: Topic, found: tuple[Entity, str] | None, at: int) -> tuple[Entity, str] | None:
    """What the reference at an offset means, where `found` is what was talked of last."""
    if found is None:
        return None
    if contradicts(draft, found[0]):
        return _fitting(draft, topic, found[0]) or found
    if _STARTUP.match(topic.page.text, at):
        return _startup(draft, topic, found[0]) or found
    return found


def _fitting(draft: Draft, topic: Topic, other: Entity) -> tuple[Entity, str] | None:
    """The name before in the paragraph that a size may be of, where the last one says another size."""
    begin = topic.page.blocks[draft.sentence.block].start
    names = [e for e in topic.page.between(begin, draft.sentence.start) if (e.kind, e.name) != (other.kind, other.name)]
    fitting = [e for e in names if e.kind == other.kind and not contradicts(draft, e)]
    return (fitting[-1], "last named in the paragraph") if fitting else None


def _startup(draft: Draft, topic: Topic, other: Entity) -> tuple[Entity, str] | None:
    """The startup named last, where what was talked of is none: "Microsoft invertirá en X. La startup alcanzará N"."""
    if _kind(other, topic) in {None, *_YOUNG}:
        return None
    begin = topic.page.blocks[draft.sentence.block].start
    young = [e for e in topic.page.between(begin, draft.sentence.start) if _kind(e, topic) in _YOUNG]
    return (young[-1], "last named in the paragraph") if young else None


def _kind(entity: Entity, topic: Topic) -> str | None:
    org = topic.page.lexicon.organization(entity.name) if entity.kind == "org" else None
    return org.kind if org else None


_YOUNG = frozenset({"startup", "lab"})
_STARTUP = re.compile(r"(?:la|the|esta|this)\s(?:startup|start-up|empresa emergente)\b", re.IGNORECASE)
