"""How a post is found in what was fetched. Pure: what was kept gives the same post again, without the network."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from pipeline.errors import SourceError
from pipeline.http.client import Reply
from pipeline.http.errors import RefusedError
from pipeline.sources.feed_items import entries
from pipeline.sources.maintext import read_page
from pipeline.sources.substack_post import body_of, metadata_of, preloaded_post, read_json

if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Self

    from pipeline.pages import Page
    from pipeline.sources.feed_items import FeedItem


@dataclass(frozen=True, slots=True)
class Made:
    """A post as it was found: its text in the page's format, what is known beside it, and whether that is all of it."""

    text: str
    metadata: Mapping[str, str | None]
    is_preview: bool = False
    is_post: bool = True  # False where the page does not say that it is one
    canonical: str | None = None

    @classmethod
    def of_item(cls, item: FeedItem) -> Self:
        """What a feed holds of a post."""
        return cls(item.content or "", item.metadata, is_preview=not item.is_whole)


def make(page: Page, data: bytes, site: str, source_id: str) -> Made:
    """The post of a page, from the bytes that were kept of it. Raises SourceError where it is not in them."""
    url = page.final_url or page.url
    if page.reader == "substack":
        return of_substack(read_json(Reply(url, data, charset=page.charset), source_id), page.metadata["listed"], url)
    if page.reader == "preloads":
        return of_substack(preloaded_post(data), page.metadata["listed"], url)
    if page.reader == "page":
        return of_page(data, url, page.charset, page.metadata)
    item = _items(Reply(url, data, charset=page.charset), site, source_id).get(page.path)
    if item is None:
        raise SourceError(f"{source_id}: {page.path}: not in the feed {url} that was kept; ingest it again")
    return Made.of_item(item)


@lru_cache(maxsize=2)
def _items(reply: Reply, site: str, source_id: str) -> dict[str, FeedItem]:
    return {item.path: item for item in entries(reply, site, source_id)}


def of_page(data: bytes, url: str, charset: str | None, listed: Mapping[str, str | None]) -> Made:
    """The main text of a web page; what its listing says counts more than what it says itself."""
    found = read_page(data, url, charset)
    metadata = {**found.metadata, **{key: value for key, value in listed.items() if value}}
    return Made(found.body or "", metadata, is_post=found.is_post, canonical=found.canonical)


def of_substack(post: Any, listed: str | None, url: str) -> Made:
    """The post in Substack's JSON. Raises RefusedError where it is none."""
    if not isinstance(post, dict):
        raise RefusedError(f"{url}: the answer is no post; open it in a browser to see why")
    whole = json.loads(listed or "{}") | {key: value for key, value in post.items() if value is not None}
    text, is_preview = body_of(whole)
    return Made(text, metadata_of(whole), is_preview=is_preview)
