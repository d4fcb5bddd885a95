"""HTML entities that spell broken text: `&Atilde;&plusmn;` is as broken as `Ã±`.

Only entities of characters beyond ASCII count, and only side by side: markup (`&lt;`, `&amp;`, `&quot;`) and entities
that mean what they say (`&ntilde;`, `&nbsp;`) stay as they are written.
"""

from __future__ import annotations

import html
import re
from html.entities import name2codepoint

_NAMES = "|".join(sorted((name for name, code in name2codepoint.items() if code > 127), key=len, reverse=True))
_ENTITY = rf"&(?:(?:{_NAMES})|#(?:1[2-9]\d|[2-9]\d\d|\d{{4,6}})|#[xX](?:[89a-fA-F][0-9a-fA-F]|[0-9a-fA-F]{{3,5}}));"
_TOKEN = re.compile(rf"{_ENTITY}|.", re.DOTALL)
# an entity beside another, or beside a character beyond ASCII
ENTITY_RUN = re.compile(rf"{_ENTITY}(?:{_ENTITY}|[^\x00-\x7f])+|[^\x00-\x7f]+{_ENTITY}(?:{_ENTITY}|[^\x00-\x7f])*")


def resolve(run: str, start: int) -> tuple[str, tuple[int, ...]]:
    """The characters that a run of entities and characters stands for; the offset of each, and of the end.

    >>> resolve("&Atilde;±", 10)
    ('Ã±', (10, 18, 19))
    """
    chars: list[str] = []
    places: list[int] = []
    for token in _TOKEN.finditer(run):
        meant = html.unescape(token[0])
        chars.append(meant)
        places += [start + token.start()] * len(meant)
    return "".join(chars), (*places, start + len(run))
