"""What stands right at a sum of money and says what it is: "a $3 billion company", "paid $23 billion for X"."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pipeline.extract.claims.patterns import EARNED_AFTER
from pipeline.extract.fillers import COMPANY, DIFFERENCE, TO_NUMBER

if TYPE_CHECKING:
    from pipeline.extract.claims.setting import Decision, Setting
    from pipeline.extract.quantity import Quantity

_LEAST, _LARGE = 1e6, 1e8
_PER_HEAD = re.compile(r"\s(?:per|for each|por|a)\s(?:head|employee|worker|engineer|person|empleado|trabajador)\b")
_DIFFERENCE = re.compile(DIFFERENCE, re.IGNORECASE)
_PLAN_AFTER = re.compile(
    r"[\s-](?:(?:investment|spending|infrastructure|AI)\s)?(?:plan|programme|program|package|fund|"
    r"initiative)\b",
    re.IGNORECASE,
)
_GIVEN_AFTER = re.compile(  # $50 million in API credits; 1.000 millones al nuevo programa
    r"\s(?:(?:en|in|de|of|worth of)\s)?(?:[A-Za-z]+\s){0,2}?(?:créditos|credits)\b|"
    r"\s(?:al|a la|a un|a una|para el|para la|para un|para una|en el|en la|en un|en una|to the|to its|to a|for the|"
    r"for a|into the|into a|into its)\s(?:(?!del?\s|of\s)\w+\s){0,2}?(?:programa|fondo|iniciativa|proyecto|plan|fund|"
    r"program(?:me)?|initiative|project|venture)\b",
    re.IGNORECASE,
)
_COMPANY_AFTER = re.compile(
    rf"[\s-](?:dollar\s)?(?:AI\s)?(?:{COMPANY}|unicorn|(?:market |(?:post|pre)[-‑]money )?valuation)\b", re.IGNORECASE
)
_COMPANY_BEFORE = re.compile(rf"\b(?:{COMPANY}|unicornio) de {TO_NUMBER}$", re.IGNORECASE)
_RAISED_AT = re.compile(
    r"(?:[$€£]\d[\d.,]*\s?(?:[MBK]n?|million|billion)\s|\b(?:rais\w+|round|funding|sells?|sold|selling|stock|shares|"
    rf"tender|got|took|secur\w+|"
    rf"clos\w+)\b[^.;]{{0,60}})(?<!estimated )(?<!put )(?<!set )(?<!pegged )\bat\s{TO_NUMBER}$",
    re.IGNORECASE,
)
_AT_SUM = re.compile(  # "$60M at a $400M valuation", "$1bn at a pre-money value near $17bn"
    r"\s(?:round\s)?at\s(?:an?\s)?(?:(?:pre|post)[-‑]money\s)?(?:valuation\s|value\s)?(?:of\s|near\s)?"
    rf"{TO_NUMBER}(?<=[$€£])\d[\d.,]*\s?(?:[MBK]n?\b|bn\b|million|billion)"
)
_PAYS = re.compile(rf"\b(?:pay(?:s|ing)?|paid|pag(?:a|ó|ar|ará|ado|ando)|pagarán)\s{TO_NUMBER}$", re.IGNORECASE)
_FOR = re.compile(
    r"\s(?:(?:in cash|in stock|en efectivo|en acciones)\s)?(?:for|to (?:buy|acquire|license|hire)|por|para)\s"
)


def beside_sum(quantity: Quantity, setting: Setting) -> Decision | None:
    """What a large sum is by the words that touch it; None where they say nothing."""
    if quantity.value < _LEAST:
        return None
    text, end = setting.page.text, quantity.end
    if not quantity.per and (earned := EARNED_AFTER.match(text, end)):
        each = _PER_HEAD.match(text, earned.end())
        return (None, "what each of its people earns") if each else ("revenue", "so much in revenue")
    if quantity.value >= _LARGE and _stands_for_company(quantity, setting) and not _DIFFERENCE.match(text, end):
        return "valuation", "a company of so much money"
    if quantity.value >= _LARGE and _PLAN_AFTER.match(text, end):
        return "funding", "a plan of so much money"
    if _AT_SUM.match(text, end):
        return "funding", "raised at what follows"
    if quantity.value >= _LARGE / 10 and _RAISED_AT.search(text, setting.sentence.start, quantity.start):
        return "valuation", "raised at so much, what the company is worth"
    if not quantity.per and _GIVEN_AFTER.match(text, end):
        return "funding", "given in credits, or to a programme"
    if _BOUGHT_FOR.search(text, setting.sentence.start, quantity.start):
        return "funding", "what machines were bought for"
    return ("funding", "one pays so much for another") if _is_paid_for(quantity, setting) else None


_BOUGHT_FOR = re.compile(  # "555,000 GPUs purchased for approximately $18B"
    r"\b(?:GPUs?|TPUs?|chips?|accelerators|aceleradoras?|servers?|servidores)\s(?:\w+\s)?(?:purchased|bought|acquired|"
    rf"comprad[oa]s|adquirid[oa]s)\s(?:for|at|por|a)\s{TO_NUMBER}$",
    re.IGNORECASE,
)


def _is_paid_for(quantity: Quantity, setting: Setting) -> bool:
    """Google will pay N for Wiz, whatever is said of Wiz then."""
    if quantity.per or not setting.names("org") or not _FOR.match(setting.page.text, quantity.end):
        return False
    return _PAYS.search(setting.words((setting.clause[0], quantity.start))) is not None


def _stands_for_company(quantity: Quantity, setting: Setting) -> bool:
    text = setting.page.text
    before = _COMPANY_BEFORE.search(text, max(setting.sentence.start, quantity.start - 40), quantity.start)
    return bool(before or _COMPANY_AFTER.match(text, quantity.end))
