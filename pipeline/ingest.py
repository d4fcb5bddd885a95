"""One ingestion run: fetch, process in batches on all cores, load, publish.

`Ingestion` holds what a run needs (lock, warehouse, raw bytes) and offers its steps. The command line strings
them together in `run`; the Prefect flow wraps the same steps in tasks. A run that is killed leaves loaded batches
behind, each whole; the next run finds them known and goes on with the rest.
"""

from __future__ import annotations

import time
import uuid
from contextlib import ExitStack, closing, suppress
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from functools import partial
from typing import TYPE_CHECKING, Self

import duckdb

from pipeline.errors import SourceError, WarehouseError, is_of_disk
from pipeline.hosts import by_host, read_together
from pipeline.http.client import Client
from pipeline.http.settings import FetchSettings
from pipeline.identity import post_id
from pipeline.operate.lock import exclusive
from pipeline.operate.retention import Retention, prune
from pipeline.process import process_batch
from pipeline.publish import publish
from pipeline.rawstore import RawStore
from pipeline.reading import Reading
from pipeline.records import Reject
from pipeline.rereading import find_out
from pipeline.sources.live import LiveSource, Run, where
from pipeline.tally import Summary, Tally
from pipeline.version import extractor_version
from pipeline.warehouse import Warehouse
from pipeline.warehouse.failures import failing
from pipeline.workers import parallel

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from pipeline.config import Paths
    from pipeline.process import Batch
    from pipeline.records import RawPost
    from pipeline.sources import Source


@dataclass(frozen=True, slots=True)
class Fetching:
    """How live sources are read: what was published from `since` on, at most `limit` posts a source and run; `offline`
    takes only what was kept by earlier runs; `insist` tries also what keeps failing and is not due. A run
    that finds another one under way waits for it, `wait` seconds at most.
    """

    settings: FetchSettings = field(default_factory=FetchSettings)
    since: datetime | None = None
    limit: int | None = None
    offline: bool = False
    insist: bool = False
    wait: float = 0


class Ingestion:
    """The steps of one run, over what they share. Use as a context manager; only one can be open per home folder."""

    def __init__(
        self,
        paths: Paths,
        *,
        now: Callable[[], datetime] | None = None,
        fetching: Fetching | None = None,
        retention: Retention | None = None,
    ) -> None:
        self.paths = paths
        self._private = paths.home / "warehouse.duckdb"
        self.fetching = fetching or Fetching()
        self.retention = retention or Retention()
        self.now = now or (lambda: datetime.now(UTC))
        self.run_id = f"{self.now():%Y%m%dT%H%M%S}-{uuid.uuid4().hex[:6]}"
        self.tallies: dict[str, Tally] = {}
        self.expected: dict[str, int] = {}
        self._gone: dict[str, dict[str, datetime]] = {}
        self._began: dict[str, float] = {}
        self._started = time.monotonic()
        self._stack = ExitStack()

    def __enter__(self) -> Self:
        with ExitStack() as stack:
            stack.enter_context(exclusive(self.paths.home / "lock", wait=self.fetching.wait))
            self.warehouse = stack.enter_context(Warehouse.open(self._private))
            self.raw = RawStore(self.paths.home / "raw")
            self.client = stack.enter_context(Client(self.fetching.settings))
            self.warehouse.begin_run(self.run_id, self.now())
            self.rereading = find_out(self.warehouse.connection)
            self._stack = stack.pop_all()
        return self

    def __exit__(self, _: type[BaseException] | None, error: BaseException | None, __: object) -> None:
        with self._stack:
            if isinstance(error, Exception):
                self._record_failure()
        if isinstance(error, (duckdb.IOException, duckdb.FatalException)) or is_of_disk(error):
            first = str(error).splitlines()[0]
            remedy = "free space or mend the disk, and run again: what is published is as it was"
            raise WarehouseError(f"{self.paths.home}: cannot be written ({first}); {remedy}") from error

    def _record_failure(self) -> None:
        """The run is marked as failed, if that can be written; where it cannot (a full disk), the next run marks it."""
        self.warehouse.close()
        with suppress(WarehouseError, duckdb.Error), Warehouse.open(self._private) as warehouse:
            warehouse.fail_run(self.run_id, self.now())

    def due(self, sources: Iterable[Source]) -> list[Source]:
        """The sources to be tried; one that keeps failing is left alone until its time has come, and recorded so."""
        now, failures = self.now(), {} if self.fetching.insist else failing(self.warehouse.connection)
        found = []
        for source in sources:
            failure = failures.get(source.id)
            if failure is None or failure.is_due(now):
                found.append(source)
                self._tally(source.id)  # in this order, whoever is read first
            else:
                self._tally(source.id).postponed = failure.next_attempt_at
        return found

    def fetch(self, source: Source) -> Iterator[list[RawPost]]:
        """The posts of a source that are new or changed since they were last loaded, in batches; raw bytes are kept.

        Raises SourceError where the source as a whole cannot be read.
        """
        self._began.setdefault(source.id, time.monotonic())
        known = self.warehouse.known(source.id)
        reading = Reading(self._opened(source, known), known, extractor_version())
        yield from reading.batches(self.raw.put)
        tally = self._tally(source.id)  # only now: a fetch that fails midway may be tried again
        tally.seen += reading.seen
        tally.unchanged += reading.unchanged
        tally.rejects.extend(reading.rejects)
        self._clock(tally)
        self._gone[source.id] = reading.gone(lambda: self.warehouse.paths(source.id), self.now())

    def _opened(self, source: Source, known: Mapping[str, tuple[str, str]]) -> Source:
        """The source; one on the web with what it needs: client, pages of earlier runs, raw bytes."""
        if not isinstance(source, LiveSource):
            return source
        manifest = self.raw.manifest(source.id)
        return source.opened(
            Run(
                source.id, source.address, self.client, self.warehouse.pages(source.id, manifest), self.raw.put,
                self.raw.get,
                expect=lambda posts: self.expected.update({source.id: self.expected.get(source.id, 0) + posts}),
                is_current=lambda page: (
                    known.get(post_id(source.id, page.path)) == (page.content_hash, extractor_version())
                ),
                now=self.now(), folder=self.paths.home / "git" / source.id, language=source.language,
                since=self.fetching.since, limit=self.fetching.limit, offline=self.fetching.offline,
            )
        )  # fmt: skip

    def _tally(self, source_id: str) -> Tally:
        return self.tallies.setdefault(source_id, Tally(source_id))

    def _clock(self, tally: Tally) -> None:
        now = time.monotonic()
        tally.seconds = now - self._began.get(tally.source_id, now)

    def fail(self, source_id: str, location: str, error: SourceError) -> None:
        """Record that a source as a whole could not be read."""
        tally = self._tally(source_id)
        tally.failed = error
        self._clock(tally)
        tally.rejects.append(Reject(source_id, location, "fetch", type(error).__name__, str(error)))

    def load(self, source_id: str, batch: Batch) -> None:
        """Put a batch of one source into the warehouse, all or nothing."""
        counts = self.warehouse.load(batch.posts, run_id=self.run_id, now=self.now())
        tally = self._tally(source_id)
        tally.new += counts.new
        tally.changed += counts.changed
        tally.reextracted += counts.reextracted
        tally.rejects.extend((*batch.rejects, *counts.rejects))
        self._clock(tally)

    def finish(self) -> Summary:
        """Record the run, publish what is new, and say what was done."""
        for tally in self.tallies.values():
            tally.rejects.sort(key=lambda reject: reject.stage != "fetch")  # whichever was found first
        done = Summary(self.run_id, tuple(self.tallies.values()), published=False, seconds=0)
        for source_id, gone in self._gone.items():
            self.warehouse.mark_gone(source_id, gone)
        self.warehouse.reject(done.rejects, run_id=self.run_id, now=self.now())
        because = str(self.rereading) if done.total("reextracted") else ""
        changes = self.warehouse.finish_run(
            self.run_id, self.now(), status=done.status, tallies=done.tallies, because=because
        )
        prune(self.warehouse.connection, self.raw.root, self.retention, self.now())
        self.warehouse.close()
        return replace(
            done,
            published=publish(self._private, self.paths.warehouse, search=self.paths.search),
            seconds=time.monotonic() - self._started,
            failing=changes.failing,
            recovered=changes.recovered,
            after_failure=changes.after_failure,
            requests=self.client.requests,
            because=because,
        )


def run(
    sources: Iterable[Source],
    paths: Paths,
    *,
    workers: int | None = None,
    failures: Iterable[tuple[str, SourceError]] = (),
    on_progress: Callable[[str, int, int | None], None] = lambda _source, _posts, _expected: None,
    fetching: Fetching | None = None,
    retention: Retention | None = None,
) -> Summary:
    """Ingest the sources; `failures` are locations that no source was found at, recorded beside them.

    `on_progress` is called with the source's id, the number of posts just done, and how many there are to do in all,
    None where nobody knows.
    """
    with Ingestion(paths, fetching=fetching, retention=retention) as ingestion:
        for location, error in failures:
            ingestion.fail(location, location, error)
        groups = by_host(ingestion.due(sources))
        at_once = ingestion.fetching.settings.hosts
        with closing(read_together(groups, partial(_fetch_all, ingestion), at_once)) as raw_posts:
            for raws, batch in parallel(process_batch, raw_posts, workers):
                source_id = raws[0].source_id
                ingestion.load(source_id, batch)
                on_progress(source_id, len(raws), ingestion.expected.get(source_id))
        return ingestion.finish()


def _fetch_all(ingestion: Ingestion, sources: Iterable[Source]) -> Iterator[list[RawPost]]:
    for source in sources:
        try:
            yield from ingestion.fetch(source)
        except SourceError as error:
            ingestion.fail(source.id, where(source), error)
