"""Numbers that repeat an earlier statement of somebody else, in words of their own choosing.

"ChatGPT tiene 700 millones de usuarios; Gemini, 450 millones al mes y Meta AI presume de 1.000 millones": what the verb
is does not matter. What does: a new name before the number, a number of the same form and size as the one before, and
nothing behind it that it could count instead.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pipeline.extract.claims.borrowed import ALIKE, borrowed
from pipeline.extract.claims.money import last_cue
from pipeline.extract.claims.patterns import KINDS, MONEY_OF_ORG, WEIGHED
from pipeline.extract.claims.prices import is_of_input
from pipeline.extract.fillers import MONTH, TO_NUMBER

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pipeline.extract.claims.draft import Draft
    from pipeline.extract.claims.page import Entity
    from pipeline.extract.claims.setting import Setting
    from pipeline.extract.quantity import Quantity
    from pipeline.records import Metric


_REPEATED: frozenset[Metric] = frozenset({
    "users", "energy", "power", "hardware_quantity", "training_compute", "training_dataset_size", "price", "throughput",
    "hardware_hours", "funding", "valuation", "revenue", "experts", "context_length", "parameters",
})  # fmt: skip
_PERIOD = (
    r"(?:al|a la|cada|por|a|an|per|each|every)\s(?:usuario|persona|user|seat|día|semana|mes|año|day|week|month|year)"
)
_NUMBERED_NAME = re.compile(  # Fable 5; but "Plus 20, Go 4" are prices
    r"\b(?!(?:In|Out)put|Entrada|Salida|Pro|Plus|Max|Team|Ultra|Lite|Mini|Nano|Go\b|Flash|Opus|Sonnet|Haiku)"
    r"[A-ZÁÉÍÓÚ][a-záéíóúñ]+\s$"
)
ENDS = re.compile(
    rf"[ \u00a0*_”\"»]*(?:(?:mensual|semanal|diari|anual)\w*|monthly|weekly|daily|{_PERIOD}|este año|this year|hoy|"
    rf"today|ya|now)?[ \u00a0*_”\"»]*(?:$|[\n.,;:)!?\]—–]|(?:y|e|o|and|or|en|in|para|for|pero|but|que|según|antes|"
    rf"before|by|at|with|con|while|mientras|hace|ago|last|el año|"
    r"de (?=20\d\d\b|hace\b|entonces\b|ahora\b|antes\b|la (?:otra|anterior|primera|segunda)\b))\b)",
    re.IGNORECASE,
)
_COMPARED = re.compile(rf"\b(?:{WEIGHED}|que|than|from|desde)\s(?:la\s)?{TO_NUMBER}$", re.IGNORECASE)
_SCOPE_AFTER = re.compile(
    r"[\s\u00a0]*(?:(?:est[áa]n\s|se\s)?activ\w+|in use|totales|en total|in total|total)\b", re.IGNORECASE
)
_DIGIT_OR_STOP = re.compile(r"\d|\b(?:veces|times|versi[óo]n|version)\b")
_FAR = 45  # characters from the name to the number
_ANOTHER = re.compile(r"\d|[;\n]")
_WAS = re.compile(
    r"(?:(?:y|and|pero|but)\s)?(?:(?:solo|only|just|apenas)\s)?(?:en|in|hace|el|la|last|a|an|two|three|back|antes|"
    r"before|previously|earlier|un|one|por|at|hasta|until|then|"
    r"entonces)\b[^.;:\d]{0,40}(?:\d{4}\s)?[^.;:\d]{0,12}\b(?:eran?|fue|fueron|was|were|had been|"
    rf"stood at|estaba en|estaban en|andaba por|iba por|rondaba|no pasaba de|no llegaba a|valía|"
    rf"it was)\s(?:de\s)?{TO_NUMBER}$",
    re.IGNORECASE,
)
_TIME_BETWEEN = re.compile(
    r"(?:\s(?:this|last|next|este|el|al|en|in|by|para|a|hace|for|per)\s[^.;:,\d]{0,24}(?:20\d\d)?)?\s*,?\s?"
    rf"(?:(?:y|and|but|pero|entre|between|then|luego|a|to)\s)*{TO_NUMBER}",
    re.IGNORECASE,
)
_TIME_AFTER = re.compile(
    r"\s(?:(?:this|next|last) (?:year|quarter|month|week|time)|a (?:year|month|week|quarter) (?:ago|earlier|before|"
    r"later)|(?:el|la|en|para|in|by|for) (?:el |la )?(?:que viene|próxim\w+|pasad\w+|anterior|siguiente|20\d\d|año|mes|"
    r"trimestre)|"
    rf"hace (?:un|dos|tres|\d)|(?:en|in|para|by)\s(?:{MONTH})|ahora|hoy|actualmente|en la actualidad|now|today)",
    re.IGNORECASE,
)
_GENERAL = re.compile(r"'(?:puts?|got|gets?|ponen?|puso|pusieron|mete|metió|buys?)'")
_ELIDED = re.compile(
    r"(?:(?:y|and|but|pero)\s)?(?:(?:el|la|los|las) de\s[^.;:,\d]{2,40}\s(?:es|son|era|fue|vale|asciende|llega)|"
    r"[^.;:,\d]{2,40}['’]s?\s(?:is|was|will be|comes|amounts))\b",
    re.IGNORECASE,
)
_HAS_ALSO = re.compile(
    r"['’s*_”»)]*[\s(:,—–-]*(?:(?:leads?|follows?|comes?|is|sits|stands|va|lidera|sigue|está|ronda|alcanza|llega|hit|"
    r"hits|"
    r"reache[sd]|topped|tops|(?:is\s)?on (?:pace|track)|va camino|is (?:close|near|nearing))\s)?"
    rf"(?:(?:with|at|con|en|next|for|to|a|del?)\s)?(?:(?:sus|its)\s)?{TO_NUMBER}",
    re.IGNORECASE,
)
_HAVE_ALSO = re.compile(  # "tiene 671 mil millones de parámetros, y los destilados, entre 1,5 y 14 mil millones"
    r"\b(?:modelos?|models?|versi[óo]n(?:es)?|versions?|variantes?|variants?|herman[oa]s?|destilad[oa]s?|siblings?|"
    r"otr[oa]s?|others?|(?:el|la|the)\s(?:más\s)?(?:mayor|menor|grande|pequeñ[oa]|largest|smallest|biggest))\b"
    r"[^.;:\d]{0,40}$",
    re.IGNORECASE,
)
_PER_MILLION = re.compile(
    r"[\s\u00a0]*(?:por|per|el|/)\s?(?:un\s|cada\s|a\s|1\s)?(?:mill[óo]n|million|M)\b(?!\s(?:de\s)?(?:us|cust|client|"
    r"subs))",
    re.IGNORECASE,
)


def repeated(quantity: Quantity, before: Sequence[Draft], setting: Setting) -> tuple[Draft | None, str]:
    """The claim before that a unitless number repeats of another name or of another time, and the reason."""
    text = setting.page.text
    for twin in reversed(before[-2:]):
        near = twin.sentence == setting.sentence or 0 <= setting.sentence.start - twin.sentence.end <= 2
        if twin.metric not in _REPEATED or not near or not alike(text, quantity, twin):
            continue
        if twin.metric == "parameters":
            if why := _next_size(quantity, twin, setting):
                return twin, why
            continue
        if _of_next_time(text, quantity, twin):
            return twin, f"unit of {text[twin.start : twin.end]!r}, at another time"
        if twin.metric == "price" and (why := _next_price(quantity, twin, setting)):
            return twin, why
        if not ENDS.match(text, quantity.end) or is_other_sum(quantity, twin, setting):
            continue
        if twin.sentence == setting.sentence and _COMPARED.search(text, twin.end, quantity.start):
            return twin, f"unit of {text[twin.start : twin.end]!r}, with which it is compared"
        if _of_another(quantity, twin, setting):
            return twin, f"unit of {text[twin.start : twin.end]!r}, repeated of another name"
    return None, ""


def is_other_sum(quantity: Quantity, twin: Draft, setting: Setting) -> bool:
    """Whether a word right before a sum says that it is another thing: "X vale 500 millones. X promete 2 millones"."""
    if twin.metric not in MONEY_OF_ORG:
        return False
    begin = max(setting.clause[0], twin.end, quantity.start - _FAR)
    said = last_cue(setting.words((begin, quantity.start)), setting, "the words before")
    return said is not None and said[0] != twin.metric


def weighed(quantity: Quantity, found: Sequence[Draft], setting: Setting) -> Draft | None:
    """The claim that a bare number of another name is weighed against: "120 tokens/s, frente a los 80 de X y los 60 de
    Y"; "6 cents, against 25 for X".
    """
    twin = found[-1] if found and quantity.value > 0 and not quantity.number.suffix else None
    if twin is None or twin.sentence != setting.sentence or not _of_name(quantity.end, twin, setting):
        return None
    text = setting.page.text
    first = _of_name(twin.end, twin, setting)
    follows = first and _NEXT_OF.fullmatch(text, first.end, quantity.start)
    if not follows and not _WEIGHED.search(text, max(twin.end, quantity.start - _FAR), quantity.start):
        return None
    return twin if 1 / ALIKE <= borrowed(quantity, twin).value / twin.value <= ALIKE else None


def _of_name(end: int, twin: Draft, setting: Setting) -> Entity | None:
    """The name that a number is said to be of right behind it."""
    of = _OF_NAME.match(setting.page.text, end)
    names = setting.page.between(of.end(), of.end() + 1) if of else ()
    return next((e for e in names if e.kind in KINDS[twin.metric][1]), None)


_OF_NAME = re.compile(r"\s?%?\s(?:del?|of|for|from|by|para|en)\s(?:el\s|la\s|the\s)?", re.IGNORECASE)
_NEXT_OF = re.compile(
    rf"(?:\s[A-Z]\w+){{0,2}}(?:\s\([^()]{{1,30}}\))?\s?(?:,|;|,?\sand|,?\s[ye])\s(?:l[oa]s\s|the\s|"
    rf"el\s)?{TO_NUMBER}",
    re.IGNORECASE,
)
_WEIGHED = re.compile(rf"\b(?:{WEIGHED})(?:l|\sl[oa]s|\sel|\sthe)?\s{TO_NUMBER}$", re.IGNORECASE)


def _next_size(quantity: Quantity, twin: Draft, setting: Setting) -> str:
    """Why a number counts parameters, as the one before it in the sentence does."""
    text = setting.page.text
    names = setting.page.between(max(twin.end, setting.sentence.start), quantity.start)
    if names and names[-1].kind == "model" and _OWNED.fullmatch(text, names[-1].end, quantity.start):
        return f"unit of {text[twin.start : twin.end]!r}, which another has" if ENDS.match(text, quantity.end) else ""
    if twin.sentence != setting.sentence:
        return ""
    if _SCOPE_AFTER.match(text, quantity.end):
        return f"unit of {text[twin.start : twin.end]!r}, of which it is a part"
    if _HAVE_ALSO.search(text, twin.end, quantity.start) and ENDS.match(text, quantity.end):
        return f"unit of {text[twin.start : twin.end]!r}, which others have too"
    return ""


_OWNED = re.compile(  # "than GPT-2's 1.5 billion"; "GPT-2 tenía 1.500 millones"
    rf"(?:['’]s?|(?:,\s(?:que|which))?\s(?:(?:ya|solo|sólo|only|just|now)\s)?(?:tiene|tenía|tuvo|cuenta con|"
    rf"contaba con|has|had|con|with|at))\s{TO_NUMBER}"
)


def _next_price(quantity: Quantity, twin: Draft, setting: Setting) -> str:
    """Why a number is a price, as the one before it in the sentence: "3 dólares de entrada y 15 de salida"."""
    text = setting.page.text
    if twin.sentence != setting.sentence:
        return ""
    if is_of_input(text, quantity.end):
        return "a price of input or output, as the one before"
    if not ENDS.match(text, quantity.end) or _DIGIT_OR_STOP.search(text, twin.end, quantity.start):
        return ""
    is_name = quantity.value < 10 and _NUMBERED_NAME.search(text, max(0, quantity.start - 24), quantity.start)
    return "" if is_name else "a price, as the one before in the sentence"


def same_of_another(quantity: Quantity, before: Sequence[Draft], setting: Setting, reason: str) -> Draft | None:
    """The sum before that a sum repeats of another, where only a verb of many meanings says otherwise."""
    twin = before[-1] if before else None
    if twin is None or twin.currency != quantity.currency or not 1 / ALIKE <= quantity.value / twin.value <= ALIKE:
        return None
    begin = max(twin.end, setting.sentence.start)
    lead = setting.page.text[begin : quantity.start]
    elided = twin.sentence != setting.sentence and _ELIDED.match(lead)
    general = twin.sentence == setting.sentence and _GENERAL.match(reason) and _of_another(quantity, twin, setting)
    return twin if elided or general else None


def sum_of_another(quantity: Quantity, before: Sequence[Draft], setting: Setting) -> Draft | None:
    """The sum before that a sum, which no word explains, goes on with: "… capex hit $365B. Amazon leads with $100B"."""
    twin = before[-1] if before else None
    if twin is None or twin.metric not in MONEY_OF_ORG | {"training_cost"} or twin.currency != quantity.currency:
        return None
    near = setting.sentence.start - twin.sentence.end <= 2 and twin.sentence.block == setting.sentence.block
    alike = 1 / ALIKE <= quantity.value / twin.value <= ALIKE
    ends = ENDS.match(setting.page.text, quantity.end)
    if not (near and alike and ends and _of_another(quantity, twin, setting)):
        return None
    names = setting.page.between(max(twin.end, setting.sentence.start), quantity.start)
    return twin if _HAS_ALSO.fullmatch(setting.page.text, names[-1].end, quantity.start) else None


def same_figure(quantity: Quantity, before: Sequence[Draft], setting: Setting) -> Draft | None:
    """The sum before that a sentence goes on with: "… invirtió 1.250 millones. La cifra ascenderá a 4.000 millones"."""
    twin = before[-1] if before else None
    if twin is None or twin.metric not in FIGURES or quantity.currency not in {None, twin.currency}:
        return None
    near = twin.sentence.block == setting.sentence.block and 0 <= setting.sentence.start - twin.sentence.end <= 2
    text = setting.page.text
    if not (near or twin.sentence == setting.sentence) or not alike(text, quantity, twin):
        return None
    if _TIMES_NEXT.match(text, quantity.end):
        return None
    return twin if _FIGURE.search(text, setting.clause[0], quantity.start) else None


_TIMES_NEXT = re.compile(r"\s(?:y media\s|and a half\s)?(?:veces|times)\b")  # "la cifra equivale a cuatro veces …"
FIGURES = MONEY_OF_ORG | {"users", "hardware_quantity", "power"}
_FIGURE = re.compile(
    r"\b(?:(?:la|esa|esta|dicha)\s(?:cifra|cantidad|suma)|(?:el|ese|este|dicho)\s(?:monto|importe|total)|"
    rf"(?:the|that|this)\s(?:figure|sum|amount|total))\s(?:(?!de\b|of\b)[^\W\d]+\s){{1,5}}?{TO_NUMBER}$",
    re.IGNORECASE,
)


def _of_next_time(text: str, quantity: Quantity, twin: Draft) -> bool:
    """Whether a number is said of another time than the one before: "3.000 millones este año y 5.000 el que viene"."""
    return bool(_TIME_BETWEEN.fullmatch(text, twin.end, quantity.start) and _TIME_AFTER.match(text, quantity.end))


def _of_another(quantity: Quantity, twin: Draft, setting: Setting) -> bool:
    """Whether a name stands shortly before the number, and no other number between them."""
    names = setting.page.between(max(twin.end, setting.sentence.start), quantity.start)
    if not names or quantity.start - names[-1].end > _FAR:
        return False
    return not _ANOTHER.search(setting.page.text, names[-1].end, quantity.start)


def alike(text: str, quantity: Quantity, twin: Draft) -> bool:
    """Whether two numbers are written alike (both with "millones", with the same letter, or bare) and of like size."""
    if quantity.value <= 0 or twin.value <= 0 or quantity.number.kind == "year":
        return False
    plain, quantity = quantity, borrowed(quantity, twin)
    ratio = quantity.value / twin.value
    scaled = quantity.value != plain.value
    words = quantity.number.suffix.strip().lower(), twin.suffix.strip().lower()
    counted = twin.metric in {"hardware_quantity", "experts", "users"}
    if counted and quantity.value != int(quantity.value):
        return False
    most = 1e4 if twin.metric == "parameters" and all(words) else ALIKE
    return 1 / most <= ratio <= most and (scaled or bool(words[0]) == bool(words[1]) or text[twin.start] in "$€")


def at_another_time(quantity: Quantity, before: Sequence[Draft], setting: Setting) -> Draft | None:
    """The claim before that a number repeats of another time: "… valorada en 20.000 millones. En julio eran 18.000"."""
    twin = before[-1] if before else None
    if twin is None or twin.metric not in _REPEATED or not 0 <= setting.sentence.start - twin.sentence.end <= 2:
        return None
    if quantity.dimension == "money" and quantity.currency != twin.currency:
        return None
    text, value = setting.page.text, borrowed(quantity, twin).value
    said = _WAS.match(text, setting.sentence.start, quantity.start) and ENDS.match(text, quantity.end)
    return twin if said and 1 / ALIKE <= value / twin.value <= ALIKE else None


def is_price_again(text: str, quantity: Quantity, before: Sequence[Draft]) -> Draft | None:
    """The price before that a bare number goes on with: "1,25 dólares por millón … y 10 por millón de salida"."""
    twin = before[-1] if before else None
    again = twin is not None and twin.metric == "price" and _PER_MILLION.match(text, quantity.end)
    return twin if again and twin is not None and 1e-3 < quantity.value / twin.value < 1e3 else None
