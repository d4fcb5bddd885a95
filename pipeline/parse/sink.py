"""Element events to blocks. Markdown tokens and HTML alike come through here, so both have the same text.

The events may be ill-nested, as raw HTML in Markdown often is: a closing tag without an opening one is ignored, one
that closes an outer element closes the inner ones too.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from pipeline.parse.elements import BLOCK, VOID, is_caption, is_footnote, is_skipped
from pipeline.parse.writer import Writer

if TYPE_CHECKING:
    from pipeline.records import BlockKind, Document

_NOTE_TARGET: Final = re.compile(r"#(?:user-content-)?_?(?:fn|foot|ftn|ref|cite|note|sd|endnote|nota)", re.IGNORECASE)
_NOTE_TEXT: Final = re.compile(r"[\[(^]?(?:[0-9]{1,3}|[a-z]|[*†‡§¶]+|[↩↑⤴←⬆^\ufe0e\ufe0f]+)[\])]?")
_NOTE_CLASSES: Final = frozenset({"footnote-anchor", "footnote-ref", "footnote-number", "footnote-backref"})
_CODE: Final = frozenset({"code", "kbd", "samp", "tt"})
_BOLD: Final = frozenset({"b", "strong"})
_LEAD: Final = 3  # characters that may stand before a lead: a pictogram, a bracket
_EXPONENT: Final = re.compile(r"[+\-−–]?\d{1,3}")
_SUPERSCRIPT: Final = str.maketrans("0123456789+-−–", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁻")
_HEADINGS: Final = {f"h{n}": n for n in range(1, 7)}
# an element of the left ends one of the right that was left open
_ENDS: Final = {
    "li": ({"li"}, {"ul", "ol", "menu"}), "td": ({"td", "th"}, {"table"}), "th": ({"td", "th"}, {"table"}),
    "tr": ({"tr"}, {"table"}), "dt": ({"dt", "dd"}, {"dl"}), "dd": ({"dt", "dd"}, {"dl"}),
    "thead": ({"thead", "tbody"}, {"table"}), "tbody": ({"thead", "tbody"}, {"table"}),
}  # fmt: skip


@dataclass(slots=True)
class _Table:
    number: int
    row: int = -1
    column: int = 0
    head: bool = False
    taken: dict[int, int] = field(default_factory=dict)  # column -> rows that a cell above still covers


@dataclass(slots=True)
class _Open:
    """An open element and what held before it."""

    tag: str
    kind: BlockKind
    level: int
    depth: int
    note: bool


class Sink:
    """Takes `open`, `close` and `data` in document order and gives the Document."""

    def __init__(self) -> None:
        self.writer = Writer()
        self.skipping = ""  # the tag whose text is being left out
        self._skip_depth = 0
        self._stack: list[_Open] = []
        self._count: Counter[str] = Counter()
        self._lists = 0  # depth of lists
        self._note = False  # within footnotes
        self._tables: list[_Table] = []
        self._seen_tables = 0
        self._in_cell = False
        self._sup = 0
        self._code_start = 0
        self._lead_start = -1

    def document(self) -> Document:
        """The text of all events so far."""
        return self.writer.document()

    def data(self, text: str) -> None:
        """Running text."""
        if self.skipping:
            return
        if self._sup and _EXPONENT.fullmatch(text.strip()):
            # 10<sup>25</sup> is a number, word<sup>2</sup> is not one
            power = re.search(r"(?<![\d.,])(?:10|2|e)$", self.writer.tail(3))
            text = "^" + text.strip() if power else text.strip().translate(_SUPERSCRIPT)
        self.writer.text(text)

    def open(self, tag: str, attrs: dict[str, str]) -> None:
        """An opening tag; void elements have no `close`."""
        if self.skipping:
            self._skip_depth += tag == self.skipping
            return
        if tag in VOID:
            self._void(tag)
            return
        if is_skipped(tag, attrs):
            self.skipping, self._skip_depth = tag, 1
            if tag in BLOCK or tag in {"pre", "iframe"}:
                self._edge()
            return
        if tag in _ENDS:
            self._end_open(*_ENDS[tag])
        elif tag in BLOCK and self._stack and self._stack[-1].tag == "p":
            self.close("p")
        writer = self.writer
        self._stack.append(_Open(tag, writer.kind, writer.level, self._lists, self._note))
        self._count[tag] += 1
        if tag in BLOCK:
            self._edge()
            self._enter(tag, attrs)
        else:
            self._enter_inline(tag, attrs)

    def close(self, tag: str) -> None:
        """A closing tag."""
        if self.skipping:
            if tag == self.skipping:
                self._skip_depth -= 1
                if not self._skip_depth:
                    self.skipping = ""
            return
        if not self._count[tag]:
            return
        while True:
            entry = self._stack.pop()
            self._leave(entry)
            if entry.tag == tag:
                return

    def _end_open(self, ended: set[str], within: set[str]) -> None:
        for entry in reversed(self._stack):
            if entry.tag in within:
                return
            if entry.tag in ended:
                self.close(entry.tag)
                return

    def _void(self, tag: str) -> None:
        if tag == "br":
            self.writer.newline()
        elif tag == "hr":
            self._edge()

    def _edge(self) -> None:
        """The edge of a block. A cell is one block, whatever is in it."""
        if self._in_cell:
            self.writer.newline()
        else:
            self.writer.flush()

    def _enter(self, tag: str, attrs: dict[str, str]) -> None:
        writer = self.writer
        if tag in _HEADINGS:
            writer.kind, writer.level = "heading", _HEADINGS[tag]
        elif tag in {"ul", "ol", "menu"}:
            self._lists += 1
        elif tag in {"li", "dd"}:
            self._set("item", max(1, self._lists))
        elif tag == "blockquote":
            self._set("quote")
        elif tag in {"figcaption", "caption"}:
            self._set("caption")
        elif tag == "table":
            self._open_table()
        elif tag in {"tr", "td", "th", "thead", "tbody", "tfoot"}:
            self._open_row_or_cell(tag, attrs)
        if attrs and is_footnote(attrs):
            self._note = True
            writer.kind, writer.level = "footnote", 0
        elif attrs and is_caption(attrs):
            self._set("caption")

    def _set(self, kind: BlockKind, level: int = 0) -> None:
        if not self._note:
            self.writer.kind, self.writer.level = kind, level

    def footnote(self) -> None:
        """What follows, up to the end of the element opened last, is a footnote."""
        self._note = True
        self.writer.kind, self.writer.level = "footnote", 0

    def _enter_inline(self, tag: str, attrs: dict[str, str]) -> None:
        if tag == "a":
            self.writer.open_link(attrs.get("href", ""))
            if not _NOTE_CLASSES.isdisjoint(attrs.get("class", "").split()):
                self.writer.open_link("#fn")
        elif tag == "sup":
            self._sup += 1
        elif tag in _CODE:
            self._code_start = self.writer.size
        elif tag in _BOLD and not self._in_cell:
            self._lead_start = self.writer.size if self.writer.size <= _LEAD else -1
        elif tag == "span" and "data-attrs" in attrs and attrs.get("data-component-name") == "MentionToDOM":
            self.writer.text(_mentioned(attrs["data-attrs"]))

    def _leave(self, entry: _Open) -> None:
        tag = entry.tag
        self._count[tag] -= 1
        if tag == "a":
            self.writer.close_link(_NOTE_TEXT if _NOTE_TARGET.match(self.writer.href) else None)
        elif tag == "sup":
            self._sup -= 1
        elif tag in _CODE:
            self.writer.mark("code", self._code_start)
        elif tag in _BOLD and self._lead_start >= 0:
            if self.writer.size > self._lead_start + 1:  # not a capital at the head of a chapter
                self.writer.mark("lead", self._lead_start)
            self._lead_start = -1
        elif tag in BLOCK:
            self._leave_block(tag)
        writer = self.writer
        writer.kind, writer.level, self._lists, self._note = entry.kind, entry.level, entry.depth, entry.note

    def _leave_block(self, tag: str) -> None:
        if tag in {"td", "th"} and len(self._tables) == 1 and self._in_cell:
            self.writer.close_cell()
            self._in_cell = False
            return
        self._edge()
        if tag == "table" and self._tables:
            self._tables.pop()
        elif tag == "thead" and self._tables:
            self._tables[-1].head = False

    def _open_table(self) -> None:
        self._tables.append(_Table(self._seen_tables))
        self._seen_tables += len(self._tables) == 1  # a table in a cell is text of that cell

    def _open_row_or_cell(self, tag: str, attrs: dict[str, str]) -> None:
        if len(self._tables) != 1:
            return
        table = self._tables[0]
        if tag == "thead":
            table.head = True
        elif tag == "tr":
            table.row += 1
            table.column = 0
        elif tag in {"td", "th"}:
            self._open_cell(table, attrs, header=table.head or (tag == "th" and table.row <= 0))

    def _open_cell(self, table: _Table, attrs: dict[str, str], *, header: bool) -> None:
        while table.taken.get(table.column, 0):
            table.taken[table.column] -= 1
            table.column += 1
        wide, high = _span(attrs, "colspan"), _span(attrs, "rowspan")
        self._in_cell = True
        self.writer.open_cell(table.number, max(0, table.row), table.column, header=header)
        for column in range(table.column, table.column + wide):
            if high > 1:
                table.taken[column] = high - 1
        table.column += wide


def _span(attrs: dict[str, str], name: str) -> int:
    value = attrs.get(name, "1").strip() if attrs else "1"
    return min(100, max(1, int(value))) if value.isascii() and value.isdigit() and len(value) < 5 else 1


def _mentioned(data: str) -> str:
    """The name that a mention of a Substack user shows: it stands in an attribute only."""
    try:
        found = json.loads(data)
    except (ValueError, RecursionError):
        return ""
    name = found.get("name") if isinstance(found, dict) else None
    return name if isinstance(name, str) else ""
