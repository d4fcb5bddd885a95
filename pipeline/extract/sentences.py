"""Where sentences begin and end."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

_END = re.compile(r"[.!?…\n](?:(?<=\n)\n*|(?<!\n)[.!?…]*[\"'”’»)\]]*(?=\s))")
_NEXT = re.compile(r"\s*[\"'“‘«(\[¿¡*_—–-]*\s*[A-ZÁÉÍÓÚÜÑÀ-Þ0-9$€~>≈]")
_ABBREVIATION = re.compile(
    r"(?:^|[\s(])(?:p|ej|p\. ?ej|vs|approx|aprox|fig|figs|núm|pág|págs|sr|sra|dr|dra|mr|mrs|ms|prof|st|no|vol|cap|art|"
    r"ee|uu|ee\. ?uu|eq|sec|tab|ca|i\.e|e\.g|u\.s|u\.k|inc|ltd|corp|co|jr|al|cf|resp|min|max|est|[A-Za-z])\.$",
    re.IGNORECASE,
)
_NUMBERED = re.compile(r"\s*\d")  # "no. 7" is a number, "no." an answer


def split_sentences(text: str, start: int = 0, end: int | None = None) -> Iterator[tuple[int, int]]:
    """The spans of the sentences between two offsets, without the blanks around them. A line break ends one too.

    >>> [text[a:b] for text in ["It has 1.8T. P. ej. 2 GPUs, vs. 3. ¿Y?"] for a, b in split_sentences(text)]
    ['It has 1.8T.', 'P. ej. 2 GPUs, vs. 3.', '¿Y?']
    """
    end = len(text) if end is None else end
    begin = start
    for match in _END.finditer(text, start, end):
        if "\n" not in match.group() and not _ends_here(text, begin, match):
            continue
        yield from _trimmed(text, begin, match.end())
        begin = match.end()
    yield from _trimmed(text, begin, end)


def _ends_here(text: str, begin: int, match: re.Match[str]) -> bool:
    if not _NEXT.match(text, match.end()):
        return False
    if match.group() != ".":
        return True
    short = _ABBREVIATION.search(text, max(begin, match.end() - 9), match.end())
    return short is None or (short.group().lower().endswith("no.") and not _NUMBERED.match(text, match.end()))


def _trimmed(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    sentence = text[start:end]
    bare = sentence.lstrip()
    if bare:
        yield end - len(bare), start + len(sentence.rstrip())
