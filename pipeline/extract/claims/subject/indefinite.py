"""Numbers of something that has no name: "un modelo de 7B", "models above 100B parameters"."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from pipeline.extract.claims.patterns import (
    COMPARED,
    ELIDED,
    INDEFINITE,
    INDEFINITE_AFTER,
    MODEL_METRICS,
    PRESENTS,
)
from pipeline.extract.claims.subject.base import allowed
from pipeline.extract.claims.topic import is_oblique

if TYPE_CHECKING:
    from pipeline.extract.claims.draft import Draft
    from pipeline.extract.claims.topic import Topic


@lru_cache(maxsize=4)  # several rules ask the same of a draft
def is_indefinite(draft: Draft, topic: Topic) -> bool:
    """Whether the number is of something unnamed: "un modelo de 7B", "models with over 100B parameters".

    "X es un modelo de 7B" and "X, a model with 7B" name it; so does "Meta lanzó un modelo de 7B" not.
    """
    text = topic.page.text
    lead = text[draft.sentence.start : draft.start]
    match = INDEFINITE.search(lead)
    if _CROWD.search(lead) and not _named_since(draft, topic, _CROWD.search(lead)):
        return True
    if match and PRESENTS.match(lead) and draft.modality != "hypothetical":
        return False
    if match and draft.metric in {"hardware_quantity", "power"} and ELIDED.match(lead):
        return False
    if not match:
        return bool(INDEFINITE_AFTER.search(lead)) and bool(
            re.match(
                r"[\s-]*(?:parámetros|parameter\w*|token\w*|GPU\w*)?[\s-]*(?:model|LLM)",
                text[draft.end : draft.end + 24],
            )
        )
    at = draft.sentence.start + match.start()
    kinds = frozenset({"model", "cluster", "device"}) if draft.metric != "hardware_quantity" else allowed(draft)
    named = [e for e in topic.page.between(draft.clause[0], at) if e.kind in kinds]
    inner = [e for e in topic.page.between(at, draft.start) if e.kind in kinds and not is_oblique(topic.page, e, at)]
    if inner:
        return False
    before = [e for e in topic.page.between(draft.sentence.start, at) if e.kind == "model"]
    if len({e.name for e in before}) == 1 and re.search(r":\s*$", text[draft.sentence.start : at]):
        return False
    if not named:
        return draft.metric not in {"hardware_quantity", "power", "funding"} or not any(
            e.kind in _OWNERS & allowed(draft) for e in topic.page.between(draft.sentence.start, at)
        )
    lead_to = text[named[-1].end : at]
    if COMPARED.search(text[max(draft.sentence.start, named[-1].start - 40) : named[-1].start]):
        return True
    return draft.metric in MODEL_METRICS and not re.search(
        r"^[*_»”\")\]]*\s*(?:,|\(|:|–|—|es\b|son\b|era\b|fue\b|is\b|was\b|are\b|será\b|tiene\b|has\b|being\b|se\b|"
        r"como\b|as\b|llegó\b|utiliza\b|usa\b|uses\b|ofrece\b|soporta\b|supports\b)|^\s*$",
        lead_to,
        re.IGNORECASE,
    )


def _named_since(draft: Draft, topic: Topic, match: re.Match[str] | None) -> bool:
    """Whether a possible subject is named between a description and the number."""
    begin = draft.sentence.start + (match.start() if match else 0)
    return any(e.kind in allowed(draft) for e in topic.page.between(begin, draft.start))


_OWNERS = frozenset({"org", "person", "cluster", "model"})
_CROWD = re.compile(
    r"\b(?:(?:otros|other|most|best|mejores|previous|earlier|existing|rival|competing|modern|newer|older|bigger|larger|"
    r"smaller|largest|smallest|proprietary|frontier|leading|demás|algunos|muchos|some|many|la mayoría de(?: los)?)\s"
    r"(?:\w+\s){0,2}?(?:modelos|models|LLMs)|modelos\s(?:más\s\w+|anteriores|actuales|rivales|similares|propietarios|"
    r"cerrados|punteros|modernos|comerciales))\b[^.;:]{0,50}$",
    re.IGNORECASE,
)


def is_supposed(draft: Draft) -> bool:
    """Whether the number is part of a supposition; a guess or a Spanish conditional is about something real."""
    return draft.modality == "hypothetical" and not any(_POSSIBLE.search(reason) for reason in draft.reasons)


_POSSIBLE = re.compile(
    r"^modality (?:'(?:hay quien|\w*specul|rumore|pod|pud|puede|qui|tal vez|a lo mejor|could|may|might|would|'d|"
    r"perhaps|possib|\w+r[íi]an?')|.*\(conditional\)$)",
    re.IGNORECASE,
)
