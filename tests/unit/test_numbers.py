"""Numbers are read at their true scale, in both languages."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.errors import ConfigError
from pipeline.extract.numbers import read_numbers
from pipeline.extract.numbers import tables as number_tables
from tests.cases import cases

CASES = cases("numbers.jsonl")


def read(text: str, language: str) -> list[dict]:
    """The amounts of a text in the shape of the golden file."""
    found = []
    for number in read_numbers(text, language):
        if number.is_amount:
            case = {"surface": text[number.start : number.end], "value": number.value}
            found.append(case if number.lower is None else case | {"lower": number.lower, "upper": number.upper})
    return found


@pytest.mark.parametrize("case", CASES, ids=[f"{i}: {case['label']}" for i, case in enumerate(CASES, 1)])
def test_golden(case, request):
    """Each text of the golden file has exactly these amounts, at these values."""
    if case["origin"] == "known failure":
        request.applymarker(pytest.mark.xfail(strict=True, reason=case["comment"]))
    found = read(case["input"]["text"], case["input"]["language"])
    assert [f["surface"] for f in found] == [e["surface"] for e in case["expected"]]
    for have, want in zip(found, case["expected"], strict=True):
        assert {k: v for k, v in have.items() if k != "surface"} == pytest.approx(
            {k: v for k, v in want.items() if k != "surface"}, rel=1e-12
        )


def test_enough_cases():
    """A silent error of scale is the worst defect there is: a few hundred cases stand against it."""
    assert len(CASES) >= 300


def test_exact():
    """Scaling rounds nothing: 2.3M is 2300000, which binary multiplication misses."""
    assert [n.value for n in read_numbers("2.3M y 4,35 millones", "es")] == [2300000.0, 4350000.0]


def test_alternative():
    """A number whose writing leaves a doubt keeps its other reading."""
    numbers = read_numbers("La copia de 1.342 GB, los 12.500.000 y los 3 billones de euros.", "es")
    assert [n.alternative for n in numbers] == [1.342, None, 3e9]


def test_relations():
    """The parts of a product, of a mixture and of a family say so."""
    text = "8x7B, 235B-A22B, from 8B to 70B, Qwen3-235B-A22B"
    numbers = read_numbers(text, "en")
    assert [(n.relation, n.kind) for n in numbers] == [
        ("times", "cardinal"), ("each", "cardinal"), ("", "cardinal"), ("active", "cardinal"), ("low", "cardinal"),
        ("high", "cardinal"), ("", "name"), ("", "name"), ("active", "name"),
    ]  # fmt: skip


def test_years_are_flagged():
    """Four bare digits that may be a year are no amount by themselves."""
    assert [(n.value, n.kind) for n in read_numbers("en 2024 y en 1890, con 2049 y 2048", "es")] == [
        (2024, "year"), (1890, "cardinal"), (2049, "year"), (2048, "cardinal"),
    ]  # fmt: skip


@pytest.mark.parametrize("text", ["1" * 400, "5e999", "10^999", "mil " * 300, "1.234" * 90, "millones " * 50, "1e-999"])
def test_hostile_numbers(text):
    """Digits without end, towers of powers and words in a row are finite, or no amount."""
    assert all(abs(n.value) <= 1e60 for n in read_numbers(text, "es"))


@given(st.text(alphabet="0123456789.,'  -–xBkMT$€%^e×¹⁵milonesdy\n/", max_size=60))
def test_any_text(text):
    """Whatever the text, numbers are in order, do not overlap, and lie within it."""
    reached = 0
    for number in read_numbers(text, "es"):
        assert reached <= number.start < number.end <= len(text)
        reached = number.end


@given(st.integers(min_value=1000, max_value=10**9))
def test_grouped_integers(value):
    """An integer of more than three digits is the same in the writing of either language."""
    english = f"{value:,}"
    spanish = english.replace(",", ".")
    assert [n.value for n in read_numbers(f"los {spanish} parámetros de la casa", "es")] == [value]
    assert [n.value for n in read_numbers(f"the {english} parameters of the house", "en")] == [value]


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("alias,factor\n", r"t.csv:1: the header is alias,factor; expected alias,language"),
        ("alias,language,factor,form,note\nk,any,1e3\n", r"t.csv:2: 3 fields; the header has 5"),
        ("alias,language,factor,form,note\n,any,1e3,suffix,\n", r"t.csv:2: alias is empty"),
    ],
)
def test_broken_table(content, message, tmp_path, monkeypatch):
    """A table that does not fit its header is refused with file and line."""
    (tmp_path / "t.csv").write_text(content, encoding="utf-8")
    monkeypatch.setattr(number_tables, "resource", lambda *parts: tmp_path / parts[-1])
    with pytest.raises(ConfigError, match=message):
        list(number_tables.read_table("t.csv", number_tables.SCALE_HEADER))
