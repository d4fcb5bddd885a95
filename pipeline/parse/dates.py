"""The dates that authors write, in all the shapes met in front matter, feeds and exports."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time, timedelta, timezone
from email.utils import parsedate_to_datetime
from typing import Final

_FIRST_YEAR: Final = 1990
_ISO: Final = re.compile(
    r"""[<\["']*(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})
    (?:\s+[A-Za-zÁÉÍÓÚáéíóúñ]{2,9}\.?)?                     # org writes the day of the week
    (?:(?:[Tt]|\s+|,\s*)(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,]\d+)?)?\s*([AaPp]\.?[Mm]\.?)?
    \s*([Zz]|UTC|GMT|[+\-−]\d{1,2}:?\d{2}|[+\-−]\d{2})?(?:\s+[A-Z]{2,5})?)?
    [>\]"'\s]*""",
    re.VERBOSE,
)
_COMPACT: Final = re.compile(r"(\d{4})(\d{2})(\d{2})(?:[T\s]?(\d{2})(\d{2})(\d{2})?)?Z?")
_DAY_FIRST: Final = re.compile(
    r"(?:[^\W\d]+\.?,?\s+)?(\d{1,2})(?:st|nd|rd|th|º)?\.?\s+(?:de\s+)?([^\W\d]+)\.?,?\s+(?:del?\s+)?(\d{4})\b.*"
)
_MONTH_FIRST: Final = re.compile(r"(?:[^\W\d]+\.?,?\s+)?([^\W\d]+)\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4})\b.*")
_SLASHED: Final = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})")
_MONTHS: Final = {
    name: number
    for number, names in enumerate(
        (
            "jan january ene enero gener", "feb february febrero febrer", "mar march marzo març",
            "apr april abr abril", "may mayo maig", "jun june junio juny", "jul july julio juliol",
            "aug august ago agosto agost", "sep sept september septiembre setiembre setembre",
            "oct october octubre", "nov november noviembre novembre", "dec december dic diciembre desembre",
        ),
        start=1,
    )
    for name in names.split()
}  # fmt: skip


def parse_date(value: object) -> datetime | None:
    """The moment in the author's zone, UTC where none is given; midnight where no time is. None if it is no date, or
    one before the web: 0001-01-01 and 1970-01-01 are what programs write where there is none.

    The zone is kept, so that `.date()` is the day the author wrote.

    >>> parse_date("2024-01-01T9:05:00-00:00").isoformat(), parse_date("21 de enero de 2025").isoformat()
    ('2024-01-01T09:05:00+00:00', '2025-01-21T00:00:00+00:00')
    >>> parse_date("soon") is None
    True
    """
    found = _any_date(value)
    return found if found and found.year >= _FIRST_YEAR else None


def _any_date(value: object) -> datetime | None:
    if isinstance(value, datetime):
        return value if value.tzinfo else value.replace(tzinfo=UTC)
    if isinstance(value, date):
        return datetime.combine(value, time(), UTC)
    if not isinstance(value, str) or not value.strip() or len(value) > 100:
        return None
    text = value.strip()
    try:
        return _iso(text) or _worded(text) or _mail(text)
    except (ValueError, OverflowError):
        return None  # 2024-13-45 has the shape of a date only


def _iso(text: str) -> datetime | None:
    if match := _ISO.fullmatch(text):
        year, month, day, hour, minute, second, half, zone = match.groups()
        hours = int(hour or 0)
        if half:
            hours = hours % 12 + (12 if half[0] in "Pp" else 0)
        seconds = min(59, int(second or 0))  # 60 is a leap second
        return datetime(int(year), int(month), int(day), hours, int(minute or 0), seconds, tzinfo=_zone(zone))
    if match := _COMPACT.fullmatch(text):
        numbers = [int(part or 0) for part in match.groups()]
        return datetime(*numbers[:3], *numbers[3:], tzinfo=UTC)  # type: ignore[misc,arg-type]
    return None


def _zone(zone: str | None) -> timezone:
    if not zone or zone[0] not in "+-−":
        return UTC
    digits = zone[1:].replace(":", "")
    digits = "0" + digits if len(digits) == 3 else digits.ljust(4, "0")  # +1:00, +01
    shift = timedelta(hours=int(digits[:2]), minutes=int(digits[2:]))
    return timezone(shift if zone[0] == "+" else -shift) if shift else UTC


def _worded(text: str) -> datetime | None:
    if (match := _DAY_FIRST.fullmatch(text)) and not re.search(r"\d:\d\d:\d\d", text):
        day, month, year = match.groups()
    elif (match := _MONTH_FIRST.fullmatch(text)) and not re.search(r"\d:\d\d:\d\d", text):
        month, day, year = match.groups()
    elif match := _SLASHED.fullmatch(text):
        first, second, year = (int(part) for part in match.groups())
        # 12/05 may be either; a number above 12 can only be the day
        month_of_it, day_of_it = (first, second) if second > 12 else (second, first)
        return datetime(int(year), month_of_it, day_of_it, tzinfo=UTC)
    else:
        return None
    number = _MONTHS.get(month.lower())
    return datetime(int(year), number, int(day), tzinfo=UTC) if number else None


def _mail(text: str) -> datetime | None:
    """RFC 822, as feeds and some front matter have it."""
    try:
        found = parsedate_to_datetime(text)
    except (TypeError, IndexError):
        return None
    return found if found.tzinfo else found.replace(tzinfo=UTC)
