"""A Substack post, from the JSON that its API answers with or that its page carries. Pure."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

from pipeline.errors import SourceError
from pipeline.sources.base import words

if TYPE_CHECKING:
    from pipeline.http.client import Reply

_PAID = frozenset({"only_paid", "founding"})


def read_json(reply: Reply, source_id: str) -> Any:
    """The JSON of an answer, whatever its server says of its charset. Raises SourceError where it is none."""
    for charset in ("utf-8-sig", reply.charset or "cp1252"):
        try:
            return json.loads(reply.content.decode(charset))
        except (UnicodeDecodeError, LookupError):
            continue
        except (ValueError, RecursionError) as error:
            raise SourceError(f"{source_id}: {reply.url}: not valid JSON ({error}); try again later") from None
    raise SourceError(f"{source_id}: {reply.url}: in no known charset; tell the site")


def preloaded_post(page: bytes) -> dict[str, Any] | None:
    """The post in a Substack page: it carries its own JSON, encoded twice. None where it does not."""
    text = page.decode("utf-8", "replace")
    found = re.search(r"window\._preloads\s*=\s*JSON\.parse\((\"(?:[^\"\\]|\\.)*\")\)", text)
    try:
        post = json.loads(json.loads(found[1])).get("post") if found else None
    except (ValueError, AttributeError, RecursionError):
        return None
    return post if isinstance(post, dict) else None


def body_of(post: dict[str, Any]) -> tuple[str, bool]:
    """The text as HTML, and whether it is only the beginning: a paid post is cut without a mark, but not counted so."""
    body = post.get("body_html")
    count = post.get("wordcount")
    whole = count if isinstance(count, int) else 0
    if not isinstance(body, str) or not body.strip():
        start = post.get("truncated_body_text")
        text = _escape(start) if isinstance(start, str) else ""
        return f"<p>{text}</p>", whole > words(text)
    paid = post.get("audience") in _PAID
    return body, paid and words(body) < 0.9 * whole


def _escape(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;")


def metadata_of(post: dict[str, Any]) -> dict[str, str | None]:
    """What is known of the post beside its text, under the names of RawPost."""
    names = [each.get("name") for each in post.get("publishedBylines") or [] if isinstance(each, dict)]
    return {
        "title": _text(post, "title"),
        "subtitle": _text(post, "subtitle"),
        "author": ", ".join(name for name in names if isinstance(name, str)) or None,
        "published": _text(post, "post_date"),
        "url": _text(post, "canonical_url"),
        "language": (_text(post, "language") or "")[:2].lower() or None,
        "audience": _text(post, "audience"),
        "kind": _text(post, "type") or "post",
        "draft": "true" if post.get("is_published") is False else "false",
    }


def _text(post: dict[str, Any], key: str) -> str | None:
    value = post.get(key)
    return value.strip() or None if isinstance(value, str) else None
