"""Numbers behind a label, as in the list of a model's properties: "Params: 2.8B", "Coste: 300.000 $"."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pipeline.extract.claims.cues import cue_set
from pipeline.extract.claims.leads import is_question
from pipeline.extract.claims.patterns import MONEY_OF_ORG
from pipeline.extract.claims.setting import METRICS
from pipeline.extract.claims.windows import WINDOW
from pipeline.extract.fillers import TO_NUMBER

if TYPE_CHECKING:
    from pipeline.extract.claims.setting import Decision, Setting
    from pipeline.extract.quantity import Quantity
    from pipeline.records import Metric

_MARKS = " \t\n\u00a0*_~≈"  # what may stand between a label's colon and its number
_LABEL = re.compile(rf"(?P<label>[^\W\d][^:.;,\d]{{1,40}}):[{_MARKS}]*$")
_DASHED = re.compile(rf"\W*(?P<label>[^\W\d][^:.;,\d]{{1,40}}?)(?:\s[—–-]|\s?[=→])[{_MARKS}]*")  # at a block's head
_TO_NUMBER = re.compile(rf"(?<=[\s:]){TO_NUMBER}$", re.IGNORECASE)
_DASHES = frozenset("—–-=→")
_LONGEST = 60  # characters of a label and what stands behind it
_TRAINING = re.compile(r"\b(?:training|entrenamiento)\b", re.IGNORECASE)
_DEAR = 1e4  # money; no token or month costs so much
_LEAST: dict[Metric, float] = {
    "parameters": 1e6, "training_dataset_size": 1e8, "context_length": 256, "users": 1e4, "valuation": 1e8,
    "revenue": 1e6, "funding": 1e6,
}  # fmt: skip
_DIMENSIONS: dict[Metric, str] = {
    "training_time": "hour",
    "training_cost": "money",
    "price": "money",
    "funding": "money",
    "valuation": "money",
    "revenue": "money",
    "memory": "byte",
    "throughput": "token_per_second",
    "users": "person",
    "power": "watt",
    "energy": "watt_hour",
}
_OF_COMPANIES: frozenset[Metric] = MONEY_OF_ORG | {"users"}
_OF_SITES: frozenset[Metric] = frozenset({"hardware_quantity", "power"})


def metric_of_label(quantity: Quantity, setting: Setting) -> Decision:
    """The metric that the label right before a number names, and the reason."""
    label = _label(quantity, setting) if setting.is_ai else None
    if label is None:
        return _of_question(quantity, setting) if setting.is_ai else (None, "no label")
    cue = min(cue_set("columns", "*").find(label), key=lambda item: item[2].row, default=None)
    metric = METRICS.get(cue[2].value) if cue else None
    if quantity.dimension == "hour":
        metric = "training_time" if _TRAINING.search(label) else None
    if metric == "price" and quantity.value >= _DEAR and not quantity.per:
        metric = "training_cost" if _is_about(setting, ("model",)) else "funding"
    if metric is None or not _fits(quantity, metric, label):
        return None, "no label"
    kinds = ("model", "org", "cluster") if metric in _OF_COMPANIES | _OF_SITES else ("model",)
    if metric != "training_time" and not _is_about(setting, kinds):
        return None, "a label of nothing known"
    return metric, f"labelled {label!r}"


def _of_question(quantity: Quantity, setting: Setting) -> Decision:
    """What the question asks for that a number answers: "How much does X cost?", and below "$3 a million"."""
    page, at = setting.page, setting.sentence.block
    above = page.blocks[at - 1] if at else None
    if above is None or not is_question(page, at - 1) or quantity.start - page.blocks[at].start > _ANSWER:
        return None, "no label"
    question = page.text[above.start : above.end]
    if not any(e.kind in {"model", "org"} for e in page.between(above.start, above.end)):
        return None, "no label"
    bare = quantity.dimension in {"bare", "none"}
    metric: Metric | None = None
    if quantity.currency:
        cues = {cue.value for _, _, cue in cue_set("metrics", setting.sentence.language, "money").find(question)}
        metric = "training_cost" if _TRAINED.search(question) else "price" if "price" in cues else None
    elif (bare or quantity.dimension == "token") and WINDOW.search(question):
        metric = "context_length" if _LEAST["context_length"] <= quantity.value <= _LONGEST_WINDOW else None
    elif bare and quantity.value >= _LEAST["parameters"] and _PARAMETERS.search(question):
        metric = "parameters"
    return metric, f"asked for by {question!r}"


_LONGEST_WINDOW = 2e8  # tokens
_ANSWER = 120  # characters from the head of an answer
_TRAINED = re.compile(r"\b(?:train\w*|entren\w+|develop\w*|desarroll\w+)\b", re.IGNORECASE)
_PARAMETERS = re.compile(r"\b(?:par[áa]metros|parameters|how (?:big|large)|tamaño)\b", re.IGNORECASE)


def _label(quantity: Quantity, setting: Setting) -> str | None:
    """The words before a colon that a number follows; before a dash, where the block begins with them."""
    start = setting.page.blocks[setting.sentence.block].start
    begin = max(start, quantity.start - _LONGEST)
    lead = setting.page.text[begin : quantity.start]
    if ":" not in lead and (begin > start or _DASHES.isdisjoint(lead)):
        return None
    lead = _TO_NUMBER.sub("", lead)
    sign = lead.rstrip(_MARKS)[-1:]
    if sign == ":":
        found = _LABEL.search(lead)
    else:
        found = _DASHED.fullmatch(lead) if begin == start and sign in _DASHES else None
    return found["label"] if found else None


def _is_about(setting: Setting, kinds: tuple[str, ...]) -> bool:
    """Whether the sentence, its paragraph so far, the heading or the title names one of the kinds."""
    page, begin = setting.page, setting.page.blocks[setting.sentence.block].start
    if setting.headed(*kinds) or any(e.kind in kinds for e in page.between(begin, setting.sentence.end)):
        return True
    return any(page.in_title(kind) for kind in kinds)


_MOST: dict[Metric, float] = {"experts": 1e4, "hardware_quantity": 1e8}  # "a powerful GPU: 30-70B" counts none


_RATE = re.compile(
    r"\b(?:tok\w*|tks?|t)\s?(?:/|per|por)\s?s\w*|\btps\b", re.IGNORECASE
)  # a label that is the unit, too


def _fits(quantity: Quantity, metric: Metric, label: str) -> bool:
    bare = quantity.dimension in {"bare", "none"}
    if bare and metric in _OF_COMPANIES:
        return quantity.value >= _LEAST[metric] and quantity.number.power > 1
    if metric in {"parameters", "training_dataset_size", "context_length"}:
        return bare and quantity.value >= _LEAST[metric] and not quantity.currency
    if metric == "throughput" and bare:
        return _RATE.search(label) is not None
    if metric in {"experts", "hardware_quantity"}:
        counted = not quantity.number.suffix or quantity.number.power > 1
        return bare and counted and quantity.value == int(quantity.value) and 1 < quantity.value <= _MOST[metric]
    return quantity.dimension == _DIMENSIONS.get(metric)
