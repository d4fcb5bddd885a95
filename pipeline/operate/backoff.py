"""When a source that keeps failing is tried again. Pure."""

from __future__ import annotations

from datetime import datetime, timedelta

_FIRST = {True: timedelta(hours=1), False: timedelta(days=1)}  # transient, permanent
_LONGEST = timedelta(days=7)


def next_attempt(failures: int, now: datetime, *, is_transient: bool) -> datetime | None:
    """The moment before which a source is left alone that failed so many times in a row; None: the next run tries it.

    A first failure costs nothing. From the second on the pause doubles, up to a week: from an hour where the failure
    may pass by itself, from a day where it will not without someone's doing.

    >>> from datetime import UTC
    >>> monday = datetime(2026, 1, 5, tzinfo=UTC)
    >>> [str(next_attempt(n, monday, is_transient=True) or "at once") for n in (1, 2, 3)]
    ['at once', '2026-01-05 01:00:00+00:00', '2026-01-05 02:00:00+00:00']
    >>> str(next_attempt(9, monday, is_transient=False))
    '2026-01-12 00:00:00+00:00'
    """
    if failures < 2:
        return None
    return now + min(_FIRST[is_transient] * (1 << min(failures - 2, 10)), _LONGEST)
