"""A warehouse made by any released version is brought forward with all it holds (`released/N.sql`: as schema N left it)."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import duckdb
import pytest

from pipeline.publish import publish
from pipeline.resources import resource
from pipeline.warehouse import Warehouse
from pipeline.warehouse.read import open_published, run_query
from pipeline.warehouse.schema import migrate
from pipeline.warehouse.sqlfiles import run_statements
from tests.unit.test_warehouse import NOW, post

RELEASED = sorted((Path(__file__).parent / "released").glob("*.sql"))
NEWEST = len(list(resource("sql", "migrations").glob("*.sql")))
SCHEMA = """
    select c.table_name, c.column_name, c.data_type, c.is_nullable, c.column_default, c.comment, t.comment
    from duckdb_columns() as c inner join duckdb_tables() as t on c.table_oid = t.table_oid
    order by c.table_name, c.column_name
"""


@pytest.fixture(params=RELEASED, ids=lambda file: f"schema {file.stem}")
def released(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """The writer's database of that version."""
    path = tmp_path / "w.duckdb"
    with duckdb.connect(str(path)) as connection:
        run_statements(connection, request.param.read_text("utf-8"))
    return path


def contents(path: Path) -> dict[tuple[str, str], list[Any]]:
    """Values by table and column, each in the order of the rows; what says how far things are is left out."""
    with duckdb.connect(str(path)) as connection:
        columns = connection.execute(
            "select table_name, column_name from duckdb_columns() where not internal"
        ).fetchall()
        return {
            (table, column): connection.execute(f'select "{column}" from {table} order by rowid').fetchall()
            for table, column in columns
            if table not in {"schema_migrations", "warehouse_state"}
        }


def test_all_rows_survive(released: Path) -> None:
    """Each value is where it was, and every migration is on record."""
    before = contents(released)
    assert sum(map(len, before.values())) > 100
    Warehouse.open(released).close()
    after = contents(released)
    assert {key: after[key] for key in before} == before
    with duckdb.connect(str(released)) as connection:
        assert connection.execute("select count(*), max(version) from schema_migrations").fetchone() == (NEWEST, NEWEST)
        assert migrate(connection) == []


def test_the_schema_is_that_of_a_fresh_one(released: Path) -> None:
    """Tables, columns, types, defaults and comments; only the order of columns may differ."""
    Warehouse.open(released).close()
    with duckdb.connect(str(released)) as old, duckdb.connect() as fresh:
        migrate(fresh)
        assert old.execute(SCHEMA).fetchall() == fresh.execute(SCHEMA).fetchall()


def test_work_goes_on_with_it(released: Path, tmp_path: Path) -> None:
    """It takes another post, derives anew from all, and is published; its history is still told."""
    with Warehouse.open(released) as warehouse:
        warehouse.begin_run("run-9", NOW)
        warehouse.load([post()], run_id="run-9", now=NOW)
        warehouse.finish_run("run-9", NOW, status="ok", tallies=[])
    publish(released, tmp_path / "public.duckdb")
    with open_published(tmp_path / "public.duckdb") as connection:
        assert run_query(connection, "select count(*) from posts").rows == [(4,)]
        assert len(run_query(connection, "claim_changes").rows) >= 3
        assert {name for _, _, name, *_ in run_query(connection, "top_entities").rows} == {"Nube", "Brisa 2"}
