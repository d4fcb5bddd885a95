"""Claims: what is counted, of whom, how exactly and how firmly."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from pipeline.errors import ConfigError
from pipeline.extract.claims import explain_claims, find_claims
from pipeline.extract.claims.benchmarks import find_benchmarks
from pipeline.extract.claims.cues import ALLOWED, load, read_cues
from pipeline.extract.mentions.find import find_mentions
from pipeline.lexicon import Organization, load_lexicon
from pipeline.records import Block, Claim, Document, Inline, Mention
from tests.cases import cases, claims_of, document_of

CASES = cases("claims.jsonl", "hedges.jsonl")


def agrees(want: dict[str, Any], claim: Claim) -> bool:
    for key, value in want.items():
        found = getattr(claim, key)
        if key == "value":
            if found != pytest.approx(value, rel=1e-6):
                return False
        elif found not in (value if isinstance(value, list) else [value]):
            return False
    return True


@pytest.mark.parametrize("case", CASES, ids=[f"{n}: {case['label']}" for n, case in enumerate(CASES)])
def test_golden(case: dict[str, Any]) -> None:
    """Every expected claim is found with its fields, and nothing else is claimed."""
    left = list(claims_of(case["input"]))
    for want in case["expected"]:
        hit = next((claim for claim in left if agrees(want, claim)), None)
        assert hit is not None, f"not found: {want} among {left}"
        left.remove(hit)
    assert not left


@pytest.mark.parametrize("case", CASES[::7], ids=lambda case: case["label"])
def test_quotes_are_slices(case: dict[str, Any]) -> None:
    """`text[start:end]` is the quote, and the claims are sorted."""
    text = document_of(case["input"]).text
    claims = claims_of(case["input"])
    assert [text[c.start : c.end] for c in claims] == [c.quote for c in claims]
    assert [c.start for c in claims] == sorted(c.start for c in claims)


def test_reasons_go_with_the_claims() -> None:
    """Each decision about a claim has its line in the trace."""
    document = Document("OpenAI prevé usar más de 100.000 GPUs.")
    (explained,) = explain_claims(document, "es", find_mentions(document, "es"))
    trace = "\n".join(explained.trace)
    assert "'100.000' = 100000" in trace
    assert "metric hardware_quantity" in trace
    assert "min (bounds.csv:" in trace
    assert "'prevé' → planned (modality.csv:" in trace
    assert "subject of the clause: OpenAI" in trace


def test_subjects_that_are_mentions_keep_their_id() -> None:
    """An analyst can join claims to entities."""
    document = Document("OpenAI tiene 100.000 GPUs.")
    (claim,) = find_claims(document, "es", find_mentions(document, "es"))
    assert claim.subject_id == "org:openai"


def test_claims_are_read_with_the_lexicon_that_is_given() -> None:
    """Who has a lexicon of his own finds with it what is about AI because a lab of that lexicon is named."""
    document = Document("Nubarrón recaudó 40 millones de dólares.")
    mentions = (Mention("org", "Nubarrón", "Nubarrón", 0, 8, "org:nubarron", rule="test"),)
    own = replace(load_lexicon(), organizations=(Organization("Nubarrón", kind="lab"),))
    assert find_claims(document, "es", mentions) == ()
    (claim,) = find_claims(document, "es", mentions, lexicon=own)
    assert (claim.metric, claim.subject_id) == ("funding", "org:nubarron")


def test_code_and_formulas_hold_no_claims() -> None:
    """Numbers in inline code and LaTeX are not said by the author."""
    text = "GPT-4 usa `7B parámetros` y x = 100B parámetros."
    code = (Inline("code", 11, 24), Inline("math", 28, 47))
    document = Document(text, (Block("paragraph", 0, len(text)),), code)
    assert find_claims(document, "es", find_mentions(document, "es")) == ()


@pytest.mark.parametrize("kind", sorted(ALLOWED))
def test_shipped_cues_are_valid(kind: str) -> None:
    """The shipped cue files pass their own validator."""
    assert load(kind)


@pytest.mark.parametrize(
    ("body", "message"),
    [
        ("cue,language,value,side,note\ncasi,es,roughly,before,", "value is 'roughly'"),
        ("cue,language,value,side,note\n# fine\ncasi,fr,approx,before,", ":3: language is 'fr'"),
        ("cue,language,value,side,note\ncasi,es,approx", "3 fields; the header has 5"),
        ("cue,language,value,side,note\n|,es,approx,before,", "a cue is empty"),
        (
            "cue,language,value,side,note\ncasi,es,approx,before,\nunos|casi,es,min,before,",
            "'casi' stands in line 2 already",
        ),
        ("cue,language,value,note\ncasi,es,approx,", "expected cue,language,value,side,note"),
        ("", "empty"),
    ],
)
def test_a_bad_cue_names_file_and_line(tmp_path: Path, body: str, message: str) -> None:
    """Whoever edits the cues learns where the mistake is and what is allowed."""
    path = tmp_path / "bounds.csv"
    path.write_text(body, encoding="utf-8")
    with pytest.raises(ConfigError, match=r"bounds\.csv") as caught:
        read_cues(path)
    assert message in str(caught.value)


def test_the_longer_benchmark_wins() -> None:
    """MMLU-Pro is not MMLU, HumanEval+ is not HumanEval, and a word that begins like a benchmark is none."""
    assert [n.benchmark.name for n in find_benchmarks("MMLU-Pro, MMLU, MMLUx, HumanEval+ y SWE-bench Verified")] == [
        "MMLU-Pro",
        "MMLU",
        "HumanEval+",
        "SWE-bench Verified",
    ]
