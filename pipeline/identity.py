"""Stable ids: the same thing has the same id on every machine and in every run."""

from __future__ import annotations

import hashlib
import unicodedata
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pipeline.records import RawPost


def digest(*parts: str | bytes | None) -> str:
    """64 bits of SHA-256 over the parts, as 16 hexadecimal digits. A missing part differs from an empty one.

    >>> digest("a", "b") == digest("ab", "")
    False
    """
    h = hashlib.sha256()
    for part in parts:
        data = part.encode("utf-8", "surrogatepass") if isinstance(part, str) else part
        h.update(b"-" if data is None else b"%d:" % len(data) + data)
    return h.hexdigest()[:16]


def post_id(source_id: str, path: str) -> str:
    """The id of a post, from its source and its path there. Paths compare in NFC: macOS stores them decomposed."""
    return digest(source_id, unicodedata.normalize("NFC", path))


def content_hash(raw: RawPost) -> str:
    """Changes when anything that the post is made from changes."""
    fields = [text for key, value in sorted(raw.metadata.items()) for text in (key, value)]
    return digest(raw.format, raw.content, *fields)
