"""The ingestion flow: for each source a task fetches, one extracts, one loads; a last one publishes. Sources of
different hosts are fetched at the same time.

`python -m flows.ingest LOCATION…` runs it once (on an ephemeral server unless PREFECT_API_URL names one) and shows
what was found. The work itself is in `pipeline`; tasks are thin calls of it.
"""

from __future__ import annotations

import sys
from collections import deque
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Annotated, Any, TypeVar, cast

from prefect import flow, get_run_logger, runtime, task
from prefect.artifacts import create_table_artifact
from prefect.cache_policies import NO_CACHE
from prefect.client.orchestration import get_client
from prefect.client.schemas.objects import State
from prefect.futures import PrefectFuture
from prefect.settings import PREFECT_SERVER_EPHEMERAL_STARTUP_TIMEOUT_SECONDS, temporary_settings
from prefect.states import Completed
from prefect.utilities.annotations import allow_failure, quote
from pydantic import Field

from pipeline.cli import show
from pipeline.config import Config, load_config, resolve_paths
from pipeline.errors import SourceError, TransientError
from pipeline.find import find_sources
from pipeline.hosts import host_of
from pipeline.http.settings import FetchSettings
from pipeline.ingest import Fetching, Ingestion
from pipeline.operate.alerts import Alert, AlertSettings, of_summary, tell, watch
from pipeline.operate.secrets import redact
from pipeline.process import Batch, process_batch
from pipeline.records import RawPost
from pipeline.sources import Source
from pipeline.sources.live import where
from pipeline.tally import Summary, Tally
from pipeline.workers import parallel

T = TypeVar("T")
Fetch = PrefectFuture[list[list[RawPost]]]


def _whole(value: T) -> T:
    """The value, handed to a task as it is: Prefect would look into every post for futures to wait for."""
    return cast("T", quote(value))


def _is_transient(_task: Any, _run: Any, state: Any) -> bool:
    return isinstance(state.result(raise_on_failure=False), TransientError)


# No tags: Prefect asks its server for a slot of each tag before a task starts, and on SQLite, if anything else is being
# written, the answer is 503, to be asked again after 2, 4 … 32 seconds.
@task(
    task_run_name="fetch {source.id}", cache_policy=NO_CACHE, persist_result=False,
    retries=3, retry_delay_seconds=[1, 10, 60], retry_jitter_factor=0.5, retry_condition_fn=_is_transient,
    timeout_seconds=3600,
)  # fmt: skip
def fetch(ingestion: Ingestion, source: Source) -> list[list[RawPost]]:
    """The posts of a source that are new or changed, in batches."""
    return list(ingestion.fetch(source))


@task(task_run_name="extract {source_id} ({posts} posts)", cache_policy=NO_CACHE, persist_result=False)
def extract(source_id: str, raws: list[list[RawPost]], posts: int) -> list[Batch]:
    """The batches of a source, processed on all cores."""
    del source_id, posts  # they name the task's run
    return [batch for _, batch in parallel(process_batch, raws)]


@task(task_run_name="load {source_id} ({posts} posts)", cache_policy=NO_CACHE, persist_result=False)
def load(ingestion: Ingestion, source_id: str, batches: list[Batch], posts: int) -> None:
    """Put a source's posts into the warehouse."""
    del posts  # names the task's run
    for batch in batches:
        ingestion.load(source_id, batch)


@task(task_run_name="publish", cache_policy=NO_CACHE, persist_result=False)
def publish(ingestion: Ingestion) -> Summary:
    """Record the run and publish the warehouse."""
    return ingestion.finish()


def _fetched(ingestion: Ingestion, sources: list[Source]) -> Iterator[tuple[Source, Fetch]]:
    """The sources in their order, each being fetched: so many at a time as the settings allow hosts, and those of one
    host one after another.
    """
    ahead: deque[tuple[Source, Fetch]] = deque()
    last: dict[str, Fetch] = {}
    for source in sources:
        before = last.get(host_of(source))
        wait_for = [allow_failure(before)] if before else []
        last[host_of(source)] = future = fetch.submit(ingestion, source, return_state=False, wait_for=wait_for)
        ahead.append((source, future))
        if len(ahead) >= ingestion.fetching.settings.hosts:
            yield ahead.popleft()
    yield from ahead


def _one(ingestion: Ingestion, source: Source, fetching: Fetch) -> None:
    """A source from fetch to load. One that cannot be read is recorded and costs the others nothing."""
    try:
        raws = fetching.result()
    except SourceError as error:
        ingestion.fail(source.id, where(source), error)
        get_run_logger().error("source=%s error=%s message=%s", source.id, type(error).__name__, redact(str(error)))
        return
    posts = sum(len(batch) for batch in raws)
    if posts:
        load(ingestion, source.id, _whole(extract(source.id, _whole(raws), posts)), posts)
    get_run_logger().info(logged(ingestion.tallies[source.id]))


def logged(tally: Tally) -> str:
    """What became of a source, for the log: names and values.

    >>> logged(Tally("blog", seen=3, new=3, seconds=0.25))
    'source=blog status=ok seen=3 new=3 changed=0 unchanged=0 rejected=0 seconds=0.2'
    """
    row = table_row(tally)
    return " ".join(f"{name}={value}" for name, value in row.items() if name != "reason")


def table_row(tally: Tally) -> dict[str, str | int | float]:
    """The row of a source in the artifact that sums up a run."""
    return {
        "source": tally.source_id,
        "status": tally.status,
        "seen": tally.seen,
        "new": tally.new,
        "changed": tally.changed,
        "unchanged": tally.unchanged + tally.reextracted,
        "rejected": len(tally.rejects),
        "seconds": round(tally.seconds, 1),
        "reason": redact(f"left alone until {tally.postponed:%Y-%m-%d %H:%M}" if tally.postponed else tally.reason),
    }


def _name_run() -> str:
    """What a run is called until its counts are known."""
    given = runtime.flow_run.parameters
    return f"ingest {given.get('source') or ', '.join(given.get('locations') or []) or 'all sources'}"


def _rename_run(done: Summary) -> None:
    """The run is called by what it did: that is what its list shows."""
    failed = sum(tally.broken for tally in done.tallies)
    name = f"{_name_run()}: {done.total('new')} new, {done.total('changed')} changed, {len(done.rejects)} rejected"
    with get_client(sync_client=True) as client:
        client.update_flow_run(runtime.flow_run.id, name=name + (f", {failed} failed" if failed else ""))


def _crashed(flow: Any, flow_run: Any, state: Any) -> None:
    """Tell of a run whose process is gone. Called by whoever started that process."""
    del flow
    config = flow_run.parameters.get("config")
    settings = load_config(Path(config)).alerts if config else AlertSettings()
    tell(settings, Alert("failed", "", f"the run {flow_run.name} was killed", (redact(state.message or ""),)))


@flow(name="ingest", flow_run_name=_name_run, on_crashed=[_crashed])
def ingest(
    locations: list[str] | None = None,
    config: str | None = None,
    source: Annotated[str | None, Field(min_length=1)] = None,
    *,
    since: date | None = None,
    limit: Annotated[int | None, Field(ge=1)] = None,
    offline: bool = False,
    wait: Annotated[float, Field(ge=0, le=86400)] = 600,
) -> Summary:
    """Ingest the locations (or the configuration's sources) and publish.

    A source that cannot be read is recorded and costs the others nothing. The run's state is Completed when all sources
    were read, Partial when some were not, Failed when none was or nothing could be published.

    Args:
        locations: Folders, files or addresses to read; if empty, the configuration's sources.
        config: Path of the configuration file (TOML), where the run takes place.
        source: Only the source of this id; it is tried even if it keeps failing.
        since: From the web only what was published from this day on.
        limit: From the web at most so many posts a source.
        offline: Without the network: what earlier runs kept is read anew.
        wait: Seconds to wait for another run that is under way.
    """
    settings = load_config(Path(config)) if config else None
    moment = datetime(since.year, since.month, since.day, tzinfo=UTC) if since else None
    fetching = Fetching(
        settings.fetch if settings else FetchSettings(), moment, limit, offline,
        insist=bool(locations or source), wait=wait,
    )  # fmt: skip
    alerts = settings.alerts if settings else AlertSettings()
    with watch(alerts):
        done = _ingest(locations or [], settings, source, fetching)
    tell(alerts, of_summary(done))
    create_table_artifact(
        [table_row(tally) for tally in done.tallies], key="ingest-summary",
        description=f"Run {done.run_id}: {done.status}, {'published' if done.published else 'nothing new to publish'}",
    )  # fmt: skip
    _rename_run(done)
    return cast("Summary", _state(done))  # what a caller of the flow gets out of it


def _ingest(locations: list[str], settings: Config | None, source: str | None, how: Fetching) -> Summary:
    sources, failures = find_sources(locations, settings, source)
    retention = settings.retention if settings else None
    with Ingestion(resolve_paths(settings), fetching=how, retention=retention) as ingestion:
        for location, error in failures:
            ingestion.fail(location, location, error)
        for each, fetching in _fetched(ingestion, ingestion.due(sources)):
            _one(ingestion, each, fetching)
        return publish(ingestion)


def _state(done: Summary) -> Summary | State[Summary]:
    """The state that Prefect shows, as the table `runs` has it. Raises SourceError where no source could be read."""
    if done.status == "ok":
        return done
    reasons = "; ".join(redact(tally.reason) for tally in done.tallies if tally.reason)
    if done.status == "failed":
        raise SourceError(f"no source could be read: {reasons}")
    return Completed(name="Partial", message=f"some sources could not be read: {reasons}", data=done)


def main() -> None:
    """Run the flow once on the locations of the command line, write the digests and show what was found."""
    patient = {PREFECT_SERVER_EPHEMERAL_STARTUP_TIMEOUT_SECONDS: 180}  # 20 is too few on a busy machine
    try:
        with temporary_settings(set_defaults=patient):
            summary = ingest(locations=sys.argv[1:])
    except SourceError as error:
        sys.exit(f"recuento: {error}")
    show.sample_run(summary, resolve_paths(None))
    sys.exit(0 if summary.status == "ok" else 1)


if __name__ == "__main__":
    main()
