"""One ingestion run: fetch, process in batches on all cores, load, publish.

`Ingestion` holds what a run needs (lock, warehouse, raw bytes) and offers its steps. The command line strings
them together in `run`; the Prefect flow wraps the same steps in tasks. A run that is killed leaves loaded batches
behind, each whole; the next run finds them known and goes on with the rest.
"""

from __future__ import annotations

import time
import uuid
from contextlib import ExitStack, suppress
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Self

import duckdb

from pipeline.config import SourceEntry
from pipeline.errors import ConfigError, SourceError, WarehouseError
from pipeline.extract import extractor_version
from pipeline.http.client import Client
from pipeline.http.settings import FetchSettings
from pipeline.identity import content_hash, post_id
from pipeline.operate.lock import exclusive
from pipeline.operate.retention import Retention, prune
from pipeline.process import process_batch
from pipeline.publish import publish
from pipeline.rawstore import RawStore
from pipeline.records import RawPost, Reject
from pipeline.rereading import find_out
from pipeline.sources import recognise
from pipeline.sources.live import LiveSource, Run, where
from pipeline.tally import Summary, Tally
from pipeline.warehouse import Warehouse
from pipeline.warehouse.failures import failing
from pipeline.workers import parallel

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    from pipeline.config import Config, Paths
    from pipeline.process import Batch
    from pipeline.sources import Source

BATCH_SIZE = 100  # posts; small enough that a few in flight stay far below 1 GB
LONGEST_BATCH = 10.0  # seconds: a slow site's posts are loaded, and shown as progress, as they come


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
        if isinstance(error, (OSError, duckdb.IOException, duckdb.FatalException)):
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
            else:
                self._tally(source.id).postponed = failure.next_attempt_at
        return found

    def fetch(self, source: Source) -> Iterator[list[RawPost]]:
        """The posts of a source that are new or changed since they were last loaded, in batches; raw bytes are kept.

        Raises SourceError where the source as a whole cannot be read.
        """
        self._began.setdefault(source.id, time.monotonic())
        known = self.warehouse.known(source.id)
        seen = unchanged = 0
        rejects: list[Reject] = []
        keys: set[str] = set()
        batch: list[RawPost] = []
        handed_on = time.monotonic()
        failures: list[SourceError] = []
        opened = self._opened(source, known)
        for item in _until_failure(opened.posts(), failures):
            seen += 1
            key = "" if isinstance(item, Reject) else post_id(item.source_id, item.path)
            if isinstance(item, Reject):
                rejects.append(item)
            elif key in keys:
                message = f"{item.source_id}: {item.path}: the source has two posts of this path; rename one of them"
                rejects.append(Reject(item.source_id, item.path, "fetch", "SamePath", message))
            elif known.get(key) == (content_hash(item), extractor_version()):
                unchanged += 1
            else:
                if item.raw_key is None:
                    self.raw.put(item.content)
                batch.append(item)
            keys.add(key)
            if len(batch) == BATCH_SIZE or (batch and time.monotonic() - handed_on > LONGEST_BATCH):
                yield batch
                batch, handed_on = [], time.monotonic()
        if batch:
            yield batch
        if failures:
            raise failures[0]
        current = opened.run.current if isinstance(opened, LiveSource) and opened.run else set[str]()
        keys.update(post_id(source.id, path) for path in current)
        tally = self._tally(source.id)  # only now: a fetch that fails midway may be tried again
        tally.seen += seen + len(current)
        tally.unchanged += unchanged + len(current)
        tally.rejects.extend(rejects)
        self._clock(tally)
        self._gone[source.id] = self._missing(opened, keys, rejects)

    def _missing(self, source: Source, found: set[str], rejects: list[Reject]) -> dict[str, datetime]:
        """The posts that the source once had and now lacks. What could not be read is not missing."""
        if isinstance(source, LiveSource):
            pages = source.run.known.values() if source.run else ()
            return {post_id(source.id, page.path): page.gone_at for page in pages if page.gone_at}
        if not source.is_complete:
            return {}
        unread = tuple(reject.location for reject in rejects)
        known = self.warehouse.paths(source.id)
        return {
            key: self.now()
            for key, path in known.items()
            if key not in found and not any(path == place or path.startswith(f"{place}/") for place in unread)
        }

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
        for raws, batch in parallel(process_batch, _fetch_all(ingestion, sources), workers):
            ingestion.load(raws[0].source_id, batch)
            source_id = raws[0].source_id
            on_progress(source_id, len(raws), ingestion.expected.get(source_id))
        return ingestion.finish()


def _until_failure(items: Iterator[RawPost | Reject], failures: list[SourceError]) -> Iterator[RawPost | Reject]:
    """The items as long as they come: what was fetched before a source failed is worth keeping."""
    try:
        yield from items
    except SourceError as error:
        failures.append(error)


def _fetch_all(ingestion: Ingestion, sources: Iterable[Source]) -> Iterator[list[RawPost]]:
    for source in ingestion.due(sources):
        try:
            yield from ingestion.fetch(source)
        except SourceError as error:
            ingestion.fail(source.id, where(source), error)


def find_sources(
    locations: Sequence[Path | str], config: Config | None, only: str | None = None
) -> tuple[list[Source], list[tuple[str, SourceError]]]:
    """The sources at the locations, else those of the configuration; and the locations where there is none, with why.

    `only` keeps the source of that id; ConfigError when there is no such source, or nothing to read at all.
    """
    wanted = [SourceEntry(id=None, location=location) for location in locations]
    if not wanted and config:
        wanted = [entry for entry in config.sources if entry.enabled]
    if not wanted:
        raise ConfigError("nothing to ingest: name a folder or file, or a configuration with --config")
    sources: list[Source] = []
    failures: list[tuple[str, SourceError]] = []
    for entry in wanted:
        try:
            sources.extend(
                recognise(
                    entry.location, source_id=entry.id, kind=entry.kind, language=entry.language, title=entry.title
                )
            )
        except SourceError as error:
            failures.append((entry.id or str(entry.location), error))
    roots: dict[str, str] = {}
    for source in sources:
        if roots.setdefault(source.id, where(source)) != where(source):
            raise ConfigError(
                f"two sources are called {source.id} ({roots[source.id]}, {where(source)}):"
                " give each an id of its own in a configuration"
            )
    ids = list(roots)
    if only is not None:
        if only not in ids:
            raise ConfigError(f"--source {only}: there are {', '.join(ids) or 'none'}")
        return [source for source in sources if source.id == only], []
    return sources, failures
