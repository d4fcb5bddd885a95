"""Sitemaps: the pages of a site with the day of their last change."""

from __future__ import annotations

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

    Raises SourceError where a file is no sitemap: then nothing is known of what is missing.
    """
    pages: dict[str, str] = {}
    waiting, seen, fresh = list(urls), set[str](), False
    replies: list[tuple[str, Reply]] = []
    while waiting and len(seen) < _MOST_FILES:
        url = waiting.pop(0)
        if url in seen:
            continue
        seen.add(url)
        reply = run.client.get(url) if fresh else run.get_if_new(url)
        replies.append((url, reply))
        if not reply.fresh:
            continue
        if not fresh:  # one changed: the others, which did not, are needed too
            waiting = [each for each, before in replies if not before.fresh] + waiting
            seen -= {each for each, before in replies if not before.fresh}
            fresh = True
        for kind, place, day in _parse(reply, run.source_id):
            if kind == "sitemap":
                waiting.append(place)
            elif len(pages) < _MOST_PAGES:
                pages[place] = day
    return pages if fresh else None


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
