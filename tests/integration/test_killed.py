"""Runs that come to a bad end, and the ones after them."""

from __future__ import annotations

import json
import os
import resource
import shutil
import signal
import subprocess
import sys
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

import duckdb
import pytest

from pipeline.config import Paths
from pipeline.errors import WarehouseError
from pipeline.find import find_sources
from pipeline.http.settings import FetchSettings
from pipeline.ingest import Fetching, Ingestion, run
from pipeline.operate.doctor import examine
from pipeline.sources.live import LiveSource
from tests.conftest import ROOT, rows, without_rights
from tests.integration.killing import write_tree
from tests.integration.server import Answer, serving

KILLS = int(os.environ.get("RECUENTO_KILLS", "4"))  # `make soak` asks for 60
SEED = int(os.environ.get("RECUENTO_SEED", "9"))


@pytest.mark.timeout(600)
def test_killed_anywhere() -> None:
    """Killed at any moment of fetch, extract, load and publish, a run leaves the published file whole; `doctor` says in
    words what it left; the next run ends with the rows of an undisturbed one, and all is in order again.
    """
    command = [sys.executable, "-m", "tests.integration.killing", str(SEED), str(KILLS)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    kills = [json.loads(line) for line in done.stdout.splitlines()]
    assert len(kills) == KILLS, done.stderr
    assert sum(kill["killed"] for kill in kills) >= 0.7 * KILLS  # the others had ended just before
    for kill in kills:
        assert kill["whole"], kill
        assert (kill["again"], kill["same"]) == (0, True), kill
        assert kill["after"][0] == "no run under way", kill
        assert kill["after"][1].startswith("complete and published"), kill
        if kill["killed"]:
            lock, state = kill["said"]
            assert "which is dead: the next run takes it over" in lock or lock == "no run under way", kill
            assert "the next run goes on where it stopped" in state or state.startswith("complete"), kill


def test_no_process_is_left_behind(tmp_path: Path, sample: Path) -> None:
    """The worker processes of a run that is killed leave with it."""
    mark = f"RECUENTO_HOME={tmp_path / 'home'}"
    environment = os.environ | dict([mark.split("=", 1)])
    command = [sys.executable, "-m", "pipeline.cli", "ingest", "--workers", "2", str(sample)]
    process = subprocess.Popen(command, env=environment, cwd=ROOT, stderr=subprocess.DEVNULL)
    wait_until(lambda: len(family(mark)) >= 4, 60)  # itself, the fork server, its tracker and a worker
    process.send_signal(signal.SIGKILL)
    process.wait()
    wait_until(lambda: not family(mark), 20)
    assert family(mark) == []


def family(mark: str) -> list[int]:
    found = []
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            if mark.encode() in (folder / "environ").read_bytes().split(b"\0"):
                found.append(int(folder.name))
        except OSError:
            continue
    return found


def wait_until(is_so, seconds: float) -> None:
    end = time.monotonic() + seconds
    while not is_so() and time.monotonic() < end:
        time.sleep(0.05)


def ingest(paths: Paths, *locations: Path):
    sources, failures = find_sources(locations, None)
    return run(sources, paths, workers=1, failures=failures)


def test_disk_full(paths: Paths, tmp_path: Path) -> None:
    """Where no file may grow any more, the run fails with one line, the published file stays as it was, and the next
    run with room ends as if nothing had happened.
    """
    site, calm = tmp_path / "cuaderno", tmp_path / "calm"
    write_tree(site)
    ingest(paths, site)
    shutil.copytree(paths.home, calm)
    before = rows(paths.warehouse)
    write_tree(site, changed=True)
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, ((paths.home / "warehouse.duckdb").stat().st_size // 2, hard))
    try:
        with pytest.raises(WarehouseError, match="free space"):
            ingest(paths, site)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert rows(paths.warehouse) == before
    assert ingest(paths, site).status == "ok"
    ingest(Paths(calm, calm / "recuento.duckdb"), site)
    assert rows(paths.warehouse) == rows(calm / "recuento.duckdb")


def test_read_only_folder(open_folder: Path) -> None:
    """A home that may not be written is a message with a remedy; what is published stays."""
    site = open_folder / "cuaderno"
    write_tree(site)
    paths = Paths(open_folder / "home", open_folder / "home" / "recuento.duckdb")
    ingest(paths, site)
    before = paths.warehouse.read_bytes()
    for path in (paths.home, *paths.home.rglob("*")):
        path.chmod(0o555 if path.is_dir() else 0o444)
    with without_rights(), pytest.raises(WarehouseError, match="make it writable"):
        ingest(paths, site)
    assert paths.warehouse.read_bytes() == before


def test_clock_set_back(paths: Paths, tmp_path: Path) -> None:
    """A clock that goes back a year costs nothing: changes are still loaded, and nothing waits for next year."""
    site = tmp_path / "cuaderno"
    write_tree(site)
    now = datetime.now(UTC)

    def at(moment: datetime, *locations: Path):
        sources, failures = find_sources(locations, None)
        with Ingestion(paths, now=lambda: moment) as ingestion:
            for location, error in failures:
                ingestion.fail(location, location, error)
            for source in ingestion.due(sources):
                for raws in ingestion.fetch(source):
                    from pipeline.process import process_batch

                    ingestion.load(source.id, process_batch(raws))
            return ingestion.finish()

    assert at(now, site).total("new") == 8
    write_tree(site, changed=True)
    done = at(now - timedelta(days=365), site)
    assert (done.status, done.total("new"), done.total("changed"), done.published) == ("ok", 1, 2, True)
    assert len(rows(paths.warehouse)["posts"]) == 9


def test_a_failure_of_the_run_is_recorded(paths: Paths, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A run that cannot publish is `failed` in `runs`, and the published file is as before."""
    site = tmp_path / "cuaderno"
    write_tree(site)
    paths.warehouse.parent.mkdir(parents=True)
    paths.warehouse.write_text("a file of somebody else's")
    with pytest.raises(Exception, match="in the way"):
        ingest(paths, site)
    assert paths.warehouse.read_text() == "a file of somebody else's"
    with duckdb.connect(str(paths.home / "warehouse.duckdb"), read_only=True) as connection:
        assert connection.execute("select status, finished_at is not null from runs").fetchall() == [("failed", True)]
    found = {finding.check: finding for finding in examine(paths)}
    assert not found["state"].ok
    assert "in the way" in found["state"].remark


FAST = FetchSettings(delay=0, first_wait=0.01, attempts=2, allow_private=True)
FEED = """<rss version="2.0"><channel><title>Feed</title><link>{url}</link><item><title>Hola</title>
<link>{url}/hola</link><description>{text}</description></item></channel></rss>"""


def test_a_source_that_keeps_failing_is_left_alone(paths: Paths, tmp_path: Path) -> None:
    """A server that is gone fails its source alone; from the second time on it waits; asked for by name it is tried;
    once it is back it is read and said to have recovered.
    """
    site = tmp_path / "cuaderno"
    write_tree(site)
    with serving() as server:
        address = server.url
        server.text("/feed", FEED.format(url=address, text="GPT-4 otra vez. " * 300), "application/rss+xml")

        def again(**options):
            sources = [*find_sources([site], None)[0], LiveSource("feed", f"{address}/feed", "feed")]
            return run(sources, paths, workers=1, fetching=Fetching(FAST, **options))

        feed = server.routes.pop("/feed")
        server.routes["*"] = Answer(b"", 503)
        first, second, third = again(), again(), again()
        assert [done.status for done in (first, second, third)] == ["partial"] * 3
        assert [done.failing for done in (first, second, third)] == [("feed",), (), ()]
        assert {t.source_id: t.status for t in second.tallies} == {"cuaderno": "ok", "feed": "failed"}
        assert {t.source_id: t.status for t in third.tallies} == {"cuaderno": "ok", "feed": "postponed"}
        (told,) = (finding for finding in examine(paths) if finding.check == "source feed")
        assert "failed 2 times" in told.remark
        assert "may pass" in told.remark
        server.routes = {"/feed": feed}
        mended = again(insist=True)
    assert (mended.status, mended.recovered, mended.total("new")) == ("ok", ("feed",), 1)
    with duckdb.connect(str(paths.home / "warehouse.duckdb"), read_only=True) as connection:
        query = "select status from run_sources where source_id = 'feed' order by status"
        statuses = [status for (status,) in connection.execute(query).fetchall()]
    assert statuses == ["failed", "failed", "ok", "postponed"]
