"""Arithmetic that a post states itself: "8 × 220B ≈ 1.8T", "27B × 2 bytes = 54 GB", "5 GW y 3 GW suman 8 GW".

    text -> quantities of a sentence -> a chain (factors or parts, and the result) -> does it come out?

A check says what the numbers give (`expected`) and what the post says (`found`). It is made only where the text joins
the numbers itself, or where a paragraph gives a training's hours, price and cost. Units are compared in their bases.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from itertools import pairwise
from math import fsum, prod
from typing import TYPE_CHECKING, TypeAlias

from pipeline.extract.fillers import TO_NUMBER
from pipeline.extract.numbers.tongue import writing
from pipeline.extract.quantities import read_quantities
from pipeline.extract.sentences import split_sentences
from pipeline.records import Block, Check

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pipeline.extract.quantity import Quantity
    from pipeline.records import Claim, Document, Relation

    Numbered: TypeAlias = tuple[int, Claim]  # a claim, and its index among all of the document's

_MAY_COMPUTE = re.compile(
    r"[=≈×*+]|\dx\d|\b(?:por|times|suman?|sumando|total\w*|combined|add\w* up|cada un[oa]|each|at|es decir|"
    r"that is|bytes)\b"
)
_TIMES = re.compile(
    r"(?:\s(?:expertos|experts|parámetros|parameters|tokens|GPUs?|chips))?(?:\s(?:de|of)\s[\w-]+)?\s?"
    r"(?:[×x*·⋅∙]|\\times|\bpor\b|\btimes\b|"
    r"\bmultiplicad[oa]s? por\b)\s?(?:los\s|las\s|unos\s|~|≈|\$)?",
    re.IGNORECASE,
)
_AT = re.compile(rf"\s(?:a|at|@)\s{TO_NUMBER}", re.IGNORECASE)
_OF = re.compile(rf"\s(?:de|of|with|con)\s{TO_NUMBER}", re.IGNORECASE)
_PLUS = re.compile(r"\s?\+\s?(?:los\s|las\s|otros\s)?", re.IGNORECASE)
_RESULT = re.compile(
    r"[^.;\d]{0,30}?(?:[=≈≃]|~|\b(?:son|salen|sale|dan|da|hacen|suman|suma|sumando|equivalen?|es decir|o sea|total|"
    r"totaling|that is|that['’]s|equals?|gives?|makes?|comes? to|works out (?:at|to)|adds? up to|adding up to|means|"
    r"lo que supone)\b)"
    r"[^.;\d]{0,30}?",
    re.IGNORECASE,
)
_SUMMED = re.compile(
    r"\b(?:suman|suma|sumando|que suma|totaling|totalling|adds? up to|adding up to|for a total of|para un total de)\b",
    re.IGNORECASE,
)
_ALTOGETHER = re.compile(r"\s?,?\s(?:en total|in total|altogether|combined|en conjunto)\b", re.IGNORECASE)
_ABOUT = re.compile(
    r"[≈≃~∼]|\b(?:unos|unas|casi|más o menos|aproximad\w+|about|around|roughly|nearly|almost|some)\b", re.IGNORECASE
)
_EACH = frozenset({"unit", "hour", "million_tokens", "thousand_tokens", "token", "day", "month"})
_PER = {"million_tokens": 1e-6, "thousand_tokens": 1e-3, "day": 1 / 24, "month": 1 / 730}  # to the base unit
_ADDITIVE = frozenset({"accelerator", "money", "watt", "watt_hour", "person", "token", "byte", "accelerator_hour"})
_SHORT = 30  # characters
_MANY, _LARGEST_NUMBER = 1e7, 8  # parameters, or bytes of a model; bytes of one parameter
_NEAR, _ROUGH = 0.05, 0.15  # how far a result may be off: as printed, and where the text says "about"


def find_checks(document: Document, language: str, claims: Sequence[Claim]) -> tuple[Check, ...]:
    """The arithmetic of a document that at least one of its claims takes part in, in the order of the text.

    >>> from pipeline.extract.claims import find_claims
    >>> from pipeline.records import Document
    >>> document = Document("La IA pide 27B de parámetros × 2 bytes = 54 GB de memoria.")
    >>> [(c.relation, c.expected, c.agrees) for c in find_checks(document, "es", find_claims(document, "es", ()))]
    [('product', 54000000000.0, True)]
    """
    said = [(number, claim) for number, claim in enumerate(claims) if claim.origin == "text"]
    starts = [claim.start for _, claim in said]
    found: list[Check] = []
    language = writing(document.text, language)
    for block in document.blocks or (Block("paragraph", 0, len(document.text)),):
        inside = said[bisect_left(starts, block.start) : bisect_left(starts, block.end)]
        if not inside or block.kind == "cell":
            continue
        if _MAY_COMPUTE.search(document.text, block.start, block.end):
            for start, end in split_sentences(document.text, block.start, block.end):
                if any(start <= c.start < end for _, c in inside):
                    found.extend(_of_sentence(document.text[start:end], start, language, inside))
        found.extend(_of_training(inside, found))
    return tuple(sorted(found, key=lambda check: (check.start, check.end)))


def _of_sentence(text: str, offset: int, language: str, claims: Sequence[Numbered]) -> list[Check]:
    quantities = [q for q in read_quantities(text, language) if q.lower is None and q.dimension != "percent"]
    found: list[Check | None] = []
    at = 0
    while at < len(quantities):
        chain, relation = _chain(text, quantities, at)
        if chain:
            found.append(_checked(text, offset, relation, chain, claims))
        at += max(len(chain), 1)
    if not found and (chain := _size_in_bytes(quantities)):
        found.extend(check for check in (_checked(text, offset, "product", chain, claims),) if check and check.agrees)
    if not found and (chain := _verbal_sum(text, quantities)):
        check = _checked(text, offset, "sum", chain, claims)
        found.append(check if check and (check.agrees or _SUMMED.search(text)) else None)
    return [check for check in found if check]


def _chain(text: str, quantities: Sequence[Quantity], at: int) -> tuple[list[Quantity], Relation]:
    """The longest "a × b × c = d" or "a + b = c" that begins with the quantity at `at`; empty without one."""
    for relation, joins in (("product", _multiplies), ("sum", _adds)):
        end = at
        while end + 1 < len(quantities) and joins(text, quantities[end], quantities[end + 1]):
            end += 1
        if end > at and end + 1 < len(quantities):
            result = quantities[end + 1]
            last = quantities[end]
            if _leads_to(text, max(last.end, last.per_end), result):
                return list(quantities[at : end + 2]), "product" if relation == "product" else "sum"
    return [], "product"


def _leads_to(text: str, start: int, result: Quantity) -> bool:
    """Whether what stands between says that this is the result."""
    gap = text[start : result.start]
    is_total = len(gap) < _SHORT and not re.search(r"[.;\d]", gap) and _ALTOGETHER.match(text, result.end)
    return bool(is_total or _RESULT.fullmatch(gap))


def _multiplies(text: str, first: Quantity, second: Quantity) -> bool:
    gap = text[max(first.end, first.per_end) : second.start]
    if _TIMES.fullmatch(gap):
        return True
    if second.dimension == "money" and second.per in _EACH and _AT.fullmatch(gap):
        return first.dimension in {"accelerator", "accelerator_hour", "token"}
    return first.dimension == "expert" and bool(_OF.fullmatch(gap))


def _adds(text: str, first: Quantity, second: Quantity) -> bool:
    return first.dimension == second.dimension and bool(_PLUS.fullmatch(text, first.end, second.start))


def _size_in_bytes(quantities: Sequence[Quantity]) -> list[Quantity]:
    """Parameters, bytes for each, and memory, told in a sentence: "each takes 2 bytes, so 7B need 14 GB"."""
    parameters = [q for q in quantities if q.dimension == "parameter" or (q.dimension == "bare" and q.value >= _MANY)]
    each = [q for q in quantities if q.dimension == "byte" and q.value <= _LARGEST_NUMBER]
    memory = [q for q in quantities if q.dimension == "byte" and q.value >= _MANY]
    if len(parameters) != 1 or len(each) != 1 or len(memory) != 1:
        return []
    return [parameters[0], each[0], memory[0]]


def _verbal_sum(text: str, quantities: Sequence[Quantity]) -> list[Quantity]:
    """Two or more parts and their total: "400 MW en Texas y 600 MW en Ohio, 1 GW en total"."""
    for at in range(2, len(quantities)):
        total = quantities[at]
        parts = [q for q in quantities[:at] if (q.dimension, q.currency) == (total.dimension, total.currency)]
        if len(parts) < 2 or total.dimension not in _ADDITIVE or any(q.per for q in parts):
            continue
        lead = text[parts[-1].end : total.start]
        if (_SUMMED.search(lead) and len(lead) < 60) or (_ALTOGETHER.match(text, total.end) and len(lead) < 60):
            return [*parts, total]
    return []


def _checked(
    text: str, offset: int, relation: Relation, chain: Sequence[Quantity], claims: Sequence[Numbered]
) -> Check | None:
    *parts, result = chain
    start, end = min(q.start for q in chain), max(q.end for q in chain)
    used = [_claim_at(claims, offset + q.start, offset + q.end) for q in (result, *parts)]
    if all(index is None for index in used) or result.value <= 0:
        return None
    expected = prod(_factors(parts)) if relation == "product" else fsum(q.value for q in parts)
    is_rough = bool(_ABOUT.search(text, start, end)) or bool(_ABOUT.search(text[max(0, start - 12) : start]))
    near = abs(expected - result.value) <= (_ROUGH if is_rough else _NEAR) * result.value
    return Check(
        relation, offset + start, offset + end, expected, result.value, near, tuple(i for i in used if i is not None)
    )


def _factors(parts: Sequence[Quantity]) -> list[float]:
    """What is multiplied: "57 días × 24 horas" is 57 times 24, "$3 per million tokens" a millionth for each."""
    times = [q for q in parts if q.dimension == "hour"]
    return [
        (q.number.value if q.dimension == "hour" and len(times) > 1 else q.value) * _PER.get(q.per or "", 1.0)
        for q in parts
    ]


def _claim_at(claims: Sequence[Numbered], start: int, end: int) -> int | None:
    return next((number for number, claim in claims if claim.start < end and start < claim.end), None)


def _of_training(claims: Sequence[Numbered], found: Sequence[Check]) -> Iterator[Check]:
    """A paragraph that gives hours, the price of an hour and the cost of one training, or chips, time and hours."""
    for factors, result in (
        (("hardware_hours", "price"), "training_cost"),
        (("hardware_quantity", "training_time"), "hardware_hours"),
    ):
        names = (*factors, result)
        groups = [[(i, c) for i, c in claims if c.metric == m and (m != "price" or c.per == "hour")] for m in names]
        if any(len(group) != 1 for group in groups):
            continue
        numbers, chain = zip(*(group[0] for group in groups), strict=True)
        start, end = min(c.start for c in chain), max(c.end for c in chain)
        if any(f.start < end and start < f.end for f in found) or not _same_subject(chain):
            continue
        expected, said = chain[0].value * chain[1].value, chain[2].value
        is_rough = any(c.bound != "exact" for c in chain)
        agrees = abs(expected - said) <= (_ROUGH if is_rough or result == "hardware_hours" else _NEAR) * said
        yield Check("product", start, end, expected, said, agrees, numbers[::-1])


def _same_subject(chain: Sequence[Claim]) -> bool:
    subjects = [c.subject for c in chain if c.subject and c.metric != "price"]
    return all(first == second for first, second in pairwise(subjects))
