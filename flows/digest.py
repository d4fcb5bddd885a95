"""The digest flow: what editors get after a week's ingestion. Digests in a folder named by their period, the index of
all of them, and the report.
"""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

from prefect import flow, task
from prefect.cache_policies import NO_CACHE

from pipeline.config import load_config, resolve_paths
from pipeline.digest.archive import file_digest
from pipeline.digest.period import last_week
from pipeline.report import write_report
from pipeline.warehouse.read import open_published


@task(cache_policy=NO_CACHE, persist_result=False)
def write(warehouse: Path, since: date, until: date, out: Path, *, dialect: str, language: str) -> list[Path]:
    """The digest files of a period. A file for Excel begins with the mark by which it knows UTF-8."""
    with open_published(warehouse) as connection:
        bom = dialect == "excel-es"
        return file_digest(connection, since, until, out, dialect=dialect, bom=bom, language=language)


@task(cache_policy=NO_CACHE, persist_result=False)
def draw(warehouse: Path, out: Path, language: str) -> Path:
    """The report over all that is published."""
    with open_published(warehouse) as connection:
        write_report(connection, out / "report.html", language=language)
    return out / "report.html"


@flow(name="digest")
def digest(
    config: str | None = None,
    out: str = "digests",
    *,
    since: date | None = None,
    until: date | None = None,
    dialect: str = "csv",
    language: str = "es",
) -> list[Path]:
    """Write the digests from `since` to `until` (of the last week that is over where either is left out) to a folder of
    `out` that is named by the period, the index of all periods, and the report; the files written.
    """
    first, last = (since, until) if since and until else last_week(datetime.now(UTC).date())
    warehouse = resolve_paths(load_config(Path(config)) if config else None).warehouse
    written = write(warehouse, first, last, Path(out), dialect=dialect, language=language)
    return [*written, draw(warehouse, Path(out), language)]
