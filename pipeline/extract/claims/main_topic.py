"""What a whole post is about: the model of its title, or the one it speaks of most."""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING

from pipeline.extract.claims.names import key_of
from pipeline.extract.claims.patterns import BEATEN, COMPARED

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pipeline.extract.claims.page import Entity, Page


def main_topic(page: Page, counts: dict[str, int], titled: dict[str, Entity]) -> Entity | None:
    """The model that the title names, or else the one named far more often than any other; `counts` are by name."""
    models = {e.name: e for e in reversed(page.entities) if e.kind == "model"}
    named = [e for name, e in models.items() if name in titled or in_title(page, name)]
    if named:
        if _weighs(page, named):
            return None
        named = [e for e in named if not _is_rival(page, e.name)] or named
        opening = [e for e in named if _OPENS.match(page.title or "", _end_in_title(page, e.name))]
        return max(opening or named, key=lambda e: (len(e.name), counts[e.name]))
    if len(titled) == 1:
        return next(iter(titled.values()))  # the text says "it", or a short name
    if counts:
        ranked = sorted(counts.items(), key=lambda pair: -pair[1])
        if ranked[0][1] >= 3 and (len(ranked) == 1 or ranked[0][1] >= 2 * ranked[1][1]):
            topic = models[ranked[0][0]]
            return None if is_foil(page, topic.name) else topic
    return None


@lru_cache(maxsize=4)
def is_foil(page: Page, name: str) -> bool:
    """Whether a post tells of a model of its own that has no name, and only weighs it against this one."""
    if not _OURS.search(page.text):
        return False
    return not any(_PRESENTED.search(page.text, max(0, e.start - 40), e.start) for e in page.entities if e.name == name)


_OURS = re.compile(r"[Oo]ur (?:\d[\w.]* )?(?:model|LLM|training run)\b|[Nn]uestro (?:modelo|entrenamiento)\b")
_PRESENTED = re.compile(
    r"\b(?:our|introduc\w+|present\w*|releas\w+|announc\w+|open-sourc\w+|call(?:ed)?|nam(?:ed|e is)|nuestro|"
    r"presentamos|lanzamos|publicamos|llamad[oa])\s(?:[\w-]+\s){0,2}$",
    re.IGNORECASE,
)
_OPENS = re.compile(r"\s?(?::|—|–|-\s)")  # "Vicuna: a chatbot that impresses GPT-4"


def _end_in_title(page: Page, name: str) -> int:
    """Where the title goes on behind a name that it opens with; behind its end where it does not."""
    title = page.title or ""
    head = re.match(r"[\s_-]*".join(re.escape(part) for part in re.split(r"[\s_-]+", name)), title, re.IGNORECASE)
    return head.end() if head else len(title)


def _is_rival(page: Page, name: str) -> bool:
    """Whether the title only weighs its subject against a model: "Kimi K2, la IA que desafía a ChatGPT"."""
    title = page.title or ""
    return any(_RIVAL.search(title, 0, found.start()) for found in _places(title, name))


def _weighs(page: Page, named: Sequence[Entity]) -> bool:
    """Whether the title sets several models side by side: "Llama 3 vs GPT-4"."""
    title = page.title or ""
    places = sorted(found.span() for entity in named for found in _places(title, entity.name))
    return any(_VERSUS.fullmatch(title, first[1], second[0]) for first, second in pairwise(places))


def _places(title: str, name: str) -> list[re.Match[str]]:
    body = r"[\s_-]*".join(re.escape(part) for part in re.split(r"[\s_-]+", name))
    return list(re.finditer(rf"(?<!\w){body}(?!\w)", title, re.IGNORECASE))


_VERSUS = re.compile(r"[*_\s,]*\s(?:vs\.?|versus|v\.|frente al?|contra|or|o|against)\s", re.IGNORECASE)
_RIVAL = re.compile(
    rf"{COMPARED.pattern}|{BEATEN.pattern}|\b(?:desaf[ií]a\w*|planta(?:r|n|ndo)? cara|amenaza\w*|jubila\w*|"
    r"sustitu\w+|inquieta\w*|compet\w+ con|compit\w+ con|adi[óo]s,?|"
    r"tak(?:e|es|ing) on|challeng(?:e|es|ing|er to)|threaten\w*|compet\w+ with|"
    r"(?:killer|threat) (?:of|to)|move over,?|goodbye,?|bye,?|killing)\s(?:a\s|al\s|the\s|el\s)?$",
    re.IGNORECASE,
)


def in_title(page: Page, name: str) -> bool:
    """Whether the title has a name, as a name of its own: Qwen3 is not in "Qwen3Guard"."""
    if not page.title or key_of(name) not in key_of(page.title):  # most are not, and need no pattern
        return False
    return bool(_places(page.title, name))
