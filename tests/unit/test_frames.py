"""The plain ways to say a number of somebody: each sentence, of each subject, is read alike."""

from __future__ import annotations

from typing import Any

import pytest

from tests.cases import cases, claims_of

LEAD = {
    "es": "Novedades de inteligencia artificial y modelos de lenguaje.",
    "en": "News about artificial intelligence and language models.",
}


def plain(name: str | None) -> str:
    return (name or "").replace(" ", "").replace("-", "")


@pytest.mark.parametrize("case", cases("frames.jsonl"), ids=lambda case: f"{case['language']} {case['metric']}")
def test_each_sentence_is_read(case: dict[str, Any]) -> None:
    """One claim of the metric and value, stated, of the subject; nothing else."""
    for sentence in case["sentences"]:
        for subject in case["subjects"]:
            text = sentence.replace("{S}", subject)
            blocks = [["paragraph", LEAD[case["language"]], {}], ["paragraph", text, {}]]
            found = claims_of({"blocks": blocks, "language": case["language"]})
            said = [(c.metric, pytest.approx(c.value), plain(c.subject), c.modality) for c in found]
            assert said == [(case["metric"], case["value"], plain(subject), "stated")], text
