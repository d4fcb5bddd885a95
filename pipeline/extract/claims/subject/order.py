"""Subjects found by the order of a sentence: lists that run in parallel, and what follows a fronted phrase."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

from pipeline.extract.claims.clauses import NEXT_VERB, VERB
from pipeline.extract.claims.ellipsis import linked
from pipeline.extract.claims.patterns import CHAIN, COMPARED, MODEL_METRICS, MONEY_OF_ORG, SOURCE
from pipeline.extract.claims.roles import is_agent, is_source
from pipeline.extract.claims.subject.base import allowed, made, wanted
from pipeline.extract.fillers import AGAINST, COMPANY, TO_NUMBER

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pipeline.extract.claims.draft import Draft, Subject
    from pipeline.extract.claims.page import Entity, Page
    from pipeline.extract.claims.topic import Topic

_RESPECTIVELY = re.compile(
    r"\b(?:respectivamente|respectively|en ese orden|in that order|por ese orden)\b", re.IGNORECASE
)
_FRONTED = re.compile(
    r"[\s*_¿¡\"“«(]*(?:(?:y|e|and|but|pero|ahora|now|today|hoy)\s)?(?:con|with|at|a|gracias a|thanks to|using|usando|"
    r"(?:entrenad|valorad|desarrollad|construid|lanzad|diseñad|equipad|dotad|respaldad|formad|financiad)[oa]s?|trained|"
    r"valued|built|powered|equipped|backed|priced|weighing(?: in)?|boasting|featuring|packing|costing|sporting|"
    r"tras|after|despite|pese a|a pesar de|al \w+[aei]r|having|given|dad[oa]s?|debido a|due to|because of)\s",
    re.IGNORECASE,
)
_SUBORDINATED = re.compile(
    r"[\s*_¿¡\"“«(]*(?:(?:y|and)\s)?(?:considerando que|dado que|una vez que|después de que|ahora que|al \w+[aei]r|"
    r"luego de|"
    r"now that|given that|once)\s",
    re.IGNORECASE,
)
_COMMA_THEN = re.compile(
    r"(?:[^.;:!?,]|[.,](?=\d)|,(?=\s\d)){0,120}?,\s(?:el|la|los|las|the|su|its|nuestro|our|este|this)?\s?(?:nuevo\s|"
    r"nueva\s|new\s)?(?:modelo\s|"
    rf"model\s|(?:{COMPANY}|gigante|tecnológica|giant)\s(?:(?:[a-záéíóúñ]+|IA|AI)\s){{0,3}}?|familia\s|proyecto\s|"
    rf"project\s)?[*_«“\"]{{0,2}}$",
    re.IGNORECASE,
)
_THEN_IT = re.compile(
    rf"(?:[^.;:!?,]|[.,](?=\d)|,(?=\s\d)){{0,120}}?,\s(?:it|they|(?:the|la|el)\s(?:{COMPANY}|model|cluster|site|"
    rf"facility|"
    rf"data\scenter|supercomputer|modelo|clúster))\s{VERB}"
)
_TO = re.compile(r"\s(?:to|a|al|hasta)\s(?:the\s|los\s|las\s)?", re.IGNORECASE)  # from X to Y, from N to M


def by_order(draft: Draft, topic: Topic) -> Subject | None:
    """X e Y tienen N y M, respectivamente: the first number is of the first name."""
    page = topic.page
    numbers = _parallel(draft, topic)
    if len(numbers) < 2:
        return None
    if draft.metric == "parameters" and not (
        _TO.fullmatch(page.text, numbers[0].end, numbers[-1].start)
        or _RESPECTIVELY.search(page.text, draft.sentence.start, draft.sentence.end)
    ):
        return None  # "Llama 3 and Qwen2 come in 8B and 72B" says of both that they have both
    at = next(i for i, number in enumerate(numbers) if number.start == draft.start)
    chain = _chain_before(page, draft, numbers[0].start, len(numbers))
    if chain and is_agent(page, chain[0]):
        return None  # "X, backed by Y and Z, is worth N, up from M"
    return made(chain[at], "lists in the same order") if chain else None


def by_duel(draft: Draft, topic: Topic) -> Subject | None:
    """X supera a Y (86,8 % frente a 85,2 %); X beats Y, 90 vs. 86: the first number is of who wins."""
    page, numbers = topic.page, _parallel(draft, topic)
    if len(numbers) != 2 or not _VERSUS.fullmatch(page.text, numbers[0].end, numbers[1].start):
        return None
    before = page.between(draft.sentence.start, numbers[0].start)
    names = [e for e in before if e.kind in wanted(draft)][-2:]
    if len(names) == 1:
        names = [e for e in before if e.kind in allowed(draft)][-2:]  # an answer of X, a search of Y
    if not names:
        return _of_same_two(draft, topic, second=draft.start > numbers[0].start)
    if len(names) == 1 and draft.start > numbers[0].start and _is_beaten(page, draft, names[0]):
        return made(names[0], "of two that are compared")  # "Supera a X en MMLU (90 frente a 86)"
    if len(names) < 2 or _APART.search(page.text[names[0].end : numbers[0].start]):
        return None
    if _COMPARED_TO.match(page.text, draft.sentence.start, names[0].start + 1):
        names.reverse()  # "Compared to X, Y has half the parameters (17B vs 37B)"
    elif not any(p.search(page.text, names[0].end, names[1].start) for p in (COMPARED, _MULTIPLIES)):
        return None
    return made(names[draft.start > numbers[0].start], "of two that are compared")


_APART = re.compile(rf"[;.]\s|:\s(?!{TO_NUMBER}$)")
_MULTIPLIES = re.compile(  # "X triplica los parámetros de Y"
    r"\b(?:do?bl[ae]\w*|duplic\w+|triplic\w+|cuadruplic\w+|doubl\w+|tripl\w+|quadrupl\w+)\s(?:[^\W\d]+\s){0,4}$",
    re.IGNORECASE,
)
_COMPARED_TO = re.compile(rf"\W*(?:{AGAINST}|unlike|a diferencia de)(?:l|\sl[oa]s|\sthe)?\s\w\Z", re.IGNORECASE)


def _of_same_two(draft: Draft, topic: Topic, *, second: bool) -> Subject | None:
    """MMLU: 67 % versus 60 % for X. RACE: 82 % versus 71 %. The first is of who is weighed against X, and so on."""
    page = topic.page
    before = [d for d in topic.previous if d.metric == draft.metric and draft.start - d.end < _NEAR][:2]
    weighed = len(before) == _TWO and _VERSUS.fullmatch(page.text, before[0].end, before[1].start)
    said = [d.subject.entity for d in before if d.subject] if weighed else []
    if not page.between(draft.end, draft.sentence.end):
        if len({e.name for e in said if e}) < _TWO:
            return None
        entity = said[second]
        return made(entity, "of two that are compared") if entity else None
    if second or not (rival := _rival_after(draft, topic)):
        return None
    theme = topic.before(draft, wanted(draft))
    if theme and theme[0].name != rival.name and not said:
        return None
    told = page.between(page.blocks[draft.sentence.block].start, draft.sentence.start)
    others = [e for e in (*said[:1], topic.main, *told[::-1]) if e and e.kind in wanted(draft) and e.name != rival.name]
    return made(others[0], "of two that are compared") if others else None


def _rival_after(draft: Draft, topic: Topic) -> Entity | None:
    """The name that the second of two scores is said to be of: "67 % versus 60 % for X"."""
    rival = _RIVAL.match(topic.page.text, draft.end)
    behind = topic.page.between(rival.end(), rival.end() + 1) if rival else ()
    return next((e for e in behind if e.kind in wanted(draft)), None)


_TWO = 2
_NEAR = 160  # characters
_RIVAL = re.compile(
    rf"\s?%?,?\s(?:{AGAINST})(?:l|\sl[oa]s|\sel|\sthe)?\s(?:un\s)?\d+(?:[.,]\d+)?\s?%?\s(?:for|of|by|del?|"
    rf"para)\s(?:the\s|el\s)?",
    re.IGNORECASE,
)


def _is_beaten(page: Page, draft: Draft, entity: Entity) -> bool:
    lead = page.text[max(draft.sentence.start, entity.start - 40) : entity.start]
    return bool(COMPARED.search(lead)) and not page.between(draft.sentence.start, entity.start)


_VERSUS = re.compile(rf"\s?%?\s?(?:{AGAINST}|to|a|por)\s(?:el\s|un\s|los\s|the\s)?[~≈$€]?", re.IGNORECASE)


def _parallel(draft: Draft, topic: Topic) -> list[Draft]:
    """The numbers of a list, of one metric, that the draft is one of."""
    run: list[Draft] = []
    for peer in topic.peers:
        if peer.metric != draft.metric:
            continue
        if run and not linked(topic.page.text, run[-1].end, peer.start):
            if run[-1].start >= draft.start:
                break
            run = []
        run.append(peer)
    return run if any(number.start == draft.start for number in run) else []


def _chain_before(page: Page, draft: Draft, end: int, count: int) -> Sequence[Entity]:
    """The last list of just so many names before an offset, those of the usual kind before all others."""
    choices = (wanted(draft),) if draft.metric in MODEL_METRICS else (wanted(draft), allowed(draft))
    for kinds in choices:
        names = [e for e in page.between(draft.sentence.start, end) if e.kind in kinds and not _tells(page, draft, e)]
        last = names[-count:]
        longer = len(names) > count and CHAIN.fullmatch(page.text, names[-count - 1].end, last[0].start)
        joined = all(CHAIN.fullmatch(page.text, a.end, b.start) for a, b in pairwise(last)) or (
            count == 2 and len(last) == 2 and bool(_TO.fullmatch(page.text, last[0].end, last[1].start))
        )
        if len(last) == count and joined and not longer:
            lead = page.text[max(draft.sentence.start, last[0].start - 40) : last[0].start]
            return last[::-1] if COMPARED.search(lead) else last  # "frente a X, Y tiene N frente a M"
    return ()


def _tells(page: Page, draft: Draft, entity: Entity) -> bool:
    """Whether a name is of who says so: "Según X, Y tuvo N, frente a M"."""
    return is_source(page, entity) or bool(SOURCE.search(page.text, draft.sentence.start, entity.start))


def by_fronted(draft: Draft, topic: Topic) -> Subject | None:
    """Con N, X …; trained on N, X …: the name that follows the comma is the subject of both."""
    page = topic.page
    opens = page.text[draft.clause[0] - 2 : draft.clause[0]] in {"; ", ": "}
    begin = draft.clause[0] if opens else draft.sentence.start
    whole = draft.metric in MONEY_OF_ORG and _SUBORDINATED.match(page.text, begin)
    if not whole and (not _FRONTED.match(page.text, begin) or _has_verb(page, begin, draft.start)):
        return None
    kinds = allowed(draft)
    if any(e.kind in kinds and not is_agent(page, e) for e in page.between(begin, draft.start)):
        return None
    after = [e for e in page.between(draft.end, min(draft.sentence.end, draft.end + 150)) if e.kind in kinds]
    then = _THEN_IT.match(page.text, draft.end, draft.sentence.end)
    if then and not any(e.start < then.end() for e in after):
        before = topic.before(draft, wanted(draft))
        return made(before[0], f"{before[1]}, by reference", " (a pronoun that follows)") if before else None
    for at, entity in enumerate(after):
        if at and not NEXT_VERB.match(page.text, entity.end):
            continue  # "for a model close to X and Y, Z is …"
        if _COMMA_THEN.fullmatch(page.text, draft.end, entity.start):
            owned = after[at + 1] if at + 1 < len(after) and _is_owner(page, entity, after[at + 1]) else entity
            return made(owned if draft.metric in MODEL_METRICS else entity, "after a fronted phrase")
    return None


def _has_verb(page: Page, start: int, end: int) -> bool:
    names = page.between(start, end)
    verbs = [v for v in NEXT_VERB.finditer(page.text, start, end) if not _RELATIVE.search(page.text, start, v.start())]
    return any(not any(e.start < verb.end() and verb.start() < e.end for e in names) for verb in verbs)


_RELATIVE = re.compile(r"\s(?:que|which|that)$")


def _is_owner(page: Page, first: Entity, second: Entity) -> bool:
    """Meta's Llama 3; Meta Llama 3."""
    return bool(re.fullmatch(r"['’]?s?\s(?:new\s|latest\s)?", page.text[first.end : second.start]))
