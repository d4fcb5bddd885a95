"""Texts about mojibake: there broken characters are the subject, and stay.

`«café» se ve como «cafÃ©»` shows a broken word beside the whole one; `el símbolo Ã± aparece al leer UTF-8 como Latin-1`
names the damage. Both stand in a text that is otherwise whole.
"""

from __future__ import annotations

import re

_ABOUT = re.compile(
    r"mojibake|encoding|codificaci[oó]n|codificad|UTF-?8|Latin-?1|ISO-?8859|Windows-?125\d|cp-?125\d|cp-?437|charset"
    r"|Mac ?Roman|juego de caracteres|caracteres (?:raros|extraños)",
    re.IGNORECASE,
)
_WORD_BEFORE = re.compile(r"[^\s\"'`«»“”‘’<>()]*$")
_WORD_AFTER = re.compile(r"^[^\s\"'`«»“”‘’<>()]*")
_OPENING, _CLOSING = frozenset("\"'`«“‘"), frozenset("\"'`»”’")
_VALUE = re.compile(r"=$|[:,\[(-] ?$")


def is_example(text: str, start: int, end: int, new: str) -> bool:
    """Whether a broken stretch is shown on purpose: beside its whole form, or by itself where damage is spoken of.

    >>> is_example("«café» se ve como «cafÃ©»", 22, 24, "é")
    True
    >>> is_example("un modelo mÃ¡s", 11, 13, "á")
    False
    """
    first = text.rfind("\n\n", 0, start) + 1
    last = text.find("\n\n", end)
    block = text[first : last if last >= 0 else len(text)]
    head = _WORD_BEFORE.search(text[max(0, start - 40) : start])
    tail = _WORD_AFTER.search(text[end : end + 40])
    before, after = head[0] if head else "", tail[0] if tail else ""
    at, to = start - len(before) - 1, end + len(after)
    quoted = at >= 0 and to < len(text) and text[at] in _OPENING and text[to] in _CLOSING
    if quoted and _VALUE.search(text[max(0, at - 3) : at]):
        return False  # an attribute or a field of front matter, whose quotation marks are syntax
    if quoted and len(before + after) > 1 and _stands_in(before + new + after, block):
        return True
    about = _ABOUT.search(block) is not None
    return about and (quoted or not (before.strip(".,;:") or after.strip(".,;:")))


def _stands_in(word: str, block: str) -> bool:
    """Whether the block has the word, whole."""
    return re.search(rf"(?<![^\s\"'`«“‘(<>]){re.escape(word)}(?![^\s\"'`»”’)<>.,;:])", block) is not None
