"""Companies that are meant without being the subject of a verb: "la compañía de Claude", "los de Amodei", "the ChatGPT
maker", "un fondo la tasó en 5.800 millones".
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pipeline.extract.claims.page import led_by
from pipeline.extract.claims.roles import OF_PERSON, PERSONS, is_in_aside, is_source
from pipeline.extract.claims.subject.base import allowed, made, named
from pipeline.extract.fillers import COMPANY, TO_NUMBER

if TYPE_CHECKING:
    from pipeline.extract.claims.draft import Draft, Subject
    from pipeline.extract.claims.page import Entity, Page
    from pipeline.extract.claims.topic import Topic

_ORG = frozenset({"org"})
_COMPANY = rf"(?:{COMPANY}|casa|tecnológica|plataforma|red social|business|developer|platform|social network)"
_FIELD = r"(?:\s(?:china|de (?:la\s)?(?:IA|AI|inteligencia artificial))(?:\sgenerativa)?)?"
_MAKER_OF = re.compile(
    rf"\b(?:la|el|los|las|una?|al|del)\s(?:[\wáéíóúñ]+\s)?(?:{_COMPANY}{_FIELD}|creador(?:es|a)?|desarrollador(?:es|"
    rf"a)?|"
    r"fabricantes?|autor(?:es)?|padres|matriz|responsables|gente)"
    r"(?:\s(?:de|tras|detrás de|que está detrás de)|,?\sque (?:desarroll|cre|fabric|hay tras|hay detrás de)\w*)\s"
    r"(?:(?:la|el|su|los)\s(?:\w+\s){0,2})?[«“\"]?$|"
    rf"\b(?:makers?|creators?|developers?|owner|parent|team|people|{_COMPANY})\s(?:of|behind)\s(?:the\s)?[“\"]?$",
    re.IGNORECASE,
)
_MAKER_AFTER = re.compile(r"(?:[-\s]|['’]s\s)(?:maker|creator|developer|owner|parent)\b", re.IGNORECASE)
_VALUED = re.compile(
    r"\b(?:la|lo|los|las)\s(?:ha\s|han\s|había\s|habían\s)?(?:valor|tas|sit[uú]|coloc|catapult)\w+|"
    rf"\b(?:valor|tas)\w+\s(?:ya\s)?(?:al?\s)?(?:la|el)\s(?:{_COMPANY})\b|"
    rf"\bvalu(?:es?|ed|ing)\s(?:it|the\s(?:\w+\s)?{_COMPANY})\b",
    re.IGNORECASE,
)
_WHOSE = re.compile(r"[*_”»\")]*,\s(?:cuy[oa]s?|whose|que|which|a (?:quien|la que))\b", re.IGNORECASE)
_RELATIVE = re.compile(r"(?:\bque|\bwhich|\bthat|,)\s$", re.IGNORECASE)


def by_stand_in(draft: Draft, topic: Topic) -> Subject | None:
    """La compañía de Claude, the ChatGPT maker, los de Amodei: the organization is known by its product or its head."""
    if "org" not in allowed(draft):
        return None
    text = topic.page.text
    for entity in reversed(topic.page.between(draft.clause[0], draft.start)):
        lead = text[max(draft.sentence.start, entity.start - 64) : entity.start]
        if entity.kind == "model" and (_MAKER_OF.search(lead) or _MAKER_AFTER.match(text, entity.end)):
            maker = topic.page.known.makers.get(entity.family or "", "")
            return _known(maker, topic, "the maker of a model") if maker else None
        if is_in_aside(topic.page, entity, draft.sentence.start, draft.start) or is_source(topic.page, entity):
            continue
        if entity.kind == "org":
            return None
        is_his = draft.metric in {"revenue", "valuation"} or PERSONS.search(lead) or OF_PERSON.match(text, entity.end)
        if entity.kind == "person" and is_his:
            return _led(draft, topic, entity)
    return None


def _led(draft: Draft, topic: Topic, person: Entity) -> Subject | None:
    own = [e for e in topic.page.between(draft.sentence.start, person.start) if e.kind == "org"]
    if own and _GLOSSED.fullmatch(topic.page.text, own[-1].end, person.start):
        return made(own[-1], "of the clause, before an aside")
    if led := led_by(person.name):
        return _known(led, topic, "the organization of a person")
    before = topic.before(draft, _ORG)
    return made(before[0], f"{before[1]}, by reference", " (a person's company)") if before else None


_GLOSSED = re.compile(r"[*_”»\")]*,\s(?:the|an?|la|el|una?)\s[^,.;:]{2,60}")  # "xAI, the AI startup founded by Musk"


def of_leader(draft: Draft, topic: Topic, subject: Subject) -> Subject:
    """What a person earns, is worth or has is that of the organization he leads: "Altman expects revenue of N"."""
    person = subject.entity if subject.entity and subject.entity.kind == "person" else None
    if person is None or draft.metric not in _HIS_COMPANYS or not (led := led_by(person.name)):
        return subject
    return _known(led, topic, "the organization of a person")


_HIS_COMPANYS = frozenset({"revenue", "valuation", "hardware_quantity", "users"})


def _known(name: str, topic: Topic, rule: str) -> Subject:
    return named(name, rule, entity=next((e for e in topic.page.entities if e.name == name), None))


def by_valued(draft: Draft, topic: Topic) -> Subject | None:
    """Un fondo la tasó en N; the deal values the company at N: not who values, but what was talked of before."""
    if draft.metric != "valuation":
        return None
    found = list(_VALUED.finditer(topic.page.text, draft.sentence.start, draft.start))
    if not found or any(e.kind == "org" for e in topic.page.between(found[-1].end(), draft.start)):
        return None
    valued = topic.page.between(draft.sentence.start, found[-1].start())
    if bought := next((e for e in valued if e.kind == "org" and _is_bought(topic.page, e)), None):
        return made(bought, "of the clause")
    if _RELATIVE.search(topic.page.text, draft.sentence.start, found[-1].start()):
        return None  # "a round that values it at": of the company that the sentence is about
    orgs = [e for e in valued if e.kind == "org"]
    if orgs and _WHOSE.match(topic.page.text, orgs[-1].end):
        return made(orgs[-1], "of the clause")
    earlier = [e for e in topic.page.between(draft.sentence.start, draft.clause[0]) if e.kind == "org"]
    if earlier:
        return made(earlier[0], "last named in the sentence, by reference", " (what is valued)")
    if topic.sibling and topic.sibling.kind == "org" and _VALUING.match(topic.page.text, found[-1].start()):
        return made(topic.sibling, "of the number before in the sentence")  # "X raised N, valuing the company at M"
    before = topic.before(draft, _ORG)
    return made(before[0], f"{before[1]}, by reference", " (what is valued)") if before else None


_VALUING = re.compile(r"\W*(?:valuing|valorando|valorándol[ao])\b", re.IGNORECASE)


def _is_bought(page: Page, entity: Entity) -> bool:
    """Whether a company is what another bought: "X compró Y en una operación que valoró la firma en N"."""
    return bool(_BUYING.search(page.text, max(0, entity.start - 48), entity.start))


_BUYING = re.compile(
    r"\b(?:adquiri|adquier|compr(?!om|ob|en[ds])|absorb|fusion|acquir|bought|buy)\w*\s(?:(?:con|a|al|with)\s)?(?:(?:la|"
    r"el|the)\s"
    rf"(?:{_COMPANY}|[a-záéíóúñ]+)\s(?:[a-záéíóúñ]+\s)?)?[*_«“\"]{{0,2}}$|"
    r"\b(?:invest\w*|inver\w+|inviert\w+|stake|participación)\s(?:in|en)\s[*_«“\"]{0,2}$",
    re.IGNORECASE,
)


def has_own_share(page: Page, investor: Entity, draft: Draft) -> bool:
    """Whether a sum is what an investor puts in: "X led the round with an investment of N"."""
    return draft.metric == "funding" and bool(_OWN_SHARE.search(page.text, investor.end, draft.start))


_OWN_SHARE = re.compile(
    r"\b(?:con|with|poniendo|aportando|invirtiendo|contributing|investing|putting in)\s(?:una?\s|an?\s)?"
    rf"(?:(?:inversión|cheque|aportación|investment|check|contribution)\s(?:de|of)\s)?{TO_NUMBER}$",
    re.IGNORECASE,
)


def giver_after(draft: Draft, topic: Topic) -> Subject | None:
    """X put in N, followed by M from Y: the second is Y's."""
    after = topic.page.between(draft.end, draft.end + 24) if draft.metric == "funding" else ()
    if after and after[0].kind == "org" and _GIVEN_BY.fullmatch(topic.page.text, draft.end, after[0].start):
        return made(after[0], "after the number")
    return None


_GIVEN_BY = re.compile(r"\s(?:more\s|más\s)?(?:from|by|(?:de|por) parte de)\s(?:la\s|el\s|the\s)?", re.IGNORECASE)
