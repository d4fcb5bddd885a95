"""From a post's repaired text to a `Post`: its head, and its plain text in blocks. Pure.

front matter -> head (title, author, date, draft, address)
body         -> Markdown, HTML or org -> element events (sink) -> blocks of plain text (writer)
"""

from __future__ import annotations

import re
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Final

from pipeline.errors import PostError
from pipeline.language import detect
from pipeline.parse.frontmatter import FrontMatter, split_front_matter
from pipeline.parse.head import (
    find_author,
    find_date,
    find_kind,
    find_language,
    find_title,
    find_url,
    is_draft,
    text_of,
)
from pipeline.parse.html import parse_html
from pipeline.parse.markdown import parse_markdown
from pipeline.parse.org import org_fields, parse_org
from pipeline.parse.shortcodes import strip_shortcodes
from pipeline.records import Post

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pipeline.records import Document, RawPost, RepairReport


_LONE: Final = re.compile("[\ud800-\udfff]")  # halves of surrogate pairs: no encoder takes them


def parse_post(raw: RawPost, text: str, metadata: Mapping[str, str | None], report: RepairReport) -> Post:
    """The post. `text` is the decoded, repaired content, `metadata` the repaired form of `raw.metadata`.

    Raises PostError naming source, post and line where the post cannot be read.
    """
    place = f"{raw.source_id}: {raw.path}"
    text = _LONE.sub("\ufffd", text.replace("\r\n", "\n").replace("\r", "\n"))
    head = _head(raw, text, place)
    try:
        document = _document(raw, head, place)
    except RecursionError as error:
        raise PostError(f"{place}: nested too deeply to be read; flatten it", stage="parse") from error
    fields = head.fields
    published = find_date(fields, metadata, raw.path)
    declared = find_language(fields, metadata)
    return Post(
        source_id=raw.source_id,
        path=raw.path,
        document=document,
        title=find_title(fields, metadata) or _other_title(raw, head, metadata, document),
        author=find_author(fields, metadata),
        url=find_url(fields, metadata, raw.path, published),
        published=published,
        language=detect(_own_words(document), declared or "und"),
        draft=is_draft(fields, metadata),
        audience=text_of(metadata.get("audience")),
        repair=report,
        kind=find_kind(fields, metadata),
        preview=metadata.get("preview") == "true",
    )


def _own_words(document: Document) -> str:
    """What the author wrote: quotes may be in another language, tables in none."""
    own = "\n".join(document.text[b.start : b.end] for b in document.blocks if b.kind not in {"quote", "cell"})
    return own if len(own) > 200 else document.text


def _head(raw: RawPost, text: str, place: str) -> FrontMatter:
    head = split_front_matter(text, place)
    if raw.format != "org":
        return head
    fields, body = org_fields(head.body)
    return FrontMatter({**fields, **head.fields}, body, head.present or bool(fields))


def _document(raw: RawPost, head: FrontMatter, place: str) -> Document:
    if raw.format == "markdown":
        return parse_markdown(head.body)
    if raw.format == "org":
        return parse_org(head.body)
    # only generators put front matter before HTML, and only they know shortcodes
    return parse_html(strip_shortcodes(head.body) if head.present else head.body, place)


def _other_title(raw: RawPost, head: FrontMatter, metadata: Mapping[str, str | None], document: Document) -> str | None:
    """The title of a post that gives none: its first heading; of a note without any head, its file's name."""
    if "title" in head.fields or metadata.get("title") is not None or raw.format == "html":
        return None
    first = next(iter(document.blocks), None)
    if first and first.kind == "heading" and first.level == 1:
        return document.text[first.start : first.end]
    stem = PurePosixPath(raw.path.rsplit("#", 1)[0]).stem
    return None if head.present or stem.lower() in {"index", "_index"} else text_of(stem)


__all__ = ["parse_post"]
