"""Quantities have the right dimension, value, unit, currency, chip and denominator."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.extract.quantities import read_quantities
from tests.cases import cases

CASES = cases("quantities.jsonl")


@pytest.mark.parametrize("case", CASES, ids=[f"{i}: {case['label']}" for i, case in enumerate(CASES, 1)])
def test_golden(case):
    """Each text of the golden file has exactly these quantities, with the fields that it names."""
    text = case["input"]["text"]
    found = read_quantities(text, case["input"]["language"])
    assert [(text[q.start : q.end], q.dimension) for q in found] == [
        (e["surface"], e["dimension"]) for e in case["expected"]
    ]
    for quantity, expected in zip(found, case["expected"], strict=True):
        for field in expected.keys() - {"surface", "dimension"}:
            want = expected[field]
            assert getattr(quantity, field) == (
                pytest.approx(want, rel=1e-9) if isinstance(want, float | int) else want
            )


def test_per_phrase_is_consumed():
    """The million of "per 1M tokens" is no quantity of tokens; where it ends is kept."""
    text = "$3 per 1M tokens"
    (quantity,) = read_quantities(text, "en")
    assert text[quantity.end : quantity.per_end] == " per 1M tokens"


@given(st.text(alphabet="0123456789.,- xBkMT$€% GPUsHhdeyunatoks/\n", max_size=80))
def test_any_text(text):
    """Whatever the text, quantities are in order, do not overlap, and hold their number."""
    reached = 0
    for quantity in read_quantities(text, "es"):
        assert reached <= quantity.start <= quantity.number.start < quantity.number.end <= quantity.end <= len(text)
        reached = quantity.end
