"""What a place on the web is, and who reads it."""

from __future__ import annotations

import json
import re
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING
from urllib.parse import urljoin, urlsplit

from pipeline.errors import SourceError
from pipeline.http.errors import RefusedError
from pipeline.http.urls import origin
from pipeline.sources.addresses import is_git
from pipeline.sources.feed_items import entries
from pipeline.sources.feed_live import read_feed_at
from pipeline.sources.git import read_git
from pipeline.sources.maintext import read_page
from pipeline.sources.site import read_site
from pipeline.sources.sitemap import read_sitemaps
from pipeline.sources.substack_api import read_substack
from pipeline.sources.substack_post import read_json

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from pipeline.http.client import Client, Reply
    from pipeline.records import RawPost, Reject
    from pipeline.sources.base import Kind
    from pipeline.sources.live import Run

    Reader = Callable[[Run], Iterator[RawPost | Reject]]

_SUBSTACK = re.compile(rb"substackcdn\.com|substack-post-media|window\._preloads")
_GUESSES = ("index.xml", "feed.json", "index.json", "feed", "rss.xml", "atom.xml")
_MOST_FEEDS = 6


@dataclass(frozen=True, slots=True)
class Plan:
    """What a place is and how it is read best. `why` says so in words."""

    kind: Kind
    why: str
    feed: str | None = None
    sitemaps: tuple[str, ...] = ()


def find_kind(run: Run, declared: Kind | None) -> Reader:
    """The reader for the place: as declared, as found out before, or as found out now."""
    kind = declared
    if kind not in {"substack", "feed", "git"}:
        known = json.loads(run.pages.get("plan") or "{}")
        if not known:
            plan = examine(run, declared)
            known = asdict(plan)
            run.pages.set("plan", json.dumps(known))
        kind = known["kind"]
    if kind == "substack":
        return read_substack
    if kind == "git":
        return read_git
    return (lambda run: read_feed_at(run, run.address)) if kind == "feed" else read_site


def examine(run: Run, declared: Kind | None = None) -> Plan:
    """Find out what is at the address. Raises RefusedError where there is nothing that posts could be read from."""
    if is_git(run.address):
        return Plan("git", "an address that git reads: the content files themselves are the best source")
    if (urlsplit(run.address).hostname or "").endswith(".substack.com"):
        return Plan("substack", "a subdomain of substack.com")
    home = run.client.get(run.address)
    run.record_redirects(run.address, home)
    if _items(home, run) is not None:
        return Plan("feed", "the address is itself a feed")
    if declared is None and _SUBSTACK.search(home.content) and _has_archive(run.client, home, run.source_id):
        return Plan("substack", "its pages are made by Substack, and its archive answers")
    return _site(run, home)


def _has_archive(client: Client, home: Reply, source_id: str) -> bool:
    try:
        reply = client.get(f"{origin(home.url)}/api/v1/archive?sort=new&search=&offset=0&limit=1")
        return isinstance(read_json(reply, source_id), list)
    except SourceError:
        return False


def _site(run: Run, home: Reply) -> Plan:
    feed, whole, items = _best_feed(run, home)
    sitemaps = _sitemaps(run, home)
    if feed and whole * 2 > items:
        rest = "; older ones from the pages of its sitemap" if sitemaps else ""
        return Plan("site", f"its feed {feed} has the full text of {whole} of {items} posts{rest}", feed, sitemaps)
    if sitemaps:
        why = "its feed has summaries only" if feed else "it has no feed"
        return Plan("site", f"{why}: posts are read from the pages of its sitemap", None, sitemaps)
    if feed:
        return Plan("site", f"its feed {feed} has summaries, which are followed to the pages; no sitemap", feed)
    message = f"{run.address}: neither a feed nor a sitemap was found; name the address of a feed or of its git files"
    raise RefusedError(message)


def _best_feed(run: Run, home: Reply) -> tuple[str | None, int, int]:
    """The feed with the most posts in full text, with how many and of how many; (None, 0, 0) where there is none."""
    page = read_page(home.content, home.url, home.charset, with_text=False)
    base = home.url if home.url.endswith("/") else f"{home.url}/"
    named = [url for _, url in page.feeds]
    guesses = [urljoin(base, guess) for guess in _GUESSES]
    if named:
        guesses = [urljoin(base, "index.json")] if page.generator.lower().startswith("hugo") else []
    best: tuple[str | None, int, int] = (None, 0, 0)
    for url in list(dict.fromkeys([*named, *guesses]))[:_MOST_FEEDS]:
        try:
            items = _items(run.client.get(url), run)
        except RefusedError:
            continue
        if items and (items[0], items[1]) > (best[1], best[2]):
            best = (url, *items)
        if best[1] and best[1] == best[2] and not named:
            break
    return best


def _items(reply: Reply, run: Run) -> tuple[int, int] | None:
    """How many posts of a feed are whole, and how many there are; None where it is no feed."""
    if not re.match(rb"(?:\xef\xbb\xbf)?\s*(?:<\?xml|<rss|<feed|<rdf|[\[{])", reply.content[:200], re.IGNORECASE):
        return None
    try:
        items = [item for item in entries(reply, run.address, run.source_id) if item.url]
    except SourceError:
        return None
    return (sum(item.is_whole for item in items), len(items)) if items else None


def _sitemaps(run: Run, home: Reply) -> tuple[str, ...]:
    """The sitemaps that robots.txt names, else the usual place, as far as something is there."""
    named = [*run.client.robots.sitemaps(home.url), urljoin(home.url, "/sitemap.xml")]
    for url in dict.fromkeys(named):
        try:
            if read_sitemaps(run, [url]):
                return (url,)
        except SourceError:
            continue
    return ()
