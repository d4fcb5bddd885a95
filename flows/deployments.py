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
from prefect.schedules import Cron
from prefect.settings import PREFECT_API_URL, temporary_settings

from flows.digest import digest
from flows.ingest import ingest
from pipeline.errors import WarehouseError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from prefect.deployments.runner import RunnerDeployment

    from pipeline.config import Config


def serve_all(config_file: Path, config: Config) -> None:
    """Serve both deployments until the process is stopped. Blocks."""
    with scheduling_server():
        serve(*deployments(config_file, config))


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
        ),
        digest.to_deployment(
            "recuento-digest", schedule=Cron(times.digest, timezone=times.timezone), parameters=parameters,
            description="CSV digests of the past seven days.", tags=["recuento"],
        ),
    ]  # fmt: skip
    return [cast("RunnerDeployment", each) for each in made]  # typed as either for async callers; here it is sync
