"""In what state runs left the warehouse, in words, with what to do about it."""

from __future__ import annotations

from contextlib import closing
from dataclasses import dataclass
from typing import TYPE_CHECKING

import duckdb

from pipeline.errors import WarehouseError
from pipeline.publish.publication import due, found_in
from pipeline.warehouse.failures import failing
from pipeline.warehouse.sqlfiles import literal

if TYPE_CHECKING:
    from pathlib import Path

    from duckdb import DuckDBPyConnection

    from pipeline.warehouse.failures import Failure

_AGAIN = "the next run goes on where it stopped: recuento ingest"


@dataclass(frozen=True, slots=True)
class State:
    """`words` say it with its remedy; `is_sound` where there is nothing to do."""

    is_sound: bool
    words: str
    failing: tuple[Failure, ...] = ()


def look(private: Path, public: Path, *, search: bool) -> State:
    """The state of the writer's database and the published file while no run is under way; nothing is changed.

    Raises WarehouseError where one of them cannot be read.
    """
    if not private.exists():
        if public.exists():
            return State(is_sound=True, words=f"only the published file is here: {public}")
        return State(is_sound=True, words="no run yet: recuento ingest makes the first")
    try:
        with closing(duckdb.connect(":memory:")) as connection:
            connection.execute("set TimeZone = 'UTC'")
            connection.execute(f"attach {literal(str(private))} as writer (read_only)")
            connection.execute("use writer")
            tables = {name for (name,) in connection.execute("select table_name from duckdb_tables()").fetchall()}
            if not {"runs", "source_failures", "warehouse_state"} <= tables:
                return State(is_sound=False, words=f"{private}: of an older version, or not quite made; {_AGAIN}")
            words = _unfinished(connection)
            sources = tuple(failing(connection).values())
    except duckdb.Error as error:
        first = str(error).splitlines()[0]
        remedy = "restore a backup, or move it away and ingest again"
        raise WarehouseError(f"{private}: cannot be read ({first}); {remedy}") from None
    words = words or _unpublished(private, public, search=search)
    if words:
        return State(is_sound=False, words=f"{words}; {_AGAIN}", failing=sources)
    return State(is_sound=True, words=_sound(public), failing=sources)


def _unfinished(connection: DuckDBPyConnection) -> str:
    """What the last run left undone; empty where it came to its end."""
    last = connection.execute(
        "select run_id, status from runs order by started_at desc, run_id desc limit 1"
    ).fetchone()
    if last is None:
        return "a run was killed before it began"
    run_id, status = last
    loaded = connection.execute("select count(*) from posts where run_id = ?", [run_id]).fetchone()
    stale = connection.execute("select content_version != derived_version from warehouse_state").fetchone()
    posts = f"{loaded[0] if loaded else 0} posts loaded"
    if status in {"running", "interrupted"}:
        at = ", entities not derived yet" if stale and stale[0] else ""
        return f"run {run_id} was killed: {posts}{at}, not published"
    return f"run {run_id} failed: {posts}, not published" if stale and stale[0] else ""


def _unpublished(private: Path, public: Path, *, search: bool) -> str:
    """What keeps the published file from being what was loaded; empty where nothing does."""
    from pipeline.publish.search import has_extension  # noqa: PLC0415 -- asks DuckDB, which costs a moment

    left = list(public.parent.glob(f".{public.name}.*.new*"))
    if left:
        return f"a run was killed while it published: half a file is left ({left[0].name})"
    if not public.exists():
        return "loaded, but not published"
    found = found_in(public)
    if found is None or found.fingerprint != due(private, search=search and has_extension()).fingerprint:
        return "loaded, but the published file is older"
    return ""


def _sound(public: Path) -> str:
    with closing(duckdb.connect(":memory:")) as connection:
        connection.execute(f"attach {literal(str(public))} as published (read_only)")
        last = connection.execute(
            "select run_id, status from published.runs order by started_at desc limit 1"
        ).fetchone()
    return f"complete and published: {public}" + (f", last published run {' '.join(last)}" if last else "")
