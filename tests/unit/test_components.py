"""The spaCy components, in pipelines that others build."""

from __future__ import annotations

from importlib.metadata import entry_points

import pytest
import spacy

from pipeline.errors import PostError
from pipeline.extract import extract
from pipeline.extract.components import DOCUMENT
from pipeline.records import Document, Inline, Mention, Post

TEXT = "OpenAI entrenó GPT-4 con 25k GPUs, y Meta prepara Llama 4."


@pytest.fixture
def nlp():
    made = spacy.blank("es")
    made.add_pipe("recuento_mentions")
    return made


def test_entry_points_are_registered():
    """spaCy finds the factories by their entry points, without an import of ours."""
    names = {point.name for point in entry_points(group="spacy_factories")}
    assert {"recuento_mentions", "recuento_claims"} <= names


def test_mentions_land_in_span_group_and_extension(nlp):
    """The span group covers the same places as the records in the extension."""
    doc = nlp(TEXT)
    assert [m.name for m in doc._.recuento_mentions] == ["OpenAI", "GPT-4", "Meta", "Llama 4"]
    assert all(isinstance(m, Mention) for m in doc._.recuento_mentions)
    assert [(s.text, s.label_, s.kb_id_) for s in doc.spans["recuento_mentions"]][:2] == [
        ("OpenAI", "ORG", "org:openai"),
        ("GPT-4", "MODEL", "model:gpt-4"),
    ]
    assert doc.ents == ()


def test_claims_component_runs_behind(nlp):
    """Claims are read from the doc that the mentions were found in."""
    nlp.add_pipe("recuento_claims")
    doc = nlp(TEXT)
    assert isinstance(doc._.recuento_claims, tuple)
    assert len(doc.spans["recuento_claims"]) <= len(doc._.recuento_claims)


def test_ents_by_option():
    """With `ents` the mentions are entities of the doc too."""
    nlp = spacy.blank("es")
    nlp.add_pipe("recuento_mentions", config={"ents": True})
    assert [e.label_ for e in nlp(TEXT).ents] == ["ORG", "MODEL", "ORG", "MODEL"]


def test_ents_of_others_stay():
    """What another component has found keeps its place where ours is not longer."""
    nlp = spacy.blank("es")
    ruler = nlp.add_pipe("entity_ruler")
    ruler.add_patterns([{"label": "PER", "pattern": "Ada Lovelace"}])
    nlp.add_pipe("recuento_mentions", config={"ents": True})
    assert [(e.text, e.label_) for e in nlp("Ada Lovelace no usó GPT-4.").ents] == [
        ("Ada Lovelace", "PER"),
        ("GPT-4", "MODEL"),
    ]


@pytest.mark.parametrize("foreign", [True, False])
def test_foreign_organizations_join_by_option(foreign):
    """Organizations of another component become mentions if they are asked for, marked with the rule."""
    nlp = spacy.blank("es")
    ruler = nlp.add_pipe("entity_ruler")
    ruler.add_patterns([{"label": "ORG", "pattern": "Panadería Sol"}])
    nlp.add_pipe("recuento_mentions", config={"foreign": foreign})
    rules = {m.name: m.rule for m in nlp("Panadería Sol y OpenAI firman.")._.recuento_mentions}
    assert rules.get("Panadería Sol") == ("foreign" if foreign else None)
    assert "OpenAI" in rules


def test_pipeline_survives_disk_and_bytes(nlp, tmp_path):
    """Saved and loaded, the pipeline finds the same."""
    nlp.add_pipe("recuento_claims")
    before = nlp(TEXT)._.recuento_mentions
    nlp.to_disk(tmp_path / "model")
    assert spacy.load(tmp_path / "model")(TEXT)._.recuento_mentions == before
    other = spacy.blank("es")
    other.add_pipe("recuento_mentions")
    other.add_pipe("recuento_claims")
    assert other.from_bytes(nlp.to_bytes())(TEXT)._.recuento_mentions == before


def test_pipe_in_batches(nlp):
    """`nlp.pipe` works as on any component."""
    docs = list(nlp.pipe([TEXT, "Nada.", TEXT]))
    assert [len(doc._.recuento_mentions) for doc in docs] == [4, 0, 4]


def test_document_in_user_data(nlp):
    """A parsed document brings its links, which are evidence."""
    text = "Usamos zorzal-base-es para los vectores."
    doc = nlp.make_doc(text)
    link = Inline("link", 7, 21, "https://huggingface.co/acme/zorzal-base-es")
    doc.user_data[DOCUMENT] = Document(text, inlines=(link,))
    doc = nlp.get_pipe("recuento_mentions")(doc)
    assert [m.surface for m in doc._.recuento_mentions] == ["zorzal-base-es"]


@pytest.mark.parametrize("language", ["es", "en", "ca", "und"])
def test_extract_in_any_language(language):
    """Names are found whatever the language of the post."""
    found = extract(Post("s", "p.md", Document(TEXT), language=language))
    assert [m.name for m in found.mentions] == ["OpenAI", "GPT-4", "Meta", "Llama 4"]


def test_a_language_that_is_not_known_is_read_as_the_nearer():
    """A post too short to tell its language is read as the one of the two that its words are of."""
    rumor, catalan = "Se rumorea que GPT-4.5 tiene 12,8 billones de parámetros.", "El clúster de xAI té 12.000 GPUs."
    found = [extract(Post("s", "p.md", Document(text), language="und")).claims for text in (rumor, catalan)]
    assert [(c.value, c.modality) for claims in found for c in claims] == [(12.8e12, "rumored"), (12000, "stated")]


def test_extract_of_an_empty_post():
    """An empty post says nothing."""
    assert extract(Post("s", "p.md", Document(""))).mentions == ()


def test_too_long_a_post_is_a_post_error():
    """A text beyond any post's length is refused by name, and does not take the memory of the machine."""
    with pytest.raises(PostError, match=r"s: p\.md: 5000001 characters"):
        extract(Post("s", "p.md", Document("a" * 5_000_001)))
