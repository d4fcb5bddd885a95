"""The real flow on a real (ephemeral) Prefect server, started once."""

from __future__ import annotations

import json
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import duckdb
import pytest
from prefect.client.orchestration import get_client
from prefect.exceptions import ParameterTypeError
from prefect.testing.utilities import prefect_test_harness

from flows.deployments import deployments
from flows.digest import digest
from flows.ingest import ingest
from pipeline.config import Paths, load_config
from pipeline.errors import SourceError, WarehouseError
from pipeline.operate.lock import exclusive
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


def artifacts_and_runs() -> tuple[list[Any], list[Any], list[Any]]:
    """What the server shows: artifacts, flow runs, task runs, newest first."""
    with get_client(sync_client=True) as client:
        answers = [
            client.request("POST", f"/{kind}/filter", json={}) for kind in ("artifacts", "flow_runs", "task_runs")
        ]
    artifacts, flow_runs, task_runs = (answer.json() for answer in answers)
    newest = sorted(flow_runs, key=lambda run: run["start_time"] or "", reverse=True)
    return sorted(artifacts, key=lambda each: each["created"], reverse=True), newest, task_runs


def test_what_the_server_shows(paths: Paths, sample: Path, tmp_path: Path) -> None:
    """Runs bear their counts, tasks their source; the artifact has a row a source; states are those of `runs`."""
    site = str(sample / "wide-margins")
    ingest(locations=[site, str(tmp_path / "missing")])
    artifacts, flow_runs, task_runs = artifacts_and_runs()
    assert flow_runs[0]["name"].endswith(": 10 new, 0 changed, 1 rejected, 1 failed")
    assert (flow_runs[0]["state_type"], flow_runs[0]["state_name"]) == ("COMPLETED", "Partial")
    names = {run["name"] for run in task_runs if run["flow_run_id"] == flow_runs[0]["id"]}
    assert names == {"fetch wide-margins", "extract wide-margins (10 posts)", "load wide-margins (10 posts)", "publish"}
    table = {row["source"]: row for row in json.loads(artifacts[0]["data"])}
    assert (table["wide-margins"]["new"], table["wide-margins"]["status"]) == (10, "ok")
    assert table[str(tmp_path / "missing")]["reason"].endswith("does not exist; check the spelling")
    ingest(locations=[site])
    with pytest.raises(SourceError, match="no source could be read"):
        ingest(locations=[str(tmp_path / "missing")])
    states = [run["state_name"] for run in artifacts_and_runs()[1][:3]]
    with duckdb.connect(str(paths.home / "warehouse.duckdb"), read_only=True) as connection:
        query = "select status from runs order by started_at desc"
        statuses = [status for (status,) in connection.execute(query).fetchall()]
    assert states == ["Failed", "Completed", "Partial"]
    assert statuses == ["failed", "ok", "partial"]


def test_a_second_run_waits(paths: Paths, sample: Path) -> None:
    """While another run holds the folder the flow waits as long as it may, then fails with a clear message."""
    with exclusive(paths.home / "lock"), pytest.raises(WarehouseError, match="another run is writing here"):
        ingest(locations=[str(sample / "wide-margins")], wait=0)
    assert artifacts_and_runs()[1][0]["state_name"] == "Failed"


def test_deployments(tmp_path: Path) -> None:
    """Cron times and zone are the configuration's; parameters have descriptions and limits; one run at a time."""
    file = tmp_path / "recuento.toml"
    file.write_text('[schedule]\ningest = "15 6 * * *"\ndigest = "0 7 * * mon"\ntimezone = "Europe/Madrid"\n')
    made = {each.name: each for each in deployments(file, load_config(file))}
    crons = {name: [(s.schedule.cron, s.schedule.timezone) for s in each.schedules] for name, each in made.items()}
    assert crons == {
        "recuento-ingest": [("15 6 * * *", "Europe/Madrid")], "recuento-digest": [("0 7 * * mon", "Europe/Madrid")]
    }  # fmt: skip
    one = made["recuento-ingest"]
    assert one.concurrency_limit == 1
    assert one.parameters == {"config": str(file)}
    properties = one._parameter_openapi_schema.properties
    assert all(properties[name].get("description") for name in properties)
    assert properties["wait"]["maximum"] == 86400
    with pytest.raises(ParameterTypeError, match="greater than or equal to 1"):
        ingest(locations=["x"], limit=0)


def test_a_killed_run_is_told(tmp_path: Path) -> None:
    """Who started the process tells of its end, by the configuration of the run."""
    file = tmp_path / "recuento.toml"
    file.write_text(f"[alerts]\ncommand = \"sh -c 'cat > {tmp_path}/told'\"\n")
    run, state = SimpleNamespace(name="ingest blog", parameters={"config": str(file)}), SimpleNamespace(message="gone")
    (hook,) = ingest.on_crashed_hooks
    hook(ingest, run, state)
    assert json.loads((tmp_path / "told").read_text())["text"] == "the run ingest blog was killed"


def test_digest(paths: Paths, sample: Path, tmp_path: Path) -> None:
    """The digest flow writes the files of the period it is asked for, the index and the report."""
    from datetime import date

    ingest(locations=[str(sample / "wide-margins")])
    out = tmp_path / "digests"
    files = digest(out=str(out), since=date(2024, 12, 1), until=date(2024, 12, 31))
    assert {path.name for path in files} >= {"posts.csv", "movers.csv", "new_claims.csv", "report.html"}
    assert "$5.576M" in (out / "2024-12" / "posts.csv").read_text(encoding="utf-8")
    assert "(2024-12/digest.html)" in (out / "index.md").read_text(encoding="utf-8")
