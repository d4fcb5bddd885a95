"""Letters that are gone: `dem��s`, `configuraci??n`. Restored on request, where only one word is possible.

A gap stands for one letter beyond ASCII. The words that vouch for it are those of `data/repair/words_es.csv` and those
that the text itself spells in full elsewhere.
"""

from __future__ import annotations

import re
from functools import lru_cache

from pipeline.datafile import read_rows
from pipeline.repair.edits import Edit
from pipeline.resources import resource

_LETTERS = "áéíóúñüÁÉÍÓÚÑÜ"
_GAP = re.compile(r"(?<![\w�?/=&#%+.:-])([^\W\d_]*)(�{1,2}|\?{1,2})([^\W\d_]*)(?![\w�?/=&#%+])")
_WORD = re.compile(rf"[^\W\d_]*[{_LETTERS}][^\W\d_]*")
_ENDING = re.compile(
    r"[a-zñ]{2,}(?:[csgx]i|ni)ón|[a-zñ]{3,}ísim[oa]s?|[a-zñ]{2,}ándo(?:se|l[oae]s?)|[a-zñ]{2,}iéndo(?:se|l[oae]s?)"
)


@lru_cache(maxsize=1)
def _vocabulary() -> dict[str, str]:
    """The known words, by their form in lower case."""
    words = []
    for row in read_rows(resource("data", "repair", "words_es.csv"), ("word",)):
        if not _WORD.fullmatch(row["word"]):
            raise row.error(f"expected a word with a letter of {_LETTERS}, got {row['word']!r}")
        words.append(row["word"])
    return {word.lower(): word for word in words}


def lost_edits(text: str) -> list[Edit]:
    """The edits that fill gaps with the only letter that makes a word."""
    if "�" not in text and "?" not in text:
        return []
    own = {word.lower() for word in _WORD.findall(text)}
    edits = []
    for match in _GAP.finditer(text):
        before, gap, after = match.groups()
        if gap[0] == "?" and not (before and after):
            continue  # a question mark
        first = not before and text[: match.start()].rstrip(" ¿¡“«\"'")[-1:] in {"", ".", "!", "?", "\n", ":"}
        letter = _only_letter(before, after, own, first=first)
        if letter:
            edits.append(Edit(match.start(2), match.end(2), letter, "lost", "the only word that fits"))
    return edits


def _only_letter(before: str, after: str, own: set[str], *, first: bool) -> str | None:
    """The one letter that fits between; a capital in a word in capitals, in a name, or where it is `first`."""
    if len(before) + len(after) < 2:
        return None
    found = []
    for letter in _LETTERS[: len(_LETTERS) // 2]:
        word = (before + letter + after).lower()
        if word in own or is_word(word):
            found.append(letter)
    if len(found) != 1:
        return None
    word = found[0] + after.lower()
    capital = first or _vocabulary().get(word, word)[0].isupper() if not before else (before + after).isupper()
    return found[0].upper() if capital else found[0]


def is_word(word: str) -> bool:
    """Whether a word in lower case is known to be Spanish, by the list or by an ending that is spelled in one way only.

    >>> is_word("también"), is_word("entrenamientó"), is_word("computación")
    (True, False, True)
    """
    return word in _vocabulary() or _ENDING.fullmatch(word) is not None
