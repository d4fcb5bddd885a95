"""Feeds on the web. What is new or changed is taken; summaries are followed to the page."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from pipeline.http.errors import RefusedError
from pipeline.http.urls import canonical
from pipeline.pages import Page
from pipeline.sources.base import words
from pipeline.sources.feed_items import entries
from pipeline.sources.readers import Made, of_page

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pipeline.http.client import Reply
    from pipeline.records import RawPost, Reject
    from pipeline.sources.feed_items import FeedItem
    from pipeline.sources.live import Run


def read_feed_at(run: Run, url: str) -> Iterator[RawPost | Reject]:
    """The new and changed posts of a feed, each with the text of its page where the feed cuts it short."""
    reply = run.get_if_new(url)
    if not reply.fresh:
        return
    items = [item for item in entries(reply, run.address, run.source_id) if _is_wanted(run, item)]
    run.expect(len(items))
    for item in items:
        if not run.has_room():
            return
        yield _taken(run, item, reply)


def _is_wanted(run: Run, item: FeedItem) -> bool:
    known = item.path in run.done or run.is_known(item.path, item.fingerprint)
    return not known and run.wants(item.metadata.get("published"))


def _taken(run: Run, item: FeedItem, reply: Reply) -> RawPost | Reject:
    page = Page(item.path, item.url or run.address, item.format, metadata=item.metadata, fingerprint=item.fingerprint)
    if not item.is_whole and item.url and is_own(item.url, run.address):
        try:
            followed = run.client.get(item.url)
            made = of_page(followed.content, followed.url, followed.charset, item.metadata)
        except RefusedError:
            made = Made("", {})  # then the summary has to do
        if made.text and words(made.text) >= words(item.content or ""):
            return run.take(page, followed, "page", made)
    if not item.content:
        remedy = "ask its author for the full text in the feed"
        return run.turn_away(page, "an item without text, and none found on its page", remedy)
    return run.take(page, reply, "feed", Made.of_item(item))


def is_own(url: str, site: str) -> bool:
    """True for pages of the same site: what a link blog points to was written by others."""
    own, other = (urlsplit(canonical(each)).hostname or "" for each in (site, url))
    return other == own or other.endswith(f".{own}") or own.endswith(f".{other}")
