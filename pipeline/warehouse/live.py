"""Pages and cursors of live sources in the writer's database."""

from __future__ import annotations

import json
import time
from datetime import datetime
from typing import TYPE_CHECKING, Any

from pipeline.identity import post_id
from pipeline.pages import Page
from pipeline.warehouse import rows
from pipeline.warehouse.transaction import registered, transaction

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

    from pipeline.rawstore import Manifest

_COLUMNS = (
    "path", "url", "format", "raw_key", "metadata", "fingerprint", "etag", "last_modified", "kind", "is_preview",
    "fetched_at", "gone_at", "reader", "final_url", "charset", "content_hash",
)  # fmt: skip
_TIMES = ("fetched_at", "gone_at")
_MOST_WAITING = 100
_LONGEST_WAIT = 5.0  # seconds: a killed run loses no more than these


class WarehousePages:
    """The `Pages` of one source, written in small lots."""

    def __init__(self, connection: DuckDBPyConnection, source_id: str, manifest: Manifest) -> None:
        self._connection = connection
        self._manifest = manifest
        self._source_id = source_id
        self._waiting: dict[str, Page] = {}
        self._written = time.monotonic()

    def all(self) -> dict[str, Page]:
        """All pages by path."""
        self.flush()
        found = self._connection.execute(
            f"select {', '.join(_COLUMNS)} from source_pages where source_id = ? order by path",  # noqa: S608
            [self._source_id],
        ).fetchall()
        pages = (dict(zip(_COLUMNS, row, strict=True)) for row in found)
        kept = {page["path"]: Page(**{**page, "metadata": json.loads(page["metadata"])}) for page in pages}
        return kept or self._from_manifest()

    def _from_manifest(self) -> dict[str, Page]:
        """The pages that the raw store remembers, put into this database, which is new."""
        found = {}
        for fields in self._manifest.latest("path").values():
            times = {name: fields[name] and datetime.fromisoformat(fields[name]) for name in _TIMES}
            page = found[fields["path"]] = Page(**{**fields, **times})
            self._waiting[page.path] = page
        self.flush()
        return found

    def save(self, page: Page) -> None:
        """Keep a page, instead of what was known under its path."""
        self._waiting[page.path] = page
        if page.raw_key:
            times = {name: getattr(page, name) and getattr(page, name).isoformat() for name in _TIMES}
            self._manifest.add({name: getattr(page, name) for name in _COLUMNS} | times)
        if len(self._waiting) >= _MOST_WAITING or time.monotonic() - self._written > _LONGEST_WAIT:
            self.flush()

    def get(self, key: str) -> str | None:
        """A cursor."""
        found = self._connection.execute(
            "select value from source_cursors where source_id = ? and name = ?", [self._source_id, key]
        ).fetchone()
        return found[0] if found else None

    def set(self, key: str, value: str) -> None:
        """Keep a cursor, once all that was saved before it is written."""
        self.flush()
        with transaction(self._connection):
            self._connection.execute(
                "delete from source_cursors where source_id = ? and name = ?", [self._source_id, key]
            )
            self._connection.execute("insert into source_cursors values (?, ?, ?)", [self._source_id, key, value])

    def flush(self) -> None:
        """Write the pages that wait."""
        self._written = time.monotonic()
        if not self._waiting:
            return
        incoming = [self._row(page) for page in self._waiting.values()]
        table = rows.arrow(tuple(incoming[0]), incoming)
        with registered(self._connection, incoming_pages=table), transaction(self._connection):
            self._connection.execute(
                "delete from source_pages using incoming_pages as i"
                " where source_pages.source_id = i.source_id and source_pages.path = i.path"
            )
            self._connection.execute("insert into source_pages by name select * from incoming_pages")
        self._waiting.clear()

    def _row(self, page: Page) -> dict[str, Any]:
        fields = {name: getattr(page, name) for name in _COLUMNS}
        fields["metadata"] = json.dumps(dict(page.metadata), ensure_ascii=True, sort_keys=True)
        for name in _TIMES:
            fields[name] = rows.moment(fields[name])
        return {**fields, "source_id": self._source_id, "post_id": post_id(self._source_id, page.path)}
