"""Subjects in the sentence of the number: what its clause, or the clause before, is about."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pipeline.extract.claims.clauses import VERB
from pipeline.extract.claims.patterns import (
    CHAIN,
    HEAD_END,
    MODEL_METRICS,
    MONEY_OF_ORG,
    OBJECT,
    PROPERTY,
    SAME_HEAD,
    SAYING,
)
from pipeline.extract.claims.roles import (
    NAME,
    before_aside,
    is_agent,
    is_investor,
    is_oblique,
)
from pipeline.extract.claims.subject.base import allowed, made, preferred, wanted
from pipeline.extract.claims.subject.company import giver_after
from pipeline.extract.claims.subject.governors import OF_MODELS, governors, number_before
from pipeline.extract.claims.subject.indefinite import is_indefinite
from pipeline.extract.fillers import COMPANY, TO_NUMBER

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pipeline.extract.claims.draft import Draft, Subject
    from pipeline.extract.claims.page import Entity, Page
    from pipeline.extract.claims.topic import Topic


def by_list_head(draft: Draft, topic: Topic) -> Subject | None:
    """- X: 235B. Also the paragraph that opens with a bold name and a colon."""
    page = topic.page
    block = page.blocks[draft.sentence.block]
    if block.kind not in {"item", "paragraph", "caption", "footnote", "quote"}:
        return None
    for entity in page.between(block.start, min(block.start + 40, draft.start)):
        if entity.kind not in wanted(draft):
            continue
        opens = SAME_HEAD.match(page.text[block.start : entity.start])
        after = page.text[entity.end : entity.end + 80]
        tail = _MAKER.match(after) or HEAD_END.match(after)
        if opens and tail and (block.kind == "item" or ":" in tail.group()):
            of_card = draft.metric == "throughput" and entity.kind != "model"  # "RTX 3060: for Llama 3 8B at 40 tok/s"
            nearer = [
                e
                for e in governors(draft, topic)
                if e.start > entity.start and ((of_card and e.kind == "model") or not is_oblique(page, e, block.start))
            ]
            if not nearer:
                return made(entity, "head of the list item")
    return None


def model_of(maker: Entity, draft: Draft, topic: Topic) -> Entity | None:
    """The model that its maker stands for, as "Z.ai claims 57.6%" is said of the model that the text is about."""
    page, at = topic.page, draft.sentence.block
    before = page.between(draft.sentence.start, maker.start)[-1:]
    listed = any(e.kind == "org" and CHAIN.fullmatch(page.text, e.end, maker.start) for e in before)
    if maker.kind != "org" or draft.metric == "throughput" or listed:
        return None
    begin, here = page.blocks[max(at - 6, 0)].start, page.blocks[at].start
    own = [e for e in page.between(begin, draft.start) if e.kind == "model" and _made_by(page, e, maker)]
    if own and own[-1].start >= here:
        return own[-1]
    if topic.main and topic.main.start < draft.start and _made_by(page, topic.main, maker):
        return topic.main
    if len({e.name for e in own}) <= 1:
        return own[-1] if own else None
    told = topic.before(draft, frozenset({"model"}))
    return told[0] if told and told[1].startswith("subject of") and _made_by(page, told[0], maker) else None


def _made_by(page: Page, model: Entity, maker: Entity) -> bool:
    """Whether a model is a maker's, whether by the name of its lab or of the whole: Meta, Meta AI."""
    known = page.known.makers.get(model.family or "", "")
    return known == maker.name or f"{known} ".startswith(f"{maker.name} ") or f"{maker.name} ".startswith(f"{known} ")


_MAKER = re.compile(r"[*_\])”»]*,\s(?:de|del|by|from|of)\s[^:.,;]{2,50}:")  # "X, de Y: un modelo con …"


def by_clause(draft: Draft, topic: Topic) -> Subject | None:
    """The grammatical subject before the number: X tiene N; X, con N; X's N."""
    if is_indefinite(draft, topic):
        return None
    page = topic.page
    named = governors(draft, topic)
    plain = [e for e in named if not is_oblique(page, e, draft.sentence.start)]
    chosen = preferred(draft, plain)
    if not chosen:
        return None
    explained = before_aside(page, named, draft.start)
    last = preferred(draft, named)[-1]
    goes_on = _AND_THEN.search(page.text, last.end, draft.start)
    if not (explained or goes_on) and draft.metric in MONEY_OF_ORG and last.kind != chosen[-1].kind:
        return None  # "X comes from Y, which is worth N": a company that stands behind a preposition
    if owned := _model_of_owner(draft, topic, named, chosen[-1]):
        return owned
    inside = chosen[-1].start >= draft.clause[0]
    if explained := explained or before_aside(page, chosen, draft.start):
        return made(explained, "of the clause, before an aside")
    while len(chosen) > 1 and _is_second(draft, page, chosen[-2], chosen[-1]):
        chosen.pop()
    return made(chosen[-1], "of the clause" if inside else "of the clause before")


_AND_THEN = re.compile(rf",?\s(?:and|but|y|pero)\s{VERB}")  # "X rents from Y and plans to raise N"


def _model_of_owner(draft: Draft, topic: Topic, named: Sequence[Entity], owner: Entity) -> Subject | None:
    """The model that a number is about, where its maker or a person is what the clause is about."""
    page = topic.page
    if owner.kind not in {"org", "person"}:
        return None
    models = [e for e in named if e.kind == "model"]
    own = next((e for e in models if _has_property(draft, page, e)), None)
    if draft.metric == "energy":  # "OpenAI puts the energy of training GPT-3 at N"
        return made(own, "model of the clause") if own else None
    advised = draft.metric == "hardware_quantity" and _ADVISES.match(page.text, owner.end)
    if draft.metric not in MODEL_METRICS | {"memory"} and not advised:
        return None
    if models:
        return made(own or models[-1], "model of the clause")
    model = model_of(owner, draft, topic)
    return made(model, "the model of its maker") if model else None


def _is_second(draft: Draft, page: Page, first: Entity, second: Entity) -> bool:
    """Whether the second of two names is coordinated with the first, or the object of its verb: X pitched Y on 5 GW."""
    if draft.metric in MONEY_OF_ORG and CHAIN.fullmatch(page.text, first.end, second.start):
        return True
    if second.kind != "org" or first.kind not in {"org", "cluster"}:
        return False
    between = _HEARSAY.sub("", page.text[first.end : second.start])
    return bool(OBJECT.fullmatch(between)) and not SAYING.search(between)


_ADVISES = re.compile(r"\s(?:recomiend|suger|sugier|aconsej|recommend|suggest|advis)\w+\s")  # what its model runs on
_HEARSAY = re.compile(r"(?:is|was|are|were) (?:said|reported|rumored|believed|expected) to\s")


def by_property(draft: Draft, topic: Topic) -> Subject | None:
    """El coste de X fue N; the context window of X is N; para entrenar X hicieron falta N."""
    if is_indefinite(draft, topic):
        return None
    page = topic.page
    named = preferred(draft, governors(draft, topic))
    for entity in reversed(named):
        if _has_property(draft, page, entity):
            return made(entity, "whose property it is")
    if not named or (draft.metric in OF_MODELS and named[-1].kind not in wanted(draft)):
        return None
    if draft.metric in OF_MODELS | {"price"} and (model := model_of(named[-1], draft, topic)):
        return made(model, "the model of its maker")
    if draft.metric in MONEY_OF_ORG and is_agent(page, named[-1]):
        return None  # "the round, led by X, values the startup at N"
    if _THEY.match(page.text, draft.sentence.start) and is_oblique(page, named[-1], draft.sentence.start):
        return None  # "they have raised N through X"
    if _PARTNER.search(page.text, max(draft.sentence.start, named[-1].start - 60), named[-1].start):
        before = topic.before(draft, frozenset({"org"}))  # "a esto se suma un acuerdo con X por N"
        if before and before[1] in {"subject of the sentence before", "last named in the paragraph"}:
            return made(*before)
    return made(named[-1], "nearest before the number")


_THEY = re.compile(rf"\W*(?:It|They|Both|He|She|The (?:{COMPANY}|site|facility|campus|cluster|two))\s")
_PARTNER = re.compile(
    rf"\b(?:acuerdos?|alianzas?|contratos?|pactos?|conversaciones|negociaciones|colaboración|asociación|deals?|"
    rf"agreements?|contracts?|partnership|talks)\s(?:de\s[a-z]\w+\s)?(?:con|with)\s(?:{NAME}(?:,|\sy|\se|\sand)\s)*$"
)


def _has_property(draft: Draft, page: Page, entity: Entity) -> bool:
    return bool(PROPERTY.search(page.text[max(draft.sentence.start, entity.start - 60) : entity.start]))


def by_series(draft: Draft, topic: Topic) -> Subject | None:
    """X: $75 in, $150 out: a number of the same kind in the same clause, with no name between."""
    before = [peer for peer in topic.peers if peer.start < draft.start]
    if before and before[-1].metric == draft.metric and (giver := giver_after(draft, topic)):
        return giver
    if (
        before
        and topic.sibling
        and before[-1].metric == "funding"
        and _BUYS.fullmatch(topic.page.text, before[-1].end, draft.start)
    ):
        return made(topic.sibling, "of the number before in the clause")  # "spend $40 billion on 400,000 GPUs"
    if not before or topic.sibling is None or before[-1].metric != draft.metric or before[-1].clause != draft.clause:
        return None
    if is_indefinite(draft, topic):
        return None
    between = topic.page.between(before[-1].end, draft.start)
    if any(e.kind in allowed(draft) for e in between) or topic.sibling.kind not in wanted(draft):
        return None
    return made(topic.sibling, "of the number before in the clause")


_BUYS = re.compile(rf"\s(?:on|for|en|to (?:buy|purchase|acquire)|para comprar)\s{TO_NUMBER}", re.IGNORECASE)


def by_sibling(draft: Draft, topic: Topic) -> Subject | None:
    """3,8e25 FLOP, on 16.384 GPUs: the second number is of whom the first is, as no other name stands between."""
    if giver := giver_after(draft, topic):
        return giver
    entity = topic.sibling
    if entity is None or entity.kind not in wanted(draft) or is_indefinite(draft, topic):
        return None
    if draft.modality == "hypothetical" or draft.metric in {"power", "energy"}:
        return None
    if draft.metric == "valuation" and is_investor(topic.page, entity):
        return None
    if _EACH.match(topic.page.text, draft.clause[0]):
        return None  # "… into gigafactories; each will hold N": of each of them
    begin = max(draft.sentence.start, entity.end, number_before(draft, topic))
    named = [e for e in topic.page.between(begin, draft.start) if e.kind in allowed(draft)]
    return None if named else made(entity, "of the number before in the sentence")


_EACH = re.compile(r"[\s,;:]*(?:each|every one|cada un[oa])\b")
