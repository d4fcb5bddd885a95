"""What a post says: who is mentioned, and which numbers are claimed."""

from __future__ import annotations

from functools import lru_cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.errors import PostError
from pipeline.extract.reach import everywhere
from pipeline.identity import digest
from pipeline.lexicon import load_lexicon
from pipeline.records import Extraction
from pipeline.resources import resource

if TYPE_CHECKING:
    from pipeline.records import Post

__all__ = ["extract", "extractor_version"]

MAX_LENGTH = 5_000_000  # characters
_LANGUAGES = frozenset({"es", "en"})


def extract(post: Post) -> Extraction:
    """The mentions and claims of a post. Raises PostError where the text is beyond the extractor's means.

    A language other than Spanish and English is read with the English rules: names are names there too. The components
    for spaCy (`pipeline.extract.components`) find the same; here nothing needs the tokens, a third of the time.
    """
    # The rules are loaded for the first post: 1,200 patterns, a second that a run without new posts need not wait.
    from pipeline.extract.claims import find_claims  # noqa: PLC0415
    from pipeline.extract.claims.checks import find_checks  # noqa: PLC0415
    from pipeline.extract.mentions import find_mentions  # noqa: PLC0415

    document, title = post.document, post.title
    if len(document.text) > MAX_LENGTH:
        message = (
            f"{post.source_id}: {post.path}: {len(document.text)} characters of text; at most {MAX_LENGTH} are read"
        )
        raise PostError(message, stage="extract")
    language = post.language if post.language in _LANGUAGES else "en"
    mentions = find_mentions(document, language, title)
    claims = find_claims(document, language, mentions, title)
    return Extraction(mentions, claims, find_checks(document, language, claims))


@lru_cache(maxsize=1)
def extractor_version() -> str:
    """Names the rules and the data that an extraction was made with; changes when any of them does, by itself.

    Of the lexicon only what bears on every text counts; which texts a changed name bears on says `reach`.

    >>> extractor_version() == extractor_version()
    True
    """
    try:
        package = version("recuento")
    except PackageNotFoundError:
        package = "0"
    data = [p for p in sorted(resource("data").rglob("*")) if p.suffix in {".csv", ".toml"} and "sample" not in p.parts]
    tables = [part for p in data if p.parent.name != "lexicon" for part in (p.name, p.read_bytes())]
    rules = [part for p in sorted(Path(__file__).parent.rglob("*.py")) for part in (p.name, p.read_bytes())]
    return f"{package}+{digest(*rules)[:8]}.{digest(everywhere(load_lexicon()), *tables)[:8]}"
