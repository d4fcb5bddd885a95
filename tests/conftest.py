"""What all tests share. Prefect is kept from the user's own home and from calling out, before anything imports it."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

PREFECT_HOME = tempfile.mkdtemp(prefix="recuento-prefect-")
os.environ["PREFECT_HOME"] = PREFECT_HOME
os.environ["PREFECT_SERVER_ANALYTICS_ENABLED"] = "false"
os.environ["DO_NOT_TRACK"] = "1"
os.environ["PREFECT_LOGGING_LEVEL"] = "WARNING"

import duckdb
import pytest

from pipeline.config import Paths, resolve_paths
from pipeline.find import find_sources
from pipeline.ingest import run

ROOT = Path(__file__).parent.parent
SAMPLE = ROOT / "data" / "sample"
# what a run adds that is its own and not the posts'
OF_A_RUN = {"loaded_version", "first_seen_at", "updated_at", "run_id", "seen_at", "started_at", "finished_at"}


@pytest.fixture
def paths(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Paths:
    """An empty home of its own, also for commands; published without the search index, half a second each time."""
    monkeypatch.setenv("RECUENTO_HOME", str(tmp_path / "home"))
    return replace(resolve_paths(None), search=False)


@pytest.fixture(scope="session")
def ingested(tmp_path_factory: pytest.TempPathFactory) -> Paths:
    """The sample posts, ingested once by all that is set by default. To be read; who writes copies its home."""
    paths = resolve_paths(None, {"RECUENTO_HOME": str(tmp_path_factory.mktemp("ingested"))})
    sources, failures = find_sources([SAMPLE], None)
    assert run(sources, paths, failures=failures).status == "ok"
    return paths


@pytest.fixture
def sample() -> Path:
    """The sample posts."""
    return SAMPLE


@pytest.fixture
def open_folder() -> Iterator[Path]:
    """A folder that other users may enter."""
    folder = Path(tempfile.mkdtemp(prefix="recuento-open-", dir="/var/tmp"))
    folder.chmod(0o755)
    yield folder
    shutil.rmtree(folder)


@contextmanager
def without_rights() -> Iterator[None]:
    """Root may read and write anywhere: as nobody for a while. Whoever else runs the tests stays."""
    me = os.geteuid()
    os.seteuid(me or 65534)
    try:
        yield
    finally:
        os.seteuid(me)


def rows(database: Path) -> dict[str, list[tuple[object, ...]]]:
    """All rows of the posts' tables, sorted, without what is of the run."""
    with duckdb.connect(str(database), read_only=True) as connection:
        found = {}
        for table in ("posts", "mentions", "claims", "entities"):
            columns = [row[0] for row in connection.execute(f"describe {table}").fetchall() if row[0] not in OF_A_RUN]
            # when a post went is of the run, that it went is not
            names = ", ".join("gone_at is not null" if name == "gone_at" else name for name in columns)
            found[table] = connection.execute(f"select {names} from {table} order by all").fetchall()
        return found


def pytest_unconfigure() -> None:
    """Prefect's home of this session goes with it."""
    shutil.rmtree(PREFECT_HOME, ignore_errors=True)
