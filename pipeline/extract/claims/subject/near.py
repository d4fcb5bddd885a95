"""Subjects that stand right before the number: before its bracket, a colon, "con", or in apposition."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pipeline.extract.claims.clauses import NEXT_VERB
from pipeline.extract.claims.names import key_of
from pipeline.extract.claims.patterns import (
    BEATEN,
    CHAIN,
    COMPARED,
    PAREN_TAIL,
    SOURCE,
    WITH,
)
from pipeline.extract.claims.prices import GOES_FOR
from pipeline.extract.claims.roles import NAME, is_agent, is_in_aside, is_oblique
from pipeline.extract.claims.subject.base import allowed, contradicts, made, named, named_before, wanted
from pipeline.extract.fillers import AGAINST, APPROX, TO_NUMBER

if TYPE_CHECKING:
    from pipeline.extract.claims.draft import Draft, Subject
    from pipeline.extract.claims.page import Entity, Page
    from pipeline.extract.claims.topic import Topic


def by_parenthesis(draft: Draft, topic: Topic) -> Subject | None:
    """X (405B); X ($15.00)."""
    text = topic.page.text
    for entity in reversed(named_before(draft, topic)[-4:]):
        if _opened(text, draft.sentence.start, entity.start) and NEXT_VERB.match(text, entity.end):
            return None  # "rivals X (e.g., Y scores N)"
        between = _OF_SOMEBODY.sub("", text[entity.end : draft.start], count=1)
        if entity.kind in {"chip", "device"}:
            between = _MEMORY.sub("", between)
        if entity.kind in {"cluster", "model"}:
            between = _NOUN.sub("", between)
        if COMPARED.search(text, max(draft.sentence.start, entity.start - 40), entity.start):
            between = _WORDS.sub("", between)  # "supera a X afinado con verificador (55 %)"
        if "(" not in between or _CONDITION.match(between):
            continue
        if PAREN_TAIL.fullmatch(between) and not _inner_break(between):
            return made(entity, "before the bracket")
    return None


def _opened(text: str, begin: int, at: int) -> bool:
    """Whether a place is inside a bracket."""
    return text.rfind("(", begin, at) > text.rfind(")", begin, at)


_OF_SOMEBODY = re.compile(rf"^,?\s(?:de|del|of)\s{NAME}(?=\s\()")  # xAI, de Elon Musk (valorada en …)
_MEMORY = re.compile(r"^\s\d+\s?GB(?=\s\()")  # RTX 4060 Ti 16GB ($500)
_WORDS = re.compile(r"^(?!\s(?:en|in|on|at)\s)(?:\s[a-záéíóúñü-]+){1,6}(?=\s\()")
_NOUN = re.compile(  # what a cluster or a model is: "the Claude 2 API (a 130B model)"
    r"^\s(?:data cent(?:er|re)|campus|site|facility|(?:super)?cluster|supercomputer|API|model|family|chatbot)(?=\s\()"
)
_CONDITION = re.compile(r"\s*\((?:if|si|when|cuando|provided|siempre que)\b", re.IGNORECASE)


def _inner_break(between: str) -> bool:
    return between.count("(") > 1 or ")" in between


_OWNS = re.compile(
    r"['’]s?\s(?:[\w-]+\s)?(?:of\s)?[~≈$€]*|['’]?s?\s(?:[\w-]+\s){0,2}(?:figure|total|tally|number|estimate|price|"
    rf"valuation|revenue|run rate|window|score|bill|projection|forecast|target|goal|haul|spending|capex|"
    rf"sales)\sof\s{TO_NUMBER}"
)
_DERIVED = re.compile(
    r"\b(?:a partir del?|basad[oa]s? en|based on|derived from|distilled from|destilad[oa]s? (?:de|en)|fine-?tuned from|"
    r"built on)\s(?:el\s|la\s|the\s)?(?:modelo\s)?$",
    re.IGNORECASE,
)


_RIVAL = re.compile(  # "competir con X e Y con N"
    rf"\b(?:(?:compet|compit|rivaliz|asoci|ali|negoci|acord|firm)\w+(?:\s\w+){{0,2}}?\scon|(?:compet|rival|partner|"
    rf"negotiat)\w*\swith|against|contra)\s(?:{NAME}(?:,|\sy|\se|\sand)\s)?$"
)


_WITH_IT = re.compile(r"[*_]*,\s(?:con|with)\s")


def _is_outdone(page: Page, entity: Entity) -> bool:
    """Whether a name is only a term of comparison in an aside: "X saw 15T tokens, seven times more than Y, with N"."""
    with_it = _WITH_IT.match(page.text, entity.end)
    return with_it is not None and COMPARED.search(page.text, max(0, entity.start - 40), entity.start) is not None


_FROM_MAKER = re.compile(rf",?\s(?:from|by|de|del)\s{NAME}(?=,\s)")  # "GPT-5.2 from OpenAI, which scored N"
_RELATIVE = re.compile(r",\s(?:which|that|who|que)\s")
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
    if _is_of_chip(page, last, draft) or _follows_with(topic, last, draft):
        return made(last, "right before the number")
    made_by = _FROM_MAKER.match(page.text, last.end) if last.kind == "model" else None
    begin = made_by.end() if made_by else last.end
    owns = _OWNS.fullmatch(page.text, last.end, draft.start)
    if not (owns or WITH.fullmatch(page.text, begin, draft.start)):
        return None
    lead = page.text[max(0, last.start - 30) : last.start]
    relative = _RELATIVE.match(page.text, begin)
    rival = _RIVAL.search(lead) and not (relative or owns)
    if len(names) > 1 and not relative and is_in_aside(page, last, draft.sentence.start, draft.start):
        return None  # "X, a predecessor of Y, has N": not Y's
    if is_agent(page, last) or SOURCE.search(lead) or _DERIVED.search(lead) or rival:
        return None  # "GPT-4 fue entrenado por X con N": not X's
    if _is_outdone(page, last) and any(not contradicts(draft, e) for e in names[:-1]):
        return None
    if BEATEN.search(lead) and _BY.match(page.text, last.end) and len(names) > 1:
        return None  # "X overtook Y with N": not Y's
    return made(last, "right before the number")


def _is_of_chip(page: Page, chip: Entity, draft: Draft) -> bool:
    """Whether a number is of the chip before: "384 A100 80GB GPUs", "X used 25,000 A100 GPUs (each costing N)"."""
    if chip.kind != "chip":
        return False
    if draft.metric == "price":
        return GOES_FOR.fullmatch(page.text, chip.end, draft.start) is not None
    return draft.metric == "memory" and bool(draft.hardware) and draft.start - chip.end == 1


def _follows_with(topic: Topic, entity: Entity, draft: Draft) -> bool:
    """Whether a number is that of who comes behind: "X leads at N, with Y essentially tied at M", "ahead of Y at M"."""
    page = topic.page
    if _AT.fullmatch(page.text, entity.end, draft.start):
        return any(p.metric == draft.metric and p.end <= entity.start for p in topic.peers)
    lead = _WITH_NEXT.search(page.text, max(draft.sentence.start, entity.start - 24), entity.start)
    tied = draft.metric == "benchmark_score" and _TIED_AT.fullmatch(page.text, entity.end, draft.start)
    return bool(lead and tied)


_AT = re.compile(rf"\sat\s{TO_NUMBER}")
_WITH_NEXT = re.compile(rf"(?:[,;(—–]\s?(?:with|con)|\d\s?%\s(?:{AGAINST}))\s(?:the\s|el\s)?$", re.IGNORECASE)
_TIED_AT = re.compile(rf"(?:\s[^\W\d]+){{0,5}}\s(?:at|with|on|con|en|al?)\s{TO_NUMBER}", re.IGNORECASE)
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


_APPOSED_AND = re.compile(
    r"[*_”»\")\]]*(?:,[”\"]?|\s[—–])\s(?:an?|una?|the|el|la|su|its)\s[^,;.:()]{3,60},\s(?:que|"
    r"which)\s(?:[a-záéíóúñ]+\s){1,3}?"
    rf"(?:(?:con|with)\s)?{TO_NUMBER}"
)
_APPOSED = re.compile(
    r"[*_”»\")\]]*(?:,[”\"]?|\s[—–])\s(?:an?|una?|the|el|la|su|its)\s(?:[^\s,.;:]+\s){1,8}?(?:with|con|de|of|que\s\w+|"
    r"that\s\w+|"
    r"(?:(?:last|now|currently|recently)\s)?valued\sat|valorad[oa]\sen|"
    rf"(?:pre-?)?(?:trained|entrenad[oa])\s(?:on|with|for|using|con|en|sobre))\s{TO_NUMBER}",
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
        compared = COMPARED.search(page.text, max(draft.sentence.start, names[-1].start - 40), names[-1].start)
        return None if compared else made(names[-1], "before a colon")  # "mismo precio que X: 20 dólares"
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
_COLON = re.compile(rf"[*_”»\")\]]*:\s{TO_NUMBER}", re.IGNORECASE)
_THAT_OF = re.compile(
    rf"(?:\b(?:and|y|while|mientras que|than|que|{AGAINST})|[,;])\s(?:that|those|the one|el|la|los|las)\s"
    r"(?:of|de|del)\s(?:the\s)?[*_«“\"]{0,2}$",
    re.IGNORECASE,
)


def by_gap(draft: Draft, topic: Topic) -> Subject | None:
    """… y Meta, uno de 350k: the name that a gapped verb left behind."""
    page = topic.page
    names = [e for e in page.between(draft.clause[0], draft.start) if e.kind in allowed(draft)]
    if not names:
        return None
    if _is_outdone(page, names[-1]) and any(not contradicts(draft, e) for e in names[:-1]):
        return None
    between = page.text[names[-1].end : draft.start]
    return made(names[-1], "gapped clause") if _GAPPED.fullmatch(between) else None


_GAPPED = re.compile(
    rf"\s*,\s*(?:(?:con|with)\s+)?(?:uno|una|otr[oa]s?|one|another|más|de|of|with|con|a|en|at|to|{APPROX}|\s|~)*"
)


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
            known = next((e for e in page.entities if key_of(e.name) == key_of(name)), None)
            return named(name, "by the sized name before", entity=known)
    return None


_SLASHES = re.compile(r"\s?/\s?(?:[\d.,]+\s?[BMT]\s?/\s?)*")
_SIZE_IN_NAME = re.compile(r"\d+(?:[.,]\d+)?[BMT](?![A-Za-z0-9])")
