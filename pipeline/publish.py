"""Publishing: a compact copy of the writer's database, with views and macros, put in place by one rename.

Readers keep the file they have open; the next one who opens the path sees the new one, whole. Where nothing changed
since the last time, the published file is left alone.
"""

from __future__ import annotations

import glob
import hashlib
import os
import re
import shutil
from contextlib import closing
from typing import TYPE_CHECKING

import duckdb

from pipeline.errors import WarehouseError
from pipeline.resources import resource
from pipeline.warehouse.read import open_published
from pipeline.warehouse.schema import migrate
from pipeline.warehouse.sqlfiles import literal, read_folder, run_statements

if TYPE_CHECKING:
    from pathlib import Path

    from duckdb import DuckDBPyConnection

    from pipeline.warehouse.sqlfiles import SqlFile


def publish(private: Path, public: Path) -> bool:
    """Publish the database at `private` to the path `public`; False where it holds all of it already.

    Raises WarehouseError where a check of `sql/checks` finds rows, and where `public` is a file that Recuento did not
    make; then nothing is touched.
    """
    wanted = _fingerprint(private)
    if public.exists() and _published(public) == wanted:
        return False
    public.parent.mkdir(parents=True, exist_ok=True)
    _sweep(public)  # what a run left that was killed while it published
    temporary = public.with_name(f".{public.name}.{os.getpid()}.new")
    try:
        _build(private, temporary, wanted)
        _sync(temporary)
        # the log of someone who wrote to the old file is not the new one's, but DuckDB would replay it
        public.with_name(f"{public.name}.wal").unlink(missing_ok=True)
        temporary.replace(public)
        _sync(public.parent)
    finally:
        _sweep(public)
    return True


def _sweep(public: Path) -> None:
    """Remove half files, and the log and spill folder that DuckDB keeps beside a file it writes."""
    for left in public.parent.glob(f".{glob.escape(public.name)}.*.new*"):
        if left.is_dir():
            shutil.rmtree(left, ignore_errors=True)
        else:
            left.unlink(missing_ok=True)


def add_reference(connection: DuckDBPyConnection) -> None:
    """Make the table of facts that claims are held against, from `data/reference`."""
    for file in read_folder(resource("sql", "publish")):
        run_statements(connection, file.text, {"file": str(resource("data", "reference", "epoch.csv"))})


def install_views(connection: DuckDBPyConnection) -> None:
    """Make the views and macros of `sql/views`; what their headers say becomes their comment."""
    for file in read_folder(resource("sql", "views")):
        run_statements(connection, file.text)
        comment = literal(f"{file.header['purpose']} Grain: {file.header['grain']}.")
        connection.execute(f'comment on {_kind(file)} "{file.name}" is {comment}')


def _kind(file: SqlFile) -> str:
    """What the file makes, as COMMENT ON calls it."""
    made = rf"^create or replace (view|macro) {file.name}\b(?:\([^)]*\) as (table)\b)?"
    found = re.search(made, file.text, re.MULTILINE)
    if not found:
        raise WarehouseError(f"{file.path}: makes no view or macro called {file.name}")
    return f"{found[1]} table" if found[2] else found[1]


def check(connection: DuckDBPyConnection) -> None:
    """Run the checks of `sql/checks`. Raises WarehouseError naming the first that finds rows, with one of them."""
    for file in read_folder(resource("sql", "checks")):
        found = connection.execute(file.text)
        row = found.fetchone()
        if row is not None:
            names = [column[0] for column in found.description or ()]
            seen = ", ".join(f"{name}={value}" for name, value in zip(names, row, strict=True))
            raise WarehouseError(f"check {file.name} failed ({file.header['purpose']} Found {seen}): not published")


def _build(private: Path, target: Path, fingerprint: str) -> None:
    with closing(duckdb.connect(str(target))) as connection:
        connection.execute("set TimeZone = 'UTC'")
        connection.execute(f"attach {literal(str(private))} as writer (read_only)")
        migrate(connection)
        connection.begin()
        _copy(connection)
        connection.execute("create table publication (fingerprint varchar not null)")
        connection.execute("comment on table publication is 'One row: what this file was published from.'")
        connection.execute("comment on column publication.fingerprint is 'Digest of the state it was made from.'")
        connection.execute("insert into publication values (?)", [fingerprint])
        add_reference(connection)
        install_views(connection)
        connection.commit()
        check(connection)
        connection.execute("detach writer")
        connection.execute("checkpoint")


def _copy(connection: DuckDBPyConnection) -> None:
    """The rows of all tables but those whose comment says that they are the writer's own."""
    tables = connection.execute(
        "select table_name, comment from duckdb_tables() where database_name = current_database() and not internal"
    ).fetchall()
    for table, comment in tables:
        if comment.endswith("Not published."):
            connection.execute(f'drop table "{table}"')
            continue
        connection.execute(f'delete from "{table}"')  # noqa: S608 -- names of our own tables
        connection.execute(f'insert into "{table}" by name select * from writer."{table}"')  # noqa: S608


def _fingerprint(private: Path) -> str:
    """What decides whether there is something new: the loaded rows, what could not be read, and the SQL files."""
    if not private.exists():
        raise WarehouseError(f"{private}: no warehouse to publish; run `recuento ingest` first")
    h = hashlib.sha256()
    with closing(duckdb.connect(":memory:")) as connection:
        connection.execute(f"attach {literal(str(private))} as writer (read_only)")
        h.update(repr(connection.execute("select * from writer.warehouse_state").fetchall()).encode())
        last = connection.execute(
            "select r.source_id, r.location, r.stage, r.error, r.message from writer.rejects as r"
            " where r.run_id = (select arg_max(run_id, (started_at, run_id)) from writer.runs) order by all"
        )
        h.update(repr(last.fetchall()).encode())
    for folder in ("migrations", "publish", "views", "checks"):
        for file in read_folder(resource("sql", folder)):
            h.update(file.text.encode())
    h.update(resource("data", "reference", "epoch.csv").read_bytes())
    return h.hexdigest()


def _published(public: Path) -> str | None:
    """The fingerprint in the published file. Raises WarehouseError for a file that is none of ours."""
    try:
        with closing(open_published(public)) as connection:
            row = connection.execute("select fingerprint from publication").fetchone()
            return str(row[0]) if row else None
    except WarehouseError as error:
        if "open for writing" in str(error):  # cannot be looked at now; a rename does not disturb who holds it
            return None
        raise WarehouseError(f"{public} is in the way: not made by Recuento, or damaged; move it ({error})") from error


def _sync(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
