"""Whether a text is about AI at all."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from pipeline.lexicon import load_lexicon

if TYPE_CHECKING:
    from pipeline.extract.claims.page import Page
    from pipeline.lexicon import Lexicon


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
    known = labs()
    if any(entity.kind == "model" or entity.name in known for entity in page.entities):
        return True
    return bool(_STRONG.search(page.text, 0, 200_000)) or any(
        e.kind in {"chip", "cluster", "dataset"} for e in page.entities
    )


def labs() -> frozenset[str]:
    """Organizations that are about AI by themselves: labs, and young companies that make models."""
    return _labs(load_lexicon())


@lru_cache(maxsize=4)
def _labs(lexicon: Lexicon) -> frozenset[str]:
    makers = {family.maker for family in lexicon.families}
    return frozenset(
        o.name for o in lexicon.organizations if o.kind == "lab" or (o.kind == "startup" and o.name in makers)
    )
