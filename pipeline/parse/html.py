"""HTML to blocks: whole posts through BeautifulSoup, the scraps of HTML in Markdown through a small tokenizer."""

from __future__ import annotations

import re
import warnings
from html import unescape
from typing import TYPE_CHECKING, Final

from bs4 import BeautifulSoup, Tag, XMLParsedAsHTMLWarning
from bs4.element import NavigableString, PreformattedString

from pipeline.errors import PostError
from pipeline.parse.sink import Sink

if TYPE_CHECKING:
    from pipeline.records import Document

_TAG: Final = re.compile(r"<(?:(/)?([a-zA-Z][\w:-]*)((?:[^\"'<>]|\"[^\"]*\"|'[^']*')*)>|[!?][^<>]*>)")
_ATTRIBUTE: Final = re.compile(r"([^\s=\"'/<>]+)(?:\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'<>]+)))?")
_RAW: Final = {tag: re.compile(rf"</{tag}\s*>", re.IGNORECASE) for tag in ("script", "style", "textarea", "title")}
_MAX_DEPTH: Final = 200  # of elements; libxml2 gives up in silence at 256
_NO_ATTRIBUTES: Final[dict[str, str]] = {}


def parse_html(text: str, place: str) -> Document:
    """The text of a post in HTML, fragment or whole page. Raises PostError for one that no browser would show."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", XMLParsedAsHTMLWarning)  # a page with an XML head is a page all the same
        soup = BeautifulSoup(text, "lxml")
    root = soup.find("article") or soup.find("main") or soup.body or soup
    sink = Sink()
    _walk(root, sink, place)
    return sink.document()


def _walk(root: Tag, sink: Sink, place: str) -> None:
    """The tree in document order, without recursion: its depth is the author's, not ours."""
    path: list[Tag] = []
    node = root.next_element if root.contents else None
    while node is not None:
        parent = node.parent
        while path and path[-1] is not parent and parent is not root:
            sink.close(path.pop().name)
        while path and parent is root:
            sink.close(path.pop().name)
        if not path and parent is not root:
            return  # past the end of the root
        if isinstance(node, Tag):
            if len(path) > _MAX_DEPTH:
                message = f"{place}: HTML nested more than {_MAX_DEPTH} deep; export the post again, or flatten it"
                raise PostError(message, stage="parse")
            sink.open(node.name, _attributes_of(node))
            path.append(node)
        elif isinstance(node, NavigableString) and not isinstance(node, PreformattedString):  # no comments
            sink.data(node)
        node = node.next_element
    while path:
        sink.close(path.pop().name)


def _attributes_of(node: Tag) -> dict[str, str]:
    return {key: value if isinstance(value, str) else " ".join(value) for key, value in node.attrs.items()}


def feed_html(sink: Sink, html: str) -> None:
    """Hands a scrap of HTML to the sink: elements may stay open at its end, or be closed that it did not open."""
    at = 0
    length = len(html)
    while at < length:
        start = html.find("<", at)
        if start < 0:
            start = length
        if start > at:
            sink.data(unescape(html[at:start]))
        if start == length:
            return
        at = _feed_tag(sink, html, start)


def _feed_tag(sink: Sink, html: str, start: int) -> int:
    """Handles what begins with `<` and gives the place behind it."""
    if html.startswith("<!--", start):
        end = html.find("-->", start + 4)
        return end + 3 if end >= 0 else len(html)
    tag = _TAG.match(html, start)
    if tag is None:
        sink.data("<")
        return start + 1
    name = tag[2]
    if name is None:
        return tag.end()
    name = name.lower()
    if tag[1]:
        sink.close(name)
        return tag.end()
    sink.open(name, attributes(tag[3]) if tag[3] else _NO_ATTRIBUTES)
    if (raw := _RAW.get(name)) and (closing := raw.search(html, tag.end())):
        sink.close(name)
        return closing.end()
    return tag.end()


def attributes(source: str) -> dict[str, str]:
    """The attributes of a tag, from the text between its name and `>`.

    >>> attributes(' class="a b" hidden')
    {'class': 'a b', 'hidden': ''}
    """
    return {found[1].lower(): unescape(found[2] or found[3] or found[4] or "") for found in _ATTRIBUTE.finditer(source)}
