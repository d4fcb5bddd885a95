"""Subjects that stand right at the number: before or behind its bracket, before "con", behind "of"."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pipeline.extract.claims.patterns import (
    CALLED,
    CHAIN,
    COMPARED,
    HEAD_AFTER,
    MODEL_METRICS,
    MONEY_OF_ORG,
    OF_AFTER,
    PAREN_AFTER,
    PAREN_TAIL,
    SOURCE,
    WITH,
)
from pipeline.extract.claims.roles import NAME, TRAINED, chip_makers, is_agent, is_oblique
from pipeline.extract.claims.subject.base import allowed, made, named, named_before, wanted
from pipeline.extract.claims.topic import fold

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pipeline.extract.claims.draft import Draft, Subject
    from pipeline.extract.claims.page import Entity, Page
    from pipeline.extract.claims.topic import Topic


def by_bracket_after(draft: Draft, topic: Topic) -> Subject | None:
    """75.7% (o3)."""
    for entity in topic.page.between(draft.end, min(draft.sentence.end, draft.end + 40)):
        if entity.kind in wanted(draft) and PAREN_AFTER.fullmatch(topic.page.text, draft.end, entity.start):
            return made(entity, "in the bracket after")
        break
    return None


def by_parenthesis(draft: Draft, topic: Topic) -> Subject | None:
    """X (405B); X ($15.00)."""
    text = topic.page.text
    for entity in reversed(named_before(draft, topic)[-4:]):
        between = _OF_SOMEBODY.sub("", text[entity.end : draft.start], count=1)
        if COMPARED.search(text, max(draft.sentence.start, entity.start - 40), entity.start):
            between = _WORDS.sub("", between)  # "supera a X afinado con verificador (55 %)"
        if "(" not in between or _CONDITION.match(between):
            continue
        if PAREN_TAIL.fullmatch(between) and not _inner_break(between):
            return made(entity, "before the bracket")
    return None


_OF_SOMEBODY = re.compile(rf"^,?\s(?:de|del|of)\s{NAME}(?=\s\()")  # xAI, de Elon Musk (valorada en …)
_WORDS = re.compile(r"^(?:\s[a-záéíóúñü-]+){1,6}(?=\s\()")
_CONDITION = re.compile(r"\s*\((?:if|si|when|cuando|provided|siempre que)\b", re.IGNORECASE)


def _inner_break(between: str) -> bool:
    return between.count("(") > 1 or ")" in between


def by_called(draft: Draft, topic: Topic) -> Subject | None:
    """Un modelo de 400B (llamado X)."""
    if draft.metric not in MODEL_METRICS:
        return None
    for entity in topic.page.between(draft.end, min(draft.sentence.end, draft.end + 60)):
        orgs = [e for e in topic.page.between(draft.end, entity.start) if e.kind == "org" and e.end + 1 == entity.start]
        lead = topic.page.text[draft.end : orgs[0].start if orgs else entity.start]
        if entity.kind in wanted(draft) and CALLED.fullmatch(lead):
            return made(entity, "called")
    return None


def by_of_after(draft: Draft, topic: Topic) -> Subject | None:
    """Los 671B parámetros de X; the $500B for X; the 671B-parameter X."""
    text = topic.page.text
    begin = draft.number_end if draft.metric == "users" else draft.end  # "300 million weekly ChatGPT users"
    for entity in topic.page.between(begin, min(draft.sentence.end, draft.end + 70)):
        if entity.kind not in allowed(draft) or re.search(r"[.;,:]\s", text[draft.end : entity.start]):
            break
        if _is_maker(draft, topic, entity):
            continue
        if draft.metric == "funding" and _BID.search(text, draft.sentence.start, draft.start):
            break  # "it bid N for X": the bidder's
        begin = _end_of_list(draft, topic, entity)
        if any(links.fullmatch(text, begin, _owned_from(topic, entity)) for links in (OF_AFTER, HEAD_AFTER, _PER)):
            return made(entity, "after the number")
        whose = draft.metric == "users" and _USERS_OF.fullmatch(text, draft.number_end, entity.start)
        if whose or _is_in_each(draft, entity, text):
            return made(entity, "after the number")
    return None


def _end_of_list(draft: Draft, topic: Topic, entity: Entity) -> int:
    """Where the numbers end that have one owner behind them: "the 405B parameters and 15T tokens of X"."""
    end = draft.end
    for peer in topic.peers:
        if end < peer.start < entity.start and _AND.fullmatch(topic.page.text, end, peer.start):
            end = peer.end
    return end


_AND = re.compile(r"(?:\s(?:parameters|params|parámetros|tokens|experts|expertos))?(?:,|,?\s(?:and|y|e))\s[~≈$€]?")


def _owned_from(topic: Topic, entity: Entity) -> int:
    """Where a name begins, or that of its maker right before it: "of Meta's Llama 3.1"."""
    before = topic.page.between(entity.start - 40, entity.start)
    owned = bool(before) and _OF_MAKER.fullmatch(topic.page.text, before[-1].end, entity.start)
    return before[-1].start if owned and before[-1].kind == "org" and entity.kind != "org" else entity.start


_OF_MAKER = re.compile(r"['’]?s?\s(?:new\s|own\s|latest\s)?")


def _is_in_each(draft: Draft, entity: Entity, text: str) -> bool:
    """1M en X, 10M en Y."""
    is_model = draft.metric in MODEL_METRICS and entity.kind == "model"
    return is_model and bool(_IN.fullmatch(text, draft.end, entity.start) and _END.match(text, entity.end))


_USERS_OF = re.compile(  # "300 million weekly ChatGPT users"
    r"\s(?:(?:daily|weekly|monthly|active|paying|paid|registered|regular|global|worldwide|free|new)[\s-])*"
)
_IN = re.compile(r"\s(?:en|in|on|for|para|por|con|with)\s(?:el\s|la\s|the\s)?[*_«“\"]{0,2}", re.IGNORECASE)
_END = re.compile(r"[*_»”\"]*(?:[,;.)]|\s(?:y|e|and|but|pero|frente a|vs\.?|versus|contra|against|compared)\s|\s*$)")


_PER = re.compile(  # "a $0.13/image X"; "50 cents per million tokens of X"
    r"/\w+\s|\s(?:por|per|al|a)\s(?:(?:un|one|1)\s)?(?:mill[óo]n|million|mes|month|hora|hour|token|tarea|task|imagen|"
    r"image)(?:\sde)?(?:\stokens)?(?:\sde\s(?:entrada|salida))?(?:\s(?:input|output)(?:\stokens)?)?\s"
    r"(?:de|del|of|for|on|en|por|con|with)\s(?:el\s|la\s|the\s)?[*_«“\"]{0,2}",
    re.IGNORECASE,
)
_BID = re.compile(r"\b(?:bid|offer(?:ed|s)?|pa(?:id|ys?)|ofrec\w+|pag[aóu]\w*|puj[aó]\w*)\b[^.;]*$", re.IGNORECASE)
_GIVER = re.compile(r"\b(?:from|by|de|por)\s(?:la\s|el\s|the\s)?$", re.IGNORECASE)


def _is_maker(draft: Draft, topic: Topic, entity: Entity) -> bool:
    """Whether a name behind the number is its source: "a 340B model by X", "trained on N tokens of X", "$1B from X"."""
    text = topic.page.text
    behind = topic.page.between(entity.end, entity.end + 8)
    if behind and behind[0].kind in wanted(draft) and _OF_MAKER.fullmatch(text, entity.end, behind[0].start):
        return draft.metric in MODEL_METRICS  # "of Meta's Llama 3.1"
    is_agent_after = entity.kind != "model" and _BY_AND_THEN.search(text, draft.end, entity.start)
    then = _behind_comma(topic, entity) if is_agent_after else ()
    if any(e.kind in wanted(draft) for e in then):
        return True  # "trained on N tokens by X, Y …"
    if entity.kind not in wanted(draft):
        return draft.metric in MONEY_OF_ORG or _has_usual(draft, topic)
    if draft.metric == "hardware_quantity" and entity.name in chip_makers():
        return True  # "30.000 GPU de Nvidia", "296 GPU Intel Max"
    if entity.kind == "dataset":
        return bool(TRAINED.search(text, draft.sentence.start, draft.start))
    given = draft.metric in {"funding", "hardware_quantity"} and _GIVER.search(text, draft.end, entity.start)
    return bool(given) and (draft.metric == "funding" or _has_usual(draft, topic))


def _has_usual(draft: Draft, topic: Topic) -> bool:
    """Whether a name of the usual kind stands before the number in its clause."""
    names = topic.page.between(draft.clause[0], draft.start)
    return any(e.kind in wanted(draft) and not is_agent(topic.page, e) for e in names)


def _behind_comma(topic: Topic, entity: Entity) -> Sequence[Entity]:
    """What is named right behind a name and a comma."""
    is_comma = topic.page.text[entity.end : entity.end + 2] == ", "
    return topic.page.between(entity.end + 2, entity.end + 8) if is_comma else ()


_BY_AND_THEN = re.compile(r"\s(?:by|por)\s$")
_OWNS = re.compile(  # "X's 512 tokens", "an X figure of roughly $24 billion"
    r"['’]s?\s(?:\w+\s)?(?:of\s)?[~≈$€]*|['’]?s?\s(?:[\w-]+\s){0,2}(?:figure|total|tally|number|estimate|price|"
    r"valuation|"
    r"revenue|run rate|window|score|bill)\sof\s(?:(?:about|around|over|nearly|roughly|almost|just|only)\s)?[~≈$€]*"
)
_DERIVED = re.compile(
    r"\b(?:a partir del?|basad[oa]s? en|based on|derived from|distilled from|destilad[oa]s? (?:de|en)|fine-?tuned from|"
    r"built on)\s(?:el\s|la\s|the\s)?(?:modelo\s)?$",
    re.IGNORECASE,
)


_RIVAL = re.compile(  # "competir con X e Y con N"
    rf"\b(?:(?:compet|compit|rivaliz|asoci|ali|negoci|acord|firm)\w+(?:\s\w+){{0,2}}?\scon|(?:compet|rival|partner|"
    rf"negotiat)\w*\s"
    rf"with|against|contra)\s(?:{NAME}(?:,|\sy|\se|\sand)\s)?$"
)


_BEATEN = re.compile(
    r"\b(?:beat\w*|outperform\w*|surpass\w*|overt(?:ak|ook)\w*|eclips\w*|top(?:s|ped|ping)|edg\w+ out|dethron\w*|"
    r"super[aóa]\w*|venc\w*|adelant\w*|destron\w*)\s(?:a\s|al\s|the\s|el\s|la\s)?$",
    re.IGNORECASE,
)
_BY = re.compile(r"\s(?:with|by|at|con|por)\s")


def by_with(draft: Draft, topic: Topic) -> Subject | None:
    """X con N; X de N; X, que tiene N; X, which has N: whatever role the name has in its own clause."""
    page = topic.page
    names = named_before(draft, topic)
    if not names or names[-1].kind not in wanted(draft) or (draft.metric == "price" and names[-1].kind == "org"):
        return None
    last = names[-1]
    if draft.metric == "funding" and last.kind == "org" and _WHO_SPENDS.fullmatch(page.text, last.end, draft.start):
        return made(last, "right before the number")
    if not (WITH.fullmatch(page.text, last.end, draft.start) or _OWNS.fullmatch(page.text, last.end, draft.start)):
        return None
    lead = page.text[max(0, last.start - 30) : last.start]
    if is_agent(page, last) or SOURCE.search(lead) or _DERIVED.search(lead) or _RIVAL.search(lead):
        return None  # "GPT-4 fue entrenado por X con N": not X's
    if _BEATEN.search(lead) and _BY.match(page.text, last.end) and len(names) > 1:
        return None  # "X overtook Y with N": not Y's
    return made(last, "right before the number")


_WHO_SPENDS = re.compile(  # "a deal with Oracle, which plans to spend N"
    r"[*_”»\")]*,\s(?:who|which|que|quien)\s(?:[^\W\d]+\s){0,4}?(?:spen[dt]|invest|commit|pledg|buy|bought|paid|pay|"
    r"put|gast|inv[ie]r|"
    r"aport|pondr|pus|compr|pag|destin|comprom)\w*\s(?:[^\W\d]+\s){0,5}?[~≈$€£]*",
    re.IGNORECASE,
)


def by_apposition(draft: Draft, topic: Topic) -> Subject | None:
    """X, un modelo con N; X, a cluster of N: whatever role the name has in its own clause."""
    page = topic.page
    names = named_before(draft, topic)
    if not names or names[-1].kind not in wanted(draft):
        return None
    referring = any(names[-1].end <= c[0] <= names[-1].end + 3 for c in topic.cues(draft.sentence))
    if referring and SOURCE.search(page.text, draft.sentence.start, names[-1].start):
        return None  # "según X, la compañía dispone de N"
    if any(links.fullmatch(page.text, names[-1].end, draft.start) for links in (_APPOSED, _APPOSED_AND)):
        return made(names[-1], "in apposition")
    return None


_APPOSED_AND = re.compile(  # "X, su superordenador de Memphis, que consume N"
    r"[*_”»\")\]]*,\s(?:an?|una?|the|el|la|su|its)\s[^,;.:()]{3,60},\s(?:que|which)\s(?:[a-záéíóúñ]+\s){1,3}?"
    r"(?:(?:unos|unas|casi|más|de|hasta|about|around|over|nearly|up|to|more|than|con|with)\s)*[~≈$€]*"
)
_APPOSED = re.compile(
    r"[*_”»\")\]]*,\s(?:an?|una?|the|el|la|su|its)\s(?:[^\s,.;:]+\s){1,5}?(?:with|con|de|of|que\s\w+|that\s\w+|"
    r"(?:(?:last|now|currently|recently)\s)?valued\sat|"
    r"valorad[oa]\sen|(?:pre-?)?(?:trained|entrenad[oa])\s(?:on|with|for|using|con|en|sobre))\s"
    r"(?:(?:unos|unas|casi|más|menos|de|hasta|about|around|over|nearly|roughly|up|to|more|than|at|least|only|solo|just|"
    r"some|almost|cerca|alrededor)\s)*[~≈$€]*",
    re.IGNORECASE,
)


def by_colon(draft: Draft, topic: Topic) -> Subject | None:
    """… wait for X: $75; … and that of X, N: names whose part in the sentence is plain from the words around them."""
    page = topic.page
    names = [e for e in named_before(draft, topic) if e.kind in wanted(draft)]
    if not names:
        return None
    for entity in reversed(names):
        if _PRESENTED.match(page.text, entity.end, draft.start) and _all_oblique(page, entity.end, draft):
            return made(entity, "before a colon")
    lead = page.text[max(draft.clause[0], names[-1].start - 24) : names[-1].start]
    if _COLON.fullmatch(page.text, names[-1].end, draft.start):
        return made(names[-1], "before a colon")
    return made(names[-1], "that of") if _THAT_OF.search(lead) else None


def _all_oblique(page: Page, begin: int, draft: Draft) -> bool:
    """Whether all names up to the number stand behind prepositions, alone or in a list: "con X, Y y Z"."""
    oblique, last = False, begin
    for entity in page.between(begin, draft.start):
        if entity.kind not in allowed(draft):
            continue
        oblique = is_oblique(page, entity, begin) or (oblique and bool(CHAIN.fullmatch(page.text, last, entity.start)))
        if not oblique:
            return False
        last = entity.end
    return True


_PRESENTED = re.compile(r"[*_”»\")\]]*:\s(?:una?|an?|el|la|the|su|its)\s[^.;:]*$", re.IGNORECASE)
_COLON = re.compile(
    r"[*_”»\")\]]*:\s(?:(?:only|just|solo|sólo|unos|unas|about|over|casi|más|de|up|to|hasta)\s)*[~≈$€*_]*",
    re.IGNORECASE,
)
_THAT_OF = re.compile(
    r"(?:\b(?:and|y|while|mientras que|frente a|than|que)|[,;])\s(?:that|those|the one|el|la|los|las)\s(?:of|de|del)\s"
    r"(?:the\s)?[*_«“\"]{0,2}$",
    re.IGNORECASE,
)


def by_gap(draft: Draft, topic: Topic) -> Subject | None:
    """… y Meta, uno de 350k: the name that a gapped verb left behind."""
    page = topic.page
    names = [e for e in page.between(draft.clause[0], draft.start) if e.kind in allowed(draft)]
    if not names:
        return None
    between = page.text[names[-1].end : draft.start]
    if re.fullmatch(
        r"\s*,\s*(?:(?:con|with)\s+)?(?:unos?|unas?|otros?|otra|one|another|some|about|around|más|de|of|with|con|"
        r"a|en|at|to|hasta|up|nearly|only|solo|just|casi|\s|~)*",
        between,
    ):
        return made(names[-1], "gapped clause")
    return None


def by_slash(draft: Draft, topic: Topic) -> Subject | None:
    """Qwen2.5-3B/7B/14B: the sizes that follow a sized name are of its sisters."""
    if draft.metric != "parameters":
        return None
    page = topic.page
    for entity in reversed(page.between(draft.sentence.start, draft.start)):
        if entity.kind != "model" or not _SLASHES.fullmatch(page.text, entity.end, draft.start):
            continue
        size = page.text[draft.number_start : draft.number_end].strip()
        name = _SIZE_IN_NAME.sub(size, entity.name, count=1)
        if name != entity.name:
            known = next((e for e in page.entities if fold(e.name) == fold(name)), None)
            return named(name, "by the sized name before", entity=known)
    return None


_SLASHES = re.compile(r"\s?/\s?(?:[\d.,]+\s?[BMT]\s?/\s?)*")
_SIZE_IN_NAME = re.compile(r"\d+(?:[.,]\d+)?[BMT](?![A-Za-z0-9])")
