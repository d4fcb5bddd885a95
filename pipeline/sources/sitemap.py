"""Sitemaps: the pages of a site with the day of their last change."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from lxml import etree  # type: ignore[import-untyped]

from pipeline.errors import SourceError
from pipeline.http.body import read_body
from pipeline.http.errors import RefusedError
from pipeline.http.urls import is_web

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pipeline.http.client import Reply
    from pipeline.sources.live import Run

_MOST_FILES = 50
_MOST_PAGES = 50_000
_MOST_BYTES = 60_000_000


def read_sitemaps(run: Run, urls: list[str]) -> dict[str, str] | None:
    """Address and `lastmod` ('' where it has none) of all pages; None where no file changed since the last run.

    An unchanged index that dates its files vouches for them, until the whole list is due again.
    Raises SourceError where a file is no sitemap: then nothing is known of what is missing.
    """
    waiting = list(urls)
    replies: dict[str, Reply] = {}
    while waiting and len(replies) < _MOST_FILES:
        url = waiting.pop(0)
        if url in replies:
            continue
        reply = replies[url] = run.get_if_new(url)
        if reply.fresh:
            files = [(place, day) for kind, place, day in _parse(reply, run.source_id) if kind == "sitemap"]
            run.pages.set(f"sitemaps:{url}", json.dumps(files))
            waiting += [place for place, _ in files]
        else:
            files = json.loads(run.pages.get(f"sitemaps:{url}") or "[]")
            waiting += [place for place, day in files if run.is_due() or not day]
    if not any(reply.fresh for reply in replies.values()):
        return None
    return _all_pages(run, urls, replies)


def _all_pages(run: Run, urls: list[str], replies: dict[str, Reply]) -> dict[str, str]:
    """The pages of all files: one changed, so those that did not are needed too."""
    pages: dict[str, str] = {}
    waiting, seen = list(urls), set[str]()
    while waiting and len(seen) < _MOST_FILES:
        url = waiting.pop(0)
        if url in seen:
            continue
        seen.add(url)
        reply = replies.get(url)
        if reply is None or not reply.content:
            reply = run.client.get(url)
        for kind, place, day in _parse(reply, run.source_id):
            if kind == "sitemap":
                waiting.append(place)
            elif len(pages) < _MOST_PAGES:
                pages[place] = day
    return pages


def _parse(reply: Reply, source_id: str) -> Iterator[tuple[str, str, str]]:
    """Each entry: `sitemap` or `url`, its address, its day."""
    data = reply.content
    if data.startswith(b"\x1f\x8b"):
        data = read_body([data], "gzip", limit=_MOST_BYTES, url=reply.url)
    parser = etree.XMLParser(recover=True, resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        root = etree.fromstring(data.strip(), parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise SourceError(f"{source_id}: {reply.url}: not a readable sitemap ({error}); tell the site") from None
    if root is None or _name(root) not in {"urlset", "sitemapindex"}:
        raise RefusedError(f"{source_id}: {reply.url}: not a sitemap; name the site's feed instead")
    document = root.getroottree().docinfo
    if document.internalDTD is not None and any(document.internalDTD.iterentities()):
        raise SourceError(f"{source_id}: {reply.url}: declares XML entities, which no sitemap needs; do not trust it")
    for entry in root:
        fields = {_name(child): (child.text or "").strip() for child in entry}
        if is_web(fields.get("loc", "")):
            yield _name(entry), fields["loc"], fields.get("lastmod", "")


def _name(element: Any) -> str:
    return element.tag.rsplit("}", 1)[-1] if isinstance(element.tag, str) else ""
