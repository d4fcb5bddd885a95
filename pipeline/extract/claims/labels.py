"""Numbers behind a label, as in the list of a model's properties: "Params: 2.8B", "Coste: 300.000 $"."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pipeline.extract.claims.cues import cue_set
from pipeline.extract.claims.setting import METRICS

if TYPE_CHECKING:
    from pipeline.extract.claims.setting import Decision, Setting
    from pipeline.extract.quantity import Quantity
    from pipeline.records import Metric

_MARKS = " \t\n\u00a0*_~≈"  # what may stand between a label's colon and its number
_LABEL = re.compile(rf"(?P<label>[^\W\d][^:.;,\d]{{1,40}}):[{_MARKS}]*$")
_LONGEST = 60  # characters of a label and what stands behind it
_TRAINING = re.compile(r"\b(?:training|entrenamiento)\b", re.IGNORECASE)
_DEAR = 1e4  # money; no token or month costs so much
_LEAST: dict[Metric, float] = {"parameters": 1e6, "training_dataset_size": 1e8, "context_length": 256}
_DIMENSIONS: dict[Metric, str] = {
    "training_time": "hour",
    "training_cost": "money",
    "price": "money",
    "memory": "byte",
    "throughput": "token_per_second",
}


def metric_of_label(quantity: Quantity, setting: Setting) -> Decision:
    """The metric that the label right before a number names, and the reason."""
    begin = max(setting.page.blocks[setting.sentence.block].start, quantity.start - _LONGEST)
    lead = setting.page.text[begin : quantity.start]
    found = _LABEL.search(lead) if lead.rstrip(_MARKS).endswith(":") else None
    if found is None or not setting.is_ai or not (setting.names("model") or setting.headed("model")):
        return None, "no label"
    cue = min(cue_set("columns", "*").find(found["label"]), key=lambda item: _row(item[2].place), default=None)
    metric = METRICS.get(cue[2].value) if cue else None
    if quantity.dimension == "hour":
        metric = "training_time" if _TRAINING.search(found["label"]) else None
    if metric == "price" and quantity.value >= _DEAR and not quantity.per:
        metric = "training_cost"
    if metric is None or not _fits(quantity, metric):
        return None, "no label"
    return metric, f"labelled {found['label']!r}"


def _row(place: str) -> int:
    return int(place.rsplit(":", 1)[1])


def _fits(quantity: Quantity, metric: Metric) -> bool:
    bare = quantity.dimension in {"bare", "none"}
    if metric in {"parameters", "training_dataset_size", "context_length"}:
        return bare and quantity.value >= _LEAST[metric] and not quantity.currency
    if metric in {"experts", "hardware_quantity"}:
        return bare and not quantity.number.suffix and quantity.value == int(quantity.value) and quantity.value > 1
    return quantity.dimension == _DIMENSIONS.get(metric)
