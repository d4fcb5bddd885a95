"""How far a rule about subjects can be trusted: counted on annotated posts, not felt."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from pipeline.errors import ConfigError
from pipeline.extract.claims.cues import read_rows
from pipeline.resources import resource

if TYPE_CHECKING:
    from pathlib import Path


def confidence_of(rule: str) -> float:
    """How often a rule has been right: the share of its subjects that the annotated posts agree with."""
    return _confidences()[rule]


@cache
def _confidences() -> dict[str, float]:
    return read_confidences(resource("data", "cues", "subject_rules.csv"))


def read_confidences(path: Path) -> dict[str, float]:
    """The confidence of each rule, (right + 1) / (claims + 2), so that a rule seldom seen is trusted less."""
    confidences = {}
    for number, row in read_rows(path, {"rule", "right", "claims"}):
        if not (row["right"].isdigit() and row["claims"].isdigit() and int(row["right"]) <= int(row["claims"])):
            raise ConfigError(f"{path}:{number}: right and claims are counts, right at most claims")
        confidences[row["rule"]] = round((int(row["right"]) + 1) / (int(row["claims"]) + 2), 2)
    return confidences
