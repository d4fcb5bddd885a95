"""The scale behind digits: "25k", "5 M€", "685 mil millones", "1,8 billones (españoles)", "2 millones y medio"."""

from __future__ import annotations

import re
from decimal import Decimal
from functools import cache
from typing import TYPE_CHECKING, Final, NamedTuple

from pipeline.extract.numbers.tables import (
    COUNTED,
    alternation,
    currencies,
    currency_signs,
    scales,
    unit_rows,
)

if TYPE_CHECKING:
    from pipeline.extract.numbers.digits import ScaleForm

_SCALE_NEXT: Final = re.compile(r"\+?[\s-]?[^\W\d_]")
_LETTERS: Final = re.compile(r"[^\W\d_]+")
_LONG: Final = re.compile(
    r"\s?\(?\s?(?:(?:en|de)\s+)?"
    r"(?:espa[nñ]ol(?:es|as)?|castellano|europe[oa]s?|(?:la\s+)?escala larga|hispanos)\b\s?\)?"
)
_SHORT: Final = re.compile(
    r"\s?\(?\s?(?:(?:en|de)\s+)?"
    r"(?:ingles(?:es)?|american[oa]s?|anglosajon(?:es|as)?|estadounidenses?|norteamerican[oa]s?"
    r"|(?:la\s+)?escala corta|en ingles|us\b|eeuu|ee\.\s?uu\.)(?!\w)\s?\)?"
)
_SHORT_SCALE: Final = {"billon": 9, "billones": 9, "trillon": 12, "trillones": 12}
_TRILLON: Final = Decimal(10) ** 18
_HALF: Final = re.compile(r"\s+(?:y\s+medi[oa]|and\s+a\s+half)\b")
_UNITS_OF_MIL: Final = re.compile(r"\s(\d{3})(?![\d.,]*\d|\s?%|\w)(?:\s(?P<big>millones)\b)?")  # 14 mil 480 GPU
_MORE_THOUSANDS: Final = re.compile(r"\s+(?:con\s+|y\s+)?(\d{1,3})\s+mil\b(?!\s+(?:mill|bill))")
_ENCLOSED: Final = re.compile(r"(?:\A|[(|])[~≈]?$")
_CLOSED: Final = re.compile(r"\Z|[)|]")
_WINDOW_NEXT: Final = re.compile(r"\s(?:(?:de|of)\s)?(?:contexto|context)\b")


class ScaleReading(NamedTuple):
    """A scale: where it ends, how it is written, its factor, what is added, and the factor in the other convention."""

    end: int
    suffix: str
    factor: Decimal
    form: ScaleForm
    plus: Decimal = Decimal(0)
    other: Decimal | None = None


@cache
def counted_after() -> re.Pattern[str]:
    """Over folded text, behind a number: something counted, at once or with up to two words between."""
    nouns = alternation(a.lower() for a, unit in unit_rows().items() if unit.dimension in COUNTED and len(a) > 2)
    chip = r"(?:nvidia\s+|amd\s+)?(?:[abhlv]\d{2,3}0|gb?\d{3}|mi\d{3}x?|rtx\s?\d{4}|tpu)s?"
    return re.compile(rf"\+?[\s-]+(?:de\s+|of\s+)?(?:(?!y\s|o\s|and\s|or\s)[a-zñ]+[\s-]+){{0,2}}?(?:{nouns}|{chip})\b")


@cache
def _money_before() -> re.Pattern[str]:
    return re.compile(rf"(?<![a-z]){alternation(a for a in currency_signs() if a == a.lower())}\s?-?\Z", re.IGNORECASE)


@cache
def _money_after() -> re.Pattern[str]:
    names = alternation(a for a in currencies() if a == a.lower())
    return re.compile(rf"\s?(?:de\s+)?{names}(?![a-zñ])")


@cache
def _words() -> re.Pattern[str]:
    big = alternation(alias for alias, s in scales().items() if s.form == "word" and s.factor >= 1_000_000)
    return re.compile(
        rf"[\s-]?(?P<scale>(?P<pre>mil|miles de|thousand|hundred)\s+(?P<big>{big})\b"
        rf"|(?P<one>{big})\b(?P<dot>(?<=mill)\.(?=\s))?(?P<twice>\s+de\s+millones)?"
        rf"|(?P<mil_m>mil\s+mm?)(?={_money_after().pattern}|\s+(?:de\s+)?(?:param|tokens|usuari))"
        rf"|(?P<small>mil|thousands?|hundred)\b)"
    )


def read_scale(text: str, folded: str, start: int, end: int) -> ScaleReading | None:
    """The scale behind the digits `text[start:end]`, or None."""
    if not _SCALE_NEXT.match(text, end):
        return None
    end += text[end] == "+"  # 800+ million
    letters = _LETTERS.match(text, end)
    if letters and (found := _attached(folded, start, letters[0], letters.end())):
        return found
    words = _words().match(folded, end)
    if words:
        return _of_this_world(folded, start, _worded(text, folded, words))
    return None if letters else _spaced(text, folded, start, end)


def _attached(folded: str, start: int, letters: str, end: int) -> ScaleReading | None:
    scale = scales().get(letters)
    if (
        scale is None
        or scale.form in {"word", "compound"}
        or folded[end : end + 1].isdigit()
        or folded[end : end + 1] == "_"
    ):
        return None
    money = scale.form in {"money", "weak"} and _has_money(folded, start, end)
    if scale.form == "money" and not money:
        return None
    if scale.form == "weak" and not money and not _counted(folded, end):
        return None
    return ScaleReading(end, letters, scale.factor, "letter")


def _spaced(text: str, folded: str, start: int, end: int) -> ScaleReading | None:
    """A letter after a blank is a scale only beside money, before something counted, or where nothing else is in the
    bracket or cell: 5 M€, 128 K tokens, 98 k de contexto, (284 B).
    """
    blank = text[end : end + 1]
    if not blank.isspace() or blank == "\n" or not (letters := _LETTERS.match(text, end + 1)):
        return None
    scale = scales().get(letters[0])
    if scale is None or scale.form in {"word", "compound", "weak"}:
        return None
    alone = _ENCLOSED.search(folded, max(0, start - 2), start) and _CLOSED.match(folded, letters.end())
    counted = alone or _WINDOW_NEXT.match(folded, letters.end()) or _counted(folded, letters.end())
    if _has_money(folded, start, letters.end()) or (scale.form == "suffix" and counted):
        return ScaleReading(letters.end(), letters[0], scale.factor, "letter")
    return None


def _has_money(folded: str, start: int, end: int) -> bool:
    return bool(_money_after().match(folded, end) or is_money_before(folded, start))


def is_money_before(text: str, start: int) -> bool:
    """Whether the sign or code of a currency stands before a number."""
    return bool(_money_before().search(text, max(0, start - 6), start))


def _counted(folded: str, end: int) -> bool:
    return counted_after().match(folded, end) is not None


def _worded(text: str, folded: str, words: re.Match[str]) -> ScaleReading:
    if words["mil_m"]:
        return ScaleReading(words.end(), text[words.start("scale") : words.end()], Decimal(10) ** 9, "es")
    alias = words["big"] or words["one"] or words["small"]
    pre = (words["pre"] or "").removesuffix(" de").replace("miles", "mil")
    factor = scales()[alias].factor * (scales()[pre].factor if pre else 1)
    if words["twice"]:
        factor *= 1_000_000
    end, other = words.end(), None
    if alias in _SHORT_SCALE:
        end, factor, other = _convention(folded, end, alias, factor)
    suffix, plus = text[words.start("scale") : words.end()], Decimal(0)
    if half := _HALF.match(folded, end):
        end, plus = half.end(), factor / 2
    elif alias == "mil" and not pre and (more := _UNITS_OF_MIL.match(folded, end)):
        big = 1_000_000 if more["big"] else 1
        end, factor, plus, suffix = more.end(), factor * big, Decimal(more[1]) * big, more["big"] or suffix
    elif alias in {"millon", "millones"} and (more := _MORE_THOUSANDS.match(folded, end)):
        end, plus = more.end(), Decimal(more[1]) * 1000
    return ScaleReading(end, suffix, factor, "es" if scales()[alias].language == "es" else "en", plus, other)


def _of_this_world(folded: str, start: int, scale: ScaleReading) -> ScaleReading:
    """Nobody has 10^18 dollars: "$1.25 trillones" is a trillion that was not translated."""
    if scale.other is None or scale.factor < _TRILLON or not _has_money(folded, start, scale.end):
        return scale
    return scale._replace(factor=scale.other, plus=scale.plus / 1_000_000, other=None)


def _convention(folded: str, end: int, alias: str, factor: Decimal) -> tuple[int, Decimal, Decimal | None]:
    """Which billón: the writer's own word for it decides, else the long scale, with the short one as doubt."""
    short = factor / scales()[alias].factor * Decimal(10) ** _SHORT_SCALE[alias]
    if found := _LONG.match(folded, end):
        return _closed(folded, found), factor, None
    if found := _SHORT.match(folded, end):
        return _closed(folded, found), short, None
    return end, factor, short


def _closed(folded: str, found: re.Match[str]) -> int:
    """The end of "(españoles)", without a bracket or blank that was not opened."""
    inside = found[0]
    end = found.end() if "(" in inside or not inside.endswith(")") else found.end() - 1
    while folded[end - 1].isspace():
        end -= 1
    return end
