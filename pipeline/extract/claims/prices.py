"""Prices told by where a sum stands: in the bracket behind a model, at a chip or machine; and what they are per."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pipeline.extract.fillers import MONTH, TO_NUMBER
from pipeline.extract.per import per_noun

if TYPE_CHECKING:
    from pipeline.extract.claims.page import Page
    from pipeline.extract.claims.setting import Setting
    from pipeline.extract.quantity import Quantity

_MOST = 1e9  # money; no machine costs so much
_UNIT_SAID = re.compile(
    r"(?:1\s?M|un mill[oó]n|mill[óo]n|(?:one |a |1 )?million|/M|MTok)\s(?:de\s)?(?:input\s|output\s)?tokens",
    re.IGNORECASE,
)
_UNIT_BEFORE = re.compile(r"\b(?:cada|por|each|per)\s(\w+)", re.IGNORECASE)
_UNITS = frozenset({"task", "query", "hour", "month", "image"})


def in_bracket(quantity: Quantity, setting: Setting) -> bool:
    """GPT-4o ($15.00); RTX 4090 (24 GB, ~$1,600): what stands in brackets behind a model or a card is its price."""
    page, begin = setting.page, max(setting.sentence.start, quantity.start - 30)
    at = page.text.rfind("(", begin, quantity.start)
    lead = page.text[at + 1 : quantity.start]
    closed = _CLOSED.match(page.text, quantity.end)
    if at < 0 or ")" in lead or quantity.value >= _DEAREST or not closed:
        return False
    before = page.between(max(setting.sentence.start, at - 60), at)
    if not lead.strip(" ~≈*_"):
        names = [e for e in before if e.kind in {"model", "chip", "device"}]
        return any(e.end >= at - 2 or (e.kind != "model" and _MEMORY_OF.fullmatch(page.text, e.end, at)) for e in names)
    return bool(_AND_MEMORY.fullmatch(lead)) and any(e.kind in {"chip", "device"} and e.end >= at - 2 for e in before)


_DEAREST = 1e5  # money; neither card nor tokens cost so much
_CLOSED = re.compile(r"[^()]{0,25}\)")
_MEMORY_OF = re.compile(r"\s\d+\s?GB\s")
_AND_MEMORY = re.compile(r"\d+\s?GB(?:\s\w+){0,2},\s[~≈]?")


def price_of_chip(quantity: Quantity, setting: Setting) -> bool:
    """La H100 ronda los 30.000 dólares; an H100 goes for $30,000."""
    page = setting.page
    chips = [e for e in page.between(setting.clause[0], quantity.start) if e.kind in {"chip", "device"}]
    if not chips or quantity.value >= 1e6:
        return False
    return bool(GOES_FOR.fullmatch(page.text, chips[-1].end, quantity.start))


def price_of_device(quantity: Quantity, setting: Setting) -> bool:
    """A $20,000 card; una tarjeta de 2.000 euros."""
    text = setting.page.text
    if not 20 <= quantity.value < _MOST or quantity.per:
        return False
    before = _DEVICE_BEFORE.search(text, max(setting.sentence.start, quantity.start - 48), quantity.start)
    return bool(before or _DEVICE_AFTER.match(text, quantity.end))


_DEVICE = (
    r"(?:GPUs?|TPUs?|chips?|aceleradora?s?|accelerators?|tarjetas?(?: gr[áa]ficas?)?|gr[áa]ficas?|(?:graphics )?cards?|"
    r"servidor(?:es)?|servers?|port[áa]til(?:es)?|ordenador(?:es)?|m[áa]quinas?|laptops?|machines?|workstations?|"
    r"equipos?|Mac(?:Book| Mini| Studio)s?|mini-?PCs?|PCs?)"
)
_DEVICE_AFTER = re.compile(
    rf"[\s-](?:(?:gaming|consumer|Nvidia|NVIDIA|AI|used)\s){{0,2}}{_DEVICE}(?!\w|-\w)", re.IGNORECASE
)
_DEVICE_BEFORE = re.compile(rf"\b{_DEVICE}\s(?:[A-Z]\w+\s|[A-Z]*\d\w*\s){{0,2}}de\s{TO_NUMBER}$", re.IGNORECASE)
GOES_FOR = re.compile(
    r"(?:\s(?:GPUs?|chips?|cards?))?,?\s\(?(?:each\s|cada una?\s)?(?:costing|cost|costs|priced|cuesta|costaba|"
    rf"cost[oó])(?:\seach)?\s(?:at\s|de\s)?{TO_NUMBER}|"
    r"\s(?:(?:de|by|from)\s[A-Z]\w+\s)?(?:ya\s|se\s|now\s|currently\s)?(?:gir\w+|ronda\w*|sal[eí]\w*|anda\w*|vend\w+|"
    r"pag\w+|cotiza\w*|goes|go|went|sells?|sold|runs?|retails?|"
    r"starts?|launch(?:es|ed)|arranca|parte|(?:has|had|carries|tiene)\s(?:an?\s|un\s)?(?:MSRP|PVP|list price|"
    r"precio)\sof)\s"
    rf"(?:(?:for|at|por|en|entre|between|a)\s)*{TO_NUMBER}(?:[\d.,]+\s?k?\s(?:o|u|or)\s{TO_NUMBER})?"
)


def is_of_input(text: str, at: int) -> bool:
    """Whether the words from an offset on say that a price is that of input or output: "3 dólares por la entrada"."""
    return bool(_OF_INPUT.match(text, at))


_OF_INPUT = re.compile(
    r"\s(?:por|de|for|per|of|en|on)\s(?:(?:el|la|los|las|the)\s)?(?:tokens\s(?:de|of)\s)?(?:inputs?|outputs?|entrada|"
    r"salida)\b",
    re.IGNORECASE,
)


def is_of_plan(quantity: Quantity, setting: Setting) -> bool:
    """El plan Pro cuesta 10 dólares al mes; the Team tier is $30 a seat."""
    return bool(_PLAN.search(setting.page.text, setting.sentence.start, quantity.start))


_PLAN = re.compile(
    r"\b(?:plan|planes|suscripci[óo]n(?:es)?|versi[óo]n|tarifa|licencia|cuota|nivel|modalidad|opci[óo]n|plans|tiers?|"
    r"subscriptions?|version|licen[cs]e|seat|Pro|Plus|Max|Team|Teams|Business|Enterprise|Premium)\b"
)


def price_unit(page: Page, start: int, since: int) -> str | None:
    """What the prices of a list are per, where the text before it says so: "el precio de 1M de tokens"."""
    if _UNIT_SAID.search(page.text, max(0, start - since), start):
        return "million_tokens"
    words = _UNIT_BEFORE.finditer(page.text, max(0, start - min(since, 60)), start)
    return next((unit for word in words if (unit := per_noun(word[1])) in _UNITS), None)


_PERIODS = frozenset({"day", "week", "month", "quarter", "year"})
_LEAST_INCOME = 2e6  # a salary is less
_EARNS = re.compile(
    r"\b(?:mak|made|post|notch|earn|generat|collect|gross|(?:pull|bring|tak|rak)\w*\sin\b|brought in|took in|book|"
    r"gener|factur|"
    r"ingres|gan)\w*(?:\s\([^()]{2,20}\))?"
    rf"(?:\s(?:ya|already|now|then|still|entonces|más|otros|an?|another|a record|in excess of))*\s{TO_NUMBER}$",
    re.IGNORECASE,
)
_LOST = re.compile(r"\s(?:[\w-]+\s){0,2}?(?:loss|losses|profits?|income|charge|write-?down)\b", re.IGNORECASE)
_WHEN = re.compile(
    r"\b(?:(?:last|this|next) (?:year|quarter|month)|in 20\d\d|years? ago|(?:este|el próximo) (?:año|mes|trimestre)|"
    r"hace (?:un|dos|tres) años?)\b[^.;:$€£\d]{0,48}$",
    re.IGNORECASE,
)
_INCOME = re.compile(r"\b(?:revenues?|ARR|run[- ]rate|sales|ingresos|ventas|facturación)\b")
_IN_PERIOD = re.compile(
    r"\s(?:in (?:the\s)?(?:first|second|third|fourth|last|past|previous|20\d\d|Q[1-4]|all of 20\d\d|"
    rf"{MONTH})|last (?:year|month|quarter|week)|this "
    r"(?:year|month|quarter)|so far|(?:el año|el mes|el trimestre) pasado|este (?:año|mes)|en (?:20\d\d|el (?:primer|"
    r"segundo|tercer|cuarto|último)))\b|,\s(?:up|down)\s(?:from\s)?[$€£\d]"
)


def is_income(quantity: Quantity, setting: Setting, said: str) -> bool:
    """Whether so much a month, or in a year, is what a company earns, and no price: "OpenAI makes $1 billion a month".
    `said` is the metric of the nearest cue.
    """
    if quantity.value < _LEAST_INCOME or not setting.names("org", "model"):
        return False
    each = quantity.per in _PERIODS
    lead = setting.words((setting.clause[0], quantity.start))
    if each and (said == "revenue" or _INCOME.search(lead[-90:])):
        return True
    if not each and (quantity.per or _LOST.match(setting.page.text, quantity.end)):
        return False
    if not each and not (_IN_PERIOD.match(setting.page.text, quantity.end) or _WHEN.search(lead)):
        return False
    return bool(_EARNS.search(lead))
