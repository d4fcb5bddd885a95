"""robots.txt: who may fetch what, and how often (RFC 9309)."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from protego import Protego

from pipeline.http.errors import RefusedError
from pipeline.http.urls import origin

if TYPE_CHECKING:
    from collections.abc import Callable

AGENT = "Recuento"
_LONGEST_DELAY = 60.0  # a robots.txt that asks for an hour is not meant for us
_READ = 500_000  # characters; the standard asks for as much


class Robots:
    """The robots.txt of each site that was asked for, fetched once.

    `fetch` gives its bytes, or raises RefusedError (there is none: all is allowed) or a transient error (nothing is).
    """

    def __init__(self, fetch: Callable[[str], bytes]) -> None:
        self._fetch = fetch
        self._known: dict[str, Protego | None] = {}
        self._asking: dict[str, threading.Lock] = {}

    def check(self, url: str) -> None:
        """Raises RefusedError where the site does not want the address to be fetched."""
        rules = self._rules(url)
        if rules is not None and not rules.can_fetch(url, AGENT):
            raise RefusedError(f"{url}: robots.txt of {urlsplit(url).hostname} does not allow it; ask its author")

    def delay(self, url: str) -> float:
        """The seconds between requests that the site asks for, as far as its robots.txt is known; 0 if it does not."""
        rules = self._known.get(origin(url))
        return min(float(rules.crawl_delay(AGENT) or 0), _LONGEST_DELAY) if rules is not None else 0.0

    def sitemaps(self, url: str) -> list[str]:
        """The sitemaps that it names."""
        rules = self._rules(url)
        return [str(each) for each in rules.sitemaps][:20] if rules is not None else []

    def _rules(self, url: str) -> Protego | None:
        site = origin(url)
        with self._asking.setdefault(site, threading.Lock()):
            if site not in self._known:
                self._known[site] = self._read(f"{site}/robots.txt")
            return self._known[site]

    def _read(self, url: str) -> Protego | None:
        try:
            text = self._fetch(url).decode("utf-8", "replace")[:_READ]
        except RefusedError as error:
            if error.status:
                return None  # the server says that there is none
            raise
        return Protego.parse(text)
