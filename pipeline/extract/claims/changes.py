"""Sums that are no worth, investment or income, whatever the word beside them: changes, differences, whole markets."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pipeline.extract.claims.patterns import MONEY_OF_ORG
from pipeline.extract.fillers import APPROX, DIFFERENCE, TO_NUMBER

if TYPE_CHECKING:
    from pipeline.extract.claims.setting import Setting
    from pipeline.extract.quantity import Quantity
    from pipeline.records import Metric

_LEAST = {"valuation": 1e5, "revenue": 1e5, "funding": 1e4}
_MARKET_SIZE = re.compile(
    r"(?<!\bstock )(?<!\bto )(?<!\bal )(?<!ción de )(?<!valor de )(?<!cuota de )\b(?:markets?|mercados?|industry|"
    r"industria|sector|economy|economía)\b",
    re.IGNORECASE,
)
# "aumentó la cifra en N", "impulsó los ingresos de X en N"
_WHAT = r"\s(?:est[ae]|l[ao]s?|sus?|this|the|its)\s\w+(?:\s(?:de\s|of\s)?\w+)?(?=\s(?:en|by)\s)"
_CHANGED = re.compile(
    r"\b(?:fell|drop|declin|sank|slid|plung|tumbl|rose|jump|grew|increas|surg|soar|climb|cae|cay|baj|subi|sube|creci|"
    rf"crec|aument|disminu|redu[jc]|desplom)\w*(?:{_WHAT})?(?:\s(?:by|en|otros|as|much|{APPROX})){{0,4}}?"
    r"(?<!\bto)(?<!\sa)\s[~≈]?$|"
    rf"\b(?:aumento|incremento|alza|subida|increase|rise)\s(?:de|of)\s{TO_NUMBER}$",
    re.IGNORECASE,
)
_RAISED = re.compile(rf"\b(?:impuls|elev|boost|lift)\w*{_WHAT}\s(?:en|by)\s{TO_NUMBER}$", re.IGNORECASE)
_TO_WORTH = re.compile(  # "sumó 240.000 millones de dólares a su capitalización"
    r"\s(?:al?|to|de(?=\s(?:su|la)\b)|from|off)\s(?:l[ao]s?\s|su\s|the\s|its\s|their\s)?"
    r"(?:capitalizaci[óo]n|valor|valoraci[óo]n|market|value|valuation)\b",
    re.IGNORECASE,
)
_SAVED = re.compile(r"\s(?:de|en|in|of)\s(?:ahorros?|savings)\b", re.IGNORECASE)
_FOR_EACH = re.compile(rf"\b(?:por cada|for (?:each|every))\s{TO_NUMBER}$", re.IGNORECASE)
_DIFFERENCE = re.compile(DIFFERENCE, re.IGNORECASE)
_LOST = re.compile(
    r"\b(?:eras|wip|shed|shav|los[et]|losing|knock|destroy|evapor|borr|p[eé]rd|pierd|esfum|destru|rest|add|gain|sum|"
    r"gan)"
    r"\w*(?:\s(?:off|out|away|en|in|conjunto|together|combined|su|sus|de|un|una|another|otros|as|much|it|of|"
    r"históric[ao]s?|récord|"
    rf"capitalización|valor|bursátil|mercado|market|value|cap|capitalization|{APPROX}))*\s[~≈]?$",
    re.IGNORECASE,
)


def against_sum(metric: Metric | None, quantity: Quantity, setting: Setting) -> str:
    """Why a sum is no worth, investment or income, whatever the word beside it; empty where it may be."""
    lead = setting.words((setting.clause[0], quantity.start))[-48:]
    if metric and quantity.value < _LEAST.get(metric, 0):
        return "too little for a company, what it earns, or an investment"
    behind = setting.page.text, quantity.end
    if metric in MONEY_OF_ORG and (_DIFFERENCE.match(*behind) or _TO_WORTH.match(*behind)):
        return "by how much it is more"
    if metric in MONEY_OF_ORG and _SAVED.match(*behind):
        return "what is saved"
    if metric in MONEY_OF_ORG and _FOR_EACH.search(lead):
        return "a rate: so much for each"
    if metric == "valuation" and _LOST.search(lead):
        return "worth that is lost or won, not that of a company"
    if (metric in MONEY_OF_ORG and _CHANGED.search(lead)) or (metric == "revenue" and _RAISED.search(lead)):
        return "by how much it changed"
    return "the size of a market" if metric == "valuation" and _is_of_market(quantity, setting) else ""


def _is_of_market(quantity: Quantity, setting: Setting) -> bool:
    """The AI market will be worth …: no company is named before."""
    for lead in ((setting.clause[0], quantity.start), (setting.sentence.start, quantity.start)):
        named = any(e.kind in {"org", "model"} for e in setting.page.between(*lead))
        if not named and _MARKET_SIZE.search(setting.words(lead)):
            return True
    return False
