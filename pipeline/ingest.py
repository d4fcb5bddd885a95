"""One ingestion run: fetch, process in batches on all cores, load, publish.

`Ingestion` holds what a run needs (lock, warehouse, raw bytes) and offers its steps. The command line strings
them together in `run`; the Prefect flow wraps the same steps in tasks. A run that is killed leaves loaded batches
behind, each whole; the next run finds them known and goes on with the rest.
"""

from __future__ import annotations

import time
import uuid
from contextlib import ExitStack
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Literal, Self

from pipeline.config import SourceEntry
from pipeline.errors import ConfigError, SourceError
from pipeline.extract import extractor_version
from pipeline.http.client import Client
from pipeline.http.settings import FetchSettings
from pipeline.identity import content_hash, post_id
from pipeline.lock import exclusive
from pipeline.process import process_batch
from pipeline.publish import publish
from pipeline.rawstore import RawStore
from pipeline.records import RawPost, Reject
from pipeline.sources import recognise
from pipeline.sources.live import LiveSource, Run, where
from pipeline.warehouse import Warehouse
from pipeline.workers import parallel

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from pathlib import Path

    from pipeline.config import Config, Paths
    from pipeline.process import Batch
    from pipeline.sources import Source

BATCH_SIZE = 100  # posts; small enough that a few in flight stay far below 1 GB
Status = Literal["ok", "partial", "failed"]


@dataclass(slots=True)
class Tally:
    """What became of the posts of one source in one run. `failed` says why the source as a whole could not be read."""

    source_id: str
    seen: int = 0
    new: int = 0
    changed: int = 0
    unchanged: int = 0
    reextracted: int = 0
    rejects: list[Reject] = field(default_factory=list)
    failed: str | None = None

    @property
    def broken(self) -> bool:
        """True when nothing of the source could be read."""
        return self.failed is not None or (bool(self.rejects) and len(self.rejects) == self.seen)


@dataclass(frozen=True, slots=True)
class Summary:
    """What a run did. `published` is False when there was nothing new to publish."""

    run_id: str
    tallies: tuple[Tally, ...]
    published: bool
    seconds: float

    @property
    def status(self) -> Status:
        """`partial` when some sources could not be read at all, `failed` when none could."""
        broken = sum(tally.broken for tally in self.tallies)
        if not broken:
            return "ok"
        return "failed" if broken == len(self.tallies) else "partial"

    def total(self, name: str) -> int:
        """The sum of a counter over the sources."""
        return sum(getattr(tally, name) for tally in self.tallies)

    @property
    def rejects(self) -> list[Reject]:
        """All that could not be read."""
        return [reject for tally in self.tallies for reject in tally.rejects]

    def table(self) -> list[dict[str, str | int]]:
        """A row a source: what became of its posts."""
        names = ("seen", "new", "changed", "reextracted", "unchanged")
        return [
            {"source": t.source_id, **{name: getattr(t, name) for name in names}, "rejected": len(t.rejects)}
            for t in self.tallies
        ]


@dataclass(frozen=True, slots=True)
class Fetching:
    """How live sources are read: what was published from `since` on, at most `limit` posts a source and run; `offline`
    takes only what was kept by earlier runs.
    """

    settings: FetchSettings = field(default_factory=FetchSettings)
    since: datetime | None = None
    limit: int | None = None
    offline: bool = False


class Ingestion:
    """The steps of one run, over what they share. Use as a context manager; only one can be open per home folder."""

    def __init__(
        self, paths: Paths, *, now: Callable[[], datetime] | None = None, fetching: Fetching | None = None
    ) -> None:
        self.paths = paths
        self.fetching = fetching or Fetching()
        self.now = now or (lambda: datetime.now(UTC))
        self.run_id = f"{self.now():%Y%m%dT%H%M%S}-{uuid.uuid4().hex[:6]}"
        self.tallies: dict[str, Tally] = {}
        self._gone: dict[str, dict[str, datetime]] = {}
        self._started = time.monotonic()
        self._stack = ExitStack()

    def __enter__(self) -> Self:
        with ExitStack() as stack:
            stack.enter_context(exclusive(self.paths.home / "lock"))
            self.warehouse = stack.enter_context(Warehouse.open(self.paths.home / "warehouse.duckdb"))
            self.raw = RawStore(self.paths.home / "raw")
            self.client = stack.enter_context(Client(self.fetching.settings))
            self.warehouse.begin_run(self.run_id, self.now())
            self._stack = stack.pop_all()
        return self

    def __exit__(self, *exc: object) -> None:
        self._stack.close()

    def fetch(self, source: Source) -> Iterator[list[RawPost]]:
        """The posts of a source that are new or changed since they were last loaded, in batches; raw bytes are kept.

        Raises SourceError where the source as a whole cannot be read.
        """
        known = self.warehouse.known(source.id)
        seen = unchanged = 0
        rejects: list[Reject] = []
        keys: set[str] = set()
        batch: list[RawPost] = []
        failures: list[SourceError] = []
        for item in _until_failure(self._opened(source).posts(), failures):
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
                self.raw.put(item.content)
                batch.append(item)
            keys.add(key)
            if len(batch) == BATCH_SIZE:
                yield batch
                batch = []
        if batch:
            yield batch
        if failures:
            raise failures[0]
        tally = self._tally(source.id)  # only now: a fetch that fails midway may be tried again
        tally.seen += seen
        tally.unchanged += unchanged
        tally.rejects.extend(rejects)
        self._gone[source.id] = self._missing(source, keys, rejects)

    def _missing(self, source: Source, found: set[str], rejects: list[Reject]) -> dict[str, datetime]:
        """The posts that the source once had and now lacks. What could not be read is not missing."""
        if isinstance(source, LiveSource):
            pages = self.warehouse.pages(source.id).all().values()
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

    def _opened(self, source: Source) -> Source:
        """The source; one on the web with what it needs: client, pages of earlier runs, raw bytes."""
        if not isinstance(source, LiveSource):
            return source
        return source.opened(
            Run(
                source.id, source.address, self.client, self.warehouse.pages(source.id), self.raw.put, self.raw.get,
                now=self.now(), folder=self.paths.home / "git" / source.id, language=source.language,
                since=self.fetching.since, limit=self.fetching.limit, offline=self.fetching.offline,
            )
        )  # fmt: skip

    def _tally(self, source_id: str) -> Tally:
        return self.tallies.setdefault(source_id, Tally(source_id))

    def fail(self, source_id: str, location: str, error: SourceError) -> None:
        """Record that a source as a whole could not be read."""
        tally = self._tally(source_id)
        tally.failed = str(error)
        tally.rejects.append(Reject(source_id, location, "fetch", type(error).__name__, str(error)))

    def load(self, source_id: str, batch: Batch) -> None:
        """Put a batch of one source into the warehouse, all or nothing."""
        counts = self.warehouse.load(batch.posts, run_id=self.run_id, now=self.now())
        tally = self._tally(source_id)
        tally.new += counts.new
        tally.changed += counts.changed
        tally.reextracted += counts.reextracted
        tally.rejects.extend((*batch.rejects, *counts.rejects))

    def finish(self) -> Summary:
        """Record the run, publish what is new, and say what was done."""
        tallies = tuple(self.tallies.values())
        summary = Summary(self.run_id, tallies, published=False, seconds=0)
        for source_id, gone in self._gone.items():
            self.warehouse.mark_gone(source_id, gone)
        self.warehouse.reject(summary.rejects, run_id=self.run_id, now=self.now())
        counts = {
            "posts_seen": summary.total("seen"),
            "posts_new": summary.total("new"),
            "posts_changed": summary.total("changed"),
            "posts_unchanged": summary.total("unchanged"),
            "posts_rejected": len(summary.rejects),
        }
        self.warehouse.finish_run(self.run_id, self.now(), status=summary.status, counts=counts)
        self.warehouse.close()
        published = publish(self.paths.home / "warehouse.duckdb", self.paths.warehouse)
        return replace(summary, published=published, seconds=time.monotonic() - self._started)


def run(
    sources: Iterable[Source],
    paths: Paths,
    *,
    workers: int | None = None,
    failures: Iterable[tuple[str, SourceError]] = (),
    on_progress: Callable[[str, int], None] = lambda _source, _posts: None,
    fetching: Fetching | None = None,
) -> Summary:
    """Ingest the sources; `failures` are locations that no source was found at, recorded beside them.

    `on_progress` is called with the source's id and the number of posts just done.
    """
    with Ingestion(paths, fetching=fetching) as ingestion:
        for location, error in failures:
            ingestion.fail(location, location, error)
        for raws, batch in parallel(process_batch, _fetch_all(ingestion, sources), workers):
            ingestion.load(raws[0].source_id, batch)
            on_progress(raws[0].source_id, len(raws))
        return ingestion.finish()


def _until_failure(items: Iterator[RawPost | Reject], failures: list[SourceError]) -> Iterator[RawPost | Reject]:
    """The items as long as they come: what was fetched before a source failed is worth keeping."""
    try:
        yield from items
    except SourceError as error:
        failures.append(error)


def _fetch_all(ingestion: Ingestion, sources: Iterable[Source]) -> Iterator[list[RawPost]]:
    for source in sources:
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
