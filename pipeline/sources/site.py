"""Sites on the web that are no Substack: from the feed what it holds whole, the rest page by page from the sitemap."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from pipeline.http.errors import RefusedError
from pipeline.http.urls import place_of
from pipeline.pages import Page
from pipeline.sources.feed_live import is_own, read_feed_at
from pipeline.sources.readers import of_page
from pipeline.sources.sitemap import read_sitemaps

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pipeline.records import RawPost, Reject
    from pipeline.sources.live import Run

# Pages that list others, by their address: not worth a request.
_LISTS = re.compile(
    r"(?:^|/)(?:tags?|categor(?:y|ies)|categorias?|etiquetas?|authors?|autor(?:es)?|series|page|pagina|search|buscar"
    r"|archives?|archivo)(?:/|$)|^index$",
    re.IGNORECASE,
)
_NOT_PAGES = re.compile(r"\.(?:pdf|jpe?g|png|gif|svg|webp|avif|mp[34]|zip|xml|json|css|js|txt)$", re.IGNORECASE)
_BY_PAGE = "page:"  # fingerprints of posts that were read from their page


def read_site(run: Run) -> Iterator[RawPost | Reject]:
    """The new and changed posts of a site, as it was found to be laid out."""
    plan = json.loads(run.pages.get("plan") or "{}")
    if plan.get("feed"):
        yield from read_feed_at(run, plan["feed"])
    if plan.get("sitemaps") and not run.stopped:
        yield from _pages(run, plan["sitemaps"])


def _pages(run: Run, sitemaps: list[str]) -> Iterator[RawPost | Reject]:
    """The pages that the sitemap names and the feed does not hold; what it no longer names is marked as gone."""
    found = read_sitemaps(run, sitemaps)
    if found is None:
        if run.is_due():
            run.listed()
        return
    own = {place_of(url, run.address): (url, day) for url, day in sorted(found.items()) if is_own(url, run.address)}
    new = [(path, url, day) for path, (url, day) in own.items() if _is_wanted(run, path, url, day)]
    run.expect(len(new))
    for path, url, day in new:
        if not run.has_room():
            return
        yield from _page(run, path, url, _BY_PAGE + day)
    if run.since is None:
        # what came by the feed may stand where the sitemap does not look
        kept = {path for path, page in run.known.items() if not (page.fingerprint or "").startswith(_BY_PAGE)}
        run.mark_gone(set(own) | kept | run.done)
    run.listed()


def _is_wanted(run: Run, path: str, url: str, day: str) -> bool:
    if _LISTS.search(path) or _NOT_PAGES.search(urlsplit(url).path):
        return False
    return _is_new(run, path, day) and run.wants(day or None)


def _is_new(run: Run, path: str, day: str) -> bool:
    page = run.known.get(path)
    if path in run.done:
        return False
    if page is None or page.fingerprint is None:
        return True
    return page.fingerprint.startswith(_BY_PAGE) and page.fingerprint != _BY_PAGE + day


def _page(run: Run, path: str, url: str, fingerprint: str) -> Iterator[RawPost | Reject]:
    """The post on a page; nothing for a page that is none, which is remembered."""
    before = run.known.get(path)
    page = Page(path, url, metadata={"kind": "post"}, fingerprint=fingerprint)
    try:
        reply = run.client.get(url)
    except RefusedError as error:
        yield run.turn_away(page, str(error), "it is asked for again when its date in the sitemap changes")
        return
    made = of_page(reply.content, reply.url, reply.charset, {"kind": "post"})
    own = place_of(made.canonical or reply.url, run.address)
    if not made.is_post or (own != path and own in run.known) or not run.wants(made.metadata.get("published")):
        run.remember(replace(before, fingerprint=fingerprint) if before else replace(page, kind="list"))
        return
    if not made.text:
        yield run.turn_away(page, "no text of a post found on the page", "name its feed or its files instead")
        return
    yield run.take(page, reply, "page", made)
