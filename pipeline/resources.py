"""Where the files of `sql/` and `data/` are: beside the package in a checkout, inside it in a wheel."""

from __future__ import annotations

from functools import cache
from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent


@cache  # asked for at each document
def resource(*parts: str) -> Path:
    """The path of a shipped file or folder.

    >>> resource("sql", "migrations").is_dir()
    True
    """
    return _root().joinpath(*parts)


@cache
def _root() -> Path:
    bundled = _PACKAGE / "_bundled"
    return bundled if bundled.is_dir() else _PACKAGE.parent
