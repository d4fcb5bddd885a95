"""Subjects in what is said of the number itself: "el 96,4 % logrado por X", "the $100M that X spent on Y"."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pipeline.extract.claims.subject.base import allowed, made, wanted

if TYPE_CHECKING:
    from pipeline.extract.claims.draft import Draft, Subject
    from pipeline.extract.claims.page import Entity
    from pipeline.extract.claims.topic import Topic

_FAR = 90  # characters from the number to the name
_UNIT = (
    r"[\s*_%»”)]*(?:\s?(?:de\s|of\s)?(?:tokens?|parámetros|parameters|dólares|dollars|aciertos|GPUs?|puntos|points))?"
)
_WHO = (  # empresas como X, los modelos de X, its rival X
    r"(?:(?:el|la|los|las|su|sus|the|its)\s)?(?:(?!una?\s|an?\s)[a-záéíóúñ]+\s){0,2}?"
    r"(?:(?:como|de|del|such as|like|from|by)\s(?:la\s|el\s|the\s)?)?[*_«“\"]{0,2}"
)
_GOT = (  # stems of what is done to a figure that makes it the doer's
    r"(?:alcan[cz]|logr|obt[eiu]|consig|conseg|registr|marc|sac|cobr|gast|desembols|pag|us|emple|utiliz|necesit|"
    r"requ[ei]|ofrec|anunci|declar|factur|ingres|recaud|levant|capt|t[eiu][en]|cost|cuest|ocup|consum|destin|dedic|"
    r"tuvo|tenía)"
)
_TO_WHOM = r"(?:pag|cobr|destin|dedic|ofrec)\w*\sa\s"  # "N que pagará a X": not X's
_RELATIVE = re.compile(
    rf"{_UNIT},?\sque\s(?:se\s|le\s|ha\s|han\s|había\s|ya\s)*(?!{_TO_WHOM}){_GOT}\w*\s(?:a\s)?{_WHO}"
)
_PASSIVE = re.compile(
    rf"{_UNIT}\s(?:ya\s)?(?:{_GOT}\w{{0,3}}(?:ad|id)[oa]s?|propuest[oa]s?|hech[oa]s?)\spor\s{_WHO}|"
    rf"{_UNIT}\s(?:achieved|scored|reached|obtained|posted|recorded|spent|paid|charged|raised|used|needed|required|"
    rf"reported|managed|claimed|earned)\sby\s{_WHO}"
)
_BARE = re.compile(rf"{_UNIT}\s(?:(?:that|which|que)\s)?(?:(?:the|el|la|los)\s)?")
_VERB = re.compile(
    r"\s(?:had\s|has\s|ha\s|reportedly\s)?(?:scored|scores|got|gets|achieved|achieves|reached|spent|spends|paid|pays|"
    r"charges|charged|needed|needs|used|uses|reported|managed|posted|earned|raised|required|asks|costs?|"
    rf"{_GOT}\w*)\b"
)
_INVESTED = re.compile(rf"{_UNIT},?\sque\s(?:ya\s|ha\s|han\s)*inv(?:ier|ir)\w+\s{_WHO}")
_ON = re.compile(
    r"(?:\s\w+)?\s(?:en|para|por|con|on|to|for|with)\s(?:(?:entrenar|train|training|desarrollar|build)\s)?"
    r"(?:the\s|el\s)?"
)


def by_relative(draft: Draft, topic: Topic) -> Subject | None:
    """… frente al 76 % conseguido por X; el millón que gastó X en Y; the 81% that X scored: of X, or of X's Y."""
    behind = topic.page.between(draft.end, min(draft.sentence.end, draft.end + _FAR))
    if behind and behind[0].kind in allowed(draft) and _is_doer(draft, behind[0], topic):
        return made(_model_behind(draft, behind[0], topic) or behind[0], "whose doing the number is")
    return None


def _is_doer(draft: Draft, entity: Entity, topic: Topic) -> bool:
    text = topic.page.text
    patterns = [_RELATIVE, _PASSIVE]
    if draft.metric in {"training_cost", "price"}:
        patterns.append(_INVESTED)
    if any(pattern.fullmatch(text, draft.end, entity.start) for pattern in patterns):
        return True
    return bool(_BARE.fullmatch(text, draft.end, entity.start) and _VERB.match(text, entity.end))


def _model_behind(draft: Draft, entity: Entity, topic: Topic) -> Entity | None:
    """The model on which a company spent the sum, "the $10M that X spent on Y", or "logrado por Google Gemini"."""
    if "model" not in wanted(draft):
        return None
    on = _ON.match(topic.page.text, entity.end)
    starts = {entity.end + 1, on.end()} if on else {entity.end + 1}
    behind = topic.page.between(entity.end, max(starts) + 1)
    return next((e for e in behind if e.kind in wanted(draft) and e.start in starts), None)
