"""What a number of tokens is: a context window, or what a model was trained on."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pipeline.extract.claims.setting import METRICS, TRAINING, nearest_cue
from pipeline.extract.claims.windows import WINDOW, is_threshold
from pipeline.extract.fillers import TO_NUMBER

if TYPE_CHECKING:
    from pipeline.extract.claims.setting import Decision, Setting
    from pipeline.extract.quantity import Quantity

_RATE_AFTER = re.compile(
    r"\s*(?:/|por|al|a la|per|an?|each|every|cada)\s*(?:seg\w*|s\b|min\w*|hora|día|mes|semana|año|sec\w*|hour|day|"
    r"week|month|year)",
    re.IGNORECASE,
)
_PER_BEFORE = re.compile(r"(?:\bpor|\bper|/|\bcada|\bevery|\beach)\s*(?:cada\s)?$", re.IGNORECASE)
_CORPUS = 1e12  # tokens
_LEAST, _MOST = 512, 2e7  # tokens of a window
_LISTED = re.compile(rf"[ *_)]*(?:[:=→(–—-]|->|is|es|tiene|has|con|with)?\s?{TO_NUMBER}", re.IGNORECASE)
_READS = re.compile(
    r"\b(?:le(?:e|en|er|yendo)|cab(?:e|en|ían)|fits?|ing(?:iere|ieren|erir)|digi?er(?:e|en|ir)|rec(?:uerda|uerdan|"
    r"ordar)|proces(?:a|an|ar)|"
    r"manej(?:a|an|ar)|abarc(?:a|an|ar)|trag(?:a|an|ar)(?:se)?|analiz(?:a|an|ar)|reten(?:er)|retiene|asimil(?:a|an|ar)|"
    r"read|reads|ingests?|ingesting|digests?|swallows?|process|processes|remembers?|holds?|retains?|analyzes?)\s"
    rf"(?:(?:un\s)?(?:textos?|documentos?|documents?|prompts?)\s(?:de|of)\s)?(?:la friolera de\s)?{TO_NUMBER}$",
    re.IGNORECASE,
)
_AT_ONCE = re.compile(
    r"\s(?:de (?:golpe|una (?:sola )?(?:vez|pasada|sentada)|un tirón)|a la vez|al mismo tiempo|simultáneamente|"
    r"simultaneously|at once|in one go|in (?:a single|one) (?:prompt|pass|go|request|shot))\b",
    re.IGNORECASE,
)
_HANDLES = re.compile(
    r"\b(?:proce[sa]\w+|serv(?:e[sd]?|ing|ir|imos|ido|ía)|gener\w+|manej\w+|handl\w+|consum\w+|us[eao]\w*)\b",
    re.IGNORECASE,
)


def metric_of_tokens(quantity: Quantity, setting: Setting) -> Decision:
    """The metric of a number of tokens where it stands, and the reason; None: it is no claim."""
    text = setting.page.text
    if _RATE_AFTER.match(text, quantity.end) or quantity.per:
        return None, "tokens used over a time"
    if _PER_BEFORE.search(text, setting.sentence.start, quantity.start):
        return None, "the unit of a price"
    if not setting.is_ai:
        return None, "the post is not about AI"
    if is_threshold(quantity, setting):
        return None, "where another price begins"
    return _by_words(quantity, setting)


def _is_listed_window(quantity: Quantity, setting: Setting) -> bool:
    """Whether a model stands with its window in a section about windows: "Llama 3.1 → 128.000 tokens"."""
    if not _LEAST <= quantity.value <= _MOST or not WINDOW.search(setting.heading):
        return False
    models = [e for e in setting.page.between(setting.sentence.start, quantity.start) if e.kind == "model"]
    return bool(models) and bool(_LISTED.fullmatch(setting.page.text, models[-1].end, quantity.start))


def _is_read_at_once(quantity: Quantity, setting: Setting) -> bool:
    """Gemini puede procesar 2 millones de tokens; it swallows 10 million tokens in one go."""
    if not _LEAST <= quantity.value <= _MOST:
        return False
    lead = setting.words((setting.sentence.start, quantity.start))
    if _READS.search(lead[-80:]) and (setting.names("model") or setting.headed("model")):
        return not _FOR_MONEY.match(setting.page.text, quantity.end)
    return bool(_AT_ONCE.match(setting.page.text, quantity.end)) and not _WRITES.search(lead)


_FOR_MONEY = re.compile(r"\s(?:tokens?\s)?(?:for|por)\s[~$€\d]")  # "can process 10,000 tokens for $3"
_WRITES = re.compile(r"\b(?:gener\w+|escrib\w+|produc\w+|predi\w+|writ\w+|emit\w*|decod\w+)\b", re.IGNORECASE)


def _by_words(quantity: Quantity, setting: Setting) -> Decision:
    if _is_listed_window(quantity, setting):
        return "context_length", "behind a model, in a section about windows"
    if _is_read_at_once(quantity, setting):
        return "context_length", "so many a model reads at once"
    found = nearest_cue(quantity, setting, "token")
    if found:
        metric = METRICS.get(found[0].value)
        if metric == "training_dataset_size" and quantity.value < 1e8:
            return None, "too few tokens for a training set"
        if metric == "context_length" and quantity.value < _LEAST / 2:
            return None, "too few tokens for a window"
        if metric == "context_length" and quantity.value > 2e8:
            return "training_dataset_size", "too many tokens for a context window"
        trains = quantity.value >= 1e11 and TRAINING.search(setting.body)
        if metric is None and (trains or (quantity.value >= _CORPUS and not _HANDLES.search(setting.body))):
            return "training_dataset_size", "so many tokens, beside a word of training or handled by nothing"
        return metric, found[1]
    beside_model = quantity.value >= 1e11 and setting.names("model", "dataset")
    if beside_model or (quantity.value >= _CORPUS and not _HANDLES.search(setting.body)):
        return "training_dataset_size", "so many tokens, beside a model or handled by nothing"
    return None, "tokens without a word of context windows or training"
