"""The schema as a page of Markdown, from the database's own comments: `python -m pipeline.warehouse.describe`."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import duckdb

from pipeline.publish import add_reference, install_views
from pipeline.resources import resource
from pipeline.warehouse.read import named_queries
from pipeline.warehouse.schema import migrate
from pipeline.warehouse.sqlfiles import read_folder, read_sql, run_statements

if TYPE_CHECKING:
    from collections.abc import Iterator

    from duckdb import DuckDBPyConnection


def describe() -> str:
    """Tables with their columns, views and macros, named queries."""
    with duckdb.connect() as connection:
        migrate(connection)
        add_reference(connection)
        connection.execute("create macro stem(word, stemmer) as word")  # for the extension's: there is nothing to stem
        install_views(connection)
        run_statements(connection, read_sql(resource("sql", "search", "index.sql")).text)
        return "\n".join([*_tables(connection), *_views(), *_queries()]) + "\n"


def _tables(connection: DuckDBPyConnection) -> Iterator[str]:
    yield "# The warehouse\n\nMade from the comments in the database by `make docs`.\n"
    yield "## Tables\n"
    tables = connection.execute("select table_name, comment from duckdb_tables() order by table_name").fetchall()
    for table, comment in tables:
        yield f"### {table}\n\n{comment}\n\n| column | type | is |\n| --- | --- | --- |"
        columns = connection.execute(
            "select column_name, data_type, comment from duckdb_columns() where table_name = ? order by column_index",
            [table],
        )
        yield from (f"| {name} | {kind.lower()} | {text} |" for name, kind, text in columns.fetchall())
        yield ""


def _views() -> Iterator[str]:
    yield "## Views and macros\n\n| name | answers | a row is | parameters |\n| --- | --- | --- | --- |"
    for file in read_folder(resource("sql", "views")):
        yield f"| {file.name} | {file.header['purpose']} | {file.header['grain']} | {file.header['parameters']} |"
    yield ""


def _queries() -> Iterator[str]:
    yield "## Named queries (`recuento sql NAME`)\n"
    yield "| name | answers | a row is | parameters |\n| --- | --- | --- | --- |"
    for query in named_queries():
        yield f"| {query.name} | {query.purpose} | {query.grain} | {', '.join(query.parameters) or 'none'} |"


if __name__ == "__main__":
    sys.stdout.write(describe())
