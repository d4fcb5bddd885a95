"""Publishing: a copy of the writer's database, with views and macros, put in place by one rename.

Readers keep the file they have open; the next one who opens the path sees the new one, whole. Where nothing changed
since the last time, the published file is left alone.
"""

from __future__ import annotations

import glob
import os
import re
import shutil
from contextlib import closing
from typing import TYPE_CHECKING

import duckdb

from pipeline.errors import WarehouseError
from pipeline.publish.publication import due, found_in
from pipeline.publish.search import add_index, has_extension
from pipeline.resources import resource
from pipeline.warehouse.schema import migrate
from pipeline.warehouse.sqlfiles import literal, read_folder, run_statements

if TYPE_CHECKING:
    from pathlib import Path

    from duckdb import DuckDBPyConnection

    from pipeline.publish.publication import Publication
    from pipeline.warehouse.sqlfiles import SqlFile


def publish(private: Path, public: Path, *, search: bool = False) -> bool:
    """Publish the database at `private` to the path `public`; False where it holds all of it already.

    With `search`, an index for full-text search is made, if DuckDB's fts extension is there.

    Raises WarehouseError where a check of `sql/checks` finds rows, and where `public` is a file that Recuento did not
    make; then nothing is touched.
    """
    wanted, last = due(private, search=search and has_extension()), found_in(public)
    if last and last.fingerprint == wanted.fingerprint:
        return False
    public.parent.mkdir(parents=True, exist_ok=True)
    _sweep(public)  # what a run left that was killed while it published
    temporary = public.with_name(f".{public.name}.{os.getpid()}.new")
    try:
        _build(private, temporary, wanted, last)
        if search:
            add_index(temporary)
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
    """Make the views and macros of `sql/views`, and the tables they read that are counted once, here; what their
    headers say becomes their comment.
    """
    for file in read_folder(resource("sql", "views")):
        run_statements(connection, file.text)
        comment = literal(f"{file.header['purpose']} Grain: {file.header['grain']}.")
        connection.execute(f'comment on {_kind(file)} "{file.name}" is {comment}')


def _kind(file: SqlFile) -> str:
    """What the file makes, as COMMENT ON calls it."""
    made = rf"^create or replace (view|table|macro) {file.name}\b(?:\([^)]*\) as (table)\b)?"
    found = re.search(made, file.text, re.MULTILINE)
    if not found:
        raise WarehouseError(f"{file.path}: makes no view, table or macro called {file.name}")
    return f"{found[1]} table" if found[2] else found[1]


def check(connection: DuckDBPyConnection, since: int = -1) -> None:
    """Run the checks of `sql/checks` on what was loaded after the content_version `since`.

    Raises WarehouseError naming the first that finds rows, with one of them.
    """
    for file in read_folder(resource("sql", "checks")):
        found = connection.execute(file.text, {"since": since} if "$since" in file.text else None)
        row = found.fetchone()
        if row is not None:
            names = [column[0] for column in found.description or ()]
            seen = ", ".join(f"{name}={value}" for name, value in zip(names, row, strict=True))
            raise WarehouseError(f"check {file.name} failed ({file.header['purpose']} Found {seen}): not published")


def _build(private: Path, target: Path, publication: Publication, last: Publication | None) -> None:
    _copy(private, target)
    with closing(duckdb.connect(str(target))) as connection:
        connection.execute("set TimeZone = 'UTC'; set enable_progress_bar = false")
        migrate(connection)
        _drop_unpublished(connection)
        connection.execute("checkpoint")  # frees what was dropped: the tables that follow take its place
        connection.begin()
        add_reference(connection)
        install_views(connection)
        publication.sign(connection)
        connection.commit()
        check(connection, publication.checked_until(last))


def _copy(private: Path, target: Path) -> None:
    """The file as it is: many times faster than its rows one by one. Nobody can write to it meanwhile."""
    with closing(duckdb.connect(":memory:")) as connection:
        connection.execute(f"attach {literal(str(private))} as writer (read_only)")
        shutil.copyfile(private, target)
        log = private.with_name(f"{private.name}.wal")
        if log.exists():  # left by a run that was killed; read again when the copy is opened
            shutil.copyfile(log, target.with_name(f"{target.name}.wal"))


def _drop_unpublished(connection: DuckDBPyConnection) -> None:
    """Leave out the tables whose comment says that they are the writer's own."""
    tables = connection.execute(
        "select table_name from duckdb_tables()"
        " where database_name = current_database() and comment like '%Not published.'"
    )
    for (table,) in tables.fetchall():
        connection.execute(f'drop table "{table}"')


def _sync(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
