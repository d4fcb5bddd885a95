"""How exact a number is: the words right before and right after it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pipeline.extract.claims.cues import cue_set
from pipeline.extract.fillers import MONTH, TO_NUMBER

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pipeline.extract.claims.draft import Draft
    from pipeline.records import Bound

_WHEN = (  # "superó en octubre los 800 millones", "surpassed this week 800 million"
    rf"en (?:{MONTH}|20\d\d)|in {MONTH}|"
    r"est[ae] (?:año|mes|semana|trimestre|verano)|this (?:year|month|week|quarter|summer)|last (?:year|month|week|"
    r"quarter)"
)
_FILLER = (  # what may stand between a cue and its number: articles, a currency sign, opening marks
    r"(?:[\s\u00a0*_(«“\"'‘]|\b(?:los|las|el|la|un|una|unos|unas|de|del|a|al|en|otros|otras|sus|the|a|an|of|its|"
    r"total|costo|coste|valor|further|additional|combined|another|last|últimos|últimas|ya|hoy|ahora|actualmente|"
    r"ampliamente|holgadamente|con creces|de largo|por primera vez|now|already|easily|comfortably|"
    rf"{_WHEN}|whopping|staggering|adicional(?:es)?)\b|US\$|USD|EUR|"
    r"[$€£])*$"
)
_IS_LARGE = re.compile(r"(?:illion|\d\s?(?:[BM]|bn)|(?:,\d{3}){2})$")  # prices are from so much; sums come from there
_FROM = re.compile(r"\bfrom\s*[$€~(]*$", re.IGNORECASE)
_TO = re.compile(r"\s*(?:\w+\s)?(?:(?:in|for|on|at)\s[^.,;]{2,24}?\s)?to\b", re.IGNORECASE)
_COMPARED = re.compile(
    r"\b(?:up|down|jump\w*|rose|climb\w*|grew|fell|dropped|rise|increase\w*|growth|over)\s(?:(?:by\s)?[\d.,]+\s?(?:%|"
    r"percent|x)\s)?"
    r"from\s(?:(?:its|their|the|his|her|a|last year's)\s)?[$€~(]*$",
    re.IGNORECASE,
)
_GREW_FROM = re.compile(
    r"\b(?:cre[cz]|aument|sub|increment|pas|salt|dispar|escal|alza|caída|cay|baj|evolucion)\w*\s(?:[^.;,\d]{0,24}\s)?"
    r"desde\s(?:los\s|las\s|un[oa]s\s)?[$€~(]*$",
    re.IGNORECASE,
)
_WANTED = re.compile(
    r"[^.;,]{0,24}?\s(?:que\s(?:busca|pretend|esper|quer|ped|necesit|prev)\w+|(?:it|they|he|she)\s(?:had\s)?(?:sought|"
    r"wanted|hoped|expected|asked))",
    re.IGNORECASE,
)
_PLUS_MORE = re.compile(
    r"\s?(?:[a-z]+\s){0,2}?,?\s?(?:plus|más)\s(?:\d|an?\b|one|two|un[oa]?\b|dos\b|otr[oa]s?\b)|"
    r"\s?(?:[^\W\d]+\s){0,2}and up to\b",  # "3.5 million H100s and up to 9 million A100s"
    re.IGNORECASE,
)
_NEGATED = re.compile(  # "no ocupa más de 16 GB" is at most that
    r"(?:\b(?:no|tampoco|not)|\b(?:nunca|jamás|never)(?!\s(?:vist|\w+[ai]d)[oa])|n['’]t)\s(?!(?:solo|sólo|only|just|"
    r"merely)\b)"
    r"(?:[^\W\d]+\s){0,3}$",
    re.IGNORECASE,
)
_REFERENCE = re.compile(
    r"\bthan (?:the|its|their|his|her) [$€~(]*$|\b(?:far|away|removed|different)\sfrom\s\S*\s?[$€~(]*$|"
    r"\b(?:talk|speak|hear|think|worr|complain|dream|wr[io]t|concern|question|debate)\w*\sabout\s(?:the\s|"
    r"that\s)?[$€~(]*$",
    re.IGNORECASE,
)
_REACHED = re.compile(
    r"\b(?:sub|baj|multiplic|cre[cz]|ca[eíy]|aument|dispar|descend|desciend|elev|escal|desplom|salt|redu[cj]|pas|lleg|"
    rf"recort|rebaj)[a-záéíóú]*\s(?:[^.;,]|[.,](?=\d)|,(?=\shasta)){{0,48}}?\bhasta\s{TO_NUMBER}(?:US\$|USD|"
    rf"[$€~(\s])*$",
    re.IGNORECASE,
)
_ESTIMATED = re.compile(
    r"\b(?:se (?:estima|calcula|estimaba|calculaba) que|(?:is|are|was|were) estimated to|estimates? (?:say|suggest|"
    r"put))"
    r"\b[^;:]{0,60}$",
    re.IGNORECASE,
)
_CAN = re.compile(r"\b(?:podr|pued|pudi)\w+\s(?:[^\W\d]+\s)?$", re.IGNORECASE)  # "podría crecer hasta 4 GW"
_PLUS_INSIDE = re.compile(r"\d\+")  # 800+ million
_RISEN = re.compile(
    r"(?:\b(?:is|are|was|were)|['’][sr]e?)\s(?:now|already|currently|back)\sup to\s[$€~(]*$", re.IGNORECASE
)
_WINDOW = 48
_JOINED = re.compile(
    r"\s*(?:,|/|y|e|o|u|and|or|&|,\s*(?:y|e|o|and|or)|→|->|–|-|a|to|x|×)\s*(?:(?:los|las|de|the|otros?|another|one|"
    r"uno|una)\s+)*[$€~(]?\s*",
    re.IGNORECASE,
)
_JOINED_KINDS = re.compile(r"\s(?:y|and)\s[$€]?")  # "about 400,000 GPUs and 1.2GW"
_PRICES = re.compile(
    r"\s?(?:por|per|el|la|a|de|/)[^.;:\d]{0,48}?,?\s(?:y|e|and)\s(?:de\s|a\s|los\s)?[$€]?", re.IGNORECASE
)


def bound_of(text: str, start: int, end: int, sentence: tuple[int, int], language: str) -> tuple[Bound, str]:
    """The bound of the number at `text[start:end]` by the cues beside it, and the reason.

    >>> bound_of("costó más de 5 millones", 13, 23, (0, 23), "es")[0], bound_of("a 100B+ model", 2, 6, (0, 13), "en")[0]
    ('min', 'min')
    """
    if (start, end) == sentence:
        return "exact", "bound exact: no cue beside the number"
    before = text[max(sentence[0], start - _WINDOW) : start]
    cue_before = cue_set("bounds", language, "before", _FILLER)
    found = [(a, cue) for a, _, cue in cue_before.find(before)]
    found = [(at, cue) for at, cue in found if not _MAX.match(before, at)]
    if found and _is_no_bound(text, before, end):
        found = []
    reached = _REACHED.search(text, max(sentence[0], start - 90), start) if found and "hasta" in before else None
    if reached and not _CAN.search(text, sentence[0], reached.start()):
        reached_at = before.rindex("hasta") + len("hasta")
        found = [(reached_at + a, cue) for a, _, cue in cue_before.find(before[reached_at:])]
    if found:
        at, cue = min(found, key=lambda pair: pair[0])
        if cue.value != "approx" and _NEGATED.search(before, 0, at):
            return _as_bound("max" if cue.value == "min" else "min"), f"bound {cue.label}, denied"
        return _as_bound(cue.value), f"bound {cue.label}"
    if _PLUS_INSIDE.search(text, start, end):
        return "min", "bound min: a plus sign in the number"
    after = text[end : min(sentence[1], end + _WINDOW)]
    lead = len(after) - len(after.lstrip(" \u00a0)*,"))
    behind = None if _PLUS_MORE.match(after) else cue_set("bounds", language, "after").at(after, lead)
    if behind and lead and after[lead] in "+＋":
        behind = None  # "al 74 %), +12,5 en …" is the next number's
    if behind:
        return _as_bound(behind[1].value), f"bound {behind[1].label}"
    said = text[max(sentence[0], start - 90) : start].lower()
    if ("estim" in said or "calcul" in said) and _ESTIMATED.search(said):
        return "approx", "bound approx: an estimate"
    return "exact", "bound exact: no cue beside the number"


_MAX = re.compile(r"(?<=[\w+][ -])Max\b(?! \d)")  # M4 Max (128 GB): a name


def _is_no_bound(text: str, before: str, end: int) -> bool:
    """Whether a number is where something came from, what was hoped for, or what is compared with."""
    comes = _FROM.search(before) and (_TO.match(text, end) or _IS_LARGE.search(text, max(0, end - 10), end))
    risen = _RISEN.search(before) or _GREW_FROM.search(before) or _COMPARED.search(before)
    return bool(comes or risen or _WANTED.match(text, end) or _REFERENCE.search(before))


def _as_bound(value: str) -> Bound:
    return "approx" if value == "approx" else "min" if value == "min" else "max"


def coordinated(text: str, first: Draft, second: Draft) -> bool:
    """Whether two numbers stand in one list: "7B, 13B y 70B"."""
    if first.sentence != second.sentence:
        return False
    if first.metric == second.metric == "price" and _PRICES.fullmatch(text, first.end, second.start):
        return True
    joined = _JOINED if first.metric == second.metric else _JOINED_KINDS
    return bool(joined.fullmatch(text, first.end, second.start))


def inherited(text: str, drafts: Sequence[Draft], at: int) -> Draft | None:
    """The number before this one that it is coordinated with, when that carries an approximator."""
    if at == 0 or not coordinated(text, drafts[at - 1], drafts[at]):
        return None
    return drafts[at - 1] if drafts[at - 1].bound == "approx" else None
