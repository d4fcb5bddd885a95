"""Mentions and claims as spaCy components, for anybody's pipeline.

    nlp = spacy.blank("es")
    nlp.add_pipe("recuento_mentions")
    nlp.add_pipe("recuento_claims")
    doc = nlp("OpenAI entrenó GPT-4 con 25k GPUs.")
    doc._.recuento_mentions, doc._.recuento_claims, doc.spans["recuento_mentions"]

Extensions: `Doc._.recuento_mentions` and `Doc._.recuento_claims` are tuples of the records in `pipeline.records`, with
offsets into `doc.text`. The span groups `recuento_mentions` and `recuento_claims` cover the same places in whole
tokens; a span's label is the kind (`MODEL`, `ORG`) or the metric in capitals, its `kb_id_` the entity's id. With
`ents=True` the mentions are written to `doc.ents` too, where nothing else stands. `Doc.user_data` may hold a parsed
document and a title under the keys `DOCUMENT` and `TITLE`; their blocks and links are evidence.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from spacy.language import Language
from spacy.tokens import Doc, Span
from spacy.util import filter_spans

from pipeline.extract.claims import find_claims
from pipeline.extract.mentions.find import find_mentions
from pipeline.records import Document, Mention

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

MENTIONS = "recuento_mentions"
CLAIMS = "recuento_claims"
DOCUMENT = "recuento_document"
TITLE = "recuento_title"


class _Component:
    """Has settings but no learnt state: saving it saves its place in the pipeline, which the config holds."""

    def to_bytes(self, **_: Any) -> bytes:
        """Nothing: the settings are in the pipeline's config."""
        return b""

    def from_bytes(self, _data: bytes, **_: Any) -> _Component:
        """Itself."""
        return self

    def to_disk(self, _path: Path, **_: Any) -> None:
        """Nothing: the settings are in the pipeline's config."""

    def from_disk(self, _path: Path, **_: Any) -> _Component:
        """Itself."""
        return self


class MentionsComponent(_Component):
    """Finds the mentions of a doc. `foreign` takes over ORG entities that another component found, as organizations."""

    def __init__(self, language: str, *, ents: bool, foreign: bool) -> None:
        self.language, self.ents, self.foreign = language, ents, foreign

    def __call__(self, doc: Doc) -> Doc:
        """The doc, with its mentions."""
        document = doc.user_data.get(DOCUMENT) or Document(doc.text)
        mentions = find_mentions(document, self.language, doc.user_data.get(TITLE))
        if self.foreign:
            mentions = _with_foreign(doc, mentions)
        doc._.set(MENTIONS, mentions)
        spans = _spans(doc, ((m.start, m.end, m.kind.upper(), m.entity_id) for m in mentions))
        doc.spans[MENTIONS] = spans
        if self.ents:
            doc.ents = filter_spans([*doc.ents, *spans])
        return doc


class ClaimsComponent(_Component):
    """Finds the claims of a doc, whose mentions another component has found."""

    def __init__(self, language: str) -> None:
        self.language = language

    def __call__(self, doc: Doc) -> Doc:
        """The doc, with its claims."""
        document = doc.user_data.get(DOCUMENT) or Document(doc.text)
        claims = find_claims(document, self.language, doc._.get(MENTIONS) or (), doc.user_data.get(TITLE))
        doc._.set(CLAIMS, claims)
        doc.spans[CLAIMS] = _spans(doc, ((c.start, c.end, c.metric.upper(), c.subject_id or "") for c in claims))
        return doc


@Language.factory(MENTIONS, default_config={"ents": False, "foreign": False})
def make_mentions(nlp: Language, name: str, *, ents: bool, foreign: bool) -> MentionsComponent:  # noqa: ARG001
    """The component `recuento_mentions`."""
    return MentionsComponent(nlp.lang or "und", ents=ents, foreign=foreign)


@Language.factory(CLAIMS)
def make_claims(nlp: Language, name: str) -> ClaimsComponent:  # noqa: ARG001
    """The component `recuento_claims`; it wants `recuento_mentions` before it."""
    return ClaimsComponent(nlp.lang or "und")


def _spans(doc: Doc, places: Iterable[tuple[int, int, str, str]]) -> list[Span]:
    spans = (doc.char_span(s, e, label=label, kb_id=kb, alignment_mode="expand") for s, e, label, kb in places)
    return [span for span in spans if span is not None]


def _with_foreign(doc: Doc, mentions: tuple[Mention, ...]) -> tuple[Mention, ...]:
    """The organizations of another component join where they overlap nothing."""
    from pipeline.extract.folding import slug  # noqa: PLC0415 -- only pipelines that bring a model need it

    taken = [(m.start, m.end) for m in mentions]
    free = (
        ent
        for ent in doc.ents
        if ent.label_ == "ORG" and not any(s < ent.end_char and ent.start_char < e for s, e in taken)
    )
    new = (
        Mention("org", e.text, e.text, e.start_char, e.end_char, f"org:{slug(e.text)}", emerging=True, rule="foreign")
        for e in free
    )
    return tuple(sorted((*mentions, *new), key=lambda m: m.start))


for _name in (MENTIONS, CLAIMS):
    if not Doc.has_extension(_name):
        Doc.set_extension(_name, default=())
