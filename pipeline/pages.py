"""What is known of a live source between runs: its posts as last fetched, and how far it was read.

A source that is on the web is asked only for what is new. All else comes from here, so that a run sees every post of
the source either way, and can do without the network.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal, Protocol

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import datetime


@dataclass(frozen=True, slots=True)
class Page:
    """A post of a live source as last fetched; or (`raw_key` None) an address that turned out to be none.

    `raw_key` finds what was fetched, as it came; `reader` names the way to find the post in it, with `metadata`, which
    is what the listing said. `fingerprint` is of the latter, `content_hash` of the post that came out.
    """

    path: str
    url: str
    format: Literal["markdown", "html", "org"] = "html"
    raw_key: str | None = None
    metadata: Mapping[str, str | None] = field(default_factory=dict)
    fingerprint: str | None = None
    etag: str | None = None
    last_modified: str | None = None
    kind: str = "post"  # newsletter, podcast, thread, page, note, list
    is_preview: bool = False  # only the beginning is public
    fetched_at: datetime | None = None
    gone_at: datetime | None = None  # when it was first missing where it had been
    reader: str = "file"
    final_url: str | None = None  # after redirects
    charset: str | None = None  # as its server says
    content_hash: str | None = None


class Pages(Protocol):
    """Where pages and cursors of one source are kept."""

    def all(self) -> dict[str, Page]:
        """All pages by path."""

    def save(self, page: Page) -> None:
        """Keep a page, instead of what was known under its path. It may be written a little later."""

    def get(self, key: str) -> str | None:
        """A cursor."""

    def set(self, key: str, value: str) -> None:
        """Keep a cursor."""

    def flush(self) -> None:
        """Write what is not written yet."""


@dataclass(slots=True)
class MemoryPages:
    """Pages that are forgotten at the end: for trying a source."""

    pages: dict[str, Page] = field(default_factory=dict)
    cursors: dict[str, str] = field(default_factory=dict)

    def all(self) -> dict[str, Page]:
        """All pages by path."""
        return dict(self.pages)

    def save(self, page: Page) -> None:
        """Keep a page."""
        self.pages[page.path] = page

    def get(self, key: str) -> str | None:
        """A cursor."""
        return self.cursors.get(key)

    def set(self, key: str, value: str) -> None:
        """Keep a cursor."""
        self.cursors[key] = value

    def flush(self) -> None:
        """Nothing waits."""

    def __iter__(self) -> Iterator[Page]:
        return iter(self.pages.values())
