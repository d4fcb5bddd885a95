"""The real flow on a real (ephemeral) Prefect server, started once."""

from __future__ import annotations

from pathlib import Path

import pytest
from prefect.testing.utilities import prefect_test_harness

from flows.digest import digest
from flows.ingest import ingest
from pipeline.config import Paths
from tests.conftest import rows


@pytest.fixture(scope="module", autouse=True)
def server():
    with prefect_test_harness(server_startup_timeout=120):
        yield


def test_ingest(paths: Paths, sample: Path, tmp_path: Path) -> None:
    """The flow loads all good sources, records the broken one, publishes, and says `partial`."""
    summary = ingest(locations=[str(sample), str(tmp_path / "missing")])
    assert summary.status == "partial"
    assert summary.published
    assert len(rows(paths.warehouse)["posts"]) == summary.total("new") == 34
    assert [reject.source_id for reject in summary.rejects] == [str(tmp_path / "missing")]


def test_digest(paths: Paths, sample: Path, tmp_path: Path) -> None:
    """The digest flow writes the files of the period it is asked for, the index and the report."""
    from datetime import date

    ingest(locations=[str(sample / "wide-margins")])
    out = tmp_path / "digests"
    files = digest(out=str(out), since=date(2024, 12, 1), until=date(2024, 12, 31))
    assert {path.name for path in files} >= {"posts.csv", "movers.csv", "new_claims.csv", "report.html"}
    assert "$5.576M" in (out / "2024-12" / "posts.csv").read_text(encoding="utf-8")
    assert "(2024-12/digest.html)" in (out / "index.md").read_text(encoding="utf-8")
