"""What `recuento schedule` serves: ingestion and digests as Prefect deployments with their cron times."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from prefect import serve
from prefect.schedules import Cron

from flows.digest import digest
from flows.ingest import ingest

if TYPE_CHECKING:
    from pathlib import Path

    from prefect.deployments.runner import RunnerDeployment

    from pipeline.config import Config


def serve_all(config_file: Path, config: Config) -> None:
    """Serve both deployments until the process is stopped. Blocks."""
    serve(*deployments(config_file, config))


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
