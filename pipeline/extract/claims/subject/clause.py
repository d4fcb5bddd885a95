"""Subjects in the sentence of the number: what its clause, or the clause before, is about."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from pipeline.extract.claims.patterns import (
    CHAIN,
    COMPARED,
    HEAD_END,
    INVESTOR,
    MODEL_METRICS,
    MONEY_OF_ORG,
    OBJECT,
    PROPERTY,
    SAME_HEAD,
    SAYING,
    SOURCE,
)
from pipeline.extract.claims.roles import (
    NAME,
    OF_PERSON,
    PERSONS,
    TRAINED,
    before_aside,
    chip_makers,
    is_agent,
    is_estimator,
    is_example,
    is_in_aside,
    is_investor,
    is_oblique,
    is_quoted,
    is_source,
    makers,
    without_speakers,
)
from pipeline.extract.claims.subject.base import allowed, contradicts, made, named_before, preferred, wanted
from pipeline.extract.claims.subject.company import giver_after, has_own_share
from pipeline.extract.claims.subject.indefinite import is_indefinite

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pipeline.extract.claims.draft import Draft, Subject
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
    return entity.kind in {"chip", "org"} and any(p.start <= entity.start < p.end for p in topic.peers)


def _is_passed_over(entity: Entity, draft: Draft, topic: Topic) -> bool:
    """Whether the number before in the sentence was not said of an oblique name that stood there already."""
    sibling = topic.sibling
    if sibling is None or sibling.kind != entity.kind or sibling.name == entity.name:
        return False
    return entity.end <= _number_before(draft, topic) and is_oblique(topic.page, entity, draft.sentence.start)


def _number_before(draft: Draft, topic: Topic) -> int:
    """Where the number before in the sentence ends."""
    return max((peer.end for peer in topic.peers if peer.end <= draft.start), default=0)


def counts(page: Page, entity: Entity, draft: Draft) -> bool:
    """Whether a name before the number may be its subject: no source, no term of comparison, no other size."""
    if entity.kind not in allowed(draft) or entity.end > draft.start or contradicts(draft, entity):
        return False
    lead = page.text[max(draft.sentence.start, entity.start - 40) : entity.start]
    if entity.kind == "org" and (_CHIPS.match(page.text, entity.end) or _of_chips(page, entity)):
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
_CHIPS = re.compile(r"\s(?:TPUs?|GPUs?|chips?|accelerators?|H\d00s?|[BA]\d00s?|GB\d00s?|MI\d{3}[Xx]?s?|Trainium\w*)\b")


def _of_chips(page: Page, entity: Entity) -> bool:
    """Whether a maker's name only says whose chips: "computación Nvidia", "50.000 GPU de AMD"."""
    return entity.name in chip_makers() and bool(
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
                if e.start > entity.start
                and ((of_card and e.kind == "model") or not is_oblique(page, e, block.start))
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
    own = [e for e in page.between(begin, draft.start) if e.kind == "model" and _made_by(e, maker)]
    if own and own[-1].start >= here:
        return own[-1]
    if topic.main and topic.main.start < draft.start and _made_by(topic.main, maker):
        return topic.main
    if len({e.name for e in own}) <= 1:
        return own[-1] if own else None
    told = topic.before(draft, frozenset({"model"}))
    return told[0] if told and told[1].startswith("subject of") and _made_by(told[0], maker) else None


def _made_by(model: Entity, maker: Entity) -> bool:
    return makers().get(model.family or "") == maker.name


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
    if not explained and draft.metric in MONEY_OF_ORG and preferred(draft, named)[-1].kind != chosen[-1].kind:
        return None  # "X comes from Y, which is worth N": a company that stands behind a preposition
    if owned := _model_of_owner(draft, topic, named, chosen[-1]):
        return owned
    inside = chosen[-1].start >= draft.clause[0]
    if explained := explained or before_aside(page, chosen, draft.start):
        return made(explained, "of the clause, before an aside")
    while len(chosen) > 1 and _is_second(draft, page, chosen[-2], chosen[-1]):
        chosen.pop()
    return made(chosen[-1], "of the clause" if inside else "of the clause before")


def _model_of_owner(draft: Draft, topic: Topic, named: Sequence[Entity], owner: Entity) -> Subject | None:
    """The model that a number is about, where its maker or a person is what the clause is about."""
    page = topic.page
    if owner.kind not in {"org", "person"}:
        return None
    models = [e for e in named if e.kind == "model"]
    own = next((e for e in models if _is_owner(draft, page, e)), None)
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
        if _is_owner(draft, page, entity):
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


_THEY = re.compile(r"\W*(?:It|They|Both|He|She|The (?:company|startup|lab|firm|site|facility|campus|cluster|two))\s")
_PARTNER = re.compile(
    rf"\b(?:acuerdos?|alianzas?|contratos?|pactos?|conversaciones|negociaciones|colaboración|asociación|deals?|"
    rf"agreements?|"
    rf"contracts?|partnership|talks)\s(?:de\s[a-z]\w+\s)?(?:con|with)\s(?:{NAME}(?:,|\sy|\se|\sand)\s)*$"
)


def _is_owner(draft: Draft, page: Page, entity: Entity) -> bool:
    return bool(PROPERTY.search(page.text[max(draft.sentence.start, entity.start - 60) : entity.start]))


def by_series(draft: Draft, topic: Topic) -> Subject | None:
    """X: $75 in, $150 out: a number of the same kind in the same clause, with no name between."""
    before = [peer for peer in topic.peers if peer.start < draft.start]
    if before and before[-1].metric == draft.metric and (giver := giver_after(draft, topic)):
        return giver
    if not before or topic.sibling is None or before[-1].metric != draft.metric or before[-1].clause != draft.clause:
        return None
    if is_indefinite(draft, topic):
        return None
    between = topic.page.between(before[-1].end, draft.start)
    if any(e.kind in allowed(draft) for e in between) or topic.sibling.kind not in wanted(draft):
        return None
    return made(topic.sibling, "of the number before in the clause")


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
    begin = max(draft.sentence.start, entity.end, _number_before(draft, topic))
    named = [e for e in topic.page.between(begin, draft.start) if e.kind in allowed(draft)]
    return None if named else made(entity, "of the number before in the sentence")


_FROM = re.compile(r"\b(?:from|(?:de|por) parte de)\s(?:la\s|el\s|the\s)?$", re.IGNORECASE)
_SOMEBODY = re.compile(r"\b(?:he|she|we|I|they|it|you)\s(?:\w+\s){1,2}", re.IGNORECASE)
_EACH = re.compile(r"[\s,;:]*(?:each|every one|cada un[oa])\b")
_COMMA = re.compile(r"[,;:](?!\d)")
_OTHER_CLAUSE = re.compile(
    r"\b(?:when|while|whereas|than|versus|because|since|if|although|cuando|mientras|porque|si|aunque|you|puedes|podrás|"
    r"to\s(?:pay|buy|run)|para\s\w+r)\b",
    re.IGNORECASE,
)


_VERSUS = re.compile(  # "$0.27, against $0.45 of X": the second is X's
    r"\b(?:vs\.?|versus|frente a|contra|against|compared (?:to|with)|instead of|en (?:vez|lugar) de)\s"
    r"(?:los\s|las\s|the\s)?[~≈$€]*\d",
    re.IGNORECASE,
)


def by_after_in_sentence(draft: Draft, topic: Topic) -> Subject | None:
    """Con 2.048 H800, DeepSeek entrenó …: the subject that follows."""
    if is_indefinite(draft, topic) and draft.metric == "parameters":
        return None
    page = topic.page
    glossed = draft.start - page.blocks[draft.sentence.block].start <= 3 and page.text[draft.end : draft.end + 1] == ":"
    if draft.metric in MONEY_OF_ORG | {"users", "price"} and _SOMEBODY.search(page.text, draft.clause[0], draft.start):
        return None  # "she charges N and sends half of it to X"
    stop = draft.sentence.end if glossed else draft.clause[1]  # "- $4.6 billion: what X has raised"
    for entity in preferred(draft, page.between(draft.end, min(stop, draft.end + 90))):
        lead = page.text[max(draft.end, entity.start - 40) : entity.start]
        if draft.metric == "hardware_quantity" and entity.name in chip_makers():
            continue
        is_aside = SOURCE.search(lead) or COMPARED.search(lead) or is_likened(page, entity)
        if is_aside or (draft.metric == "funding" and _FROM.search(lead)):
            continue
        if any(p.search(page.text, draft.end, entity.start) for p in (_OTHER_CLAUSE, _VERSUS)):
            break
        if not glossed and _COMMA.search(page.text, draft.end, entity.start):
            break
        if TRAINED.search(page.text, draft.sentence.start, draft.start) and entity.kind not in {"model", "org"}:
            break  # "trained on 300 billion tokens from X"
        return made(entity, "after the number, in the clause")
    return None
