"""Subjects of numbers in sentences that name none: what the paragraph, the heading or the post is about."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pipeline.extract.claims.leads import HEADED, INTRODUCED, LEAD, headed, is_line, led
from pipeline.extract.claims.patterns import MODEL_METRICS, MONEY_OF_ORG, is_pointed_at
from pipeline.extract.claims.subject.base import allowed, made, unnamed, wanted
from pipeline.extract.claims.subject.indefinite import describes_head, is_indefinite, is_supposed
from pipeline.extract.claims.subject.reference import FAR

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pipeline.extract.claims.draft import Draft, Subject
    from pipeline.extract.claims.page import Entity, Page
    from pipeline.extract.claims.topic import Topic
    from pipeline.records import Metric

_NEAR_ONLY = frozenset({"price", "training_cost", "benchmark_score", *MONEY_OF_ORG})

_SUBSCRIBED = frozenset({"month", "user"})  # services, of which many have their company's name
_HEADS = frozenset({LEAD, HEADED, INTRODUCED})

_TITLED: frozenset[Metric] = frozenset({
    "parameters", "experts", "training_dataset_size", "training_compute", "hardware_hours", "throughput",
})  # fmt: skip


def by_general(draft: Draft, topic: Topic) -> Subject | None:
    """A typical data center draws 20 MW; as a rule you need N: what holds in general is said of nothing named."""
    page, sentence = topic.page, draft.sentence
    if draft.metric == "memory" and _READERS.match(page.text, sentence.start) and _YOU.match(page.text, draft.end):
        return unnamed("a general statement")
    if draft.metric in _OWNED and (own := _OWN.search(page.text, draft.clause[0], draft.start)):
        named = [e for e in page.between(own.start(), draft.start) if e.kind in allowed(draft)]
        return None if named else unnamed("somebody's own")
    end = draft.start if draft.metric in {"power", "energy"} else sentence.end  # who is named behind says it
    if any(e.kind in allowed(draft) for e in page.between(sentence.start, end)):
        return None
    if draft.metric in MONEY_OF_ORG and _TOLD_BEFORE.search(page.text, sentence.start, draft.start):
        return unnamed("a general statement")
    if draft.metric in _OF_PARTS and _EACH.match(page.text, sentence.start):
        return unnamed("a general statement")
    if draft.metric in _OWNED and _MINE.search(page.text, max(sentence.start, draft.start - 8), draft.start):
        return unnamed("somebody's own")
    if draft.metric == "price" and _IT_COSTS.match(page.text, sentence.start) and _FOR_A.match(page.text, draft.end):
        return unnamed("a general statement")
    return unnamed("a general statement") if _GENERAL.search(page.text, sentence.start, sentence.end) else None


_TOLD_BEFORE = re.compile(  # "Last week I wrote about the $725 billion arms race"
    r"\b(?:I|we)\s(?:\w+\s)?(?:wrote|covered|talked|discussed|reported|mentioned|posted)\s|"
    r"\b(?:os|te|les|ya)\s(?:habl|cont|escrib|coment)(?:é|í|amos|imos|aba|ábamos)\s",
    re.IGNORECASE,
)
_MINE = re.compile(r"\b(?:my|mi)\s[~≈$€]?$", re.IGNORECASE)  # "my 675 MW plant"
_IT_COSTS = re.compile(r"\W*It\s(?:costs?|takes?|took|would (?:cost|take))\s")
_FOR_A = re.compile(r"\sfor an?\s(?!(?:[bm]illion|month|year|token)\b)")  # "It costs $20,000 for a wafer"
_OF_PARTS = frozenset({"hardware_quantity", "power", "memory", "price"})
_EACH = re.compile(
    r"\W*(?:Each|Every)\s(?:one|of them|of these|building|hall|rack|site|node|server|box|card)\b|\W*Cada un[oa]\b"
)
_OWNED = frozenset({"power", "energy", "memory", "price"})
_OWN = re.compile(  # "my server draws N": no machine of that name
    r"\b(?:my|the whole|the entire|mi|tod[oa] (?:el|la))\s(?:\w+\s){0,2}?(?:rack|rig|server|machine|setup|box|PC|build|"
    r"homelab|desktop|house|electricity|servidor|equipo|máquina|torre|ordenador|casa|montaje)\b",
    re.IGNORECASE,
)
_READERS = re.compile(r"\W*(?:with|con|if you have|si tienes)\s", re.IGNORECASE)
_YOU = re.compile(r"[^.;]{0,24}?\b(?:you|puedes|podrás|te basta)\b", re.IGNORECASE)
_GENERAL = re.compile(
    r"\bse (?:recaud|invirt|invier|levant|capt)\w+\s|"
    r"\b(?:típic[oa]s?|típicamente|habitual(?:mente|es)?|normalmente|por lo general|como regla|regla general|por "
    r"término medio|hoy en día|typical(?:ly)?|usual(?:ly)?|generally|as a rule|rule of thumb|general rule|these days|"
    r"nowadays|standard size|tamaño estándar|you(?:['’]d| would| will)? need|necesitas|necesitarás)\b",
    re.IGNORECASE,
)


def by_row(draft: Draft, topic: Topic) -> Subject | None:
    """| GPT-3 | 2020 | 175B parámetros; el primero |: prose in a table is about what its row begins with."""
    blocks, at = topic.page.blocks, draft.sentence.block
    if blocks[at].kind != "cell" or is_indefinite(draft, topic) or is_supposed(draft):
        return None
    row = blocks[at].table, blocks[at].row
    first = next((i for i in range(at, -1, -1) if (blocks[i].table, blocks[i].row) != row), -1) + 1
    heads = topic.page.between(blocks[first].start, blocks[first].end) if first < at else []
    heads = heads or _column_head(topic.page, at)
    found = next((e for kinds in (wanted(draft), allowed(draft)) for e in heads if e.kind in kinds), None)
    return made(found, "head of the row or column") if found else None


def _column_head(page: Page, at: int) -> Sequence[Entity]:
    """What the head of a cell's column names, where the heads of columns name one thing each."""
    place = page.blocks[at].table, page.blocks[at].column
    above = (b for b in reversed(page.blocks[max(0, at - _TABLE) : at]) if b.header)
    head = next((b for b in above if (b.table, b.column) == place), None)
    named = page.between(head.start, head.end) if head else ()
    return named if len({e.name for e in named if e.kind != "org"}) == 1 else ()


_TABLE = 400  # cells that are looked back over for the head of a column


def by_head(draft: Draft, topic: Topic) -> Subject | None:
    """## BLOOM, and below "Qué es: un LLM con 176B, hecho por …": what is described is the model in the heading."""
    if draft.metric not in MODEL_METRICS or not describes_head(draft, topic):
        return None
    if any(e.kind == "model" for e in topic.page.between(draft.sentence.start, draft.end + 24)):
        return None
    entity = headed(topic.page, draft.sentence.block, wanted(draft))
    return made(entity, HEADED) if entity else None


def by_echo(draft: Draft, topic: Topic) -> Subject | None:
    """Those $6 million; 900 million users is a lot: a sum or a count said before, with nobody named beside it now."""
    return _told(draft, topic) if draft.metric in _TOLD and draft.value >= _TELLING else None


def _told(draft: Draft, topic: Topic) -> Subject | None:
    told = topic.said.get((draft.metric, draft.value))
    if told is None or told.entity is None or draft.modality == "hypothetical" or is_indefinite(draft, topic):
        return None
    return made(told.entity, "the sum that was said before")


_TOLD = MONEY_OF_ORG | {
    "training_cost", "users", "hardware_quantity", "training_dataset_size", "training_compute", "hardware_hours",
}  # fmt: skip
_TELLING = 1e4  # smaller numbers agree by chance


def by_that_sum(draft: Draft, topic: Topic) -> Subject | None:
    """That $6 million figure; esos 65.000 millones: whoever else is named, it is the one that was said before."""
    span = (draft.sentence.start, draft.start, draft.end)
    return _told(draft, topic) if is_pointed_at(topic.page.text, *span) else None


def by_context(draft: Draft, topic: Topic) -> Subject | None:
    """Nothing in the sentence: the paragraph so far, the item's heading, the post's own topic."""
    block = topic.page.blocks[draft.sentence.block]
    if is_indefinite(draft, topic) or is_supposed(draft):
        described = _described(draft, topic)
        return made(described, LEAD) if described else None
    is_item = block.kind == "item" or is_line(topic.page, draft.sentence.block)
    is_token_price = draft.metric == "price" and draft.per == "million_tokens"
    if draft.metric == "training_cost" and (trained := _trained(topic)):
        return made(trained, "subject of the sentence before")
    reaches_far = draft.metric in MODEL_METRICS - _NEAR_ONLY or is_token_price
    if reaches_far or is_item:
        found = topic.before(draft, wanted(draft))
        near = found is not None and (found[1] not in FAR or _may_be_far(draft, found[1], is_item=is_item))
        return made(*found) if found and near else None
    if draft.metric in _NEAR_ONLY:
        choices = (wanted(draft), allowed(draft)) if draft.per in _SUBSCRIBED else (wanted(draft),)
        for found in (topic.before(draft, kinds) for kinds in choices):
            if found and (found[1] in _HEADS or block.start <= found[0].start < draft.start):
                return made(*found)
        return None
    kinds = wanted(draft)
    earlier = next((e for e in reversed(topic.last.get(draft.sentence.block, [])) if e.kind in kinds), None)
    if earlier:
        return made(earlier, "subject of the sentence before")
    if entity := led(topic.page, draft.sentence.block, kinds):
        return made(entity, LEAD)
    clusters = [e for e in topic.page.between(block.start, draft.sentence.start) if e.kind == "cluster"]
    if len({e.name for e in clusters}) == 1 and "cluster" in kinds:
        return made(clusters[-1], "last named in the paragraph")
    entity = headed(topic.page, draft.sentence.block, kinds)
    return made(entity, HEADED) if entity else None


def _described(draft: Draft, topic: Topic) -> Entity | None:
    """The model of the bold words, whose maker "ha montado un modelo de N": the description is of what they name."""
    lead = topic.page.text[draft.sentence.start : draft.start]
    span = topic.page.lead(draft.sentence.block)
    if draft.metric not in MODEL_METRICS or draft.modality == "hypothetical" or not span or not _MADE.search(lead):
        return None
    entity = led(topic.page, draft.sentence.block, wanted(draft))
    return entity if entity and span[0] <= entity.start < span[1] else None


_MADE = re.compile(
    r"\b(?:ha\s\w+|han\s\w+|\w+ó|\w+aron|\w+ieron|has\s\w+|have\s\w+|\w+ed|built|made|es|is)\s(?:una?|"
    r"an?)\s(?:\w+\s){0,2}?"
    r"(?:modelo|model|LLM)\b",
    re.IGNORECASE,
)


def _may_be_far(draft: Draft, rule: str, *, is_item: bool) -> bool:
    """Whether a number may be of the post's topic: an item's, or what only the model of the title is likely to have."""
    if draft.metric == "price":
        return draft.per == "million_tokens" and (is_item or rule == "named in the title")
    return (is_item and draft.metric in MODEL_METRICS) or (rule == "named in the title" and draft.metric in _TITLED)


def _trained(topic: Topic) -> Entity | None:
    """The model whose hours of training the sentence before has given: "… eso da 5 millones de dólares"."""
    hours = [d.subject for d in topic.previous if d.metric == "hardware_hours" and d.subject]
    return hours[-1].entity if hours else None
