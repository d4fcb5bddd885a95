"""Keeping the warehouse: backup, restore, vacuum, and an export of the whole. Each gives a whole file, or none.

A backup is a tar archive of what is private: the writer's database, and the raw bytes that everything can be made
from again. What is published is not in it: it is made from the database.
"""

from __future__ import annotations

import os
import tarfile
import tempfile
from contextlib import closing, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import duckdb

from pipeline.errors import WarehouseError
from pipeline.operate.lock import exclusive
from pipeline.warehouse import Warehouse
from pipeline.warehouse.read import open_published, write_query
from pipeline.warehouse.schema import migrate
from pipeline.warehouse.sqlfiles import literal

if TYPE_CHECKING:
    from collections.abc import Iterator

    from duckdb import DuckDBPyConnection

_DATABASE = "warehouse.duckdb"
_RAW = "raw"


def backup(home: Path, target: Path) -> int:
    """Write what is private to one file; its size in bytes. An older file there is replaced when the new one is whole.

    Raises WarehouseError where there is nothing to keep, or a run is under way.
    """
    database = home / _DATABASE
    _must_exist(database)
    with exclusive(home / "lock"), _replacing(target) as temporary:
        with Warehouse.open(database) as warehouse:  # what a killed run left in the log is put into the file
            warehouse.connection.execute("checkpoint")
        with tarfile.open(temporary, "w") as archive:  # both parts are compressed already
            archive.add(database, _DATABASE)
            if (home / _RAW).is_dir():
                archive.add(home / _RAW, _RAW)
    return target.stat().st_size


def restore(source: Path, home: Path) -> None:
    """Put a backup in place: its database instead of the one that is there, its raw bytes beside those that are.

    Raises WarehouseError for a file that is no backup, is damaged, or was made by a newer version; then nothing is
    changed.
    """
    with exclusive(home / "lock"), tempfile.TemporaryDirectory(prefix=".restore-", dir=home) as folder:
        unpacked = Path(folder)
        try:
            with tarfile.open(source) as archive:
                archive.extractall(unpacked, filter="data")
        except (OSError, tarfile.TarError) as error:
            reason = getattr(error, "strerror", None) or str(error).splitlines()[0].rstrip(":")
            raise WarehouseError(f"{source}: not a backup that can be read ({reason})") from error
        _must_exist(unpacked / _DATABASE)
        with Warehouse.open(unpacked / _DATABASE) as warehouse:  # migrates an older one, refuses a newer one
            warehouse.derive()
            # what is loaded from here on is not what was loaded after the backup: a file published then says nothing
            warehouse.connection.execute("update warehouse_state set warehouse_id = cast(uuid() as varchar)")
        for file in (path for path in (unpacked / _RAW).rglob("*") if path.is_file()):
            place = home / file.relative_to(unpacked)
            if not place.exists():
                place.parent.mkdir(parents=True, exist_ok=True)
                file.replace(place)
        _put(unpacked / _DATABASE, home / _DATABASE)


def vacuum(home: Path) -> tuple[int, int]:
    """Write the writer's database anew, without the room that deleted rows left; its size in bytes before and after."""
    database = home / _DATABASE
    _must_exist(database)
    with exclusive(home / "lock"), _replacing(database) as temporary:
        Warehouse.open(database).close()
        before = database.stat().st_size
        with closing(duckdb.connect(str(temporary))) as connection:
            connection.execute("set TimeZone = 'UTC'")
            connection.execute(f"attach {literal(str(database))} as old (read_only)")
            migrate(connection)
            connection.begin()
            _fill(connection)
            connection.commit()
            connection.execute("detach old")
    return before, database.stat().st_size


def export(warehouse: Path, folder: Path) -> dict[str, int]:
    """Every table of the published file as `TABLE.parquet` in a folder; the rows of each.

    The folder is made, or its files of these names replaced, when all are written.
    """
    folder.mkdir(parents=True, exist_ok=True)
    rows: dict[str, int] = {}
    with tempfile.TemporaryDirectory(prefix=".export-", dir=folder) as temporary:
        with open_published(warehouse) as connection:
            for table in _tables(connection):
                rows[table] = write_query(connection, f'from "{table}"', Path(temporary) / f"{table}.parquet")
        for table in rows:
            (Path(temporary) / f"{table}.parquet").replace(folder / f"{table}.parquet")
    return rows


def _tables(connection: DuckDBPyConnection) -> list[str]:
    found = connection.execute(
        "select table_name from duckdb_tables()"
        " where database_name = current_database() and schema_name = 'main' and not internal order by table_name"
    )
    return [name for (name,) in found.fetchall()]


def _fill(connection: DuckDBPyConnection) -> None:
    """All rows of the attached database `old`, instead of those that the migrations made."""
    for table in _tables(connection):
        connection.execute(f'delete from "{table}"')  # noqa: S608 -- names of our own tables
        connection.execute(f'insert into "{table}" by name select * from old."{table}"')  # noqa: S608


def _must_exist(database: Path) -> None:
    if not database.exists():
        raise WarehouseError(f"{database}: no warehouse here; run `recuento ingest` first, or name another --config")


@contextmanager
def _replacing(target: Path) -> Iterator[Path]:
    """A path to write to beside the target; put in its place, synced, when the block ends well, else removed."""
    target.parent.mkdir(parents=True, exist_ok=True)
    temporary = target.with_name(f".{target.name}.{os.getpid()}.new")
    temporary.unlink(missing_ok=True)
    try:
        yield temporary
        _put(temporary, target)
    finally:
        temporary.unlink(missing_ok=True)
        temporary.with_name(f"{temporary.name}.wal").unlink(missing_ok=True)


def _put(file: Path, place: Path) -> None:
    """Rename a file of the same folder or one below it, once it is on the disk; the log of what was there goes."""
    with file.open("rb+") as opened:
        os.fsync(opened.fileno())
    place.with_name(f"{place.name}.wal").unlink(missing_ok=True)
    file.replace(place)
