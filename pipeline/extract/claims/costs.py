"""What a sum is that a model is said to have cost, by where it stands: "Llama 3 cost Meta $30M", "$100M on GPT-4"."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pipeline.extract.claims.roles import NAME
from pipeline.extract.claims.setting import SITE, SITES, TRAINING
from pipeline.extract.fillers import TO_NUMBER

if TYPE_CHECKING:
    from pipeline.extract.claims.setting import Setting
    from pipeline.extract.quantity import Quantity
    from pipeline.records import Metric

_LEAST, _LEAST_TOTAL, _MOST = 1e5, 1e6, 1e10
_SPENT = re.compile(r"\b(?:spen[dt]\w*|gast\w+|invirti\w+|invest\w+|cost\w*|burn\w*)\b", re.IGNORECASE)
_SPENT_ON = re.compile(
    r"\s(?:on|en|para|to)\s(?:(?:training|train|building|entrenar|hacer|construir|the|el)\s)*", re.IGNORECASE
)
_COST = re.compile(
    r"\b(?:cost(?:s|ing)?|costó|costaron|ha costado|había costado|costar[áí]a?)\s(?:a\s)?(?:la\s)?$", re.IGNORECASE
)
_SOME = re.compile(rf"\s?(?:(?:between|entre|estimated)\s)*{TO_NUMBER}", re.IGNORECASE)
_CAME_TO = re.compile(
    r"['’*_»”]*(?:\s?(?:median|estimate|total)?[:,—–-](?:\s(?:con|with))?|\s(?:reached|required|requires|needed|took|"
    r"came (?:in )?(?:at|"
    r"to|around)|comes in (?:at|around)|ran to|is estimated at|was estimated at|near|at|"
    r"alcanzó|requirió|necesitó|se fue a|llegó a|salió por|supuso|rondó|ronda|subió a|se estima en|exigió))?\s"
    rf"(?:{TO_NUMBER}\S{{1,9}}\s(?:(?:million|millones)\s)?(?:y|and)\s)?{TO_NUMBER}",
    re.IGNORECASE,
)
_COSTS = re.compile(
    r"\b(?:train(?:ing)?[- ]costs?|costs?\b[^.;]{0,30}\btrain\w*|compute (?:costs?|bills?)|costes? de entrenamiento|"
    r"cost(?:es?|ó|aron|os)\b"
    r"[^.;]{0,40}\bentren\w+|entrenar\b[^.;]{0,40}\bcost\w+|train\w*\b[^.;]{0,50}\bcosts?|[$€]\S+ (?:\w+ )?in compute|"
    r"of compute|en cómputo|FLOPs?|GPU[- ]hours|[HA]\d00[- ]hours|horas[- ](?:de )?GPU)\b",
    re.IGNORECASE,
)
_EARNS = re.compile(r"\b(?:revenue|ingres\w+|earn\w*|factur\w+|sales|ventas|raised|valu\w+|valor\w*)\b", re.IGNORECASE)


def is_of_model(quantity: Quantity, setting: Setting) -> bool:
    """Whether a sum is what a model cost, whatever the words beside it."""
    if not quantity.per and _is_cost_of_making(quantity, setting):
        return True
    if quantity.value < _LEAST:
        return False
    if _cost_maker(quantity, setting) or _spent_on_model(quantity, setting):
        return True
    return _LEAST_TOTAL <= quantity.value < _MOST and (_came_to(quantity, setting) or _made_for(quantity, setting))


def _is_cost_of_making(quantity: Quantity, setting: Setting) -> bool:
    """Whether any sum, even $30, is what training or reproducing a model took."""
    lead = setting.words((setting.clause[0], quantity.start))
    return bool(_MAKING_COST.search(lead)) and (setting.names("model") or bool(_MODEL.search(lead)))


_MAKING = (
    r"(?:(?:pre-?|re-?)?(?:entren\w+|train(?:ed|ing)?)|fine(?:ly)?[- ]?tun\w+|afin[aóo]\w*|"
    r"reprodu[cj]\w+|replic\w+|recre[aóo]\w*)"
)
_MAKING_COST = re.compile(  # "trained a 70B model for $47,200", "the cost of reproducing GPT-2 is about $20"
    rf"\b{_MAKING}\b[^.;:,$€]{{0,60}}?(?<!\bsell)(?<!\bsells)(?<!\bsold)(?<!\bgoes)(?<!\bvende)(?<!\bvenden)\s(?:por|"
    rf"for)\s{TO_NUMBER}$|"
    rf"\b(?:costs?|costes?|costos?)\s(?:of|de|to|for)\s{_MAKING}\s[^.;:,$€]{{0,60}}$|"
    rf"\b{_MAKING}\s[^.;:,$€]{{2,40}}?\s(?:costs?|costó|cuesta|costaba)\s(?:(?:a|you|me|us|them|hoy|ahora|now|"
    rf"today)\s)?{TO_NUMBER}$",
    re.IGNORECASE,
)


def _cost_maker(quantity: Quantity, setting: Setting) -> bool:
    """Llama 3 cost Meta $30M; entrenar Gemini le costó a Google 191 millones."""
    page, begin = setting.page, setting.sentence.start
    for entity in page.between(begin, quantity.start):
        if entity.kind == "org" and _COST.search(page.text, begin, entity.start):
            bare = _SOME.fullmatch(page.text, entity.end, quantity.start)
            return bare is not None and any(e.kind == "model" for e in page.between(begin, entity.start))
    return False


def _spent_on_model(quantity: Quantity, setting: Setting) -> bool:
    """$100M on GPT-4; los 100 millones que gastó OpenAI en GPT-4."""
    on = _SPENT_ON.match(setting.page.text, quantity.end)
    if on and not _SPENT.search(setting.words((setting.clause[0], quantity.start))):
        return False
    on = on or _THAT_SPENT.match(setting.page.text, quantity.end)
    if on is None:
        return False
    return any(e.kind == "model" and e.start == on.end() for e in setting.page.between(on.end(), on.end() + 1))


_THAT_SPENT = re.compile(
    rf"\s(?:que|that)\s(?:(?:se|ha|han|había)\s)*(?:{NAME}\s)?(?:gast|invirti|invert|desembols|dedic|spen[dt]|invest|"
    rf"paid)\w*\s"
    rf"(?:{NAME}\s)?(?:en|para|por|on|to|for)\s(?:(?:entrenar|desarrollar|crear|training|train|develop|build)\s)?"
)


def _came_to(quantity: Quantity, setting: Setting) -> bool:
    """GPT-4 came in at $78 million; Gemini Ultra, unos 190 millones de dólares: where costs are spoken of."""
    page = setting.page
    models = [e for e in page.between(setting.sentence.start, quantity.start) if e.kind == "model"]
    if not models or not _CAME_TO.fullmatch(page.text, models[-1].end, quantity.start):
        return False
    block = page.blocks[setting.sentence.block]
    begin = max(0, block.start - 300)
    return bool(_COSTS.search(page.text, begin, block.end)) and not _EARNS.search(setting.body)


def costs_model_before(setting: Setting) -> bool:
    """Whether a cost, of nothing named, is that of the model that the paragraph has been about: "había costado N"."""
    page = setting.page
    before = page.between(page.blocks[setting.sentence.block].start, setting.sentence.start)
    return any(e.kind == "model" for e in before) and bool(_HAS_COST.search(setting.words(setting.clause)))


_HAS_COST = re.compile(
    r"\b(?:(?:había|ha|habría) costado|costó|su coste|el coste|un coste|(?:had|has|have) cost|(?:its|the|it) cost)\b",
    re.IGNORECASE,
)


def models_cost(quantity: Quantity, setting: Setting) -> bool:
    """Whether the sum is what models cost, though none is named: "los modelos de frontera pueden costar N"."""
    lead = setting.words((setting.clause[0], quantity.start))
    return _MODELS_COST.search(lead) is not None and not setting.names("cluster", "chip", "device")


_MODELS_COST = re.compile(
    r"\b(?:modelos?|models?|LLMs?)\b[^.;:,$€]{0,60}?\b(?:cost(?!s? (?:of|per))\w*|cuest\w+|cuesta)\s"
    rf"(?:(?:between|entre|an estimated)\s)?{TO_NUMBER}$",
    re.IGNORECASE,
)


def _made_for(quantity: Quantity, setting: Setting) -> bool:
    """El chatbot, desarrollado con apenas 6 millones; X, built with an investment of $6 million."""
    text, begin = setting.page.text, setting.sentence.start
    made = _MADE_FOR.search(text, max(begin, quantity.start - 110), quantity.start)
    if made is None or _RAISED_AFTER.match(text, quantity.end):
        return False
    named = setting.page.between(max(begin, made.start() - 70), quantity.start)
    if any(e.kind == "model" for e in named):
        return True
    return bool(_MODEL.search(text, max(begin, made.start() - 40), quantity.start))


_MODEL = re.compile(r"\b(?:modelos?|chatbots?|asistentes?|LLMs?|IA|models?|assistants?)\b", re.IGNORECASE)
_RAISED_AFTER = re.compile(r"\s(?:de|en|in|of)\s(?:financiación|inversión|capital|funding|investment)\b", re.IGNORECASE)
_MADE_FOR = re.compile(
    r"\b(?:desarroll|entren|cre(?:ad|ó|aron)|constru[iy]|develop|train|built)\w*\s(?:(?:su|el|un|its|the|"
    r"an?)\s[^.;:,\d]{2,30}\s)?"
    r"(?:con|por|with|for)\s(?:(?:una?|an?)\s(?:\w+\s)?(?:inversión|presupuesto|gasto|coste|costo|investment|budget|"
    rf"cost)\s(?:\w+\s)?(?:de|of)\s)?{TO_NUMBER}$",
    re.IGNORECASE,
)


def is_of_making(quantity: Quantity, setting: Setting) -> bool:
    """Whether a model took an investment of so much: "El desarrollo de X ha supuesto un desembolso de N"."""
    return setting.names("model") and bool(_MAKING_TOOK.match(setting.words((setting.clause[0], quantity.start))))


_MAKING_TOOK = re.compile(
    r"\W*(?:el\s)?(?:desarrollo|entrenamiento|desarrollar|entrenar|(?:the\s)?(?:development|"
    r"training)\sof)\s[^.;:]{1,80}?"
    r"(?:supuest|supus|suponer|requ[ie]r|exig|absorb|necesit|required|took|demanded)\w*\s[^.;:\d]{0,40}$",
    re.IGNORECASE,
)


def is_of_machine(setting: Setting) -> bool:
    """Whether a sentence speaks of running a model, or buying what it runs on: "25.000 dólares para ejecutar X"."""
    return setting.names("model", "chip", "device") and bool(_TO_RUN.search(setting.body))


_TO_RUN = re.compile(
    r"\b(?:ejecutar(?:l[oa])?|correr(?:l[oa])?|alojar(?:l[oa])?|montar(?:se|te)?|comprar|en local|en casa|localmente|"
    r"to (?:run|host|self-host|buy)|run locally|at home|running|self-hosting)\b",
    re.IGNORECASE,
)


def cost_of_building(metric: Metric | None, quantity: Quantity, setting: Setting) -> bool:
    """Whether what costs or is worth so much is a cluster or its building: "uno de sus clústeres costó N", "un campus
    valorado en N"; building one is funding.
    """
    page, begin = setting.page, setting.sentence.start
    if metric == "valuation":
        return bool(_SITE_WORTH.search(page.text, max(setting.clause[0], quantity.start - 90), quantity.start))
    last = max((m.end() for m in SITE.finditer(page.text, begin, quantity.start)), default=None)
    if last is None or TRAINING.search(page.text, last, quantity.start):
        return False
    return not any(e.kind == "model" for e in page.between(last, quantity.start))


_SITE_WORTH = re.compile(
    rf"\b(?:{SITES}|instalaci(?:ón|ones)|plantas?|complejos?|fábricas?|(?:mega|macro)?proyectos?|infraestructuras?|"
    r"gigafactor[ií]as?|facilit(?:y|ies)|plants?|projects?|site|complex)\s(?:[^.;:,\d]{0,48}\s)?"
    rf"(?:valorad|valuad|tasad|valued|worth)(?:[oa]s?)?\s(?:(?:en|at)\s)?(?:US\$|USD\s)?{TO_NUMBER}$|"
    r"\b(?:GPUs?|TPUs?|chips?|servidores|tarjetas|servers|cards)\b[^.;:\d]{0,24}\s(?:valoradas?|valorados?|"
    r"valued|worth)"
    rf"\s(?:(?:en|at)\s)?{TO_NUMBER}$",
    re.IGNORECASE,
)
