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
from pipeline.sources.base import words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pipeline.http.client import Reply
    from pipeline.records import RawPost, Reject
    from pipeline.sources.live import Run

_PAGE = 25  # more a page are cut off
_MOST_PAGES = 4000
_PAID = frozenset({"only_paid", "founding"})
# What the archive says of a post that changes when its author changes it; likes and comments do not.
_TELLING = (
    "id", "title", "subtitle", "post_date", "type", "audience", "wordcount", "canonical_url", "truncated_body_text",
)  # fmt: skip


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
    listed: set[str] = set()
    for items in _pages(run, site, first):
        for item in items:
            listed.add(_path(item))
            yield from _post(run, site, item)
        if run.stopped or (run.since and not any(run.wants(item.get("post_date")) for item in items)):
            break
    if run.since is None and not run.stopped:
        run.mark_gone(listed)
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
    return [item for item in found if isinstance(item, dict) and _is_slug(item.get("slug"))]


def read_json(reply: Reply, source_id: str) -> Any:
    """The JSON of an answer, whatever its server says of its charset. Raises SourceError where it is none."""
    for charset in ("utf-8-sig", reply.charset or "cp1252"):
        try:
            return json.loads(reply.content.decode(charset))
        except (UnicodeDecodeError, LookupError):
            continue
        except (ValueError, RecursionError) as error:
            raise SourceError(f"{source_id}: {reply.url}: not valid JSON ({error}); try again later") from None
    raise SourceError(f"{source_id}: {reply.url}: in no known charset; tell the site")


def _is_slug(value: object) -> bool:
    return isinstance(value, str) and bool(value.strip()) and "/" not in value and len(value) < 500


def _path(item: dict[str, Any]) -> str:
    return f"p/{item['slug']}"


def _fingerprint(item: dict[str, Any]) -> str:
    return digest(*(json.dumps(item.get(key), sort_keys=True) for key in _TELLING))


def _post(run: Run, site: str, item: dict[str, Any], *, again: bool = False) -> Iterator[RawPost | Reject]:
    """The post of an item of the archive, unless it is known."""
    path, fingerprint = _path(item), _fingerprint(item)
    if path in run.done or (run.is_known(path, fingerprint) and not again) or not run.wants(item.get("post_date")):
        return
    if not run.has_room():
        return
    url = f"{site}/{path}"
    try:
        whole = _whole(run, site, item)
    except RefusedError as error:
        yield run.turn_away(Page(path, url, fingerprint=fingerprint), str(error), "it is asked for again if it changes")
        return
    body, preview = _body(whole)
    metadata = _metadata(whole)
    page = Page(
        path, url, metadata=metadata, fingerprint=fingerprint,
        kind=metadata["kind"] or "post", is_preview=preview,
    )  # fmt: skip
    yield run.take(page, body.encode("utf-8", "replace"))


def _whole(run: Run, site: str, item: dict[str, Any]) -> dict[str, Any]:
    """The item with all that the post's own address says. Raises RefusedError where there is neither API nor page."""
    try:
        found = read_json(run.client.get(f"{site}/api/v1/posts/{quote(item['slug'], safe='')}"), run.source_id)
    except RefusedError as error:
        page = feed_live.preloaded_post(run, f"{site}/p/{quote(item['slug'], safe='')}")
        if page is None:
            raise error from None
        found = page
    if not isinstance(found, dict):
        raise RefusedError(f"{site}/p/{item['slug']}: the answer is no post")
    return item | {key: value for key, value in found.items() if value is not None}


def _body(post: dict[str, Any]) -> tuple[str, bool]:
    """The text as HTML, and whether it is only the beginning: a paid post is cut without a mark, but not counted so."""
    body = post.get("body_html")
    count = post.get("wordcount")
    whole = count if isinstance(count, int) else 0
    if not isinstance(body, str) or not body.strip():
        start = post.get("truncated_body_text")
        text = _escape(start) if isinstance(start, str) else ""
        return f"<p>{text}</p>", whole > words(text)
    paid = post.get("audience") in _PAID
    return body, paid and words(body) < 0.9 * whole


def _escape(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;")


def _metadata(post: dict[str, Any]) -> dict[str, str | None]:
    names = [each.get("name") for each in post.get("publishedBylines") or [] if isinstance(each, dict)]
    return {
        "title": _text(post, "title"),
        "subtitle": _text(post, "subtitle"),
        "author": ", ".join(name for name in names if isinstance(name, str)) or None,
        "published": _text(post, "post_date"),
        "url": _text(post, "canonical_url"),
        "language": (_text(post, "language") or "")[:2].lower() or None,
        "audience": _text(post, "audience"),
        "kind": _text(post, "type") or "post",
        "draft": "true" if post.get("is_published") is False else "false",
    }


def _text(post: dict[str, Any], key: str) -> str | None:
    value = post.get(key)
    return value.strip() or None if isinstance(value, str) else None


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
    for entry in feed_live.entries(reply, site, run.source_id):
        now[entry.path] = digest(entry.content)
        page = run.known.get(entry.path)
        if entry.path in before and page and page.fingerprint and before[entry.path] != now[entry.path]:
            yield from _again(run, site, page)
    if not run.stopped:
        run.pages.set("feed_texts", json.dumps(now))


def _again(run: Run, site: str, page: Page) -> Iterator[RawPost | Reject]:
    if page.path in run.done or not run.has_room():
        return
    slug = page.path.removeprefix("p/")
    try:
        whole = _whole(run, site, {"slug": slug})
    except RefusedError as error:
        yield run.turn_away(page, str(error), "the version that is known stays")
        return
    body, preview = _body(whole)
    metadata = _metadata(whole)
    fresh = Page(
        page.path, page.url, metadata=metadata, fingerprint=page.fingerprint,
        kind=metadata["kind"] or "post", is_preview=preview,
    )  # fmt: skip
    yield run.take(fresh, body.encode("utf-8", "replace"))
