"""The database's schema: numbered migrations, each applied whole together with its record, or not at all."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from pipeline.errors import WarehouseError
from pipeline.resources import resource
from pipeline.warehouse.sqlfiles import read_folder, run_statements

if TYPE_CHECKING:
    from pathlib import Path

    from duckdb import DuckDBPyConnection

    from pipeline.warehouse.sqlfiles import SqlFile


def migrate(connection: DuckDBPyConnection, folder: Path | None = None) -> list[str]:
    """Apply what is missing, in order; the names of what was applied.

    Raises WarehouseError for a database that a newer Recuento made, or one made by other files of the same number.
    """
    migrations = read_folder(folder or resource("sql", "migrations"))
    applied = _applied(connection)
    newest = max((_number(m) for m in migrations), default=0)
    if applied and max(applied) > newest:
        raise WarehouseError(
            f"the warehouse has schema {max(applied)}, this Recuento knows {newest}: upgrade Recuento to open it"
        )
    done = []
    for migration in migrations:
        number, sha256 = _number(migration), hashlib.sha256(migration.text.encode()).hexdigest()
        if number not in applied:
            _apply(connection, migration, number, sha256)
            done.append(migration.name)
        elif applied[number] != sha256:
            raise WarehouseError(
                f"{migration.path.name} is not what this warehouse was made with:"
                " delete the warehouse file of the home folder and ingest again, or install the version that made it"
            )
    return done


def _number(migration: SqlFile) -> int:
    return int(migration.path.name.split("_")[0])


def _applied(connection: DuckDBPyConnection) -> dict[int, str]:
    found = connection.execute(
        "select 1 from duckdb_tables() where table_name = 'schema_migrations' and database_name = current_database()"
    ).fetchone()
    return dict(connection.execute("select version, sha256 from schema_migrations").fetchall()) if found else {}


def _apply(connection: DuckDBPyConnection, migration: SqlFile, number: int, sha256: str) -> None:
    connection.begin()
    try:
        run_statements(connection, migration.text)
        connection.execute("insert into schema_migrations values (?, ?, ?)", [number, migration.name, sha256])
    except BaseException:
        connection.rollback()
        raise
    connection.commit()
