"""Numbers written as words, in Spanish and English: "treinta y dos", "two hundred thousand", "medio millón".

The words and their roles are data (`data/units/number_words.csv`, `scales.csv`); this is the grammar.
"""

from __future__ import annotations

import re
from decimal import Decimal
from functools import cache
from typing import TYPE_CHECKING, Final, NamedTuple

from pipeline.extract.numbers.tables import Word, alternation, number_words, scales
from pipeline.extract.trie import trie_pattern

if TYPE_CHECKING:
    from collections.abc import Iterator

_NEXT: Final = r"(?P<join>[^\S\n]+(?:y|and|(?:of|de)(?:[^\S\n]+(?:una?|a))?)[^\S\n]+|-|[^\S\n]+)"
_AND_A_HALF: Final = re.compile(r"[^\S\n]+(?:y medi[oa]|and a half)\b")
_FRACTION: Final = re.compile(
    r"(?:(?:a|one|un) (?P<q>quarter|third|cuarto|tercio)"
    r"|(?P<three>three quarters|tres cuartos)|(?P<half>half(?:[ -]an?)?|medi[oa]))"
    r"(?:[\s-](?:of|de)(?: an?| un)?)?[\s-](?=(?P<scale>\w+))"
)
_ABBREVIATIONS: Final = frozenset({"mill", "mills"})
_STRESSED: Final = {"on": "ón", "os": "ós", "es": "és"}  # millón, veintidós, dieciséis
_QUARTERS: Final = {"quarter": Decimal("0.25"), "cuarto": Decimal("0.25")}


class Spelled(NamedTuple):
    """A number in words: `folded[start:end]`, its value, the factor of its last scale and where that word starts."""

    start: int
    end: int
    value: Decimal
    power: Decimal
    scale_start: int
    group: bool = False


@cache
def _scale_words() -> dict[str, Word]:
    return {
        alias: Word(scale.language, scale.factor, "times" if alias == "hundred" else "scale")
        for alias, scale in scales().items()
        if scale.form == "word" and alias not in _ABBREVIATIONS
    }


@cache
def _starts() -> re.Pattern[str]:
    """Where a number in words may start, over folded text. An article counts only before a scale or a group."""
    words = number_words()
    plain = [word for word, entries in words.items() if entries[0].role in {"unit", "teen", "tens", "hundreds"}]
    big = alternation([*_scale_words(), *(word for word, entries in words.items() if entries[0].role == "group")])
    return re.compile(
        rf"\b(?:(?:{alternation([*plain, 'mil'])})\b|(?:(?:una?|one|a)[^\S\n]+|one-)(?={big})|half[\s-]|medi[oa][^\S\n]"
        r"|(?:a[^\S\n]+|one[\s-])(?:quarter|third)[^\S\n]|un (?:cuarto|tercio) de |one and a half|uno y medio"
        r"|[mb]illon[^\S\n]+y[^\S\n]+medio|(?<=\b[ae]l )(?:millon|millar|billon)\b)"
    )


@cache
def _follow() -> re.Pattern[str]:
    words = alternation({*number_words(), *_scale_words()} - {"a", "an"})
    return re.compile(rf"{_NEXT}(?P<word>{words})\b")


@cache
def telling_words() -> re.Pattern[str]:
    """The words without which there is no number, in small letters, with and without accents: articles are numbers
    only beside one of them. The sign before each is part of the pattern, so that `re` skips quickly to the next word.
    """
    fractions = {*_QUARTERS, "half", "medio", "media", "third", "tercio", "gigawatt", "gigavatio"}  # of one, mostly
    bare = {*number_words(), *_scale_words(), *fractions} - {"a", "an", "un", "una", "uno", "one"}
    stressed = {word[:-2] + _STRESSED[word[-2:]] for word in bare if word[-2:] in _STRESSED}
    return re.compile(rf"\W(?:{trie_pattern(bare | stressed)})(?!\w)")


@cache
def _word() -> re.Pattern[str]:
    return re.compile(rf"(?:{alternation([*number_words(), *_scale_words()])})\b")


class _Sum:
    """The number read so far. `take` adds a word, or refuses it where the grammar does."""

    def __init__(self) -> None:
        self.total = Decimal(0)
        self.current = Decimal(0)
        self.room = Decimal(1000)  # the next word must stay below
        self.power = Decimal(1)
        self.group = False
        self.seen = 0

    def take(self, word: Word, joiner: str) -> bool:
        self.seen += 1
        if word.role in {"scale", "times", "group", "half"}:
            return self._multiply(word, joiner)
        return self._add(word, joiner)

    def _add(self, word: Word, joiner: str) -> bool:
        value = word.value
        if self.group or value >= self.room or (self.total and self.power <= value):
            return False
        if self.current:
            under_tens = self.current % 100 and value < 10
            if word.language == "es" and (joiner == "y") != bool(under_tens):
                return False
            if word.language == "en" and (joiner not in {"", "-", "and"} or (under_tens and joiner == "and")):
                return False
        elif joiner not in {"", "and"} or (joiner == "and" and word.language == "es"):
            return False
        self.current += value
        self.room = Decimal(10) if word.role == "tens" else Decimal(100) if word.role == "hundreds" else Decimal(0)
        return True

    def _multiply(self, word: Word, joiner: str) -> bool:
        after_scale = joiner == "de" and self.seen > 1 and self.power >= 1000  # millones de millones
        if word.role == "half" or (joiner not in {"", "-"} and not after_scale):
            return False
        return self._hundreds() if word.role == "times" else self._scale(word)

    def _hundreds(self) -> bool:
        """Three hundred."""
        if not 0 < self.current < 100:
            return False
        self.current *= 100
        self.room = Decimal(100)
        return True

    def _scale(self, word: Word) -> bool:
        if not self.current and (word.value <= self.power if self.total else word.value != 1000):
            return False  # "mil mil" and a bare "millones" are no numbers
        if self.total and word.value >= self.power:  # dos mil millones, ciento veinte mil quinientos millones
            self.total = (self.total + self.current) * word.value
        else:
            self.total += (self.current or 1) * word.value
        self.power, self.current, self.room = word.value, Decimal(0), min(word.value, Decimal(1000))
        self.group = word.role == "group"
        return True


def read_words(folded: str) -> Iterator[Spelled]:
    """The numbers in words of a folded text, in order.

    >>> [float(s.value) for s in read_words("treinta y dos mil usuarios, half a million more")]
    [32000.0, 500000.0]
    """
    position = 0
    for found in _starts().finditer(folded):
        if found.start() < position:
            continue
        spelled = _fraction(folded, found.start()) or _halved(folded, found.start()) or _spelled(folded, found.start())
        if spelled is not None:
            yield spelled
            position = spelled.end


def _lookup(text: str) -> Word:
    return number_words()[text][0] if text in number_words() else _scale_words()[text]


def _spelled(folded: str, start: int) -> Spelled | None:
    first = _word().match(folded, start)
    if first is None:
        return None
    reading = _Sum()
    word = _lookup(first[0])
    if not reading.take(word, ""):
        return None
    end = scale_start = first.end()
    if word.role == "scale":
        scale_start = first.start()
    while follow := _follow().match(folded, end):
        word = _lookup(follow["word"])
        if not reading.take(word, follow["join"].strip().split(" ")[0]):
            break
        end = follow.end()
        scale_start = (scale_start if scale_start < follow.start() and folded[scale_start:].startswith("mil") else
                       follow.start("word")) if word.role in {"scale", "group"} else end  # fmt: skip
    value = reading.total + reading.current
    if reading.power >= 1000 and (half := _AND_A_HALF.match(folded, end)):
        value, end = value + reading.power / 2, half.end()
    if value == 1 or (first[0] in {"un", "una", "one", "a", "an", "uno"} and end == first.end()):
        return None
    scale_start = min(scale_start, end)
    mil = reading.power > 1000 and folded.startswith(("mil ", "thousand "), scale_start)  # "mil millones" is one scale
    return Spelled(start, end, value, reading.power * (1000 if mil else 1), scale_start, reading.group)


def _fraction(folded: str, start: int) -> Spelled | None:
    """Half a million, a quarter of a million, tres cuartos de millón, medio millar."""
    found = _FRACTION.match(folded, start)
    if found is None:
        return None
    word = number_words().get(found["scale"], (None,))[0] or _scale_words().get(found["scale"])
    if word is None or word.role not in {"scale", "group"}:
        return None
    part = Decimal("0.5") if found["half"] else Decimal("0.75") if found["three"] else _QUARTERS.get(found["q"])
    value = word.value / 3 if part is None else part * word.value
    return Spelled(start, found.end("scale"), value, word.value, found.start("scale"), word.role == "group")


_HALF_START: Final = re.compile(
    r"(?:(?P<one>one|un|una|uno|a)|(?P<word>\w+)) (?:and a half|y medi[oa]) "
    r"(?P<scale>hundred|thousand|million|billion|trillion|mil|millones)\b"
    r"|(?P<bare>millon|billon) y medio\b"
    r"|(?<=\b[ae]l )(?P<alone>millon|millar|billon)\b(?! (?:y medio|de millones))"  # llegar al millón
)


def _halved(folded: str, start: int) -> Spelled | None:
    """Two and a half million; millón y medio."""
    found = _HALF_START.match(folded, start)
    if found is None:
        return None
    if found["alone"]:
        word = _scale_words()[found["alone"]]
        return Spelled(start, found.end(), word.value, word.value, found.start("alone"), word.role == "group")
    if found["bare"]:
        power = _scale_words()[found["bare"]].value
        return Spelled(start, found.end(), power * Decimal("1.5"), power, found.start("bare"))
    words = number_words().get(found["word"] or "one", ())
    if not words or words[0].role not in {"unit", "one"}:
        return None
    power = _scale_words()[found["scale"]].value
    return Spelled(start, found.end(), (words[0].value + Decimal("0.5")) * power, power, found.start("scale"))
