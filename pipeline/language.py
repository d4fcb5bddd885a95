"""Which language a text is in: by its script, or by its commonest small words.

Small words make up about half of any running text and hardly travel between languages, so a few hundred of them decide
even between neighbours such as Spanish, Catalan and Galician. A word that several languages have counts less for each.
"""

from __future__ import annotations

import re
from collections import Counter
from functools import cache
from math import sqrt
from typing import TYPE_CHECKING, Final, Literal

from pipeline.datafile import read_rows
from pipeline.resources import resource

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

_SAMPLE: Final = 30_000  # characters; more of a post does not change the answer
_WORD: Final = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
_SCRIPTS: Final = (
    ("ja", re.compile(r"[\u3041-\u30ff]")),
    ("ko", re.compile(r"[\uac00-\ud7af]")),
    ("zh", re.compile(r"[\u4e00-\u9fff]")),
    ("uk", re.compile(r"[іїєґІЇЄҐ]")),
    ("ru", re.compile(r"[\u0400-\u04ff]")),
    ("el", re.compile(r"[\u0370-\u03ff]")),
    ("he", re.compile(r"[\u0590-\u05ff]")),
    ("ar", re.compile(r"[\u0600-\u06ff]")),
    ("hi", re.compile(r"[\u0900-\u097f]")),
    ("th", re.compile(r"[\u0e00-\u0e7f]")),
)
_FOREIGN: Final = re.compile(r"[\u0370-\u06ff\u0900-\u0e7f\u3041-\u30ff\u4e00-\u9fff\uac00-\ud7af]")
_LATIN: Final = re.compile(r"[A-Za-zÀ-ɏ]")
# of the letters that set a language apart from the one written with the same script, few are enough
_MARKS: Final = {"ja": 0.1, "uk": 0.02}

_MIN_SCORE: Final = 2.0  # less proves nothing, but for the two languages that are to be expected
_MIN_EXPECTED: Final = 0.8
_EXPECTED: Final = frozenset({"es", "en"})
_MIN_SHARE: Final = 0.04  # of the different words: below, it is a list of names or a table
_LEAD: Final = 1.2  # how far the best must lead the next
_OVERRULE: Final = 1.6  # how far it must lead the declared language


def load_words(path: Path) -> dict[str, frozenset[str]]:
    """The small words of each language. Raises ConfigError naming file and line."""
    found: dict[str, frozenset[str]] = {}
    for row in read_rows(path, ("language", "words")):
        language, words = row["language"], frozenset(row["words"].split())
        if not re.fullmatch(r"[a-z]{2}", language) or language in found or not words:
            raise row.error(f"a language of two letters, once, and its words; seen: {language}, {row['words'][:40]}")
        found[language] = words
    return found


@cache
def _weights() -> Mapping[str, Mapping[str, float]]:
    """Of each word, the languages that have it and what it counts for them."""
    words = load_words(resource("data", "language", "words.csv"))
    shared = Counter(word for own in words.values() for word in own)
    return {
        word: {language: 1 / number for language, own in words.items() if word in own}
        for word, number in shared.items()
    }


def detect(text: str, default: str = "und") -> str:
    """The language of a text as two letters; `default` where the text is too short or does not clearly contradict it.

    >>> detect("Los modelos que han salido esta semana no son muy grandes, pero sí muy baratos.")
    'es'
    >>> detect("Els models que han sortit aquesta setmana no són gaire grans, però sí molt barats.", "es")
    'ca'
    >>> detect("GPT-4, Llama 3"), detect("GPT-4, Llama 3", "es"), detect("Se rumorea que GPT-5 tiene 12 billones")
    ('und', 'es', 'es')
    """
    sample = text[:_SAMPLE]
    script = _script(sample)
    if script:
        return script
    words = Counter(_WORD.findall(sample.lower().replace("’", "'")))
    scores = _scores(words)
    (best, most), (_, second) = [*scores.most_common(2), ("", 0.0), ("", 0.0)][:2]
    is_short = most < _MIN_SCORE
    if most < max(_MIN_EXPECTED, _MIN_SHARE * len(words)) or (is_short and default != "und"):
        return default
    if is_short:
        return best if best in _EXPECTED and most > second else default
    if default in scores or len(default) == 2:
        return best if most > _OVERRULE * scores[default] else default
    return best if most > _LEAD * second else default


def _script(text: str) -> str | None:
    """The language that the script gives away; None for Latin letters."""
    if text.isascii() or (foreign := len(_FOREIGN.findall(text))) < 5:
        return None
    if foreign * 3 < len(_LATIN.findall(text)):  # names in Latin letters are longer than words in Chinese ones
        return None
    for language, mark in _SCRIPTS:
        if len(mark.findall(text)) >= _MARKS.get(language, 0.5) * foreign:
            return language
    return None


def _scores(words: Mapping[str, int]) -> Counter[str]:
    """What speaks for each language. A word said again counts for less: variety proves more than repetition."""
    weights = _weights()
    scores: Counter[str] = Counter()
    for word, number in words.items():
        if languages := weights.get(word):
            for language, weight in languages.items():
                scores[language] += weight * sqrt(number)  # type: ignore[assignment]
    return scores


def spanish_or_english(sentence: str, default: str = "es") -> Literal["es", "en"]:
    """Which of the two a single sentence is in; that of `default` where its words do not tell.

    >>> spanish_or_english("un clúster de 12.000 GPUs", "en"), spanish_or_english("12,000 GPUs", "en")
    ('es', 'en')
    """
    scores = _scores(Counter(_WORD.findall(sentence.lower().replace("us$", "$"))))
    if scores["es"] == scores["en"]:
        return "en" if default == "en" else "es"
    return "es" if scores["es"] > scores["en"] else "en"
