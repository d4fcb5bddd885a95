"""What a fetch may take and how it behaves, as the configuration's `[fetch]` says."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pipeline.http.private import Private


@dataclass(frozen=True, slots=True)
class FetchSettings:
    """Limits and manners. Times are in seconds.

    `allow_private` lets addresses of this machine and its network through; it is for tests and for a site of one's own.
    """

    contact: str | None = None  # an address, told to every host in the User-Agent
    delay: float = 1.0  # between the end of a request and the next one to the same host
    hosts: int = 4  # read at the same time
    timeout: float = 30.0  # without a byte
    deadline: float = 180.0  # for a whole answer
    max_bytes: int = 20_000_000  # of an answer, unpacked
    attempts: int = 4  # on transient failures
    first_wait: float = 1.0  # before the second attempt; doubles, with jitter
    longest_wait: float = 300.0  # a server that asks for more is left for the next run
    relist_days: int = 7  # so often the whole list of posts is compared, for old posts edited or deleted
    allow_private: bool = False
    private: Mapping[str, Private] = field(default_factory=dict)  # by host: what its private publications want to see
