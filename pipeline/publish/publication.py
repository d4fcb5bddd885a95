"""What a published file was made from: decides whether there is something new, and what of it needs checking."""

from __future__ import annotations

import hashlib
from contextlib import closing
from dataclasses import astuple, dataclass
from typing import TYPE_CHECKING

import duckdb

from pipeline.errors import WarehouseError
from pipeline.resources import resource
from pipeline.warehouse.read import open_published
from pipeline.warehouse.sqlfiles import literal, read_folder

if TYPE_CHECKING:
    from pathlib import Path

    from duckdb import DuckDBPyConnection

_MADE_BY = ("migrations", "publish", "search", "views", "checks")
_COLUMNS = {
    "fingerprint": "Digest of the rows, rules and reference it was made from.",
    "warehouse_id": "As in warehouse_state: the database it was made from.",
    "content_version": "As in warehouse_state: what was loaded until then.",
    "checks": "Digest of the checks that its rows have passed.",
}


@dataclass(frozen=True, slots=True)
class Publication:
    """The row of the table `publication`."""

    fingerprint: str
    warehouse_id: str
    content_version: int
    checks: str

    def checked_until(self, last: Publication | None) -> int:
        """The content_version up to which rows passed these checks when they were last published; -1 for none."""
        if last is None or (last.warehouse_id, last.checks) != (self.warehouse_id, self.checks):
            return -1
        return last.content_version if last.content_version <= self.content_version else -1

    def sign(self, connection: DuckDBPyConnection) -> None:
        """Put the row into a file about to be published."""
        columns = "fingerprint varchar, warehouse_id varchar, content_version bigint, checks varchar"
        connection.execute(f"create table publication ({columns})")
        connection.execute("comment on table publication is 'One row: what this file was published from.'")
        for name, comment in _COLUMNS.items():
            connection.execute(f"comment on column publication.{name} is {literal(comment)}")
        connection.execute("insert into publication values (?, ?, ?, ?)", astuple(self))


def due(private: Path, *, search: bool) -> Publication:
    """What publishing the writer's database would sign: its rows, what could not be read, and the files of SQL."""
    if not private.exists():
        raise WarehouseError(f"{private}: no warehouse to publish; run `recuento ingest` first")
    with closing(duckdb.connect(":memory:")) as connection:
        connection.execute(f"attach {literal(str(private))} as writer (read_only)")
        state = connection.execute("select * from writer.warehouse_state").fetchall()
        rejects = connection.execute(
            "select r.source_id, r.location, r.stage, r.error, r.message from writer.rejects as r"
            " where r.run_id = (select arg_max(run_id, (started_at, run_id)) from writer.runs) order by all"
        ).fetchall()
    made_by = [file.text.encode() for folder in _MADE_BY for file in read_folder(resource("sql", folder))]
    reference = resource("data", "reference", "epoch.csv").read_bytes()
    ((warehouse_id, content_version, _),) = state
    checks = (file.text.encode() for file in read_folder(resource("sql", "checks")))
    return Publication(
        _digest(repr(state).encode(), repr(rejects).encode(), *made_by, reference, str(search).encode()),
        warehouse_id, content_version, _digest(*checks),
    )  # fmt: skip


def found_in(public: Path) -> Publication | None:
    """What the published file was made from; None where there is no file, or it cannot be known now.

    Raises WarehouseError for a file that is none of ours.
    """
    if not public.exists():
        return None
    try:
        with closing(open_published(public)) as connection:
            row = connection.execute("from publication").fetchone()
    except WarehouseError as error:
        if "open for writing" in str(error):  # a rename does not disturb who holds it
            return None
        raise WarehouseError(f"{public} is in the way: not made by Recuento, or damaged; move it ({error})") from error
    return Publication(*row) if row and len(row) == len(_COLUMNS) else None


def _digest(*parts: bytes) -> str:
    h = hashlib.sha256()
    for part in parts:
        h.update(part)
    return h.hexdigest()
