"""Two encodings of one byte a letter, taken for each other, with no UTF-8 in between: `Coatl‡n` for Coatlán.

Each letter became one other character, so nothing in the form of the text gives the damage away; only the language
does. A text is repaired if it is written in a language whose accented letters are known here, if letters that stand
inside words now cannot, and if no letter gets worse.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from pipeline.datafile import read_rows
from pipeline.repair.edits import Edit
from pipeline.repair.lost import is_word
from pipeline.repair.plausible import naturalness
from pipeline.resources import resource

_WORD_WITH_STRANGER = re.compile(r"[A-Za-z]*[^\x00-\x7f]+(?:[A-Za-z]|[^\x00-\x7f])*")
# between two letters of a word these are impossible in any language that is written with Latin letters
_ODD_INSIDE = re.compile(
    "[\x80-\x9f‡ŽƒŸ„ƒ†ˆ‰‹›˜•–—œÈÌÍÎÏÒÓÔÙÚÛ˙˚¸¯˜˘·‚¢£¤¥¦¨¬¯±²³µ¶¹ªº°«»¿¡…”“‘ﬁﬂ∞≠≤≥√∂∑∏π∫Ω⌐─│┌┐└┘├┤┬┴┼═║╔╗╚╝▒░▓ßÕ‰](?<=[A-Za-z].)(?=['’]?[a-z])"
)
_OTHERS = frozenset("“”‘’«»–—…ªº°€ ©®™·•")
_ENOUGH = 8.0
_KNOWN_WORD = 4.0
_FOREIGN = 0.05  # the share of letters that may be of another language: names


class _Language(NamedTuple):
    letters: frozenset[str]
    function_words: frozenset[str]


@lru_cache(maxsize=1)
def _languages() -> dict[str, _Language]:
    rows = read_rows(resource("data", "repair", "languages.csv"), ("language", "letters", "function_words"))
    return {r["language"]: _Language(frozenset(r["letters"]), frozenset(r["function_words"].split())) for r in rows}


@dataclass(frozen=True, slots=True)
class Swap:
    """Text in `really` that was read as `read_as`."""

    read_as: str
    really: str

    @property
    def name(self) -> str:
        """As it is reported: what was taken for what."""
        return f"{self.really} as {self.read_as}"


_ENCODINGS = ("macroman", "cp1252", "cp850", "cp437")
# without cp1252 read as latin-1, which is the business of controls.py
_SWAPS = tuple(
    Swap(read_as, really)
    for really in _ENCODINGS
    for read_as in (*_ENCODINGS, "latin-1")
    if read_as != really and (read_as, really) != ("latin-1", "cp1252")
)


@lru_cache(maxsize=32)
def _mapping(swap: Swap) -> dict[int, str]:
    codec = {"macroman": "mac_roman"}
    table: dict[int, str] = {}
    for byte in range(0x80, 0x100):
        raw = bytes([byte])
        seen = raw.decode(codec.get(swap.read_as, swap.read_as), "ignore")
        meant = raw.decode(codec.get(swap.really, swap.really), "ignore")
        if seen and meant:
            table[ord(seen)] = meant
    return table


def language_of(text: str) -> str | None:
    """The language by its function words, of those whose accented letters are known; None where it is not clear.

    >>> language_of("el modelo de la casa que no es para una")
    'es'
    """
    words = re.findall(r"[a-z]+", text.lower())
    languages = _languages().items()
    counts = sorted(((sum(w in known.function_words for w in words), name) for name, known in languages), reverse=True)
    (first, name), (second, _) = counts[:2]
    clear = (first >= 2 and first > second and first * 8 >= len(words)) or (first >= 8 and first > 1.3 * second)
    return name if clear else None


def swap_edits(text: str, *, language: str | None) -> list[Edit]:
    """The edits for a text whose letters were swapped; empty where the language does not vouch for it."""
    if not _ODD_INSIDE.search(text):
        return []
    known = language if language in _languages() else language_of(text)
    if known is None:
        return []
    words = list(_WORD_WITH_STRANGER.finditer(text))
    best: tuple[float, list[Edit]] = (0.0, [])
    for swap in _SWAPS:
        gain, edits = _try(swap, words, text, known)
        if gain > best[0]:
            best = (gain, edits)
    return best[1]


def _try(swap: Swap, words: list[re.Match[str]], text: str, language: str) -> tuple[float, list[Edit]]:
    mapping = _mapping(swap)
    allowed = _languages()[language].letters | _OTHERS
    evidence: dict[str, float] = {}
    total = 0.0
    foreign = strangers = 0
    edits: list[Edit] = []
    for word in words:
        beyond = [char for char in word[0] if char > "\x7f" and char != "�"]
        if any(ord(char) not in mapping for char in beyond):
            return 0.0, []  # such a text was misread as a whole
        new = word[0].translate(mapping)
        foreign += sum(mapping[ord(char)] not in allowed for char in beyond)
        strangers += len(beyond)
        left, right = text[max(0, word.start() - 2) : word.start()], text[word.end() : word.end() + 2]
        gain = naturalness(left, new, right) - naturalness(left, word[0], right)
        gain += _KNOWN_WORD if language == "es" and is_word(new.strip("¿¡“”‘’«»—–…").lower()) else 0.0
        if gain > 0 and _ODD_INSIDE.search(word[0]):
            evidence[new] = gain
        total += gain
        edits.append(Edit(word.start(), word.end(), new, swap.name, f"{swap.really} read as {swap.read_as}"))
    strong = sum(evidence.values())
    convincing = strong >= _ENOUGH and total >= strong / 2 and foreign <= _FOREIGN * strangers
    return (total, edits) if convincing else (0.0, [])
