"""The digest flow: CSV digests of the days just past, in a folder named by their last day."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from prefect import flow, task
from prefect.cache_policies import NO_CACHE

from pipeline.config import load_config, resolve_paths
from pipeline.digest import write_digests
from pipeline.warehouse.read import open_published


@task(cache_policy=NO_CACHE, persist_result=False)
def write(warehouse: Path, since: date, until: date, out: Path) -> list[Path]:
    """The digest files of a period."""
    with open_published(warehouse) as connection:
        return write_digests(connection, since, until, out)


@flow(name="digest")
def digest(config: str | None = None, out: str = "digests", until: date | None = None, days: int = 7) -> list[Path]:
    """Write the digests of the `days` days up to `until` (yesterday when left out) to `out`/<until>."""
    last = until or (datetime.now(UTC) - timedelta(days=1)).date()
    paths = resolve_paths(load_config(Path(config)) if config else None)
    return write(paths.warehouse, last - timedelta(days=days - 1), last, Path(out) / last.isoformat())
