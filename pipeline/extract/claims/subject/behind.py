"""Subjects that stand behind the number: in a bracket, called so, behind "of", or later in the clause."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pipeline.extract.claims.patterns import (
    CALLED,
    COMPARED,
    HEAD_AFTER,
    MODEL_METRICS,
    MONEY_OF_ORG,
    OF_AFTER,
    OF_CHIPS,
    PAREN_AFTER,
    SOURCE,
)
from pipeline.extract.claims.roles import TRAINED, is_agent
from pipeline.extract.claims.subject.base import allowed, made, preferred, wanted
from pipeline.extract.claims.subject.governors import is_likened
from pipeline.extract.claims.subject.indefinite import is_indefinite
from pipeline.extract.fillers import AGAINST, COMPANY, INSTEAD

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pipeline.extract.claims.draft import Draft, Subject
    from pipeline.extract.claims.page import Entity
    from pipeline.extract.claims.topic import Topic


def by_bracket_after(draft: Draft, topic: Topic) -> Subject | None:
    """75.7% (o3)."""
    text = topic.page.text
    for entity in topic.page.between(draft.end, min(draft.sentence.end, draft.end + 40)):
        if entity.name in topic.page.known.media:
            break  # "over $100 billion (Reuters)"
        if entity.kind in wanted(draft) and PAREN_AFTER.fullmatch(text, draft.end, entity.start):
            return None if _ITS_OWN.match(text, entity.end) else made(entity, "in the bracket after")
        break
    return None


_ITS_OWN = re.compile(r"[*_”»]*\s?[:=]?\s[~≈$€]?\d")  # "90,8 % (GPT-4o: 87,2 %)": only the second is GPT-4o's


def by_called(draft: Draft, topic: Topic) -> Subject | None:
    """Un modelo de 400B (llamado X); a 32B model, X, …."""
    if draft.metric not in MODEL_METRICS:
        return None
    text = topic.page.text
    for entity in topic.page.between(draft.end, min(draft.sentence.end, draft.end + 60)):
        orgs = [e for e in topic.page.between(draft.end, entity.start) if e.kind == "org" and e.end + 1 == entity.start]
        lead = topic.page.text[draft.end : orgs[0].start if orgs else entity.start]
        if (
            entity.kind in wanted(draft)
            and CALLED.fullmatch(lead)
            and (not lead.rstrip('*_«“"‘').endswith(", ") or _APPOSED.match(text, entity.end))
        ):
            return made(entity, "called")
    return None


_APPOSED = re.compile(r"[*_»”\"’]*(?:\s\([^()]{1,40}\))?(?:[,.;:)]|\s?$)(?!\s(?:and|or|y|o)\b)")


def by_of_after(draft: Draft, topic: Topic) -> Subject | None:
    """Los 671B parámetros de X; the $500B for X; the 671B-parameter X."""
    text = topic.page.text
    begin = draft.number_end if draft.metric == "users" else draft.end  # "300 million weekly ChatGPT users"
    for entity in topic.page.between(begin, min(draft.sentence.end, draft.end + 70)):
        if entity.kind not in allowed(draft) or re.search(r"[.;,:]\s", text[draft.end : entity.start]):
            break
        if _is_maker(draft, topic, entity) and not _is_other_price(draft, topic):
            continue
        if draft.metric == "funding" and _BID.search(text, draft.sentence.start, draft.start):
            break  # "it bid N for X": the bidder's
        begin = _end_of_list(draft, topic, entity)
        if draft.metric == "funding" and _ROUND_OF.fullmatch(text, begin, entity.start):
            return made(entity, "after the number")
        if draft.metric == "energy" and entity.kind == "model" and _OF_QUERY.fullmatch(text, begin, entity.start):
            return made(entity, "after the number")
        if any(links.fullmatch(text, begin, _owned_from(topic, entity)) for links in (OF_AFTER, HEAD_AFTER, _PER)):
            return made(entity, "after the number")
        whose = draft.metric == "users" and (
            _USERS_OF.fullmatch(text, draft.number_end, entity.start)
            or _ACTIVE_ON.fullmatch(text, draft.end, entity.start)
        )
        if whose or _is_in_each(draft, entity, topic):
            return made(entity, "after the number")
    return None


_ROUND_OF = re.compile(  # "to lead a $300 million funding round for legal AI startup X"
    r"[\s-](?:[\w-]+\s){0,3}?(?:round|financing|raise)\s(?:for|in|into|of|by)\s(?:the\s|an?\s)?"
    r"(?:[\w’'-]+\s){0,5}?[*_“\"]{0,2}|"
    rf"\s(?:de (?:dólares|euros)\s)?(?:para|en|de)\s(?:la|el)\s(?:{COMPANY}|unicornio)\s"
    r"(?:\w+\s){0,3}?[*_«\"]{0,2}"
)
_OF_QUERY = re.compile(  # "0.24 Wh for the median Gemini prompt"
    r"\s(?:(?:of|de)\s(?:electricity|energy|electricidad|energía)\s)?(?:for|per|on|por|para|en)\s(?:(?:training|"
    r"entrenar|each|every|"
    r"cada)\s)?(?:an?\s|the\s|una?\s|el\s|la\s)?(?:(?:single|median|average|typical|simple|standard|long|short)\s)?"
    r"(?:text\s)?(?:(?:query|prompt|question|answer|response|image|consulta|pregunta|respuesta|petición|imagen)\s"
    r"(?:to|with|by|from|in|of|a|con|de|en)\s)?[*_“«\"]{0,2}"
)


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


def _is_in_each(draft: Draft, entity: Entity, topic: Topic) -> bool:
    """1M en X, 10M en Y; 21 dólares en X y 0,42 en Y."""
    page = topic.page
    if draft.metric not in MODEL_METRICS or not (entity.kind == "model" or _is_other_price(draft, topic)):
        return False
    return bool(_IN.fullmatch(page.text, draft.end, entity.start) and _END.match(page.text, entity.end))


def _is_other_price(draft: Draft, topic: Topic) -> bool:
    """Whether a price is the second of a row, and all names in its clause so far stand behind the prices before it."""
    prices = [p for p in topic.peers if p.metric == draft.metric == "price" and p.end <= draft.start]
    names = topic.page.between(draft.clause[0], draft.start)
    return bool(prices) and all(e.start > prices[0].end for e in names)


_USERS_OF = re.compile(  # "300 million weekly ChatGPT users"
    r"\+?\s(?:(?:daily|weekly|monthly|active|paying|paid|registered|regular|global|worldwide|free|new)[\s-])*"
)
_ACTIVE_ON = re.compile(  # "700 millones de usuarios semanales en ChatGPT"
    r"\s(?:(?:activos|semanales|mensuales|diarios|únicos|de pago)\s){0,2}(?:en|on|in|across|para|con)\s(?:la\s|el\s|"
    r"the\s)?(?:app\s(?:de|of)\s|API\s(?:de|of)\s)?"
)
_IN = re.compile(r"\s(?:en|in|on|for|para|por|con|with)\s(?:el\s|la\s|the\s)?[*_«“\"]{0,2}", re.IGNORECASE)
_END = re.compile(rf"[*_»”\"]*(?:[,;.)]|\s(?:y|e|and|but|pero|{AGAINST})\s|\s*$)")


_SEAT = (  # "20 dólares al mes cada suscripción de X": who pays them stands before
    r"(?:cada|each|every|una?|an?|la|the)\s(?:suscripci[óo]n|licencia|usuario|cuenta|plaza|subscription|licen[cs]e|"
    r"seat|"
    r"user|account)\s(?:de|del|a|al|of|to|for|on)\s(?:el\s|la\s|the\s)?"
)
_PER = re.compile(  # "a $0.13/image X"; "50 cents per million tokens of X"
    r"/\w+\s(?:(?:de|of|for)\s)?|\s(?:por|per|al|a)\s(?:(?:un|one|1)\s)?(?:mill[óo]n|million|mes|month|hora|hour|token|"
    r"tarea|task|imagen|"
    r"image)(?:\sde)?(?:\stokens)?(?:\sde\s(?:entrada|salida))?(?:\s(?:input|output)(?:\stokens)?)?\s"
    rf"(?:(?:de|del|of|for|on|en|por|con|with)\s(?:el\s|la\s|the\s|(?:each|every|cada)\s)?(?:{_SEAT})?|{_SEAT}|"
    r"(?:to (?:serve|run|use|host)|para (?:usar|servir|atender))\s(?:each\s|every\s)?)[*_«“\"]{0,2}",
    re.IGNORECASE,
)
_BID = re.compile(r"\b(?:bid|offer(?:ed|s)?|pa(?:id|ys?)|ofrec\w+|pag[aóu]\w*|puj[aó]\w*)\b[^.;]*$", re.IGNORECASE)
_GIVER = re.compile(r"\b(?:from|by|de|por)\s(?:la\s|el\s|the\s)?$", re.IGNORECASE)


def _is_maker(draft: Draft, topic: Topic, entity: Entity) -> bool:
    """Whether a name behind the number is its source: "a 340B model by X", "trained on N tokens of X", "$1B from X"."""
    text = topic.page.text
    behind = topic.page.between(entity.end, entity.end + 8)
    if behind and behind[0].kind in wanted(draft) and _OF_MAKER.fullmatch(text, entity.end, behind[0].start):
        return draft.metric in MODEL_METRICS | _OF_MACHINES  # "of Meta's Llama 3.1", "de una NVIDIA A100"
    is_agent_after = entity.kind != "model" and _BY_AND_THEN.search(text, draft.end, entity.start)
    then = _behind_comma(topic, entity) if is_agent_after else ()
    if any(e.kind in wanted(draft) for e in then):
        return True  # "trained on N tokens by X, Y …"
    if entity.kind not in wanted(draft):
        return draft.metric in MONEY_OF_ORG or _has_usual(draft, topic)
    if draft.metric in {"hardware_quantity", "power"} and entity.name in topic.page.known.chip_makers:
        return True  # "30.000 GPU de Nvidia", "296 GPU Intel Max", "6 GW of AMD Instinct chips"
    if entity.kind == "dataset":
        return bool(TRAINED.search(text, draft.sentence.start, draft.start))
    given = draft.metric in {"funding", "hardware_quantity"} and _GIVER.search(text, draft.end, entity.start)
    return bool(given) and (draft.metric == "funding" or _has_usual(draft, topic))


_OF_MACHINES = frozenset({"power", "memory", "hardware_quantity"})


def _has_usual(draft: Draft, topic: Topic) -> bool:
    """Whether a name of the usual kind stands before the number in its clause."""
    names = topic.page.between(draft.clause[0], draft.start)
    return any(e.kind in wanted(draft) and not is_agent(topic.page, e) for e in names)


def _behind_comma(topic: Topic, entity: Entity) -> Sequence[Entity]:
    """What is named right behind a name and a comma."""
    is_comma = topic.page.text[entity.end : entity.end + 2] == ", "
    return topic.page.between(entity.end + 2, entity.end + 8) if is_comma else ()


_BY_AND_THEN = re.compile(r"\s(?:by|por)\s$")


_COMPARABLE = frozenset({"benchmark_score", "price"})
_FROM = re.compile(r"\b(?:from|(?:de|por) parte de)\s(?:la\s|el\s|the\s)?$", re.IGNORECASE)
_SOMEBODY = re.compile(r"\b(?:he|she|we|I|they|it|you)\s(?:\w+\s){1,2}", re.IGNORECASE)
_COMMA = re.compile(r"[,;:](?!\d)")
_OTHER_CLAUSE = re.compile(
    r"\b(?:when|while|whereas|than|versus|because|since|if|although|cuando|mientras|porque|si|aunque|you|puedes|podrás|"
    r"to\s(?:pay|buy|run)|para\s\w+r)\b",
    re.IGNORECASE,
)


_VERSUS = re.compile(  # "$0.27, against $0.45 of X": the second is X's
    rf"\b(?:{AGAINST}|{INSTEAD})\s(?:los\s|las\s|the\s)?[~≈$€]*\d", re.IGNORECASE
)


_WITH_WHOM = re.compile(  # "a $300B deal with X": whose it is was said before
    r"\b(?:with|across|spanning|among|con)\s(?:[\w-]+\s){0,2}?[*_“«\"]{0,2}$", re.IGNORECASE
)
_PAID_TO = re.compile(  # "N que pagará a X"
    r"\b(?:pag|abon|deb|transfer|entreg|pay|paid|ow)\w*\s(?:al?|to)\s(?:la\s|the\s)?$", re.IGNORECASE
)
_RECEIVERS = (_WITH_WHOM, _PAID_TO)


def _is_aside(draft: Draft, entity: Entity, topic: Topic) -> bool:
    """Whether a name behind a number is a source, a term of comparison, or has a number of its own."""
    text, begin = topic.page.text, _owned_from(topic, entity)
    lead = text[max(draft.end, begin - 40) : begin]
    if entity.name in topic.page.known.media or is_likened(topic.page, entity):
        return True
    if SOURCE.search(lead) or COMPARED.search(lead):
        return True
    if draft.metric == "hardware_quantity" and entity.name in topic.page.known.chip_makers:
        return True
    if draft.metric in _COMPARABLE and _ITS_OWN.match(text, entity.end):
        return True
    return draft.metric == "funding" and _FROM.search(lead) is not None


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
        if _is_aside(draft, entity, topic):
            continue
        if any(p.search(page.text, draft.end, entity.start) for p in (_OTHER_CLAUSE, _VERSUS)):
            break
        if draft.metric == "funding" and any(p.search(page.text, draft.end, entity.start) for p in _RECEIVERS):
            break
        if entity.kind == "org" and OF_CHIPS.match(page.text, entity.end):
            continue  # "invirtieron N en chips NVIDIA H20"
        if not glossed and _COMMA.search(page.text, draft.end, entity.start):
            break
        if TRAINED.search(page.text, draft.sentence.start, draft.start) and entity.kind not in {"model", "org"}:
            break  # "trained on 300 billion tokens from X"
        return made(entity, "after the number, in the clause")
    return None
