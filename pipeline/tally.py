"""What a run did, counted by source."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

from pipeline.errors import TransientError

if TYPE_CHECKING:
    from datetime import datetime

    from pipeline.errors import SourceError
    from pipeline.records import Reject

Status = Literal["ok", "partial", "failed"]
SourceStatus = Literal["ok", "failed", "postponed"]
COUNTERS = ("seen", "new", "changed", "reextracted", "unchanged")


@dataclass(slots=True)
class Tally:
    """What became of the posts of one source in one run. `failed` says why the source as a whole could not be read,
    `postponed` until when it is left alone because it keeps failing.
    """

    source_id: str
    seen: int = 0
    new: int = 0
    changed: int = 0
    unchanged: int = 0
    reextracted: int = 0
    rejects: list[Reject] = field(default_factory=list)
    failed: SourceError | None = None
    postponed: datetime | None = None
    seconds: float = 0

    @property
    def broken(self) -> bool:
        """True when nothing of the source could be read."""
        return self.status != "ok" or (bool(self.rejects) and len(self.rejects) == self.seen)

    @property
    def status(self) -> SourceStatus:
        """What became of the source as a whole."""
        if self.postponed:
            return "postponed"
        return "failed" if self.failed else "ok"

    @property
    def reason(self) -> str:
        """Why nothing of it could be read; of posts that all were rejected, the first one's."""
        if self.failed:
            return str(self.failed)
        return self.rejects[0].message if self.rejects else ""

    @property
    def is_transient(self) -> bool:
        """True where the failure may pass by itself."""
        return isinstance(self.failed, TransientError)


@dataclass(frozen=True, slots=True)
class Summary:
    """What a run did. `published` is False when there was nothing new to publish; `failing` are the sources that failed
    now and did not before, `recovered` those that are read again; `after_failure` says what became of the run before
    if it did not do well; `requests` were sent to the web; `because` says why posts were read again that are the same.
    """

    run_id: str
    tallies: tuple[Tally, ...]
    published: bool
    seconds: float
    failing: tuple[str, ...] = ()
    recovered: tuple[str, ...] = ()
    after_failure: str = ""
    requests: int = 0
    because: str = ""

    @property
    def status(self) -> Status:
        """`partial` when some sources could not be read at all, `failed` when none could."""
        broken = sum(tally.broken for tally in self.tallies)
        if not broken:
            return "ok"
        return "failed" if broken == len(self.tallies) else "partial"

    def total(self, name: str) -> int:
        """The sum of a counter over the sources."""
        return sum(getattr(tally, name) for tally in self.tallies)

    @property
    def rejects(self) -> list[Reject]:
        """All that could not be read."""
        return [reject for tally in self.tallies for reject in tally.rejects]

    def table(self) -> list[dict[str, str | int]]:
        """A row a source: what became of its posts."""
        return [
            {"source": t.source_id, **{name: getattr(t, name) for name in COUNTERS}, "rejected": len(t.rejects)}
            for t in self.tallies
        ]
