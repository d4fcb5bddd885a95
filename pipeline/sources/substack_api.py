"""Substack publications over their own JSON: `/api/v1/archive` lists the posts, `/api/v1/posts/<slug>` has their text.

The archive does not tell of edits that keep title and length; the feed, which holds the newest posts whole, does.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from pipeline.errors import SourceError
from pipeline.http.errors import RefusedError
from pipeline.http.urls import origin
from pipeline.identity import digest
from pipeline.pages import Page
from pipeline.sources import feed_live
from pipeline.sources.feed_items import entries
from pipeline.sources.readers import Made, of_substack
from pipeline.sources.substack_post import preloaded_post, read_json

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pipeline.http.client import Reply
    from pipeline.records import RawPost, Reject
    from pipeline.sources.live import Run

_PAGE = 25  # more a page are cut off
_MOST_PAGES = 4000
# What the archive says of a post that changes when its author changes it; likes and comments do not.
_TELLING = (
    "id", "title", "subtitle", "post_date", "type", "audience", "wordcount", "canonical_url", "truncated_body_text",
)  # fmt: skip
_KEPT = ("slug", *_TELLING, "publishedBylines", "language", "is_published")


def read_substack(run: Run) -> Iterator[RawPost | Reject]:
    """The new and changed posts of a publication."""
    site = run.pages.get("site") or origin(run.address)
    try:
        first = run.get_if_new(_list_url(site, 0)) if not run.is_due() else run.client.get(_list_url(site, 0))
    except RefusedError:
        yield from feed_live.read_feed_at(run, f"{site}/feed")  # some publications close their archive
        return
    if origin(first.url) != site:
        run.record_redirects(run.address, first)
        site = origin(first.url)  # its own domain: later runs go there at once
        run.pages.set("site", site)
    if run.is_due():
        yield from _everything(run, site, first)
    elif first.fresh:
        yield from _newest(run, site, first)
    yield from _edited(run, site)


def _list_url(site: str, offset: int) -> str:
    return f"{site}/api/v1/archive?sort=new&search=&offset={offset}&limit={_PAGE}"


def _everything(run: Run, site: str, first: Reply) -> Iterator[RawPost | Reject]:
    """All posts of the archive; what is missing there is marked as gone."""
    listed: list[dict[str, Any]] = []
    wanted = 0
    for items in _pages(run, site, first):
        listed += items
        wanted += sum(_is_wanted(run, item) for item in items)
        if run.since and not any(run.wants(item.get("post_date")) for item in items):
            break
        if run.limit is not None and wanted > run.limit:
            break
    run.expect(wanted)
    for item in listed:
        yield from _post(run, site, item)
    if run.since is None and not run.stopped:
        run.mark_gone({_path(item) for item in listed})
    run.listed()


def _newest(run: Run, site: str, first: Reply) -> Iterator[RawPost | Reject]:
    """The posts before the first page that holds nothing new."""
    for items in _pages(run, site, first):
        new = [item for item in items if not run.is_known(_path(item), _fingerprint(item))]
        for item in new:
            yield from _post(run, site, item)
        if len(new) < len(items):
            return


def _pages(run: Run, site: str, first: Reply) -> Iterator[list[dict[str, Any]]]:
    """The pages of the archive. Posts that move to the next one while we read come twice, and are skipped then."""
    offset, seen, reply = 0, set[str](), first
    for _ in range(_MOST_PAGES):
        items = _items(reply, run.source_id)
        if not items:
            return
        fresh = [item for item in items if _path(item) not in seen]
        seen.update(_path(item) for item in fresh)
        yield fresh
        offset += len(items)
        reply = run.client.get(_list_url(site, offset))


def _items(reply: Reply, source_id: str) -> list[dict[str, Any]]:
    found = read_json(reply, source_id)
    if not isinstance(found, list):
        raise SourceError(f"{source_id}: {reply.url}: not a list of posts; check that this is a Substack publication")
    items = [item for item in found if isinstance(item, dict) and _is_slug(item.get("slug"))]
    return [{key: item[key] for key in _KEPT if item.get(key) is not None} for item in items]


def _is_slug(value: object) -> bool:
    return isinstance(value, str) and bool(value.strip()) and "/" not in value and len(value) < 500


def _path(item: dict[str, Any]) -> str:
    return f"p/{item['slug']}"


def _fingerprint(item: dict[str, Any]) -> str:
    return digest(*(json.dumps(item.get(key), sort_keys=True) for key in _TELLING))


def _post(run: Run, site: str, item: dict[str, Any]) -> Iterator[RawPost | Reject]:
    """The post of an item of the archive, unless it is known."""
    if not _is_wanted(run, item) or not run.has_room():
        return
    path, fingerprint = _path(item), _fingerprint(item)
    page = Page(path, f"{site}/{path}", metadata={"listed": _listed(item)}, fingerprint=fingerprint)
    try:
        yield run.take(page, *_whole(run, site, page))
    except RefusedError as error:
        yield run.turn_away(page, str(error), "it is asked for again if it changes")


def _is_wanted(run: Run, item: dict[str, Any]) -> bool:
    path = _path(item)
    return path not in run.done and not run.is_known(path, _fingerprint(item)) and run.wants(item.get("post_date"))


def _listed(item: dict[str, Any]) -> str:
    """What the archive says of a post, as far as the post's own answer may lack it."""
    return json.dumps({key: value for key, value in item.items() if key != "slug"}, ensure_ascii=False)


def _whole(run: Run, site: str, page: Page) -> tuple[Reply, str, Made]:
    """The answer that holds the post, how it is read, and the post. Raises RefusedError where there is none."""
    slug, listed = quote(page.path.removeprefix("p/"), safe=""), page.metadata.get("listed") or "{}"
    try:
        reply = run.client.get(f"{site}/api/v1/posts/{slug}")
        return reply, "substack", of_substack(read_json(reply, run.source_id), listed, reply.url)
    except RefusedError as error:
        reply = run.client.get(f"{site}/p/{slug}")
        post = preloaded_post(reply.content)
        if post is None:
            raise error from None
        return reply, "preloads", of_substack(post, listed, reply.url)


def _edited(run: Run, site: str) -> Iterator[RawPost | Reject]:
    """The posts whose text in the feed is not what it was. Without a feed there are none."""
    try:
        reply = run.get_if_new(f"{site}/feed")
    except RefusedError:
        return
    if not reply.fresh:
        return
    before: dict[str, str] = json.loads(run.pages.get("feed_texts") or "{}")
    now: dict[str, str] = {}
    for entry in entries(reply, site, run.source_id):
        now[entry.path] = digest(entry.content)
        page = run.known.get(entry.path)
        if entry.path in before and page and page.fingerprint and before[entry.path] != now[entry.path]:
            yield from _again(run, site, page)
    if not run.stopped:
        run.pages.set("feed_texts", json.dumps(now))


def _again(run: Run, site: str, page: Page) -> Iterator[RawPost | Reject]:
    if page.path in run.done or not run.has_room():
        return
    try:
        yield run.take(page, *_whole(run, site, page))
    except RefusedError as error:
        yield run.turn_away(page, str(error), "the version that is known stays")
