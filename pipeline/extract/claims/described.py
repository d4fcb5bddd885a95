"""References that describe, as "the San Francisco startup"; the plain ones are in reference.csv."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pipeline.extract.claims.cues import Cue
from pipeline.extract.fillers import COMPANY

if TYPE_CHECKING:
    from collections.abc import Iterator

_NOUN = rf"(?:{COMPANY}|chipmaker|upstart|unicorn|giant|developer)"
_DESCRIBED = re.compile(
    r"\b[Tt]he\s(?:(?!(?:first|only|most|next|other|same|best|last|second|largest|biggest|fastest|of|an?|and|or|in|on|"
    r"to|for|with|by|at|as|from|is|was|has|the|that|which|two|three|both|parent|whole|entire|typical|average)\b)"
    rf"[\w.’'-]+\s){{1,3}}{_NOUN}(?!\w|-)(?!\s(?:of|behind|that|which)\b)"
)
_ORG = Cue((), "en", "org", "", "described.py")


def described(text: str, language: str) -> Iterator[tuple[int, int, Cue]]:
    """The organizations that a sentence describes instead of naming them.

    >>> [text[a:b] for text in ["It lifts the San Francisco startup's worth."] for a, b, _ in described(text, "en")]
    ['the San Francisco startup']
    """
    if language == "en":
        for match in _DESCRIBED.finditer(text):
            yield match.start(), match.end(), _ORG
