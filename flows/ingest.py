"""The ingestion flow: for each source a task fetches, one extracts, one loads; a last one publishes.

`python -m flows.ingest LOCATION…` runs it once (on an ephemeral server unless PREFECT_API_URL names one) and shows
what was found. The work itself is in `pipeline`; tasks are thin calls of it.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any, TypeVar, cast

from prefect import flow, get_run_logger, task
from prefect.artifacts import create_table_artifact
from prefect.cache_policies import NO_CACHE
from prefect.utilities.annotations import quote

from pipeline.cli import show
from pipeline.config import load_config, resolve_paths
from pipeline.errors import SourceError, TransientError
from pipeline.ingest import Fetching, Ingestion, find_sources
from pipeline.process import Batch, process_batch
from pipeline.records import RawPost
from pipeline.sources import Source
from pipeline.tally import Summary
from pipeline.workers import parallel

T = TypeVar("T")


def _whole(value: T) -> T:
    """The value, handed to a task as it is: Prefect would look into every post for futures to wait for."""
    return cast("T", quote(value))


def _is_transient(_task: Any, _run: Any, state: Any) -> bool:
    return isinstance(state.result(raise_on_failure=False), TransientError)


@task(
    task_run_name="fetch {source.id}", tags=["fetch"], cache_policy=NO_CACHE, persist_result=False,
    retries=3, retry_delay_seconds=[1, 10, 60], retry_jitter_factor=0.5, retry_condition_fn=_is_transient,
    timeout_seconds=3600,
)  # fmt: skip
def fetch(ingestion: Ingestion, source: Source) -> list[list[RawPost]]:
    """The posts of a source that are new or changed, in batches."""
    return list(ingestion.fetch(source))


@task(task_run_name="extract {source_id}", tags=["extract"], cache_policy=NO_CACHE, persist_result=False)
def extract(source_id: str, raws: list[list[RawPost]]) -> list[Batch]:
    """The batches of a source, processed on all cores."""
    batches = [batch for _, batch in parallel(process_batch, raws)]
    get_run_logger().info("%s: %d posts read", source_id, sum(len(batch.posts) for batch in batches))
    return batches


@task(task_run_name="load {source_id}", tags=["load"], cache_policy=NO_CACHE, persist_result=False)
def load(ingestion: Ingestion, source_id: str, batches: list[Batch]) -> None:
    """Put a source's posts into the warehouse."""
    for batch in batches:
        ingestion.load(source_id, batch)


@task(tags=["publish"], cache_policy=NO_CACHE, persist_result=False)
def publish(ingestion: Ingestion) -> Summary:
    """Record the run and publish the warehouse."""
    return ingestion.finish()


@flow(name="ingest")
def ingest(locations: list[str] | None = None, config: str | None = None, source: str | None = None) -> Summary:
    """Ingest the locations (or the configuration's sources) and publish.

    A source that cannot be read is recorded and costs the others nothing.
    """
    logger = get_run_logger()
    settings = load_config(Path(config)) if config else None
    sources, failures = find_sources([Path(location) for location in locations or []], settings, source)
    fetching = Fetching(settings.fetch) if settings else None
    with Ingestion(resolve_paths(settings), fetching=fetching) as ingestion:
        for location, error in failures:
            ingestion.fail(location, location, error)
        for each in sources:
            try:
                raws = fetch(ingestion, each)
            except SourceError as error:
                logger.error("%s", error)  # noqa: TRY400 -- the message says it all
                ingestion.fail(each.id, str(each.root), error)
                continue
            if raws:
                load(ingestion, each.id, _whole(extract(each.id, _whole(raws))))
        summary = publish(ingestion)
    create_table_artifact(summary.table(), key="ingest-summary", description=f"Run {summary.run_id}: {summary.status}")
    return summary


def main() -> None:
    """Run the flow once on the locations of the command line, write the digests and show what was found."""
    summary = ingest(locations=sys.argv[1:])
    show.sample_run(summary, resolve_paths(None))
    sys.exit(0 if summary.status == "ok" else 1)


if __name__ == "__main__":
    main()
