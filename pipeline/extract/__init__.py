"""What a post says: who is mentioned, and which numbers are claimed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.errors import PostError
from pipeline.language import spanish_or_english
from pipeline.records import Extraction

if TYPE_CHECKING:
    from pipeline.records import Post

MAX_LENGTH = 5_000_000  # characters
_LANGUAGES = frozenset({"es", "en"})
_SAMPLE = 30_000  # characters that tell which of the two a text in another language is nearer to


def extract(post: Post) -> Extraction:
    """The mentions and claims of a post. Raises PostError where the text is beyond the extractor's means.

    A language other than Spanish and English is read with the rules of the one that it is nearer to. The components
    for spaCy (`pipeline.extract.components`) find the same; here nothing needs the tokens, a third of the time.
    """
    # The rules are loaded for the first post: 1,200 patterns, a second that a run without new posts need not wait.
    from pipeline.extract.claims import find_claims  # noqa: PLC0415
    from pipeline.extract.claims.checks import find_checks  # noqa: PLC0415
    from pipeline.extract.mentions.find import find_mentions  # noqa: PLC0415

    document, title = post.document, post.title
    if len(document.text) > MAX_LENGTH:
        message = (
            f"{post.source_id}: {post.path}: {len(document.text)} characters of text; at most {MAX_LENGTH} are read"
        )
        raise PostError(message, stage="extract")
    known = post.language in _LANGUAGES
    language = post.language if known else spanish_or_english(document.text[:_SAMPLE], default="en")
    mentions = find_mentions(document, language, title)
    claims = find_claims(document, language, mentions, title)
    return Extraction(mentions, claims, find_checks(document, language, claims))
