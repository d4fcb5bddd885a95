"""What a sum of money is: a price, a cost of training, money raised, earned, or what a company is worth."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pipeline.extract.claims.beside_sum import beside_sum
from pipeline.extract.claims.changes import against_sum
from pipeline.extract.claims.costs import (
    cost_of_building,
    costs_model_before,
    is_of_machine,
    is_of_making,
    is_of_model,
    models_cost,
)
from pipeline.extract.claims.patterns import MONEY_OF_ORG
from pipeline.extract.claims.prices import (
    in_bracket,
    is_income,
    is_of_input,
    is_of_plan,
    price_of_chip,
    price_of_device,
)
from pipeline.extract.claims.setting import DATA_CENTRE, METRICS, TRAINING, TUNING, money_cues, nearest_cue
from pipeline.extract.fillers import TO_NUMBER

if TYPE_CHECKING:
    from pipeline.extract.claims.setting import Decision, Setting
    from pipeline.extract.quantity import Quantity
    from pipeline.records import Metric

NO_CLAIM = "no claim: "  # how the reason begins why a sum is a loss, a salary, a market
_CHEAP, _SMALL, _LARGE, _HUGE, _DEAREST = 1e4, 1e5, 1e8, 1e9, 1e10
_VENTURE_AFTER = re.compile(
    r"[\s-]+(?:(?:[\w-]+\s){0,2}(?:project|plan|venture|initiative|program|bet|push|buildout|campus|data center|"
    r"cluster|supercomputer|rollout|expansion|complex|facility)\b|(?:AI|Stargate)\s\w+)"
)
_VALUED_AFTER = re.compile(
    r"[^.;\d$€£]{0,80}?\b(?:valuations?|valued|valuing|values|valorad\w+|valoraci[óo]n|valuaci[óo]n|valora\w*|"
    r"valor)\b[^.;\d]{0,40}\d|[^.;\d$€£]{0,80}?\sat\s(?:an?\s)?(?:\w+\s)?[$€£]\d[\d.,]*\s?[A-Za-z]{0,8}\s(?:(?:post|"
    r"pre)-money\s)?"
    r"valuation\b",
    re.IGNORECASE,
)
_RUNNING = re.compile(
    r"\b(?:to run|running|operat\w+|serv(?:e|ing)|inferenc\w+|a day|per day|al día|mantener\w*|operar\w*|"
    r"ejecutar\w*|electric\w+|kWh|kilovatios?|kilowatts?|consum\w+)\b",
    re.IGNORECASE,
)


_PER_SHARE = re.compile(r"(?:\s(?:to|and|a|y)\s[$€£]?\d[\d.,]*)?\s(?:per share|a share|por acción)\b")


def metric_of_money(quantity: Quantity, setting: Setting) -> Decision:
    """The metric of a sum where it stands, and the reason; None: it is no claim."""
    if not setting.is_ai:
        return None, "the post is not about AI"
    if _PER_SHARE.match(setting.page.text, quantity.end):
        return None, "what a share earns or goes for"
    found = _small_price(quantity, setting) or _of_model(quantity, setting) or beside_sum(quantity, setting)
    return found or _announced(quantity, setting) or _by_words(quantity, setting)


def _of_model(quantity: Quantity, setting: Setting) -> Decision | None:
    return ("training_cost", "so much was spent on a model") if is_of_model(quantity, setting) else None


def _announced(quantity: Quantity, setting: Setting) -> Decision | None:
    """An item of a list of prices."""
    if quantity.value < _CHEAP and setting.names("model", "chip", "device") and _PRICES.search(setting.introduction):
        return "price", "one of the list of prices that is announced"
    return None


def _small_price(quantity: Quantity, setting: Setting) -> Decision | None:
    """What a token, a chip or a machine costs, by what stands right at the sum."""
    if in_bracket(quantity, setting):
        return "price", "a small amount in the bracket behind a model's name"
    if quantity.per and quantity.per.endswith(("token", "tokens")):
        return "price", f"money per {quantity.per}"
    if quantity.value < _CHEAP and setting.block_is_ai and is_of_input(setting.page.text, quantity.end):
        return "price", "money for input or output"
    if price_of_chip(quantity, setting) or price_of_device(quantity, setting):
        return "price", "what a chip or machine goes for"
    return None


def _by_words(quantity: Quantity, setting: Setting) -> Decision:
    if quantity.per == "unit" and quantity.value >= _LARGE and not setting.of_training:
        quantity = quantity._replace(per=None)  # "they raised $1 billion each"
    found = nearest_cue(quantity, setting, "money")
    if is_income(quantity, setting, found[0].value if found else ""):
        return "revenue", f"so much is earned each {quantity.per}"
    if found and found[0].value == "none":
        return None, NO_CLAIM + found[1]
    is_fee = quantity.per == "year" and quantity.value < _CHEAP and not (found and found[0].value == "revenue")
    if quantity.per and (is_fee or quantity.per not in {"year", "total"}):
        return _per_unit(quantity, setting)
    if quantity.value < _SMALL and (found is None or found[0].value == "funding") and is_of_machine(setting):
        return "price", "what it takes to run a model"
    if found is None:
        return _by_form(quantity, setting)
    clause = setting.words(setting.clause)
    of_training = found[0].value == "training_cost" or (found[0].value == "price" and quantity.value >= _SMALL)
    of_training = of_training and bool(TRAINING.search(clause) or TUNING.search(clause))
    named = setting.near_ai or setting.names("org", "person", "device") or setting.block_is_ai
    follows = quantity.value >= _LARGE and setting.follows_names
    if quantity.value >= _SMALL * 10 and models_cost(quantity, setting):
        return "training_cost", f"what models cost; {found[1]}"
    if not (of_training or named or follows or setting.headed("model", "org") or setting.under_costs):
        return _of_lead(quantity, setting) or (None, "money of something else")
    return _likely(METRICS.get(found[0].value), found[1], quantity, setting)


_LOSES = re.compile(rf"\b(?:burn|los[eit]|quem|pierd|perd)\w*\s(?:through\s)?{TO_NUMBER}$", re.IGNORECASE)


def _per_unit(quantity: Quantity, setting: Setting) -> Decision:
    """What so much a month, an hour, an image is: a price, but of what."""
    if quantity.per == "unit" and quantity.value >= _LARGE / 100 and setting.of_training:
        return "training_cost", "so much is no price; of each training"
    if quantity.value >= _SMALL * 10 and _LOSES.search(setting.words((setting.clause[0], quantity.start))):
        return None, "what is lost"
    if _SHARES.search(setting.words((setting.clause[0], quantity.start))):
        return None, "what a share earns or goes for"
    is_of_machine = quantity.per == "hour" and DATA_CENTRE.search(setting.body)
    in_list = setting.page.blocks[setting.sentence.block].kind == "item" and setting.headed("model")
    if in_list or is_of_machine or setting.near_ai or setting.names("model", "org", "chip", "device", "cluster"):
        return "price", f"money per {quantity.per}"
    if is_of_plan(quantity, setting) and (setting.follows_names or setting.headed("model", "org")):
        return "price", "a plan of the service that was named before"
    return None, "a price of something else"


_CONTRACT = re.compile(r"\b(?:acuerdos?|contratos?|compromisos?|deals?|contracts?|commitments?)\b", re.IGNORECASE)
_SHARES = re.compile(r"\b(?:acciones|t[íi]tulos|shares?|stock)\b[^.;]{0,40}$", re.IGNORECASE)


def _by_form(quantity: Quantity, setting: Setting) -> Decision:
    """What a sum is that no cue stands beside: by what follows it, or by the verb of who pays."""
    if quantity.value >= _SMALL and _VALUED_AFTER.match(setting.page.text, quantity.end):
        return "funding", "raised at the valuation that follows"
    if quantity.value >= _SMALL * 10 and _is_paid(quantity, setting):
        return "funding", "one pays another so much"
    if quantity.value >= _HUGE and setting.names("cluster") and _GROWS.search(setting.words(setting.clause)):
        return "funding", "what a data centre begins with, or grows to"
    if quantity.value >= _LARGE and _VENTURE_AFTER.match(setting.page.text, quantity.end):
        return "funding", "a sum before the venture it is for"
    if quantity.value >= _SMALL * 10 and (told := _of_lead(quantity, setting) or _of_fragment(quantity, setting)):
        return told
    return None, "money without a word for what"


_PRICES = re.compile(
    r"\b(?:precios?|tarifas?|cuestan?|costes?|costos?|prices?|priced|pricing|costs?|rates?|fees?)\b", re.IGNORECASE
)


def _of_lead(quantity: Quantity, setting: Setting) -> Decision | None:
    """What the words that announce a list say of a sum in it: "Rough budget:", "OpenAI's revenue so far:"."""
    lead = setting.lead if quantity.value >= _SMALL else ""
    return last_cue(lead, setting, "the words before the list") if lead else None


def _of_fragment(quantity: Quantity, setting: Setting) -> Decision | None:
    """What the sentence before says of a sum that is one of its own: "… cuánto invertir. 7 billones de dólares."."""
    if setting.sentence.end - setting.sentence.start - (quantity.end - quantity.start) > _FEW:
        return None
    begin = max(setting.page.blocks[setting.sentence.block].start, setting.sentence.start - 160)
    return last_cue(setting.words((begin, setting.sentence.start)), setting, "the sentence before")


_FEW = 16  # characters beside a sum that is a sentence of its own


def last_cue(words: str, setting: Setting, where: str) -> Decision | None:
    """The metric of the last word of money in a text, if it is one of companies, and the reason."""
    said = [c.value for _, _, c in money_cues(words, setting.sentence.language)]
    return (METRICS[said[-1]], f"by a word in {where}") if said and said[-1] in MONEY_OF_ORG else None


def _is_paid(quantity: Quantity, setting: Setting) -> bool:
    """OpenAI has received N from Microsoft; Google pays N to license …; Oracle will sell OpenAI N of power."""
    lead = setting.words((setting.clause[0], quantity.start))
    if _FOR_IT.match(setting.page.text, quantity.end) and _BID.search(lead[-60:]):
        return setting.names("org", "model")
    return setting.names("org") and bool(_PAID.search(lead[-90:]))


_GROWS = re.compile(
    rf"\b(?:start|begin|launch|kick|grow|reach|expand|scal|swell|empez|empiez|comenz|comienz|arranc|lleg|crec|alcanz|"
    rf"part|ampli)\w*(?:\soff)?\s(?:(?:with|to|at|con|a|de|hasta)\s)?{TO_NUMBER}\d",
    re.IGNORECASE,
)  # "Stargate will start with $100 billion and grow to $500 billion"
_BID = re.compile(r"\b(?:offer(?:s|ed)?|bid(?:s|ding)?|ofrec\w+|puj\w+)\s[^.;:]{0,40}$", re.IGNORECASE)
_FOR_IT = re.compile(r"\s(?:for|por)\s(?:the\s|la\s|el\s)?(?-i:[A-Z])", re.IGNORECASE)  # "offered N for Chrome"
_PAID = re.compile(
    r"\b(?:pay(?:s|ing)?|paid|receiv\w+|recib\w+|sells?|supply|provide|paga\w*|pagar\w*|pagó|gastad[oa]|gastó|"
    r"gastar\w*|vender[áa]n?|"
    r"suministrar[áa]n?|owes?|debe)\s[^.;:]{0,60}$",
    re.IGNORECASE,
)
_ON_STAFF = re.compile(
    r"\s(?:en|on|for|para|de)\s(?:personal|salarios|sueldos|nóminas?|staff|salaries|wages|payroll|talent)\b",
    re.IGNORECASE,
)


def _likely(metric: Metric | None, reason: str, quantity: Quantity, setting: Setting) -> Decision:
    """The metric that a word beside the sum says, unless the amount speaks against it."""
    if metric == "funding" and quantity.value < _HUGE and is_of_making(quantity, setting):
        return "training_cost", f"what was invested in making a model; {reason}"
    lead = setting.words((setting.sentence.start, quantity.start))
    is_training = TRAINING.search(setting.body) or TUNING.search(setting.body)
    if metric in {"training_cost", "funding"} and _ON_STAFF.match(setting.page.text, quantity.end):
        return None, "what is paid to people"
    is_contract = metric == "training_cost" and quantity.value >= _DEAREST and _CONTRACT.search(lead)
    if is_contract or (metric in {"training_cost", "valuation"} and cost_of_building(metric, quantity, setting)):
        return "funding", f"the cost of a contract, a cluster or a building; {reason}"
    if metric == "training_cost" and not is_training and not setting.names("model") and not costs_model_before(setting):
        return ("funding", reason) if quantity.value >= _HUGE else (None, "a cost of something else")
    if metric == "training_cost" and not is_training and quantity.value < _CHEAP:
        return "price", f"too little for a training; {reason}"
    if metric == "price" and quantity.value >= _CHEAP and setting.under_costs and not setting.names("chip", "device"):
        return "training_cost", f"in a section about the cost of training; {reason}"
    if metric == "price" and quantity.value >= _least_no_price(quantity, setting):
        return _large_price(quantity, setting, reason)
    if metric == "funding" and quantity.value < _SMALL and setting.names("chip", "device") and not setting.names("org"):
        return "price", f"what a machine is bought for; {reason}"
    against = against_sum(metric, quantity, setting)
    return (None, against) if against else (metric, reason)


def _least_no_price(quantity: Quantity, setting: Setting) -> float:
    """What is too much for a price: six digits of a model or a training; but racks are sold for more."""
    names = setting.page.between(setting.sentence.start, quantity.start)
    of_machine = any(e.kind in {"chip", "device", "cluster"} for e in names)
    if setting.of_training or (setting.names("model") and not of_machine):
        return 1e5
    return 1e7 if of_machine else 1e6


def _large_price(quantity: Quantity, setting: Setting, reason: str) -> Decision:
    if setting.of_training:
        return "training_cost", f"too much for a price, beside a word of training; {reason}"
    if setting.names("model") and quantity.value < _HUGE and _COMPUTE_BILL.search(setting.body):
        return "training_cost", f"what the compute of a model cost; {reason}"
    if setting.names("cluster") or DATA_CENTRE.search(setting.body):
        return "funding", f"too much for a price, beside a data centre; {reason}"
    if setting.names("model") and not _RUNNING.search(setting.body):
        return "training_cost", f"too much for a price; {reason}"
    return None, "money of something else"


_COMPUTE_BILL = re.compile(
    r"\b(?:compute|computing|cómputo|computación)(?! power| capacity| cluster)\s(?:bill|budget|cost|for|of|de|para)\b|"
    r"\b(?:coste|costo|factura|gasto) (?:de|en|del) (?:cómputo|computación)\b",
    re.IGNORECASE,
)
