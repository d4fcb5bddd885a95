"""The post in a web page: its text as HTML, without menus and footers, and what the page says about it."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from lxml import html as lxml_html  # type: ignore[import-untyped]
from lxml.etree import LxmlError  # type: ignore[import-untyped]

if TYPE_CHECKING:
    from collections.abc import Iterator

_ARTICLES = frozenset({"article", "blogposting", "newsarticle", "techarticle", "scholarlyarticle", "report"})
_MOST_DEPTH = 400  # elements inside each other; real pages have some forty
_DEEP = re.compile(rb"<(/?)(\w+)[^>]*?(/?)>")
_VOID = frozenset({b"area", b"base", b"br", b"col", b"embed", b"hr", b"img", b"input", b"link", b"meta", b"source",
                   b"track", b"wbr", b"p", b"li", b"path"})  # fmt: skip


@dataclass(frozen=True, slots=True)
class WebPage:
    """A page, read. `body` is None where no main text is found; `is_post` where the page says that it is an article."""

    body: str | None
    is_post: bool
    metadata: dict[str, str | None]
    canonical: str | None = None
    feeds: tuple[tuple[str, str], ...] = ()  # media type and address of the feeds it names
    generator: str = ""


def read_page(data: bytes, url: str, charset: str | None = None, *, with_text: bool = True) -> WebPage:
    """What a page holds. A page that is nested to death, or no HTML at all, has no text and says nothing."""
    text = _decoded(data, charset)
    if _depth(text.encode("utf-8", "replace")) > _MOST_DEPTH:
        return WebPage(None, is_post=False, metadata={})
    try:
        tree = lxml_html.document_fromstring(re.sub(r"^\s*<\?xml[^>]*\?>", "", text))
    except (LxmlError, ValueError, RecursionError):
        return WebPage(None, is_post=False, metadata={})
    meta = _meta(tree)
    data_ = next((each for each in _linked_data(tree) if _is_article(each)), None)
    return WebPage(
        body=main_text(text, url) if with_text else None,
        is_post=data_ is not None or _says_article(tree, meta),
        metadata=_metadata(tree, meta, data_ or {}),
        canonical=next((link.get("href") for link in tree.iter("link") if link.get("rel") == "canonical"), None),
        feeds=tuple(_feeds(tree, url)),
        generator=meta.get("generator", ""),
    )


def main_text(page: str, url: str) -> str | None:
    """The main text as HTML, None where there is none."""
    import trafilatura  # noqa: PLC0415 -- it takes a second, and only pages need it

    try:
        return trafilatura.extract(
            page, url=url, output_format="html", include_tables=True, include_links=True, include_formatting=True,
            include_comments=False, deduplicate=False, favor_recall=True,
        )  # fmt: skip
    except (RecursionError, LxmlError, ValueError):
        return None


def _decoded(data: bytes, charset: str | None) -> str:
    """The page's text: UTF-8 if it can be, whatever the server says; else what page or server declare."""
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        declared = re.search(rb"<meta[^>]+charset=[\"']?([\w-]+)", data[:4096], re.IGNORECASE)
        for name in (declared[1].decode("ascii") if declared else None, charset, "cp1252"):
            try:
                return data.decode(name or "cp1252", "replace")
            except LookupError:
                continue
        return data.decode("latin-1")


def _depth(data: bytes) -> int:
    """How deep elements stand inside each other, about: parsers build a tree of it, and walk it by recursion."""
    depth = deepest = 0
    for closing, name, empty in _DEEP.findall(data):
        if empty or name.lower() in _VOID:
            continue
        depth = max(0, depth + (-1 if closing else 1))
        deepest = max(deepest, depth)
    return deepest


def _says_article(tree: Any, meta: dict[str, str]) -> bool:
    """A post says so in its head, or is the one dated article of its page; lists have several, or none."""
    if meta.get("og:type") == "article" or "article:published_time" in meta:
        return True
    articles = sum(1 for _ in tree.iter("article"))
    return articles == 1 and any(time.get("datetime") for time in tree.iter("time"))


def _meta(tree: Any) -> dict[str, str]:
    found: dict[str, str] = {}
    for element in tree.iter("meta"):
        name = element.get("property") or element.get("name")
        if name and element.get("content"):
            found.setdefault(name.lower(), element.get("content").strip())
    return found


def _linked_data(tree: Any) -> Iterator[dict[str, Any]]:
    for element in tree.xpath('//script[@type="application/ld+json"]'):
        try:
            found = json.loads(element.text or "")
        except (ValueError, RecursionError):
            continue
        parts = found if isinstance(found, list) else found.get("@graph", [found]) if isinstance(found, dict) else []
        yield from (part for part in parts if isinstance(part, dict))


def _is_article(data: dict[str, Any]) -> bool:
    kinds = data.get("@type")
    return any(isinstance(k, str) and k.lower() in _ARTICLES for k in (kinds if isinstance(kinds, list) else [kinds]))


def _metadata(tree: Any, meta: dict[str, str], data: dict[str, Any]) -> dict[str, str | None]:
    language = (tree.get("lang") or meta.get("og:locale") or "")[:2].lower()
    author = data.get("author")
    names = [each.get("name") for each in (author if isinstance(author, list) else [author]) if isinstance(each, dict)]
    published = data.get("datePublished")
    return {
        "title": meta.get("og:title") or _string(data.get("headline")) or tree.findtext(".//title"),
        "author": ", ".join(n for n in names if isinstance(n, str)) or meta.get("author"),
        "published": _string(published) or meta.get("article:published_time") or _time(tree),
        "language": language if re.fullmatch("[a-z]{2}", language) else None,
    }


def _string(value: object) -> str | None:
    return value.strip() or None if isinstance(value, str) else None


def _time(tree: Any) -> str | None:
    return next((element.get("datetime") for element in tree.iter("time") if element.get("datetime")), None)


def _feeds(tree: Any, url: str) -> Iterator[tuple[str, str]]:
    from urllib.parse import urljoin  # noqa: PLC0415

    for link in tree.iter("link"):
        kind = (link.get("type") or "").lower()
        if "alternate" in (link.get("rel") or "").lower() and re.search(r"rss|atom|json", kind) and link.get("href"):
            yield kind, urljoin(url, link.get("href").strip())
