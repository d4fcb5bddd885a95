"""Numbers with a letter and no unit: sizes of models (7B) and windows (128k), by what stands around them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pipeline.extract.claims.cues import cue_set
from pipeline.extract.claims.patterns import MONEY_OF_ORG
from pipeline.extract.claims.windows import WINDOW, is_window
from pipeline.extract.fillers import TO_NUMBER

if TYPE_CHECKING:
    from pipeline.extract.claims.setting import Setting
    from pipeline.extract.quantity import Quantity
    from pipeline.records import Metric

_SIZE_AFTER = re.compile(
    r"[\s\u00a0*_”\"»+-]{0,3}(?:\+\s?)?\(?(?:models?|modelos?|versions?|versi[óo]n(?:es)?|variantes?|variants?|"
    r"params?\b|class\b|sized?\b|LLMs?|instruct|chat|base\b|dense|densos?|sparse|dispers\w+|"
    r"MoE|(?:\w+\s)?(?:mixture|mezcla)[\s-](?:of|de)|scale\b|(?:pre-?)?training\srun|total|activ\w+|weights|"
    r"checkpoints?|parameters?|par[áa]metros|distill\w*|destilad\w+|quant\w*|cuantizad\w+|"
    r"coder|performs?|outperforms?|one\b)",
    re.IGNORECASE,
)
_SIZE_BEFORE = re.compile(
    r"\b(?:modelos?|models?|versi[óo]n(?:es)?|versions?|variantes?|variants?|tamaños?|sizes?|par[áa]metros|params?|"
    r"parameters|LLMs?|MoE|denso|dense|destilad\w+|distill\w*|"
    r"escalas?|scales?)\b[^.;]{0,60}$",
    re.IGNORECASE,
)
_ARTICLE = re.compile(
    r"(?:\b(?:el|la|los|las|the|un|una|de|del|our|its|their|su|nuestro|este|with|than|que|vs\.?|a|at|of|on|from|to|"
    r"hasta|only|solo)\s+|[(,/~≈:—–|·•]\s?|^)[*_]{0,2}$",
    re.IGNORECASE,
)
_ALONE_BEFORE = re.compile(r"[\w*_]\s?\([~≈\s]?$")
_NATIVELY = re.compile(r"\s(?:natively|nativos?\b|nativas?\b|de forma nativa|(?:with|con|via|using|mediante) YaRN)")
_VOCABULARY = re.compile(r"\bvocab\w*\s(?:[^\s\d,;.]+\s){0,3}[~≈]?$", re.IGNORECASE)
_SMALL = re.compile(r"\b(?:modelos?|models?|LLMs?|red)\s(?:de\s|of\s|with\s|con\s)?[~≈]?$", re.IGNORECASE)
COUNTED_AFTER = re.compile(
    r"[ \u00a0]*(?:\w+ ){0,1}?(?:API )?(?:tokens?|calls|queries|searches|prompts|users?|usuarios?|actives|MAUs?|WAUs?|"
    r"DAUs?|downloads?|descargas?|views?|"
    r"visitas|followers?|seguidores|likes?|people|personas|stars?|lines|líneas|words|palabras|pages|"
    r"images?|imágenes|dollars|dólares|euros|rows|filas|examples|ejemplos|samples|muestras|bits?|bytes?|requests|"
    r"messages|documents|pairs|ARR|revenue)\b",
    re.IGNORECASE,
)


def is_size_word(text: str, start: int, suffix: str) -> bool:
    """Whether a number is a size used as a name: "the 9B", "el de 7B"."""
    said = re.search(r"\b(?:the|el|la|el de|la de)\s$", text[max(0, start - 8) : start], re.IGNORECASE)
    return suffix in {"B", "b"} and said is not None


def bare_metric(quantity: Quantity, setting: Setting, sizes_here: int) -> tuple[Metric | None, str]:
    """The metric of a number with a letter and no unit (7B, 128k), and the reason."""
    text = setting.page.text
    suffix = quantity.number.suffix.strip()
    near = text[max(setting.sentence.start, quantity.start - 40) : min(setting.clause[1], quantity.end + 30)]
    small = suffix == "M" and _SMALL.search(text, max(0, quantity.start - 16), quantity.start)
    if suffix in {"k", "K"} or (suffix == "M" and quantity.value < 2e7 and not small):
        is_near = WINDOW.search(near) and not _VOCABULARY.search(text, max(0, quantity.start - 50), quantity.start)
        if setting.is_ai and 1e3 <= quantity.value <= 1e8 and is_near:
            return "context_length", "a word of windows beside a bare number"
        if setting.is_ai and 4e3 <= quantity.value <= 2e7 and _NATIVELY.match(text, quantity.end):
            return "context_length", "a window that is handled natively"
        if setting.is_ai and is_window(quantity, setting):
            return "context_length", "as long as the window that the text speaks of"
        return None, "a bare number of nothing that is known"
    if suffix not in {"B", "b", "T", "M"} or not setting.is_ai or quantity.currency:
        return None, "a bare number of nothing that is known"
    return _size(quantity, setting, sizes_here)


def _size(quantity: Quantity, setting: Setting, sizes_here: int) -> tuple[Metric | None, str]:
    text, begin = setting.page.text, setting.sentence.start
    is_sum = text[max(begin, quantity.start - 1) : quantity.start] in {"$", "€", "£"}
    if is_sum or COUNTED_AFTER.match(text, quantity.end):
        return None, "a bare number of something else"
    before = text[max(begin, quantity.start - 70) : quantity.start]
    cue = next((c for _, _, c in cue_set("metrics", setting.sentence.language, "money").find(before[-30:])), None)
    if cue and cue.value in MONEY_OF_ORG and not _SIZE_AFTER.match(text, quantity.end):
        return None, "a bare number beside words of money"
    if _SIZE_AFTER.match(text, quantity.end):
        return "parameters", "a size: a word for models follows"
    if _SIZE_BEFORE.search(before):
        return "parameters", "a size: a word for models or sizes stands before"
    block = setting.page.blocks[setting.sentence.block]
    models = [e for e in setting.page.between(block.start, block.end) if e.kind == "model"]
    beside = [(e.end, quantity.start) for e in models] + [(quantity.end, e.start) for e in models]
    if any(then - end == 1 and text[end] in " -\u00a0" for end, then in beside):
        return "parameters", "a size: right before or behind a model's name"
    if (models or setting.headed("model")) and (_ARTICLE.search(before) or sizes_here > 1):
        return "parameters", "a size: a letter for billions, in a paragraph about models"
    if (
        _ALONE_BEFORE.search(before)
        and text[quantity.end : quantity.end + 1] == ")"
        and quantity.number.suffix in {"B", "b", "T"}
    ):
        return "parameters", "a size: alone in brackets"
    if sizes_here > 1 and quantity.number.suffix in {"B", "b"}:
        return "parameters", "a size: one of a list of sizes"
    return None, "a bare number of nothing that is known"


def is_of_model(quantity: Quantity, setting: Setting) -> bool:
    """Whether a model is said to be so large: "GPT-4o is around 200B"."""
    models = [e for e in setting.page.between(setting.sentence.start, quantity.start) if e.kind == "model"]
    is_large = quantity.number.suffix in _BILLIONS and models
    return bool(is_large and _IS.fullmatch(setting.page.text, models[-1].end, quantity.start))


def is_size(quantity: Quantity) -> bool:
    """Whether the letter of a bare number is one that sizes of models are written with: 7B, 350M."""
    if quantity.dimension != "bare":
        return False
    return quantity.number.suffix in _BILLIONS or (quantity.number.suffix == "M" and quantity.value >= _SMALLEST)


_BILLIONS = frozenset({"B", "b", "T"})
_SMALLEST = 1e7  # parameters of a model that is named by its size
_IS = re.compile(
    r"\s(?:\w+\s){0,4}?(?:be|is|was|es|ser|sería|era|has|have|tiene|ronda|rondaría)\s(?:between\s)?"
    rf"{TO_NUMBER}",
    re.IGNORECASE,
)
