"""Turns a stream of text and element events into a Document: one place that knows how plain text is laid out.

Blocks are separated by a blank line, the cells of one row by a line break. Inside a block every run of white space is
one space (a forced line break stays one), but no-break spaces stay, since they hold numbers and units together.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from pipeline.records import Block, Document, Inline

if TYPE_CHECKING:
    from pipeline.records import BlockKind, InlineKind

# characters without width: they carry no meaning, and split words and numbers that look whole
_INVISIBLE: Final = re.compile("[\u200b\u2060\ufeff\u00ad\u200e\u200f\u202a-\u202e\u2066-\u2069\x00-\x08\x0e-\x1f\x7f]")
_SPACES: Final = re.compile(r"[ \t\n\r\f\v\u2028\u2029\x85]+")
_URL: Final = re.compile(r"https?://[^\s<>\"'`|\\^{}]+")
_URL_TAIL: Final = ".,;:!?*_~'\"»”’"


@dataclass(slots=True)
class _Cell:
    table: int
    row: int
    column: int
    header: bool


def visible(text: str) -> str:
    r"""The text without characters that have no width; runs of white space become one space, no-break spaces stay.

    >>> visible("soft\u00adware  of\n80\xa0GB\u200b")
    'software of 80\xa0GB'
    """
    if not text.isascii() or not text.isprintable():
        text = _INVISIBLE.sub("", text)
    return _SPACES.sub(" ", text)


class Writer:
    """Collects blocks. `kind` and `level` hold for the next block; a block begins with its first visible character."""

    def __init__(self) -> None:
        self.kind: BlockKind = "paragraph"
        self.level = 0
        self._cell: _Cell | None = None
        self._done: list[str] = []
        self._length = 0
        self._blocks: list[Block] = []
        self._inlines: list[Inline] = []
        self._parts: list[str] = []  # the block under way
        self._size = 0
        self._break = ""  # white space owed before the next visible character
        self._block_kind: BlockKind = "paragraph"
        self._block_level = 0
        self._marks: list[tuple[InlineKind, int, int, str]] = []
        self._link: tuple[int, str] | None = None

    @property
    def size(self) -> int:
        """The length of the block under way."""
        return self._size

    @property
    def href(self) -> str:
        """The target of the link under way."""
        return self._link[1] if self._link else ""

    def text(self, text: str) -> None:
        """Adds running text."""
        text = visible(text)
        if not text:
            return
        if text[0] == " ":
            self._break = self._break or " "
            text = text[1:]
            if not text:
                return
        owed = text[-1] == " "
        if owed:
            text = text[:-1]
        self._put(text)
        if owed:
            self._break = " "
        if "://" in text and self._link is None:
            self._mark_urls(text)

    def newline(self) -> None:
        """A forced line break inside the block."""
        self._break = "\n"

    def inline(self, kind: InlineKind, text: str) -> None:
        """Adds code or a formula."""
        text = visible(text).strip(" ")
        if text:
            self._put(text)
            self._marks.append((kind, self._size - len(text), self._size, ""))

    def open_link(self, href: str) -> None:
        """What follows is a link's text."""
        self.close_link()
        self._link = (self._size, href)

    def close_link(self, drop: re.Pattern[str] | None = None) -> None:
        """Ends the link. Its text is taken back where `drop` matches all of it: a footnote's number, an arrow."""
        if self._link is None:
            return
        (start, href), self._link = self._link, None
        text = "".join(self._parts)
        if drop is not None and drop.fullmatch(text[start:].strip()):
            self._parts, self._size = [text[:start]], start
            self._marks = [mark for mark in self._marks if mark[2] <= start]
            return
        self.mark("link", start, href)

    def mark(self, kind: InlineKind, start: int, href: str = "") -> None:
        """Marks what was written since the block had `start` characters."""
        text = "".join(self._parts)
        while start < self._size and text[start].isspace():
            start += 1
        if start < self._size:
            self._marks.append((kind, start, self._size, href))

    def tail(self, length: int) -> str:
        """The last characters of the block under way; empty where a space follows them."""
        return "" if self._break else "".join(self._parts[-4:])[-length:]

    def flush(self) -> None:
        """Ends the block under way; nothing happens if it has no visible character."""
        link = self._link
        self.close_link()
        text = "".join(self._parts)
        body = text.strip()
        if body:
            self._append(body, len(text) - len(text.lstrip()))
        self._parts, self._size, self._break, self._marks = [], 0, "", []
        if link is not None:
            self._link = (0, link[1])

    def open_cell(self, table: int, row: int, column: int, *, header: bool) -> None:
        """Starts a table cell: all text until `close_cell` is one block."""
        self.flush()
        self._cell = _Cell(table, row, column, header)

    def close_cell(self) -> None:
        """Ends the cell."""
        self.flush()
        self._cell = None

    def document(self) -> Document:
        """All that was written."""
        self.flush()
        return Document("".join(self._done), tuple(self._blocks), tuple(sorted(self._inlines, key=_place)))

    def _put(self, text: str) -> None:
        if not self._size:
            self._break = ""
            self._block_kind, self._block_level = self.kind, self.level
        if self._break:
            self._parts.append(self._break)
            self._size += 1
            self._break = ""
        self._parts.append(text)
        self._size += len(text)

    def _mark_urls(self, text: str) -> None:
        start = self._size - len(text)
        for found in _URL.finditer(text):
            url = found[0].rstrip(_URL_TAIL)
            if url.endswith(")") and "(" not in url:
                url = url.rstrip(")").rstrip(_URL_TAIL)
            self._marks.append(("link", start + found.start(), start + found.start() + len(url), url))

    def _append(self, body: str, cut: int) -> None:
        cell = self._cell
        if self._blocks:
            last = self._blocks[-1]
            same_row = cell is not None and (last.table, last.row) == (cell.table, cell.row)
            self._done.append("\n" if same_row else "\n\n")
            self._length += 1 if same_row else 2
        start, end = self._length, self._length + len(body)
        if cell:
            self._blocks.append(Block("cell", start, end, 0, cell.table, cell.row, cell.column, cell.header))
        else:
            self._blocks.append(Block(self._block_kind, start, end, self._block_level))
        self._done.append(body)
        self._length = end
        for kind, first, last_, href in self._marks:
            low, high = max(0, first - cut), min(len(body), last_ - cut)
            if low < high:
                self._inlines.append(Inline(kind, start + low, start + high, href))


def _place(inline: Inline) -> tuple[int, int]:
    return inline.start, -inline.end
