"""Whether a text is about AI at all."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pipeline.extract.claims.page import Page

FIELD = re.compile(
    r"\b(?:IA|AI|AGI|LLMs?|GPUs?|TPUs?|chips?|chatbots?|tokens?|modelos? (?:de lenguaje|fundacional|de IA)|"
    r"language models?|foundation models?|inteligencia artificial|artificial intelligence|machine learning|"
    r"aprendizaje automático|deep learning|redes? neuronal(?:es)?|neural nets?(?:works?)?|aceleradores?|accelerators?|"
    r"transformers?|entrenamiento|inferencia|inference|training run|hyperscalers?|prompts?)\b"
)  # fmt: skip
_STRONG = re.compile(
    r"\b(?:IA|AI|AGI|LLMs?|SLMs?|GPUs|TPUs|MoE|inteligencia artificial|artificial intelligence|modelos? de lenguaje|"
    r"language models?|modelos? fundacional(?:es)?|foundation models?|mixture of experts|mixture-of-experts|"
    r"mezcla de expertos|deep learning|aprendizaje profundo|VRAM)\b"
)


def is_about_ai(page: Page) -> bool:
    """Whether a document is about AI at all: it names models or makers of models, or speaks of the field.

    Posts about prices and electricity name companies too; those alone do not make them about AI.
    """
    labs = page.known.labs
    if any(entity.kind == "model" or entity.name in labs for entity in page.entities):
        return True
    return bool(_STRONG.search(page.text, 0, 200_000)) or any(
        e.kind in {"chip", "cluster", "dataset"} for e in page.entities
    )
