"""What a sum of money is: a price, a cost of training, money raised, earned, or what a company is worth."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pipeline.extract.claims.setting import DATA_CENTRE, METRICS, TRAINING, TUNING, nearest_cue

if TYPE_CHECKING:
    from pipeline.extract.claims.page import Page
    from pipeline.extract.claims.setting import Decision, Setting
    from pipeline.extract.quantity import Quantity
    from pipeline.records import Metric


_SMALL, _LARGE, _HUGE = 1e5, 1e8, 1e9
_UNIT_SAID = re.compile(
    r"(?:1\s?M|un mill[oó]n|mill[óo]n|(?:one |a |1 )?million|/M|MTok)\s(?:de\s)?(?:input\s|output\s)?tokens",
    re.IGNORECASE,
)
_VENTURE_AFTER = re.compile(
    r"[\s-]+(?:(?:[\w-]+\s){0,2}(?:project|plan|venture|initiative|program|bet|push|buildout|campus|data center|"
    r"cluster|supercomputer)\b|(?:AI|Stargate)\s\w+)"
)
_PLAN_AFTER = re.compile(
    r"[\s-](?:(?:investment|spending|infrastructure|AI)\s)?(?:plan|programme|program|package|fund|"
    r"initiative)\b",
    re.IGNORECASE,
)
_COMPANY_AFTER = re.compile(
    r"[\s-](?:dollar\s)?(?:AI\s)?(?:company|startup|firm|unicorn|(?:market )?valuation)\b", re.IGNORECASE
)
_COMPANY_BEFORE = re.compile(r"\b(?:empresa|compañía|startup|unicornio) de (?:más de |casi |unos )?$", re.IGNORECASE)
_RAISED_AT = re.compile(
    r"(?:[$€£]\d[\d.,]*\s?(?:[MBK]n?|million|billion)\s|\b(?:rais\w+|round|funding|sells?|sold|selling|stock|shares|"
    r"tender|got|took|secur\w+|clos\w+)\b[^.;]{0,60})\bat\s"
    r"(?:an?\s)?(?:(?:about|around|roughly|nearly|some|over|more than)\s)?$",
    re.IGNORECASE,
)
_AT_SUM = re.compile(r"\s(?:round\s)?at\s(?:an?\s)?[$€£]\d[\d.,]*\s?(?:[MBK]n?\b|million|billion)")
_VALUED_AFTER = re.compile(
    r"[^.;\d$€£]{0,80}?\b(?:valuations?|valued|valuing|values|valorad\w+|valoraci[óo]n|valuaci[óo]n|valora\w*|"
    r"valor)\b[^.;\d]{0,40}\d",
    re.IGNORECASE,
)
_RUNNING = re.compile(
    r"\b(?:to run|running|operat\w+|serv(?:e|ing)|inferenc\w+|a day|per day|al día|mantener\w*|operar\w*|"
    r"ejecutar\w*)\b",
    re.IGNORECASE,
)
_SPENT = re.compile(r"\b(?:spen[dt]\w*|gast\w+|invirti\w+|invest\w+|cost\w*|burn\w*)\b", re.IGNORECASE)
_SPENT_ON = re.compile(
    r"\s(?:on|en|para|to)\s(?:(?:training|train|building|entrenar|hacer|construir|the|el)\s)*", re.IGNORECASE
)
_MARKET_SIZE = re.compile(
    r"(?<!\bstock )(?<!\bto )(?<!\bal )\b(?:markets?|mercados?|industry|industria|sector|economy|economía)\b",
    re.IGNORECASE,
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


def metric_of_money(quantity: Quantity, setting: Setting) -> Decision:
    """The metric of a sum where it stands, and the reason; None: it is no claim."""
    if not setting.is_ai:
        return None, "the post is not about AI"
    return _outright(quantity, setting) or _by_words(quantity, setting)


def _outright(quantity: Quantity, setting: Setting) -> Decision | None:
    """What stands right at the sum says what it is."""
    if _in_bracket(quantity, setting):
        return "price", "a small amount in the bracket behind a model's name"
    if quantity.per and quantity.per.endswith(("token", "tokens")):
        return "price", f"money per {quantity.per}"
    if quantity.value >= _LARGE and _stands_for_company(quantity, setting):
        return "valuation", "a company of so much money"
    if quantity.value >= _LARGE and _PLAN_AFTER.match(setting.page.text, quantity.end):
        return "funding", "a plan of so much money"
    if quantity.value >= _LARGE / 100 and _AT_SUM.match(setting.page.text, quantity.end):
        return "funding", "raised at what follows"
    if _is_raised_at(quantity, setting):
        return "valuation", "raised at so much"
    if _price_of_chip(quantity, setting):
        return "price", "what a chip goes for"
    if quantity.value >= _SMALL and (_cost_maker(quantity, setting) or _spent_on_model(quantity, setting)):
        return "training_cost", "so much was spent on a model"
    return None


def _by_words(quantity: Quantity, setting: Setting) -> Decision:
    found = nearest_cue(quantity, setting, "money")
    if found and found[0].value == "none":
        return None, f"no claim: {found[1]}"
    if quantity.per and quantity.per not in {"year", "total"}:
        if not setting.names("model", "org", "chip", "device", "cluster") and not setting.near_ai:
            return None, "a price of something else"
        return "price", f"money per {quantity.per}"
    if found is None and quantity.value >= _SMALL and _VALUED_AFTER.match(setting.page.text, quantity.end):
        return "funding", "raised at the valuation that follows"
    if found is None:
        venture = quantity.value >= _LARGE and _VENTURE_AFTER.match(setting.page.text, quantity.end)
        return ("funding", "a sum before the venture it is for") if venture else (None, "money without a word for what")
    clause = setting.words(setting.clause)
    of_training = found[0].value == "training_cost" and (TRAINING.search(clause) or TUNING.search(clause))
    named = setting.near_ai or setting.names("org", "person", "device") or setting.block_is_ai
    if not (of_training or named or setting.headed("model", "org")):
        return None, "money of something else"
    return _likely(METRICS.get(found[0].value), found[1], quantity, setting)


_LOST = re.compile(
    r"\b(?:eras|wip|shed|shav|los[et]|losing|knock|destroy|evapor|borr|perd|pierd|esfum|destru|rest|add|gain|sum|"
    r"gan)\w*"
    r"(?:\s(?:off|out|away|su|sus|de|un|una|unos|unas|casi|más|another|otros|about|around|approximately|"
    r"aproximadamente|nearly|over|"
    r"more|than|some|roughly|as|much|up|to|it|of))*\s[~≈]?$",
    re.IGNORECASE,
)


def _cost_of_model(setting: Setting) -> bool:
    """Whether a cost, of nothing named, is that of the model that the paragraph has been about: "había costado N"."""
    page = setting.page
    before = page.between(page.blocks[setting.sentence.block].start, setting.sentence.start)
    return any(e.kind == "model" for e in before) and bool(_HAS_COST.search(setting.words(setting.clause)))


_HAS_COST = re.compile(
    r"\b(?:(?:había|ha|habría) costado|costó|su coste|el coste|un coste|(?:had|has|have) cost|(?:its|the|it) cost)\b",
    re.IGNORECASE,
)


def _likely(metric: Metric | None, reason: str, quantity: Quantity, setting: Setting) -> Decision:
    """The metric that a word beside the sum says, unless the amount speaks against it."""
    is_training = TRAINING.search(setting.body) or TUNING.search(setting.body)
    if metric == "training_cost" and not is_training and not setting.names("model") and not _cost_of_model(setting):
        return ("funding", reason) if quantity.value >= _HUGE else (None, "a cost of something else")
    if metric == "price" and quantity.value >= (1e5 if _is_no_price(setting) else 1e7):
        return _large_price(setting, reason)
    if metric == "valuation" and quantity.value < _SMALL:
        return None, "too little for a company"
    if metric == "valuation" and _LOST.search(setting.words((setting.clause[0], quantity.start))[-48:]):
        return None, "worth that is lost or won, not that of a company"
    if metric == "valuation" and _is_of_market(quantity, setting):
        return None, "the size of a market"
    if (metric == "funding" and quantity.value < 1e4) or (metric == "revenue" and quantity.value < _SMALL):
        return None, "too little for an investment, or what a company earns"
    return metric, reason


def _is_no_price(setting: Setting) -> bool:
    """Whether a sum of six digits is too much for a price: of a model, of a training; but racks are sold for more."""
    return setting.of_training or (setting.names("model") and not setting.names("chip", "device", "cluster"))


def _stands_for_company(quantity: Quantity, setting: Setting) -> bool:
    text = setting.page.text
    before = _COMPANY_BEFORE.search(text, max(setting.sentence.start, quantity.start - 40), quantity.start)
    return bool(before or _COMPANY_AFTER.match(text, quantity.end))


def _is_raised_at(quantity: Quantity, setting: Setting) -> bool:
    """Raised $2B at $12B: the second is what the company is worth."""
    return quantity.value >= _LARGE / 10 and bool(
        _RAISED_AT.search(setting.page.text, setting.sentence.start, quantity.start)
    )


def _spent_on_model(quantity: Quantity, setting: Setting) -> bool:
    """$100M on GPT-4."""
    on = _SPENT_ON.match(setting.page.text, quantity.end)
    if on is None or not _SPENT.search(setting.words((setting.clause[0], quantity.start))):
        return False
    return any(e.kind == "model" and e.start == on.end() for e in setting.page.between(on.end(), on.end() + 1))


def _price_of_chip(quantity: Quantity, setting: Setting) -> bool:
    """La H100 ronda los 30.000 dólares; an H100 goes for $30,000."""
    page = setting.page
    chips = [e for e in page.between(setting.clause[0], quantity.start) if e.kind == "chip"]
    if not chips or quantity.value >= _LARGE / 100:
        return False
    return bool(_GOES_FOR.fullmatch(page.text, chips[-1].end, quantity.start))


_GOES_FOR = re.compile(
    r"\s(?:(?:de|by|from)\s[A-Z]\w+\s)?(?:ya\s|se\s|now\s|currently\s)?(?:gir\w+|ronda\w*|sal[eí]\w*|anda\w*|vend\w+|"
    r"pag\w+|cotiza\w*|goes|go|"
    r"went|sells?|sold|runs?|retails?)\s(?:(?:for|at|por|en|entre|torno|alrededor|a|los|las|unos|de|between|around|"
    r"about|over|more|than|"
    r"más|up|to|cerca|casi)\s)*[~≈]?"
)


def _cost_maker(quantity: Quantity, setting: Setting) -> bool:
    """Llama 3 cost Meta $30M; entrenar Gemini le costó a Google 191 millones."""
    page, begin = setting.page, setting.sentence.start
    for entity in page.between(begin, quantity.start):
        if entity.kind == "org" and _COST.search(page.text, begin, entity.start):
            bare = _SOME.fullmatch(page.text, entity.end, quantity.start)
            return bare is not None and any(e.kind == "model" for e in page.between(begin, entity.start))
    return False


_COST = re.compile(
    r"\b(?:cost(?:s|ing)?|costó|costaron|ha costado|había costado|costar[áí]a?)\s(?:a\s)?(?:la\s)?$", re.IGNORECASE
)
_SOME = re.compile(
    r"\s?(?:(?:unos|casi|más|menos|de|hasta|cerca|about|around|roughly|over|more|less|than|nearly|some|up|to|between|"
    r"entre|an|"
    r"estimated|only|just|solo)\s)*[~≈]?",
    re.IGNORECASE,
)


def _is_of_market(quantity: Quantity, setting: Setting) -> bool:
    """The AI market will be worth …: no company is named before."""
    lead = setting.clause[0], quantity.start
    named = any(e.kind in {"org", "model"} for e in setting.page.between(*lead))
    return not named and bool(_MARKET_SIZE.search(setting.words(lead)))


def _in_bracket(quantity: Quantity, setting: Setting) -> bool:
    """GPT-4o ($15.00): what stands in brackets behind a model is its price."""
    text, begin = setting.page.text, setting.sentence.start
    opening = re.search(r"\s*[*_]{0,2}\([~≈\s]*$", text[max(begin, quantity.start - 6) : quantity.start])
    if not opening or quantity.value >= 1e4 or not re.match(r"[^()]{0,25}\)", text[quantity.end : quantity.end + 30]):
        return False
    at = max(begin, quantity.start - 6) + opening.start()
    return any(e.kind == "model" and e.end >= at for e in setting.page.between(max(begin, at - 60), at))


def _large_price(setting: Setting, reason: str) -> Decision:
    if setting.of_training:
        return "training_cost", f"too much for a price, beside a word of training; {reason}"
    if setting.names("cluster") or DATA_CENTRE.search(setting.body):
        return "funding", f"too much for a price, beside a data centre; {reason}"
    if setting.names("model") and not _RUNNING.search(setting.body):
        return "training_cost", f"too much for a price; {reason}"
    return None, "money of something else"


def price_unit(page: Page, start: int, since: int) -> str | None:
    """What the prices of a list are per, where the text before it says so: "el precio de 1M de tokens"."""
    if _UNIT_SAID.search(page.text, max(0, start - since), start):
        return "million_tokens"
    found = _UNIT_BEFORE.search(page.text, max(0, start - min(since, 60)), start)
    return _UNITS_BEFORE[found[1].lower()] if found else None
