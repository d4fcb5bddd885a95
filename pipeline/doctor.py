"""Is everything there that Recuento needs, and in what state was the warehouse left?"""

from __future__ import annotations

import os
import shutil
import sys
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from typing import TYPE_CHECKING

from pipeline.errors import RecuentoError
from pipeline.lock import look

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pipeline.config import Paths

PACKAGES = ("beautifulsoup4", "duckdb", "fastapi", "ftfy", "lxml", "prefect", "pyarrow", "spacy")
LOW_DISK = 1 << 30  # bytes; a published copy and its temporary twin of a large warehouse fit in it


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing looked at. `remark` says what was found and, when not ok, what to do."""

    check: str
    ok: bool
    remark: str


def examine(paths: Paths) -> list[Finding]:
    """Everything that was looked at; nothing is changed."""
    return [
        Finding("python", sys.version_info >= (3, 11), sys.version.split()[0]),
        *_packages(),
        _lexicon(),
        _disk(paths),
        _lock(paths),
        *_warehouses(paths),
    ]


def _packages() -> Iterator[Finding]:
    for name in PACKAGES:
        try:
            yield Finding(name, ok=True, remark=version(name))
        except PackageNotFoundError:
            yield Finding(name, ok=False, remark="not installed: pip install recuento")


def _lexicon() -> Finding:
    from pipeline.lexicon import load_lexicon  # noqa: PLC0415 -- a broken lexicon must not stop the other checks

    try:
        lexicon = load_lexicon()
    except RecuentoError as error:
        return Finding("lexicon", ok=False, remark=str(error))
    return Finding("lexicon", ok=True, remark=f"fingerprint {lexicon.fingerprint}")


def _disk(paths: Paths) -> Finding:
    folder = next(folder for folder in (paths.home, *paths.home.parents) if folder.exists())
    free = shutil.disk_usage(folder).free
    writable = os.access(folder, os.W_OK)
    remark = f"{free / 1e9:.1f} GB free at {folder}" + ("" if writable else "; not writable: change its rights")
    return Finding("disk", writable and free > LOW_DISK, remark)


def _lock(paths: Paths) -> Finding:
    holder, alive = look(paths.home / "lock")
    if alive:
        return Finding("lock", ok=True, remark=f"a run is under way: {holder or 'unknown process'}")
    if holder:
        return Finding("lock", ok=True, remark=f"left by {holder}, which is dead: the next run takes it over")
    return Finding("lock", ok=True, remark="no run under way")


def _warehouses(paths: Paths) -> Iterator[Finding]:
    from pipeline.warehouse.read import open_published, run_query  # noqa: PLC0415 -- see _lexicon

    if not paths.warehouse.exists():
        yield Finding("published", ok=True, remark=f"{paths.warehouse}: none yet; recuento ingest makes it")
        return
    try:
        with open_published(paths.warehouse) as connection:
            last = run_query(connection, "select run_id, status from runs order by started_at desc limit 1").rows
    except RecuentoError as error:
        yield Finding("published", ok=False, remark=f"{error}; run recuento ingest again")
        return
    size = paths.warehouse.stat().st_size / 1e6
    run = " ".join(last[0]) if last else "none"
    yield Finding("published", ok=True, remark=f"{paths.warehouse}: {size:.1f} MB, last run {run}")

