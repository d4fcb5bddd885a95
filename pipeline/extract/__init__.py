"""What a post says: who is mentioned, and which numbers are claimed."""

from __future__ import annotations

from functools import lru_cache
from importlib.metadata import PackageNotFoundError, version
from typing import TYPE_CHECKING

from pipeline.errors import PostError
from pipeline.identity import digest
from pipeline.lexicon import load_lexicon
from pipeline.resources import resource

if TYPE_CHECKING:
    from spacy.language import Language

    from pipeline.records import Extraction, Post

__all__ = ["extract", "extractor_version"]

RULES = "1"  # raise it when rules change without a new version of the package
_LANGUAGES = frozenset({"es", "en"})


def extract(post: Post) -> Extraction:
    """The mentions and claims of a post. Raises PostError where the text is beyond the extractor's means.

    A language other than Spanish and English is read with the English rules: names are names there too.
    """
    from pipeline.extract.components import DOCUMENT, TITLE, read_spans  # noqa: PLC0415 -- see _pipeline

    text = post.document.text
    nlp = _pipeline(post.language if post.language in _LANGUAGES else "en")
    if len(text) > nlp.max_length:
        message = f"{post.source_id}: {post.path}: {len(text)} characters of text; at most {nlp.max_length} are read"
        raise PostError(message, stage="extract")
    doc = nlp.make_doc(text)
    doc.user_data[DOCUMENT] = post.document
    doc.user_data[TITLE] = post.title
    for _, component in nlp.pipeline:
        doc = component(doc)
    return read_spans(doc)


@lru_cache(maxsize=1)
def extractor_version() -> str:
    """Names the rules and the data that an extraction was made with; changes when any of them does.

    >>> extractor_version() == extractor_version()
    True
    """
    try:
        package = version("recuento")
    except PackageNotFoundError:
        package = "0"
    data = [p for p in sorted(resource("data").rglob("*")) if p.suffix in {".csv", ".toml"} and "sample" not in p.parts]
    tables = [part for p in data if p.parent.name != "lexicon" for part in (p.name, p.read_bytes())]
    return f"{package}+{RULES}.{digest(load_lexicon().fingerprint, *tables)[:8]}"


@lru_cache(maxsize=4)
def _pipeline(language: str) -> Language:
    import spacy  # noqa: PLC0415 -- takes two seconds; a run that finds nothing new need not wait for it

    nlp = spacy.blank(language)
    nlp.max_length = 5_000_000
    nlp.add_pipe("recuento_mentions")
    nlp.add_pipe("recuento_claims")
    return nlp
