"""What the names of the lexicon meant when posts were last read, and the posts that hold one that changed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.resources import resource
from pipeline.warehouse import rows
from pipeline.warehouse.sqlfiles import read_sql, run_statements
from pipeline.warehouse.transaction import registered, transaction

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from duckdb import DuckDBPyConnection

MARK = "~"  # behind the extractor's version: a name in the post changed since
_FILES = ""  # the spelling under which the fingerprint of all files is kept
_LOT = 200  # posts; their texts are not held all at once


def fingerprint(connection: DuckDBPyConnection) -> str | None:
    """The fingerprint of the lexicon of the last run; None before the first."""
    found = connection.execute("select meaning from lexicon_spellings where spelling = ?", [_FILES]).fetchone()
    return found[0] if found else None


def spellings(connection: DuckDBPyConnection) -> dict[str, str]:
    """What each spelling meant at the last run."""
    found = connection.execute("select spelling, meaning from lexicon_spellings where spelling != ?", [_FILES])
    return dict(found.fetchall())


def follow(
    connection: DuckDBPyConnection, fingerprint: str, spellings: Mapping[str, str], holds: Callable[[str], bool]
) -> None:
    """Mark the posts whose title or text holds a changed name and keep what the spellings mean now: both or neither."""
    marked = [{"post_id": post_id} for post_id, text in _texts(connection) if holds(text)]
    means = {**spellings, _FILES: fingerprint}.items()
    incoming = [{"spelling": spelling, "meaning": meaning} for spelling, meaning in means]
    tables = {
        "marked_posts": rows.arrow(("post_id",), marked),
        "incoming_spellings": rows.arrow(("spelling", "meaning"), incoming),
    }
    with transaction(connection), registered(connection, **tables):
        run_statements(connection, read_sql(resource("sql", "load", "follow_lexicon.sql")).text, {"mark": MARK})


def _texts(connection: DuckDBPyConnection) -> Iterator[tuple[str, str]]:
    found = connection.cursor().execute("select post_id, coalesce(title, '') || chr(10) || text from posts")
    while lot := found.fetchmany(_LOT):
        yield from lot


def outdated(connection: DuckDBPyConnection, extractor: str) -> tuple[int, int]:
    """How many posts were read by others than this extractor; and how many by it, but hold a name that changed."""
    found = connection.execute(
        "select count(*) filter (extractor not in ($now, $marked)), count(*) filter (extractor = $marked) from posts",
        {"now": extractor, "marked": extractor + MARK},
    ).fetchone()
    return found or (0, 0)
