"""What a quantity measures: its dimension, and where that leaves a choice, the words around it.

One small function a dimension; each gives back a metric with the reason, or None with the reason why it is no claim.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, get_args

from pipeline.extract.claims.cues import cue_set
from pipeline.lexicon import load_lexicon
from pipeline.records import Metric

if TYPE_CHECKING:
    from collections.abc import Callable

    from pipeline.extract.claims.cues import Cue
    from pipeline.extract.claims.page import Page, Sentence
    from pipeline.extract.quantities import Quantity

_METRICS: dict[str, Metric] = {metric: metric for metric in get_args(Metric)}
_AI = re.compile(
    r"\b(?:IA|AI|AGI|LLMs?|GPUs?|TPUs?|chips?|chatbots?|tokens?|modelos? (?:de lenguaje|fundacional|de IA)|"
    r"language models?|"
    r"foundation models?|inteligencia artificial|artificial intelligence|machine learning|aprendizaje automático|"
    r"deep learning|redes? neuronal(?:es)?|neural nets?(?:works?)?|aceleradores?|accelerators?|"
    r"transformers?|entrenamiento|inferencia|inference|training run|hyperscalers?|prompts?)\b"
)  # fmt: skip
_DATA_CENTRE = re.compile(
    r"\b(?:centros? de (?:datos|c[áa]lculo|procesamiento)|data ?cent(?:er|re)s?|datacenters?|cl[úu]ster(?:es)?|"
    r"clusters?|campus|"
    r"superordenador(?:es)?|supercomputers?|racks?|capacidad de cómputo|compute)\b",
    re.IGNORECASE,
)
_MIXTURE = re.compile(
    r"\b(?:MoE|modelos?|models?|mezcla|mixture|mixtura|par[áa]metros?|parameters?|rout\w+|activ\w+|token|enrutad\w+|"
    r"capas?|layers?)\b",
    re.IGNORECASE,
)
_TRAINING = re.compile(r"\b(?:pre-?|post-?)?(?:entren\w+|train\w*)", re.IGNORECASE)
_DURATION_BEFORE = re.compile(
    r"(?:\b(?:durante|en|de|tras|for|over|in|took|takes|taking|take|lasted|lasts|lasting|requir\w+|tard\w+|dur\w+|"
    r"llev\w+|needed|after|within|about|around|"
    r"nearly|roughly|almost|only|just|than|a|solo|sólo|apenas|unos?|unas|casi|aproximadamente|menos|más|alrededor|"
    r"hasta|least|spent|cost\w*)"
    r"[\s\u00a0]*(?:de\s|las\s|los\s)?|[~≈(,]\s?)$",
    re.IGNORECASE,
)
_NOT_DURATION_BEFORE = re.compile(
    r"\b(?:hace|hacía|últimos?|últimas?|próximos?|próximas?|dentro de|desde hace|cada|next|last|past|previous|every|"
    r"for the|of the|"
    r"primer\w*|otros?|edad|in the)\s*(?:unos\s|unas\s|más de\s|casi\s)?$",
    re.IGNORECASE,
)
_NOT_DURATION_AFTER = re.compile(
    r"\s*(?:después|antes|más tarde|atrás|later|ago|earlier|old|before|from now|apart|de (?:edad|antigüedad|retraso|"
    r"diferencia|vídeo|"
    r"video|audio|v[íi]deos?|experiencia|música|jugar|juego)|of (?:video|audio|footage|experience|music|speech|"
    r"gameplay|driving)|antes)\b",
    re.IGNORECASE,
)
_RATE_AFTER = re.compile(
    r"\s*(?:/|por|al|a la|per|an?|each|every|cada)\s*(?:seg\w*|s\b|min\w*|hora|día|mes|semana|año|sec\w*|hour|day|"
    r"week|month|year)",
    re.IGNORECASE,
)
_PER_BEFORE = re.compile(r"(?:\bpor|\bper|/|\bcada|\bevery|\beach)\s*(?:cada\s)?$", re.IGNORECASE)
_MARKET = re.compile(r"\b(?:al|el|del|un|the|a) (?:mercado|market)\b", re.IGNORECASE)
_BANDWIDTH_AFTER = re.compile(r"\s*(?:/\s?s\b|ps\b|por segundo|per second|/seg)")
_QUERY = re.compile(
    r"\b(?:consultas?|quer(?:y|ies)|prompts?|respuestas?|preguntas?|requests?|peticion(?:es)?)\b",
    re.IGNORECASE,
)
_STRONG = re.compile(
    r"\b(?:IA|AI|AGI|LLMs?|SLMs?|GPUs|TPUs|MoE|inteligencia artificial|artificial intelligence|modelos? de lenguaje|"
    r"language models?|"
    r"modelos? fundacional(?:es)?|foundation models?|mixture of experts|mixture-of-experts|mezcla de expertos|"
    r"deep learning|aprendizaje profundo|VRAM)\b"
)
_UNIT_SAID = re.compile(
    r"(?:1\s?M|un mill[oó]n|mill[óo]n|(?:one |a |1 )?million|/M|MTok)\s(?:de\s)?(?:input\s|output\s)?tokens",
    re.IGNORECASE,
)
_VENTURE_AFTER = re.compile(
    r"[\s-]+(?:(?:[\w-]+\s){0,2}(?:project|plan|venture|initiative|program|bet|push|buildout|campus|data center|"
    r"cluster|supercomputer)\b|(?:AI|Stargate)\s\w+)"
)
_OF_DATA = re.compile(
    r"\b(?:corpus|datasets?|datos|data|base de datos|database|texto|text|tráfico|traffic|fotos|photos|vídeos?|"
    r"videos?)\b",
    re.IGNORECASE,
)
_OF_FILE = re.compile(
    r"\b(?:ocupa\w*|pesa\w*|peso|tamaño|descarg\w+|fichero|archivo|weigh\w*|size|download\w*|file|takes up|"
    r"checkpoint)\b",
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
_HAS = re.compile(r"\b(?:tiene|tenía|has|had|usa|uses|con|with)\s$", re.IGNORECASE)
_OF_SIZE = re.compile(r"\s(?:de|of|with|con)\s\d")
_ARTICLE_ONE = re.compile(r"(?:un|una|uno|one|a|an)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Setting:
    """Where a quantity stands: all that the choice of its metric may look at."""

    page: Page
    sentence: Sentence
    clause: tuple[int, int]
    is_ai: bool  # whether the document is about AI

    def words(self, span: tuple[int, int]) -> str:
        """The text of a span."""
        return self.page.text[span[0] : span[1]]

    @property
    def body(self) -> str:
        """The sentence."""
        return self.words((self.sentence.start, self.sentence.end))

    def names(self, *kinds: str) -> bool:
        """Whether the sentence names something of one of the kinds."""
        return any(entity.kind in kinds for entity in self.page.between(self.sentence.start, self.sentence.end))

    @property
    def near_ai(self) -> bool:
        """Whether the sentence speaks of AI: by a model, a cluster, a chip, or a word of the field."""
        return self.names("model", "cluster", "chip") or bool(_AI.search(self.body))


Decision = tuple[Metric | None, str]


def choose(quantity: Quantity, setting: Setting) -> Decision:
    """The metric of a quantity where it stands, and the reason.  None: it is no claim."""
    rule = _RULES.get(quantity.dimension)
    if rule is None:
        return None, f"no metric is measured in {quantity.dimension}"
    return rule(quantity, setting)


def nearest_cue(quantity: Quantity, setting: Setting, dimension: str) -> tuple[Cue, str] | None:
    """The metric cue nearest to the quantity in its clause, else in its sentence; before counts nearer than after."""
    cues = cue_set("metrics", setting.sentence.language, dimension)
    begin, stop = setting.clause
    if setting.page.text[max(0, begin - 3) : begin].rstrip().endswith(":"):
        begin = setting.sentence.start
    for span in ((begin, stop), (setting.sentence.start, setting.sentence.end)):
        body = setting.words(span)
        best: tuple[float, Cue, str] | None = None
        for start, end, cue in cues.find(body):
            distance = _distance(setting.page.text, quantity, span[0] + start, span[0] + end)
            if best is None or distance < best[0]:
                best = distance, cue, body[start:end]
        if best is not None:
            return best[1], f"{best[2]!r} → {best[1].label}"
    return None


def _distance(text: str, quantity: Quantity, start: int, end: int) -> float:
    if end <= quantity.start:
        return quantity.start - end
    beyond = 40 if re.search(r"[,;(]", text[quantity.end : start]) else 0
    return max(start - quantity.end, 0) * 1.2 + beyond


def _accelerators(quantity: Quantity, setting: Setting) -> Decision:
    text = setting.page.text
    if quantity.value == 1 and _ARTICLE_ONE.match(text, quantity.start):
        return None, "an article, not a count"
    if quantity.value != int(quantity.value) or quantity.value < 1:
        return None, "not a count of devices"
    if not setting.is_ai and not setting.near_ai:
        return None, "the post is not about AI"
    return "hardware_quantity", "unit: accelerators"


def _parameters(quantity: Quantity, setting: Setting) -> Decision:
    if not setting.is_ai and not setting.near_ai and quantity.value < 1e7:
        return None, "the post is not about AI"
    if quantity.value < 1e4:
        return None, "too few for the parameters of an AI model"
    return "parameters", "unit: parameters"


def _experts(quantity: Quantity, setting: Setting) -> Decision:
    block = setting.page.blocks[setting.sentence.block]
    if not 2 <= quantity.value <= 4096 or quantity.value != int(quantity.value):
        return None, "not a count of a model's experts"
    around = setting.words((max(0, block.start - 200), min(len(setting.page.text), block.end + 200)))
    if _MIXTURE.search(around.replace(setting.words((quantity.start, quantity.end)), " ")):
        return "experts", "unit: experts, beside words of mixtures"
    text = setting.page.text
    has = _HAS.search(text[max(setting.sentence.start, quantity.start - 16) : quantity.start])
    if setting.names("model") and (has or _OF_SIZE.match(text, quantity.end)):
        return "experts", "unit: experts, that a model has"
    return None, "experts without a word of mixtures: people"


def _tokens(quantity: Quantity, setting: Setting) -> Decision:
    text = setting.page.text
    if _RATE_AFTER.match(text, quantity.end) or quantity.per:
        return None, "tokens used over a time"
    if _PER_BEFORE.search(text, setting.sentence.start, quantity.start):
        return None, "the unit of a price"
    if not setting.is_ai:
        return None, "the post is not about AI"
    found = nearest_cue(quantity, setting, "token")
    if found:
        metric = _METRICS.get(found[0].value)
        if metric == "training_dataset_size" and quantity.value < 1e8:
            return None, "too few tokens for a training set"
        if metric == "context_length" and quantity.value > 2e8:
            return "training_dataset_size", "too many tokens for a context window"
        if metric is None and quantity.value >= 1e11 and _TRAINING.search(setting.body):
            return "training_dataset_size", "so many tokens, beside a word of training"
        return metric, found[1]
    if quantity.value >= 1e11 and setting.names("model", "dataset"):
        return "training_dataset_size", "so many tokens beside a model"
    return None, "tokens without a word of context windows or training"


def _hours(quantity: Quantity, setting: Setting) -> Decision:
    text = setting.page.text
    if not setting.is_ai or not _TRAINING.search(setting.words(setting.clause)):
        return None, "a time, but not of a training"
    if _NOT_DURATION_BEFORE.search(text, setting.sentence.start, quantity.start) or _NOT_DURATION_AFTER.match(
        text, quantity.end
    ):
        return None, "a date or an age, not a duration"
    if not _DURATION_BEFORE.search(text, setting.sentence.start, quantity.start):
        return None, "a time that no word makes a duration"
    return "training_time", "a duration beside a word of training"


def _money(quantity: Quantity, setting: Setting) -> Decision:  # noqa: C901, PLR0911
    if not setting.is_ai:
        return None, "the post is not about AI"
    if _in_bracket(quantity, setting):
        return "price", "a small amount in the bracket behind a model's name"
    found = nearest_cue(quantity, setting, "money")
    if found and found[0].value == "none":
        return None, f"no claim: {found[1]}"
    metric = _METRICS.get(found[0].value) if found else None
    if quantity.per and quantity.per not in {"year", "total"}:
        if not setting.names("model", "org", "chip", "device", "cluster") and not setting.near_ai:
            return None, "a price of something else"
        return "price", f"money per {quantity.per}"
    if found is None and quantity.value >= 1e8 and _VENTURE_AFTER.match(setting.page.text, quantity.end):
        return "funding", "a sum before the venture it is for"
    if found is None:
        return None, "money without a word that says what for"
    if not (setting.near_ai or setting.names("org", "person", "device")) and not _block_is_ai(setting):
        return None, "money of something else"
    if metric == "training_cost" and not _TRAINING.search(setting.body) and not setting.names("model"):
        return ("funding", found[1]) if quantity.value >= 1e9 else (None, "a cost of something else")
    if metric == "price" and quantity.value >= (1e5 if _TRAINING.search(setting.body) else 1e7):
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


def price_unit(page: Page, start: int, since: int) -> str | None:
    """What the prices of a list are per, where the text before it says so: "el precio de 1M de tokens"."""
    if _UNIT_SAID.search(page.text, max(0, start - since), start):
        return "million_tokens"
    found = _UNIT_BEFORE.search(page.text, max(0, start - min(since, 60)), start)
    return _UNITS_BEFORE[found[1].lower()] if found else None


def _large_price(setting: Setting, reason: str) -> Decision:
    if _TRAINING.search(setting.body):
        return "training_cost", f"too much for a price, beside a word of training; {reason}"
    if setting.names("cluster") or _DATA_CENTRE.search(setting.body):
        return "funding", f"too much for a price, beside a data centre; {reason}"
    if setting.names("model"):
        return "training_cost", f"too much for a price; {reason}"
    return None, "money of something else"


def _block_is_ai(setting: Setting) -> bool:
    block = setting.page.blocks[setting.sentence.block]
    return bool(_AI.search(setting.page.text, block.start, block.end)) or any(
        entity.kind == "model" or entity.name in _labs() for entity in setting.page.between(block.start, block.end)
    )


def _power(quantity: Quantity, setting: Setting) -> Decision:
    return _electric(quantity, setting, "power")


def _energy(quantity: Quantity, setting: Setting) -> Decision:
    return _electric(quantity, setting, "energy")


def _electric(quantity: Quantity, setting: Setting, metric: Metric) -> Decision:
    if quantity.value <= 0 or not setting.is_ai:
        return None, "the post is not about AI"
    if setting.near_ai or _DATA_CENTRE.search(setting.body) or _QUERY.search(setting.body):
        return metric, f"unit: {quantity.unit}, in a sentence about AI or data centres"
    if setting.names("org") and _block_is_ai(setting):
        return metric, f"unit: {quantity.unit}, of an organization, in a paragraph about AI"
    return None, "electricity of something else"


def _bytes(quantity: Quantity, setting: Setting) -> Decision:
    text = setting.page.text
    if not setting.is_ai or quantity.value < 1e6 or _BANDWIDTH_AFTER.match(text, quantity.end):
        return None, "not the memory of a model or device"
    if quantity.hardware:
        return "memory", "memory of a chip"
    if _OF_DATA.search(setting.page.text[setting.clause[0] : quantity.start][-70:]):
        return None, "the bytes of data"
    if setting.names("model") and _OF_FILE.search(setting.page.text[setting.clause[0] : quantity.start][-40:]):
        return "memory", "the size of a model's file"
    found = nearest_cue(quantity, setting, "byte")
    if found is None:
        if setting.names("model", "chip", "device"):
            return "memory", "bytes beside a model or device"
        return None, "bytes without a word of memory"
    return _METRICS.get(found[0].value), found[1]


def _persons(quantity: Quantity, setting: Setting) -> Decision:
    if not setting.is_ai or not (setting.names("model", "org") or setting.near_ai or _block_is_ai(setting)):
        return None, "people of something else"
    found = nearest_cue(quantity, setting, "person")
    body = setting.words((quantity.start, quantity.end + 24))
    if (
        found is None
        or found[0].value != "users"
        or not re.search(r"us[ue]r?|suscri|subscri|custom|client|active|activ", body, re.IGNORECASE)
    ):
        return None, "people, but no users"
    return "users", found[1]


def _fixed(metric: Metric) -> Callable[[Quantity, Setting], Decision]:
    def rule(quantity: Quantity, setting: Setting) -> Decision:
        if not setting.is_ai:
            return None, "the post is not about AI"
        return metric, f"unit: {quantity.unit or quantity.dimension}"

    return rule


def _compute(quantity: Quantity, setting: Setting) -> Decision:
    if not setting.is_ai:
        return None, "the post is not about AI"
    if quantity.value < 1e15:
        return None, "too few operations for a training"
    return "training_compute", "unit: FLOP"


_RULES: dict[str, Callable[[Quantity, Setting], Decision]] = {
    "accelerator": _accelerators,
    "parameter": _parameters,
    "expert": _experts,
    "token": _tokens,
    "hour": _hours,
    "money": _money,
    "watt": _power,
    "watt_hour": _energy,
    "byte": _bytes,
    "person": _persons,
    "flop": _compute,
    "accelerator_hour": _fixed("hardware_hours"),
    "token_per_second": _fixed("throughput"),
}


@cache
def _labs() -> frozenset[str]:
    """Organizations that are about AI by themselves: labs, and young companies that make models."""
    lexicon = load_lexicon()
    makers = {family.maker for family in lexicon.families}
    return frozenset(
        o.name for o in lexicon.organizations if o.kind == "lab" or (o.kind == "startup" and o.name in makers)
    )


def is_about_ai(page: Page) -> bool:
    """Whether a document is about AI at all: it names models or makers of models, or speaks of the field.

    Posts about prices and electricity name companies too; those alone do not make them about AI.
    """
    if any(entity.kind == "model" or entity.name in _labs() for entity in page.entities):
        return True
    return bool(_STRONG.search(page.text, 0, 200_000)) or any(
        e.kind in {"chip", "cluster", "dataset"} for e in page.entities
    )
