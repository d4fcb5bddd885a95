"""Whether a text is about AI at all."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pipeline.extract.claims.page import Page

FIELD = re.compile(
    r"\b(?:IA|AI|AGI|LLMs?|GPUs?|TPUs?|chips?|chatbots?|tokens?|modelos? (?:de lenguaje|fundacional|de IA)|"
    r"language models?|foundation models?|[Ii]nteligencia [Aa]rtificial|[Aa]rtificial [Ii]ntelligence|machine learning|"
    r"aprendizaje automático|deep learning|redes? neuronal(?:es)?|neural nets?(?:works?)?|aceleradores?|accelerators?|"
    r"transformers?|entrenamiento|inferencia|inference|training run|hyperscalers?|prompts?)\b"
)  # fmt: skip
_STRONG = re.compile(
    r"\b(?:IA|AI|AGI|LLMs?|SLMs?|GPUs|TPUs|MoE|[Ii]nteligencia [Aa]rtificial|[Aa]rtificial [Ii]ntelligence|"
    r"modelos? de lenguaje|language models?|modelos? fundacional(?:es)?|foundation models?|mixture of experts|"
    r"mixture-of-experts|"
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
