"""The items of feeds of any kind: RSS, Atom, JSON Feed, and the JSON that Hugo sites put out. Pure."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import urljoin, urlsplit

from pipeline.errors import SourceError
from pipeline.http.urls import is_web, place_of
from pipeline.identity import digest
from pipeline.sources.feed import feed_entries, is_cut

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pipeline.http.client import Reply
    from pipeline.sources.base import Format

_MARKUP = re.compile(r"</?(?:p|h\d|ul|ol|li|div|br|table|blockquote|pre)\b")
_LISTS = ("items", "posts", "pages", "articles", "entries", "data")
_TEXTS = ("content_html", "content_text", "content", "contents", "body", "markdown", "raw", "rawcontent", "plain")
_MOST_ITEMS = 50_000


@dataclass(frozen=True, slots=True)
class FeedItem:
    """An item of a feed of any kind. `is_whole` is False where the page may hold more."""

    path: str
    url: str | None
    metadata: dict[str, str | None]
    content: str | None
    is_whole: bool
    format: Format = "html"

    @property
    def fingerprint(self) -> str:
        """Changes when anything changes that the feed says of the post."""
        return digest(self.content, *(value for _, value in sorted(self.metadata.items())))


def entries(reply: Reply, site: str, source_id: str) -> Iterator[FeedItem]:
    """The items of an answer. Raises SourceError where it is no feed."""
    if reply.content.lstrip(b"\xef\xbb\xbf \r\n\t")[:1] in {b"{", b"["}:
        found = _json_entries(reply, site, source_id)
    else:
        found = _xml_entries(reply, site, source_id)
    taken: set[str] = set()
    for item in found:
        if item.path not in taken:
            taken.add(item.path)
            yield item
        if len(taken) >= _MOST_ITEMS:
            return


def _xml_entries(reply: Reply, site: str, source_id: str) -> Iterator[FeedItem]:
    for entry in feed_entries(_as_utf8(reply), f"{source_id}: {reply.url}"):
        url = _web_address(entry.fields.get("url"), reply.url)
        path = _path(url, entry.guid or entry.fields.get("title"), site)
        yield FeedItem(path, url, {**entry.fields, "url": url}, entry.content, is_whole=entry.is_whole)


def _as_utf8(reply: Reply) -> bytes:
    """The XML with a declaration that is true. Servers and files often name a charset that is not theirs."""
    data = reply.content
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        if re.match(rb"\s*<\?xml[^>]*encoding=", data) or not reply.charset:
            return data
        try:
            text = data.decode(reply.charset, "replace")
        except LookupError:
            return data
    return re.sub(r"^\s*<\?xml[^>]*\?>", "", text, count=1).encode("utf-8", "replace")


def _json_entries(reply: Reply, site: str, source_id: str) -> Iterator[FeedItem]:
    try:
        found: Any = json.loads(reply.content.decode("utf-8-sig", "replace"))
    except (ValueError, RecursionError) as error:
        raise SourceError(f"{source_id}: {reply.url}: not a readable JSON feed ({error}); check the address") from None
    head: dict[str, Any] = found if isinstance(found, dict) else {}
    items = found if isinstance(found, list) else next((head[k] for k in _LISTS if isinstance(head.get(k), list)), None)
    if items is None:
        raise SourceError(f"{source_id}: {reply.url}: JSON without a list of posts; name a feed")
    for item in items:
        if isinstance(item, dict):
            yield _json_item({str(k).lower(): v for k, v in item.items()}, head, reply.url, site)


def _json_item(item: dict[str, Any], head: dict[str, Any], base: str, site: str) -> FeedItem:
    url = _web_address(_first(item, "url", "permalink", "link", "href", "external_url"), base)
    content, format_ = None, "html"
    for key in _TEXTS:
        if isinstance(item.get(key), str) and item[key].strip():
            content = item[key]
            format_ = "html" if _MARKUP.search(content) else "markdown"
            break
    authors = item.get("authors") or [item.get("author")]
    names = [a.get("name") if isinstance(a, dict) else a for a in (authors if isinstance(authors, list) else [authors])]
    metadata = {
        "title": _first(item, "title"),
        "author": ", ".join(name for name in names if isinstance(name, str)) or None,
        "published": _first(item, "date_published", "date", "published", "publishdate", "pubdate"),
        "url": url,
        "language": (_first(item, "language", "lang") or _first(head, "language") or "")[:2].lower() or None,
        "kind": "post",
    }
    summary = _first(item, "summary", "description")
    whole = content is not None and not is_cut(content)
    path = _path(url, _first(item, "id") or metadata["title"], site)
    return FeedItem(path, url, metadata, content or summary, whole, "html" if format_ == "html" else "markdown")


def _first(item: dict[str, Any], *keys: str) -> str | None:
    for key in keys:
        if isinstance(item.get(key), str) and item[key].strip():
            return str(item[key]).strip()
    return None


def _web_address(url: str | None, base: str) -> str | None:
    """The address, whole; None for what is none: a feed may say anything, `file:` too."""
    if not url:
        return None
    try:
        whole = urljoin(base, url.strip())
        urlsplit(whole).port  # noqa: B018 -- raises where it is none
    except ValueError:
        return None
    return whole if is_web(whole) else None


def _path(url: str | None, guid: str | None, site: str) -> str:
    """The post's path in the source: from its address, else from what else names it."""
    return place_of(url, site) if url else f"#{digest(guid)}"
