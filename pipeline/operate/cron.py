"""Cron expressions: five fields, of which we only say whether they are well formed. Pure."""

from __future__ import annotations

import re

# minute, hour, day of month, month, day of week
_CRON_LIMITS = ((0, 59), (0, 23), (1, 31), (1, 12), (0, 7))
_CRON_NAMES = re.compile(
    r"\b(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|sun|mon|tue|wed|thu|fri|sat)\b", re.IGNORECASE
)


def cron_complaint(expression: str) -> str | None:
    """What is wrong with a cron expression, or None.

    >>> cron_complaint("30 6 * * mon-fri")
    >>> cron_complaint("0 25 * * *")
    'the hour goes from 0 to 23'
    """
    fields = expression.split()
    if len(fields) != len(_CRON_LIMITS):
        return "expected five fields: minute, hour, day of month, month, day of week"
    names = ("minute", "hour", "day of month", "month", "day of week")
    for name, text, (low, high) in zip(names, fields, _CRON_LIMITS, strict=True):
        plain = _CRON_NAMES.sub(str(low), text) if name in {"month", "day of week"} else text
        if not re.fullmatch(r"(?:(?:\*|\d+(?:-\d+)?)(?:/[1-9]\d*)?)(?:,(?:\*|\d+(?:-\d+)?)(?:/[1-9]\d*)?)*", plain):
            return f"the {name} {text!r} is not understood; allowed are *, numbers, ranges, lists and steps"
        if any(not low <= int(n) <= high for n in re.findall(r"(?<![/\d])\d+", plain)):
            return f"the {name} goes from {low} to {high}"
    return None
