"""Recorded feeds: RSS 2.0, RSS 1.0 and Atom files, such as a Substack's `/feed` saved to disk."""

from __future__ import annotations

import re
from dataclasses import dataclass
from html.entities import html5
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from lxml import etree  # type: ignore[import-untyped]

from pipeline.errors import SourceError
from pipeline.identity import digest
from pipeline.records import RawPost, Reject
from pipeline.sources.base import Kind, read_file, refuse, relative, words

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

EXTENSIONS = frozenset({".xml", ".rss", ".atom", ".rdf"})
_CUT = re.compile(r"(?:\[?(?:…|\.\.\.)\]?|(?:>|\b)(?:read more|leer más|seguir leyendo|continue reading)\b[^<]*)"
                  r"(?:\s|</?\w+[^>]*>|&\w+;|[→»])*$", re.IGNORECASE)  # fmt: skip
_WHOLE = 250  # words: what a generator calls a summary has seventy or so
_ROOT = re.compile(
    rb"(?:\xef\xbb\xbf)?\s*(?:<\?xml[^>]*\?>\s*)?(?:<\?[^>]*\?>\s*|<!--.*?-->\s*|<!DOCTYPE[^>\[]*(?:\[.*?\]\s*)?>\s*)*"
    rb"<(?:rss|rdf:RDF|(?:atom:)?feed)\b",
    re.DOTALL | re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class FeedSource:
    """A recorded feed. `root` is the folder that the file lies in, and posts are `file.xml#name`."""

    id: str
    root: Path
    file: Path
    language: str | None = None
    title: str | None = None
    base_url: str | None = None
    kind: Kind = "feed"
    is_complete: bool = False

    def posts(self) -> Iterator[RawPost | Reject]:
        """The items, in the order of the feed."""
        data = read_file(self.id, self.root, self.file)
        if isinstance(data, Reject):
            raise SourceError(data.message)
        yield from read_feed(data, self.id, relative(self.root, self.file), language=self.language)


def looks_like_feed(file: Path) -> bool:
    """True for an XML file whose first element is a feed's; a template or a sitemap is none."""
    try:
        with file.open("rb") as stream:
            return bool(_ROOT.match(stream.read(4096)))
    except OSError:
        return False


@dataclass(frozen=True, slots=True)
class Entry:
    """An item of a feed. `content` is None where it has none; `is_summary` where it stands in a summary's place."""

    name: str
    fields: dict[str, str | None]
    content: str | None
    is_summary: bool
    guid: str | None = None

    @property
    def is_whole(self) -> bool:
        """False where the page may hold more."""
        text = self.content or ""
        return bool(text.strip()) and not is_cut(text) and (not self.is_summary or words(text) >= _WHOLE)


def read_feed(data: bytes, source_id: str, path: str, *, language: str | None = None) -> Iterator[RawPost | Reject]:
    """The posts of a feed; a reject for an item without text. Raises SourceError where it is no feed.

    Declared entities are refused: no feed needs them, and they serve to read local files or to fill the memory.
    """
    taken: set[str] = set()
    for number, entry in enumerate(feed_entries(data, f"{source_id}: {path}", language=language), 1):
        place = f"{path}#{entry.name}"
        if place in taken:
            place = f"{place}-{digest(entry.guid, entry.fields['url'], str(number))[:6]}"
        taken.add(place)
        if entry.content is None:
            remedy = "the feed may hold summaries only; ask its author for the full text"
            yield refuse(source_id, place, f"item {number} has no text", remedy)
        else:
            fields = entry.fields if entry.is_whole else {**entry.fields, "preview": "true"}
            yield RawPost(source_id, place, "html", entry.content.encode("utf-8"), fields)


def feed_entries(data: bytes, label: str, *, language: str | None = None) -> Iterator[Entry]:
    """The items of a feed, in its order. Raises SourceError where it is no feed, or one that declares entities."""
    root = _parse(data, label)
    channel = _child(root, "channel")
    head = root if channel is None else channel
    spoken = language or _language(_text(head, "language") or root.get("{http://www.w3.org/XML/1998/namespace}lang"))
    items = [element for element in root.iter() if _name(element) in {"item", "entry"}]
    for number, item in enumerate(items, 1):
        fields = _fields(item, head)
        guid = _text(item, "guid", "id")
        yield Entry(
            _item_name(fields["url"], guid, number), {**fields, "language": spoken}, _content(item),
            is_summary=_child(item, "encoded", "content") is None, guid=guid,
        )  # fmt: skip


def is_cut(html: str) -> bool:
    """True where the text ends as teasers do.

    >>> is_cut("<p>Uno, dos […]</p>"), is_cut("<p>Uno, dos.</p>")
    (True, False)
    """
    return bool(_CUT.search(html.strip()[-400:]))


def feed_head(file: Path) -> tuple[str | None, str | None]:
    """The title of a feed and the site it belongs to, as far as it says."""
    try:
        root = _parse(file.read_bytes(), str(file))
    except (OSError, SourceError):
        return None, None
    channel = _child(root, "channel")
    head = root if channel is None else channel
    return _text(head, "title"), _link(head)


def _numeric(match: re.Match[bytes]) -> bytes:
    """An entity of HTML as XML can read it: feeds write `&nbsp;` without declaring it, and its loss glues words."""
    character = html5.get(match[1].decode("ascii"))
    if character is None or character in "&<>\"'":
        return match[0]
    return "".join(f"&#{ord(c)};" for c in character).encode("ascii")


def _parse(data: bytes, label: str) -> Any:
    """The root element. Broken XML is read as far as it goes, as all feed readers do."""
    parser = etree.XMLParser(recover=True, resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        root = etree.fromstring(re.sub(rb"&(\w{2,31};)", _numeric, data.strip()), parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise SourceError(f"{label}: not a readable feed ({error}); save it again") from None
    if root is None or _name(root) not in {"rss", "feed", "RDF"}:
        raise SourceError(f"{label}: not an RSS or Atom feed; name a recorded /feed, a folder of posts, or an export")
    document = root.getroottree().docinfo
    if document.internalDTD is not None and any(document.internalDTD.iterentities()):
        raise SourceError(f"{label}: declares XML entities, which feeds have no use for; do not trust this file")
    return root


def _name(element: Any) -> str:
    """The local name; a prefix that the feed forgot to declare counts as one. Comments have none."""
    return re.split("[}:]", element.tag)[-1] if isinstance(element.tag, str) else ""


def _child(element: Any, *names: str) -> Any:
    """The first child of the first name that has one; names are local, since feeds mix namespaces."""
    for name in names:
        for child in element:
            if _name(child) == name:
                return child
    return None


def _text(element: Any, *names: str) -> str | None:
    child = _child(element, *names)
    return " ".join("".join(child.itertext()).split()) or None if child is not None else None


def _link(element: Any) -> str | None:
    """RSS writes the address as text, Atom as an attribute, next to links with other purposes."""
    links = [child for child in element if _name(child) == "link"]
    for child in links:
        if child.get("rel", "alternate") == "alternate" and (url := (child.text or child.get("href") or "").strip()):
            return str(url)
    return None


def _fields(item: Any, head: Any) -> dict[str, str | None]:
    author = _child(item, "creator", "author")
    name = _text(author, "name") or " ".join("".join(author.itertext()).split()) if author is not None else None
    content = _child(item, "encoded", "content")
    subtitle = _text(item, "subtitle", "description", "summary") if content is not None else _text(item, "subtitle")
    return {
        "title": _text(item, "title"),
        "subtitle": subtitle if subtitle and "<" not in subtitle else None,
        "author": name or _text(head, "author"),
        "published": _text(item, "pubDate", "published", "date", "issued", "updated"),
        "url": _link(item) or _guid_url(item),
        "base_url": _link(head),
        "kind": "post",
    }


def _guid_url(item: Any) -> str | None:
    guid = _text(item, "guid", "id")
    return guid if guid and guid.startswith(("http://", "https://")) else None


def _content(item: Any) -> str | None:
    """The text as HTML: the full one, else the summary that stands in its place."""
    for name in ("encoded", "content", "description", "summary"):
        child = _child(item, name)
        if child is None:
            continue
        if len(child) and child.get("type") == "xhtml":
            return "".join(etree.tostring(part, encoding="unicode") for part in child)
        if text := "".join(child.itertext()).strip():
            return text
    return None


def _language(tag: str | None) -> str | None:
    return tag[:2].lower() if tag and re.match(r"[A-Za-z]{2}(?:[-_]|$)", tag) else None


def _item_name(url: str | None, guid: str | None, number: int) -> str:
    """A name that stays when the feed moves on: the end of the address, else the guid, else the position."""
    try:
        end = urlsplit(url).path.rstrip("/").rsplit("/", 1)[-1] if url else ""
    except ValueError:  # an address that is none
        end = ""
    return end or (digest(guid) if guid else str(number))
