"""What is forgotten, and what is not."""

from __future__ import annotations

import os
import shutil
from datetime import UTC, datetime
from pathlib import Path

import pytest

from pipeline.config import Paths
from pipeline.find import find_sources
from pipeline.ingest import Ingestion, run
from pipeline.operate.retention import Pruned, Retention, forget
from pipeline.process import process_batch
from pipeline.warehouse import Warehouse

NOW = datetime(2026, 6, 1, tzinfo=UTC)


@pytest.fixture(scope="module")
def edited(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A post in its fourth revision, and beside it in each run one that cannot be read: the site, and its home."""
    place = tmp_path_factory.mktemp("often-edited")
    site, paths = place / "cuaderno", Paths(place / "home", place / "home" / "recuento.duckdb", search=False)
    (site / "content").mkdir(parents=True)
    (site / "content" / "mal.md").write_text('---\ntitle: "sin cerrar\n---\nTexto.\n')
    for n in range(4):
        (site / "content" / "a.md").write_text(f"---\ntitle: A\n---\nGPT-4 tiene {n + 1}B parámetros.\n")
        run(find_sources([site], None)[0], paths, workers=1)
    return place


@pytest.fixture
def often_edited(edited: Path, paths: Paths, tmp_path: Path) -> Paths:
    """A copy of it for one test."""
    shutil.copytree(edited, tmp_path, dirs_exist_ok=True)
    return paths


def count(paths: Paths, table: str) -> int:
    with Warehouse.open(paths.home / "warehouse.duckdb") as warehouse:
        ((number,),) = warehouse.connection.execute(f"select count(*) from {table}").fetchall()
        return int(number)


def test_all_is_kept_unless_said_otherwise(often_edited: Paths) -> None:
    """Without settings nothing goes."""
    assert not forget(often_edited.home, Retention(), NOW)
    assert [count(often_edited, table) for table in ("post_revisions", "runs", "rejects")] == [3, 4, 4]


def test_revisions(often_edited: Paths) -> None:
    """The last ones a post stay, with their mentions and claims."""
    assert forget(often_edited.home, Retention(revisions=1), NOW).revisions == 2
    with Warehouse.open(often_edited.home / "warehouse.duckdb") as warehouse:
        for table in ("post_revisions", "mention_revisions", "claim_revisions"):
            assert warehouse.connection.execute(f"select distinct revision from {table}").fetchall() == [(3,)]
    assert forget(often_edited.home, Retention(revisions=0), NOW).revisions == 1


def test_runs_and_rejects(often_edited: Paths) -> None:
    """Rejects go with their run, or before it; the last run always stays."""
    assert forget(often_edited.home, Retention(rejects=3), NOW) == Pruned(rejects=1)
    assert forget(often_edited.home, Retention(runs=2), NOW) == Pruned(runs=2, rejects=1)
    assert count(often_edited, "run_sources") == 2
    forget(often_edited.home, Retention(runs=0), NOW)
    assert count(often_edited, "runs") == 1


def test_raw_bytes(often_edited: Paths) -> None:
    """Those of replaced revisions go when they are old; those of what posts say now stay."""
    raw = often_edited.home / "raw"
    files = sorted(raw.glob("??/*.z"))
    (files[0].parent / ".half.z.1-2").write_bytes(b"left by a run that was killed")
    young = forget(often_edited.home, Retention(raw_days=30), datetime.now(UTC))
    assert young.raw_files == 1  # the half file
    for file in files:
        os.utime(file, (0, 0))
    old = forget(often_edited.home, Retention(raw_days=30), datetime.now(UTC))
    assert old.raw_files == len(files) - 1
    with Warehouse.open(often_edited.home / "warehouse.duckdb") as warehouse:
        ((key,),) = warehouse.connection.execute("select raw_key from posts").fetchall()
    assert [file.parent.name + file.stem for file in raw.glob("??/*.z")] == [key]


@pytest.mark.parametrize("kept", [0, 1, 2])
def test_at_the_end_of_a_run(often_edited: Paths, tmp_path: Path, kept: int) -> None:
    """A run applies what it is told to keep, and what is left passes the checks and is published."""
    (tmp_path / "cuaderno" / "content" / "a.md").write_text("---\ntitle: A\n---\nGPT-4 tiene 9B parámetros.\n")
    with Ingestion(often_edited, retention=Retention(runs=1, revisions=kept, rejects=0)) as ingestion:
        for source in find_sources([tmp_path / "cuaderno"], None)[0]:
            for raws in ingestion.fetch(source):
                ingestion.load(source.id, process_batch(raws))
        done = ingestion.finish()
    assert (done.status, done.published) == ("ok", True)
    assert [count(often_edited, table) for table in ("runs", "post_revisions")] == [1, kept]
