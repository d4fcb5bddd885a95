"""What `recuento schedule` serves: ingestion and digests as Prefect deployments with their cron times."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, cast

import httpx
from prefect import serve
from prefect.deployments.runner import DeploymentApplyError
from prefect.schedules import Cron
from prefect.settings import PREFECT_API_URL, temporary_settings
from prefect.types.entrypoint import EntrypointType

from flows.digest import digest
from flows.ingest import ingest
from pipeline.errors import ConfigError, WarehouseError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from prefect.deployments.runner import RunnerDeployment

    from pipeline.config import Config


def serve_all(config_file: Path, config: Config) -> None:
    """Serve both deployments until the process is stopped. Blocks."""
    with scheduling_server():
        serve(*deployments(config_file, config))


def deploy_all(config_file: Path, config: Config, work_pool: str) -> list[str]:
    """Register both deployments at a work pool of the server; their names. Workers of that pool then run them, on
    machines where Recuento is installed and the configuration lies at the same path.
    """
    if not PREFECT_API_URL.value():
        raise ConfigError("--work-pool needs a Prefect server with workers: set PREFECT_API_URL")
    made = deployments(config_file, config)
    for each in made:
        try:
            each.apply(work_pool_name=work_pool)
        except DeploymentApplyError as error:
            create = f"prefect work-pool create {work_pool} --type process"
            raise ConfigError(f"--work-pool {work_pool}: {error}; make one with `{create}`") from None
    return [each.name for each in made]


@contextmanager
def scheduling_server() -> Iterator[None]:
    """The server of PREFECT_API_URL, else one of our own while the block runs: an ephemeral one schedules nothing.

    Raises WarehouseError where no server answers within two minutes.
    """
    if PREFECT_API_URL.value():
        yield
        return
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = str(probe.getsockname()[1])
    url = f"http://127.0.0.1:{port}/api"
    command = [sys.executable, "-m", "prefect", "server", "start", "--host", "127.0.0.1", "--port", port]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL) as server:  # noqa: S603 -- our own interpreter
        try:
            _wait(f"{url}/health", server)
            os.environ["PREFECT_API_URL"] = url  # for the processes of the runs
            with temporary_settings({PREFECT_API_URL: url}):
                yield
        finally:
            server.terminate()


def _wait(address: str, server: subprocess.Popen[bytes]) -> None:
    for _ in range(240):
        with suppress(httpx.TransportError):
            if httpx.get(address, trust_env=False).is_success:
                return
        if server.poll() is not None:
            break
        time.sleep(0.5)
    raise WarehouseError(f"no Prefect server came up at {address}; start one and set PREFECT_API_URL")


def deployments(config_file: Path, config: Config) -> list[RunnerDeployment]:
    """The deployments, each with its cron time and time zone."""
    parameters = {"config": str(config_file.resolve())}
    times = config.schedule
    made = [
        ingest.to_deployment(
            "recuento-ingest", schedule=Cron(times.ingest, timezone=times.timezone), parameters=parameters,
            description="Fetch what is new, extract, load, publish.", tags=["recuento"], concurrency_limit=1,
            entrypoint_type=EntrypointType.MODULE_PATH,
        ),
        digest.to_deployment(
            "recuento-digest", schedule=Cron(times.digest, timezone=times.timezone), parameters=parameters,
            description="CSV digests of the week that is over, and the report.", tags=["recuento"],
            entrypoint_type=EntrypointType.MODULE_PATH,
        ),
    ]  # fmt: skip
    return [cast("RunnerDeployment", each) for each in made]  # typed as either for async callers; here it is sync
