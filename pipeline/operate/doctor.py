"""Is everything there that Recuento needs, and in what state was the warehouse left?"""

from __future__ import annotations

import os
import shutil
import sys
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from typing import TYPE_CHECKING

from pipeline.errors import RecuentoError
from pipeline.operate.lock import look
from pipeline.publish.search import HOW_TO_INSTALL, has_extension

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pipeline.config import Paths

PACKAGES = ("beautifulsoup4", "duckdb", "fastapi", "ftfy", "lxml", "prefect", "pyarrow", "spacy")
_RUNNING = "a run is under way"
LOW_DISK = 1 << 30  # bytes; a published copy and its temporary twin of a large warehouse fit in it


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing looked at. `remark` says what was found and, when not ok, what to do."""

    check: str
    ok: bool
    remark: str


def examine(paths: Paths) -> list[Finding]:
    """Everything that was looked at; nothing is changed."""
    lock = _lock(paths)
    return [
        Finding("python", sys.version_info >= (3, 11), sys.version.split()[0]),
        *_packages(),
        _lexicon(),
        _search(),
        _disk(paths),
        _use(paths),
        lock,
        *_warehouses(paths, running=lock.remark.startswith(_RUNNING)),
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


def _search() -> Finding:
    remark = "with an index" if has_extension() else f"plain; for inflected words: {HOW_TO_INSTALL}"
    return Finding("search", ok=True, remark=remark)


def _disk(paths: Paths) -> Finding:
    folder = next(folder for folder in (paths.home, *paths.home.parents) if folder.exists())
    free = shutil.disk_usage(folder).free
    writable = os.access(folder, os.W_OK)
    remark = f"{free / 1e9:.1f} GB free at {folder}" + ("" if writable else "; not writable: change its rights")
    return Finding("disk", writable and free > LOW_DISK, remark)


def _lock(paths: Paths) -> Finding:
    holder, alive = look(paths.home / "lock")
    if alive:
        return Finding("lock", ok=True, remark=f"{_RUNNING}: {holder or 'unknown process'}")
    if holder:
        return Finding("lock", ok=True, remark=f"left by {holder}, which is dead: the next run takes it over")
    return Finding("lock", ok=True, remark="no run under way")


def _warehouses(paths: Paths, *, running: bool) -> Iterator[Finding]:
    from pipeline.operate import state  # noqa: PLC0415 -- see _lexicon

    private = paths.home / "warehouse.duckdb"
    try:
        found = state.look(private, paths.warehouse, search=paths.search) if not running else None
    except RecuentoError as error:
        yield Finding("state", ok=False, remark=str(error))
        return
    if found is None:
        yield Finding("state", ok=True, remark="not looked at while a run is under way")
        return
    yield Finding("state", found.is_sound, found.words)
    for failure in found.failing:
        until = f"next tried {failure.next_attempt_at:%Y-%m-%d %H:%M}" if failure.next_attempt_at else "tried next run"
        kind = "may pass" if failure.is_transient else "will not pass by itself"
        remark = f"failed {failure.failures} times since {failure.first_failed_at:%Y-%m-%d} ({kind}; {until})"
        yield Finding(f"source {failure.source_id}", ok=False, remark=f"{remark}: {failure.message}")


def _use(paths: Paths) -> Finding:
    raw = sum(file.stat().st_size for file in (paths.home / "raw").rglob("*") if file.is_file())
    sizes = {"raw bytes": raw, "writer": _size(paths.home / "warehouse.duckdb"), "published": _size(paths.warehouse)}
    said = ", ".join(f"{name} {size / 1e6:.1f} MB" for name, size in sizes.items())
    return Finding("use", ok=True, remark=f"{said}; [retention] and recuento prune forget what is old")


def _size(path: Path) -> int:
    return path.stat().st_size if path.exists() else 0
