"""Mentions: what is found, under which name, and what is left alone. Cases: `tests/golden/mentions.jsonl`."""

from __future__ import annotations

import json
import shutil
from itertools import pairwise
from pathlib import Path

import pytest

from pipeline.extract.mentions.find import find_mentions
from pipeline.lexicon import load_lexicon
from pipeline.parse.markdown import parse_markdown
from pipeline.records import Block, Document, Inline
from pipeline.resources import resource

CASES = [
    json.loads(line)
    for line in (Path(__file__).parents[1] / "golden" / "mentions.jsonl").read_text(encoding="utf-8").splitlines()
]


def found(text, language="es", title=None, **parts):
    return find_mentions(Document(text, **parts), language, title)


@pytest.mark.parametrize(
    "case",
    [
        pytest.param(
            case,
            id=case["label"],
            marks=pytest.mark.xfail(strict=True) if case["origin"] == "known failure" else (),
        )
        for case in CASES
    ],
)
def test_golden(case):
    """The mentions of each case, in order; `*` stands for any name."""
    mentions = found(case["input"]["text"], case["input"]["language"])
    wanted = case["expected"]
    got = [
        [m.kind, "*" if at < len(wanted) and wanted[at][1] == "*" else m.name, m.surface]
        for at, m in enumerate(mentions)
    ]
    assert got == wanted, case["comment"]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["label"])
def test_offsets(case):
    """The surface is the text between the offsets; mentions are in order and do not overlap."""
    text = case["input"]["text"]
    mentions = found(text, case["input"]["language"])
    assert all(text[m.start : m.end] == m.surface for m in mentions)
    assert all(a.end <= b.start for a, b in pairwise(mentions))


def test_ids_are_one_whatever_the_spelling():
    """The id depends on the name, not on how it is spelled here."""
    text = "GPT-4-turbo, gpt-4-turbo, GPT4 Turbo y GPT-4 Turbo."
    assert {(m.name, m.entity_id) for m in found(text)} == {("GPT-4 Turbo", "model:gpt-4-turbo")}


def test_family_and_maker_are_attached():
    """A model carries its family and its maker, so that a family's mentions are one query."""
    (mention,) = found("Probé Llama-3.1-8B-Instruct.")
    assert (mention.family, mention.maker) == ("Llama", "Meta") or mention.maker == "Meta AI"
    assert not mention.emerging


def test_unknown_model_is_emerging():
    """A name that only behaves like a model is marked, for the curator to confirm."""
    (mention,) = found("Se presentó Quetzal-13B, entrenado en español.")
    assert mention.emerging
    assert mention.family is None


def test_link_to_a_model_card_is_evidence():
    """A link's target says that its text names a model."""
    text = "Usamos zorzal-base-es para los vectores."
    link = Inline("link", 7, 21, "https://huggingface.co/acme/zorzal-base-es")
    (mention,) = found(text, inlines=(link,))
    assert (mention.kind, mention.surface, mention.emerging) == ("model", "zorzal-base-es", True)


def test_link_to_a_data_set_is_none():
    """Data sets and articles on the same site are no models."""
    text = "Usamos zorzal-base-es para los vectores."
    for part in ("datasets/acme", "blog", "papers"):
        link = Inline("link", 7, 21, f"https://huggingface.co/{part}/zorzal-base-es")
        assert found(text, inlines=(link,)) == ()


def test_title_and_topic_decide_for_doubtful_names():
    """The same sentence names the model in a post about models, and nobody elsewhere."""
    sentence = "Ayer Gemini me sorprendió."
    about = "ChatGPT, GPT-4 y DeepSeek-R1 compiten en todos los benchmarks de LLM. "
    assert found(sentence) == ()
    assert found(about + sentence)[-1].name == "Gemini"


def test_heading_in_title_case():
    """In a line of capitals a capital behind a name makes no surname of it."""
    text = "Using Claude Effectively With Long Prompts\nGPT-4 and ChatGPT are LLMs too."
    mentions = found(text, "en", blocks=(Block("heading", 0, 42, 1), Block("paragraph", 43, len(text))))
    assert [m.name for m in mentions] == ["Claude", "GPT-4", "ChatGPT"]


def test_empty_text():
    """Nothing is found in nothing."""
    assert found("") == ()
    assert found("\n\n") == ()


def test_head_of_the_column():
    """Below the head Company an ordinary word is a company; below another head it is not."""
    table = "| {} | Ronda |\n|---|---|\n| Runway | 308 M$ |\n| Magic | 320 M$ |\n"
    for head, names in (("Empresa", ["Runway", "Magic"]), ("Truco", [])):
        document = parse_markdown(table.format(head))
        assert [m.name for m in find_mentions(document, "es")] == names


def test_beside_models_in_a_table():
    """In a column of models an unknown name with a number is one; among other things it is none."""
    table = (
        "| | Nota |\n|---|---|\n| {} | 61 |\n| {} | 66 |\n| Junco-3 Base | 64 |\n\nLlama 3 y GPT-4 son LLM. Junco-3.\n"
    )
    for others, names in ((("Qwen3-14B", "Gemma 3 12B"), ["Junco-3-Base", "Junco-3"]), (("Mesa 4", "Silla 5"), [])):
        mentions = find_mentions(parse_markdown(table.format(*others)), "es")
        assert [m.name for m in mentions if m.emerging] == names


def test_a_name_spelt_like_a_cue(tmp_path):
    """A name may be spelt like a word that says what a post is about; where it is no name, that word is none either."""
    folder = shutil.copytree(resource("data", "lexicon"), tmp_path / "lexicon")
    families = folder / "families.csv"
    families.write_text(families.read_text("utf-8") + "Chispa,OpenAI,GPUs,language,2025,,num,GPUs,own,\n", "utf-8")
    text = "OpenAI compra GPUs. GPUs para GPT-4, y más GPUs."
    mentions = find_mentions(Document(text), "es", None, load_lexicon(folder))
    assert [mention.name for mention in mentions if mention.name != "Chispa"] == ["OpenAI", "GPT-4"]


@pytest.mark.parametrize(
    ("items", "names"),
    [
        (["Meta, con prisa, compra chips.", "Amazon, con calma, también."], ["Meta", "Amazon"]),
        (["Meta del trimestre: crecer.", "Amazon, con calma, también."], ["Amazon"]),
    ],
)
def test_items_of_a_list_begin_alike(items, names):
    """A doubtful name at the head of an item is an organization where the items beside it begin with one so."""
    lead = "Noticias de la IA y los modelos de lenguaje."
    blocks, text = [Block("paragraph", 0, len(lead))], lead
    for item in items:
        text += "\n\n"
        blocks.append(Block("item", len(text), len(text) + len(item)))
        text += item
    assert [m.name for m in found(text, blocks=tuple(blocks))] == names
