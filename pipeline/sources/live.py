"""Sources on the web: what they share. A run asks for what is new; the rest comes from what was kept.

`LiveSource` is the place; `Run` is what a reader of such a place works with: client, pages, limits.
"""

from __future__ import annotations

import json
from contextlib import suppress
from dataclasses import asdict, dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pipeline.errors import SourceError, WarehouseError
from pipeline.http.client import Client, Validators
from pipeline.http.errors import RefusedError
from pipeline.http.settings import FetchSettings
from pipeline.http.urls import is_web, shown
from pipeline.identity import content_hash
from pipeline.pages import MemoryPages, Page, Pages
from pipeline.parse.dates import parse_date
from pipeline.rawstore import raw_key
from pipeline.records import RawPost, Reject
from pipeline.sources.base import MAX_BYTES, refuse, too_large
from pipeline.sources.readers import Made, make

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from pipeline.http.client import Reply
    from pipeline.sources.base import Kind

_FOR_GOOD = frozenset({301, 308})


@dataclass(slots=True)
class Run:
    """One reading of a live source.

    `keep` stores raw bytes and gives their key, `load` gives them back. `folder` is for what is not bytes (git).
    `expect` is told how many posts are about to be fetched, where that is known. `is_current` says of a page whether
    its post is loaded as it is: then it is not read again, but is in `current`.
    """

    source_id: str
    address: str
    client: Client
    pages: Pages = field(default_factory=MemoryPages)
    keep: Callable[[bytes], str] = lambda _data: ""
    load: Callable[[str], bytes] = lambda _key: b""
    now: datetime = field(default_factory=lambda: datetime.now(UTC))
    folder: Path = Path()
    language: str | None = None
    since: datetime | None = None
    limit: int | None = None
    offline: bool = False
    expect: Callable[[int], None] = lambda _posts: None
    is_current: Callable[[Page], bool] = lambda _page: False
    known: dict[str, Page] = field(default_factory=dict)
    current: set[str] = field(default_factory=set)  # paths
    done: set[str] = field(default_factory=set)  # paths that were handed on in this run
    stopped: bool = False  # the limit was reached: there is more
    _seen: dict[str, dict[str, str | None]] = field(default_factory=dict)
    _kept: tuple[bytes, str] = (b"", "")

    def get_if_new(self, url: str) -> Reply:
        """The answer; not `fresh` where it is what an earlier run has read to the end: the server says so, or it is the
        same to the byte.
        """
        known = json.loads(self.pages.get(f"validators:{url}") or "{}")
        before = known.pop("digest", None)
        reply = self._get_moved(url, Validators(**known))
        if not reply.fresh:
            return reply
        self._seen[url] = asdict(reply.validators) | {"digest": raw_key(reply.content)}
        return replace(reply, fresh=self._seen[url]["digest"] != before)

    def _get_moved(self, url: str, known: Validators) -> Reply:
        """The answer from where the address has moved for good, as far as that is known and still so."""
        hops = json.loads(self.pages.get(f"redirect:{url}") or "[]")
        if hops and all(status in _FOR_GOOD for status, _ in hops):
            with suppress(RefusedError):
                return self.client.get(hops[-1][1], known)
        reply = self.client.get(url, known)
        self.record_redirects(url, reply)
        return reply

    def record_redirects(self, url: str, reply: Reply) -> None:
        """Keep where an address of the source leads."""
        if reply.redirects:
            self.pages.set(f"redirect:{url}", json.dumps(reply.redirects))

    def finish(self) -> None:
        """All was read: remember the versions that were read, so that they are not sent again."""
        if self.stopped:
            return
        for url, validators in self._seen.items():
            self.pages.set(f"validators:{url}", json.dumps(validators))

    def wants(self, published: str | None) -> bool:
        """False for what was published before the day asked for. What has no date is wanted."""
        if self.since is None:
            return True
        moment = parse_date(published)
        return moment is None or moment >= self.since

    def has_room(self) -> bool:
        """False once as many posts were fetched as were asked for."""
        if self.limit is not None and len(self.done) >= self.limit:
            self.stopped = True
        return not self.stopped

    def is_known(self, path: str, fingerprint: str) -> bool:
        """True for a page that was fetched (or found to be no post) and that its listing still describes the same."""
        page = self.known.get(path)
        return page is not None and page.fingerprint == fingerprint and page.gone_at is None

    def take(self, page: Page, reply: Reply, reader: str, made: Made) -> RawPost | Reject:
        """The post that was found in an answer; the answer is kept for later runs."""
        if len(made.text) > MAX_BYTES:
            return too_large(self.source_id, page.path, len(made.text))
        if self._kept[0] is not reply.content:  # a feed is one answer for many posts
            self._kept = reply.content, self.keep(reply.content)
        return self._taken(
            replace(
                page, raw_key=self._kept[1], reader=reader, final_url=reply.url, charset=reply.charset,
                etag=reply.validators.etag, last_modified=reply.validators.last_modified,
                kind=made.metadata.get("kind") or "post", is_preview=made.is_preview,
            ),
            made,
        )  # fmt: skip

    def take_file(self, post: RawPost, address: str) -> RawPost | Reject | None:
        """The post of a file, kept; None where it is as known, or more than was asked for."""
        fingerprint = content_hash(post)
        if self.is_known(post.path, fingerprint) or not self.has_room():
            return None
        page = Page(post.path, address, post.format, self.keep(post.content), post.metadata, fingerprint)
        self.remember(replace(page, fetched_at=self.now, content_hash=fingerprint))
        self.done.add(post.path)
        return replace(post, raw_key=page.raw_key)

    def _taken(self, page: Page, made: Made) -> RawPost:
        post = self._post(page, made)
        self.remember(replace(page, fetched_at=self.now, gone_at=None, content_hash=content_hash(post)))
        self.done.add(page.path)
        return post

    def _post(self, page: Page, made: Made) -> RawPost:
        url = made.metadata.get("url") or ""
        metadata = {**made.metadata, "url": url if is_web(url) else shown(page.url)}
        metadata["language"] = metadata.get("language") or self.language
        if made.is_preview:
            metadata["preview"] = "true"
        return RawPost(
            self.source_id, page.path, page.format, made.text.encode("utf-8", "replace"), metadata, page.raw_key
        )

    def remember(self, page: Page) -> None:
        """Keep a page that is no post, or whose state changed."""
        self.known[page.path] = page
        self.pages.save(page)

    def turn_away(self, page: Page, what: str, remedy: str) -> Reject:
        """The reject of a post, which is not asked for again until its listing changes."""
        before = self.known.get(page.path)
        if before is None or before.raw_key is None:
            self.remember(replace(page, kind="refused", fetched_at=self.now))
        self.done.add(page.path)
        return refuse(self.source_id, page.path, what, remedy, "RefusedError")

    def mark_gone(self, listed: set[str]) -> None:
        """Mark the pages that the whole list of posts lacks, and unmark those that are back."""
        for page in list(self.known.values()):
            if page.raw_key and (page.path in listed) == (page.gone_at is not None):
                self.remember(replace(page, gone_at=None if page.path in listed else self.now))

    def is_due(self) -> bool:
        """True where the whole list of posts has to be compared: it never was, or not for long."""
        listed = self.pages.get("listed_at")
        if listed is None or not self._covers(self.pages.get("complete") or ""):
            return True
        return (self.now - datetime.fromisoformat(listed)).days >= self.client.settings.relist_days

    def listed(self) -> None:
        """The whole list was read."""
        if not self.stopped:
            self.pages.set("complete", self.since.isoformat() if self.since else "all")
            self.pages.set("listed_at", self.now.isoformat())

    def _covers(self, complete: str) -> bool:
        if not complete or complete == "all":
            return complete == "all"
        return self.since is not None and datetime.fromisoformat(complete) <= self.since

    def stored(self) -> Iterator[RawPost | Reject]:
        """The posts that were fetched in earlier runs and not in this one, but for those that are current."""
        for page in sorted(self.known.values(), key=lambda page: (page.raw_key or "", page.path)):
            if page.path in self.done or not page.raw_key:
                continue
            if self.is_current(page):
                self.current.add(page.path)
                continue
            try:
                yield self._again(page, page.raw_key)
            except (WarehouseError, SourceError) as error:
                self.remember(replace(page, fingerprint=None))  # so that it is fetched again
                message = f"{self.source_id}: {page.path}: {error}"
                yield Reject(self.source_id, page.path, "fetch", type(error).__name__, message)

    def _again(self, page: Page, key: str) -> RawPost:
        """The post, from what was kept of it."""
        if self._kept[1] != key:
            self._kept = self.load(key), key
        if page.reader == "file":
            return RawPost(self.source_id, page.path, page.format, self._kept[0], page.metadata, key)
        post = self._post(page, make(page, self._kept[0], self.address, self.source_id))
        if content_hash(post) != page.content_hash:
            self.remember(replace(page, content_hash=content_hash(post)))
        return post


@dataclass(frozen=True, slots=True)
class LiveSource:
    """A place on the web. `kind` None is found out at the first reading.

    `root` only shows where posts lie; `run` is set for each reading, by `opened`.
    """

    id: str
    address: str
    declared: Kind | None = None
    language: str | None = None
    title: str | None = None
    run: Run | None = None
    is_complete: bool = False  # its reader knows which posts are gone, and since when

    @property
    def kind(self) -> Kind:
        """What it is, as far as that is known without asking."""
        return self.declared or "site"

    @property
    def root(self) -> Path:
        """A path that stands for the address."""
        return Path(self.address)

    @property
    def base_url(self) -> str:
        """The address."""
        return self.address

    def opened(self, run: Run) -> LiveSource:
        """The source, ready to be read."""
        return replace(self, run=run)

    def tried(self, settings: FetchSettings) -> list[RawPost | Reject]:
        """A few posts; nothing is kept."""
        with Client(settings) as client:
            return list(self.opened(Run(self.id, self.address, client, limit=3)).posts())

    def posts(self) -> Iterator[RawPost | Reject]:
        """The posts, new and changed ones from the web, all others as they were kept.

        Raises RefusedError or a TransientError where the source as a whole cannot be read. Without `opened` it is only
        tried: a few posts, and nothing is kept.
        """
        if self.run is None:
            yield from self.tried(FetchSettings())
            return
        run = self.run
        run.known = run.pages.all()
        try:
            if not run.offline:
                yield from self._new(run)
                run.finish()
        finally:
            run.pages.flush()
        yield from run.stored()

    def _new(self, run: Run) -> Iterator[RawPost | Reject]:
        from pipeline.sources.discover import find_kind  # noqa: PLC0415 -- it knows all readers, they know this module

        yield from find_kind(run, self.declared)(run)


def where(source: Any) -> str:
    """Where a source is, for people."""
    return source.address if isinstance(source, LiveSource) else str(source.root)
