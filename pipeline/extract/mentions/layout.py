"""Where a name stands on its page: under which head of a column, as which item of a list, in a heading or a link."""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pipeline.extract.mentions.candidates import FoldedText


class Layout:
    """The headings, lists, tables and links of a page, asked by offset."""

    def __init__(self, page: FoldedText) -> None:
        blocks = page.document.blocks
        self._headings = [(b.start, b.end) for b in blocks if b.kind == "heading"]
        self._heading_starts = [start for start, _ in self._headings]
        self._cells = [b for b in blocks if b.kind == "cell"]
        self._cell_starts = [b.start for b in self._cells]
        self._heads = {(b.table, b.column): page.plain[b.start : b.end].lower() for b in self._cells if b.header}
        self._item_starts = [b.start for b in blocks if b.kind == "item"]
        self._inlines = sorted(page.document.inlines, key=lambda inline: inline.start)
        self._inline_starts = [inline.start for inline in self._inlines]

    def in_heading(self, at: int) -> bool:
        """Whether an offset is in a heading."""
        index = bisect_right(self._heading_starts, at) - 1
        return index >= 0 and self._headings[index][1] > at

    def column(self, at: int) -> tuple[int, int] | None:
        """The table and the column of the cell that begins at an offset; none for heads and within cells."""
        index = bisect_right(self._cell_starts, at) - 1
        cell = self._cells[index] if index >= 0 else None
        if cell is None or at > cell.start + 1 or cell.header:
            return None
        return cell.table, cell.column

    def column_head(self, at: int) -> str:
        """The head, in lower case, of the column that the cell at an offset stands in; empty outside, and for heads."""
        index = bisect_right(self._cell_starts, at) - 1
        cell = self._cells[index] if index >= 0 else None
        if cell is None or cell.end <= at or cell.header:
            return ""
        return self._heads.get((cell.table, cell.column), "")

    def items_beside(self, at: int) -> list[int]:
        """Where the items before and after that begin, where an item of a list, or a heading, begins at an offset."""
        for starts in (self._item_starts, self._heading_starts):
            index = bisect_right(starts, at) - 1
            if index >= 0 and at <= starts[index] + 1:
                return [starts[step] for step in (index - 1, index + 1) if 0 <= step < len(starts)]
        return []

    def is_marked(self, at: int) -> bool:
        """Whether a link or code stands at an offset."""
        index = bisect_right(self._inline_starts, at)
        near = self._inlines[max(0, index - 2) : index]
        return any(inline.kind in {"link", "code"} and inline.start <= at < inline.end for inline in near)
