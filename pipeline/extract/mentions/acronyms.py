"""Long names and the short forms that brackets give them: Allen Institute for AI (AI2), TTA (Telecommunications …)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pipeline.extract.mentions.unknown import Unknown
    from pipeline.records import Mention

_ACRONYM = re.compile(r"\s?\(([A-Z][A-Za-z0-9&.-]{1,9})(?:,\s[^()\n]{2,40})?\)")


def acronym(text: str, end: int, name: str) -> tuple[int, int] | None:
    """Where the short form stands that brackets introduce behind a long name: Allen Institute for AI (AI2)."""
    match = _ACRONYM.match(text, end)
    return match.span(1) if match and _stands_for(match[1], name) else None


def known_as(text: str, found: Unknown, mentions: Iterable[Mention]) -> str | None:
    """The known organization whose short form stands in brackets behind a new long name, or before it in brackets.

    "Instituto Nacional de Investigación en Informática (INRIA)" is Inria.
    """
    short = acronym(text, found.end, found.name)
    opened = text[max(0, found.start - 2) : found.start] == " ("
    for one in mentions if short or opened else ():
        behind = short is not None and one.start == short[0]
        before = opened and one.end == found.start - 2 and _stands_for(one.surface, found.name)
        if one.kind == "org" and (behind or before):
            return one.name
    return None


def _stands_for(short: str, name: str) -> bool:
    """Whether most letters of a short form begin words of the name.

    >>> _stands_for("AI2", "Allen Institute for AI"), _stands_for("USA", "Allen Institute for AI")
    (True, False)
    """
    initials = {word[0].lower() for word in re.findall(r"[^\W_]+", name)}
    letters = [char.lower() for char in short if char.isalpha()]
    fits = letters and letters[0] in initials and sum(char in initials for char in letters) >= 0.6 * len(letters)
    return bool(fits) and sum(char.isupper() for char in short) >= 2
