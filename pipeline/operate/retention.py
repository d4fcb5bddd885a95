"""What is forgotten: replaced revisions, runs, rejects, and raw bytes that nothing refers to any more.

What posts say now is never touched, nor what live sources need to be read anew without the network.
"""

from __future__ import annotations

import os
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.operate.lock import exclusive
from pipeline.resources import resource
from pipeline.warehouse import Warehouse
from pipeline.warehouse.sqlfiles import read_sql, run_statements

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from duckdb import DuckDBPyConnection

_DAY = 86400
_TABLES = ("post_revisions", "runs", "rejects")


@dataclass(frozen=True, slots=True)
class Retention:
    """How much is kept; None: all. `raw_days` holds for raw bytes of replaced revisions, `revisions` are replaced ones
    a post, `runs` the last runs, `rejects` the last runs whose rejects are kept.
    """

    raw_days: int | None = None
    revisions: int | None = None
    runs: int | None = None
    rejects: int | None = None


@dataclass(frozen=True, slots=True)
class Pruned:
    """What was forgotten: revisions, runs and rejects, and files of raw bytes with their size on disk."""

    revisions: int = 0
    runs: int = 0
    rejects: int = 0
    raw_files: int = 0
    raw_bytes: int = 0

    def __bool__(self) -> bool:
        return any((self.revisions, self.runs, self.rejects, self.raw_files))


def forget(home: Path, kept: Retention, now: datetime) -> Pruned:
    """As `prune`, of a home folder, under its lock. Raises WarehouseError where a run is under way."""
    with exclusive(home / "lock"), Warehouse.open(home / "warehouse.duckdb") as warehouse:
        return prune(warehouse.connection, home / "raw", kept, now)


def prune(connection: DuckDBPyConnection, raw: Path, kept: Retention, now: datetime) -> Pruned:
    """Forget what is older than the retention allows. The caller holds the run's lock; killed midway, it leaves less
    to do for the next time.
    """
    before = _counts(connection)
    for name in ("revisions", "runs", "rejects"):
        number = getattr(kept, name)
        if number is not None:
            sql = read_sql(resource("sql", "prune", f"{name}.sql")).text
            connection.begin()
            run_statements(connection, sql, {"kept": max(number, 1) if name == "runs" else number})
            connection.commit()
    revisions, runs, rejects = (a - b for a, b in zip(before, _counts(connection), strict=True))
    files = size = 0
    if kept.raw_days is not None:
        for path, length in _unused(connection, raw, now.timestamp() - kept.raw_days * _DAY):
            with suppress(OSError):  # a file that cannot be removed now is met again
                path.unlink()
                files, size = files + 1, size + length
    return Pruned(revisions, runs, rejects, files, size)


def _counts(connection: DuckDBPyConnection) -> list[int]:
    found = [connection.execute(f"select count(*) from {table}").fetchone() for table in _TABLES]  # noqa: S608
    return [row[0] if row else 0 for row in found]


def _unused(connection: DuckDBPyConnection, raw: Path, before: float) -> Iterator[tuple[Path, int]]:
    """Raw bytes that no post and no page refers to, last written before the moment; and files left by killed runs."""
    used = "select raw_key from posts union select raw_key from source_pages"
    keys = {key for (key,) in connection.execute(used).fetchall()}
    for folder in sorted(raw.glob("??")):
        for entry in os.scandir(folder):
            key = folder.name + entry.name.removesuffix(".z")
            if key in keys:
                continue
            with suppress(FileNotFoundError):
                found = entry.stat()
                if entry.name.startswith(".") or found.st_mtime < before:
                    yield Path(entry.path), found.st_size
