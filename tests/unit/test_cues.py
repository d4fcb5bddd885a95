"""Cues: each word in the tables does in a sentence what its row says."""

from __future__ import annotations

from typing import Any

import pytest

from pipeline.extract.claims.cues import Cue, load
from tests.cases import claims_of

BESIDE = {
    ("es", "before"): "El clúster de OpenAI tiene {} 10.000 GPUs.",
    ("es", "after"): "El clúster de OpenAI tiene 10.000 GPUs {}.",
    ("en", "before"): "OpenAI's cluster has {} 10,000 GPUs.",
    ("en", "after"): "OpenAI's cluster has 10,000 GPUs {}.",
}
FRAMES = {
    "es": ("OpenAI {} usar 10.000 GPUs.", "{} OpenAI usa 10.000 GPUs.", "OpenAI usa 10.000 GPUs, {}.",
           "OpenAI usa 10.000 GPUs ({})."),
    "en": ("OpenAI {} use 10,000 GPUs.", "{} OpenAI uses 10,000 GPUs.", "OpenAI uses 10,000 GPUs, {}.",
           "OpenAI uses 10,000 GPUs ({})."),
}  # fmt: skip


def rows(kind: str) -> list[Any]:
    return [
        pytest.param(cue, language, id=f"{cue.place} {language}")
        for cue in load(kind)
        for language in (("es", "en") if cue.language == "*" else (cue.language,))
    ]


@pytest.mark.parametrize(("cue", "language"), rows("bounds"))
def test_each_word_beside_a_number_makes_its_bound(cue: Cue, language: str) -> None:
    """Right before or right after a number each word says how exact the number is; a plus sign is glued to it."""
    for word in cue.words:
        text = BESIDE[language, cue.extra].format(word.replace("*", "")).replace(" GPUs +", "+ GPUs")
        found = [(c.value, c.bound) for c in claims_of({"text": text, "language": language})]
        assert found == [(10_000, cue.value)], text


@pytest.mark.parametrize(("cue", "language"), rows("modality"))
def test_each_word_about_firmness_has_a_place_where_it_counts(cue: Cue, language: str) -> None:
    """As the verb, before the sentence, behind a comma, or in brackets: in one of them each word says how firm it is."""
    for word in cue.words:
        plain = word.lstrip("^").replace("*", "")
        texts = [frame.format(plain) for frame in FRAMES[language]]
        found = [claims_of({"text": text[0].upper() + text[1:], "language": language}) for text in texts]
        assert cue.value in {claim.modality for claims in found for claim in claims}, plain
