"""Markdown to blocks: CommonMark with what Hugo, GitHub and Obsidian add to it, straight from markdown-it's tokens."""

from __future__ import annotations

import re
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from markdown_it import MarkdownIt
from mdit_py_plugins.deflist import deflist_plugin
from mdit_py_plugins.dollarmath.index import math_block_dollar
from mdit_py_plugins.footnote import footnote_plugin

from pipeline.parse.html import feed_html
from pipeline.parse.math import plain_number
from pipeline.parse.rules import highlight_free, math_rule, obsidian_comment, strip_comments, wikilink
from pipeline.parse.shortcodes import strip_shortcodes
from pipeline.parse.sink import Sink

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from markdown_it.token import Token

    from pipeline.records import Document

_MAX_NESTING: Final = 40  # of lists and quotes; each level costs the parser some frames of the stack
_ATTRIBUTES: Final = re.compile(r"\{:?[ \t]*(?:[#.]|[\w-]{1,40}=)[^{}\n]*\}")
_IMAGE_ATTRIBUTES: Final = re.compile(r"\s*\{:?\s*[#.\w][^{}\n]*\}")
_CALLOUT: Final = re.compile(r"^\[![\w-]+(?:\|[^\]]*)?\][+-]?\s*")
_TASK: Final = re.compile(r"^\[[ xX/-]\]\s+")
_BLOCK_ID: Final = re.compile(r"\s\^(?=[\w-]*[a-zA-Z])[a-zA-Z0-9-]+$")
_LOST_NOTE: Final = re.compile(r"\[\^[\w-]+\]")
_LOST_MARK: Final = re.compile(r"(?<!\d)\*\*(?!\*)|(?<!\*)\*\*(?!\d)")  # a space on the wrong side of it; not 2**10
_TAGS: Final = {
    "paragraph": "p", "blockquote": "blockquote", "list_item": "li", "bullet_list": "ul", "ordered_list": "ol",
    "table": "table", "thead": "thead", "tbody": "tbody", "tr": "tr", "th": "th", "td": "td",
    "dl": "dl", "dt": "dt", "dd": "dd",
}  # fmt: skip
_NONE: Final[dict[str, str]] = {}


@cache
def _parser() -> MarkdownIt:
    parser = MarkdownIt("commonmark", {"html": True, "maxNesting": _MAX_NESTING}).enable(["table", "strikethrough"])
    parser.normalizeLink = parser.normalizeLinkText = _as_written  # type: ignore[method-assign,assignment]
    parser.use(footnote_plugin).use(deflist_plugin)
    parser.block.ruler.before("fence", "math_block", math_block_dollar(False, str, False))  # noqa: FBT003
    parser.inline.ruler.before("escape", "math", math_rule)
    parser.inline.ruler.before("link", "wikilink", wikilink)
    parser.inline.ruler.before("escape", "obsidian_comment", obsidian_comment)
    return parser


def _as_written(link: str) -> str:
    """A link's target, unencoded: nobody fetches it, and encoding is slow."""
    return link


def parse_markdown(text: str) -> Document:
    """The text of a post in Markdown."""
    source = highlight_free(strip_comments(strip_shortcodes(text)))
    tokens = _parser().parse(source)
    walker = _Walker(tokens)
    walker.run()
    if walker.sink.skipping:  # something opened that swallows all and is never closed: what follows is text after all
        walker = _Walker(tokens, closing_at_once=walker.sink.skipping)
        walker.run()
    return walker.sink.document()


class _Walker:
    """Hands the tokens to the sink, in order."""

    def __init__(self, tokens: Sequence[Token], closing_at_once: str = "") -> None:
        self.sink = Sink()
        self._tokens = tokens
        self._ignored = closing_at_once
        self._in_quote = False
        self._item_start = False

    def run(self) -> None:
        """All tokens."""
        sink = self.sink
        for token in self._tokens:
            kind = token.type
            if kind == "inline":
                self._inline(token)
            elif kind == "html_block":
                self._html(token.content)
            elif kind.endswith("_open"):
                self._open(token, kind[:-5])
            elif kind.endswith("_close"):
                self._close(token, kind[:-6])
            elif kind == "hr":
                sink.open("hr", _NONE)

    def _html(self, html: str) -> None:
        if self._ignored:
            html = re.sub(rf"<{self._ignored}\b", "<span", html, flags=re.IGNORECASE)
        feed_html(self.sink, html)

    def _open(self, token: Token, name: str) -> None:
        sink = self.sink
        if name == "paragraph" and token.hidden:
            return
        if name == "heading":
            sink.open(token.tag, _NONE)
        elif name == "footnote":
            sink.open("section", {"role": "doc-footnote"})
        elif tag := _TAGS.get(name):
            sink.open(tag, _NONE)
        self._in_quote = name == "blockquote" or (self._in_quote and name == "paragraph")
        self._item_start = name == "list_item" or (self._item_start and name == "paragraph")

    def _close(self, token: Token, name: str) -> None:
        if name == "paragraph" and token.hidden:
            return
        if name == "heading":
            self.sink.close(token.tag)
        elif name == "footnote":
            self.sink.close("section")
        elif tag := _TAGS.get(name):
            self.sink.close(tag)

    def _inline(self, token: Token) -> None:
        children = token.children or []
        texts = [child for child in children if child.type == "text"]
        if texts:
            self._trim(children, texts)
        sink, handlers = self.sink, _HANDLERS
        for child in children:
            if child.type == "text":
                sink.data(child.content)
            elif child.type == "html_inline":
                self._html(child.content)
            elif handler := handlers.get(child.type):
                handler(sink, child)
        self._in_quote = self._item_start = False

    def _trim(self, children: Sequence[Token], texts: Sequence[Token]) -> None:
        """Takes off what is no text: callouts and check boxes, ids, attributes of pictures, lost marks."""
        first, last = texts[0], texts[-1]
        if first is children[0] and first.content[:1] == "[":
            mark = _CALLOUT if self._in_quote else _TASK if self._item_start else None
            first.content = mark.sub("", first.content, count=1) if mark else first.content
            if mark is _CALLOUT and len(children) > 1 and children[1].type == "softbreak":
                children[1].type = "hardbreak"  # its title is a line of its own
        if last is children[-1] and last.content[-1:] == "}":
            start = last.content.rfind("{")
            if _ATTRIBUTES.fullmatch(last.content, start):
                last.content = last.content[:start]
        if last is children[-1] and "^" in last.content:
            last.content = _BLOCK_ID.sub("", last.content)
        for previous, child in pairwise(children):
            if child.type == "text" and child.content[:1] == "{" and previous.type in {"image", "link_close"}:
                child.content = _IMAGE_ATTRIBUTES.sub("", child.content, count=1)
        for text in texts:
            text.content = _clean(text.content)


def _clean(text: str) -> str:
    """Without the marks of notes that are nowhere defined, and bold marks that a stray space has disarmed."""
    if "[^" in text:
        text = _LOST_NOTE.sub("", text)
    return _LOST_MARK.sub("", text) if "**" in text else text


def _code(sink: Sink, token: Token) -> None:
    if not sink.skipping:
        sink.writer.inline("code", token.content)


def _math(sink: Sink, token: Token) -> None:
    if sink.skipping:
        return
    number = plain_number(token.content)
    if number:
        sink.data(number)
    else:
        sink.writer.inline("math", token.content)


def _link(sink: Sink, token: Token) -> None:
    sink.open("a", {"href": str(token.attrGet("href") or "")})


_HANDLERS: Final[dict[str, Callable[[Sink, Token], None]]] = {
    "softbreak": lambda sink, _: sink.data("\n"),
    "hardbreak": lambda sink, _: sink.open("br", _NONE),
    "code_inline": _code,
    "math_inline": _math,
    "link_open": _link,
    "link_close": lambda sink, _: sink.close("a"),
    "strong_open": lambda sink, _: sink.open("strong", _NONE),
    "strong_close": lambda sink, _: sink.close("strong"),
}
