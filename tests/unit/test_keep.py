"""Backup, restore, vacuum and export: whole files or none, and nothing is lost between them."""

from __future__ import annotations

import tarfile
from pathlib import Path

import duckdb
import pytest

from pipeline.errors import WarehouseError
from pipeline.operate.keep import backup, export, restore, vacuum
from pipeline.operate.lock import exclusive
from pipeline.publish import publish
from pipeline.publish.publication import due, found_in
from pipeline.rawstore import RawStore
from pipeline.warehouse import Warehouse
from tests.sql.world import build, world


@pytest.fixture
def home(tmp_path: Path) -> Path:
    home = tmp_path / "home"
    home.mkdir()
    build(home, world("press"))
    (home / "public.duckdb").replace(tmp_path / "public.duckdb")
    RawStore(home / "raw").put(b"raw bytes")
    return home


def rows(database: Path) -> dict[str, list[object]]:
    """All that is in a database, but for the id that a restored one draws anew."""
    with duckdb.connect(str(database), read_only=True) as connection:
        tables = [name for (name,) in connection.execute("select table_name from duckdb_tables()").fetchall()]
        return {
            name: sorted(
                connection.execute(f"select columns(lambda c: c != 'warehouse_id') from \"{name}\"").fetchall(),
                key=repr,
            )
            for name in tables
        }


def test_a_backup_brings_all_back(home: Path, tmp_path: Path) -> None:
    """On another machine, with nothing there before: database, history and raw bytes; what is published follows."""
    before = rows(home / "warehouse.duckdb")
    assert backup(home, tmp_path / "backup.tar") == (tmp_path / "backup.tar").stat().st_size
    restore(tmp_path / "backup.tar", tmp_path / "new")
    assert rows(tmp_path / "new" / "warehouse.duckdb") == before
    assert RawStore(tmp_path / "new" / "raw").get(RawStore(home / "raw").put(b"raw bytes")) == b"raw bytes"
    assert publish(tmp_path / "new" / "warehouse.duckdb", tmp_path / "new.duckdb")
    assert sorted(path.name for path in (tmp_path / "new").iterdir()) == ["lock", "raw", "warehouse.duckdb"]


def test_a_backup_undoes_what_came_after(home: Path, tmp_path: Path) -> None:
    """The database is as it was; raw bytes that came since stay."""
    before = rows(home / "warehouse.duckdb")
    backup(home, tmp_path / "backup.tar")
    with Warehouse.open(home / "warehouse.duckdb") as warehouse:
        warehouse.connection.execute("delete from posts")
    key = RawStore(home / "raw").put(b"later")
    restore(tmp_path / "backup.tar", home)
    assert rows(home / "warehouse.duckdb") == before
    assert key in RawStore(home / "raw")


def test_a_restored_warehouse_is_another_one(home: Path, tmp_path: Path) -> None:
    """What was published before says nothing about what is loaded from here on, though it may count the same version."""
    public = tmp_path / "public.duckdb"
    publish(home / "warehouse.duckdb", public)
    backup(home, tmp_path / "backup.tar")
    assert due(home / "warehouse.duckdb", search=False).checked_until(found_in(public)) > 0
    restore(tmp_path / "backup.tar", home)
    assert due(home / "warehouse.duckdb", search=False).checked_until(found_in(public)) == -1


def test_a_backup_holds_what_a_killed_run_left_in_the_log(home: Path, tmp_path: Path) -> None:
    """The log is put into the file first."""
    with duckdb.connect(str(home / "warehouse.duckdb")) as connection:
        connection.execute("set checkpoint_threshold = '1 GB'; set wal_autocheckpoint = '1 GB'")
        connection.execute("pragma disable_checkpoint_on_shutdown")
        connection.execute("insert into unnamed_entities values ('model:x')")
    assert (home / "warehouse.duckdb.wal").exists()
    backup(home, tmp_path / "backup.tar")
    restore(tmp_path / "backup.tar", tmp_path / "new")
    assert ("model:x",) in rows(tmp_path / "new" / "warehouse.duckdb")["unnamed_entities"]


def not_a_tar(path: Path) -> None:
    path.write_bytes(b"no tar")


def without_a_database(path: Path) -> None:
    with tarfile.open(path, "w"):
        pass


def with_a_damaged_database(path: Path) -> None:
    damaged = path.with_name("damaged")
    damaged.write_bytes(b"no database")
    with tarfile.open(path, "w") as archive:
        archive.add(damaged, "warehouse.duckdb")


def reaching_outside(path: Path) -> None:
    with tarfile.open(path, "w") as archive:
        archive.add(__file__, "../outside.py")


@pytest.mark.parametrize("make", [not_a_tar, without_a_database, with_a_damaged_database, reaching_outside])
def test_what_is_no_backup_changes_nothing(home: Path, tmp_path: Path, make: object) -> None:
    """It is named, and all stays as it is."""
    before = rows(home / "warehouse.duckdb")
    make(tmp_path / "backup.tar")  # type: ignore[operator]
    with pytest.raises(WarehouseError) as raised:
        restore(tmp_path / "backup.tar", home)
    assert "\n" not in str(raised.value)
    assert rows(home / "warehouse.duckdb") == before
    assert sorted(path.name for path in home.iterdir()) == ["lock", "raw", "warehouse.duckdb"]
    assert not (tmp_path / "outside.py").exists()


def test_vacuum_gives_room_back(home: Path) -> None:
    """The same rows in a smaller file, comments and all."""
    with Warehouse.open(home / "warehouse.duckdb") as warehouse:
        warehouse.connection.execute(
            "insert into copy_links select uuid(), uuid(), 'near', 1 from range(200000); checkpoint; delete from copy_links"
        )
    kept = rows(home / "warehouse.duckdb")
    before, after = vacuum(home)
    assert after < before / 2
    assert rows(home / "warehouse.duckdb") == kept
    with duckdb.connect(str(home / "warehouse.duckdb")) as connection:
        bare = connection.execute("select count(*) from duckdb_columns() where comment is null and not internal")
        assert bare.fetchone() == (0,)
    assert sorted(path.name for path in home.iterdir()) == ["lock", "raw", "warehouse.duckdb"]


@pytest.mark.parametrize("name", ["backup", "restore", "vacuum"])
def test_nothing_is_done_while_a_run_writes(home: Path, tmp_path: Path, name: str) -> None:
    """The writer's lock is asked for."""
    backup(home, tmp_path / "backup.tar")
    (tmp_path / "backup.tar").replace(tmp_path / "old.tar")
    with exclusive(home / "lock"), pytest.raises(WarehouseError, match="another run"):
        {
            "backup": lambda: backup(home, tmp_path / "backup.tar"),
            "restore": lambda: restore(tmp_path / "old.tar", home),
            "vacuum": lambda: vacuum(home),
        }[name]()
    assert not (tmp_path / "backup.tar").exists()


@pytest.mark.parametrize("job", [lambda home: backup(home, home / "b.tar"), vacuum])
def test_without_a_warehouse_there_is_nothing_to_keep(tmp_path: Path, job: object) -> None:
    """A folder without one is named."""
    with pytest.raises(WarehouseError, match="no warehouse here"):
        job(tmp_path / "empty")  # type: ignore[operator]


def test_an_export_holds_every_table(home: Path, tmp_path: Path) -> None:
    """One Parquet file a table with all its rows; a second export replaces the first."""
    assert home.exists()
    for _ in range(2):
        found = export(tmp_path / "public.duckdb", tmp_path / "out")
    assert {f"{table}.parquet" for table in found} == {path.name for path in (tmp_path / "out").iterdir()}
    assert {"posts", "claims", "mentions", "reference"} <= set(found)
    with duckdb.connect() as connection:
        connection.execute(f"attach '{tmp_path / 'public.duckdb'}' as p (read_only)")
        for table, count in found.items():
            file = f"'{tmp_path / 'out' / table}.parquet'"
            assert connection.execute(f"select count(*) from {file}").fetchone() == (count,)
            assert (
                connection.execute(f'(select * from p.main."{table}") except all (select * from {file})').fetchall()
                == []
            ), table
