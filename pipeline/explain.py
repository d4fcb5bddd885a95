"""A sentence read as if it were a post, with the reasons: the values behind `recuento explain`."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from pipeline.extract.claims import Explained, explain_claims
from pipeline.extract.mentions import find_mentions
from pipeline.language import spanish_or_english
from pipeline.process import read_post
from pipeline.records import RawPost

if TYPE_CHECKING:
    from pipeline.records import Mention


class Reading(NamedTuple):
    """A text, who is mentioned in it, and what is claimed, each claim with the reasons that made it one."""

    language: str
    mentions: tuple[Mention, ...]
    claims: tuple[Explained, ...]


def read_text(text: str, language: str | None = None) -> Reading:
    """The text read as a post of its own."""
    raw = RawPost("explain", "text.md", "markdown", text.encode(), {"language": language} if language else {})
    post = read_post(raw)
    known = language or spanish_or_english(text, "es")  # a sentence is too short for more languages
    mentions = find_mentions(post.document, known)
    return Reading(known, mentions, explain_claims(post.document, known, mentions))
