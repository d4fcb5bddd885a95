"""How far a rule about subjects can be trusted: counted on annotated posts, not felt."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from pipeline.datafile import read_rows
from pipeline.resources import resource

if TYPE_CHECKING:
    from pathlib import Path


_RULE = re.compile(r"subject:? ([^:;(]+?)(?=[:;]| \(|$)")


def rule_of(reason: str) -> str:
    """The name of the rule in a claim's reason, without the subject it found and the word that made it apply.

    >>> rule_of("subject heading, by reference (reference.csv:3): GPT-4"), rule_of("subject: the text names none")
    ('heading, by reference', 'the text names none')
    """
    found = _RULE.match(reason)
    if found is None:
        raise ValueError(reason)
    return found[1]


def confidence_of(rule: str) -> float:
    """How often a rule has been right: the share of its subjects that the annotated posts agree with."""
    return _confidences()[rule]


@cache
def _confidences() -> dict[str, float]:
    return read_confidences(resource("data", "cues", "subject_rules.csv"))


def read_confidences(path: Path) -> dict[str, float]:
    """The confidence of each rule: (right + 3) / (claims + 4), so that one never seen is worth three in four."""
    confidences = {}
    for row in read_rows(path, ("rule", "right", "claims")):
        right, claims = row.count("right"), row.count("claims")
        if right > claims:
            raise row.error(f"right is {right}, more than the claims")
        confidences[row["rule"]] = round((right + 3) / (claims + 4), 2)
    return confidences
