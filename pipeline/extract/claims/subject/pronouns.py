"""Subjects by a pronoun: "entrenarlo costó N", "and it has N", "Musk lo presenta como un superordenador con N"."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pipeline.extract.claims.clauses import VERB
from pipeline.extract.claims.roles import NAME, is_oblique
from pipeline.extract.claims.subject.base import made, wanted
from pipeline.extract.claims.subject.governors import OF_MODELS, is_predicate
from pipeline.extract.claims.subject.indefinite import is_indefinite

if TYPE_CHECKING:
    from pipeline.extract.claims.draft import Draft, Subject
    from pipeline.extract.claims.topic import Topic

KINDS_OF_REFERENCE = {
    "model": frozenset({"model"}),
    "org": frozenset({"org"}),
    "cluster": frozenset({"cluster"}),
    "system": frozenset({"model", "cluster"}),
    "person": frozenset({"person"}),
    "chip": frozenset({"chip", "device"}),
}


def by_pronoun(draft: Draft, topic: Topic) -> Subject | None:
    """X is smaller than Y, and it has N: what the sentence so far has been about."""
    page = topic.page
    if draft.metric in OF_MODELS | {"throughput", "price", "memory"} and (
        _TRAINED_IT.search(page.text, draft.sentence.start, draft.start) or _FROM_IT.match(page.text, draft.end)
    ):
        before = topic.before(draft, KINDS_OF_REFERENCE["model"])
        return made(before[0], f"{before[1]}, by reference", " (a pronoun)") if before else None
    if draft.metric in _OF_SITES and _CALLS_IT.search(page.text, draft.sentence.start, draft.start):
        before = topic.before(draft, KINDS_OF_REFERENCE["system"])
        return made(before[0], f"{before[1]}, by reference", " (a pronoun)") if before else None
    found = list(_IT.finditer(page.text, draft.sentence.start, draft.start))
    if not found or follows(draft, topic, found[-1].end(), wanted(draft)):
        return None
    begin = found[-1].start()
    if page.text[begin].isalpha() and is_indefinite(draft, topic):
        return None  # "X says it is training a model of N"
    named = [e for e in page.between(draft.sentence.start, begin) if e.kind in wanted(draft)]
    plain = [e for e in named if not is_oblique(page, e, draft.sentence.start)]
    plain = [e for e in plain if e.start >= draft.clause[0]] or plain  # "X said that …, Y said it would pay N"
    before = (plain[0], "last named in the sentence") if plain else topic.before(draft, wanted(draft))
    return made(before[0], f"{before[1]}, by reference", " (a pronoun)") if before else None


_OF_SITES = frozenset({"hardware_quantity", "power"})
_CALLS_IT = re.compile(  # "Musk lo presenta como un superordenador con N"
    r"\bl[oa]\s(?:ha\s)?(?:present|describ|defin|calific|anunci|vend)\w+\scomo\s|"
    r"\b(?:describ|present|bill|tout|pitch|introduc)\w+\sit\sas\s|\bcall(?:s|ed)\sit\s"
)
_FROM_IT = re.compile(r"[^.;,]{0,20}?\s(?:(?:from|with|out of|for) it|con (?:él|ella))\b", re.IGNORECASE)
_TRAINED_IT = re.compile(
    r"\b(?:from|with|out of|run|running|use|using|load|loading|host|hosting|serve|serving)\sit\b|"
    r"\b(?:ejecut|corr|us|carg|serv|aloj|mont|mov)(?:ar|er|ir)l[oa]\b|"
    r"\b(?:lo|la)\s(?:ha\s|han\s|he\s)?(?:ejecut|corr|carg|serv|aloj|mont|muev)\w+|"
    r"\b(?:lo|la)\s(?:ha\s|han\s)?(?:pre)?entren\w+|\bentrenarl[oa]\b|\btrain(?:ed|s|ing)?\sit\b",
    re.IGNORECASE,
)
_IT = re.compile(  # also "X says it was trained on N"
    r"(?:[,;]|\b(?:says|said|claims|claimed|reports|reported|notes|noted|that)|\band|\bbut|\bwhile|\b(?:In|By|On|"
    r"Since) [^,.;]{3,24}?)\s"
    r"(?:and\s|but\s)?(?:it|they)\s" + VERB
)


def follows(draft: Draft, topic: Topic, end: int, kinds: frozenset[str]) -> bool:
    """Whether a name stands between the reference and the number: that is the subject, then."""
    after = [e for e in topic.page.between(end, draft.start) if e.kind in kinds]
    text = topic.page.text
    after = [e for e in after if text[end : e.start] not in {" de ", " of "} and not _BESIDE.search(text, end, e.start)]
    return any(not is_predicate(topic.page, e) for e in after)


_BESIDE = re.compile(  # "la compañía se ha aliado con X e Y para obtener N", "el sistema de X arrancó con N"
    rf"\b(?:con|junto a|frente a|contra|with|alongside|against|unlike)\s(?:{NAME}(?:,|\sy|\se|\sand)\s)?$|"
    r"\b(?:inversi|inyecci|apuesta|participaci|invest|stake)\w*\s(?:[^\W\d]+\s){0,2}?(?:en|in)\s$"
)
