"""Which numbers are claimed of what, how exactly and how firmly.

    quantities -> metric (what is measured) -> scope, bound, modality (how it is said) -> subject (of what)

Each step is a module of its own and gives its reason; `explain_claims` hands them out with the claims. What a number
may be is in `data/cues/*.csv`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pipeline.extract.claims.cells import table_drafts
from pipeline.extract.claims.field import is_about_ai
from pipeline.extract.claims.names import name_claims
from pipeline.extract.claims.page import Page
from pipeline.extract.claims.prose import read_block
from pipeline.extract.claims.tables import tables_of
from pipeline.extract.claims.topic import Topic
from pipeline.lexicon import load_lexicon
from pipeline.records import Claim

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pipeline.extract.claims.draft import Draft
    from pipeline.lexicon import Lexicon
    from pipeline.records import Document, Mention

_UNIT_OF_MODELS = re.compile(
    r"par[áa]metros|parameters"
)  # so many of them tell a post about models that says nothing else

__all__ = ["Explained", "explain_claims", "find_claims"]


@dataclass(frozen=True, slots=True)
class Explained:
    """A claim, and the reasons for what it says: metric, scope, bound, modality, subject, one line each."""

    claim: Claim
    trace: tuple[str, ...]


def find_claims(
    document: Document,
    language: str,
    mentions: Sequence[Mention],
    title: str | None = None,
    lexicon: Lexicon | None = None,
) -> tuple[Claim, ...]:
    """The claims of a document, sorted by their place; `text[start:end] == quote`.

    >>> from pipeline.records import Document
    >>> [(c.metric, c.value, c.bound) for c in find_claims(Document("La IA pide más de 5.000 GPUs."), "es", ())]
    [('hardware_quantity', 5000.0, 'min')]
    """
    return tuple(explained.claim for explained in explain_claims(document, language, mentions, title, lexicon))


def explain_claims(
    document: Document,
    language: str,
    mentions: Sequence[Mention],
    title: str | None = None,
    lexicon: Lexicon | None = None,
) -> tuple[Explained, ...]:
    """The same claims, each with the reasons of the rules that decided."""
    page = Page(document, language, mentions, title, lexicon or load_lexicon())
    found = [Explained(claim, (claim.rule,)) for claim in name_claims(page.mentions)]
    found.extend(Explained(_claim(draft, page), draft.reasons) for draft in _drafts(page))
    unique = {(e.claim.start, e.claim.end, e.claim.metric, e.claim.value, e.claim.scope): e for e in found}
    return tuple(sorted(unique.values(), key=lambda e: (e.claim.start, e.claim.end, e.claim.metric, e.claim.value)))


def _drafts(page: Page) -> Iterator[Draft]:
    is_ai = is_about_ai(page)
    if not is_ai and not _UNIT_OF_MODELS.search(page.text):
        return
    topic = Topic.of(page)
    taken: set[int] = set()
    for table in tables_of(page) if is_ai else ():
        for draft in table_drafts(page, table, topic):
            taken.add(draft.sentence.block)
            yield draft
    for index in range(len(page.blocks)):
        if index in taken:
            continue
        drafts = read_block(page, index, topic, is_ai=is_ai)
        yield from drafts if not page.blocks[index].header else filter(_names_its_subject, drafts)


def _names_its_subject(draft: Draft) -> bool:
    """Whether the head of a column claims something: "RTX 4090 (24 GB)" does, "Fits 8 GB?" does not."""
    return draft.metric == "parameters" or (draft.subject is not None and draft.subject.name is not None)


def _claim(draft: Draft, page: Page) -> Claim:
    subject = draft.subject
    return Claim(
        draft.metric, draft.value, page.text[draft.start : draft.end], draft.start, draft.end, draft.lower, draft.upper,
        draft.bound, draft.modality, subject.name if subject else None, subject.entity_id if subject else None,
        draft.scope,
        "text", draft.hardware, draft.currency, draft.per, draft.benchmark, subject.reason if subject else "",
        subject.confidence if subject else 0.5,
    )  # fmt: skip
