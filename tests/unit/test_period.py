"""The days a digest is about."""

from __future__ import annotations

from datetime import date

import pytest

from pipeline.digest.period import last_days, week
from pipeline.errors import ConfigError


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2025-W03", date(2025, 1, 13), date(2025, 1, 19)),
        ("2025-W01", date(2024, 12, 30), date(2025, 1, 5)),
        ("2020-W53", date(2020, 12, 28), date(2021, 1, 3)),
    ],
)
def test_a_week_is_the_iso_week_across_new_year(text: str, first: date, last: date) -> None:
    """A week runs from Monday to Sunday, also where the year changes in it."""
    assert week(text) == (first, last)


@pytest.mark.parametrize("text", ["2025-W00", "2025-W53", "2025-3", "2025W03", "", "0000-W01", "9999-W53"])
def test_no_such_week_is_said(text: str) -> None:
    """A week that does not exist is refused with an example of one that does."""
    with pytest.raises(ConfigError, match="2025-W03"):
        week(text)


def test_last_days_end_with_the_day_given() -> None:
    """The last day counts."""
    assert last_days("1d", date(2025, 3, 1)) == (date(2025, 3, 1), date(2025, 3, 1))
    assert last_days("1w", date(2025, 3, 7)) == (date(2025, 3, 1), date(2025, 3, 7))


@pytest.mark.parametrize("text", ["0d", "7", "-1d", "d", "1y", ""])
def test_no_such_span_is_said(text: str) -> None:
    """A span that is none is refused with an example."""
    with pytest.raises(ConfigError, match="30d or 2w"):
        last_days(text, date(2025, 3, 1))
