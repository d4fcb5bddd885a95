"""Sums of money that an earlier one explains: its currency, what it is paid for, what it adds up to."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pipeline.extract.claims.borrowed import borrowed
from pipeline.extract.claims.cues import cue_set
from pipeline.extract.claims.ellipsis import ENDS, LINK
from pipeline.extract.claims.letters import COUNTED_AFTER
from pipeline.extract.claims.patterns import MONEY, MONEY_OF_ORG
from pipeline.extract.claims.setting import METRICS, money_cues
from pipeline.extract.fillers import TO_NUMBER

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pipeline.extract.claims.draft import Draft
    from pipeline.extract.claims.setting import Setting
    from pipeline.extract.quantity import Quantity
    from pipeline.records import Metric

_FLOW = re.compile(r"\b(?:entradas?|salidas?|inputs?|outputs?|cach[eé]d?|caché|tokens?)\b", re.IGNORECASE)
_LATER = re.compile(
    r"(?:y\s|and\s|but\s|pero\s)?(?:después|luego|antes|ahora|más tarde|a partir de|desde|hasta|hoy|en|afterwards|"
    r"after|"
    r"then|before|later|from|since|until|now|today|previously|in)\b[^.;:]{0,40}[,:]?\s*$",
    re.IGNORECASE,
)
_AMOUNTS = re.compile(
    r"\b(?:eso|esto|lo que|el total|la cuenta|that|this|which|the total|the bill)\s(?:ya\s)?(?:da|son|suma|sale|supone|"
    r"asciende a|is|comes to|makes|gives|adds up to|works out (?:at|to))\b[^.;]{0,24}$",
    re.IGNORECASE,
)
_BIG = re.compile(
    r"(?:mil(?:lones)?|mill[óo]n|billones|billón|millardos?|billion|million|trillion|bn|[BM]|MM|B|mm)$",
    re.IGNORECASE,
)
_SUM_OF = re.compile(
    r"\b(?:valorad[oa]s? en|valoración de|ingresos de|ingresó|facturó|factura|inversión de|invertirá|invirtió|invierte|"
    rf"ronda de|valued at|valuation of|revenues? of|invest(?:ed|s|ing)?|round of|raised)\s{TO_NUMBER}$",
    re.IGNORECASE,
)
_SPENT_OR_LOST = re.compile(
    r"\s(?:de|en|in|of)\s(?:gastos|pérdidas|deudas?|beneficios?|losses|debt|profits?|expenses)\b"
)
_SUM_AFTER = re.compile(
    r"\s(?:de|of|in|en)\s(?:valoración|ingresos|inversión|valuation|revenues?|capex|ronda)\b",
    re.IGNORECASE,
)
_OF_THINGS = re.compile(r"\sde\s(?!d[óo]lares|euros|pesos|libras|yenes|yuanes|reales)[a-záéíóúñ]{3,}s\b")
_OTHER_NEXT = re.compile(r"\s[$€£]\d")  # "2M $900 cards": so many cards
_NO_PRICE = 1e7  # so much is paid for no token, month or machine
_RUN = re.compile(r"\b(?:training|runs?|models?|modelos?|entren\w+)\b", re.IGNORECASE)


def price_as_before(quantity: Quantity, setting: Setting, before: Sequence[Draft]) -> bool:
    """Whether money said of a model is a price because the sentence before gives another's: "… arrived at $3"."""
    twin = before[-1] if before else None
    is_total = bool(_TOTAL.match(setting.page.text, setting.sentence.start, quantity.start))
    return (
        quantity.dimension == "money"
        and twin is not None
        and twin.metric == "price"
        and (twin.per is not None or is_total)
        and (twin.sentence.block == setting.sentence.block or _goes_on(setting, twin))
        and twin.currency == quantity.currency
        and 1e-3 < quantity.value / twin.value < 1e3
        and (
            is_total
            or any(e.kind == "model" for e in setting.page.between(setting.sentence.start, quantity.start))
            or bool(_FLOW.search(setting.page.text, setting.sentence.start, setting.sentence.end))
            or bool(_LATER.match(setting.page.text, setting.sentence.start, quantity.start))
        )
    )


_TOTAL = re.compile(
    r"\W*(?:(?:en|in|el|la|the)\s)?(?:(?:total|suma|sum)\b|all(?=[,:]|\s(?:in|told)\b))", re.IGNORECASE
)  # "Total: 3 dólares"


def _goes_on(setting: Setting, twin: Draft) -> bool:
    """Whether a list goes on: an item after the one that another claim stands in."""
    blocks, at = setting.page.blocks, setting.sentence.block
    return at == twin.sentence.block + 1 and blocks[at].kind == blocks[at - 1].kind == "item"


def sum_of_before(quantity: Quantity, setting: Setting, before: Sequence[Draft]) -> str:
    """Why money is a cost worked out from the hours of a training: "that is over $60 million", "…, about $5.6M"."""
    hours = next((d for d in reversed(before) if d.metric == "hardware_hours"), None)
    if quantity.dimension != "money" or quantity.value < 1e5 or hours is None:
        return ""
    beside = _OR.fullmatch(setting.page.text, hours.end, quantity.start)
    if beside or _AMOUNTS.search(setting.page.text[setting.sentence.start : quantity.start]):
        return "worked out from the hours of a training"
    return ""


_OR = re.compile(  # "took 2.8M GPU hours, about $5.6M"
    rf"\s?[,(—–]\s?(?:(?:or|o|for|por|worth|at a cost of|a un coste de|con un coste de|es decir,)\s)*{TO_NUMBER}"
)


def of_all(quantity: Quantity, twin: Draft, setting: Setting) -> Metric | None:
    """What a sum behind a price is that all comes to: of a training its cost, else no price per hour or token any more.

    "$2 an hour, so the whole run cost us $1,400"; "2 dólares por millón de tokens; en total gastamos 400".
    """
    text = setting.page.text
    lead, behind = text[twin.end : quantity.start], text[quantity.end : quantity.end + 16]
    if quantity.per or quantity.value < 2 * twin.value or not (_ALL.search(lead) or _ALL_AFTER.match(behind)):
        return None
    return "training_cost" if _RUN.search(lead) else "price"


_ALL = re.compile(
    r"\b(?:whole|entire|total|bills?|altogether|all told|all in|overall|in all|(?:we|I) (?:spent|paid)|"
    r"tod[oa] (?:el|la)|enter[oa]|factura|la cuenta|gast(?:é|amos)|pag(?:ué|amos)|(?:me|nos) (?:costó|salió))\b",
    re.IGNORECASE,
)
_ALL_AFTER = re.compile(r"\s(?:in total|in all|altogether|all told|overall|en total|todo)\b")


def converted(quantity: Quantity, before: Sequence[Draft], text: str) -> Draft | None:
    """The sum before that a sum in a bracket says in another currency: "1 yuan (0,14 dólares, 0,13 euros)"."""
    twin = before[-1] if before else None
    if twin is None or twin.currency in {None, quantity.currency}:
        return None
    again = _IN_BRACKET.fullmatch(text, twin.end, quantity.start)
    return twin if again and 1e-5 < quantity.value / twin.value < 1e5 else None


_IN_BRACKET = re.compile(
    r"(?:/\w+|\s(?:por|al|a la|per|an?)\s\w+)?\s?(?:[(\[–—-]|,|/|\so\b|\sor\b|=)\s?(?:(?:or|equivalent to|"
    r"equivalente a|es decir,?|that is,?)\s)?"
    rf"{TO_NUMBER}",
    re.IGNORECASE,
)


def is_said_before(quantity: Quantity, metric: Metric, before: Sequence[Draft], setting: Setting) -> bool:
    """Whether a large sum is one that the paragraph gave as another thing, and no word right here says otherwise."""
    if not quantity.currency or quantity.value < 1e6:
        return False
    first = next((d for d in before if d.currency == quantity.currency and d.value == quantity.value), None)
    if first is None or first.metric == metric or first.metric not in MONEY:
        return False
    around = setting.words((max(setting.clause[0], quantity.start - 40), min(setting.clause[1], quantity.end + 24)))
    return not any(cue_set("metrics", setting.sentence.language, "money").find(around))


def money_of_context(
    quantity: Quantity, setting: Setting, money: Sequence[Draft]
) -> tuple[Draft | None, Metric | None, str]:
    """The money before that a large unitless number shares its currency with, its metric, and the reason."""
    if not money or (quantity.number.kind == "words" and not quantity.number.suffix):
        return None, None, ""  # also "la inversión de los seis gigantes"
    quantity = quantity if quantity.number.suffix else borrowed(quantity, money[-1])
    after = _SUM_AFTER.match(setting.page.text, quantity.end)
    is_large = (
        after
        or _BIG.search(quantity.number.suffix.strip() or "-")
        or _SUM_OF.search(setting.words((setting.clause[0], quantity.start)))
    )
    if not is_large or quantity.value < 1e6:
        return None, None, ""
    text = setting.page.text
    behind = (_SPENT_OR_LOST, COUNTED_AFTER, _OTHER_NEXT, _OF_THINGS)
    if any(pattern.match(text, quantity.end) for pattern in behind):
        return None, None, ""
    last = money[-1]
    if last.sentence.block != setting.sentence.block or quantity.start - last.end > 500:
        return None, None, ""
    body = text[setting.clause[0] : after.end() if after else quantity.start]
    cues = [c.value for _, _, c in money_cues(body, setting.sentence.language)]
    if cues and cues[-1] == "none":
        return None, None, ""
    metric = next((m for m in reversed(cues) if m in MONEY), None)
    if metric == "price" and quantity.value >= _NO_PRICE:
        metric = "training_cost" if _RUN.search(setting.body) else "funding"
    if not (after or ENDS.match(text, quantity.end)) and (metric is None or len(body) > 80):
        return None, None, ""
    gapped = len(body) < 40 and bool(setting.page.between(setting.clause[0], quantity.start))
    linked_up = gapped or LINK.fullmatch(text, last.end, quantity.start)
    if metric is None and not linked_up and last.sentence == setting.sentence:
        return None, None, ""
    if metric is None:
        return last, last.metric, "money by its context, as the sentence before"
    return last, METRICS[metric], "money by a word beside it; currency of the money before"


def whole_of(quantity: Quantity, found: Sequence[Draft], setting: Setting) -> Draft | None:
    """The sum that this one is said to be a part of: "De los 68.000 millones, 62.000 millones provinieron de …"."""
    whole = found[-1] if found else None
    if whole is None or whole.currency != quantity.currency or not 0 < quantity.value < whole.value:
        return None
    text = setting.page.text
    opens = _OF_THE.fullmatch(text, setting.sentence.start, whole.start)
    comes = _COMES_FROM.match(text, quantity.end)
    if whole.metric in MONEY_OF_ORG and _FROM.match(text, quantity.end):
        return whole if _ASIDE.fullmatch(text, whole.end, quantity.start) else None  # "$46.7B revenue, $41.1B from X"
    return whole if opens and comes and _ASIDE.fullmatch(text, whole.end, quantity.start) else None


_FROM = re.compile(r"\s(?:of (?:it|that|which)\s)?from\s|\s(?:procedentes? )?de (?=(?:ell[oa]s|l[oa]s cuales)\b)")


_OF_THE = re.compile(
    r"\W*(?:de (?:los|esos|estos|sus)|del total de|of (?:the|that|this|those|its|a total of))\s[~≈$€]*", re.IGNORECASE
)
_ASIDE = re.compile(rf"[^.;:\d]{{0,40}},\s{TO_NUMBER}", re.IGNORECASE)
_COMES_FROM = re.compile(
    r"\s(?:provi\w+|vien\w+|vin\w+|correspond\w+|proced\w+|son|fueron|came|comes?|was|were|is|are|stem\w*|went|goes|go|"
    r"fue|irán?|van?)\b",
    re.IGNORECASE,
)


def sum_expected(quantity: Quantity, before: Sequence[Draft], setting: Setting) -> Draft | None:
    """The sum of a company that others had expected otherwise: "Prevé ingresos de 78.000 M. … esperaban 72.600 M."."""
    twin = next((draft for draft in reversed(before) if draft.metric in MONEY_OF_ORG), None)
    if twin is None or twin.currency != quantity.currency or twin.sentence.block != setting.sentence.block:
        return None
    alike = 1 / _NEAR <= quantity.value / twin.value <= _NEAR
    return twin if alike and _EXPECTED.search(setting.words((setting.clause[0], quantity.start))) else None


_NEAR = 3.0
_EXPECTED = re.compile(
    r"\b(?:analistas?|consenso|mercado|Wall Street|inversores|analysts?|consensus|the Street|investors|estimaciones|"
    r"previsiones|pronósticos?|estimates?|expectations|forecasts?)\b[^.;:\d]{0,40}?\b(?:esper|estim|pronosti|prev[eé]|"
    r"proyect|anticip|apunt|calcul|situab|eran?\b|fue|de\b|expect|forecast|estimat|project|call|look|were|was|of\b|had"
    rf")\w*(?:\s(?:un[ao]s?|a|ingresos|de|for|revenue|of|que|had|been)){{0,4}}\s{TO_NUMBER}$",
    re.IGNORECASE,
)
