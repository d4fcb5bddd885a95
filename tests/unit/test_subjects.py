"""Subjects: who a number is about, by the kinds of sentence that newsletters are made of."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from pipeline.errors import ConfigError
from pipeline.extract.claims.confidence import confidence_of, read_confidences, rule_of
from pipeline.extract.claims.page import leaders
from pipeline.lexicon import load_lexicon
from tests.cases import cases, claims_of

if TYPE_CHECKING:
    from pipeline.records import Claim

CASES = cases("subjects.jsonl")


def is_right(want: dict[str, Any], claim: Claim) -> bool:
    """Whether the subject is one of those that are right; blanks, case and dashes don't count."""
    wanted = want["subject"] if isinstance(want["subject"], list) else [want["subject"]]
    return _plain(claim.subject) in {_plain(name) for name in wanted}


def _plain(name: str | None) -> str | None:
    return None if name is None else name.replace(" ", "").replace("-", "").lower()


@pytest.mark.parametrize("case", CASES, ids=[f"{n}: {case['label']}" for n, case in enumerate(CASES)])
def test_golden(case: dict[str, Any]) -> None:
    """Every number is found and is of whom it should be; one marked as known failure is not yet. A case that expects
    nothing, or says that it is complete, has no other claims in its text.
    """
    is_all = case.get("complete") or not case["expected"]
    left = [claim for claim in claims_of(case["input"]) if not (is_all and claim.origin == "name")]
    for want in case["expected"]:
        same = [c for c in left if c.metric == want["metric"] and c.value == pytest.approx(want["value"], rel=0.005)]
        assert same, f"not found: {want} among {left}"
        claim = next((c for c in same if is_right(want, c)), same[0])
        left.remove(claim)
        assert is_right(want, claim) != ("known_failure" in want), f"{want}: {claim.subject}, by {claim.rule}"
        said = {key: getattr(claim, key) for key in want.keys() - {"metric", "value", "subject", "known_failure"}}
        assert said == {key: want[key] for key in said}, f"{want}: {claim}"
    assert not (is_all and left), left


def test_every_claim_has_a_rule_with_a_measured_confidence() -> None:
    """The rule of a claim is one of `subject_rules.csv`, and the confidence is that rule's."""
    for case in CASES[::5]:
        for claim in claims_of(case["input"]):
            assert claim.confidence == confidence_of(rule_of(claim.rule)), claim.rule


def test_confidence_is_the_share_of_right_subjects(tmp_path: Path) -> None:
    """A rule never seen is worth three in four; with every claim it nears the share of those that were right."""
    path = tmp_path / "subject_rules.csv"
    path.write_text("rule,right,claims\nnew,0,0\nold,80,98\n", encoding="utf-8")
    assert read_confidences(path) == {"new": 0.75, "old": 0.81}


@pytest.mark.parametrize("row", ["old,9,8", "old,-1,8", "old,x,8"])
def test_a_bad_count_names_file_and_line(tmp_path: Path, row: str) -> None:
    """More right than there were, or no counts at all."""
    path = tmp_path / "subject_rules.csv"
    path.write_text(f"rule,right,claims\n{row}\n", encoding="utf-8")
    with pytest.raises(ConfigError, match=r"subject_rules\.csv:2: right is "):
        read_confidences(path)


def test_who_leads_what_is_known_to_the_lexicon() -> None:
    """A person stands for an organization by the name that mentions of it have."""
    lexicon = load_lexicon()
    assert leaders()
    assert [name for name in leaders().values() if lexicon.organization(name) is None] == []
