"""What became of each source in each run, and which sources keep failing, in the writer's database."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from pipeline.operate.backoff import next_attempt
from pipeline.tally import COUNTERS
from pipeline.warehouse import rows

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from duckdb import DuckDBPyConnection

    from pipeline.tally import Tally

_MOST_AHEAD = 8  # days; the longest pause is a week: anything later was noted before the clock was set back
_COLUMNS = (
    "source_id", "failures", "is_transient", "error", "message", "first_failed_at", "failed_at", "next_attempt_at",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Failure:
    """A source that failed as a whole when it was last tried, `failures` times in a row."""

    source_id: str
    failures: int
    is_transient: bool
    error: str
    message: str
    first_failed_at: datetime
    failed_at: datetime
    next_attempt_at: datetime | None

    def is_due(self, now: datetime) -> bool:
        """True when the source is to be tried again."""
        return self.next_attempt_at is None or now >= self.next_attempt_at or self._is_ahead(now)

    def _is_ahead(self, now: datetime) -> bool:
        return self.next_attempt_at is not None and (self.next_attempt_at - now).days >= _MOST_AHEAD


@dataclass(frozen=True, slots=True)
class Changes:
    """What a run changed: sources that fail now and did not before, and sources that are read again; and how the run
    before it ended if it did not do well: failed or interrupted.
    """

    failing: tuple[str, ...] = ()
    recovered: tuple[str, ...] = ()
    after_failure: str = ""


def failing(connection: DuckDBPyConnection) -> dict[str, Failure]:
    """The sources that failed when they were last tried."""
    found = connection.execute(f"select {', '.join(_COLUMNS)} from source_failures order by source_id")  # noqa: S608
    return {row[0]: Failure(*row) for row in found.fetchall()}


def record_sources(connection: DuckDBPyConnection, run_id: str, tallies: Sequence[Tally], now: datetime) -> Changes:
    """Record what became of the sources of a run. The caller holds the transaction."""
    before = failing(connection)
    failed = {tally.source_id: tally for tally in tallies if tally.broken and not tally.postponed}
    fine = {tally.source_id for tally in tallies if tally.status == "ok"}
    # a location where nothing was found may turn out to hold several sources, which bear its id with their names
    recovered = tuple(s for s in before if s not in failed and any(f == s or f.startswith(f"{s}-") for f in fine))
    changed = [*recovered, *failed]
    connection.execute("delete from source_failures where source_id in (select unnest(?))", [changed])
    for source_id, tally in failed.items():
        connection.execute(
            "insert into source_failures values (?, ?, ?, ?, ?, ?, ?, ?)", _row(tally, before.get(source_id), now)
        )
    for tally in tallies:
        counts = [getattr(tally, name) for name in COUNTERS]
        connection.execute(
            "insert into run_sources values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            [run_id, tally.source_id, tally.status, *counts, len(tally.rejects), tally.seconds],
        )
    return Changes(tuple(s for s in failed if s not in before), recovered, _before(connection, run_id))


def _before(connection: DuckDBPyConnection, run_id: str) -> str:
    found = connection.execute(
        "select status from runs where run_id != ? order by started_at desc, run_id desc limit 1", [run_id]
    ).fetchone()
    return found[0] if found and found[0] in {"failed", "interrupted"} else ""


def _row(tally: Tally, before: Failure | None, now: datetime) -> list[object]:
    failures = before.failures + 1 if before else 1
    # posts that are all rejected cost little to look at again, and may be read once they or Recuento are mended
    later = next_attempt(failures, now, is_transient=tally.is_transient) if tally.failed else None
    first = rows.moment(now) if before is None else before.first_failed_at
    error = type(tally.failed).__name__ if tally.failed else tally.rejects[0].error
    return [
        tally.source_id, failures, tally.is_transient, error, tally.reason, first, rows.moment(now),
        rows.moment(later) if later else None,
    ]  # fmt: skip
