"""Near copies and translations in the writer's database: new texts are signed, and compared with those like them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pyarrow as pa

from pipeline.copies import bands, facts, near, translated
from pipeline.resources import resource
from pipeline.warehouse.sqlfiles import read_sql, run_statements

if TYPE_CHECKING:
    from collections.abc import Iterator

    from duckdb import DuckDBPyConnection

_AT_ONCE = 1000  # texts in memory
_SIGNATURES = pa.schema({"post_id": pa.string(), "text_hash": pa.string(), "bands": pa.list_(pa.uint64())})
_LINKS = pa.schema({"post_id": pa.string(), "other_id": pa.string(), "kind": pa.string(), "score": pa.float64()})


def link_copies(connection: DuckDBPyConnection) -> None:
    """Bring `post_signatures` and `copy_links` up to date with `posts`. Costs what the new texts cost."""
    run_statements(connection, _sql("forget"))
    signatures = [
        {"post_id": post_id, "text_hash": text_hash, "bands": bands(text, names)}
        for post_id, text_hash, text, names in _rows(connection, "unsigned")
    ]
    if not signatures:
        return
    connection.register("new_signatures", pa.Table.from_pylist(signatures, _SIGNATURES))
    try:
        connection.execute("insert into post_signatures by name select n.* from new_signatures as n")
        links = [link for row in _rows(connection, "candidates") if (link := _compared(row))]
    finally:
        connection.unregister("new_signatures")
    new_links = pa.Table.from_pylist(links, _LINKS)  # noqa: F841 -- DuckDB finds it by its name
    connection.execute("insert into copy_links by name select n.* from new_links as n")


def _compared(row: tuple[Any, ...]) -> dict[str, Any] | None:
    """The link between the two texts of a row of candidates.sql; None where they are not alike."""
    post_id, other_id, text, other, may_be_translation, names, other_names = row
    kind, score = "near", near(text, other)
    if score is None and may_be_translation:
        kind, score = "translation", translated(facts(text, names), facts(other, other_names))
    return None if score is None else {"post_id": post_id, "other_id": other_id, "kind": kind, "score": score}


def _rows(connection: DuckDBPyConnection, name: str) -> Iterator[tuple[Any, ...]]:
    found = connection.execute(_sql(name))
    while rows := found.fetchmany(_AT_ONCE):
        yield from rows


def _sql(name: str) -> str:
    return read_sql(resource("sql", "copies", f"{name}.sql")).text
