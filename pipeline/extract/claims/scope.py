"""Whether a number of parameters or experts is of the whole model, of what is active, or of one expert."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pipeline.extract.fillers import APPROX, TO_NUMBER

if TYPE_CHECKING:
    from pipeline.records import Metric, Scope

_ACTIVE = re.compile(
    r"\b(?:activ\w+|por (?:cada )?token|con cada token|(?:per|(?<!routes )(?<!sends )(?<!route )"
    r"(?<!send )(?<!routing )(?<!sending )(?:for )?(?:each|every|any(?: given)?)) token|each time|"
    r"se (?:usan|emplean|utilizan|encienden|ejecutan)|entran en juego|trabajan|intervienen|cada vez|a la vez|in use|"
    r"(?:are|is|get|gets|be) (?:used(?!(?: \w+ly| only| just)? (?:for (?!any|each|every|a given)|to|as|by)\b)|computed|"
    r"engaged|fired|selected|chosen|switched on)|(?:each|per|every) forward|routed (?:to|through|into)|at a time|"
    r"at any (?:one )?time)\b",
    re.IGNORECASE,
)
_ACTIVATES = re.compile(r"(?<!\bse )\bactiv(?:ates?|ating|a|an|ando)\b", re.IGNORECASE)  # says it of what follows
_ALL = re.compile(r"[\s,;:]*(?:todos|all)\b", re.IGNORECASE)
_TOTAL = re.compile(r"\b(?:total(?:es|s)?|en total|in total|overall)\b", re.IGNORECASE)
_IN_TOTAL = re.compile(  # "17B activos (400B en total)"
    r"\s*(?:(?:de\s)?(?:par[áa]metros|parameters)\s)?(?:en total|in total|total(?:es)?)\b", re.IGNORECASE
)
_EACH_AFTER = re.compile(
    r"\s*(?:de\s+)?(?:par[áa]metros\s|parameters\s|params\s)?(?:cada un[oa]|por (?:cada )?experto|por cabeza|each|"
    r"apiece|per expert|por barba)\b",
    re.IGNORECASE,
)
_EACH_BEFORE = re.compile(
    r"\b(?:\d+|ocho|dieciséis|eight|sixteen|varios|los|the)\s+(?:expertos|experts)\s+(?:de|of|con|with|"
    rf"at)\s*(?:(?:{APPROX})\s)?[~≈]?$"
    r"|\bcada (?:uno|experto)(?:\sde(?:l|\slos)?(?:\s(?!de\b)[^\s,;]+){1,3}?)?(?:\s(?:de ellos|con|de|tiene|tenía|es|"
    r"tendría|cuenta|contiene|puede|podría|tener|contener|ronda|"
    rf"suma|{APPROX}))+\s*[~≈]?$"
    r"|\beach(?: expert| one| of (?:which|them|these|(?:the|its)(?: \w+)? experts(?: (?:in|"
    r"of) [^\s,;]+(?: \d)?)?))?(?:\s(?:with|of|has|having|have|is|had|"
    r"containing|contains?|holds?|packs|may|might|can|could|would|at|"
    rf"{APPROX}))+\s*[~≈]?$",
    re.IGNORECASE,
)
_EXAMPLE = re.compile(  # "activa solo una parte (por ejemplo, 37B)"
    r"\s\((?:por ejemplo|p\. ?ej\.|e\.g\.|for example|for instance|such as)?,?\s?[~≈]?$", re.IGNORECASE
)
WHOSE = r"(?:its|the|a total of|the model['’]s|[\w.-]+(?:\s[\w.-]+)?['’]s)"
_OF_ITS = re.compile(  # "activates only 37B of its 671B parameters per token", "part of GPT-4o's 200B parameters"
    r"(?:(?:[\dBMK]|[mb]illi?on(?:es)?)(?:\sactive|\sactiv[oa]s)?(?:\s(?:de\s)?(?:parameters|par[áa]metros))?"
    r"(?:\sactiv[oa]s|\sactive)?|\b(?:portion|fraction|part|subset|slice|parte|fracción|porción))\s"
    rf"(?:out of(?: {WHOSE})?|of {WHOSE}|de (?:sus|los)|de un total de|dentro de(?: los)?|"
    r"from (?:a|its) (?:pool|total) of|sobre (?:los|un total de))\s[~≈]?$",
    re.IGNORECASE,
)
_AGAIN = re.compile(r"\s?\(\s?\d[\d.,]*\s?[BMT]\)")  # 32 mil millones (32 B) de parámetros
_LABEL = re.compile(r":\s*[~≈]?$")  # of the next number
_APART = re.compile(r",(?!\s(?:all\s|todos\s|(?:which|that|que)\s\w+\s)?activ)")  # "671B, so only 37B are active"
_NEXT_NUMBER = re.compile(
    rf"\b(?:activ(?:at\w+|[ae]n?|ando)|us(?:es|ing|an?|ando)|wak\w+|fir(?:es|ing))\s{TO_NUMBER}\d|"
    r"[,;.()|·/]|\b(?:y|e|and|con|with|pero|but|(?:del?|de l[oa]s?) (?:que|cual(?:es)?)|solo|sólo|of which|"
    r"out of|sobre)\b|\d"
)


def scope_of(  # noqa: PLR0917
    text: str, start: int, end: int, sentence: tuple[int, int], metric: Metric, relation: str
) -> tuple[Scope | None, str]:
    """The scope of a number of parameters or experts, and the reason; None for other metrics.

    >>> t = "671B parámetros, de los que 37B se activan por token"
    >>> scope_of(t, 28, 31, (0, len(t)), "parameters", "")[0], scope_of(t, 0, 4, (0, len(t)), "parameters", "")[0]
    ('active', 'total')
    """
    if metric not in {"parameters", "experts"}:
        return None, ""
    if relation == "active":
        return "active", "scope active: the name says A…B"
    tail = _tail(text[end : min(sentence[1], end + 60)])
    if metric == "parameters" and _OF_ITS.search(text, max(sentence[0], start - 64), start):
        return "total", "scope total: what the number before is a part of"
    if metric == "parameters" and (
        relation == "each" or _EACH_AFTER.match(text, end) or _is_of_each(text, start, sentence[0])
    ):
        return "per_expert", "scope per_expert: of each"
    tail = _ACTIVATES.sub(" ", tail)
    if not _ALL.match(tail) and (_ACTIVE.search(tail) or _ACTIVE.search(text[start:end])):
        return "active", "scope active: a word of activation beside the number"
    before = text[max(sentence[0], start - 110) : start]
    if (example := _EXAMPLE.search(before)) and not _IN_TOTAL.match(tail):
        before = before[: example.start()]
    cut = max((m.end() for m in re.finditer(r"[,;.(/|·]|\d|\b(?:y|and)\b", before)), default=0)
    if _ACTIVE.search(before[cut:]):
        return "active", "scope active: a word of activation beside the number"
    if _TOTAL.search(tail):
        return "total", "scope total: said so"
    return "total", "scope total: nothing else is said"


def _tail(after: str) -> str:
    """What is said of a number behind it, up to the next."""
    again = _AGAIN.match(after)
    after = after[again.end() :] if again else after
    stop = _NEXT_NUMBER.search(after, 0 if after[:1] == ";" or _APART.match(after) else 1)
    tail = after[: stop.start()] if stop else after
    return "" if _LABEL.search(tail) else tail


def _is_of_each(text: str, start: int, begin: int) -> bool:
    return bool(_EACH_BEFORE.search(text, max(begin, start - 70), start))
