"""The writer's database: loads processed posts, keeps what they said before, derives entities and copies.

Nothing here reads the clock; the caller says what time it is. Analysts read the published copy (see `read`).
"""

from __future__ import annotations

from contextlib import closing
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Self

import duckdb

from pipeline.errors import WarehouseError
from pipeline.resources import resource
from pipeline.warehouse import rows
from pipeline.warehouse.copies import link_copies
from pipeline.warehouse.failures import record_sources
from pipeline.warehouse.laws import turned_away
from pipeline.warehouse.live import WarehousePages
from pipeline.warehouse.schema import migrate
from pipeline.warehouse.sqlfiles import read_sql, run_statements
from pipeline.warehouse.transaction import registered, transaction

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime
    from pathlib import Path
    from types import TracebackType

    from duckdb import DuckDBPyConnection

    from pipeline.rawstore import Manifest
    from pipeline.records import Processed, Reject
    from pipeline.tally import Tally
    from pipeline.warehouse.failures import Changes

STATUSES = ("ok", "partial", "failed")


@dataclass(frozen=True, slots=True)
class LoadCounts:
    """What became of a batch. `reextracted`: the post is the same, the rules that read it are not.

    `rejects` are posts whose rows would break a law of the data; the caller records them with the others.
    """

    new: int = 0
    changed: int = 0
    reextracted: int = 0
    unchanged: int = 0
    rejects: tuple[Reject, ...] = ()


@dataclass(frozen=True, slots=True)
class _Known:
    content_hash: str
    extractor: str
    revision: int
    first_seen_at: datetime
    updated_at: datetime


class Warehouse:
    """An open writer's database. Use as a context manager; one process at a time (the caller holds a lock)."""

    def __init__(self, connection: DuckDBPyConnection) -> None:
        self._connection = connection
        self._beside: list[DuckDBPyConnection] = []

    @classmethod
    def open(cls, path: Path) -> Self:
        """The database at the path, made if it is not there, with all migrations applied.

        Raises WarehouseError where it is held by another program, is no database, or was made by a newer version.
        """
        path.parent.mkdir(parents=True, exist_ok=True)
        try:
            connection = duckdb.connect(str(path))
        except duckdb.Error as error:
            raise WarehouseError(_unopened(path, error)) from error
        try:
            connection.execute("set TimeZone = 'UTC'; set enable_progress_bar = false")
            migrate(connection)
        except BaseException:
            connection.close()
            raise
        return cls(connection)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close the database; closing twice does no harm."""
        for connection in (*self._beside, self._connection):
            connection.close()

    @property
    def connection(self) -> DuckDBPyConnection:
        """The DuckDB connection, for what asks and writes more than the methods here."""
        return self._connection

    def begin_run(self, run_id: str, started_at: datetime) -> None:
        """Record that a run began. Runs still marked as running belong to processes that are gone: interrupted."""
        with transaction(self._connection):
            self._connection.execute("update runs set status = 'interrupted' where status = 'running'")
            self._connection.execute(
                "insert into runs by name select ? as run_id, ? as started_at, 'running' as status, 0 as posts_seen,"
                " 0 as posts_new, 0 as posts_changed, 0 as posts_unchanged, 0 as posts_rejected",
                [run_id, rows.moment(started_at)],
            )

    def interrupted_runs(self) -> list[str]:
        """The runs that were killed before they ended, oldest first."""
        found = self._connection.execute(
            "select run_id from runs where status = 'interrupted' order by started_at, run_id"
        )
        return [run_id for (run_id,) in found.fetchall()]

    def known(self, source_id: str) -> dict[str, tuple[str, str]]:
        """Of each post of the source its content hash and the extractor that read it, by post_id."""
        query = "select post_id, content_hash, extractor from posts where source_id = ?"
        with closing(self._another()) as connection:
            found = connection.execute(query, [source_id]).fetchall()
        return {post_id: (content_hash, extractor) for post_id, content_hash, extractor in found}

    def paths(self, source_id: str) -> dict[str, str]:
        """The path of each post of the source, by post_id."""
        query = "select post_id, path from posts where source_id = ?"
        with closing(self._another()) as connection:
            return dict(connection.execute(query, [source_id]).fetchall())

    def pages(self, source_id: str, manifest: Manifest) -> WarehousePages:
        """What is known of a live source between runs; the manifest outlives this file."""
        connection = self._another()
        self._beside.append(connection)
        return WarehousePages(connection, source_id, manifest)

    def _another(self) -> DuckDBPyConnection:
        """A connection beside the first, for a thread that reads a source while posts are loaded."""
        connection = self._connection.cursor()
        connection.execute("set TimeZone = 'UTC'")
        return connection

    def load(self, posts: Sequence[Processed], *, run_id: str, now: datetime) -> LoadCounts:
        """Load a batch, all of it or (on any error) nothing.

        A post that is as known is not written. One whose content changed gets the next revision, and what it said
        before goes to the `*_revisions` tables. One that only the extractor reads differently is replaced in place.
        If a post comes twice in a batch, the last one counts. One whose extraction breaks a law is left out and is
        among the rejects of the result.
        """
        rejects = {post.post_id: reject for post in posts if (reject := turned_away(post))}
        batch = {post.post_id: post for post in posts if post.post_id not in rejects}
        with transaction(self._connection):
            known = self._known(list(batch))
            counts = _count(batch.values(), known)
            write = [post for post in batch.values() if not _is_unchanged(post, known.get(post.post_id))]
            if write:
                self._write(write, known, run_id, now)
        return replace(counts, rejects=tuple(rejects.values()))

    def _known(self, post_ids: list[str]) -> dict[str, _Known]:
        wanted = rows.arrow(("post_id",), [{"post_id": each} for each in post_ids])
        with registered(self._connection, incoming_ids=wanted):
            found = self._connection.execute(
                "select p.post_id, p.content_hash, p.extractor, p.revision, p.first_seen_at, p.updated_at"
                " from posts as p semi join incoming_ids as i on p.post_id = i.post_id"
            ).fetchall()
        return {post_id: _Known(*rest) for post_id, *rest in found}

    def _write(self, posts: list[Processed], known: Mapping[str, _Known], run_id: str, now: datetime) -> None:
        post_rows = [_post_row(post, known.get(post.post_id), run_id, now) for post in posts]
        mentions = [rows.mention_row(p.post_id, m) for p in posts for m in p.extraction.mentions]
        claims = {p.post_id: rows.claim_rows(p.post_id, p.extraction.claims) for p in posts}
        checks = [row for p in posts for row in rows.check_rows(p.post_id, p.extraction.checks, claims[p.post_id])]
        with registered(
            self._connection,
            incoming_posts=rows.arrow(rows.POST_COLUMNS, post_rows),
            incoming_mentions=rows.arrow(rows.MENTION_COLUMNS, mentions),
            incoming_claims=rows.arrow(rows.CLAIM_COLUMNS, [row for found in claims.values() for row in found]),
            incoming_claim_checks=rows.arrow(rows.CHECK_COLUMNS, checks),
        ):
            if known:
                self._run("load", "keep_history", run_id=run_id, now=rows.moment(now))
                self._run("load", "remove")
            self._run("load", "insert")

    def mark_gone(self, source_id: str, gone: Mapping[str, datetime]) -> None:
        """Mark these posts of the source as gone since then, those marked before as still gone, all others as there."""
        found = [{"post_id": post_id, "gone_at": rows.moment(moment)} for post_id, moment in gone.items()]
        table = rows.arrow(("post_id", "gone_at"), found)
        with transaction(self._connection), registered(self._connection, gone_posts=table):
            self._run("load", "mark_gone", source_id=source_id)

    def reject(self, rejects: Sequence[Reject], *, run_id: str, now: datetime) -> None:
        """Record what could not be read."""
        if not rejects:
            return
        table = rows.arrow(rows.REJECT_COLUMNS, [rows.reject_row(reject, run_id, now) for reject in rejects])
        with registered(self._connection, incoming_rejects=table):
            self._connection.execute("insert into rejects by name select * from incoming_rejects")

    def finish_run(
        self, run_id: str, finished_at: datetime, *, status: str, tallies: Sequence[Tally], because: str = ""
    ) -> Changes:
        """Derive what follows from the posts, and record how the run ended: as a whole and each source.

        `because` says why posts were read again that are the same.
        """
        if status not in STATUSES:
            raise ValueError(f"status {status}: there are {', '.join(STATUSES)}")
        self.derive()
        with transaction(self._connection):
            changes = record_sources(self._connection, run_id, tallies, finished_at)
            moment = rows.moment(finished_at)
            self._run("load", "finish_run", run_id=run_id, finished_at=moment, status=status, because=because)
        return changes

    def fail_run(self, run_id: str, finished_at: datetime) -> None:
        """Record that the run could not be brought to its end."""
        self._connection.execute(
            "update runs set status = 'failed', finished_at = ? where run_id = ?", [rows.moment(finished_at), run_id]
        )

    def derive(self) -> bool:
        """Derive entities and copies anew if posts changed since; True if so. Heals what a killed run left undone."""
        stale = self._connection.execute("select content_version != derived_version from warehouse_state").fetchone()
        if not stale or not stale[0]:
            return False
        with transaction(self._connection):
            self._run("copies", "keys")
            link_copies(self._connection)
            self._run("derive", "duplicates")
            self._run("derive", "entities")
            self._connection.execute("update warehouse_state set derived_version = content_version")
        return True

    def _run(self, folder: str, name: str, **values: Any) -> None:
        run_statements(self._connection, read_sql(resource("sql", folder, f"{name}.sql")).text, values)


def _is_unchanged(post: Processed, known: _Known | None) -> bool:
    return known is not None and (post.content_hash, post.extractor) == (known.content_hash, known.extractor)


def _count(posts: Any, known: Mapping[str, _Known]) -> LoadCounts:
    new = changed = reextracted = unchanged = 0
    for post in posts:
        before = known.get(post.post_id)
        if before is None:
            new += 1
        elif post.content_hash != before.content_hash:
            changed += 1
        elif post.extractor != before.extractor:
            reextracted += 1
        else:
            unchanged += 1
    return LoadCounts(new, changed, reextracted, unchanged)


def _post_row(post: Processed, before: _Known | None, run_id: str, now: datetime) -> dict[str, Any]:
    if before is None:
        return rows.post_row(post, revision=1, first_seen_at=now, updated_at=now, run_id=run_id)
    changed = post.content_hash != before.content_hash
    return rows.post_row(
        post,
        revision=before.revision + changed,
        first_seen_at=before.first_seen_at,
        updated_at=now if changed else before.updated_at,
        run_id=run_id,
    )


def _unopened(path: Path, error: duckdb.Error) -> str:
    first = str(error).splitlines()[0]
    if "lock" in first:
        return f"{path}: another program has it open; close it and run again ({first})"
    return f"{path}: cannot be opened as a DuckDB file; move it away and ingest again ({first})"
