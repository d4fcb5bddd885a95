"""A sentence read as if it were a post, with the reasons: the values behind `recuento explain`."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from pipeline.extract.claims import Explained, explain_claims
from pipeline.extract.claims.checks import find_checks
from pipeline.extract.mentions.find import find_mentions
from pipeline.language import spanish_or_english
from pipeline.process import read_post
from pipeline.records import RawPost

if TYPE_CHECKING:
    from pipeline.records import Check, Mention


class Reading(NamedTuple):
    """A text, who is mentioned in it, what is claimed, each claim with its reasons, and the arithmetic it states."""

    language: str
    mentions: tuple[Mention, ...]
    claims: tuple[Explained, ...]
    checks: tuple[Check, ...]
    text: str


def read_text(text: str, language: str | None = None) -> Reading:
    """The text read as a post of its own."""
    raw = RawPost("explain", "text.md", "markdown", text.encode(), {"language": language} if language else {})
    post = read_post(raw)
    known = language or spanish_or_english(text, "es")  # a sentence is too short for more languages
    mentions = find_mentions(post.document, known)
    claims = explain_claims(post.document, known, mentions)
    checks = find_checks(post.document, known, [explained.claim for explained in claims])
    return Reading(known, mentions, claims, checks, post.document.text)
