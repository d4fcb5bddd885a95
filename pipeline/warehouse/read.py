"""Reading the published warehouse: opening it, and asking it named or free questions."""

from __future__ import annotations

import difflib
import re
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

import duckdb

from pipeline.errors import ConfigError, WarehouseError
from pipeline.resources import resource
from pipeline.warehouse.sqlfiles import literal, read_folder

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from duckdb import DuckDBPyConnection

CATALOG = "recuento"
_PARAMETER = re.compile(r"(?P<name>[a-z_]+) (?P<type>[A-Z]+)(?: default (?P<default>.+))?")
_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")


@dataclass(frozen=True, slots=True)
class Parameter:
    """A parameter of a named query. `required` where it has no default; a default of None is SQL's null."""

    name: str
    type: str
    default: Any = None
    required: bool = False

    def described(self) -> str:
        """The type with an example, and what counts where the parameter is left out.

        >>> Parameter("top", "INTEGER", 20).described()
        'INTEGER such as 20; 20 if left out'
        """
        absent = "needed" if self.required else f"{'any' if self.default is None else self.default} if left out"
        return f"{self.type} such as {_TYPES[self.type][1]}; {absent}"


@dataclass(frozen=True, slots=True)
class NamedQuery:
    """A file of `sql/queries`: what it answers, what a row is, what it can be asked with."""

    name: str
    purpose: str
    grain: str
    parameters: Mapping[str, Parameter]
    sql: str


@dataclass(frozen=True, slots=True)
class Result:
    """The answer to a query."""

    columns: tuple[str, ...]
    rows: list[tuple[Any, ...]]


def open_published(path: Path) -> DuckDBPyConnection:
    """A read-only connection to the published warehouse, in UTC. Raises WarehouseError where there is none.

    The file is attached to a connection of its own rather than opened: a process that opens a path a second time is
    handed what it opened first, even if another file has been published there since.
    """
    if not path.exists():
        raise WarehouseError(f"{path}: no published warehouse here; run `recuento ingest` first")
    connection = duckdb.connect(":memory:")
    try:
        connection.execute(f"attach {literal(str(path))} as {CATALOG} (read_only)")
        connection.execute(f"use {CATALOG}")
        connection.execute("set TimeZone = 'UTC'; set enable_progress_bar = false")
        # the words of what is shown are fetched by their rows: up to so many, not all the others with them
        connection.execute("set dynamic_or_filter_threshold = 1000")
        found = connection.execute("select 1 from duckdb_tables() where table_name = 'publication'").fetchone()
    except duckdb.Error as error:
        connection.close()
        raise WarehouseError(_unreadable(path, error)) from error
    if not found:
        connection.close()
        raise WarehouseError(f"{path}: a DuckDB file, but not a published warehouse; run `recuento ingest`")
    return connection


def _unreadable(path: Path, error: duckdb.Error) -> str:
    first = str(error).splitlines()[0]
    if "lock" in first:
        return f"{path}: another program has it open for writing; open it read-only there ({first})"
    return f"{path}: cannot be read as a DuckDB file; delete it and run `recuento ingest` ({first})"


def named_queries() -> list[NamedQuery]:
    """The queries that have a name, in the order of their names."""
    return [
        NamedQuery(f.name, f.header["purpose"], f.header["grain"], parse_parameters(f.header["parameters"]), f.text)
        for f in read_folder(resource("sql", "queries"))
    ]


def named_query(name: str) -> NamedQuery:
    """The query of this name. Raises ConfigError where there is none."""
    named = {each.name: each for each in named_queries()}
    if name in named:
        return named[name]
    near = difflib.get_close_matches(name, named, n=3, cutoff=0.5)
    hint = f"did you mean {', '.join(near)}?" if near else "`recuento sql` lists them"
    raise ConfigError(f"{name}: no query of this name; {hint}")


def parse_parameters(text: str) -> dict[str, Parameter]:
    """The parameters that a header declares; `none` for none.

    >>> parse_parameters("since DATE default null; top INTEGER default 20")["top"]
    Parameter(name='top', type='INTEGER', default=20, required=False)
    """
    if text == "none":
        return {}
    found: dict[str, Parameter] = {}
    for part in text.split(";"):
        match = _PARAMETER.fullmatch(part.strip())
        if not match or match["type"] not in _TYPES:
            raise WarehouseError(f"parameter {part.strip()!r}: expected `name TYPE [default VALUE]`")
        name, kind, default = match["name"], match["type"], match["default"]
        value = None if default in {None, "null"} else convert(name, kind, default)
        found[name] = Parameter(name, kind, value, required=default is None)
    return found


def convert(name: str, kind: str, value: Any) -> Any:
    """A value as the parameter's type. Raises ConfigError where it is none.

    >>> convert("since", "DATE", "2025-01-31")
    datetime.date(2025, 1, 31)
    """
    if value is None or not isinstance(value, str):
        return value
    function, example = _TYPES[kind]
    try:
        return function(value)
    except (ValueError, KeyError):
        raise ConfigError(f"{name}={value}: expected {kind}, such as {example}") from None


_TYPES: dict[str, tuple[Callable[[str], Any], str]] = {
    "DATE": (date.fromisoformat, "2025-01-31"),
    "INTEGER": (int, "20"),
    "DOUBLE": (float, "0.5"),
    "VARCHAR": (str, "OpenAI"),
    "BOOLEAN": (lambda text: {"true": True, "false": False}[text.lower()], "true"),
}


def run_query(connection: DuckDBPyConnection, query: str, values: Mapping[str, Any] | None = None) -> Result:
    """The answer to a named query, to a table or view by its name, or to SQL. Values are bound, never pasted.

    Raises ConfigError for a name that is not there, a parameter that is missing, unknown or of another type, and for
    SQL that DuckDB refuses.
    """
    return _execute(connection, *statement(connection, query, values))


def write_query(
    connection: DuckDBPyConnection, query: str, target: Path, values: Mapping[str, Any] | None = None
) -> int:
    """Write the answer to a Parquet file, whole or not at all; the number of its rows. Raises as `run_query` does."""
    sql, bound = statement(connection, query, values)
    temporary = target.with_name(f".{target.name}.new")
    try:
        into = f"{literal(str(temporary))} (format parquet, compression zstd)"
        found = _execute(connection, f"copy ({sql.strip().rstrip(';')}) to {into}", bound)
        temporary.replace(target)
    finally:
        temporary.unlink(missing_ok=True)
    return int(found.rows[0][0])


def statement(
    connection: DuckDBPyConnection, query: str, values: Mapping[str, Any] | None = None
) -> tuple[str, dict[str, Any]]:
    """The SQL that `run_query` runs, and the values bound to it."""
    values = dict(values or {})
    if not _NAME.fullmatch(query.strip()):
        return query, values
    named = {each.name: each for each in named_queries()}
    if query.strip() in named:
        wanted = named[query.strip()]
        return wanted.sql, _bound(wanted, values)
    relations = _relations(connection)
    if query.strip() in relations:
        return f'from "{query.strip()}"', values
    near = difflib.get_close_matches(query.strip(), sorted({*named, *relations}), n=3, cutoff=0.5)
    hint = f"did you mean {', '.join(near)}?" if near else "`recuento sql` lists those that have a name"
    raise ConfigError(f"{query.strip()}: neither a query nor a table; {hint}")


def _bound(query: NamedQuery, values: Mapping[str, Any]) -> dict[str, Any]:
    for name in values:
        if name not in query.parameters:
            raise ConfigError(f"{query.name} has no parameter {name}: {', '.join(query.parameters) or 'it has none'}")
    for parameter in query.parameters.values():
        if parameter.required and parameter.name not in values:
            raise ConfigError(f"{query.name} needs {parameter.name}={_TYPES[parameter.type][1]}")
    return {
        name: convert(name, parameter.type, values.get(name, parameter.default))
        for name, parameter in query.parameters.items()
    }


def _relations(connection: DuckDBPyConnection) -> list[str]:
    found = connection.execute(
        "select table_name from duckdb_tables()"
        " where not internal and database_name = current_database() and schema_name = 'main'"
        " union all select view_name from duckdb_views() where not internal and database_name = current_database()"
        " order by all"
    )
    return [name for (name,) in found.fetchall()]


def _execute(connection: DuckDBPyConnection, sql: str, values: Mapping[str, Any]) -> Result:
    try:
        if not connection.extract_statements(sql):
            raise ConfigError("no statement in the SQL; `recuento sql` lists the questions that have a name")
        done = connection.execute(sql, values or None)
        return Result(tuple(column[0] for column in done.description or ()), done.fetchall())
    except duckdb.Error as error:
        raise ConfigError(f"the query failed: {in_short(str(error))}") from error


def in_short(message: str) -> str:
    r"""DuckDB's error in one line: what is wrong, what it suggests, and the line of the query.

    >>> in_short("Binder Error: no column x\nCandidate bindings: y\n\nLINE 1: select x\n               ^")
    'Binder Error: no column x; Candidate bindings: y; LINE 1: select x'
    """
    kept = [" ".join(line.split()) for line in message.splitlines()]
    return "; ".join(line for line in kept if line.strip(" ^") and not re.search(r"\) -> |functions:$", line))
