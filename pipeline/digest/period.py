"""The days a digest is about: out of what was asked for on the command line, and as the name of a folder."""

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


def last_week(today: date) -> tuple[date, date]:
    """The last ISO week that is over.

    >>> last_week(date(2025, 1, 20))
    (datetime.date(2025, 1, 13), datetime.date(2025, 1, 19))
    """
    monday = today - timedelta(days=today.weekday() + 7)
    return monday, monday + timedelta(days=6)


def period_name(since: date, until: date) -> str:
    """A name that sorts by time: of an ISO week, a month, or else first and last day.

    >>> period_name(date(2025, 1, 13), date(2025, 1, 19)), period_name(date(2025, 2, 1), date(2025, 2, 28))
    ('2025-W03', '2025-02')
    >>> period_name(date(2025, 1, 1), date(2025, 2, 28))
    '2025-01-01_2025-02-28'
    """
    if since.weekday() == 0 and until == since + timedelta(days=6):
        return "{0.year}-W{0.week:02}".format(since.isocalendar())
    if since.day == 1 and until == _end_of_month(since):
        return f"{since:%Y-%m}"
    return f"{since.isoformat()}_{until.isoformat()}"


def named_period(name: str) -> tuple[date, date] | None:
    """The days that a name of `period_name` stands for, None for any other name.

    >>> named_period("2025-02"), named_period("notes")
    ((datetime.date(2025, 2, 1), datetime.date(2025, 2, 28)), None)
    """
    try:
        if "W" in name:
            return week(name)
        if re.fullmatch(r"[0-9]{4}-[0-9]{2}", name):
            since = date.fromisoformat(f"{name}-01")
            return since, _end_of_month(since)
        since, until = map(date.fromisoformat, name.split("_"))
    except (ValueError, ConfigError):
        return None
    return since, until


def _end_of_month(day: date) -> date:
    return (day.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)
