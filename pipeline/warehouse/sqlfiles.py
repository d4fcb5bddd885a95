"""The `.sql` files: their headers, and running their statements with bound values."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from pipeline.errors import WarehouseError

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from duckdb import DuckDBPyConnection

_HEADER_LINE = re.compile(r"-- (?:(purpose|grain|parameters): | +)(.*)")


@dataclass(frozen=True, slots=True)
class SqlFile:
    """A file of SQL. `name` lacks the number in front and the ending; `header` maps purpose, grain, parameters."""

    path: Path
    name: str
    header: Mapping[str, str]
    text: str


def read_sql(path: Path) -> SqlFile:
    """The file with its header. Raises WarehouseError where the header lacks one of its three lines."""
    text = path.read_text("utf-8")
    header = parse_header(text)
    missing = [key for key in ("purpose", "grain", "parameters") if not header.get(key)]
    if missing:
        raise WarehouseError(f"{path}: the header lacks `-- {missing[0]}: …`")
    return SqlFile(path, re.sub(r"^\d+_", "", path.stem), header, text)


def read_folder(folder: Path) -> list[SqlFile]:
    """All files of a folder in the order of their names."""
    return [read_sql(path) for path in sorted(folder.glob("*.sql"))]


def parse_header(text: str) -> dict[str, str]:
    r"""The comment lines at the top, by key; a line that is indented further goes on with the one before.

    >>> parse_header("-- purpose: who is\n--   named\n-- grain: an entity\nselect 1")
    {'purpose': 'who is named', 'grain': 'an entity'}
    """
    header: dict[str, str] = {}
    key = ""
    for line in text.splitlines():
        found = _HEADER_LINE.fullmatch(line)
        if not found:
            break
        key = found[1] or key
        header[key] = f"{header[key]} {found[2].strip()}" if not found[1] else found[2].strip()
    return header


def run_statements(connection: DuckDBPyConnection, text: str, values: Mapping[str, Any] | None = None) -> None:
    """Run each statement, with those of the values that it names bound to it."""
    for statement in connection.extract_statements(text):
        wanted = {name: (values or {})[name] for name in statement.named_parameters}
        connection.execute(statement, wanted or None)


def literal(text: str) -> str:
    """Text as an SQL literal, for the few places that take no parameter (COMMENT ON, ATTACH).

    >>> literal("model's")
    "'model''s'"
    """
    return "'" + text.replace("'", "''") + "'"
