"""References to what was named before: "este modelo", "the latter", and those that describe: "the Paris startup"."""

from __future__ import annotations

import re
from functools import cache
from operator import itemgetter
from typing import TYPE_CHECKING

from pipeline.extract.claims.cues import Cue, cue_set, load
from pipeline.extract.fillers import COMPANY

if TYPE_CHECKING:
    from collections.abc import Iterator

_NOUN = rf"(?:{COMPANY}|chipmaker|upstart|unicorn|giant|developer)"
_DESCRIBED = re.compile(
    r"\b[Tt]he\s(?:(?!(?:first|only|most|next|other|same|best|last|second|largest|biggest|fastest|of|an?|and|or|in|on|"
    r"to|for|with|by|at|as|from|is|was|has|the|that|which|two|three|both|parent|whole|entire|typical|average)\b)"
    rf"[\w.’'-]+\s){{1,3}}{_NOUN}(?!\w|-)(?!\s(?:of|behind|that|which)\b)"
)
_ORG = Cue((), "en", "org", "", "references.py")


def described(text: str, language: str) -> Iterator[tuple[int, int, Cue]]:
    """The organizations that a sentence describes instead of naming them.

    >>> [text[a:b] for text in ["It lifts the San Francisco startup's worth."] for a, b, _ in described(text, "en")]
    ['the San Francisco startup']
    """
    if language == "en":
        for match in _DESCRIBED.finditer(text):
            yield match.start(), match.end(), _ORG


def references(text: str, language: str) -> list[tuple[int, int, Cue]]:
    """All references of a sentence, in order, with their offsets: those of reference.csv, and those that describe."""
    found = list(described(text, language))
    if not _heads().isdisjoint(_WORD.findall(text.lower())):  # most sentences have none, and need no search
        found += cue_set("reference", language).find(text)
    return sorted(found, key=itemgetter(0))


_WORD = re.compile(r"\w+")


@cache
def _heads() -> frozenset[str]:
    """The last words of all references."""
    return frozenset(word.split()[-1] for cue in load("reference") for word in cue.words)
