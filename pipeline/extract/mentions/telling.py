"""What says of a doubtful name that it is a model's, in its own sentence and whatever the post is about."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

from pipeline.extract.fillers import AGAINST

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from pipeline.extract.mentions.candidates import Candidate, FoldedText

_BEFORE = 60  # characters
_MARKS = r"[\"“«*_(]*"
_MODEL = r"(?:modelos?|models?|llms?|chatbots?|asistentes?|assistants?|redes neuronales|red neuronal|neural networks?)"
_MODEL_BEFORE = re.compile(  # "el modelo de lenguaje LLaMA", "a large language model called Chinchilla"
    rf"\b{_MODEL}\s(?:(?:grande|gran|de|del|la|lenguaje|lengua|ia|ai|inteligencia|artificial|vision|codigo|imagenes|"
    r"abiertos?|fundacional(?:es)?|multimodal(?:es)?|generativ[oa]s?|llamad[oa]s?|bautizad[oa]s?|como|conocid[oa]s?|"
    rf"called|named|dubbed|known|as)\s){{1,6}}{_MARKS}$"
)
_IS_MODEL = re.compile(  # ", el modelo de Meta", " is an open language model"
    rf"[\"”»*_)]*(?:,|\s\(|\s(?:es|era|fue|is|was|sera|will be))\s?(?:el|la|un|una|the|an?|su|its|otro|another)\s"
    rf"(?:[\w-]+\s){{0,4}}?{_MODEL}\b"
)
_OF_MODEL = re.compile(  # "los pesos de LLaMA", "a fine-tuned version of Mistral", "se basan en LLaMA"
    r"\b(?:(?:pesos|ajuste fino|api|weights|checkpoints?|fine-?tuning|fine-?tunes?)\s(?:de|del|of|for)|"
    r"(?:basad[oa]s?|basan?|afinad[oa]s?|based|built|fine-?tuned)\s(?:en|sobre|on|from|a partir de)|fine-?tuned)\s"
    rf"(?:el\s|the\s)?{_MARKS}$"
)
_HAS_SIZE = re.compile(  # "Gopher tenía 280B", "Chinchilla, 70B", "Galactica, with its 120 billion parameters"
    r"[\"”»*_)]*[,\s(:]{1,3}(?:(?:(?:con|with|has|had|tiene|tenia|and|y|de|of|sus|its|unos|about)\s){1,2})?[~≈]?"
    r"\d[\d.,]*\s?(?:b\b(?!\w)|(?:mil\s)?millones de parametros|(?:billion|million)[\s-]param)"
)
_ASIDE = r"(?:[ ]\([^()\n]{1,25}\))?"
_JOINED = re.compile(rf"[\"”»*_)]*{_ASIDE}(?:,|,?\s(?:y|e|o|u|and|or|&|{AGAINST}))\s[\"“«*_(]*")


def telling(page: FoldedText, candidate: Candidate, *, is_weak: bool) -> float:
    """How much the words around the name of a model family speak for it; a name that is far more often something else
    needs to be called a model.
    """
    before = page.folded[max(0, candidate.start - _BEFORE) : candidate.start]
    if before.endswith("-"):
        return 0.0  # Qwen3Guard-Gen, a generative model
    if _MODEL_BEFORE.search(before) or _IS_MODEL.match(page.folded, candidate.end):
        return 2.5
    surface = page.text[candidate.start : candidate.end].split(" ")[0]
    if sum(sign.isupper() for sign in surface[1:]) > 1 and any(sign.islower() for sign in surface.rstrip("s")):
        return 2.0  # LLaMA, PaLM: nothing else is written so
    if is_weak:
        return 0.0
    return 2.0 if _HAS_SIZE.match(page.folded, candidate.end) or _OF_MODEL.search(before) else 0.0


def paired(page: FoldedText, found: Sequence[Candidate]) -> frozenset[int]:
    """Where names of two families stand joined: "Gemini y Claude" are no sign of the zodiac and no person."""
    starts: set[int] = set()
    for first, second in pairwise(found):
        one, other = first.entry.family, second.entry.family
        if one and other and one is not other and _JOINED.fullmatch(page.text, first.end, second.start):
            starts |= {first.start, second.start}
    return frozenset(starts)


def listed(found: Sequence[Candidate], text: str, weak: Collection[str]) -> frozenset[int]:
    """Where the names of lists stand that have two or more good names: "Databricks, Notion, Runway and Cohere".

    `weak` are the forms that are far more often something else.
    """
    starts: set[int] = set()
    run: list[Candidate] = []
    for candidate in found:
        if run and not _JOINED.fullmatch(text, run[-1].end, candidate.start):
            starts |= _of_run(run, weak)
            run = []
        run.append(candidate)
    return frozenset(starts | _of_run(run, weak))


def _of_run(run: Sequence[Candidate], weak: Collection[str]) -> set[int]:
    """The places of a list of three names or more: of those of the kind that one name has for sure, and one hardly
    less.
    """
    if len({candidate.entry.form for candidate in run}) < 3:
        return set()
    starts: set[int] = set()
    for is_org in (True, False):
        alike = [candidate for candidate in run if (candidate.entry.org is not None) is is_org]
        good = [candidate for candidate in alike if candidate.sure or candidate.entry.folded not in weak]
        if len(good) >= 2 and any(candidate.sure for candidate in good):
            starts |= {candidate.start for candidate in alike}
    return starts
