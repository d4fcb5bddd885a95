"""Numbers that belong together: ranges, ends of a family, products ("8x7B"), total and active ("235B-A22B")."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from pipeline.extract.fillers import APPROX

if TYPE_CHECKING:
    from pipeline.extract.numbers.record import Number

_MONEY: Final = r"(?:(?:us\$|u\$[sd]|usd|eur|mxn|[$€£])\s?)?"
_HYPHEN: Final = re.compile(rf"\s?[-–—‑~∼]\s?{_MONEY}\Z")
_TO: Final = re.compile(rf"\s+(?:a|to|hasta|up to)\s+(?:los\s+|las\s+)?{_MONEY}\Z")
_AND: Final = re.compile(rf"\s+(?:y|and|e)\s+(?:los\s+|las\s+)?{_MONEY}\Z")
_OR: Final = re.compile(r"\s+(?:o|u|or)\s+\Z")
_TIMES: Final = re.compile(r"(?:[x×]|\s[x×]\s)\Z")
_ACTIVE: Final = re.compile(r"-a\Z")
BETWEEN: Final = rf"\b(?:entre|between)\s+(?:(?:los|las|{APPROX})\s+)?"
FROM: Final = rf"\b(?:de|del|desde|from)\s+(?:(?:los|las|{APPROX})\s+)?"
_BETWEEN: Final = re.compile(rf"{BETWEEN}{_MONEY}\Z")
_FROM: Final = re.compile(rf"{FROM}{_MONEY}\Z")
_CHANGE: Final = re.compile(  # "bajó de 5 a 4": two prices, not one between them
    r"\b(?:pas|sub|baj|crec|crez|cae|cay|caid|aument|redu|increment|ampli|salt|evolucion|llev|multiplic|mejor|recort|"
    r"rebaj|desc[ei]|elev|dispar|escal|cambi|transici|revis|encarec|abarat|went|go(?:es|ing)?\b|ris|rose|gr[eo]w|fall|"
    r"fell|drop|jump|climb|surg|increas|decreas|expand|extend|cut|rais|slash|improv|doubl|boost|mov|shift|scal|up\b|"
    r"down\b|lower|swell|shr[iau]nk|slid|soar|leap|upgrad|chang|lift)"
)
_BY: Final = re.compile(rf"\b(?:by|en)\s(?:(?:{APPROX}|un|otros|another|an additional|an extra)\s)?{_MONEY}\Z")
_WIDE: Final = 4  # from 1.5 to 70: the ends of a family; from 20 to 25: one number between them
_FAR: Final = 16
_AND_ANOTHER: Final = re.compile(
    rf"\s(?:y|e|and)\s(?:(?:de|otro|otra|los|las|la|el|un|uno|una|the|another|one|of)\s){{0,3}}{_MONEY}\Z"
)
_COMMA: Final = re.compile(rf",\s(?:(?:de|los|las|the|of)\s){{0,2}}{_MONEY}\Z")
_ALIKE: Final = 50  # "7 y 70 mil millones", but not "3 y 400 millones"


def join_ranges(folded: str, numbers: list[Number]) -> list[Number]:
    """The numbers with ranges made one and other pairs related. The scale of a second holds for a first without one."""
    joined: list[Number] = []
    for number in numbers:
        pair = _pair(folded, joined[-1], number) if joined and 0 < number.start - joined[-1].end <= _FAR else None
        if pair is None:
            joined.append(number)
        else:
            joined[-1:] = pair
    return joined


def _pair(folded: str, first: Number, second: Number) -> list[Number] | None:
    gap = folded[first.end : second.start]
    if _TIMES.match(gap):
        kind = "cardinal" if second.kind == "name" and first.kind != "name" else second.kind
        return [first._replace(relation="times"), second._replace(relation="each", kind=kind)]
    if _ACTIVE.match(gap) and first.suffix and second.suffix:
        return [first, second._replace(relation="active", kind=first.kind)]
    if first.is_amount and second.is_amount and first.lower is None and second.lower is None:
        return _ends(gap, folded[max(0, first.start - 48) : first.start], first, second)
    return None


def _ends(gap: str, before: str, first: Number, second: Number) -> list[Number] | None:
    """The range, or the two ends of a family, that two numbers make with the words between and before them."""
    of_family = first.suffix == second.suffix == "B" and second.value >= _WIDE * first.value
    of_family = of_family and before[-1:] not in {"$", "€", "£"}  # siblings (1.5B to 70B): two sizes
    if _HYPHEN.match(gap) and of_family:
        return _two_ends(first, second)
    if _HYPHEN.match(gap) or (_AND.match(gap) and _BETWEEN.search(before)):
        return _range(first, second)
    if _OR.match(gap):  # cinco o diez millones: one scale for both; dos o tres: a manner of speaking
        shared = first.power == 1 and second.power != 1 and first.value < second.value / second.power
        return _range(first, second) if shared or second.value - first.value == 1 else None
    if not _TO.match(gap) or _is_growth(before, first, second):
        return None
    if _FROM.search(before) or of_family:
        borrowed = borrow(first, second)
        if borrowed.value >= second.value:
            return None
        if not first.suffix and second.suffix != "B" and _is_one(borrowed, second, before):
            return _range(first, second)
        return _two_ends(borrowed, second)
    return None if "hasta" in gap or "up" in gap else _range(first, second)


def _is_growth(before: str, first: Number, second: Number) -> bool:
    """Whether the first number says by how much it came to the second: "rose 20% to 33 billion", "by 10 to 85"."""
    if first.kind == "percent":
        return second.kind != "percent"
    return second.value / second.power >= _WIDE * first.value / first.power and is_change(before)


def is_change(before: str) -> bool:
    """Whether the number behind these words is a change: "raised its forecast by $".

    >>> is_change("google raised its forecast by $"), is_change("was outspent by $")
    (True, False)
    """
    return _BY.search(before) is not None and _CHANGE.search(before) is not None


def _two_ends(first: Number, second: Number) -> list[Number]:
    return [first._replace(relation="low"), second._replace(relation="high")]


def _is_one(first: Number, second: Number, before: str) -> bool:
    """Whether "from 20 to 25" is one number that is not sure, neither a change nor a family."""
    return second.value < _WIDE * first.value and not _CHANGE.search(before)


def borrow(first: Number, second: Number) -> Number:
    """The first number with the second's scale, where it has none of its own and stays below: "5-10 millones"."""
    power = Decimal(second.power)
    if first.power == 1000 and power > 1000 and "mil " in second.suffix.lower():  # 10 mil o 20 mil millones
        power /= 1000
    elif first.power != 1:
        return first
    value = float(Decimal(str(first.value)) * power)
    if power == 1 or value > second.value:
        return first
    return first._replace(value=value, power=float(Decimal(first.power) * power), suffix=second.suffix)


def _range(first: Number, second: Number) -> list[Number] | None:
    first = borrow(first, second)
    if not first.value < second.value or (first.suffix and not second.suffix):
        return None
    middle = float((Decimal(str(first.value)) + Decimal(str(second.value))) / 2)
    ends = second._replace(start=first.start, lower=first.value, upper=second.value)
    return [ends._replace(value=middle, kind="range", alternative=None)]


def share_scale(folded: str, numbers: list[Number]) -> list[Number]:
    """The numbers of a list with the scale that its last one says: "7, 13 y 70 mil millones"."""
    shared = list(numbers)
    in_list = False
    for i in range(len(shared) - 2, -1, -1):
        first, second = shared[i], shared[i + 1]
        gap = folded[first.end : second.start]
        joined = len(gap) <= _FAR and (_AND_ANOTHER.match(gap) or (in_list and _COMMA.match(gap)))
        in_list = bool(joined) and _lacks_scale(first, second)
        if in_list:
            value = float(Decimal(str(first.value)) * Decimal(second.power))
            shared[i] = first._replace(value=value, power=second.power, suffix=second.suffix)
    return shared


def _lacks_scale(first: Number, second: Number) -> bool:
    """Whether a number is one of those that the next one's scale is for."""
    if first.power != 1 or first.suffix or first.lower is not None or second.power < 1e6 or len(second.suffix) < 3:
        return False
    amounts = first.kind in {"cardinal", "decimal", "words"} and second.kind in {"cardinal", "decimal", "words"}
    ratio = first.value / (second.value / second.power) if second.value else 0
    return amounts and not (first.relation or second.relation) and 1 / _ALIKE <= ratio <= _ALIKE
