"""What a sum of money is: a price, a cost of training, money raised, earned, or what a company is worth."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pipeline.extract.claims.setting import DATA_CENTRE, METRICS, TRAINING, nearest_cue

if TYPE_CHECKING:
    from pipeline.extract.claims.page import Page
    from pipeline.extract.claims.setting import Decision, Setting
    from pipeline.extract.quantities import Quantity


_MARKET = re.compile(r"\b(?:al|el|del|un|the|a) (?:mercado|market)\b", re.IGNORECASE)
_UNIT_SAID = re.compile(
    r"(?:1\s?M|un mill[oó]n|mill[óo]n|(?:one |a |1 )?million|/M|MTok)\s(?:de\s)?(?:input\s|output\s)?tokens",
    re.IGNORECASE,
)
_VENTURE_AFTER = re.compile(
    r"[\s-]+(?:(?:[\w-]+\s){0,2}(?:project|plan|venture|initiative|program|bet|push|buildout|campus|data center|"
    r"cluster|supercomputer)\b|(?:AI|Stargate)\s\w+)"
)
_UNIT_BEFORE = re.compile(
    r"\b(?:cada|por|each|per)\s(tarea|task|consulta|query|hora|hour|mes|month|imagen|image)\b",
    re.IGNORECASE,
)
_UNITS_BEFORE = {
    "tarea": "task",
    "task": "task",
    "consulta": "query",
    "query": "query",
    "hora": "hour",
    "hour": "hour",
    "mes": "month",
    "month": "month",
    "imagen": "image",
    "image": "image",
}


def metric_of_money(quantity: Quantity, setting: Setting) -> Decision:  # noqa: C901, PLR0911
    """The metric of a sum where it stands, and the reason; None: it is no claim."""
    if not setting.is_ai:
        return None, "the post is not about AI"
    if _in_bracket(quantity, setting):
        return "price", "a small amount in the bracket behind a model's name"
    found = nearest_cue(quantity, setting, "money")
    if found and found[0].value == "none":
        return None, f"no claim: {found[1]}"
    metric = METRICS.get(found[0].value) if found else None
    if quantity.per and quantity.per not in {"year", "total"}:
        if not setting.names("model", "org", "chip", "device", "cluster") and not setting.near_ai:
            return None, "a price of something else"
        return "price", f"money per {quantity.per}"
    if found is None and quantity.value >= 1e8 and _VENTURE_AFTER.match(setting.page.text, quantity.end):
        return "funding", "a sum before the venture it is for"
    if found is None:
        return None, "money without a word that says what for"
    if not (setting.near_ai or setting.names("org", "person", "device")) and not setting.block_is_ai:
        return None, "money of something else"
    if metric == "training_cost" and not TRAINING.search(setting.body) and not setting.names("model"):
        return ("funding", found[1]) if quantity.value >= 1e9 else (None, "a cost of something else")
    if metric == "price" and quantity.value >= (1e5 if TRAINING.search(setting.body) else 1e7):
        return _large_price(setting, found[1])
    if metric == "funding" and quantity.value < 1e4:
        return None, "too little for an investment"
    return metric, found[1]


def _in_bracket(quantity: Quantity, setting: Setting) -> bool:
    """GPT-4o ($15.00): what stands in brackets behind a model is its price."""
    text, begin = setting.page.text, setting.sentence.start
    opening = re.search(r"\s*[*_]{0,2}\([~≈\s]*$", text[max(begin, quantity.start - 6) : quantity.start])
    if not opening or quantity.value >= 1e4 or not re.match(r"[^()]{0,25}\)", text[quantity.end : quantity.end + 30]):
        return False
    at = max(begin, quantity.start - 6) + opening.start()
    return any(e.kind == "model" and e.end >= at for e in setting.page.between(max(begin, at - 60), at))


def _large_price(setting: Setting, reason: str) -> Decision:
    if TRAINING.search(setting.body):
        return "training_cost", f"too much for a price, beside a word of training; {reason}"
    if setting.names("cluster") or DATA_CENTRE.search(setting.body):
        return "funding", f"too much for a price, beside a data centre; {reason}"
    if setting.names("model"):
        return "training_cost", f"too much for a price; {reason}"
    return None, "money of something else"


def price_unit(page: Page, start: int, since: int) -> str | None:
    """What the prices of a list are per, where the text before it says so: "el precio de 1M de tokens"."""
    if _UNIT_SAID.search(page.text, max(0, start - since), start):
        return "million_tokens"
    found = _UNIT_BEFORE.search(page.text, max(0, start - min(since, 60)), start)
    return _UNITS_BEFORE[found[1].lower()] if found else None
