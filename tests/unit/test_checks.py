"""Checks: arithmetic that a post states, and whether it comes out."""

from __future__ import annotations

from typing import Any

import pytest

from pipeline.extract import extract
from pipeline.extract.claims import find_claims
from pipeline.extract.claims.checks import find_checks
from pipeline.extract.mentions.find import find_mentions
from pipeline.records import Block, Document, Post
from tests.cases import cases

CASES = cases("checks.jsonl")


@pytest.mark.parametrize("case", CASES, ids=[f"{n}: {case['label']}" for n, case in enumerate(CASES)])
def test_golden(case: dict[str, Any]) -> None:
    """The arithmetic of a text is found, with what its numbers give and whether that is what it says; no other."""
    text, language = case["input"]["text"], case["input"]["language"]
    document = Document(text)
    claims = find_claims(document, language, find_mentions(document, language))
    checks = find_checks(document, language, claims)
    found = [(c.relation, c.found, c.agrees, text[c.start : c.end]) for c in checks]
    assert found == [(e["relation"], e["found"], e["agrees"], e["words"]) for e in case["expected"]]
    assert [c.expected for c in checks] == [pytest.approx(e["expected"]) for e in case["expected"]]


def test_the_result_comes_first() -> None:
    """`claims` are places among the post's claims, that of the result first."""
    document = Document("GPT-4 tiene 8 expertos de 220B, es decir, 1,76 billones de parámetros.")
    extraction = extract(Post("blog", "a.md", document, language="es"))
    (check,) = extraction.checks
    assert [extraction.claims[i].value for i in check.claims] == [1.76e12, 8, 220e9]


def test_numbers_of_two_paragraphs_are_not_joined() -> None:
    """A price in one paragraph and hours in another are no arithmetic of the post."""
    parts = ("Training Brisa took 2 million H800 GPU hours.", "Renting an H800 costs $2 an hour; training cost $9M.")
    text = "\n\n".join(parts)
    blocks = tuple(Block("paragraph", text.find(part), text.find(part) + len(part)) for part in parts)
    document = Document(text, blocks)
    claims = find_claims(document, "en", find_mentions(document, "en"))
    assert {c.metric for c in claims} >= {"hardware_hours", "price"}
    assert not find_checks(document, "en", claims)
