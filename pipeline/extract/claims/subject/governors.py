"""Which of the names before a number its clause may be about: no source, no term of comparison, no likeness."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from pipeline.extract.claims.patterns import (
    COMPARED,
    INVESTOR,
    MODEL_METRICS,
    MONEY_OF_ORG,
    OF_CHIPS,
    SOURCE,
)
from pipeline.extract.claims.roles import (
    OF_PERSON,
    PERSONS,
    is_agent,
    is_estimator,
    is_example,
    is_in_aside,
    is_investor,
    is_oblique,
    is_quoted,
    is_source,
    without_speakers,
)
from pipeline.extract.claims.subject.base import allowed, contradicts, named_before, wanted
from pipeline.extract.claims.subject.company import has_own_share

if TYPE_CHECKING:
    from pipeline.extract.claims.draft import Draft
    from pipeline.extract.claims.page import Entity, Page
    from pipeline.extract.claims.topic import Topic


OF_MODELS = MODEL_METRICS - {"price", "throughput"}  # an organization is their subject for want of a model only


@lru_cache(maxsize=4)  # several rules ask the same of a draft
def governors(draft: Draft, topic: Topic) -> list[Entity]:
    """The entities before the number, in its clause or, where that has none, in the clauses before it."""
    page = topic.page
    possible = [e for e in named_before(draft, topic) if counts(page, e, draft)]
    possible = [e for e in possible if not _is_counted(e, topic)]
    possible = [e for e in possible if not is_in_aside(page, e, draft.sentence.start, draft.start)] or possible
    possible = [e for e in possible if not _is_passed_over(e, draft, topic)]
    if _WE.match(page.text, draft.clause[0]):
        possible = [e for e in possible if e.kind != "person"]  # "Musk talks of N; we count M"
    names = [e for e in possible if e.start >= draft.clause[0]] or possible
    if draft.metric in OF_MODELS and not any(e.kind in wanted(draft) for e in names):
        names = possible
    active = [e for e in names if not is_agent(page, e)] or [e for e in possible if not is_agent(page, e)]
    return without_speakers(page, active or names, persons=draft.metric not in MONEY_OF_ORG | {"training_cost"})


_WE = re.compile(r"[\s,;]*(?:and\s|but\s|while\s)?(?:we|I|our)\s\w+")


def _is_counted(entity: Entity, topic: Topic) -> bool:
    """Whether a chip is what a number counts, as the H100 of "ocho H100"; it is not what the next number is about."""
    if entity.kind not in {"chip", "org"}:
        return False
    first = next(iter(topic.page.between(entity.start - 20, entity.start)[-1:]), None)
    if first and first.kind == entity.kind and _AND.fullmatch(topic.page.text, first.end, entity.start):
        entity = first  # 550.000 GB200 y GB300
    return any(p.start <= entity.start < p.end for p in topic.peers)


_AND = re.compile(r"\s(?:y|e|o|and|or)\s|/")


def _is_passed_over(entity: Entity, draft: Draft, topic: Topic) -> bool:
    """Whether the number before in the sentence was not said of an oblique name that stood there already."""
    sibling = topic.sibling
    if sibling is None or sibling.kind != entity.kind or sibling.name == entity.name:
        return False
    return entity.end <= number_before(draft, topic) and is_oblique(topic.page, entity, draft.sentence.start)


def number_before(draft: Draft, topic: Topic) -> int:
    """Where the number before in the sentence ends."""
    return max((peer.end for peer in topic.peers if peer.end <= draft.start), default=0)


def counts(page: Page, entity: Entity, draft: Draft) -> bool:
    """Whether a name before the number may be its subject: no source, no term of comparison, no other size."""
    if entity.kind not in allowed(draft) or entity.end > draft.start or contradicts(draft, entity):
        return False
    lead = page.text[max(draft.sentence.start, entity.start - 60) : entity.start]
    if entity.kind == "org" and (OF_CHIPS.match(page.text, entity.end) or _of_chips(page, entity)):
        return False  # "up to a million Google TPUs", "chips de Nvidia": whose make they are
    if _HYPHENED.match(page.text, entity.end):
        return False  # "Nvidia-rival X"
    if is_estimator(page, entity) or is_quoted(page, entity) or is_source(page, entity):
        return False
    if draft.metric in MONEY_OF_ORG and INVESTOR.match(page.text, entity.end):
        return has_own_share(page, entity, draft)
    if draft.metric == "valuation" and is_investor(page, entity):
        return False
    return (
        not SOURCE.search(lead)
        and (not is_compared(page, entity, draft.sentence.start) or _has_its_say(page, entity, draft))
        and not (entity.kind == "model" and (is_predicate(page, entity) or is_likened(page, entity)))
        and not (entity.kind == "person" and OF_PERSON.match(page.text, entity.end))
        and not (entity.kind == "person" and PERSONS.search(lead))
    )


def _has_its_say(page: Page, entity: Entity, draft: Draft) -> bool:
    """Whether a term of comparison is what the number is about all the same: "compite con X, que es un modelo de N"."""
    return is_example(page, entity) or bool(_ITSELF.match(page.text, entity.end, draft.start))


_ITSELF = re.compile(r"[*_»”\")]*,\s(?:que|cuy[oa]s?|which|whose)\s[^,;.:]*$")


def is_compared(page: Page, entity: Entity, begin: int) -> bool:
    """Whether a name is a term of comparison, or joined to one: "que supera a X y a Y"."""
    if COMPARED.search(page.text, max(begin, entity.start - 60), entity.start):
        return True
    before = page.between(max(begin, entity.start - 40), entity.start)
    joined = _AND_ALSO.fullmatch(page.text, before[-1].end, entity.start) if before else None
    if joined is None or (joined.group() == ", " and not _AND_MORE.match(page.text, entity.end)):
        return False  # "smaller than X, Y has"
    return is_compared(page, before[-1], begin)


_AND_ALSO = re.compile(r"(?:,\s|,?\s(?:y|e|o|u|and|or)\s)(?:al?\s|de\s)?(?:los\s|la\s|el\s|the\s)?")
_AND_MORE = re.compile(r"(?:,|,?\s(?:y|e|o|and|or))\s[A-ZÀ-Þ]")


def _of_chips(page: Page, entity: Entity) -> bool:
    """Whether a maker's name only says whose chips: "computación Nvidia", "50.000 GPU de AMD"."""
    return entity.name in page.known.chip_makers and bool(
        _CHIPS_OF.search(page.text, max(0, entity.start - 40), entity.start)
    )


_CHIPS_OF = re.compile(
    r"\b(?:chips?|GPUs?|TPUs?|tarjetas|gráficas|procesadores|aceleradores|accelerators|hardware|computación|compute|"
    r"silicio|[HAB]\d00s?|servidores|unidades(?: de procesamiento gráfico)?(?: \(GPUs?\))?)\s(?:de\s|by\s|from\s)?$",
    re.IGNORECASE,
)


def is_predicate(page: Page, entity: Entity) -> bool:
    """Whether a name stands behind an indefinite article: "no era un GPT normal" is about something else."""
    return bool(
        re.search(
            r"\b(?:es|era|son|fue|ser|sea|is|was|are|be|not|n['’]t)\s+(?:un|una|a|an|otro|another)\s+[*_«“\"]?$",
            page.text[max(0, entity.start - 18) : entity.start],
            re.IGNORECASE,
        )
    )


def is_likened(page: Page, entity: Entity) -> bool:
    """Whether a name only says what another thing is like: "a GPT-4-class model", "Llama-based", "GPT-like"."""
    return bool(_LIKENED.match(page.text, entity.end))


_LIKENED = re.compile(r"[-\s](?:like|class|level|style|based|esque|type|compatible|caliber|grade)\b")
_HYPHENED = re.compile(r"-(?:rival|backed|owned|funded|led|powered|founded|linked|affiliated|trained)\s")
