"""The days a digest is about, out of what was asked for on the command line."""

from __future__ import annotations

import re
from datetime import date, timedelta

from pipeline.errors import ConfigError


def week(text: str) -> tuple[date, date]:
    """First and last day, Monday and Sunday, of an ISO week.

    >>> week("2025-W03")
    (datetime.date(2025, 1, 13), datetime.date(2025, 1, 19))
    """
    found = re.fullmatch(r"([0-9]{4})-W([0-9]{2})", text)
    year, number = (int(found[1]), int(found[2])) if found else (0, 0)  # no calendar has the year 0
    try:
        first = date.fromisocalendar(year, number, 1)
        return first, first + timedelta(days=6)
    except (ValueError, OverflowError):
        raise ConfigError(f"--week {text}: expected an ISO week such as 2025-W03") from None


def last_days(text: str, until: date) -> tuple[date, date]:
    """The days or weeks that end with `until`, that day in them.

    >>> last_days("2w", date(2025, 1, 19))
    (datetime.date(2025, 1, 6), datetime.date(2025, 1, 19))
    """
    found = re.fullmatch(r"([0-9]{1,4})([dw])", text)
    days = int(found[1]) * (7 if found[2] == "w" else 1) if found else 0
    if not days:
        raise ConfigError(f"--last {text}: expected days or weeks such as 30d or 2w")
    try:
        return until - timedelta(days=days - 1), until
    except OverflowError:
        raise ConfigError(f"--last {text}: begins before the calendar does") from None
