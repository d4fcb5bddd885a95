"""Substack exports: a folder or a zip with `posts.csv` and `posts/<number>.<slug>.html`.

The files of subscribers that lie beside them (`*.opens.csv`, `*.delivers.csv`, `email_list*.csv`) are never opened:
only `posts.csv` and `posts/*.html` are.
"""

from __future__ import annotations

import csv
import io
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pipeline.errors import SourceError
from pipeline.records import RawPost, Reject
from pipeline.sources.archive import FolderStore, Store, ZipStore
from pipeline.sources.base import Kind, nfc, refuse

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

_REQUIRED = frozenset({"post_id", "post_date", "is_published", "title"})
_BEAR_BLOG = frozenset({"uid", "published date", "is page", "content"})
_POST_FILE = re.compile(r"posts/[^/.][^/]*\.html", re.IGNORECASE)
_TRUE = frozenset({"true", "1", "yes", "t", "verdadero"})  # a spreadsheet writes it in its own language


@dataclass(frozen=True, slots=True)
class SubstackSource:
    """A Substack export, as a folder or (`root` is a file) as the zip that Substack hands out."""

    id: str
    root: Path
    language: str | None = None
    title: str | None = None
    base_url: str | None = None
    kind: Kind = "substack"
    is_complete: bool = True

    def posts(self) -> Iterator[RawPost | Reject]:
        """A post for each file, with what its row says; a reject for each row without its file."""
        with open_store(self.root, self.id) as store:
            files = {nfc(name): name for name in store.names() if _POST_FILE.fullmatch(name)}
            by_number = {path.removeprefix("posts/").split(".", 1)[0]: path for path in files}
            table = read_rows(store, self.id)
            if not files and not table:
                raise SourceError(f"{self.id}: {self.root}: an empty export: no posts in posts.csv nor in posts/")
            rows: dict[str, dict[str, str | None]] = {}
            for number, row in enumerate(table, 2):
                name = _file_of(row.get("post_id") or "", files, by_number)
                if name is None:
                    yield self._missing(number, row)
                else:
                    rows.setdefault(name, row)
            for path, name in sorted(files.items()):
                content = store.read(name, self.id)
                if isinstance(content, Reject):
                    yield content
                else:
                    metadata = _metadata(rows.get(path), self.language)
                    yield RawPost(self.id, path, "html", content, metadata)

    def _missing(self, number: int, row: Mapping[str, str | None]) -> Reject:
        post = row.get("post_id")
        if not post:
            remedy = "complete the row, or export again"
            return refuse(self.id, f"posts.csv row {number}", "a row without post_id", remedy)
        title = f" ({row['title']})" if row.get("title") else ""
        what = f"posts.csv row {number} lists this post{title}, but the file is not in the export"
        return refuse(self.id, f"posts/{post}.html", what, "export again, or delete the row")


def open_store(root: Path, source_id: str) -> Store:
    """The folder or zip to read from. Raises SourceError where it is no zip, or not a safe one."""
    return FolderStore(root) if root.is_dir() else ZipStore(root, source_id)


def _file_of(post_id: str, files: Mapping[str, str], by_number: Mapping[str, str]) -> str | None:
    """The path of a post's file: named by its id, else by the number that the id starts with."""
    exact = nfc(f"posts/{post_id}.html")
    if exact in files:
        return exact
    number = post_id.split(".", 1)[0]
    return by_number.get(number) if number.isdigit() else None


def _metadata(row: Mapping[str, str | None] | None, language: str | None) -> dict[str, str | None]:
    """What the row says, under the names of RawPost. A file without a row tells nothing."""
    if row is None:
        return {"language": language} if language else {}
    published = (row.get("is_published") or "").lower() in _TRUE
    return {
        "title": row.get("title"),
        "subtitle": row.get("subtitle"),
        "published": row.get("post_date"),
        "audience": row.get("audience"),
        "kind": row.get("type"),
        "draft": "false" if published else "true",
        "language": language,
    }


def read_rows(store: Store, source_id: str) -> list[dict[str, str | None]]:
    """The rows of posts.csv, empty cells as None; none where there is no posts.csv.

    Raises SourceError where it is not the table that Substack writes.
    """
    if "posts.csv" not in store.names():
        return []
    data = store.read("posts.csv", source_id)
    if isinstance(data, Reject):
        raise SourceError(data.message)
    text = decode_table(data)
    head = text.split("\n", 1)[0]
    delimiter = ";" if head.count(";") > head.count(",") else ","  # a Spanish spreadsheet saves with semicolons
    try:
        table = list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))
    except csv.Error as error:
        message = f"{source_id}: posts.csv: not a readable table ({error}); export again from Substack"
        raise SourceError(message) from None
    columns = [cell.strip().lower() for cell in table[0]] if table else []
    if complaint := complain_of_columns(columns):
        raise SourceError(f"{source_id}: posts.csv: {complaint}")
    rows = [dict(zip(columns, (cell.strip() or None for cell in line), strict=False)) for line in table[1:]]
    return [row for row in rows if any(row.values())]


def decode_table(data: bytes) -> str:
    """The text of a table: UTF-8, or what a spreadsheet may have made of it."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", "replace")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1252", "replace")


def complain_of_columns(columns: list[str]) -> str | None:
    """What is wrong with the head of posts.csv, or None.

    >>> complain_of_columns(["post_id", "post_date", "is_published", "type", "audience", "title"])
    >>> complain_of_columns(["title", "uid", "published date", "is page", "content"])[:23]
    'a Bear Blog export, not'
    """
    if not _REQUIRED - set(columns):
        return None
    if not _BEAR_BLOG - set(columns):
        return "a Bear Blog export, not Substack's; save its posts as Markdown files and name their folder"
    missing = ", ".join(sorted(_REQUIRED - set(columns)))
    return f"column {missing} is missing; export again from Substack (Settings, Exports)"
