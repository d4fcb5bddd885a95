"""Near copies and translations in the writer's database: new texts are signed, and compared with those like them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pyarrow as pa

from pipeline.copies import bands, facts, near, translated
from pipeline.resources import resource
from pipeline.warehouse.sqlfiles import read_sql, run_statements
from pipeline.warehouse.transaction import registered

if TYPE_CHECKING:
    from collections.abc import Iterator

    from duckdb import DuckDBPyConnection

_AT_ONCE = 1000  # texts, or pairs of them, in memory
_SIGNATURES = pa.schema({"post_id": pa.string(), "text_hash": pa.string(), "bands": pa.list_(pa.uint64())})
_LINKS = pa.schema({"post_id": pa.string(), "other_id": pa.string(), "kind": pa.string(), "score": pa.float64()})


def link_copies(connection: DuckDBPyConnection) -> None:
    """Bring `post_signatures` and `copy_links` up to date with `posts`. Costs what the new texts cost."""
    run_statements(connection, _sql("forget"))
    connection.execute("create or replace temporary table new_signatures as from post_signatures limit 0")
    for lot in _lots(connection, "unsigned", "to_sign"):
        signatures = [
            {"post_id": post_id, "text_hash": text_hash, "bands": bands(text, names)}
            for post_id, text_hash, text, names in lot
        ]
        _insert(connection, "new_signatures", pa.Table.from_pylist(signatures, _SIGNATURES))
    connection.execute("insert into post_signatures by name from new_signatures")
    for lot in _lots(connection, "candidates", "to_compare"):
        links = [link for row in lot if (link := _compared(row))]
        _insert(connection, "copy_links", pa.Table.from_pylist(links, _LINKS))
    connection.execute("drop table new_signatures")


def _compared(row: tuple[Any, ...]) -> dict[str, Any] | None:
    """The link between the two texts of a row of candidates.sql; None where they are not alike."""
    post_id, other_id, text, other, may_be_translation, names, other_names = row
    kind, score = "near", near(text, other)
    if score is None and may_be_translation:
        kind, score = "translation", translated(facts(text, names), facts(other, other_names))
    return None if score is None else {"post_id": post_id, "other_id": other_id, "kind": kind, "score": score}


def _lots(connection: DuckDBPyConnection, which: str, name: str) -> Iterator[list[tuple[Any, ...]]]:
    """The rows of a query over those that another names, a lot at a time: all texts together take much memory."""
    wanted = connection.execute(_sql(which)).to_arrow_table()
    for start in range(0, wanted.num_rows, _AT_ONCE):
        with registered(connection, lot=wanted.slice(start, _AT_ONCE)):
            rows = connection.execute(_sql(name)).fetchall()
        yield rows


def _insert(connection: DuckDBPyConnection, table: str, rows: pa.Table) -> None:
    with registered(connection, incoming=rows):
        connection.execute(f"insert into {table} by name from incoming")


def _sql(name: str) -> str:
    return read_sql(resource("sql", "copies", f"{name}.sql")).text
