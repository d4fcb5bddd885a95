"""A sentence read as if it were a post: the values behind `recuento explain`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.extract import extract
from pipeline.process import read_post
from pipeline.records import RawPost

if TYPE_CHECKING:
    from pipeline.records import Extraction, Post


def read_text(text: str, language: str | None = None) -> tuple[Post, Extraction]:
    """The text as a post of one paragraph, and what is said in it."""
    raw = RawPost("explain", "text.md", "markdown", text.encode(), {"language": language} if language else {})
    post = read_post(raw)
    return post, extract(post)
