"""Reading one source in a run: what is new or changed comes in batches, all else is counted."""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from pipeline.errors import SourceError
from pipeline.identity import content_hash, post_id
from pipeline.records import RawPost, Reject
from pipeline.sources.live import LiveSource

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from datetime import datetime

    from pipeline.sources import Source

BATCH_SIZE = 100  # posts; small enough that a few in flight stay far below 1 GB
LONGEST_BATCH = 10.0  # seconds: a slow site's posts are loaded, and shown as progress, as they come


@dataclass(slots=True)
class Reading:
    """One source, opened, and what its posts were found to be. `known` has the content hash and the extractor of each
    post that is loaded, `extractor` is that of this run.
    """

    source: Source
    known: Mapping[str, tuple[str, str]]
    extractor: str
    rejects: list[Reject] = field(default_factory=list)
    _seen: int = 0
    _unchanged: int = 0
    _keys: set[str] = field(default_factory=set)

    @property
    def seen(self) -> int:
        """The posts that the source holds."""
        return self._seen + len(self._current)

    @property
    def unchanged(self) -> int:
        """Those among them that are loaded as they are."""
        return self._unchanged + len(self._current)

    @property
    def _current(self) -> set[str]:
        """The paths of the posts that a live source knows to be loaded, without reading them again."""
        run = self.source.run if isinstance(self.source, LiveSource) else None
        return run.current if run else set()

    def batches(self, keep: Callable[[bytes], object]) -> Iterator[list[RawPost]]:
        """The posts that are new or changed; their raw bytes are given to `keep`.

        Raises SourceError where the source as a whole cannot be read, after what was read before it failed.
        """
        batch: list[RawPost] = []
        handed_on = time.monotonic()
        failures: list[SourceError] = []
        for item in _until_failure(self.source.posts(), failures):
            if (post := self._wanted(item)) is not None:
                if post.raw_key is None:
                    keep(post.content)
                batch.append(post)
            if len(batch) == BATCH_SIZE or (batch and time.monotonic() - handed_on > LONGEST_BATCH):
                yield batch
                batch, handed_on = [], time.monotonic()
        if batch:
            yield batch
        if failures:
            raise failures[0]

    def _wanted(self, item: RawPost | Reject) -> RawPost | None:
        """The post, if it is to be loaded; all is counted."""
        self._seen += 1
        if isinstance(item, Reject):
            self.rejects.append(item)
            return None
        key = post_id(item.source_id, item.path)
        is_second = key in self._keys
        self._keys.add(key)
        if is_second:
            message = f"{item.source_id}: {item.path}: the source has two posts of this path; rename one of them"
            self.rejects.append(Reject(item.source_id, item.path, "fetch", "SamePath", message))
        elif self.known.get(key) == (content_hash(item), self.extractor):
            self._unchanged += 1
        else:
            return item
        return None

    def gone(self, paths: Callable[[], Mapping[str, str]], now: datetime) -> dict[str, datetime]:
        """The posts that the source once had and now lacks, and since when; `paths` gives those of all that it had.

        What could not be read is not missing.
        """
        if isinstance(self.source, LiveSource):
            pages = self.source.run.known.values() if self.source.run else ()
            return {post_id(self.source.id, page.path): page.gone_at for page in pages if page.gone_at}
        if not self.source.is_complete:
            return {}
        unread = tuple(reject.location for reject in self.rejects)
        return {
            key: now
            for key, path in paths().items()
            if key not in self._keys and not any(path == place or path.startswith(f"{place}/") for place in unread)
        }


def _until_failure(items: Iterator[RawPost | Reject], failures: list[SourceError]) -> Iterator[RawPost | Reject]:
    """The items as long as they come: what was fetched before a source failed is worth keeping."""
    try:
        yield from items
    except SourceError as error:
        failures.append(error)
