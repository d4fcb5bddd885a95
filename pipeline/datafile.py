"""The rows of a data file: CSV with a header, where lines that start with `#` are comments.

Whatever does not fit is a ConfigError that names file and line.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING

from pipeline.errors import ConfigError

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
    from pathlib import Path


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a data file, and the means to complain about it."""

    path: Path
    line: int
    fields: Mapping[str, str]

    def __getitem__(self, column: str) -> str:
        return self.fields[column]

    @property
    def place(self) -> str:
        """For traces: `bounds.csv:4`."""
        return f"{self.path.name}:{self.line}"

    def required(self, column: str) -> str:
        """The field, which must not be empty."""
        if not self.fields[column].strip():
            raise self.error(f"{column} is empty")
        return self.fields[column]

    def words(self, column: str) -> tuple[str, ...]:
        """The field's alternatives, separated by `|`."""
        return tuple(word.strip() for word in self.fields[column].split("|") if word.strip())

    def choice(self, column: str, allowed: Collection[str]) -> str:
        """The field, which must be one of those allowed."""
        if self.fields[column] not in allowed:
            raise self.error(f"{column} is {self.fields[column]!r}; allowed: {', '.join(sorted(allowed))}")
        return self.fields[column]

    def decimal(self, column: str) -> Decimal:
        """The field as a number."""
        try:
            return Decimal(self.fields[column])
        except InvalidOperation:
            raise self.error(f"{column} is {self.fields[column]!r}, not a number") from None

    def count(self, column: str) -> int:
        """The field as a whole number from 0."""
        if not self.fields[column].isdecimal():
            raise self.error(f"{column} is {self.fields[column]!r}, not a count")
        return int(self.fields[column])

    def error(self, message: str) -> ConfigError:
        """What is wrong with the line, to be raised."""
        return ConfigError(f"{self.path}:{self.line}: {message}")


def read_rows(path: Path, header: Sequence[str]) -> Iterator[Row]:
    """The rows of a file, which must have this header and in each row as many fields."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        lines = [0]
        rows = csv.reader(_without_comments(file, lines))
        seen = next(rows, [])
        if seen != list(header):
            what = ",".join(seen) or "empty"
            raise ConfigError(f"{path}:{lines[0]}: the header is {what}; expected {','.join(header)}")
        for fields in rows:
            row = Row(path, lines[0], dict(zip(header, fields, strict=False)))
            if len(fields) != len(header):
                raise row.error(f"{len(fields)} fields; the header has {len(header)}")
            yield row


def _without_comments(file: Iterable[str], lines: list[int]) -> Iterator[str]:
    """The lines without comments and blank ones; `lines[0]` is the number of the last one in the file."""
    for number, line in enumerate(file, 1):
        lines[0] = number
        if line.strip() and not line.startswith("#"):
            yield line
