"""All numbers of a text: digits and words found, read, and put in order."""

from __future__ import annotations

import re
from decimal import Decimal
from functools import cache
from typing import TYPE_CHECKING, Final, NamedTuple

from pipeline.extract.fillers import CARD_MAKERS, OF_RAM
from pipeline.extract.folding import without_accents
from pipeline.extract.numbers.digits import NUMERAL, Context, read_numeral
from pipeline.extract.numbers.ranges import join_ranges
from pipeline.extract.numbers.record import Number
from pipeline.extract.numbers.scale import ScaleReading, counted_after, is_money_before, read_scale
from pipeline.extract.numbers.shapes import address_spans, is_name_part, not_a_number
from pipeline.extract.numbers.tables import unit_rows
from pipeline.extract.numbers.tongue import MEXICAN, is_spanish
from pipeline.extract.numbers.words import read_words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pipeline.extract.numbers.record import Kind

_NUMERAL: Final = re.compile(NUMERAL)
_NO_BLANKS: Final = re.compile(r"\d+(?:[.,]\d+)*")
_DIGIT: Final = re.compile(r"[0-9]")
_NO_YEAR: Final = 2048  # tokens, GPUs, pixels
_MANTISSA: Final = re.compile(r"\d+(?:[.,]\d+)?\Z")
_DOUBT: Final = re.compile(r"[1-9]\d{0,2}[.,]\d{3}\Z")
_SUPERSCRIPT: Final = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁻", "0123456789-")
_POWER: Final = re.compile(
    r"(?:\^|\*\*)\s?[{(]?(?P<caret>[-+−]?\d{1,3})[})]?|(?P<raised>⁻?[⁰¹²³⁴⁵⁶⁷⁸⁹]+)",
)
_POWER_NEXT: Final = re.compile(r"\s?[eE^*xX×·⋅∙•\\p⁰¹²³⁴⁵⁶⁷⁸⁹⁻]")  # how any of these begins
_TIMES_TEN: Final = re.compile(r"\s?(?:[x×·*⋅∙•]|\\times|\\cdot|por)\s?\$?(?=10(?:\^|\*\*|[⁰¹²³⁴⁵⁶⁷⁸⁹⁻]))10")
_LOST_POWER: Final = re.compile(r"\s?[x×·]\s?10(?P<power>[12]\d)(?=\s?(?:flops?\b|operaci|floating))", re.IGNORECASE)
_EXPONENT: Final = re.compile(r"[eE](?P<power>[-+−]?\d{1,3})(?![\w])")
_PERCENT: Final = re.compile(r"\s?%|\s(?:por\s?ciento|per\s?cent|percent)\b")
_ORDINAL: Final = re.compile(r"\.?[ºª°](?!\s?[CFK]\b)|(?:st|nd|rd|th|er|er[oa]|[rd]a|ta|vo)\b")
_MULTIPLE: Final = re.compile(
    rf"\s?[x×](?!\w|\s?\d|\s?(?:(?i:{CARD_MAKERS})\s){{0,2}}(?:[GR]TX|TPU|GPU|MI\d|"
    r"[A-Z]{1,2}\d{2}))|\s(?:veces|times)\b|-fold\b"
)
_TIMES: Final = re.compile(r"\s(?:veces|times)\b|[-\s]?fold\b")  # eight times, threefold
_PRODUCT: Final = re.compile(r"\s?[x×]\s?(?=\d|[A-Z])")
_FRACTION: Final = re.compile(r"/\d{1,3}(?![\d.,]*[\dkKMBT%])(?!\w)(?!\s?(?:[KMGT]i?B|[kMG]?W|GPUs?|tokens?)\b)")
_NAME_BEFORE: Final = re.compile(r"(?<![.!?:]\s)(?<!^)\b[A-Z][\w-]*\s$")
_LETTER: Final = re.compile(r"[^\W\d_]+")
_OF_RAM: Final = re.compile(OF_RAM, re.IGNORECASE)
_CLEAR_SPANISH: Final = "once"


class NumberText(NamedTuple):
    """A text, the same text folded, and the language of its post."""

    text: str
    folded: str
    language: str

    def is_spanish(self, start: int, end: int) -> bool:
        """Whether the sentence around two offsets is Spanish."""
        return is_spanish(self.text, start, end, self.language)


def read_numbers(text: str, language: str, folded: str | None = None, *, spelled: bool = True) -> list[Number]:
    """The numbers of a text, in order, none overlapping. `language` is the post's; each sentence is judged anew.
    Who has folded the text already hands that over, and says if no number is `spelled` in it.

    >>> [(n.value, n.suffix) for n in read_numbers("685 mil millones de parámetros y 25k GPUs", "es")]
    [(685000000000.0, 'mil millones'), (25000.0, 'k')]
    """
    page = NumberText(text, without_accents(text) if folded is None else folded, language)
    found = list(_digits(page))
    if spelled:
        found += _words(page, [(number.start, number.end) for number in found])
    found.sort(key=lambda number: number.start)
    return join_ranges(page.folded, found)


def _digits(page: NumberText) -> Iterator[Number]:
    text, position = page.text, 0
    addresses = address_spans(text)
    while digit := _DIGIT.search(text, position):
        start = digit.start()
        inside = next((end for begin, end in addresses if begin <= start < end), None) if addresses else None
        if (position := inside or not_a_number(text, page.folded, start) or 0) > start:
            continue
        number, position = _number(page, start)
        if number is not None:
            yield number


def _number(page: NumberText, start: int) -> tuple[Number | None, int]:
    """The number whose digits start here, and where to go on."""
    text = page.text
    name = is_name_part(text, start)
    found = _NUMERAL.match(text, start)
    assert found is not None
    if found["sep"] == " " and (
        name or _LETTER.match(text, found.end()) or _NAME_BEFORE.search(text, max(0, start - 24), start)
    ):
        found = _NO_BLANKS.match(text, start)
        assert found is not None
    digits, end = found[0], found.end()
    if name:
        return _named(page, start, digits, end)
    if special := _scientific(page, start, digits, end):
        is_multiple = _MULTIPLE.match(page.text, special.end)
        return (special._replace(kind="multiple") if is_multiple else special), special.end
    return _plain(page, start, digits, end)


def _named(page: NumberText, start: int, digits: str, end: int) -> tuple[Number, int]:
    numeral = read_numeral(digits, Context(spanish=False, scale="letter"))
    value = numeral.value if numeral else Decimal(0)
    scale = read_scale(page.text, page.folded, start, end)
    if scale is not None and scale.form == "letter" and page.text[end : end + 1] != " ":
        return _build(start, scale.end, value * scale.factor, kind="name", scale=scale), scale.end
    return _build(start, end, value, kind="name"), end


def _scientific(page: NumberText, start: int, digits: str, end: int) -> Number | None:
    """3,8 × 10^25, 5e25, 10²⁵, 2^20."""
    text = page.text
    if not _POWER_NEXT.match(text, end):
        return None
    decimal = "," in digits or "." in digits
    if not _MANTISSA.match(digits):
        return None
    mantissa = Decimal(digits.replace(",", "."))
    if found := _EXPONENT.match(text, end):
        return _build(start, found.end(), mantissa.scaleb(_int(found["power"])), kind="scientific")
    if digits in {"10", "2"} and (found := _POWER.match(text, end)):
        base = Decimal(digits)
        return _build(start, found.end(), base ** _int(found["caret"] or found["raised"]), kind="scientific")
    if (ten := _TIMES_TEN.match(text, end)) and (found := _POWER.match(text, ten.end())):
        return _build(start, found.end(), mantissa.scaleb(_int(found["caret"] or found["raised"])), kind="scientific")
    if (decimal or len(digits) == 1) and (found := _LOST_POWER.match(text, end)):
        return _build(start, found.end(), mantissa.scaleb(int(found["power"])), kind="scientific")
    return None


def _int(power: str) -> int:
    return int(power.translate(_SUPERSCRIPT).replace("−", "-"))


def _plain(page: NumberText, start: int, digits: str, end: int) -> tuple[Number | None, int]:
    percent = _PERCENT.match(page.text, end)
    scale = None if percent else read_scale(page.text, page.folded, start, end)
    numeral = read_numeral(
        digits, _context(page, (start, scale.end if scale else end), digits, scale, percent=bool(percent))
    )
    if numeral is None:
        return None, end
    begin, value = _signed(page.text, start, numeral.value)
    if value < 1000 and _has_mil(page.folded, begin, digits):
        begin, value = _with_thousands(page.folded, begin, value)
    if scale is not None:
        value = value * scale.factor + (scale.plus if value >= 0 else -scale.plus)
        other = _other(numeral.value, numeral.alternative, scale)
        return _build(begin, scale.end, value, kind="cardinal", scale=scale, other=other), scale.end
    if percent:
        number = _build(begin, percent.end(), value, kind="percent", suffix="%", other=numeral.alternative)
        return number, percent.end()
    if digits.isdecimal() and (special := _special(page.text, start, digits, end)):
        return special, special.end
    kind: Kind = "decimal" if numeral.decimal else "cardinal"
    if _MULTIPLE.match(page.text, end):
        kind = "multiple"
    elif _is_glued(page.text, end):
        kind = "name"
    number = _build(begin, end, value, kind=kind, other=numeral.alternative)
    is_product = kind == "cardinal" and _PRODUCT.match(page.text, end)
    return (number._replace(relation="times") if is_product else number), end


def _context(
    page: NumberText, span: tuple[int, int], digits: str, scale: ScaleReading | None, *, percent: bool
) -> Context:
    """What the reading of the digits depends on; looked for only where they leave a doubt."""
    form = scale.form if scale else ""
    if not _DOUBT.match(digits):
        return Context(spanish=True, scale=form)
    start, end = span
    spanish = page.is_spanish(start, end)
    if form == "letter" and spanish and page.text[end : end + 2].strip()[:1] in {"€", "$"}:
        form = ""  # 5.576 M€
    if "," in digits and page.text[max(0, start - 2) : start].rstrip()[-1:] == "$" and form != "letter":
        return Context(spanish=False)  # $1,080 in a Mexican post
    if page.language == MEXICAN:
        spanish, form = False, "en" if form == "es" else form
    counted = counted_after().match(page.folded, end) is not None
    return Context(spanish, form, countable=counted, percent=percent)


def _other(value: Decimal, alternative: Decimal | None, scale: ScaleReading) -> Decimal | None:
    if alternative is not None:
        return alternative * scale.factor
    return value * scale.other if scale.other is not None else None


def _has_mil(folded: str, start: int, digits: str) -> bool:
    """Whether a thousand stands before three digits: "mil 700 millones"."""
    return len(digits) == 3 and digits.isdecimal() and folded[max(0, start - 5) : start].lstrip() == "mil "


def _with_thousands(folded: str, start: int, value: Decimal) -> tuple[int, Decimal]:
    """Where "cuatro mil 800" begins, and its value; without a word before it, mil is one thousand."""
    end = start - len(" ")
    lead = folded[max(0, end - _WORDS) : end]
    spelled = next((s for s in reversed(list(read_words(lead))) if s.end == len(lead)), None)
    thousands = spelled.value if spelled and spelled.value % 1000 == 0 else Decimal(1000)
    begin = end - (len(lead) - spelled.start) if spelled else end - len("mil")
    return begin, value + thousands


_WORDS: Final = 40  # characters of a number in words


def _signed(text: str, start: int, value: Decimal) -> tuple[int, Decimal]:
    """A minus that stands alone before the digits belongs to them."""
    if text[start - 1 : start] in {"-", "−"} and (start == 1 or text[start - 2] in " (\t\n\u00a0["):
        return start - 1, -value
    return start, value


def _special(text: str, start: int, digits: str, end: int) -> Number | None:
    """Bare digits that are an ordinal, a fraction or perhaps a year."""
    value = Decimal(digits)
    if ordinal := _ORDINAL.match(text, end):
        return _build(start, ordinal.end(), value, kind="ordinal")
    if (part := _FRACTION.match(text, end)) and not is_money_before(text, start):
        return _build(start, part.end(), value / (int(part[0][1:]) or 1), kind="fraction")
    is_year = len(digits) == 4 and 1900 <= value <= 2099 and value != _NO_YEAR
    if is_year and not _MULTIPLE.match(text, end) and not _is_glued(text, end):
        return _build(start, end, value, kind="year")
    return None


_LARGEST: Final = Decimal("1e60")
_GLUED: Final = frozenset("x X € mm cm km m kg g p Hz GHz MHz".split())


@cache
def _glued_units() -> frozenset[str]:
    return _GLUED.union(alias.split(" ")[0] for alias in unit_rows())


def _is_glued(text: str, end: int) -> bool:
    """Whether letters that are no unit stick to the digits: 4o, 5G, 3D."""
    letters = _LETTER.match(text, end)
    if (
        letters is None
        or letters[0] in _glued_units()
        or (len(letters[0]) > 1 and letters[0].lower() in _glued_units())
    ):
        return False
    if letters[0] == "G" and _OF_RAM.match(text, letters.end()):
        return False
    return not (letters[0][0] in "xX×" and letters[0][1:2].isupper()) and len(letters[0]) <= 3


def _build(
    start: int,
    end: int,
    value: Decimal,
    *,
    kind: Kind,
    suffix: str = "",
    scale: ScaleReading | None = None,
    other: Decimal | None = None,
) -> Number:
    if abs(value) > _LARGEST:  # an identifier, a hash: no amount of anything
        return Number(start, end, 0.0, kind="name")
    return Number(
        start, end, float(value),
        suffix=scale.suffix if scale else suffix, kind=kind, power=float(scale.factor) if scale else 1.0,
        alternative=None if other is None else float(other),
    )  # fmt: skip


def _words(page: NumberText, taken: list[tuple[int, int]]) -> Iterator[Number]:
    starts = iter([*taken, (len(page.text) + 1, len(page.text) + 2)])
    begin, stop = next(starts)
    for spelled in read_words(page.folded):
        while stop <= spelled.start:
            begin, stop = next(starts)
        if begin < spelled.end:
            continue
        if page.folded[spelled.start : spelled.end] == _CLEAR_SPANISH and not page.is_spanish(
            spelled.start, spelled.end
        ):
            continue
        suffix = page.text[spelled.scale_start : spelled.end]
        kind: Kind = "group" if spelled.group else "words"
        if _TIMES.match(page.folded, spelled.end):
            kind = "multiple"
        yield Number(
            spelled.start, spelled.end, float(spelled.value), suffix=suffix, kind=kind, power=float(spelled.power)
        )
