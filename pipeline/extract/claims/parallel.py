"""Numbers that repeat an earlier statement of somebody else, in words of their own choosing.

"ChatGPT tiene 700 millones de usuarios; Gemini, 450 millones al mes y Meta AI presume de 1.000 millones": what the verb
is does not matter. What does: a new name before the number, a number of the same form and size as the one before, and
nothing behind it that it could count instead.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pipeline.extract.claims.borrowed import ALIKE, borrowed
from pipeline.extract.claims.cues import cue_set

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pipeline.extract.claims.draft import Draft
    from pipeline.extract.claims.setting import Setting
    from pipeline.extract.quantity import Quantity
    from pipeline.records import Metric

_REPEATED: frozenset[Metric] = frozenset({
    "users", "energy", "power", "hardware_quantity", "training_compute", "training_dataset_size", "price", "throughput",
    "funding", "valuation", "revenue", "experts", "context_length", "parameters",
})  # fmt: skip
_PERIOD = (
    r"(?:al|a la|cada|por|a|an|per|each|every)\s(?:usuario|persona|user|seat|día|semana|mes|año|day|week|month|year)"
)
_NUMBERED_NAME = re.compile(  # Fable 5; but "Plus 20, Go 4" are prices
    r"\b(?!(?:In|Out)put|Entrada|Salida|Pro|Plus|Max|Team|Ultra|Lite|Mini|Nano|Go\b|Flash|Opus|Sonnet|Haiku)"
    r"[A-ZÁÉÍÓÚ][a-záéíóúñ]+\s$"
)
_ENDS = re.compile(
    rf"[ \u00a0*_”\"»]*(?:(?:mensual|semanal|diari|anual)\w*|monthly|weekly|daily|{_PERIOD}|este año|this year|hoy|"
    rf"today|ya|"
    r"now)?[ \u00a0*_”\"»]*"
    r"(?:$|[\n.,;:)!?\]—–]|(?:y|e|o|and|or|en|in|para|for|pero|but|que|según|antes|before|by|at|with|con|while|"
    r"mientras|hace|ago|last|el año|"
    r"de (?=20\d\d\b|hace\b|entonces\b|ahora\b|antes\b|la (?:otra|anterior|primera|segunda)\b))\b)",
    re.IGNORECASE,
)
_COMPARED = re.compile(
    r"\b(?:que|than|frente a|from|desde|versus|vs\.?|against|contra|compared (?:to|with)|en comparación con|"
    r"comparad[oa]s? con|"
    r"instead of|rather than|en lugar de|en vez de|por encima de|por debajo de|above|below|lejos de|far from|"
    r"a fraction of|una fracción de)\s"
    r"(?:(?:el|la|los|las|the|unos|about|some)\s)?[~≈]?$",
    re.IGNORECASE,
)
_SCOPE_AFTER = re.compile(
    r"[\s\u00a0]*(?:(?:est[áa]n\s|se\s)?activ\w+|in use|totales|en total|in total|total)\b", re.IGNORECASE
)
_WORD = re.compile(r"[^\W\d_]{2,}")
_DIGIT_OR_STOP = re.compile(r"\d|\b(?:veces|times|versi[óo]n|version)\b")
_FAR = 45  # characters from the name to the number
_ANOTHER = re.compile(r"\d|[;\n]")
_WAS = re.compile(
    r"(?:(?:y|and|pero|but)\s)?(?:(?:solo|only|just|apenas)\s)?(?:en|in|hace|el|la|last|a|an|two|three|back|antes|"
    r"before|previously|"
    r"earlier|un|one|por|at|hasta|until|then|entonces)\b[^.;:\d]{0,40}(?:\d{4}\s)?[^.;:\d]{0,12}\b(?:eran?|fue|fueron|"
    r"was|were|had been|"
    r"stood at|estaba en|estaban en|andaba por|iba por|rondaba|no pasaba de|no llegaba a|valía|it was)\s(?:de\s|los\s|"
    r"las\s|"
    r"unos\s|just\s|only\s|solo\s|about\s|apenas\s|casi\s)*[~≈]?$",
    re.IGNORECASE,
)
_TIME_BETWEEN = re.compile(
    r"(?:\s(?:this|last|next|este|el|al|en|in|by|para|a|hace|for|per)\s[^.;:,\d]{0,24}(?:20\d\d)?)?\s*,?\s?(?:(?:y|"
    r"and|but|pero|entre|between|then|luego|"
    r"a|to|unos|about|some|los)\s)*[~≈]?",
    re.IGNORECASE,
)
_TIME_AFTER = re.compile(
    r"\s(?:(?:this|next|last) (?:year|quarter|month|week|time)|a (?:year|month|week|quarter) (?:ago|earlier|before|"
    r"later)|(?:el|la|en|para|in|by|for) (?:el |la )?(?:que viene|próxim\w+|pasad\w+|anterior|siguiente|20\d\d|año|mes|"
    r"trimestre)|"
    r"hace (?:un|dos|tres|\d))",
    re.IGNORECASE,
)
_GENERAL = re.compile(r"'(?:puts?|got|gets|get|pone|ponen|puso|pusieron|mete|metió|buy|buys)'")
_ELIDED = re.compile(
    r"(?:(?:y|and|but|pero)\s)?(?:(?:el|la|los|las) de\s[^.;:,\d]{2,40}\s(?:es|son|era|fue|vale|asciende|llega)|"
    r"[^.;:,\d]{2,40}['’]s?\s(?:is|was|will be|comes|amounts))\b",
    re.IGNORECASE,
)
_SIZED = 1e8  # parameters
_COUNTED = re.compile(
    r"\bpar[áa]metros|\bparameters|\btokens?\b|\bd[óo]lares|\bdollars|\beuros\b|[$€£]|\busuarios|\busers|\bGPUs?\b|"
    r"\bchips\b|"
    r"\bFLOPs?\b|\bpersonas|\bpeople|\bwords|\bpalabras",
    re.IGNORECASE,
)
_AMOUNTS_TO = re.compile(
    r"\b(?:tiene|tienen|tenía|tenían|tendría|tendrá|ronda|rondaría|alcanza\w*|llega\w* a|supera\w*|pasa\w* de|es|son|"
    r"era|eran|sería|"
    r"serían|suma|con|has|have|had|having|is|was|were|be|with|reach\w*|exceed\w*|packs|at)\s(?:\w+\s){0,4}?[~≈]?$",
    re.IGNORECASE,
)
_MODEL_OF = re.compile(
    r"\b(?:modelos?|LLMs?|redes?|versi[óo]n(?:es)?)\s(?:[^\n]{0,60}?[,;\s](?:uno|otro)\s)?(?:de|con)\s"
    r"(?:unos\s|casi\s|más de\s)?[~≈]?$",
    re.IGNORECASE,
)
_OF_WHAT = re.compile(r"[ \u00a0](?:de\s)?(?!parámetros|activos)[a-záéíóúñ]+s\b")  # 70.000 millones de euros
_MODEL_HAS = re.compile(
    r"\b(?:modelos?|models?|LLMs?)(?:\s[^\W\d]+){0,2}?\s(?:tiene|tienen|tenía|tenían|has|have|"
    r"had)\s(?:\w+\s){0,2}?[~≈]?$",
    re.IGNORECASE,
)
_SIZE_ENDS = re.compile(
    r"[ \u00a0*_”\"»]*(?:$|[\n.,;:)(!?\]—–]|(?:y|e|o|and|or|pero|but|según|according)\b)", re.IGNORECASE
)
_COMPUTE = 1e20  # FLOP; nothing else in a post about AI is counted in numbers so large
_COMPUTE_NEAR = re.compile(r"\b(?:FLOPs?|flop|compute|c[óo]mputo|operaciones|operations|OOMs?)\b")
_LARGE = 1e6
_SUM_ENDS = re.compile(
    r"[ \u00a0*_”\"»]*(?:$|[\n.,;:)!?\]—–]|(?:y|e|and|en|in|into|para|por|for|from|to|a|al|anuales|al año|a year|"
    r"este año|this|at|más|more|with|con|pero|but|que|hasta|through|over|adicionales|extra|additional|"
    r"bajo|under|se|will|would|en total|in total)\b)",
    re.IGNORECASE,
)
_EARNED_AFTER = re.compile(
    r"\s(?:en|de|in|of)\s(?:\w+\s)?(?:ingresos|ventas|facturación|revenues?|sales)\b", re.IGNORECASE
)
_CROWD = 1e5
_USERS_ARE = re.compile(
    r"\b(?:usuari[oa]s|users?|suscriptor(?:es|as)|subscribers?|user base|base de usuarios|[MWD]AUs?)\b[^.;:\d]{0,60}?"
    r"\b(?:pas(?:a|an|ó|aron|ado)|crec\w+|sub\w+|super\w+|alcan\w+|lleg\w+|ascien\w+|rond\w+|son|eran|fueron|suman|"
    r"surg\w+|r[io]se|risen|gr[eo]w\w*|jump\w*|climb\w*|went|reach\w*|hits?|exceed\w*|pass\w*|topp?\w*|surpass\w*|"
    r"swell\w*|are|were|stand\w*|stood|number\w*)\s(?:(?:ya|now|from|desde|de|a|al?|los|las|to|at|over|past|more|than|"
    r"más|"
    r"nearly|casi|unos|about|around|en|por|encima)\s)*[~≈]?$",
    re.IGNORECASE,
)
_COUNTS_MODEL = re.compile(r"\b(?:modelos?|models?|par[áa]metros|parameters)\b[^,;]{0,20}$", re.IGNORECASE)
_SPENT_AFTER = re.compile(
    r"\s(?:se\s)?(?:destinar|invertir|gastar|dedicar)(?:án|ían|on)\b|\s(?:will|would)\s(?:go (?:to|into|towards?)|"
    r"be (?:spent|"
    r"invested|used))\b",
    re.IGNORECASE,
)
_SUM_LEAD = re.compile(
    r"\b(?:inversión|ronda|valoración|valuación|contrato|acuerdo|capex|financiación|investment|funding round|valuation|"
    r"contract|"
    r"capex)\s(?:de|of|por|worth)\s(?:(?:unos|casi|más de|los|about|nearly|over)\s)?$",
    re.IGNORECASE,
)
_OF_OTHERS = re.compile(r"\s(?:de|of|users|usuarios|tokens|people|personas|par[áa]m|GPU)\b", re.IGNORECASE)
_HAS_ALSO = re.compile(
    r"['’s*_”»)]*[\s(:,—–-]*(?:(?:leads?|follows?|comes?|is|va|lidera|sigue|está)\s)?(?:(?:with|at|con|en|next)\s)?"
    r"(?:(?:los|las|the|sus|its|unos|casi|más de|about|around|nearly|some|over)\s){0,2}[~≈]?",
    re.IGNORECASE,
)
_NAME_BRACKET = re.compile(r"[A-Z][\w.]*\s\((?:(?:más de|unos|casi|over|about|nearly)\s)?[~≈]?$")
_SUMS: dict[str, Metric] = {"funding": "funding", "valuation": "valuation", "revenue": "revenue"}
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
        if twin.metric not in _REPEATED or not near or not _alike(text, quantity, twin):
            continue
        if twin.metric == "parameters":
            if twin.sentence == setting.sentence and _SCOPE_AFTER.match(text, quantity.end):
                return twin, f"unit of {text[twin.start : twin.end]!r}, of which it is a part"
            continue
        if _of_next_time(text, quantity, twin):
            return twin, f"unit of {text[twin.start : twin.end]!r}, at another time"
        if not _ENDS.match(text, quantity.end):
            continue
        if (
            twin.metric == "price"
            and twin.sentence == setting.sentence
            and not _DIGIT_OR_STOP.search(text, twin.end, quantity.start)
            and not (quantity.value < 10 and _NUMBERED_NAME.search(text, max(0, quantity.start - 24), quantity.start))
        ):
            return twin, "a price, as the one before in the sentence"
        if twin.sentence == setting.sentence and _COMPARED.search(text, twin.end, quantity.start):
            return twin, f"unit of {text[twin.start : twin.end]!r}, with which it is compared"
        if _of_another(quantity, twin, setting):
            return twin, f"unit of {text[twin.start : twin.end]!r}, repeated of another name"
    return None, ""


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
    if twin is None or twin.metric not in _SUMS or twin.currency != quantity.currency:
        return None
    near = setting.sentence.start - twin.sentence.end <= 2 and twin.sentence.block == setting.sentence.block
    alike = 1 / ALIKE <= quantity.value / twin.value <= ALIKE
    ends = _ENDS.match(setting.page.text, quantity.end)
    if not (near and alike and ends and _of_another(quantity, twin, setting)):
        return None
    names = setting.page.between(max(twin.end, setting.sentence.start), quantity.start)
    return twin if _HAS_ALSO.fullmatch(setting.page.text, names[-1].end, quantity.start) else None


def _of_next_time(text: str, quantity: Quantity, twin: Draft) -> bool:
    """Whether a number is said of another time than the one before: "3.000 millones este año y 5.000 el que viene"."""
    return bool(_TIME_BETWEEN.fullmatch(text, twin.end, quantity.start) and _TIME_AFTER.match(text, quantity.end))


def _of_another(quantity: Quantity, twin: Draft, setting: Setting) -> bool:
    """Whether a name stands shortly before the number, and no other number between them."""
    names = setting.page.between(max(twin.end, setting.sentence.start), quantity.start)
    if not names or quantity.start - names[-1].end > _FAR:
        return False
    return not _ANOTHER.search(setting.page.text, names[-1].end, quantity.start)


def _alike(text: str, quantity: Quantity, twin: Draft) -> bool:
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
    return 1 / ALIKE <= ratio <= ALIKE and (scaled or bool(words[0]) == bool(words[1]) or text[twin.start] in "$€")


def at_another_time(quantity: Quantity, before: Sequence[Draft], setting: Setting) -> Draft | None:
    """The claim before that a number repeats of another time: "… valorada en 20.000 millones. En julio eran 18.000"."""
    twin = before[-1] if before else None
    if twin is None or twin.metric not in _REPEATED or not 0 <= setting.sentence.start - twin.sentence.end <= 2:
        return None
    if quantity.dimension == "money" and quantity.currency != twin.currency:
        return None
    text, value = setting.page.text, borrowed(quantity, twin).value
    said = _WAS.match(text, setting.sentence.start, quantity.start) and _ENDS.match(text, quantity.end)
    return twin if said and 1 / ALIKE <= value / twin.value <= ALIKE else None


def counts_parameters(quantity: Quantity, setting: Setting) -> bool:
    """Whether a large number counts parameters, of which the text speaks: "… parámetros de X, e Y llega a 1.000B"."""
    text = setting.page.text
    if quantity.value < _SIZED or not setting.is_ai or quantity.currency:
        return False
    begin = max(setting.sentence.start, quantity.start - 90)
    if _MODEL_OF.search(text, begin, quantity.start) and not _OF_WHAT.match(text, quantity.end):
        return True
    if not _SIZE_ENDS.match(text, quantity.end):
        return False
    if _MODEL_HAS.search(text, max(setting.sentence.start, quantity.start - 60), quantity.start):
        return True
    begin = setting.page.blocks[setting.sentence.block].start
    counted = [m.group() for m in _COUNTED.finditer(text, max(begin, quantity.start - 300), quantity.start)]
    if not counted or not counted[-1].lower().startswith("par"):
        return False
    lead = text[max(setting.sentence.start, quantity.start - 40) : quantity.start]
    return bool(_AMOUNTS_TO.search(lead)) and setting.names("model")


def counts_users(quantity: Quantity, setting: Setting) -> bool:
    """Whether a large number counts the users that stand before its verb: "los usuarios de X pasaron de 3 millones"."""
    text = setting.page.text
    if quantity.value < _CROWD or not setting.is_ai or quantity.currency or not _SUM_ENDS.match(text, quantity.end):
        return False
    return bool(_USERS_ARE.search(text, setting.clause[0], quantity.start)) and (
        setting.names("model", "org") or setting.block_is_ai
    )


def bare_compute(quantity: Quantity, setting: Setting) -> bool:
    """Whether a number so large can only be of operations: "GPT-4.5 may have used 3.8e26"."""
    if quantity.value < _COMPUTE or not setting.is_ai:
        return False
    block = setting.page.blocks[setting.sentence.block]
    return bool(_COMPUTE_NEAR.search(setting.page.text, block.start, block.end)) or setting.names("model")


def bare_sum(quantity: Quantity, setting: Setting) -> tuple[Metric | None, str]:
    """A large number that an organization invests, earns or is worth, with no currency: "pagará 1.600 millones"."""
    text = setting.page.text
    if quantity.value < _LARGE or not setting.is_ai or not _WORD.search(quantity.number.suffix):
        return None, ""
    spent = _SPENT_AFTER.match(text, quantity.end) and setting.block_is_ai
    lead = text[setting.clause[0] : quantity.start]
    ends = _SUM_ENDS.match(text, quantity.end) or (_SUM_LEAD.search(lead) and not _OF_OTHERS.match(text, quantity.end))
    if not (spent or setting.names("org", "person")) or not ends:
        return None, ""
    if _COUNTS_MODEL.search(lead):
        return None, ""
    if spent:
        return "funding", "a large sum before a verb of spending; no currency is named"
    said = cue_set("metrics", setting.sentence.language, "money")
    cues = list(said.find(lead[-60:]))
    if not cues and _NAME_BRACKET.search(lead):
        cues = list(said.find(text[setting.sentence.start : quantity.start]))  # "worth as much as X (N) and Y (N)"
    earned = _EARNED_AFTER.match(text, quantity.end)
    metric = "revenue" if earned else _SUMS.get(cues[-1][2].value if cues else "")
    return (metric, "a large sum beside a word of money; no currency is named") if metric else (None, "")


def is_price_again(text: str, quantity: Quantity, before: Sequence[Draft]) -> Draft | None:
    """The price before that a bare number goes on with: "1,25 dólares por millón … y 10 por millón de salida"."""
    twin = before[-1] if before else None
    again = twin is not None and twin.metric == "price" and _PER_MILLION.match(text, quantity.end)
    return twin if again and twin is not None and 1e-3 < quantity.value / twin.value < 1e3 else None
