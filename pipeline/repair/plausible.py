"""How natural a stretch of text is: rough log-likelihoods by kind of character and neighbour.

One measure for both readings of a doubtful stretch: what stands there, and what it would be repaired to. The figures
are natural logarithms and only their differences matter; `data/repair/characters.csv` holds them.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from pipeline.datafile import read_rows
from pipeline.resources import resource

# after a letter of one's own script, the next one is no surprise
_SAME_SCRIPT = -4.0
_IDEOGRAM = -7.5  # one of thousands, and two bytes in the encodings of its own
_MIXED_SCRIPT = -4.0
_SYMBOL_AT_LETTER = -2.5
_FRAME_AT_LETTER = -3.5
_FRAME_AT_WORD = -2.0  # a closed corner before a word
_UPPER_AFTER_LOWER = -4.0
_LOWER_AMONG_CAPITALS = -5.0
_LONE_LETTER = -2.0
_LONE_IDEOGRAM = -10.0
_REPEATED = 3.0
_THIRD_ACCENT = -3.0
_ONE_LETTER_WORDS = frozenset("àèéÀÈÉ")


@dataclass(frozen=True, slots=True)
class Kind:
    """A row of characters.csv: a name and how likely a character of it is, given nothing else."""

    name: str
    score: float


def _rows() -> tuple[dict[str, Kind], list[tuple[int, int, Kind]]]:
    single: dict[str, Kind] = {}
    ranges: list[tuple[int, int, Kind]] = []
    for row in read_rows(resource("data", "repair", "characters.csv"), ("kind", "score", "characters", "ranges")):
        kind = Kind(row["kind"], float(row.decimal("score")))
        for char in row["characters"]:
            single.setdefault(char, kind)
        for span in row["ranges"].split():
            first, last = span.split("-")
            ranges.append((int(first, 16), int(last, 16), kind))
    return single, ranges


_SINGLE, _RANGES = _rows()
_UNKNOWN = Kind("unknown", -13.0)
_UNASSIGNED = Kind("unassigned", -17.0)
_ASCII = Kind("ascii", -2.0)


@lru_cache(maxsize=8192)
def kind_of(char: str) -> Kind:
    """The kind of one character.

    >>> kind_of("á").name, kind_of("─").name
    ('spanish', 'box')
    """
    if char < "\x80":
        return _ASCII
    if char in _SINGLE:
        return _SINGLE[char]
    code = ord(char)
    for first, last, kind in _RANGES:
        if first <= code <= last:
            return kind
    return _UNASSIGNED if unicodedata.category(char) in {"Cn", "Cs"} else _UNKNOWN


LATIN = frozenset({"spanish", "latin", "capital", "extended", "vietnamese", "rare letter", "rare capital"})
SCRIPTS = frozenset({"greek", "cyrillic", "arabic", "hebrew", "indic", "thai", "cjk", "kana", "hangul", "armenian"})
# these come in chains: a table's frame, an emoji with its modifiers, a formula
_CHAINS = {
    "box": {"box"}, "emoji": {"emoji"}, "joiner": {"emoji", "joiner", "math", "arrow", "symbol", "dingbat"},
    "math": {"math"}, "greek": {"math"},
    "kana": {"cjk"}, "cjk": {"kana"}, "mark": LATIN, "cjk punctuation": {"cjk", "kana", "ascii"},
}  # fmt: skip


def naturalness(left: str, text: str, right: str) -> float:
    """How natural `text` is between `left` and `right` (up to two characters each). Higher is better, all below 0.

    >>> naturalness(" m", "á", "s ") > naturalness(" m", "√°", "s ")
    True
    """
    total = 0.0
    before = left[-2:]
    for i, char in enumerate(text):
        after = text[i + 1] if i + 1 < len(text) else right[:1]
        if char > "\x7f":
            total += _score(before, char, after)
        before = (before + char)[-2:]
    return total


def _score(before: str, char: str, after: str) -> float:
    kind = kind_of(char)
    previous = before[-1:]
    near = kind_of(previous) if previous else _ASCII
    if kind.name in SCRIPTS:
        return _script_letter(kind, near, previous, char, after)
    if kind.name in LATIN:
        return kind.score + _latin_letter(before, char, after)
    if near.name in _CHAINS.get(kind.name, ()):
        return max(kind.score, _SAME_SCRIPT) + _FRAME_AT_WORD * (kind.name == "box" and after.isalpha())
    return kind.score + _symbol(kind, char, before, after)


def _script_letter(kind: Kind, near: Kind, previous: str, char: str, after: str) -> float:
    mixed = _MIXED_SCRIPT * (_is_latin(previous) or _is_latin(after))
    ideograms = kind.name in {"cjk", "hangul"}
    if char.isupper() and previous.islower():
        mixed += _UPPER_AFTER_LOWER
    if near.name == kind.name or near.name in _CHAINS.get(kind.name, ()):
        return max(kind.score, _IDEOGRAM if ideograms else _SAME_SCRIPT) + mixed
    following = kind_of(after or " ").name
    if following == kind.name or following in _CHAINS.get(kind.name, ()):
        return kind.score + mixed
    return kind.score + mixed + (_LONE_IDEOGRAM if ideograms or kind.name == "kana" else _LONE_LETTER)


def _is_latin(char: str) -> bool:
    return char.isalpha() and (char < "\x80" or kind_of(char).name in LATIN)


def _latin_letter(before: str, char: str, after: str) -> float:
    previous = before[-1:]
    if char in "¿¡":
        return 2 * _SYMBOL_AT_LETTER if previous.isalpha() else 0.0
    if not previous.isalpha():
        return _LONE_LETTER if not after.isalpha() and char not in _ONE_LETTER_WORDS else 0.0
    return _within_word(before, previous, char, after)


def _within_word(before: str, previous: str, char: str, after: str) -> float:
    if char.lower() == previous.lower():
        return _REPEATED
    if kind_of(previous).name in SCRIPTS:
        return _MIXED_SCRIPT
    if len(before) == 2 and all(c > "\x7f" and c.isalpha() for c in before):
        return _THIRD_ACCENT
    if char.isupper():
        return _UPPER_AFTER_LOWER if previous.islower() else 1.0
    shouted = len(before) == 2 and before.isalpha() and before.isupper()
    among_capitals = previous.isupper() and (after.isupper() or shouted)
    return _LOWER_AMONG_CAPITALS if among_capitals else 0.0


def _symbol(kind: Kind, char: str, before: str, after: str) -> float:
    previous = before[-1:]
    if kind.name == "quote" or char in "ªº":
        # a quotation mark stands at the edge of a word, never inside; the apostrophe does
        return 2 * _SYMBOL_AT_LETTER if char != "’" and previous.isalpha() and after.isalpha() else 0.0
    if char in "–—" and previous.isalpha() and after.isalpha():
        return -2.0
    if kind.name in {"punctuation", "joiner", "control", "mark", "cjk punctuation"}:
        return 0.0
    follows = char in "™®©°" or (char in "²³" and previous < "\x80")  # these follow a word, powers a unit
    at_left = previous.isalpha() and not follows
    at_right = after.isalpha()
    if kind.name == "math":  # in a formula: a root before its radicand, a sum between variables of one letter
        at_left, at_right = at_left and before.isalpha() and len(before) == 2, "À" <= after <= "ÿ"
    if kind.name == "box":
        return _FRAME_AT_LETTER * (at_left + at_right)
    return _SYMBOL_AT_LETTER * (at_left + at_right) * (2 if char in "²³" and at_left else 1)
