"""Org to blocks: what blogs use of it. Keywords of the head become fields; drawers, source blocks and results go."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from pipeline.parse.html import feed_html
from pipeline.parse.shortcodes import strip_shortcodes
from pipeline.parse.sink import Sink

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pipeline.records import Document

_KEYWORD: Final = re.compile(r"[ \t]*#\+([\w-]+):[ \t]*(.*)")
_HEADLINE: Final = re.compile(r"(\*+)[ \t]+(.*)")
_STATE: Final = re.compile(r"(?:TODO|DONE|DRAFT|NEXT|WAIT|COMMENT)(?:\s+|$)(?:\[#[A-Z]\]\s*)?|\[#[A-Z]\]\s*")
_HEAD_TAGS: Final = re.compile(r"[ \t]+:[\w@#%:]+:[ \t]*$")
_BEGIN: Final = re.compile(r"[ \t]*#\+begin_(\w+)", re.IGNORECASE)
_DRAWER: Final = re.compile(r"[ \t]*:[\w-]+:[ \t]*$")
_PLANNING: Final = re.compile(r"[ \t]*(?:CLOSED|SCHEDULED|DEADLINE):")
_ITEM: Final = re.compile(r"([ \t]*)(?:[-+]|\d+[.)]|(?<=[ \t])\*)(?:[ \t]+|$)(?:\[[ xX-]\][ \t]+)?(.*)")
_ROW: Final = re.compile(r"[ \t]*\|(.*?)\|?[ \t]*$")
_RULE_ROW: Final = re.compile(r"[ \t]*\|[-+:| \t]*$")
_NOTE: Final = re.compile(r"\[fn:([\w-]+)\][ \t]*(.*)")
_IMAGE: Final = re.compile(r"\.(?:png|jpe?g|gif|svg|webp|avif|mp4)$", re.IGNORECASE)
_INLINE: Final = re.compile(
    r"\[\[([^\[\]\n]{1,1000})\](?:\[([^\[\]]*)\])?\]"  # 1 target, 2 description
    r"|(?<![\w\\])[=~](\S(?:[^\n]{0,300}?\S)?)[=~](?!\w)"  # 3 code
    r"|(?<!\w)([*/_+])(?=\S)(.{1,300}?)(?<=\S)\4(?!\w)"  # 4 mark, 5 emphasis
    r"|\[fn:[^\]\n]{0,300}\]"
    r"|@@\w{1,20}:(.{0,1000}?)@@"  # 6 export snippet
    r"|(?<![\w$])\$([^\s$](?:[^$\n]{0,300}?[^\s$])?)\$(?!\w)|\\\((.{1,300}?)\\\)"  # 7, 8 formula
    r"|\{\{\{[^{}\n]{0,300}\}\}\}"
    r"|<(\d{4}-\d\d-\d\d)[^>\n]{0,60}>",  # 9 a date
    re.DOTALL,
)
# what stands in these is prose; all others hold code, results or markup of another format
_PROSE: Final = frozenset("quote verse center abstract details summary tip note warning info aside mdshortcode".split())
_MAX_EMPHASIS: Final = 6


def org_fields(text: str) -> tuple[dict[str, str], str]:
    r"""The keywords of the head (keys in lower case, Hugo's without their prefix) and the text behind them.

    >>> org_fields("#+title: Uno\n#+hugo_draft: true\n\nHola")
    ({'title': 'Uno', 'draft': 'true'}, '\nHola')
    """
    fields: dict[str, str] = {}
    lines = text.lstrip("\ufeff").split("\n")
    at = 0
    while at < len(lines):
        line = lines[at]
        if match := _KEYWORD.fullmatch(line):
            key = match[1].lower().removeprefix("hugo_")
            fields[key] = f"{fields[key]} {match[2]}" if key == "title" and key in fields else match[2]
        elif line.strip() and not line.lstrip().startswith("# ") and not _DRAWER.match(line):
            break
        elif not line.strip() and fields:
            rest = next((other for other in lines[at:] if other.strip()), "")
            if not _KEYWORD.fullmatch(rest):
                break
        at += 1
    return fields, "\n".join(lines[at:])


def parse_org(text: str) -> Document:
    """The text of a post in org."""
    walker = _Walker()
    for line in _kept(strip_shortcodes(text).split("\n")):
        walker.line(line)
    walker.end()
    return walker.sink.document()


def _kept(lines: list[str]) -> Iterator[str]:
    """The lines without code blocks, drawers, comments and keywords. Quotes are marked by their own lines."""
    until: re.Pattern[str] | None = None
    for line in lines:
        if until:
            if until.match(line):
                until = None
            continue
        if block := _BEGIN.match(line):
            name = block[1].lower()
            if name in _PROSE:
                yield f"#+begin_{name}"
            else:
                until = re.compile(rf"[ \t]*#\+end_{re.escape(block[1])}\b", re.IGNORECASE)
        elif re.match(r"[ \t]*#\+end_", line, re.IGNORECASE):
            yield "#+end_" + line.strip()[6:].lower()
        elif _DRAWER.match(line) and line.strip().upper() != ":END:":
            until = re.compile(r"[ \t]*:END:|\*+ ", re.IGNORECASE)
        elif caption := re.match(r"[ \t]*#\+caption:[ \t]*(.+)", line, re.IGNORECASE):
            yield f"#+caption:{caption[1]}"
        elif not re.match(r"[ \t]*(?:#\+|# |#$|: |:$)", line) and not _PLANNING.match(line):
            yield line


class _Walker:
    def __init__(self) -> None:
        self.sink = Sink()
        self._open: list[tuple[str, int]] = []  # open lists: their tag and indentation
        self._block = ""  # paragraph, table, note: what the line before belongs to
        self._text: list[str] = []

    def line(self, line: str) -> None:
        if not line.strip():
            self._end_paragraph()
            self._end_table()
            if self._block == "note":
                self._end_note()
        elif line.startswith("#+"):
            self._marker(line)
        elif head := _HEADLINE.match(line):
            self.end()
            title = _HEAD_TAGS.sub("", _STATE.sub("", head[2], count=1))
            self._element(f"h{min(6, len(head[1]))}", title)
        elif note := _NOTE.match(line):
            self.end()
            self.sink.open("section", {"role": "doc-footnote"})
            self._block = "note"
            self._text = [note[2]]
        elif line.lstrip().startswith("|") and (row := _ROW.match(line)):
            self._end_paragraph()
            self._row(row[1], rule=bool(_RULE_ROW.match(line)))
        elif item := _ITEM.fullmatch(line):
            self._item(len(item[1].expandtabs()), item[2])
        elif re.fullmatch(r"[ \t]*-{5,}[ \t]*", line):
            self.end()
        else:
            self._prose(line)

    def end(self) -> None:
        """Ends all that is open, but quotes."""
        self._end_paragraph()
        self._end_table()
        self._end_lists(-1)
        if self._block == "note":
            self._end_note()

    def _marker(self, line: str) -> None:
        self.end()
        if line.startswith("#+caption:"):
            self._element("figcaption", line[10:])
        elif line.startswith("#+begin_quote"):
            self.sink.open("blockquote", {})
        elif line.startswith("#+end_quote"):
            self.sink.close("blockquote")

    def _prose(self, line: str) -> None:
        self._end_table()
        indent = len(line) - len(line.lstrip())
        if self._open and not self._text:
            self._end_lists(indent)
        self._text.append(line.strip())

    def _item(self, indent: int, text: str) -> None:
        self._end_paragraph()
        self._end_table()
        self._end_lists(indent)
        if not self._open or self._open[-1][1] < indent:
            self.sink.open("ul", {})
            self._open.append(("ul", indent))
        self.sink.open("li", {})
        self._text = [text.replace(" :: ", ": ", 1)]

    def _row(self, cells: str, *, rule: bool) -> None:
        if self._block != "table":
            self.sink.open("table", {})
            self._block = "table"
        if rule:
            return
        self.sink.open("tr", {})
        for cell in cells.split("|"):
            self._element("td", cell.strip())
        self.sink.close("tr")

    def _end_paragraph(self) -> None:
        if self._text:
            self._element("p", "\n".join(self._text))
            self._text = []

    def _end_table(self) -> None:
        if self._block == "table":
            self.sink.close("table")
            self._block = ""

    def _end_note(self) -> None:
        self._end_paragraph()
        self.sink.close("section")
        self._block = ""

    def _end_lists(self, indent: int) -> None:
        while self._open and self._open[-1][1] > indent:
            self.sink.close(self._open.pop()[0])

    def _element(self, tag: str, text: str) -> None:
        self.sink.open(tag, {})
        self._inline(text)
        self.sink.close(tag)

    def _inline(self, text: str, depth: int = 0) -> None:
        at = 0
        for found in _INLINE.finditer(text):
            feed_html(self.sink, text[at : found.start()].replace("<", "&lt;"))
            at = found.end()
            target, shown, code, mark, emphasis, snippet, formula, other_formula, date = found.groups()
            if target is not None:
                self._link(target, shown)
            elif code is not None:
                self.sink.writer.inline("code", code)
            elif emphasis is not None and depth < _MAX_EMPHASIS:
                self._emphasis("b" if mark == "*" else "i", emphasis, depth + 1)
            elif formula or other_formula:
                self.sink.writer.inline("math", formula or other_formula)
            elif snippet:
                feed_html(self.sink, snippet)
            elif date:
                self.sink.data(date)
        self.sink.data(text[at:])

    def _emphasis(self, tag: str, text: str, depth: int) -> None:
        self.sink.open(tag, {})
        self._inline(text, depth)
        self.sink.close(tag)

    def _link(self, target: str, shown: str | None) -> None:
        if _IMAGE.search(target) and (shown is None or _IMAGE.search(shown)):
            return
        self.sink.open("a", {"href": target})
        self.sink.data(target if shown is None else shown)
        self.sink.close("a")
