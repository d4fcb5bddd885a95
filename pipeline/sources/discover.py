"""What a place on the web is, and who reads it."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from pipeline.sources.feed_live import read_feed_at
from pipeline.sources.substack_api import read_substack

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from pipeline.records import RawPost, Reject
    from pipeline.sources.base import Kind
    from pipeline.sources.live import Run

    Reader = Callable[[Run], Iterator[RawPost | Reject]]


def find_kind(run: Run, declared: Kind | None) -> Reader:
    """The reader for the place: as declared, as found out before, or as found out now."""
    if declared == "substack" or (urlsplit(run.address).hostname or "").endswith(".substack.com"):
        return read_substack
    return lambda run: read_feed_at(run, run.address)
